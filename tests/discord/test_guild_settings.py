"""What those who manage a server choose, and that it holds."""

import pytest

from bot import texts
from bot.discord.context import DOOR, Parts
from bot.texts import Language
from tests.discord_server import Channel, DiscordServer, Guild, Person, Reply

pytestmark = pytest.mark.usefixtures("door")

KO = texts.get(Language.KO)
EN = texts.get(Language.EN)


async def open_settings(person: Person, where: Channel) -> Reply:
    """Open the settings of a server."""
    return await (await person.uses("/settings", where=where)).settled()


async def test_it_is_offered_in_servers_to_those_who_manage_them(server: DiscordServer) -> None:
    """Discord is told so, and hides it from the others."""
    settings = server.commands()["settings"]
    assert settings["contexts"] == [0]
    assert int(settings["default_member_permissions"]) == 1 << 5


async def test_who_manages_the_server_is_looked_at_here_too(
    mina: Person, readers: Guild, general: Channel
) -> None:
    """What Discord hides can be shown to others by a server's admins; choosing needs the right itself."""
    refused = await (await mina.uses("/settings", where=general, forged=True)).settled()
    assert refused.text == KO.format("discord-managers-only")
    assert not refused.selects

    readers.grants(mina, "manage_guild")
    opened = await open_settings(mina, general)
    assert opened.ephemeral
    readers.takes(mina, "manage_guild")
    late = await (await mina.picks(opened, "English", select="language")).settled()
    assert late.text == KO.format("discord-managers-only")


async def test_there_is_nothing_to_manage_in_direct_messages(jun: Person) -> None:
    """A forged call is told where it belongs."""
    said = await (await jun.uses("/settings", where=jun.dm, forged=True)).settled()
    assert said.text == EN.format("discord-servers-only")


async def test_the_language_holds_for_all_but_who_chose_their_own(
    mina: Person, jun: Person, general: Channel
) -> None:
    """The settings themselves change at once; /language comes first, and auto is each person's app."""
    opened = await open_settings(jun, general)
    changed = await (await jun.picks(opened, "한국어", select="language")).settled()
    assert KO.format("discord-settings").split("\n")[0] in changed.text
    assert changed.selects[0].chosen == ("한국어",)
    assert "카탈로그" in (await (await jun.uses("/about", where=general)).settled()).text

    await (await jun.uses("/language", language="English", where=general)).settled()
    assert "Catalogue" in (await (await jun.uses("/about", where=general)).settled()).text
    await (await jun.picks(changed, "English", select="language")).settled()
    assert "Catalogue" in (await (await mina.uses("/about", where=general)).settled()).text
    last = await open_settings(jun, general)
    await (await jun.picks(last, EN.format("discord-settings-language-auto"), select="language")).settled()
    assert "카탈로그" in (await (await mina.uses("/about", where=general)).settled()).text


async def test_answers_can_be_for_the_asker_alone(
    mina: Person, jun: Person, general: Channel, thumbnails: list[bytes]
) -> None:
    """Nobody can make them public then; direct messages are not concerned."""
    assert not (await mina.uses("/similar", image=thumbnails[0], where=general)).ephemeral
    opened = await open_settings(jun, general)
    changed = await (await jun.picks(opened, EN.format("discord-settings-private"))).settled()
    assert changed.selects[1].chosen == (EN.format("discord-settings-private"),)
    assert (await mina.uses("/similar", image=thumbnails[0], where=general)).ephemeral
    assert (await mina.uses("/similar", image=thumbnails[0], private=False, where=general)).ephemeral
    assert not (await mina.uses("/similar", image=thumbnails[0], where=mina.dm)).ephemeral


async def test_channels_are_chosen(
    mina: Person, jun: Person, readers: Guild, general: Channel, thumbnails: list[bytes]
) -> None:
    """In the others answers are for the asker alone, and mentions are not answered."""
    art = readers.channel("art")
    opened = await open_settings(jun, general)
    changed = await (await jun.picks(opened, art, select="set:channels")).settled()
    assert changed.selects[2].chosen == (str(art.id),)
    assert (await mina.uses("/similar", image=thumbnails[0], where=general)).ephemeral
    assert not (await mina.uses("/similar", image=thumbnails[0], where=art)).ephemeral
    await mina.writes(general, images=[thumbnails[0]], mentions_bot=True)
    await general.silent()
    await mina.writes(art, images=[thumbnails[0]], mentions_bot=True)
    assert (await art.settled()).images

    emptied = await (await jun.picks(changed, select="set:channels")).settled()
    assert emptied.selects[2].chosen == ()
    assert not (await mina.uses("/similar", image=thumbnails[0], where=general)).ephemeral


async def test_channels_are_kept_as_hashes(
    jun: Person, readers: Guild, general: Channel, parts: Parts
) -> None:
    """The database does not say which server or channel it was."""
    opened = await open_settings(jun, general)
    await (await jun.picks(opened, general, select="set:channels")).settled()
    choices = await parts.ledger.choices(DOOR, readers.id)
    assert choices.channels == {parts.ledger.person(DOOR, general.id)}
    assert str(general.id) not in str(choices)


async def test_every_picture_needs_an_intent(jun: Person, general: Channel) -> None:
    """Without it the choice is not offered, and it is said why."""
    opened = await open_settings(jun, general)
    assert len(opened.selects) == 3
    assert EN.format("discord-settings-no-automatic") in opened.text
