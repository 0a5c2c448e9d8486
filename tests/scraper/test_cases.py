"""Bodies as platforms sent them, and the records or the fault that each of them gives."""

import importlib
import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

import pytest

from storage.errors import GrimcheError

CASES = Path(__file__).parent / "cases"
EXPECTED = sorted(CASES.glob("*/*/expected.json"))


def plain(value: object) -> object:
    """Write records as what JSON knows, without what is empty."""
    if is_dataclass(value):
        named = ((field.name, plain(getattr(value, field.name))) for field in fields(value))
        return {name: inner for name, inner in named if inner not in ("", [], False, None)}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def outcome(parse: Callable[..., object], body: bytes, options: dict[str, object]) -> dict[str, object]:
    """Parse a body, and say what it gives or raises."""
    try:
        return {"gives": plain(parse(body, where="here", **options))}
    except GrimcheError as error:
        return {"raises": type(error).__name__, "says": str(error)}


def parser_of(expected: dict[str, object]) -> Callable[..., object]:
    """Find the function that "parse" names."""
    module, _, name = str(expected["parse"]).rpartition(".")
    parse: Callable[..., object] = getattr(importlib.import_module(module), name)
    return parse


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: f"{path.parent.parent.name}/{path.parent.name}")
def test_a_recorded_body(path: Path) -> None:
    """A body gives exactly the records, or the fault with the field's name, that stand beside it."""
    expected = json.loads(path.read_text())
    (body,) = path.parent.glob("body.*")
    found = outcome(parser_of(expected), body.read_bytes(), expected.get("with", {}))
    assert json.loads(json.dumps(found)) == {
        key: expected[key] for key in ("gives", "raises", "says") if key in expected
    }


def test_every_body_has_its_expectation() -> None:
    """No case is left out because its expectation is missing."""
    assert {path.parent for path in EXPECTED} == {path.parent for path in CASES.glob("*/*/body.*")}
