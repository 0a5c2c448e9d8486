import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.catalogue import save_webtoon
from storage.database import Connection
from storage.search import search
from tests.storage.examples import SEEN, a_webtoon

WEBTOONS = {
    "신의 탑": ["SIU"],
    "신의 탑 외전": ["SIU"],
    "검은 신의 탑": ["조석"],
    "마음의 소리": ["조석"],
    "여신강림": ["야옹이"],
    "Tower of God": ["S.I.U", "김 화가"],
    'say "안녕" OR 100%_': ["별*표"],
    "A": ["B"],
}


@pytest.fixture
async def catalogue(connection: Connection) -> Connection:
    """Fill the catalogue with a few titles."""
    for title, painters in WEBTOONS.items():
        await save_webtoon(connection, a_webtoon(title, painters=painters), seen=SEEN)
    return connection


async def titles(connection: Connection, text: str, *, limit: int = 10) -> list[str]:
    """List the titles that are found."""
    return [found.webtoon.title for found in await search(connection, text, limit=limit)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("신의 탑", ["신의 탑", "신의 탑 외전", "검은 신의 탑"], id="same, beginning, rest"),
        pytest.param("신의탑", ["신의 탑", "신의 탑 외전", "검은 신의 탑"], id="without its space"),
        pytest.param("신 의 탑 외", ["신의 탑 외전"], id="with spaces too many"),
        pytest.param("마음의소", ["마음의 소리"], id="across a space"),
        pytest.param("신강림", ["여신강림"], id="middle of a word"),
        pytest.param("강림", ["여신강림"], id="two syllables"),
        pytest.param("신", ["신의 탑", "신의 탑 외전", "여신강림", "검은 신의 탑"], id="one syllable"),
        pytest.param("tower", ["Tower of God"], id="another case"),
        pytest.param("TOWER OF GOD", ["Tower of God"], id="the whole in another case"),
        pytest.param("a", ["A", 'say "안녕" OR 100%_'], id="one letter, the same title first"),
        pytest.param("조석", ["검은 신의 탑", "마음의 소리"], id="a painter"),
        pytest.param("야옹이", ["여신강림"], id="a painter, by index"),
        pytest.param("김화가", ["Tower of God"], id="one of two painters"),
        pytest.param("조석 신의", ["검은 신의 탑"], id="painter and title"),
        pytest.param("소리 마음의", ["마음의 소리"], id="words in another order"),
        pytest.param("god tower", ["Tower of God"], id="long words in another order"),
        pytest.param("siu 외전", ["신의 탑 외전"], id="long and short words"),
        pytest.param("없는 제목", [], id="nothing"),
        pytest.param("", [], id="empty"),
        pytest.param(" \n ", [], id="only spaces"),
        pytest.param("\x00\ud800", [], id="only what is no text"),
    ],
)
async def test_finds(catalogue: Connection, text: str, expected: list[str]) -> None:
    """Titles and painters are found by their parts, the best first."""
    assert await titles(catalogue, text) == expected


@pytest.mark.parametrize("text", ['say "안녕"', '"안녕" or', "100%", "0%_", '" OR', "별*", "%_"])
async def test_signs_are_letters(catalogue: Connection, text: str) -> None:
    """Quotes, wildcards and operators find themselves and nothing else."""
    assert await titles(catalogue, text) == ['say "안녕" OR 100%_']


@pytest.mark.parametrize(
    "text", ["신의 AND 탑", "title:신의", "NEAR(신 탑)", "여신*", "^여신강림", "\\", "%", "___"]
)
async def test_operators_do_nothing(catalogue: Connection, text: str) -> None:
    """The search language of SQLite has no meaning in a query."""
    assert await titles(catalogue, text) == [title for title in WEBTOONS if text in title]


async def test_finds_what_is_typed_in_pieces(catalogue: Connection) -> None:
    """A query in decomposed letters, as a Mac sends them, finds the same."""
    assert await titles(catalogue, unicodedata.normalize("NFD", "여신강림")) == ["여신강림"]


async def test_gives_no_more_than_asked(catalogue: Connection) -> None:
    """The limit cuts the end off, never the best."""
    assert await titles(catalogue, "신의 탑", limit=1) == ["신의 탑"]


async def test_looks_at_the_beginning_of_a_long_query(catalogue: Connection) -> None:
    """A whole page of text is cut, not refused."""
    assert await titles(catalogue, "신" * 100_000) == []
    assert (await titles(catalogue, "신 " * 100_000))[0] == "신의 탑"


async def test_follows_changes(connection: Connection) -> None:
    """A new title and new painters are found, the old ones no longer."""
    for title, painter in (("옛날 제목", "옛 화가"), ("새로운 이름", "다른 사람")):
        webtoon = a_webtoon(title, painters=[painter], platform_id="1")
        await save_webtoon(connection, webtoon, seen=SEEN)
    assert await titles(connection, "옛날제목") == await titles(connection, "옛화가") == []
    assert await titles(connection, "새로운이름") == await titles(connection, "다른사람") == ["새로운 이름"]
    await save_webtoon(connection, a_webtoon("새로운 이름", painters=[], platform_id="1"), seen=SEEN)
    assert await titles(connection, "다른사람") == []


async def test_forgets_what_is_deleted(catalogue: Connection) -> None:
    """A webtoon that leaves the catalogue leaves the index, with all that hangs on it."""
    await catalogue.rows("DELETE FROM webtoons WHERE title = '여신강림'")
    assert await titles(catalogue, "여신강림") == []
    assert await catalogue.rows("SELECT count(*) FROM webtoon_search") == [(len(WEBTOONS) - 1,)]


@given(text=st.text(max_size=20))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_text_is_a_query(catalogue: Connection, text: str) -> None:
    """No text makes the search fail."""
    await search(catalogue, text)
