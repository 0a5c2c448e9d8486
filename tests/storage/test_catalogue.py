from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from storage.catalogue import (
    count,
    find_webtoon,
    get_webtoon,
    list_episodes,
    list_webtoons,
    save_episode,
    save_episodes,
    save_webtoon,
)
from storage.database import Connection
from storage.pictures import save_picture
from storage.records import (
    AgeGrade,
    Counts,
    Credit,
    Episode,
    Platform,
    Role,
    Status,
    StoredEpisode,
    StoredWebtoon,
    Webtoon,
    Weekday,
)
from tests.storage.examples import SEEN, a_picture, a_webtoon, an_episode, save_all

FULL = Webtoon(
    platform=Platform.NAVER,
    platform_id="183559",
    title="신의 탑",
    credits=(
        Credit(artist="글쟁이", role=Role.WRITER),
        Credit(artist="SIU"),
        Credit(artist="SIU", role=Role.ORIGINAL),
    ),
    synopsis="자신의 모든 것이었던 소녀를 쫓아\n탑에 들어온 소년",
    genres=("판타지", "액션"),
    weekdays=(Weekday.MON, Weekday.THU),
    age_grade=AgeGrade.TWELVE,
    status=Status.HIATUS,
    url="https://example.org/183559",
    series_group="신의 탑",
)


class TestWebtoons:
    """Webtoons and their credits."""

    async def test_comes_back_as_it_was(self, connection: Connection) -> None:
        """Every field of a webtoon is kept, the credits in their order."""
        webtoon_id = await save_webtoon(connection, FULL, seen=SEEN)
        expected = StoredWebtoon(id=webtoon_id, webtoon=FULL, episodes=0, first_seen=SEEN, last_seen=SEEN)
        assert await get_webtoon(connection, webtoon_id) == expected
        assert await find_webtoon(connection, Platform.NAVER, platform_id="183559") == expected
        assert await list_webtoons(connection) == [expected]

    async def test_unknown_ids_find_nothing(self, connection: Connection) -> None:
        """What is not there is None, and an id belongs to one platform."""
        await save_webtoon(connection, FULL, seen=SEEN)
        assert await get_webtoon(connection, 99) is None
        assert await find_webtoon(connection, Platform.KAKAO, platform_id="183559") is None
        assert await list_episodes(connection, 99) == []

    async def test_saving_again_changes_nothing(self, connection: Connection) -> None:
        """The same webtoon keeps its id and its rows."""
        webtoon_id = await save_webtoon(connection, FULL, seen=SEEN)
        before = connection.total_changes
        assert await save_webtoon(connection, FULL, seen=SEEN) == webtoon_id
        assert connection.total_changes == before + 1  # the upsert itself
        assert len(await list_webtoons(connection)) == 1

    async def test_saving_again_renews(self, connection: Connection) -> None:
        """What the platform says last is kept, with other credits in place of the old ones."""
        webtoon_id = await save_webtoon(connection, FULL, seen=SEEN)
        other = replace(
            FULL,
            title="탑의 신",
            credits=(Credit(artist="새 화가"), Credit(artist="글쟁이", role=Role.WRITER)),
            genres=(),
            weekdays=(),
            status=Status.FINISHED,
        )
        assert await save_webtoon(connection, other, seen=SEEN) == webtoon_id
        stored = await get_webtoon(connection, webtoon_id)
        assert stored
        assert stored.webtoon == other

    async def test_remembers_first_and_last_sight(self, connection: Connection) -> None:
        """The first and last time are the earliest and the latest, in whatever order they come."""
        day = timedelta(days=1)
        for seen in (SEEN, SEEN + day, SEEN - day):
            await save_webtoon(connection, FULL, seen=seen)
        stored = (await list_webtoons(connection))[0]
        assert (stored.first_seen, stored.last_seen) == (SEEN - day, SEEN + day)

    async def test_times_are_told_in_utc(self, connection: Connection) -> None:
        """A time of another zone comes back as the same moment in UTC; one without a zone is refused."""
        seoul = timezone(timedelta(hours=9))
        await save_webtoon(connection, FULL, seen=datetime(2026, 3, 1, 21, 30, tzinfo=seoul))
        stored = (await list_webtoons(connection))[0]
        assert stored.first_seen == SEEN
        assert stored.first_seen.tzinfo == UTC
        with pytest.raises(ValueError, match="no time zone"):
            await save_webtoon(connection, FULL, seen=SEEN.replace(tzinfo=None))

    async def test_names_are_composed(self, connection: Connection) -> None:
        """Letters that arrive in pieces, as from a Mac's folders, make the same title and artist."""
        pieces = "\u1109\u1175\u11ab\u110b\u1174\u1110\u1161\u11b8"  # 신의탑 in jamo
        await save_webtoon(connection, a_webtoon(pieces, painters=[pieces], platform_id="1"), seen=SEEN)
        await save_webtoon(
            connection, a_webtoon(" 신의  \n탑 ", painters=["신의탑"], platform_id="2"), seen=SEEN
        )
        stored = await list_webtoons(connection)
        assert [s.webtoon.title for s in stored] == ["신의 탑", "신의탑"]
        assert {s.webtoon.painters for s in stored} == {("신의탑",)}
        assert (await count(connection)).artists == 1

    async def test_a_repeated_credit_counts_once(self, connection: Connection) -> None:
        """The same artist in the same role is credited once."""
        await save_webtoon(connection, a_webtoon(painters=["SIU", "SIU"]), seen=SEEN)
        assert (await list_webtoons(connection))[0].webtoon.painters == ("SIU",)

    async def test_names_that_are_no_text_are_kept(self, connection: Connection) -> None:
        """A file name that is no UTF-8 makes no error, and finds its webtoon again."""
        webtoon = a_webtoon("제목\udcff", painters=["화가\ud800\x00"], platform_id="folder\udcff")
        await save_webtoon(connection, webtoon, seen=SEEN)
        stored = await find_webtoon(connection, Platform.SAMPLE, platform_id="folder\udcff")
        assert stored
        assert stored.webtoon.title == "제목"
        assert stored.webtoon.painters == ("화가",)

    async def test_lists_by_title(self, connection: Connection) -> None:
        """Webtoons come in the order of their titles."""
        for title in ("하", "가", "나"):
            await save_webtoon(connection, a_webtoon(title), seen=SEEN)
        assert [s.webtoon.title for s in await list_webtoons(connection)] == ["가", "나", "하"]


class TestEpisodes:
    """Episodes and what they show."""

    async def test_comes_back_as_it_was(self, connection: Connection) -> None:
        """Every field of an episode is kept, also an empty one."""
        webtoon_id = await save_webtoon(connection, FULL, seen=SEEN)
        await save_picture(connection, a_picture())
        full = replace(an_episode(2), thumbnail_url="https://example.org/2.jpg")
        second = await save_episode(connection, webtoon_id, episode=full, picture=a_picture().sha256)
        first = await save_episode(connection, webtoon_id, episode=Episode(number=1), picture=None)
        assert await list_episodes(connection, webtoon_id) == [
            StoredEpisode(id=first, webtoon_id=webtoon_id, episode=Episode(number=1), picture=None),
            StoredEpisode(id=second, webtoon_id=webtoon_id, episode=full, picture=a_picture().sha256),
        ]

    async def test_saving_again_renews(self, connection: Connection) -> None:
        """An episode keeps its id, and its picture while there is no newer one."""
        webtoon_id = await save_all(connection, FULL, pictures=[0])
        (before,) = await list_episodes(connection, webtoon_id)
        renamed = an_episode(1, title="프롤로그")
        assert await save_episode(connection, webtoon_id, episode=renamed, picture=None) == before.id
        (after,) = await list_episodes(connection, webtoon_id)
        assert after == replace(before, episode=renamed)

    async def test_many_at_once(self, connection: Connection) -> None:
        """Episodes saved in one trip are those that come of one after the other."""
        one_by_one = await save_webtoon(connection, a_webtoon(platform_id="1"), seen=SEEN)
        at_once = await save_webtoon(connection, a_webtoon(platform_id="2"), seen=SEEN)
        await save_picture(connection, a_picture())
        shown = [(an_episode(2), a_picture().sha256), (Episode(number=1), None), (an_episode(2), None)]
        for episode, picture in shown:
            await save_episode(connection, one_by_one, episode=episode, picture=picture)
        await save_episodes(connection, at_once, shown=shown)
        stored = [await list_episodes(connection, webtoon_id) for webtoon_id in (one_by_one, at_once)]
        there = [[(each.episode, each.picture) for each in episodes] for episodes in stored]
        assert there[0] == there[1] == [(Episode(number=1), None), (an_episode(2), a_picture().sha256)]

    async def test_a_newer_picture_replaces(self, connection: Connection) -> None:
        """A thumbnail that was drawn anew takes the place of the old one."""
        webtoon_id = await save_all(connection, FULL, pictures=[0])
        newer = a_picture(1)
        await save_picture(connection, newer)
        await save_episode(connection, webtoon_id, episode=an_episode(1), picture=newer.sha256)
        (after,) = await list_episodes(connection, webtoon_id)
        assert after.picture == newer.sha256


async def test_counts(connection: Connection) -> None:
    """Webtoons, credited artists, episodes, pictures and their bytes are counted, each once."""
    assert await count(connection) == Counts(webtoons=0, artists=0, episodes=0, pictures=0, picture_bytes=0)
    await save_all(connection, a_webtoon("가", painters=["a", "b"]), pictures=[0, 1])
    await save_all(connection, a_webtoon("나", painters=["b"]), pictures=[1, 2])
    await save_webtoon(connection, a_webtoon("가", painters=["b"]), seen=SEEN)
    assert await count(connection) == Counts(
        webtoons=2, artists=1, episodes=4, pictures=3, picture_bytes=3 * 16
    )
    assert [s.episodes for s in await list_webtoons(connection)] == [2, 2]
