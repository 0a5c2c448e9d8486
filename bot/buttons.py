"""What the buttons under answers carry: a sign, the query's token and a number."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_DATA: Final = re.compile(r"([mwdusnht]):([A-Za-z0-9_-]{16})(?::(-?[0-9]{1,3}))?")
PATTERN: Final = _DATA.pattern


class Sign(StrEnum):
    """What a button does."""

    MORE = "m"
    WHY = "w"
    DETAILS = "d"
    VERDICT = "u"
    SHOW = "s"
    NEXT = "n"
    SHARE = "h"
    TURN = "t"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A button as it was pressed; `number` is a rank, a page from 1 or a verdict."""

    sign: Sign
    token: str
    number: int = 0


def read(data: str) -> Pressed | None:
    """Read what a button carried; None for what none of ours did."""
    found = _DATA.fullmatch(data)
    if found is None:
        return None
    return Pressed(sign=Sign(found[1]), token=found[2], number=int(found[3] or 0))


def carried(sign: Sign, token: str, number: int | None = None) -> str:
    """Write what a button carries."""
    return f"{sign}:{token}" if number is None else f"{sign}:{token}:{number}"
