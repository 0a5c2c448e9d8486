"""Notice when a platform has changed its interface, and keep what shows it for a report."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from scraper.sources.listing import Listing
from storage.errors import Gated, ShapeChanged, SourceError
from storage.records import Platform, Status, Visited
from storage.values import exact

_FEW = 2  # faults that say nothing yet
_SHARE = 20  # nor one in so many
_MANY = 10  # webtoons, from which on a list can be said to have shrunk
_QUIET = timedelta(days=4)  # without a new episode anywhere
_SHOWN = 3  # elements of a list
_DEEPEST = 12
_LONGEST_CODE = 40
_CODE = re.compile(r"[A-Z]+(?:_[A-Z0-9]+)+|[YN]")  # a single word in capitals may be somebody's name
_HOST = re.compile(r"https?://[a-z0-9.-]+(?=[:/])")
_LARGEST = 100_000  # numbers beyond identify somebody or something
_TAG = re.compile(rb"<[^<>]{0,400}>")
_MOST_TAGS = 400
_ATTRIBUTE = re.compile(rb"""\s(?!class\b|id\b)[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""")


class Watch:
    """Count what is not as it was, and tell when it is more than a few items."""

    def __init__(self) -> None:
        """Begin without a fault."""
        self._faults: list[ShapeChanged] = []

    def note(self, error: SourceError, *, asked: int) -> ShapeChanged | None:
        """Note a fault in one of the items `asked` for; say which field changed once there are many."""
        fault = error
        if isinstance(error, Gated):
            fault = ShapeChanged(field="access", **error.values)
        if not isinstance(fault, ShapeChanged):
            return None
        self._faults.append(fault)
        return fault if len(self._faults) > max(_FEW, asked // _SHARE) else None

    def sum_up(self, *, asked: int) -> ShapeChanged | None:
        """Say which field changed when, in the end, more than half of what was asked for had a fault."""
        return self._faults[0] if 2 * len(self._faults) > asked else None


def check_list(
    listed: Sequence[Listing], held: Mapping[str, Visited], *, platform: Platform
) -> ShapeChanged | None:
    """Say so when a list is empty, or shows less than half of what is serialised as we know it."""
    there = {exact(listing.webtoon.platform_id) for listing in listed}
    expected = {key for key, visited in held.items() if visited.status is Status.ONGOING}
    shrank = len(expected) >= _MANY and 2 * len(expected & there) < len(expected)
    if listed and not shrank:
        return None
    return ShapeChanged(platform=platform, field="the length", where="the list of webtoons")


def check_news(
    listed: Sequence[Listing], *, last: datetime | None, now: datetime, platform: Platform
) -> ShapeChanged | None:
    """Say so when nothing new has come for days, though much is serialised."""
    ongoing = sum(1 for listing in listed if listing.webtoon.status is Status.ONGOING and not listing.gated)
    if last is None or ongoing < _MANY or now - last < _QUIET:
        return None
    return ShapeChanged(platform=platform, field="the newest episode", where="all webtoons")


def save_body(folder: Path, fault: ShapeChanged, *, body: bytes, now: datetime) -> Path | None:
    """Write down what a platform sent, without its words; None where nothing can be written."""
    field = re.sub(r"\W+", "-", str(fault.values["field"])).strip("-") or "all"
    path = folder / f"{fault.values['platform']}-{now:%Y%m%d-%H%M%S}-{field[:60]}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{fault}\n{len(body)} bytes\n\n{outline(body)}\n", encoding="utf-8")
    except OSError:
        return None
    return path


def outline(body: bytes) -> str:
    """Draw the shape of a body: keys, kinds, codes and numbers, but no words, names or paths."""
    try:
        value: object = json.loads(body)
        return json.dumps(_shape(value, 0), ensure_ascii=True, indent=1)
    except (ValueError, RecursionError):
        tags = [_ATTRIBUTE.sub(b"", tag) for tag in _TAG.findall(body)[:_MOST_TAGS]]
        return b"\n".join(tags).decode("ascii", "replace")


def _shape(value: object, depth: int) -> object:
    if depth > _DEEPEST:
        return "..."
    if isinstance(value, dict):
        return {str(key)[:80]: _shape(inner, depth + 1) for key, inner in list(value.items())[:200]}
    if isinstance(value, list):
        shown = [_shape(inner, depth + 1) for inner in value[:_SHOWN]]
        return [*shown, f"and {len(value) - _SHOWN} more"] if len(value) > _SHOWN else shown
    if isinstance(value, str):
        return _words(value)
    known = isinstance(value, bool) or not isinstance(value, int) or abs(value) < _LARGEST
    return value if known else f"number of {len(str(value))} digits"


def _words(text: str) -> str:
    host = _HOST.match(text)
    if host:
        return f"{host[0]}/..."
    return text if _CODE.fullmatch(text) and len(text) <= _LONGEST_CODE else f"text of {len(text)}"
