"""Fields of untrusted JSON."""

import json

import pytest

from scraper.fields import (
    Node,
    child,
    flag,
    has,
    identity,
    items,
    members,
    number,
    read_json,
    text,
    texts,
)
from storage.errors import ShapeChanged
from storage.records import Platform


def node(value: object) -> Node:
    """Read a value as a platform would send it."""
    return read_json(json.dumps(value).encode(), platform=Platform.NAVER, where="info of 7")


def test_fields_of_each_kind() -> None:
    """Text, numbers, flags and lists are found by their path."""
    info = node({"age": {"type": "RATE_15"}, "no": 3, "up": True, "tags": ["a", 1, "b"]})
    assert text(info, "age.type") == "RATE_15"
    assert (number(info, "no"), flag(info, "up")) == (3, True)
    assert texts(info, "tags") == ["a", "b"]
    assert [entry.value for entry in items(info, "tags")] == ["a", 1, "b"]
    assert text(child(info, "age"), "type") == "RATE_15"
    assert list(members(info, "age")) == ["type"]


def test_a_missing_field_is_named() -> None:
    """The error names platform, answer and the whole path."""
    article = items(node({"articleList": [{}, {"no": None}]}), "articleList")[1]
    with pytest.raises(ShapeChanged) as caught:
        number(article, "no")
    assert caught.value.values == {
        "platform": Platform.NAVER,
        "field": "articleList[1].no",
        "where": "info of 7",
    }


@pytest.mark.parametrize("value", [None, "1", 1.5, True, [], {}, 2**60, -(2**60)])
def test_what_is_no_number(value: object) -> None:
    """A number is whole, no flag, and small enough for a database."""
    with pytest.raises(ShapeChanged):
        number(node({"no": value}), "no")


@pytest.mark.parametrize("value", [None, 1, 1.5, True, [], {}])
def test_what_is_no_text(value: object) -> None:
    """Nothing else is taken for a text."""
    with pytest.raises(ShapeChanged):
        text(node({"title": value}), "title")


@pytest.mark.parametrize("value", [None, "", "  ", 1.5, True, [], {}, "x" * 10_000])
def test_what_identifies_nothing(value: object) -> None:
    """An id is a whole number or a text with something in it."""
    with pytest.raises(ShapeChanged):
        identity(node({"id": value}), "id")


def test_ids() -> None:
    """Numbers and texts identify alike."""
    assert (identity(node({"id": 7}), "id"), identity(node({"id": " 7 "}), "id")) == ("7", "7")


@pytest.mark.parametrize("value", [None, "yes", 1, []])
def test_defaults(value: object) -> None:
    """What need not be there may also be of another kind."""
    assert flag(node({"up": value}), "up", default=False) is False
    assert items(node({"up": {}}), "up", optional=True) == ()
    assert text(node({}), "up.deeper", default="") == ""


@pytest.mark.parametrize("value", [[], "x", 1, None])
def test_paths_lead_through_objects_only(value: object) -> None:
    """A path into what is no object finds nothing."""
    assert not has(node({"a": value}), "a.b")
    with pytest.raises(ShapeChanged):
        child(node({"a": value}), "a")
    with pytest.raises(ShapeChanged):
        members(node(value))


def test_long_texts_are_cut() -> None:
    """A text of a megabyte becomes one of a few thousand characters."""
    assert len(text(node({"title": "가" * 1_000_000}), "title")) == 5000


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<!doctype html>",
        b'{"a": 1',
        b"NaN",
        b"\xff\xfe",
        "{}".encode("utf-16"),
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"1" * 100_000,
    ],
)
def test_what_is_no_json(data: bytes) -> None:
    """What cannot be read is a changed shape, however deep or long it is."""
    with pytest.raises(ShapeChanged, match="all of it"):
        read_json(data, platform=Platform.NAVER, where="list")
