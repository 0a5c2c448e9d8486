"""Calibration: what a similarity is worth in this catalogue."""

import json
import math
from dataclasses import asdict, dataclass

from storage.answers import Familiarity

_LEAST_WIDTH = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How similarities become shares of artists and a familiarity.

    `temperature` divides artists' scores before the softmax; a best similarity from `close` on is as
    near as episodes of one webtoon are to each other, from `loose` on as near as different artists are.
    """

    temperature: float = 0.08
    close: float = 0.6
    loose: float = 0.35

    def __post_init__(self) -> None:
        """Refuse what no calibration can be, with ValueError."""
        values = (self.temperature, self.close, self.loose)
        if not all(isinstance(value, float) and math.isfinite(value) for value in values):
            raise ValueError("a calibration holds finite numbers")
        if self.temperature <= 0 or self.loose > self.close:
            raise ValueError("a temperature is positive and close lies above loose")

    def familiarity(self, similarity: float) -> Familiarity:
        """Say how near the best similarity of a query is."""
        if similarity >= self.close:
            return Familiarity.CLOSE
        return Familiarity.LOOSE if similarity >= self.loose else Familiarity.NONE

    def known(self, similarity: float) -> float:
        """Guess how likely a query with this best similarity is by anybody of the catalogue, 0 to 1.

        A logistic curve: 0.12 at `loose`, which few strangers fall short of, and 0.88 at `close`.
        """
        middle, width = (self.close + self.loose) / 2, max((self.close - self.loose) / 4, _LEAST_WIDTH)
        return 1 / (1 + math.exp(-min(max((similarity - middle) / width, -50.0), 50.0)))

    def to_json(self) -> str:
        """Write as a JSON object."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str | bytes) -> "Calibration":
        """Read what to_json wrote; raises ValueError for anything else."""
        try:
            return cls.from_object(json.loads(text))
        except RecursionError as error:
            raise ValueError("nested too deep") from error

    @classmethod
    def from_object(cls, value: object) -> "Calibration":
        """Read a parsed JSON object; raises ValueError for anything else."""
        if not isinstance(value, dict) or set(value) != {"temperature", "close", "loose"}:
            raise ValueError("a calibration has temperature, close and loose")
        if not all(type(number) in (int, float) for number in value.values()):
            raise ValueError("a calibration holds numbers")
        try:
            return cls(**{name: float(number) for name, number in value.items()})
        except OverflowError as error:
            raise ValueError("a number is too large") from error
