"""How much one may ask, and how much one message may hold."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import pytest

from bot import texts
from bot.choices import ChatChoices
from bot.desk import Desk
from bot.discord.languages import Place, View
from bot.discord.layouts import Around, answer_page
from bot.discord.pages import MOST_TEXT, REQUEST_LIMIT
from bot.rates import Rate, Whose
from bot.settings import Settings
from bot.texts import Language
from bot.turns import Turns
from storage.records import Picture
from tests.discord.opening import open_door, open_parts
from tests.discord.test_doors import until
from tests.discord_server import Channel, DiscordServer, Person
from tests.telegram.answers import ADULT, answer

KO = texts.get(Language.KO)
EN = texts.get(Language.EN)
TEN = [1 - rank / 20 for rank in range(10)]
AROUND = Around(header="header", footer="", shares=False)


def view(*, limit: int = 10 << 20) -> View:
    """Look at answers where files may have a size."""
    place = Place(user_id=1, channel_id=2, limit=limit)
    return View(texts=EN, choices=ChatChoices(), place=place)


def pictures(size: int) -> list[Picture]:
    """Make ten pictures of one size, those of `answer`."""
    return [
        Picture(sha256=f"{rank:064x}", data=bytes(size), format="JPEG", width=1, height=1, phash=0)
        for rank in range(1, 11)
    ]


class TestWithRates:
    """People who ask too often are told when to come again, and rates are those of the queue of all doors."""

    @pytest.fixture
    async def door(self, server: DiscordServer, settings: Settings) -> AsyncIterator[Desk]:
        """Run a door where one question a minute is enough, and give the desk that it shares."""
        rules = (Rate(whose=Whose.PERSON, most=1),)
        async with open_parts(settings, rules=rules) as parts, open_door(server, settings, parts):
            yield parts.desk

    @pytest.mark.usefixtures("door")
    async def test_the_second_question_is_too_early(
        self, mina: Person, jun: Person, general: Channel, thumbnails: Sequence[bytes]
    ) -> None:
        """The seconds that are left are said, and nobody else has to wait."""
        assert (await (await mina.uses("/similar", where=general, image=thumbnails[0])).settled()).images
        refused = await (await mina.uses("/similar", where=general, image=thumbnails[1])).settled()
        assert refused.text.startswith(KO.format("error-slow-down", seconds=60)[:6])
        assert (await (await jun.uses("/similar", where=general, image=thumbnails[1])).settled()).images

    @pytest.mark.usefixtures("door")
    async def test_messages_are_refused_once(self, jun: Person, thumbnails: Sequence[bytes]) -> None:
        """Who goes on is not told again and again."""
        await jun.writes(jun.dm, images=[thumbnails[0]])
        assert (await jun.dm.settled()).images
        await jun.writes(jun.dm, images=[thumbnails[1]])
        assert "please ask again in" in (await jun.dm.settled()).text
        await jun.writes(jun.dm, images=[thumbnails[2]])
        await jun.dm.silent()


async def test_who_waits_long_is_told_the_place(
    server: DiscordServer,
    settings: Settings,
    mina: Person,
    jun: Person,
    general: Channel,
    thumbnails: Sequence[bytes],
) -> None:
    """A note stands where the answer comes, and the answer takes its place."""
    async with open_parts(settings) as parts:
        desk = Desk(parts.service, parts.ledger, Turns(1, 16))
        async with open_door(server, settings, replace(parts, desk=desk)):
            go = server.holds("cdn")
            await mina.uses("/similar", where=general, image=thumbnails[0])
            await until(lambda: desk._turns.running)
            asked = await jun.uses("/similar", where=general, image=thumbnails[1])
            note = await asked.reply()
            assert note.text == EN.format("chat-waiting", place=1)
            go.set()
            answered = await asked.settled()
            assert answered.message is note.message
            assert len(answered.images) == 10


async def test_a_full_queue_is_said(
    server: DiscordServer, settings: Settings, mina: Person, jun: Person, thumbnails: Sequence[bytes]
) -> None:
    """Who does not even find a place to wait is asked to come later, and can."""
    async with open_parts(settings) as parts:
        desk = Desk(parts.service, parts.ledger, Turns(1, 0))
        async with open_door(server, settings, replace(parts, desk=desk)):
            go = server.holds("cdn")
            first = await mina.uses("/similar", where=mina.dm, image=thumbnails[0])
            await until(lambda: desk._turns.running)
            refused = await jun.uses("/similar", where=jun.dm, image=thumbnails[1])
            assert (await refused.reply()).text == EN.format("error-busy")
            go.set()
            assert (await first.settled()).images
            assert (await (await jun.uses("/similar", where=jun.dm, image=thumbnails[1])).settled()).images


@pytest.mark.parametrize(
    ("size", "limit", "uploaded"),
    [(1 << 10, 10 << 20, 10), (1 << 20, 1 << 10, 0), (REQUEST_LIMIT // 4, 10 << 20, 4)],
)
def test_files_stay_within_what_discord_takes(size: int, limit: int, uploaded: int) -> None:
    """What is too large, alone or together, is left out, and everything is said all the same."""
    page = answer_page(answer(TEN), view(limit=limit), token="t" * 16, pictures=pictures(size), around=AROUND)
    assert len(page.files()) == uploaded
    assert "Title 10" in str(page.view().to_components())


@pytest.mark.parametrize("title", ["제" * 500, "*_~`|[]<@" * 60])
def test_words_stay_within_what_discord_takes(title: str) -> None:
    """However long titles are, and whatever has to be held back in them, ten lines fit into one message."""
    url = "https://comic.example/" + "x" * 400
    for about in ({}, ADULT):
        made = answer(TEN, title=title, url=url, **about)
        page = answer_page(made, view(), token="t" * 16, pictures=pictures(10), around=AROUND)
        view_ = page.view()
        assert view_.content_length() <= MOST_TEXT
        assert "10\\. " in str(view_.to_components()) or "10. " in str(view_.to_components())


def test_works_for_adults_are_covered() -> None:
    """Where they may be shown at all, they stand behind a spoiler."""
    page = answer_page(answer(TEN, **ADULT), view(), token="t" * 16, pictures=pictures(10), around=AROUND)
    (gallery,) = [each for each in page.view().to_components()[0]["components"] if each["type"] == 12]
    assert all(item["spoiler"] for item in gallery["items"])
