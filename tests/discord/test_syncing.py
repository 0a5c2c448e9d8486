"""Which commands Discord is told of, and how often."""

import pytest

from bot import texts
from bot.discord.context import Parts
from bot.settings import Settings
from bot.texts import Language
from tests.discord.opening import open_door, open_parts
from tests.discord_server import DiscordServer, Guild

KO = texts.get(Language.KO)
OK = 200


def synced(server: DiscordServer) -> list[str]:
    """List the places of which all commands were replaced."""
    return [call.path for call in server.calls("sync") if call.status == OK]


async def restart(server: DiscordServer, settings: Settings, **values: int) -> list[str]:
    """Run a door from beginning to end, and list what it synced."""
    before = len(synced(server))
    changed = settings.model_copy(update=values)
    async with open_parts(changed) as parts, open_door(server, changed, parts):
        pass
    return synced(server)[before:]


async def test_commands_have_names_in_each_language(
    server: DiscordServer, settings: Settings, parts: Parts, office: Guild
) -> None:
    """An app in Korean shows Korean names, all others English ones."""
    async with open_door(server, settings, parts):
        assert {"similar", "like", "Find similar art"} <= set(server.commands())
        assert KO.format("discord-name-similar") in server.commands(locale="ko")
        assert KO.format("discord-menu-avatar") in server.commands(locale="ko")
        assert KO.format("discord-name-ban") in server.commands(office, locale="ko")
        assert set(server.commands(locale="fr")) == set(server.commands())


async def test_commands_are_offered_everywhere(
    server: DiscordServer, settings: Settings, parts: Parts
) -> None:
    """Servers and people can install them; they work in servers, direct messages and private chats."""
    async with open_door(server, settings, parts):
        for name, command in server.commands().items():
            assert command["integration_types"] == [0, 1], name
            assert command["contexts"] == ([0] if name == "settings" else [0, 1, 2]), name


async def test_what_has_not_changed_is_not_said_again(server: DiscordServer, settings: Settings) -> None:
    """A second start tells Discord nothing."""
    assert len(await restart(server, settings)) == 2
    assert await restart(server, settings) == []


async def test_what_has_changed_is_said(
    server: DiscordServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another word for a command in one language is enough; the admins' commands stay as they are."""
    await restart(server, settings)
    other = texts.Texts(Language.KO)
    usual = other.format
    monkeypatch.setattr(
        texts.get(Language.KO),
        "format",
        lambda key, **values: "새이름" if key == "discord-name-why" else usual(key, **values),
    )
    (path,) = await restart(server, settings)
    assert "guilds" not in path
    assert "새이름" in server.commands(locale="ko")


async def test_another_server_for_admins(
    server: DiscordServer, settings: Settings, office: Guild, readers: Guild
) -> None:
    """The commands move there, and none are left behind; without one there are none."""
    await restart(server, settings)
    assert len(await restart(server, settings, discord_admin_guild=readers.id)) == 2
    assert not server.commands(office)
    assert "ban" in server.commands(readers)
    assert len(await restart(server, settings, discord_admin_guild=0)) == 1
    assert not server.commands(readers)
    assert await restart(server, settings, discord_admin_guild=0) == []
    assert "similar" in server.commands()


async def test_a_server_without_the_bot_holds_nothing_up(
    server: DiscordServer, settings: Settings, office: Guild
) -> None:
    """What Discord refuses is tried again at the next start, and the rest works meanwhile."""
    office.installed = False
    await restart(server, settings)
    assert "similar" in server.commands()
    assert not server.commands(office)
    office.installed = True
    (path,) = await restart(server, settings)
    assert str(office.id) in path
    assert "ban" in server.commands(office)


async def test_an_outage_holds_nothing_up(server: DiscordServer, settings: Settings) -> None:
    """A door whose commands do not get through opens all the same, and tells them the next time."""
    server.fails("sync", status=400, times=2)
    await restart(server, settings)
    assert not server.commands()
    assert len(await restart(server, settings)) == 2
    assert "similar" in server.commands()
