"""Whatever a platform sends, a parser gives records or says what is wrong."""

import importlib
import inspect
import json
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import scraper.archive
import scraper.sources
from scraper.sources.webtoons import parse_list
from storage.errors import GrimcheError, ShapeChanged
from storage.records import Episode, Webtoon

CASES = Path(__file__).parent / "cases"
GIVEN = {"images": "https://images.test", "key": "95", "title": "봄", "folder": "here", "where": "here"}
TRICKS = (
    "<script>alert(1)</script>",
    "../../../../etc/passwd",
    "C:\\Windows\\system32",
    "//169.254.169.254/latest",
    "javascript:alert(1)",
    "https://[::1/",
    "\x00\x1b[2J\u202e\ud800",
    "٣",
    "9" * 5000,
    "2026-99-99T99:99:99+99:99",
    "99.99.99",
)
# Each example is quick; on a busy machine, one may still take its time.
FUZZ = settings(
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from((0, -1, 2**53, 2**64, 10**400)),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(TRICKS),
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def parsers() -> Iterator[Callable[..., object]]:
    """Find every `parse_*` of the sources and of the archive."""
    for package in (scraper.sources, scraper.archive):
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(found.name)
            for name, function in inspect.getmembers(module, inspect.isfunction):
                if name.startswith("parse_") and function.__module__ == module.__name__:
                    yield function


PARSERS = list(parsers())
each_parser = pytest.mark.parametrize("parse", PARSERS, ids=lambda p: f"{p.__module__}.{p.__name__}")
few_and_many = pytest.mark.parametrize("examples", [5, pytest.param(100, marks=pytest.mark.slow)])


def recorded(parse: Callable[..., object], suffix: str) -> list[bytes]:
    """Take the bodies of the cases of this parser."""
    named = f"{parse.__module__}.{parse.__name__}"
    expected = [
        path for path in CASES.glob("*/*/expected.json") if json.loads(path.read_text())["parse"] == named
    ]
    return sorted(body.read_bytes() for path in expected for body in path.parent.glob(f"body.{suffix}"))


def records(value: object) -> Iterator[object]:
    """Find all records inside a value."""
    if isinstance(value, list | tuple):
        for inner in value:
            yield from records(inner)
    elif is_dataclass(value):
        yield value
        for field in fields(value):
            yield from records(getattr(value, field.name))


def check(parse: Callable[..., object], data: bytes) -> None:
    """Parse, and hold what comes to what the catalogue and the doors rely on."""
    named = inspect.signature(parse).parameters.values()
    options = {
        parameter.name: GIVEN.get(parameter.name, "here")
        for parameter in named
        if parameter.kind is parameter.KEYWORD_ONLY and parameter.default is parameter.empty
    }
    try:
        found = parse(data, **options)
    except GrimcheError:
        return
    for record in records(found):
        if isinstance(record, Episode):
            assert abs(record.number) < 2**63
        if isinstance(record, Webtoon):
            assert record.platform_id
            assert not record.url or urlsplit(record.url).scheme == "https"
            assert ".." not in urlsplit(record.url).path.split("/")


@st.composite
def mutated(draw: st.DrawFn, bodies: list[bytes]) -> bytes:
    """Take a recorded answer, and replace, drop or repeat something in it."""
    document = json.loads(draw(st.sampled_from(bodies)))
    for _ in range(draw(st.integers(1, 3))):
        document = _changed(draw, document)
    return json.dumps(document).encode("utf-8", "surrogatepass")


def _changed(draw: st.DrawFn, node: object) -> object:
    """Walk to some place in a document, and put something else there."""
    if isinstance(node, dict) and node and draw(st.booleans()):
        key = draw(st.sampled_from(sorted(node)))
        if draw(st.integers(0, 5)) == 0:
            return {name: value for name, value in node.items() if name != key}
        return {**node, key: _changed(draw, node[key])}
    if isinstance(node, list) and node and draw(st.booleans()):
        place = draw(st.integers(0, len(node) - 1))
        return [*node[:place], _changed(draw, node[place]), *node[place:]]
    return draw(values)


@st.composite
def torn(draw: st.DrawFn, bodies: list[bytes]) -> bytes:
    """Take a recorded page, and put something else into some places."""
    page = draw(st.sampled_from(bodies)).decode()
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(page)))
        length = draw(st.integers(0, 40))
        page = page[:start] + draw(st.sampled_from(TRICKS) | st.text(max_size=12)) + page[start + length :]
    return page.encode("utf-8", "surrogatepass")


@each_parser
@few_and_many
def test_any_bytes(parse: Callable[..., object], examples: int) -> None:
    """Bytes that are no document of any kind end in records or in our own error."""

    @settings(FUZZ, max_examples=examples)
    @given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace")))
    def fuzz(data: bytes) -> None:
        check(parse, data)

    fuzz()


@each_parser
@few_and_many
def test_any_document(parse: Callable[..., object], examples: int) -> None:
    """Any JSON ends in records or in our own error."""

    @settings(FUZZ, max_examples=examples)
    @given(values.map(lambda value: json.dumps(value).encode("utf-8", "surrogatepass")))
    def fuzz(data: bytes) -> None:
        check(parse, data)

    fuzz()


@each_parser
@few_and_many
def test_changed_answers(parse: Callable[..., object], examples: int) -> None:
    """A recorded answer with anything in any place ends in records or in our own error."""
    bodies = recorded(parse, "json")
    if not bodies:
        return

    @settings(FUZZ, max_examples=examples)
    @given(mutated(bodies))
    def fuzz(data: bytes) -> None:
        check(parse, data)

    fuzz()


@each_parser
@few_and_many
def test_changed_pages(parse: Callable[..., object], examples: int) -> None:
    """A recorded page with anything in any place ends in records or in our own error."""
    bodies = recorded(parse, "html")
    if not bodies:
        return

    @settings(FUZZ, max_examples=examples)
    @given(torn(bodies))
    def fuzz(data: bytes) -> None:
        check(parse, data)

    fuzz()


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 200_000,
        b'{"result":' * 100_000,
        b'{"result":' * 900 + b"1" + b"}" * 900,
        b"<div>" * 5_000,
        b"<ul class='webtoon_list'><li><a>" * 2_000,
        b"<!" + b"[" * 50_000,
        b"&#x" + b"f" * 50_000 + b";",
        b'{"result_code": ' + b"9" * 100_000 + b"}",
        b"\xff\xfe\x00",
        b"",
    ],
    ids=["[[[", "{{{", "{}", "<div>", "lists", "<![", "&#x", "999", "utf-16", "nothing"],
)
def test_malicious_bodies(data: bytes) -> None:
    """Nesting without end, numbers without end and broken marks do no harm to any parser."""
    for parse in PARSERS:
        check(parse, data)


def test_endless_nesting() -> None:
    """A page nested deeper than any real one is refused before anybody looks through it."""
    with pytest.raises(ShapeChanged, match="all of it"):
        parse_list(b"<ul class='webtoon_list'><li><a>" * 200, where="here")


def test_all_parsers_are_found() -> None:
    """The fuzzing does not lose a source that is there."""
    found = {parse.__module__.rpartition(".")[2] for parse in PARSERS}
    assert {"naver", "kakaopage", "kakao", "webtoons", "manifest", "daum", "nhn"} <= found
