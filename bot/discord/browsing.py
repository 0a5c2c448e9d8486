"""Lead from webtoons to artists and back, by buttons and choices that work however old they are."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Final, Self

import discord
from discord import ui

from bot.cards import ARTISTS, SHORT
from bot.discord.answers import answer_like
from bot.discord.calls import Call, take
from bot.discord.cards import card_page, thumbnail, works_page
from bot.discord.items import as_button, as_select, chosen
from bot.discord.pages import MOST_FILES, Item
from bot.naming import Named, names_of, works_of
from bot.plain import cut
from bot.texts import Texts
from bot.words import artists_of, is_adult, safe_link
from storage.errors import Expired, WebtoonNotFound
from storage.records import StoredWebtoon

LABEL: Final = 80  # characters of a button: https://discord.com/developers/docs/components/reference#button
OPTION: Final = 100  # characters of an option
OPTIONS: Final = 25
_DATA: Final = re.compile(r"([0-9]{1,9})(?::([0-9]{1,2}))?")


class Way(StrEnum):
    """Where a button leads: to what is drawn like a webtoon, to its card, or to what an artist drew."""

    LIKE = "like"
    CARD = "card"
    BY = "by"


class Step(ui.DynamicItem[ui.Button[Any]], template=r"(?P<way>like|card|by):(?P<data>[0-9:]{1,12})"):
    """A button that leads on; it carries the number of a webtoon, and for an artist their place there."""

    @classmethod
    def make(cls, label: str, way: Way, data: str) -> Self:
        """Make a button."""
        return cls(ui.Button(label=cut(label, LABEL), custom_id=f"{way}:{data}"))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, item: ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        """Find the button again."""
        return cls(as_button(item))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Go on in a new message."""
        way, _, data = self.custom_id.partition(":")
        await take(interaction, lambda call: follow(call, Way(way), data))


class Choose(ui.DynamicItem[ui.Select[Any]], template=r"choose:(?P<way>like|card|by)"):
    """A choice among webtoons or artists; its options carry what buttons do."""

    @classmethod
    def make(cls, way: Way, options: Sequence[discord.SelectOption], texts: Texts) -> Self:
        """Make a choice among at least one."""
        placeholder = texts.format("discord-choose")
        return cls(ui.Select(custom_id=f"choose:{way}", options=list(options), placeholder=placeholder))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, item: ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        """Find the choice again."""
        return cls(as_select(item))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Go on in a new message."""
        way, data = self.custom_id.partition(":")[2], chosen(interaction)
        await take(interaction, lambda call: follow(call, Way(way), data))


async def follow(call: Call, way: Way, data: str) -> None:
    """Go where a button leads; raises Expired for what none of ours carried."""
    read = _DATA.fullmatch(data)
    if read is None:
        raise Expired
    try:
        stored = await call.parts.service.webtoon(int(read[1]))
    except WebtoonNotFound as error:  # it has gone, and was only a number here
        raise Expired from error
    names, place = names_of(stored), int(read[2] or 0)
    if way is Way.LIKE:
        await show_like(call, stored)
    elif way is Way.CARD:
        await show_card(call, stored)
    elif place < len(names):
        await show_works(call, names[place])
    else:
        raise Expired


async def show_like(call: Call, stored: StoredWebtoon) -> None:
    """Answer what is drawn like a webtoon; for those for adults, in age-restricted channels only."""
    if is_adult(stored) and not call.view.allows_adult:
        await call.say("discord-adult-elsewhere")
    else:
        await answer_like(call, stored.id)


async def show_card(call: Call, stored: StoredWebtoon) -> None:
    """Show what is known about a webtoon."""
    if is_adult(stored) and not call.view.allows_adult:
        await call.say("discord-adult-elsewhere")
        return
    upload = await thumbnail(call.parts.service, stored)
    await call.show(card_page(stored, call.texts, upload=upload, rows=_leading_on(stored, call.texts)))


async def show_works(call: Call, name: str) -> None:
    """Show what an artist drew."""
    found = await works_of(call.parts.service, name)
    works = [stored for stored in found if call.view.allows_adult or not is_adult(stored)]
    if found and not works:
        await call.say("discord-adult-elsewhere")
    elif not works:
        await call.say("chat-no-artist", name=cut(name, SHORT))
    elif len(works) == 1:
        await show_card(call, works[0])
    else:
        uploads = [await thumbnail(call.parts.service, stored) for stored in works[:MOST_FILES]]
        rows = [choice(Way.CARD, works, call.texts)]
        await call.show(works_page(name, works, call.texts, uploads=uploads, rows=rows))


def choice(way: Way, found: Sequence[StoredWebtoon], texts: Texts) -> Item:
    """Let choose among webtoons."""
    options = [
        discord.SelectOption(label=label_of(stored, OPTION), value=str(stored.id))
        for stored in found[:OPTIONS]
    ]
    return ui.ActionRow(Choose.make(way, options, texts))


def choice_of_artists(found: Sequence[Named], texts: Texts) -> Item:
    """Let choose among artists."""
    options = [
        discord.SelectOption(label=cut(named.name, OPTION), value=f"{named.webtoon_id}:{named.place}")
        for named in found[:OPTIONS]
    ]
    return ui.ActionRow(Choose.make(Way.BY, options, texts))


def label_of(stored: StoredWebtoon, most: int) -> str:
    """Name a webtoon and its artists in a line."""
    return cut(" · ".join([cut(stored.webtoon.title, SHORT), *artists_of(stored)[:2]]), most)


def _leading_on(stored: StoredWebtoon, texts: Texts) -> list[Item]:
    url = safe_link(stored.webtoon.url)
    reading: list[Item] = [ui.Button(label=texts.format("match-link"), url=url)] if url else []
    more = Step.make(texts.format("chat-more-like-this"), Way.LIKE, str(stored.id))
    artists = [
        Step.make(texts.format("chat-more-by", artist=cut(name, 40)), Way.BY, f"{stored.id}:{place}")
        for place, name in enumerate(names_of(stored)[:ARTISTS])
    ]
    rows: list[Item] = [ui.ActionRow(more, *reading)]
    return [*rows, ui.ActionRow(*artists)] if artists else rows
