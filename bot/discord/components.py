"""The buttons and selects under answers, found by what they carry, however old their message is."""

import re
from collections.abc import Sequence
from typing import Any, Final, Self

import discord
from discord import ui

from bot.buttons import PATTERN, Sign, carried, read
from bot.discord.context import client_of
from bot.discord.items import as_button, as_select, chosen
from bot.plain import cut
from bot.texts import Texts
from bot.words import MatchWords

LABEL: Final = 80  # characters: https://discord.com/developers/docs/components/reference#button
OPTION: Final = 100  # https://discord.com/developers/docs/components/reference#string-select
MOST_OPTIONS: Final = 25
_NAME: Final = r"[A-Za-z0-9_-]{16}"


class Act(ui.DynamicItem[ui.Button[Any]], template=PATTERN):
    """A button that does something with the answer to a query."""

    @classmethod
    def make(cls, label: str, sign: Sign, token: str, number: int | None = None) -> Self:
        """Make a button, the sign of a thumb on it instead of a word perhaps."""
        return cls(ui.Button(label=cut(label, LABEL), custom_id=carried(sign, token, number)))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, item: ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        """Find the button again."""
        return cls(as_button(item))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Do what the button carries."""
        button = read(self.custom_id)
        if button is not None:
            await client_of(interaction).press(interaction, button)


class MoreLike(ui.DynamicItem[ui.Select[Any]], template=rf"more:{_NAME}"):
    """A select of the matches, to ask for more like one of them."""

    @classmethod
    def make(cls, matches: Sequence[MatchWords], texts: Texts, *, token: str) -> Self:
        """Make a select of at least one match."""
        options = [
            discord.SelectOption(
                label=cut(texts.format("discord-more-option", rank=match.rank, title=match.title), OPTION),
                description=cut(" · ".join(filter(None, (match.artists, match.platform))), OPTION) or None,
                value=str(match.rank),
            )
            for match in matches[:MOST_OPTIONS]
        ]
        placeholder = texts.format("discord-more")
        return cls(ui.Select(custom_id=f"more:{token}", placeholder=placeholder, options=options))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, item: ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        """Find the select again."""
        return cls(as_select(item))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Ask for more like the match that was chosen."""
        button = read(f"{Sign.MORE}:{self.custom_id.partition(':')[2]}:{chosen(interaction)}")
        if button is not None:
            await client_of(interaction).press(interaction, button)


class PickPicture(ui.DynamicItem[ui.Select[Any]], template=rf"pick:{_NAME}"):
    """A select of the pictures of a message."""

    @classmethod
    def make(cls, labels: Sequence[str], texts: Texts, *, token: str) -> Self:
        """Make a select of pictures, and of all of them together: that is number 0."""
        options = [
            discord.SelectOption(
                label=texts.format("discord-picture", number=number),
                description=cut(label, OPTION) or None,
                value=str(number),
            )
            for number, label in enumerate(labels, start=1)
        ]
        every = discord.SelectOption(label=texts.format("discord-all-pictures"), value="0")
        placeholder = texts.format("discord-which-pictures")
        return cls(ui.Select(custom_id=f"pick:{token}", placeholder=placeholder, options=[*options, every]))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, item: ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        """Find the select again."""
        return cls(as_select(item))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Answer the picture that was chosen."""
        button = read(f"{Sign.NEXT}:{self.custom_id.partition(':')[2]}:{chosen(interaction)}")
        if button is not None:
            await client_of(interaction).press(interaction, button)


ITEMS: Final = (Act, MoreLike, PickPicture)
