"""Write to admins on Discord, in direct messages, and keep those that follow a job current."""

import logging
from typing import TYPE_CHECKING, Any, Final, Self

import aiohttp
import discord
from discord import ui

from bot import office
from bot.discord.context import DOOR, Parts
from bot.discord.items import as_button
from bot.discord.languages import choices_of
from bot.discord.markdown import escape
from bot.discord.pages import Page, Upload
from bot.notices import Fate, Notice, Place

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from bot.notices import Button
    from bot.texts import Language

log = logging.getLogger(__name__)

PICTURE: Final = "comparison.png"


class DiscordBoard:
    """The admins' direct messages; their number stands for the channel of these."""

    door = DOOR

    def __init__(self, client: discord.Client, parts: Parts) -> None:
        self._client = client
        self._parts = parts

    @property
    def admins(self) -> frozenset[int]:
        """The numbers of the admins."""
        return self._parts.admins

    async def language_of(self, admin: int) -> "Language":
        """Say in which language an admin is written to; Discord does not say which they read."""
        return (await choices_of(self._parts, admin)).language or self._parts.language

    async def post(self, admin: int, notice: Notice) -> Place | Fate:
        """Write to an admin, who may share no server with us, or take no such messages."""
        page = page_of(notice)
        try:
            sent = await (await self._user(admin)).send(view=page.view(), files=page.files())
        except (discord.DiscordServerError, aiohttp.ClientError, OSError) as error:
            log.info("an admin could not be told now: %s", type(error).__name__)
            return Fate.LATER
        except discord.HTTPException as error:
            log.warning("an admin was not reached: %s %s", type(error).__name__, error.code)
            return Fate.GONE
        return Place(door=DOOR, chat_id=admin, message_id=sent.id)

    async def edit(self, place: Place, notice: Notice) -> Fate:
        """Put a notice in the place of what a message said."""
        page = page_of(notice)
        try:
            channel = await (await self._user(place.chat_id)).create_dm()
            message = channel.get_partial_message(place.message_id)
            await message.edit(view=page.view(), attachments=page.files())
        except (discord.NotFound, discord.Forbidden):
            return Fate.GONE
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            log.info("a message could not be edited now: %s", type(error).__name__)
            return Fate.LATER
        return Fate.SHOWN

    async def _user(self, number: int) -> discord.User:
        return self._client.get_user(number) or await self._client.fetch_user(number)


class Work(ui.DynamicItem[ui.Button[Any]], template=office.PATTERN):
    """A button of a notice."""

    @classmethod
    def make(cls, button: "Button") -> Self:
        """Make a button."""
        return cls(ui.Button(label=button.label, custom_id=button.data))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, item: ui.Item[Any], _match: "re.Match[str]", /
    ) -> Self:
        """Find the button again."""
        return cls(as_button(item))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Do what the button says."""
        from bot.discord.jobs import press  # noqa: PLC0415  it makes notices with these buttons

        await press(interaction, self.custom_id)


def page_of(notice: Notice) -> Page:
    """Make a message of a notice."""
    markdown = escape(notice.words) + (f"\n```\n{notice.table}\n```" if notice.table else "")
    items: list[ui.Item[Any]] = [ui.TextDisplay(markdown)]
    uploads: Sequence[Upload] = ()
    if notice.picture:
        uploads = [Upload(name=PICTURE, data=notice.picture)]
        items.append(ui.MediaGallery(discord.MediaGalleryItem(uploads[0].url)))
    items += [ui.ActionRow[Any](*map(Work.make, row)) for row in notice.rows]
    return Page(items=items, uploads=uploads)
