import json
from dataclasses import replace

from storage.answers import Answer, ArtistSet, Duplicate
from storage.catalogue import get_webtoon
from storage.database import Connection
from storage.kept import read_parts, to_answer, to_text, webtoon_ids
from storage.records import StoredWebtoon
from tests.storage.examples import a_webtoon, an_answer, save_all


async def stored_webtoon(connection: Connection, title: str = "신의 탑") -> StoredWebtoon:
    """Save a webtoon and read it back."""
    stored = await get_webtoon(connection, await save_all(connection, a_webtoon(title), pictures=[0]))
    assert stored
    return stored


def read(text: str, *stored: StoredWebtoon) -> Answer:
    """Read an answer with these webtoons in the catalogue."""
    parts = read_parts(text)
    assert parts
    return to_answer(parts, webtoons={each.id: each for each in stored})


async def test_comes_back_as_it_was(connection: Connection) -> None:
    """An answer is the same after writing and reading, to the last digit."""
    stored = await stored_webtoon(connection)
    answer = replace(
        an_answer(stored),
        pictures=3,
        one_of=ArtistSet(artists=("SIU", "조석"), coverage=0.9),
        duplicates=(Duplicate(place=2, stored=stored, picture="b" * 64, episode=7),),
    )
    assert read(to_text(answer), stored) == answer


async def test_names_webtoons_by_id(connection: Connection) -> None:
    """Titles and artists of a webtoon are read anew, so a changed title is shown as it is now."""
    stored = await stored_webtoon(connection)
    text = to_text(an_answer(stored))
    assert "신의 탑" not in text
    renamed = replace(stored, webtoon=replace(stored.webtoon, title="신의 탑 2"))
    assert read(text, renamed).matches[0].stored.webtoon.title == "신의 탑 2"


async def test_leaves_out_what_has_gone(connection: Connection) -> None:
    """Matches and duplicates of a webtoon that has gone are left out; the others keep their ranks."""
    first, second = await stored_webtoon(connection), await stored_webtoon(connection, "노블레스")
    same = Duplicate(place=0, stored=first, picture="b" * 64, episode=7)
    text = to_text(replace(an_answer(first, second), duplicates=(same,)))
    parts = read_parts(text)
    assert parts
    assert webtoon_ids(parts) == {first.id, second.id}
    answer = read(text, second)
    assert [(match.rank, match.stored) for match in answer.matches] == [(2, second)]
    assert answer.duplicates == ()


def test_another_version_is_not_read() -> None:
    """What another version of Grimche wrote is left alone."""
    text = to_text(an_answer())
    assert read_parts(json.dumps({**json.loads(text), "version": 99})) is None
