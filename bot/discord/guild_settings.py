"""Let those who manage a server choose how the bot answers there."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Self

import discord
from discord import SelectOption, ui
from discord.app_commands import AppCommandContext

from bot.choices import AUTO, LANGUAGE_NAMES, ChatChoices, language_called
from bot.discord.calls import Call, take, take_in_place
from bot.discord.context import DOOR, Parts
from bot.discord.items import as_select
from bot.discord.languages import choices_of, place_of, view_of
from bot.discord.markdown import bold, escape
from bot.discord.pages import Item, Page
from bot.discord.translation import command
from storage.errors import Expired

if TYPE_CHECKING:
    from collections.abc import Callable

    from discord.app_commands import CommandTree

    from bot.texts import Texts

PUBLIC: Final = "public"
PRIVATE: Final = "private"
MOST: Final = 25  # values of a select: https://discord.com/developers/docs/components/reference
TYPES: Final = (
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.voice,
    discord.ChannelType.forum,
)


def add_to(tree: "CommandTree[Any]") -> None:
    """Add the command, which servers alone have; Discord shows it to those who manage the server."""
    made = command("settings", settings, about="discord-about-settings")
    made.allowed_contexts = AppCommandContext(guild=True, dm_channel=False, private_channel=False)
    made.default_permissions = discord.Permissions(manage_guild=True)
    tree.add_command(made)
    tree.client.add_dynamic_items(Chosen, ChosenChannels)


async def settings(interaction: discord.Interaction) -> None:
    """Show what the server has chosen, with what is needed to choose otherwise."""
    await take(interaction, _show, is_ephemeral=True)


class Chosen(ui.DynamicItem[ui.Select[Any]], template=r"set:(?P<name>language|answers)"):
    """A choice of the server among a few."""

    @classmethod
    def make(cls, name: str, options: list[SelectOption], texts: "Texts") -> Self:
        """Make a choice."""
        placeholder = texts.format(f"discord-settings-{name}")
        return cls(ui.Select(custom_id=f"set:{name}", options=options, placeholder=placeholder))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, item: ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        """Find the choice again."""
        return cls(as_select(item))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Choose."""
        await _choose(interaction, self.custom_id)


class ChosenChannels(ui.DynamicItem[ui.ChannelSelect[Any]], template=r"set:(?P<name>channels|automatic)"):
    """Some of the server's channels."""

    @classmethod
    def make(cls, name: str, channels: list[int], texts: "Texts") -> Self:
        """Make a choice of channels, of which some are chosen."""
        defaults = [
            discord.SelectDefaultValue(id=number, type=discord.SelectDefaultValueType.channel)
            for number in channels[:MOST]
        ]
        return cls(
            ui.ChannelSelect(
                custom_id=f"set:{name}",
                channel_types=list(TYPES),
                placeholder=texts.format(f"discord-settings-{name}"),
                min_values=0,
                max_values=MOST,
                default_values=defaults,
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, item: ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        """Find the choice again."""
        if not isinstance(item, ui.ChannelSelect):
            raise Expired
        return cls(item)

    async def callback(self, interaction: discord.Interaction) -> None:
        """Choose."""
        await _choose(interaction, self.custom_id)


async def _show(call: Call) -> None:
    if await _may_decide(call):
        await call.show(await _page(call))


async def _choose(interaction: discord.Interaction, custom_id: str) -> None:
    data: dict[str, Any] = dict(interaction.data or {})
    name, values = custom_id.partition(":")[2], [str(value) for value in data.get("values", [])]
    await take_in_place(interaction, lambda call: _change(call, name, values))


async def _change(call: Call, name: str, values: list[str]) -> None:
    """Change a choice; who chose has to manage the server now, not only when they were asked."""
    if not await _may_decide(call):
        return
    guild_id = call.interaction.guild_id
    choices = await choices_of(call.parts, guild_id or 0)
    try:
        changed = _CHANGES[name](call.parts, choices, values)
    except (ValueError, IndexError) as error:
        raise Expired from error
    await call.parts.ledger.choose(DOOR, str(guild_id), changed)
    view = await view_of(call.parts, place_of(call.interaction))  # the language may be another now
    await call.show(await _page(replace(call, view=view)))


async def _may_decide(call: Call) -> bool:
    """Tell whether the caller manages this server, and say so if not."""
    if call.interaction.guild_id is None:
        await call.say("discord-servers-only")
    elif not call.interaction.permissions.manage_guild:
        await call.say("discord-managers-only")
    else:
        return True
    return False


def _change_answers(_: Parts, choices: ChatChoices, values: list[str]) -> ChatChoices:
    if values[0] not in {PUBLIC, PRIVATE}:
        raise ValueError(values[0])
    return replace(choices, is_private=values[0] == PRIVATE)


_CHANGES: "Final[Mapping[str, Callable[[Parts, ChatChoices, list[str]], ChatChoices]]]" = MappingProxyType(
    {
        "language": lambda _, choices, values: replace(choices, language=language_called(values[0])),
        "answers": _change_answers,
        "channels": lambda parts, choices, values: replace(choices, channels=_hashed(parts, values)),
        "automatic": lambda parts, choices, values: replace(choices, automatic_in=_hashed(parts, values)),
    }
)


async def _page(call: Call) -> Page:
    """Lay out what the server has chosen, in the language that it has now."""
    texts, client = call.texts, call.interaction.client
    choices = await choices_of(call.parts, call.interaction.guild_id or 0)
    items: list[Item] = [
        ui.TextDisplay(escape(texts.format("discord-settings"))),
        ui.ActionRow(Chosen.make("language", _languages(choices, texts), texts)),
        ui.ActionRow(Chosen.make("answers", _answers(choices, texts), texts)),
        *_channels(call, "channels", choices.channels),
    ]
    if client.intents.message_content:
        items += _channels(call, "automatic", choices.automatic_in)
    else:
        items.append(ui.TextDisplay(escape(texts.format("discord-settings-no-automatic"))))
    return Page(items=items)


def _languages(choices: ChatChoices, texts: "Texts") -> list[SelectOption]:
    options = [
        SelectOption(label=name, value=language.value, default=choices.language is language)
        for language, name in LANGUAGE_NAMES.items()
    ]
    auto = texts.format("discord-settings-language-auto")
    return [*options, SelectOption(label=auto, value=AUTO, default=choices.language is None)]


def _answers(choices: ChatChoices, texts: "Texts") -> list[SelectOption]:
    return [
        SelectOption(
            label=texts.format(f"discord-settings-{value}"),
            value=value,
            default=choices.is_private is (value == PRIVATE),
        )
        for value in (PUBLIC, PRIVATE)
    ]


def _channels(call: Call, name: str, hashes: frozenset[str]) -> list[Item]:
    """Let choose channels, below a line that says what for: once some are chosen, nothing else does."""
    guild, ledger = call.interaction.guild, call.parts.ledger
    chosen = [
        channel.id
        for channel in (guild.channels if guild else ())
        if ledger.person(DOOR, channel.id) in hashes
    ]
    label = bold(call.texts.format(f"discord-settings-{name}"))
    return [ui.TextDisplay(label), ui.ActionRow(ChosenChannels.make(name, chosen, call.texts))]


def _hashed(parts: Parts, numbers: Iterable[str]) -> frozenset[str]:
    return frozenset(parts.ledger.person(DOOR, number) for number in numbers)
