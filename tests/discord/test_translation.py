"""What Discord is told of the commands, in every language."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import discord
import pytest
from discord.app_commands import CommandTree, TranslationContextLocation, locale_str
from discord.app_commands.translator import OtherTranslationContext

from bot import texts
from bot.discord import asking, commands
from bot.discord.translation import FluentTranslator, said
from bot.texts import Language

KO = texts.get(Language.KO)
ADMINS = 5

# https://discord.com/developers/docs/interactions/application-commands#application-command-object
NAME = re.compile(r"[-_'\w]{1,32}")
DESCRIPTION = 100

Json = dict[str, Any]


@pytest.fixture
async def told() -> list[Json]:
    """Describe every command as Discord is told."""
    return await describe(make_tree())


def make_tree() -> "CommandTree[discord.Client]":
    """Make all commands, as a client does."""
    tree = CommandTree(discord.Client(intents=discord.Intents.none()))
    asking.add_to(tree)
    commands.add_to(tree, admin_guild=ADMINS)
    return tree


async def describe(tree: "CommandTree[discord.Client]") -> list[Json]:
    """Describe the commands for everywhere, and those of the admins."""
    translator = FluentTranslator()
    places = (None, discord.Object(ADMINS))
    kinds = (discord.AppCommandType.chat_input, discord.AppCommandType.message, discord.AppCommandType.user)
    return [
        await command.get_translated_payload(tree, translator)
        for guild in places
        for kind in kinds
        for command in tree.get_commands(guild=guild, type=kind)
    ]


def of_all(told: list[Json]) -> Iterator[Json]:
    """List the slash commands and their options."""
    for command in told:
        if command.get("description"):
            yield command
            yield from command["options"]


def names(json: Json) -> list[str]:
    """List the names of a command in every language."""
    return [json["name"], *json["name_localizations"].values()]


async def test_all_that_is_there_is_told(told: list[Json]) -> None:
    """Everybody's commands, both menus and the admins' commands are there."""
    wanted = "similar like why webtoon artist help about privacy forgetme feedback language settings"
    admins = "status stats ban unban scrape retrain rollback generations"
    menus = {"Find similar art", "Find art like this avatar"}
    assert {command["name"] for command in told} == {*wanted.split(), *admins.split(), *menus}


async def test_discord_takes_every_name(told: list[Json]) -> None:
    """Names are short, lower-case and without spaces, descriptions at most 100 characters."""
    for json in of_all(told):
        for name in names(json):
            assert NAME.fullmatch(name), name
            assert name == name.lower()
        descriptions = [json["description"], *json["description_localizations"].values()]
        assert all(1 <= len(text) <= DESCRIPTION for text in descriptions), json["name"]


async def test_everything_is_said_in_korean(told: list[Json]) -> None:
    """Commands, options, choices and menus have Korean names and descriptions."""
    for json in of_all(told):
        assert json["name_localizations"]["ko"] != json["name"]
        assert re.search("[가-힣]", json["description_localizations"]["ko"])
    for menu in (command for command in told if not command.get("description")):
        assert re.search("[가-힣]", menu["name_localizations"]["ko"])


@pytest.mark.parametrize("place", [0, 1])
async def test_names_are_told_apart(told: list[Json], place: int) -> None:
    """No two commands have one name in a language."""
    found = [names(command)[place] for command in told]
    assert len(set(found)) == len(found)


async def test_other_languages_have_the_usual_words() -> None:
    """Where Grimche does not speak a language, and where a word is no text, nothing is said in it."""
    translator = FluentTranslator()
    other = OtherTranslationContext(TranslationContextLocation.other, None)
    assert await translator.translate(said("discord-name-why"), discord.Locale.french, other) is None
    assert await translator.translate(locale_str("why"), discord.Locale.korean, other) is None
    korean = await translator.translate(said("discord-name-why"), discord.Locale.korean, other)
    assert korean == KO.format("discord-name-why")


async def test_commands_can_be_made_again() -> None:
    """A second client in one process has the same commands."""
    assert await describe(make_tree()) == await describe(make_tree())


async def test_servers_alone_have_settings(told: list[Json]) -> None:
    """Discord shows /settings in servers, to those who manage them, and admins' commands likewise."""
    by_name = {command["name"]: command for command in told}
    manage = discord.Permissions(manage_guild=True).value
    assert by_name["settings"]["contexts"] == [0]
    assert by_name["settings"]["default_member_permissions"] == manage
    assert by_name["retrain"]["default_member_permissions"] == manage
    assert by_name["similar"]["default_member_permissions"] is None


async def test_the_documentation_names_what_there_is(told: list[Json]) -> None:
    """Every command that docs/discord.md speaks of exists, in one of the languages."""
    text = (Path(__file__).parents[2] / "docs" / "discord.md").read_text(encoding="utf-8")
    spoken_of = set(re.findall(r"`/([\w-]+)`", text))
    assert {"similar", "settings", "retrain", KO.format("discord-name-similar")} <= spoken_of
    assert spoken_of <= {name for command in told for name in names(command)}


def test_the_documentation_asks_for_few_permissions() -> None:
    """The link asks for what mentions need: see, send, send in threads, attach, read the history."""
    text = (Path(__file__).parents[2] / "docs" / "discord.md").read_text(encoding="utf-8")
    (number,) = set(re.findall(r"permissions=([0-9]+)", text))
    wanted = discord.Permissions(
        view_channel=True,
        send_messages=True,
        send_messages_in_threads=True,
        attach_files=True,
        read_message_history=True,
    )
    assert int(number) == wanted.value
