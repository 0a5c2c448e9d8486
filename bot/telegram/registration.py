"""Tell Telegram which commands there are, for whom, and what they are called in each language."""

import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Final

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest, TelegramError

from bot import texts as all_texts
from bot.telegram.context import Parts
from bot.texts import Language

log = logging.getLogger(__name__)

ANYWHERE: Final = ("start", "help", "about", "privacy")
IN_PRIVATE: Final = (
    *("similar", "like", "why", "webtoon", "artist", "settings", "language"),
    *("feedback", "privacy", "forgetme", "about", "help", "start"),
)
IN_GROUPS: Final = ("similar", "like", "why", "webtoon", "artist", "privacy", "forgetme", "help")
FOR_GROUP_ADMINS: Final = (*IN_GROUPS[:5], "settings", "language", *IN_GROUPS[5:])
FOR_ADMINS: Final = (
    *IN_PRIVATE,
    "status",
    "stats",
    "ban",
    "unban",
    "scrape",
    "retrain",
    "rollback",
    "generations",
)


async def register(bot: Bot, parts: Parts) -> None:
    """Name the commands in each scope and language; what does not get through is logged, not raised.

    Texts about the bot are left as they are where its owner has written some.
    """
    for scope, names in _scopes(parts):
        for language in (None, *Language):
            commands = _commands(names, language or parts.language)
            await _try(bot.set_my_commands, commands, scope=scope, language_code=language and language.value)
    # Where there is none in a language, Telegram gives the one for all others: that comes last.
    for language in (*Language, None):
        await _describe(bot, language, default=parts.language)


def _scopes(parts: Parts) -> Iterator[tuple[BotCommandScope, Sequence[str]]]:
    yield BotCommandScopeDefault(), ANYWHERE
    yield BotCommandScopeAllPrivateChats(), IN_PRIVATE
    yield BotCommandScopeAllGroupChats(), IN_GROUPS
    yield BotCommandScopeAllChatAdministrators(), FOR_GROUP_ADMINS
    for admin in sorted(parts.admins):
        yield BotCommandScopeChat(admin), FOR_ADMINS


def _commands(names: Sequence[str], language: Language) -> list[BotCommand]:
    texts = all_texts.get(language)
    return [BotCommand(name, texts.format(f"chat-command-{name}")) for name in names]


async def _describe(bot: Bot, language: Language | None, *, default: Language) -> None:
    texts, code = all_texts.get(language or default), language and language.value
    try:
        if not (await bot.get_my_description(code)).description:
            await bot.set_my_description(texts.format("telegram-description"), code)
        if not (await bot.get_my_short_description(code)).short_description:
            await bot.set_my_short_description(texts.format("telegram-short-description"), code)
    except TelegramError as error:
        log.warning("the bot was not described (%s)", type(error).__name__)


async def _try(set_commands: Callable[..., Awaitable[bool]], *args: object, **values: object) -> None:
    try:
        await set_commands(*args, **values)
    except BadRequest as error:  # an admin who has not begun a chat with us
        log.info("commands were not set: %s", error.message)
    except TelegramError as error:
        log.warning("commands were not set (%s)", type(error).__name__)
