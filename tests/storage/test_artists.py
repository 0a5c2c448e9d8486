import pytest

from storage.artists import count_thumbnails, find_or_add, join_artists
from storage.catalogue import find_webtoon, get_webtoon, save_webtoon
from storage.database import Connection, transaction
from storage.pictures import mark_placeholders
from storage.records import ArtistCount, Credit, Platform, Role, Webtoon
from storage.search import search
from tests.storage.examples import SEEN, a_webtoon, save_all

NAVER, KAKAO = Platform.NAVER, Platform.KAKAO


def by(*credited: Credit, platform: Platform = NAVER, title: str = "봄") -> Webtoon:
    """Describe a webtoon by somebody."""
    return Webtoon(platform=platform, platform_id=title, title=title, credits=credited)


async def painters(connection: Connection, webtoon: Webtoon) -> tuple[str, ...]:
    """Save a webtoon and read its painters."""
    async with transaction(connection):
        saved = await get_webtoon(connection, await save_webtoon(connection, webtoon, seen=SEEN))
    assert saved is not None
    return saved.webtoon.painters


async def test_a_name_of_two_people_is_two_artists(connection: Connection) -> None:
    """Two people of one name on one platform are kept apart, each the same one at every visit."""
    names = [
        await painters(connection, by(Credit(artist="김", artist_id=identity), title=title))
        for identity, title in (("1", "봄"), ("2", "여름"), ("1", "가을"), ("2", "겨울"))
    ]
    assert names == [("김",), ("김 (naver 2)",), ("김",), ("김 (naver 2)",)]


async def test_a_name_is_one_artist_on_two_platforms(connection: Connection) -> None:
    """The same name on another platform is taken for the same person."""
    first = await find_or_add(connection, Credit(artist="김", artist_id="1"), platform=NAVER)
    assert await find_or_add(connection, Credit(artist="김", artist_id="7"), platform=KAKAO) == first
    assert await find_or_add(connection, Credit(artist="김"), platform=KAKAO) == first


async def test_a_renamed_person_stays_one_artist(connection: Connection) -> None:
    """Who changes the name on a platform is still the same artist."""
    first = await find_or_add(connection, Credit(artist="김", artist_id="1"), platform=NAVER)
    assert await find_or_add(connection, Credit(artist="이", artist_id="1"), platform=NAVER) == first


async def test_joining_moves_credits(connection: Connection) -> None:
    """A joined artist is credited for everything, found by search, and also at the next visit."""
    await painters(connection, by(Credit(artist="Kim"), Credit(artist="김"), title="둘"))
    kakao = by(Credit(artist="Kim"), platform=KAKAO, title="여름")
    await painters(connection, kakao)
    async with transaction(connection):
        assert await join_artists(connection, "Kim", artist="김")
    stored = await find_webtoon(connection, KAKAO, platform_id="여름")
    assert stored is not None
    assert stored.webtoon.painters == ("김",)
    assert {found.webtoon.title for found in await search(connection, "김")} == {"둘", "여름"}
    assert await search(connection, "Kim") == []
    assert await painters(connection, kakao) == ("김",)


async def test_joining_nobody(connection: Connection) -> None:
    """A name that is not there cannot be joined; the same one twice changes nothing."""
    await painters(connection, by(Credit(artist="김")))
    assert not await join_artists(connection, "Kim", artist="김")
    assert not await join_artists(connection, "김", artist="Kim")
    assert await join_artists(connection, "김", artist="김")


async def test_guesses_are_kept_as_guesses(connection: Connection) -> None:
    """A guessed role is marked, until the platform says it."""
    guessed = by(Credit(artist="김", guessed=True))
    await painters(connection, guessed)
    stored = await find_webtoon(connection, NAVER, platform_id="봄")
    assert stored is not None
    assert stored.webtoon.credits == guessed.credits
    await painters(connection, by(Credit(artist="김")))
    stored = await find_webtoon(connection, NAVER, platform_id="봄")
    assert stored is not None
    assert not stored.webtoon.credits[0].guessed


@pytest.mark.parametrize("credit", [Credit(artist="SIU", guessed=True), Credit(artist="x", role=Role.WRITER)])
async def test_only_labels_count(connection: Connection, credit: Credit) -> None:
    """What is counted is what can be learned: thumbnails of first painters that nobody guessed."""
    async with transaction(connection):
        await save_all(connection, a_webtoon(painters=("SIU", "second")), pictures=[1, 2])
        await save_all(connection, by(credit), pictures=[3])
    assert await count_thumbnails(connection) == [ArtistCount(artist="SIU", webtoons=1, thumbnails=2)]


async def test_placeholders_do_not_count(connection: Connection) -> None:
    """A thumbnail that many episodes share is nothing to learn from."""
    async with transaction(connection):
        await save_all(connection, a_webtoon(), pictures=[1, 2, 2, 2, 2, 2])
        await mark_placeholders(connection)
    assert await count_thumbnails(connection) == [ArtistCount(artist="SIU", webtoons=1, thumbnails=1)]
