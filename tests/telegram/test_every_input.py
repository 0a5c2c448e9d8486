"""Everything that can be sent, in Korean and English, to the bot alone and in a group under privacy mode."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Unpack, cast

import pytest
from aiohttp import web

from bot import texts
from bot.settings import Settings
from bot.telegram.context import Parts
from bot.texts import Language
from scraper.studio import draw_jpeg
from tests.bot.internet import PUBLIC, LocalInternet
from tests.platforms.server import LocalServer
from tests.telegram.conftest import SAMPLE, drawing
from tests.telegram.opening import open_parts
from tests.telegram_server import Chat, Message, Person, TelegramServer
from tests.telegram_server.contents import Said

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("door")]

CALL = "/similar@grimche_bot"
URL = "http://pictures.example.org/a.png"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks, where, with which pictures, and who else is there."""

    person: Person
    chat: Chat
    other: Person
    elsewhere: Chat
    pictures: Sequence[bytes]

    async def ask_by_reply(self, shown: Message) -> Message:
        """Call the bot in reply to a message."""
        return await self.person.sends(self.chat, text=CALL, reply_to=shown)

    async def show(self, **said: Unpack[Said]) -> Message:
        """Send something: to the bot alone that asks already, in a group it takes a call as well."""
        message = await self.person.sends(self.chat, **said)
        return message if self.chat.is_private else await self.ask_by_reply(message)


Ask = Callable[[Asker], Awaitable[Message]]


def kind(what: str, **also: Unpack[Said]) -> Ask:
    """Ask with a file of a kind."""

    async def ask(asker: Asker) -> Message:
        return await asker.show(**cast("Said", {what: asker.pictures[0], **also}))

    return ask


async def with_caption(asker: Asker) -> Message:
    """Call the bot under the picture itself."""
    return await asker.person.sends(asker.chat, photo=asker.pictures[0], caption=CALL)


async def with_album(asker: Asker) -> Message:
    """Send three pictures as one, with a call under the first."""
    asker.chat.world.privacy_mode = False  # or the pictures without a call would not arrive
    return await asker.person.sends(asker.chat, album=asker.pictures[:3], caption=CALL)


async def with_forwarded(asker: Asker) -> Message:
    """Forward what somebody else has sent."""
    return await asker.show(photo=asker.pictures[0], forward_from=asker.other)


async def with_reply(asker: Asker) -> Message:
    """Reply to a picture that stands in the chat already."""
    shown = await asker.person.sends(asker.chat, photo=asker.pictures[0])
    await asker.chat.answers()
    return await asker.ask_by_reply(shown)


async def with_quotation(asker: Asker) -> Message:
    """Reply here to a picture of a group where the bot is no member."""
    return await asker.ask_by_reply(await asker.other.sends(asker.elsewhere, photo=asker.pictures[0]))


async def with_change(asker: Asker) -> Message:
    """Send a picture that is too small, and put a good one into its place."""
    asked = await asker.person.sends(asker.chat, photo=drawing(size=(12, 12)), caption=CALL)
    assert (await asker.chat.answer()).text
    await asker.person.edits(asked, photo=asker.pictures[0], caption=CALL)
    return asked


async def with_address(asker: Asker) -> Message:
    """Send the address of a picture."""
    return await asker.show(text=f"{URL} ?")


async def with_address_behind_the_call(asker: Asker) -> Message:
    """Call the bot with the address of a picture."""
    return await asker.person.sends(asker.chat, text=f"{CALL} {URL}")


INPUTS: dict[str, Ask] = {
    "photo": kind("photo"),
    "image document": kind("document", name="a.bin", mime="image/png"),
    "still sticker": kind("sticker"),
    "animated sticker": kind("animated_sticker"),
    "video sticker": kind("video_sticker"),
    "GIF": kind("animation"),
    "video": kind("video"),
    "video note": kind("video_note"),
    "spoiler": kind("photo", spoiler=True),
    "caption": with_caption,
    "album": with_album,
    "forwarded": with_forwarded,
    "reply": with_reply,
    "quoted from elsewhere": with_quotation,
    "changed": with_change,
    "address": with_address,
    "address behind the call": with_address_behind_the_call,
}


@pytest.fixture
async def parts(settings: Settings) -> AsyncIterator[Parts]:
    """Put the parts together with an internet that has one host, which shows a thumbnail everywhere."""

    async def show(_: web.Request) -> web.Response:
        return web.Response(body=draw_jpeg(SAMPLE.seed, 0, webtoon=0, episode=0), content_type="image/jpeg")

    host = LocalServer()
    host.routes.append(web.get("/{path:.*}", show))
    async with host, open_parts(settings, network=LocalInternet({PUBLIC: host})) as parts:
        yield parts


@pytest.fixture(params=list(Language))
def language(request: pytest.FixtureRequest) -> Language:
    """Ask in each language."""
    return Language(request.param)


@pytest.fixture(params=["private", "group"])
def asker(
    request: pytest.FixtureRequest,
    server: TelegramServer,
    language: Language,
    boss: Person,
    thumbnails: Sequence[bytes],
) -> Asker:
    """Let somebody ask, alone with the bot or in a group."""
    person = server.person("Asker", language=language)
    group = server.group("Readers", [person, boss])
    return Asker(
        person=person,
        chat=person.private if request.param == "private" else group,
        other=boss,
        elsewhere=server.group("Elsewhere", [person, boss], bot=""),
        pictures=thumbnails,
    )


@pytest.mark.parametrize("ask", INPUTS.values(), ids=INPUTS)
async def test_every_input_gets_one_answer(asker: Asker, language: Language, ask: Ask) -> None:
    """It replies to the question, in its asker's language, with ten lines to one and five to a group."""
    asked = await ask(asker)
    (answer,) = await asker.chat.answers()
    assert answer.photo
    assert answer.reply_to is asked
    assert texts.get(language).format("answer-artists") in answer.caption
    assert "\n1. " in answer.caption
    assert ("\n10. " in answer.caption) is asker.chat.is_private
    assert ("\n6. " in answer.caption) is asker.chat.is_private
    assert set(answer.reactions) == (set() if asker.chat.is_private else {"👀"})
