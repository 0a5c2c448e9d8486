"""How Python values lie in the columns: text, times and lists."""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from math import isfinite

_DROPPED = {"Cc", "Cs"}  # control characters and lone surrogates, which SQLite cannot hold as text


def clean(text: str) -> str:
    """Compose Hangul and accents (NFC) and drop what cannot be stored."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isprintable():
        return composed
    return "".join(c for c in composed if c in "\t\n\r" or unicodedata.category(c) not in _DROPPED)


def title_of(text: str) -> str:
    """Clean a title or a name, with single spaces and none at its ends."""
    return " ".join(clean(text).split())


def exact(text: str) -> str:
    """Keep a text as it is, but for what SQLite cannot hold, which is spelt out."""
    return text.encode("utf-8", "backslashreplace").decode()


def from_moment(moment: datetime) -> str:
    """Write a time as ISO 8601 in UTC, so that the texts sort like the times."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def now() -> str:
    """Write the present time."""
    return from_moment(datetime.now(UTC))


def to_moment(text: str) -> datetime:
    """Read a time written by `from_moment`."""
    return datetime.fromisoformat(text)


def from_names(names: Iterable[str]) -> str:
    """Write a list of names as a JSON array."""
    return json.dumps([clean(name) for name in names], ensure_ascii=False)


def from_figures(figures: Mapping[str, int | float | str | list[str]]) -> str:
    """Write named values as a JSON object; JSON knows no NaN or infinity, which become words."""
    finite = {name: str(v) if isinstance(v, float) and not isfinite(v) else v for name, v in figures.items()}
    return clean(json.dumps(finite, ensure_ascii=False))
