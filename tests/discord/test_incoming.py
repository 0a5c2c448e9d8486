"""Where pictures come from: messages of every kind, in servers with the bot, without it, and alone."""

from collections.abc import AsyncIterator, Sequence

import discord
import pytest
from aiohttp import web

from bot import texts
from bot.settings import Settings
from bot.texts import Language
from tests.bot.internet import PUBLIC, LocalInternet
from tests.discord.opening import open_door, open_parts
from tests.discord_server import Channel, DiscordServer, Guild, Person
from tests.platforms.server import LocalServer

KO = texts.get(Language.KO)
EN = texts.get(Language.EN)
MENU = "discord-menu-similar"


@pytest.mark.usefixtures("door")
async def test_three_pictures_are_one_question(
    mina: Person, general: Channel, thumbnails: Sequence[bytes]
) -> None:
    """All three are taken together, and the third is named where it is none."""
    pictures = dict(zip(("image", "image2", "image3"), thumbnails, strict=False))
    asked = await mina.uses("/similar", where=general, **pictures)
    assert len((await asked.settled()).images) == 10
    faulty = await mina.uses("/similar", where=general, **{**pictures, "image3": b"no picture"})
    assert (await faulty.settled()).text.startswith("3번째 그림")


@pytest.mark.usefixtures("door")
async def test_all_pictures_of_a_message(
    mina: Person, jun: Person, general: Channel, thumbnails: Sequence[bytes]
) -> None:
    """Of several pictures all can be chosen, in Korean too."""
    message = await jun.writes(general, images=list(thumbnails[:2]))
    offer = await (await mina.uses_menu(KO.format(MENU), on=message)).settled()
    assert offer.ephemeral
    picked = await mina.picks(offer, KO.format("discord-all-pictures"))
    answer = await picked.settled()
    assert KO.format("answer-title") in answer.text
    assert len(answer.images) == 10


@pytest.mark.usefixtures("door")
async def test_menus_work_where_only_the_asker_has_them(
    server: DiscordServer, jun: Person, mina: Person, thumbnails: Sequence[bytes]
) -> None:
    """In servers and private conversations without the bot, a message and a person can be asked about."""
    elsewhere = server.guild("Elsewhere", [jun, mina], owner=mina, installed=False).channel("talk")
    for where in (elsewhere, server.conversation(jun, mina)):
        message = await mina.writes(where, images=[thumbnails[0]])
        asked = await jun.uses_menu(EN.format(MENU), on=message, installed="user")
        answer = await asked.settled()
        assert len(answer.images) == 10
        details = await jun.presses(answer, EN.format("chat-details"))
        assert "### 1" in (await details.settled()).text
        avatar = await jun.uses_user_menu(
            EN.format("discord-menu-avatar"), on=mina, where=where, installed="user"
        )
        assert (await avatar.settled()).text == EN.format("discord-no-avatar")


@pytest.mark.usefixtures("door")
async def test_a_choice_of_an_earlier_process_has_gone(
    mina: Person, jun: Person, general: Channel, thumbnails: Sequence[bytes]
) -> None:
    """Where pictures were is forgotten with the process; who chooses one then is told so."""
    message = await jun.writes(general, images=list(thumbnails[:2]))
    offer = await (await mina.uses_menu(KO.format(MENU), on=message)).settled()
    select = offer.message.components[-1]["components"][0]
    select["custom_id"] = "pick:" + "A" * 16
    picked = await mina.picks(offer.message, KO.format("discord-all-pictures"))
    assert (await picked.settled()).text == KO.format("error-expired")


@pytest.mark.usefixtures("door")
async def test_menus_take_stickers_that_move(
    server: DiscordServer,
    jun: Person,
    general: Channel,
    thumbnails: Sequence[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A sticker of a message is looked at like a picture."""
    monkeypatch.setattr(discord.Asset, "BASE", server.cdn)
    message = await jun.writes(general, sticker=thumbnails[0], sticker_format="apng")
    assert len((await (await jun.uses_menu(EN.format(MENU), on=message)).settled()).images) == 10


@pytest.mark.usefixtures("door")
async def test_a_sticker_that_is_a_program_is_no_picture(jun: Person, general: Channel) -> None:
    """Such stickers are not fetched at all."""
    message = await jun.writes(general, sticker=b"{}", sticker_format="lottie")
    asked = await jun.uses_menu(EN.format(MENU), on=message)
    assert (await asked.settled()).text == EN.format("discord-no-picture")


@pytest.mark.usefixtures("door")
async def test_what_is_forwarded_is_answered(
    jun: Person, mina: Person, general: Channel, thumbnails: Sequence[bytes]
) -> None:
    """A picture that somebody forwards is asked about like their own."""
    original = await mina.writes(general, images=[thumbnails[0]])
    await jun.writes(jun.dm, forward=original)
    assert len((await jun.dm.settled()).images) == 10


@pytest.mark.usefixtures("door")
async def test_a_mention_is_answered_in_the_language_of_the_server(
    server: DiscordServer, jun: Person, thumbnails: Sequence[bytes]
) -> None:
    """Discord does not say which language the writer's app has."""
    korean = server.guild("Korean", [jun], owner=jun, locale="ko").channel("all")
    message = await jun.writes(korean, images=[thumbnails[0]], mentions_bot=True)
    answer = await korean.settled()
    assert KO.format("answer-title") in answer.text
    assert answer.reply_to is message
    assert not answer.pings


class TestAddresses:
    """Pictures at addresses that people name go through the guard, whatever Discord shows of them."""

    @pytest.fixture
    async def elsewhere(self, thumbnails: Sequence[bytes]) -> AsyncIterator[LocalServer]:
        """Run a server that shows a picture at every address."""

        async def show(_: web.Request) -> web.Response:
            return web.Response(body=thumbnails[0], content_type="image/jpeg")

        server = LocalServer()
        server.routes.append(web.get("/{path:.*}", show))
        async with server:
            yield server

    @pytest.fixture
    def internet(self, elsewhere: LocalServer) -> LocalInternet:
        """Put it at pictures.example.org, and a name into this machine."""
        internet = LocalInternet({PUBLIC: elsewhere})
        internet.names["inside.example.org"] = [["127.0.0.1"]]
        return internet

    @pytest.fixture
    async def door(
        self, server: DiscordServer, settings: Settings, internet: LocalInternet
    ) -> AsyncIterator[None]:
        """Run a door whose internet is on this machine."""
        async with open_parts(settings, network=internet) as parts, open_door(server, settings, parts):
            yield

    @pytest.mark.usefixtures("door")
    async def test_a_link_that_discord_does_not_copy_is_fetched(
        self, jun: Person, internet: LocalInternet
    ) -> None:
        """What an embed shows without a copy, and an address alone, are fetched once each."""
        await jun.writes(jun.dm, embed_url="http://pictures.example.org/a.jpg")
        assert len((await jun.dm.settled()).images) == 10
        await jun.writes(jun.dm, text="http://pictures.example.org/b.jpg")
        assert len((await jun.dm.settled()).images) == 10
        assert internet.asked == ["pictures.example.org"] * 2

    @pytest.mark.usefixtures("door")
    @pytest.mark.parametrize("host", ["127.0.0.1", "169.254.169.254", "[::1]", "inside.example.org"])
    async def test_nothing_inside_is_reached(self, jun: Person, host: str) -> None:
        """Addresses of this machine and its network are refused, named or in digits."""
        await jun.writes(jun.dm, embed_url=f"http://{host}/a.jpg")
        said = await jun.dm.settled()
        assert not said.images
        assert said.text == EN.format("error-address-refused")


class TestWithContent:
    """A server can have every picture in some channels answered, where the application may read messages."""

    @pytest.fixture
    async def door(self, server: DiscordServer, settings: Settings) -> AsyncIterator[None]:
        """Run a door that was granted the intent."""
        server.allows_content()
        async with open_parts(settings) as parts, open_door(server, settings, parts):
            yield

    @pytest.mark.usefixtures("door")
    async def test_every_picture_in_chosen_channels_is_answered(
        self, readers: Guild, general: Channel, jun: Person, mina: Person, thumbnails: Sequence[bytes]
    ) -> None:
        """Pictures there are answered in reply, until it is taken back; nothing else in servers is."""
        art = readers.channel("art")
        opened = await (await jun.uses("/settings", where=general)).settled()
        changed = await (await jun.picks(opened, art, select="set:automatic")).settled()
        await mina.writes(art, text="no picture")
        await art.silent()
        await mina.writes(general, images=[thumbnails[0]])
        await general.silent()
        message = await mina.writes(art, images=[thumbnails[0]])
        assert (await art.settled()).reply_to is message

        await (await jun.picks(changed, select="set:automatic")).settled()
        await mina.writes(art, images=[thumbnails[1]])
        await art.silent()
