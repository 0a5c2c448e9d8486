"""Shut somebody out and let them in again, by a button that admins alone may press."""

import re
from typing import TYPE_CHECKING, Any, Final, Self

import discord
from discord import ui

from bot.discord.calls import Call, take_in_place
from bot.discord.context import DOOR
from bot.discord.items import as_button
from bot.discord.markdown import escape
from bot.discord.pages import text_page

if TYPE_CHECKING:
    from bot.texts import Texts

BAN: Final = "ban"
UNBAN: Final = "unban"


class Ban(ui.DynamicItem[ui.Button[Any]], template=r"(?P<sign>ban|unban):(?P<id>[0-9]{1,20})"):
    """A button that bans somebody, or lifts the ban."""

    @classmethod
    def make(cls, texts: "Texts", user_id: int, *, sign: str = BAN) -> Self:
        """Make a button."""
        return cls(ui.Button(label=texts.format(f"chat-{sign}"), custom_id=f"{sign}:{user_id}"))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, item: ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        """Find the button again."""
        return cls(as_button(item))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Ban somebody or lift the ban."""
        sign, _, number = self.custom_id.partition(":")
        await take_in_place(interaction, lambda call: _press(call, sign, user_id=int(number)))


async def shut_out(call: Call, user_id: int) -> None:
    """Ban somebody."""
    ledger = call.parts.ledger
    await ledger.ban(DOOR, ledger.person(DOOR, user_id), by=call.person)


async def let_in(call: Call, user_id: int) -> bool:
    """Lift a ban, and tell whether there was one."""
    ledger = call.parts.ledger
    return await ledger.unban(DOOR, ledger.person(DOOR, user_id))


async def _press(call: Call, sign: str, *, user_id: int) -> None:
    """Do what the button says; who pressed has to be an admin now, not only when the button came."""
    if not call.is_admin:
        await _say_beside(call, "chat-admins-only")
    elif user_id in call.parts.admins:
        await _say_beside(call, "chat-ban-admin")
    else:
        await (shut_out if sign == BAN else let_in)(call, user_id)
        await _turn(call, user_id, sign=UNBAN if sign == BAN else BAN)
        await _say_beside(call, "chat-banned" if sign == BAN else "chat-unbanned", id=str(user_id))


async def _turn(call: Call, user_id: int, *, sign: str) -> None:
    """Let the button do the opposite; what stands above it stays."""
    if call.interaction.message is None:
        return
    view = ui.LayoutView.from_message(call.interaction.message, timeout=None)
    for row in [item for item in view.walk_children() if isinstance(item, ui.ActionRow)]:
        row.clear_items()
        row.add_item(Ban.make(call.texts, user_id, sign=sign))
    await call.interaction.edit_original_response(view=view)


async def _say_beside(call: Call, message: str, **values: str) -> None:
    view = text_page(escape(call.texts.format(message, **values))).view()
    await call.interaction.followup.send(view=view, ephemeral=True)
