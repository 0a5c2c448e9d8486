"""Read typed parts out of a platform's untrusted HTML, and name the one that is not as it was.

A part is named by its CSS selector.  A required one that is missing raises `ShapeChanged`; with a
`default`, that is given instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storage.errors import ShapeChanged
from storage.records import Platform

if TYPE_CHECKING:
    from bs4 import Tag

_LONGEST = 5000  # characters; a title or synopsis that is longer is cut
_LARGEST = 4 << 20  # bytes
_TAGS = 150_000  # of one page; parsing takes seconds by then
_UNENDED = 100  # beginnings whose end is missing
_ENDS = ((b"<", b">"), (b"<!--", b"-->"), (b"<![", b"]"))
_DEEPEST = 200  # elements inside each other; looking through more takes minutes
_ABOVE = "(all of it)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A `tag` inside a page of `platform`; `where` says which page, `path` which selectors led to it."""

    tag: "Tag"
    platform: Platform
    where: str
    path: str = ""


def read_html(data: bytes, *, platform: Platform, where: str) -> Element:
    """Read a page, which may be as broken as it likes; raises `ShapeChanged` when it cannot be one."""
    from bs4 import BeautifulSoup  # noqa: PLC0415  slow to import, and only pages need it
    from bs4.exceptions import ParserRejectedMarkup  # noqa: PLC0415

    if len(data) > _LARGEST or _takes_for_ever(data):
        raise ShapeChanged(platform=platform, field=_ABOVE, where=where)
    try:
        soup = BeautifulSoup(data.decode("utf-8", "replace"), "html.parser")
    except (RecursionError, ParserRejectedMarkup) as error:
        raise ShapeChanged(platform=platform, field=_ABOVE, where=where) from error
    if _is_too_deep(soup):
        raise ShapeChanged(platform=platform, field=_ABOVE, where=where)
    return Element(tag=soup, platform=platform, where=where)


def lost(element: Element, selector: str) -> ShapeChanged:
    """Make the error that says that what `selector` names is not as it was."""
    return ShapeChanged(
        platform=element.platform, field=_join(element.path, selector) or _ABOVE, where=element.where
    )


def select(element: Element, selector: str) -> Sequence[Element]:
    """Take everything below `element` that `selector` names; it may be nothing."""
    found = element.tag.select(selector)
    path = _join(element.path, selector)
    return [replace(element, tag=tag, path=f"{path}[{index}]") for index, tag in enumerate(found)]


def select_one(element: Element, selector: str) -> Element:
    """Take the first that `selector` names below `element`."""
    found = element.tag.select_one(selector)
    if found is None:
        raise lost(element, selector)
    return replace(element, tag=found, path=_join(element.path, selector))


def words(element: Element, selector: str = "", *, default: str | None = None) -> str:
    """Read the text of what `selector` names, or of `element` itself, with single spaces."""
    found = element.tag.select_one(selector) if selector else element.tag
    if found is not None:
        return " ".join(found.get_text(" ").split())[:_LONGEST]
    if default is None:
        raise lost(element, selector)
    return default


def attribute(element: Element, name: str, *, selector: str = "", default: str | None = None) -> str:
    """Read an attribute of what `selector` names, or of `element` itself."""
    tag = element.tag.select_one(selector) if selector else element.tag
    found = None if tag is None else tag.get(name)
    if isinstance(found, str):
        return found[:_LONGEST]
    if default is None:
        raise lost(element, f"{selector}@{name}")
    return default


def _is_too_deep(soup: "Tag") -> bool:
    depths = {id(soup): 0}
    for tag in soup.find_all():
        depths[id(tag)] = depth = depths[id(tag.parent)] + 1
        if depth > _DEEPEST:
            return True
    return False


def _takes_for_ever(data: bytes) -> bool:
    """Say whether html.parser would look for the same missing end again and again, for minutes."""
    return data.count(b"<") > _TAGS or any(
        data.count(start, data.rfind(end) + 1) > _UNENDED for start, end in _ENDS
    )


def _join(path: str, further: str) -> str:
    return f"{path} {further}" if path and further else path or further
