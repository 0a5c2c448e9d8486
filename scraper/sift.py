"""Bear a few broken entries in a list, but not many: those mean that the platform has changed."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from storage.errors import ShapeChanged

_Entry = TypeVar("_Entry")
_Record = TypeVar("_Record")

_FEW = 2
_SHARE = 20  # or one in so many


def sift(entries: Sequence[_Entry], read: Callable[[_Entry], _Record]) -> tuple[_Record, ...]:
    """Read the entries, without those that are not as they were.

    Raises the first `ShapeChanged` when these are more than a few, or more than half.
    """
    records: list[_Record] = []
    faults: list[ShapeChanged] = []
    for entry in entries:
        try:
            records.append(read(entry))
        except ShapeChanged as fault:
            faults.append(fault)
    if len(faults) > max(_FEW, len(entries) // _SHARE) or 2 * len(faults) > len(entries):
        raise faults[0]
    return tuple(records)
