"""Find the webtoon or the artist that somebody names, and propose some while they type."""

import logging
import re
from typing import TYPE_CHECKING, Any, Final

import discord
from discord.app_commands import Choice, Range

from bot.cards import SHORT
from bot.discord.browsing import (
    OPTION,
    OPTIONS,
    Choose,
    Step,
    Way,
    choice,
    choice_of_artists,
    label_of,
    show_card,
    show_like,
    show_works,
)
from bot.discord.calls import Call, take
from bot.discord.context import DOOR, parts_of
from bot.discord.languages import place_of
from bot.discord.translation import command
from bot.naming import TITLES_LOOKED_AT, artists_called, meant
from bot.plain import cut
from bot.words import is_adult
from storage.errors import StorageError, WebtoonNotFound

if TYPE_CHECKING:
    from discord.app_commands import CommandTree

    from storage.records import StoredWebtoon

log = logging.getLogger(__name__)

# What is sent of a title that was chosen among those proposed.
_CHOSEN: Final = re.compile(r"webtoon:([0-9]{1,9})")


def add_to(tree: "CommandTree[Any]") -> None:
    """Add the commands that take a title or a name, and what leads on from their answers."""
    tree.add_command(command("like", like, about="discord-about-like", complete={"title": complete_title}))
    tree.add_command(command("webtoon", webtoon, complete={"title": complete_title}))
    tree.add_command(command("artist", artist, complete={"name": complete_name}))
    tree.client.add_dynamic_items(Step, Choose)


async def like(
    interaction: discord.Interaction,
    title: Range[str, 1, OPTION],
    private: bool | None = None,  # noqa: FBT001  Discord's
) -> None:
    """Answer what is drawn like the webtoon with a title."""
    await take(interaction, lambda call: like_title(call, title), is_ephemeral=private)


async def webtoon(interaction: discord.Interaction, title: Range[str, 1, OPTION]) -> None:
    """Show the card of a webtoon."""
    await take(interaction, lambda call: _show_titled(call, title))


async def artist(interaction: discord.Interaction, name: Range[str, 1, OPTION]) -> None:
    """Show what an artist drew."""
    await take(interaction, lambda call: _show_artist(call, name))


async def like_title(call: Call, title: str) -> None:
    """Answer what is drawn like the webtoon with a title, or let choose among several."""
    if stored := await _one(call, title, way=Way.LIKE):
        await show_like(call, stored)


async def complete_title(interaction: discord.Interaction, current: str) -> list[Choice[str]]:
    """Propose webtoons whose title or painter contains what was typed."""
    found = await _proposed(interaction, current)
    return [Choice(name=label_of(stored, OPTION), value=f"webtoon:{stored.id}") for stored in found[:OPTIONS]]


async def complete_name(interaction: discord.Interaction, current: str) -> list[Choice[str]]:
    """Propose artists whose name contains what was typed."""
    if await _is_banned(interaction):
        return []
    try:
        found = await artists_called(parts_of(interaction).service, current)
    except StorageError as error:
        log.warning("nothing can be proposed: %s", error)
        return []
    names = [named.name for named in found if len(named.name) <= OPTION]
    return [Choice(name=name, value=name) for name in names[:OPTIONS]]


async def _proposed(interaction: discord.Interaction, current: str) -> "list[StoredWebtoon]":
    if await _is_banned(interaction):
        return []
    try:
        found = await parts_of(interaction).service.search(current, limit=TITLES_LOOKED_AT)
    except StorageError as error:
        log.warning("nothing can be proposed: %s", error)
        return []
    allows_adult = place_of(interaction).allows_adult
    return [stored for stored in found if allows_adult or not is_adult(stored)]


async def _is_banned(interaction: discord.Interaction) -> bool:
    ledger = parts_of(interaction).ledger
    return await ledger.is_banned(DOOR, ledger.person(DOOR, interaction.user.id))


async def _show_titled(call: Call, title: str) -> None:
    if stored := await _one(call, title, way=Way.CARD):
        await show_card(call, stored)


async def _show_artist(call: Call, name: str) -> None:
    found = await artists_called(call.parts.service, name)
    if not found:
        await call.say("chat-no-artist", name=cut(name, SHORT))
    elif len(found) == 1:
        await show_works(call, found[0].name)
    else:
        row = choice_of_artists(found, call.texts)
        await call.say("chat-which-artist", row, name=cut(name, SHORT))


async def _one(call: Call, title: str, *, way: Way) -> "StoredWebtoon | None":
    """Find the webtoon that is meant; where several may be, offer them and return None."""
    if chosen := _CHOSEN.fullmatch(title):
        return await call.parts.service.webtoon(int(chosen[1]))
    found = await call.parts.service.search(title, limit=TITLES_LOOKED_AT)
    if not found:
        raise WebtoonNotFound(title=cut(title, SHORT))
    shown = [stored for stored in found if call.view.allows_adult or not is_adult(stored)]
    if not shown:
        await call.say("discord-adult-elsewhere")
        return None
    if stored := meant(shown, title):
        return stored
    await call.say("chat-which", choice(way, shown, call.texts), title=cut(title, SHORT))
    return None
