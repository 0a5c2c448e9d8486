"""What Telegram knows of the bot before anybody has written to it."""

import pytest
from telegram import Bot

from bot.telegram import admin, commands
from bot.telegram.context import Parts
from bot.telegram.registration import FOR_ADMINS, register
from bot.texts import Language
from tests.telegram_server import Person, TelegramServer


@pytest.fixture
async def begun(server: TelegramServer, boss: Person) -> None:
    """Let the admin have begun a chat with the bot."""
    await boss.sends(boss.private, text="/start")
    assert server.world.updates.pending


@pytest.mark.usefixtures("begun")
async def test_each_scope_has_its_commands_in_each_language(
    server: TelegramServer, bot: Bot, parts: Parts, boss: Person
) -> None:
    """People, groups, their admins and the bot's admins are offered what they can call."""
    await register(bot, parts)
    for code in ("", *Language):
        assert set(server.commands("default", code)) == {"start", "help", "about", "privacy"}
        private = server.commands("all_private_chats", code)
        assert {"similar", "settings", "feedback", "forgetme"} <= set(private)
        assert "ban" not in private
        assert "settings" not in server.commands("all_group_chats", code)
        assert "settings" in server.commands("all_chat_administrators", code)
        assert tuple(server.commands(f"chat:{boss.id}", code)) == FOR_ADMINS
    assert server.commands("all_private_chats", "ko")["why"] == "왜 비슷한지 보기"
    assert server.commands("all_private_chats", "en")["why"] == "Why a match is one"
    assert server.commands("all_private_chats")["why"] == "Why a match is one"


def test_every_command_that_is_named_is_answered() -> None:
    """Nothing is offered that nobody answers, and the other way round."""
    handlers = [*commands.handlers(), *admin.handlers()]
    answered = {name for handler in handlers for name in getattr(handler, "commands", ())}
    assert answered == set(FOR_ADMINS)


async def test_an_admin_who_has_not_begun_stops_nothing(
    server: TelegramServer, bot: Bot, parts: Parts, boss: Person
) -> None:
    """What cannot be set for one is set for all others."""
    server.fails("setMyCommands", status=400, why="Bad Request: chat not found", after=12, times=3)
    await register(bot, parts)
    assert not server.commands(f"chat:{boss.id}")
    assert server.commands("all_chat_administrators", "ko")
    assert server.text("description", "ko")


async def test_a_fault_stops_nothing(server: TelegramServer, bot: Bot, parts: Parts) -> None:
    """What does not get through is left for the next start."""
    server.fails("setMyCommands", status=502)
    server.drops("setMyDescription")
    await register(bot, parts)
    assert not server.commands("default")
    assert server.commands("default", "en")
    assert server.text("short_description", "ko")


async def test_the_bot_is_described_in_both_languages(server: TelegramServer, bot: Bot, parts: Parts) -> None:
    """Who opens the bot reads what it does."""
    await register(bot, parts)
    assert "그림" in server.text("description", "ko")
    assert "drawing" in server.text("description", "en")
    assert server.text("description") == server.text("description", "en")
    assert server.text("short_description", "ko")


async def test_what_the_owner_wrote_is_kept(server: TelegramServer, bot: Bot, parts: Parts) -> None:
    """A description of one's own is not overwritten."""
    await bot.set_my_description("Mine", "ko")
    await register(bot, parts)
    assert server.text("description", "ko") == "Mine"


async def test_the_door_registers_when_it_opens(server: TelegramServer, door: object) -> None:
    """Nobody has to do it by hand."""
    assert door
    await server.rests()
    assert server.commands("all_private_chats", "ko")
