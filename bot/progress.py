"""How a long piece of work tells a door how far it is."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """What is being done."""

    COLLECT = "collect"
    TRAIN = "train"
    EXPORT = "export"
    EMBED = "embed"
    COMPARE = "compare"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The part of a stage that is through, in 0..1, and the pictures that it took so far, if any.

    Of webtoons that are visited, `webtoons` of `total` are done.  `job` is the number of the record, if any.
    `note` is what else there is to say of it in few words.
    """

    stage: Stage
    share: float
    pictures: int = 0
    webtoons: int = 0
    total: int = 0
    job: int = 0
    note: str = ""


Report = Callable[[Step], None]


def ignore(_step: Step) -> None:
    """Report to nobody."""
