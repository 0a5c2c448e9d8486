"""What only the bot's admins may do, in the server of the admins."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from bot import texts
from bot.discord.context import DOOR, Parts
from bot.settings import Settings
from bot.texts import Language
from tests.discord.opening import open_door
from tests.discord_server import Channel, DiscordServer, Guild, Person

pytestmark = pytest.mark.usefixtures("door")

KO = texts.get(Language.KO)
EN = texts.get(Language.EN)

COMMANDS = ("status", "stats", "ban", "unban", "scrape", "retrain", "rollback", "generations")


async def is_banned(parts: Parts, person: Person) -> bool:
    """Look a ban up."""
    return await parts.ledger.is_banned(DOOR, parts.ledger.person(DOOR, person.id))


def options(command: str, person: Person) -> dict[str, Any]:
    """Give a command what it asks for."""
    return {"user": person} if command in {"ban", "unban"} else {}


async def test_commands_are_in_the_admins_server_alone(
    server: DiscordServer, office: Guild, readers: Guild
) -> None:
    """No other server, and no direct message, is shown what admins may do."""
    assert set(server.commands(office)) == set(COMMANDS)
    assert not server.commands(readers)
    assert not set(COMMANDS) & set(server.commands())


@pytest.mark.parametrize("command", COMMANDS)
async def test_others_are_told_that_it_is_not_for_them(
    mina: Person, desk: Channel, parts: Parts, command: str
) -> None:
    """Who is in the admins' server without being one gets a sentence, however they called."""
    asked = await mina.uses(f"/{command}", where=desk, forged=True, **options(command, mina))
    said = await asked.settled()
    assert said.text == KO.format("chat-admins-only")
    assert said.ephemeral
    assert not await is_banned(parts, mina)


async def test_status_says_how_it_stands(boss: Person, desk: Channel) -> None:
    """Version, generation, catalogue and the latest jobs are said."""
    said = await (await boss.uses("/status", where=desk)).settled()
    assert "12 webtoons, 5 artists, 48 episodes, 48 thumbnails" in said.text
    assert "scrape" in said.text
    assert said.ephemeral


async def test_stats_count_what_was_asked(
    boss: Person, mina: Person, desk: Channel, thumbnails: list[bytes]
) -> None:
    """Questions, people, seconds and a line for each day."""
    said = await (await boss.uses("/stats", where=desk)).settled()
    assert "Questions: 0" in said.text
    await (await mina.uses("/similar", image=thumbnails[0], where=desk)).settled()
    said = await (await boss.uses("/stats", days=30, where=desk)).settled()
    assert "Questions: 1, answered 1, failed 0" in said.text
    assert "█" in said.text
    assert said.files


async def test_a_ban_shuts_somebody_out(
    boss: Person, mina: Person, desk: Channel, parts: Parts, thumbnails: list[bytes]
) -> None:
    """Who is banned is told so, and is answered again once the ban is lifted."""
    done = await (await boss.uses("/ban", user=mina, reason="spam & **more**", where=desk)).settled()
    assert done.text.startswith(f"{mina.id} is banned: spam & \\*\\*more")
    assert await is_banned(parts, mina)
    refused = await (await mina.uses("/similar", image=thumbnails[0], where=desk)).settled()
    assert refused.text == KO.format("error-banned")

    await (await boss.presses(done, EN.format("chat-unban"))).settled()
    assert not await is_banned(parts, mina)
    assert (await (await mina.uses("/similar", image=thumbnails[0], where=desk)).settled()).images


async def test_a_ban_is_lifted_by_name(boss: Person, mina: Person, desk: Channel, parts: Parts) -> None:
    """It is said whether there was one."""
    await (await boss.uses("/ban", user=mina, where=desk)).settled()
    said = await (await boss.uses("/unban", user=mina, where=desk)).settled()
    assert said.text == EN.format("chat-unbanned", id=str(mina.id))
    said = await (await boss.uses("/unban", user=mina, where=desk)).settled()
    assert said.text == EN.format("chat-not-banned", id=str(mina.id))
    assert not await is_banned(parts, mina)


async def test_admins_cannot_be_banned(boss: Person, desk: Channel, parts: Parts) -> None:
    """Nobody locks the admins out."""
    said = await (await boss.uses("/ban", user=boss, where=desk)).settled()
    assert said.text == EN.format("chat-ban-admin")
    assert not await is_banned(parts, boss)


async def test_the_button_looks_at_who_presses(
    boss: Person, mina: Person, jun: Person, desk: Channel, parts: Parts
) -> None:
    """Who is no admin, or none any more, cannot press what admins were shown."""
    done = await (await boss.uses("/ban", user=jun, where=desk)).settled()
    pressed = await (await mina.presses(done, EN.format("chat-unban"), forged=True)).settled()
    assert pressed.text == KO.format("chat-admins-only")
    assert await is_banned(parts, jun)


async def test_admins_cannot_be_banned_by_a_button(boss: Person, desk: Channel, parts: Parts) -> None:
    """Not even by what they wrote to themselves."""
    await (await boss.uses("/feedback", words="a note", where=desk)).settled()
    brought = await boss.dm.answer()
    said = await (await boss.presses(brought, EN.format("chat-ban"))).settled()
    assert said.text == EN.format("chat-ban-admin")
    assert not await is_banned(parts, boss)


class TestWithTwoAdmins:
    """What one admin does, the others learn of."""

    @pytest.fixture
    async def door(
        self, server: DiscordServer, settings: Settings, parts: Parts, jun: Person
    ) -> AsyncIterator[None]:
        """Run a door with another admin."""
        async with open_door(server, settings, replace(parts, admins=parts.admins | {jun.id})):
            yield

    @pytest.mark.parametrize("reason", ["spam", ""])
    async def test_the_other_is_told_of_a_ban(
        self, boss: Person, jun: Person, mina: Person, desk: Channel, reason: str
    ) -> None:
        """Who was banned, by whom and why, as a direct message."""
        given = {"reason": reason} if reason else {}
        await (await boss.uses("/ban", user=mina, where=desk, **given)).settled()  # type: ignore[arg-type]  # options
        why = reason or EN.format("chat-no-reason")
        assert (await jun.dm.answer()).text == EN.format(
            "chat-ban-told", admin="Boss", id=str(mina.id), reason=why
        )
