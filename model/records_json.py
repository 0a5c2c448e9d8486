"""Frozen records to JSON and back, checked by their own types."""

import json
import types
from collections.abc import Sequence
from dataclasses import asdict, fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

R = TypeVar("R")


class RecordDamaged(ValueError):
    """The text is not what was written of such a record; the message says where."""


def to_json(record: object) -> str:
    """Write a dataclass of numbers, texts, enums, times, None, tuples and such dataclasses."""
    if not is_dataclass(record) or isinstance(record, type):
        raise TypeError(f"{record!r:.40} is no record")
    return json.dumps(asdict(record), ensure_ascii=False, indent=1, allow_nan=False, default=_plain)


def from_json(kind: type[R], text: str | bytes) -> R:
    """Read what to_json wrote of a `kind`; raises RecordDamaged for anything else."""
    try:
        return cast("R", _read(kind, json.loads(text)))
    except (TypeError, ValueError, RecursionError) as error:
        raise RecordDamaged(f"no {kind.__name__}: {error}") from error


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{value!r:.40} cannot be written")


def _read(kind: Any, value: object) -> object:  # noqa: ANN401  a type, or what typing makes of one
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _read_optional(get_args(kind), value)
    if origin is tuple:
        return _read_all(get_args(kind)[0], value)
    if is_dataclass(kind):
        return _read_record(cast("type", kind), value)
    return _read_plain(kind, value)


def _read_optional(kinds: Sequence[Any], value: object) -> object:
    if value is None:
        return None
    return _read(next(kind for kind in kinds if kind is not types.NoneType), value)


def _read_all(kind: Any, value: object) -> tuple[object, ...]:  # noqa: ANN401  as above
    if not isinstance(value, list):
        raise RecordDamaged(f"no list: {value!r:.40}")
    return tuple(_read(kind, item) for item in value)


def _read_record(kind: type, value: object) -> object:
    known = {field.name for field in fields(kind)}
    if not isinstance(value, dict) or not set(value) <= known:
        raise RecordDamaged(f"no {kind.__name__}: {value!r:.40}")
    hints = get_type_hints(kind)
    return kind(**{name: _read(hints[name], part) for name, part in value.items()})


def _read_plain(kind: Any, value: object) -> object:  # noqa: ANN401  as above
    if kind is float and type(value) is int:
        return float(value)
    if isinstance(value, str) and kind is datetime:
        return datetime.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if type(value) is not kind:
        raise RecordDamaged(f"no {kind.__name__}: {value!r:.40}")
    return value
