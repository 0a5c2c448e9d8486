"""Read typed fields out of the untrusted JSON of a platform, and name the one that is not as it was.

A field is named by its path below a node, with dots between the keys: ``"age.type"``.  A required field
that is missing, null or of another kind raises `ShapeChanged`; with a `default`, that is given instead.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NoReturn, TypeGuard, TypeVar

from storage.errors import ShapeChanged
from storage.records import Platform

_T = TypeVar("_T")

_MISSING: Final = object()
_LARGEST = 2**53  # what JSON and SQLite can both hold
_LONGEST = 5000  # characters; a title or synopsis that is longer is cut
_ENTRIES = 100_000  # of one list
_ABOVE = "(all of it)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A `value` at `path` inside an answer of `platform`; `where` says which answer."""

    value: object
    platform: Platform
    where: str
    path: str = ""


def read_json(data: bytes, *, platform: Platform, where: str) -> Node:
    """Read a JSON document; raises `ShapeChanged` about all of it when it is none, or nested too deeply."""
    try:
        value: object = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise ShapeChanged(platform=platform, field=_ABOVE, where=where) from error
    return Node(value=value, platform=platform, where=where)


def changed(node: Node, path: str = "") -> ShapeChanged:
    """Make the error that says that the field at `path` is not as it was."""
    return ShapeChanged(platform=node.platform, field=_join(node.path, path) or _ABOVE, where=node.where)


def has(node: Node, path: str) -> bool:
    """Say whether there is anything but null at `path`."""
    return _find(node, path) is not _MISSING


def child(node: Node, path: str) -> Node:
    """Take the object at `path`."""
    found = _find(node, path)
    if not isinstance(found, dict):
        raise changed(node, path)
    return replace(node, value=found, path=_join(node.path, path))


def members(node: Node, path: str = "") -> dict[str, Node]:
    """Take the values of the object at `path`, by key."""
    inner = child(node, path) if path else node
    if not isinstance(inner.value, dict):
        raise changed(node, path)
    return {
        key: replace(node, value=value, path=_join(inner.path, key)) for key, value in inner.value.items()
    }


def items(node: Node, path: str, *, optional: bool = False) -> Sequence[Node]:
    """Take the elements of the list at `path`; none when it is `optional` and not there."""
    found = _find(node, path)
    if not isinstance(found, list) or len(found) > _ENTRIES:
        if optional:
            return ()
        raise changed(node, path)
    place = _join(node.path, path)
    return [replace(node, value=value, path=f"{place}[{index}]") for index, value in enumerate(found)]


def text(node: Node, path: str, *, default: str | None = None) -> str:
    """Read a text, cut where it is longer than any title or synopsis."""
    found = _find(node, path)
    return found[:_LONGEST] if isinstance(found, str) else _or_default(node, path, default)


def texts(node: Node, path: str) -> Sequence[str]:
    """Read a list's elements that are texts; none when there is no list."""
    return [
        entry.value[:_LONGEST] for entry in items(node, path, optional=True) if isinstance(entry.value, str)
    ]


def number(node: Node, path: str, *, default: int | None = None) -> int:
    """Read a whole number, never a flag and never one that a database could not hold."""
    found = _find(node, path)
    return found if _is_number(found) else _or_default(node, path, default)


def identity(node: Node, path: str) -> str:
    """Read what identifies something: a whole number or a text that is not empty, as text."""
    found = _find(node, path)
    if _is_number(found):
        return str(found)
    if isinstance(found, str) and 0 < len(found.strip()) <= _LONGEST:
        return found.strip()
    raise changed(node, path)


def flag(node: Node, path: str, *, default: bool | None = None) -> bool:
    """Read true or false."""
    found = _find(node, path)
    return found if isinstance(found, bool) else _or_default(node, path, default)


def _find(node: Node, path: str) -> object:
    found = node.value
    for key in path.split(".") if path else ():
        if not isinstance(found, dict) or found.get(key) is None:
            return _MISSING
        found = found[key]
    return found


def _or_default(node: Node, path: str, default: _T | None) -> _T:
    if default is None:
        raise changed(node, path)
    return default


def _is_number(found: object) -> TypeGuard[int]:
    return isinstance(found, int) and not isinstance(found, bool) and abs(found) <= _LARGEST


def _join(path: str, further: str) -> str:
    return f"{path}.{further}" if path and further else path or further


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
