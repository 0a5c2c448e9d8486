"""Name commands, options and menus in every language, from the texts."""

import inspect
from collections.abc import Callable, Coroutine, Mapping
from types import MappingProxyType
from typing import Any, Final

import discord
from discord import app_commands
from discord.app_commands import Choice, Command, ContextMenu, TranslationContextTypes, locale_str

from bot import texts
from bot.texts import Language

# What is sent without a language; for commands it is also the name by which Discord calls them.
USUAL: Final = Language.EN
LANGUAGES: Final[Mapping[discord.Locale, Language]] = MappingProxyType({discord.Locale.korean: Language.KO})

KEY: Final = "key"

Run = Callable[..., Coroutine[Any, Any, None]]
Complete = Callable[[discord.Interaction, str], Coroutine[Any, Any, list[Choice[str]]]]


class FluentTranslator(app_commands.Translator):
    """Look up in the texts what `said` has marked."""

    async def translate(
        self, string: locale_str, locale: discord.Locale, _context: TranslationContextTypes
    ) -> str | None:
        """Say a text in the language of a locale; None where the usual words do."""
        key, language = string.extras.get(KEY), LANGUAGES.get(locale)
        return texts.get(language).format(key) if key and language else None


def said(key: str) -> locale_str:
    """Mark a text to be said in each language."""
    return locale_str(texts.get(USUAL).format(key), key=key)


def command(
    name: str, run: Run, *, about: str = "", complete: Mapping[str, Complete] | None = None
) -> "Command[Any, ..., Any]":
    """Make a slash command of a function, whose parameters become its options.

    `about` is the key of its description, if not that of the chat command with this name; `complete` has
    what proposes the values of an option while they are typed.
    """
    options = list(inspect.signature(run).parameters)[1:]
    app_commands.describe(**{option: said(f"discord-option-{option}-about") for option in options})(run)
    app_commands.rename(**{option: said(f"discord-option-{option}") for option in options})(run)
    if complete:
        app_commands.autocomplete(**complete)(run)
    return Command(
        name=said(f"discord-name-{name}"), description=said(about or f"chat-command-{name}"), callback=run
    )


def menu(name: str, run: Run) -> ContextMenu:
    """Make a command in the menu of a message or a person, whichever the function takes."""
    return ContextMenu(name=said(f"discord-menu-{name}"), callback=run)
