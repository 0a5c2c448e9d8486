"""Where somebody asks, and in which language and how answers look there."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import discord

from bot import texts
from bot.discord.context import DOOR
from bot.texts import Language, Texts

if TYPE_CHECKING:
    from bot.choices import ChatChoices
    from bot.discord.context import Parts

# Bytes of one file: https://discord.com/developers/docs/reference#uploading-files
FILE_LIMIT: Final = 10 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody calls, as far as Discord says; `limit` is what one file may have in bytes.

    `allows_adult` is true in age-restricted channels alone, `guild_id` is None outside of servers, and
    `parent_id` is the channel of a thread.
    """

    user_id: int
    channel_id: int
    parent_id: int | None = None
    guild_id: int | None = None
    locale: discord.Locale | None = None
    guild_locale: discord.Locale | None = None
    allows_adult: bool = False
    limit: int = FILE_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How answers look to somebody in a place."""

    texts: Texts
    choices: "ChatChoices"
    place: Place

    @property
    def allows_adult(self) -> bool:
        """Whether works for adults may be shown."""
        return self.place.allows_adult


def place_of(interaction: discord.Interaction) -> Place:
    """Read where an interaction took place."""
    return Place(
        user_id=interaction.user.id,
        channel_id=interaction.channel_id or interaction.user.id,
        parent_id=_parent(interaction.channel),
        guild_id=interaction.guild_id,
        locale=interaction.locale,
        guild_locale=interaction.guild_locale,
        allows_adult=_is_for_adults(interaction.channel),
        limit=interaction.filesize_limit,
    )


def place_of_message(message: discord.Message) -> Place:
    """Read where a message stands; Discord does not say its author's language."""
    guild = message.guild
    return Place(
        user_id=message.author.id,
        channel_id=message.channel.id,
        parent_id=_parent(message.channel),
        guild_id=guild.id if guild else None,
        guild_locale=guild.preferred_locale if guild else None,
        allows_adult=_is_for_adults(message.channel),
        limit=guild.filesize_limit if guild else FILE_LIMIT,
    )


async def view_of(parts: "Parts", place: Place) -> View:
    """Read how answers look in a place.

    The language is the person's own choice, else the server's, else that of the person's app, else that of
    the server's.  Outside of servers a person's choices are those of the place.
    """
    own = await choices_of(parts, place.user_id)
    choices = own if place.guild_id is None else await choices_of(parts, place.guild_id)
    language = (
        own.language
        or choices.language
        or language_of(place.locale)
        or language_of(place.guild_locale)
        or parts.language
    )
    return View(texts=texts.get(language), choices=replace(choices, language=language), place=place)


async def choices_of(parts: "Parts", number: int) -> "ChatChoices":
    """Read what a server, a channel or a person has chosen, by its number."""
    return await parts.ledger.choices(DOOR, str(number))


def is_open(parts: "Parts", place: Place, choices: "ChatChoices") -> bool:
    """Tell whether everybody may see answers in a channel, or a thread of one, that a server has chosen."""
    return not choices.channels or _is_among(parts, place, choices.channels)


def is_private(parts: "Parts", place: Place, choices: "ChatChoices") -> bool:
    """Tell whether a server lets answers be seen by those alone who asked; elsewhere people decide it."""
    return place.guild_id is not None and (choices.is_private or not is_open(parts, place, choices))


def is_automatic(parts: "Parts", place: Place, choices: "ChatChoices") -> bool:
    """Tell whether every picture in a channel is answered."""
    return _is_among(parts, place, choices.automatic_in)


def language_of(locale: discord.Locale | None) -> Language | None:
    """Read the language of an app or a server; None where Grimche does not speak it."""
    code = locale.value.lower().split("-")[0] if locale else ""
    return next((language for language in Language if language == code), None)


def _is_among(parts: "Parts", place: Place, channels: frozenset[str]) -> bool:
    numbers = (place.channel_id, place.parent_id)
    return any(parts.ledger.person(DOOR, number) in channels for number in numbers if number)


def _parent(channel: object) -> int | None:
    return channel.parent_id if isinstance(channel, discord.Thread) else None


def _is_for_adults(channel: object) -> bool:
    """Tell whether a channel is age-restricted; threads are where their channel is."""
    if isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        is_nsfw = getattr(channel, "is_nsfw", None)
        return bool(is_nsfw and is_nsfw())
    return False
