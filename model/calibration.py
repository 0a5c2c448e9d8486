"""Calibration: what a similarity is worth in this catalogue."""

import json
import math
from dataclasses import asdict, dataclass, fields

from storage.answers import Familiarity

COVERAGE = 0.9  # how often a set of artists holds the right one
_LEAST_WIDTH = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How similarities become shares of artists, a familiarity and a set of artists.

    `temperature` divides artists' scores before the softmax.  A nearness from `close` on is as near as
    episodes of one webtoon are to each other, from `loose` on as near as different artists are; at
    `middle` it is as likely as not by an artist of the catalogue, and `width` says how fast that
    changes.  `pull` is what a style loses of its nearness for each e-fold that it lies farther out than
    `usual`, the logarithm of a length.  An artist whose share is at least `reach` belongs into the set
    that holds the right one nine times of ten; 0 stands for a set that nobody has measured.
    """

    temperature: float = 0.08
    close: float = 0.6
    loose: float = 0.35
    middle: float = 0.475
    width: float = 0.0625
    usual: float = 0.0
    pull: float = 0.0
    reach: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what no calibration can be, with ValueError."""
        values = [getattr(self, field.name) for field in fields(self)]
        if not all(isinstance(value, float) and math.isfinite(value) for value in values):
            raise ValueError("a calibration holds finite numbers")
        if min(self.temperature, self.width) <= 0 or self.loose > self.close:
            raise ValueError("a temperature and a width are positive and close lies above loose")
        if self.pull < 0 or not 0 <= self.reach <= 1:
            raise ValueError("a pull is not negative and a reach from 0 to 1")

    def nearness(self, similarity: float, length: float) -> float:
        """Take off the best similarity of a query what its style, of this length, lies too far out.

        Noise and lettering lie far from all drawings, and by their direction alone may be near to some.
        """
        return similarity - self.pull * max(0.0, math.log(max(length, 1e-12)) - self.usual)

    def familiarity(self, nearness: float) -> Familiarity:
        """Say how near a query is."""
        if nearness >= self.close:
            return Familiarity.CLOSE
        return Familiarity.LOOSE if nearness >= self.loose else Familiarity.NONE

    def known(self, nearness: float) -> float:
        """Tell how likely a query is by anybody of the catalogue, 0 to 1."""
        return 1 / (1 + math.exp(-min(max((nearness - self.middle) / self.width, -50.0), 50.0)))

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
        """Read a parsed JSON object; raises ValueError for anything else.

        Temperature, close and loose are all that an earlier Grimche wrote: 0.12 and 0.88 of those at
        loose and close were taken for known.
        """
        if not isinstance(value, dict) or not _REQUIRED <= set(value) <= _NAMES:
            raise ValueError("a calibration has temperature, close, loose and no names of its own")
        if not all(type(number) in (int, float) for number in value.values()):
            raise ValueError("a calibration holds numbers")
        try:
            numbers = {name: float(number) for name, number in value.items()}
        except OverflowError as error:
            raise ValueError("a number is too large") from error
        close, loose = numbers["close"], numbers["loose"]
        guess = {"middle": (close + loose) / 2, "width": max((close - loose) / 4, _LEAST_WIDTH)}
        return cls(**(guess | numbers))


_REQUIRED = {"temperature", "close", "loose"}
_NAMES = {field.name for field in fields(Calibration)}
