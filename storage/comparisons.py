"""What a new generation was worth beside the one that served: kept as JSON with the generation."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What became of a generation."""

    PROMOTED = "promoted"
    KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How often the nearest thumbnail was by the right artist, macro mean over artists, 0 to 1.

    `regime` says what was held out (episodes or webtoons) and `asked` how many pictures asked; `before`
    is of the generation that served, `after` of the new one.  `low` to `high` is the 95 % interval of
    the difference, from a bootstrap over webtoons.
    """

    regime: str
    asked: int
    before: float
    after: float
    low: float
    high: float

    @property
    def is_worse(self) -> bool:
        """Whether the new one is worse beyond what chance explains."""
        return self.high < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The new `generation` against the one that served, empty where none did."""

    generation: str
    against: str
    verdict: Verdict
    measures: tuple[Measure, ...] = ()

    @property
    def is_worse(self) -> bool:
        """Whether the new one is worse in anything beyond what chance explains."""
        return any(measure.is_worse for measure in self.measures)

    def to_json(self) -> str:
        """Write, so that from_json gives an equal one."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Comparison | None":
        """Read what to_json wrote; None for anything else, such as scores of an older Grimche."""
        try:
            record = json.loads(text)
            measures = tuple(Measure(**measure) for measure in record.pop("measures"))
            return cls(**{**record, "verdict": Verdict(record["verdict"])}, measures=measures)
        except (KeyError, TypeError, ValueError, AttributeError):
            return None
