"""The commands and buttons by which admins start, follow and stop what runs in the background."""

from typing import TYPE_CHECKING

import discord

from bot.discord.board import DiscordBoard, page_of
from bot.discord.calls import Call, take_in_place
from bot.discord.context import DOOR
from bot.discord.markdown import escape
from bot.discord.pages import text_page
from bot.notices import Caller, Place

if TYPE_CHECKING:
    from bot.notices import Notice


async def answer(call: Call, *, name: str, words: str = "") -> None:
    """Do what a command says; what follows a job is a direct message, for an answer ends after minutes."""
    notice = await call.parts.office.call(name, _caller(call), words=words)
    await _show(call, notice)


async def press(interaction: discord.Interaction, data: str) -> None:
    """Do what a button says, and change the message that it stands under."""

    async def run(call: Call) -> None:
        if not call.is_admin:
            view = text_page(escape(call.texts.format("chat-admins-only"))).view()
            await call.interaction.followup.send(view=view, ephemeral=True)
            return
        await _show(call, await call.parts.office.press(data, _caller(call)))

    await take_in_place(interaction, run)


async def _show(call: Call, notice: "Notice") -> None:
    """Show a notice; one that follows a job stands in the direct messages, where it can be edited."""
    if not notice.job:
        await call.show(page_of(notice))
    elif direct := _direct(call):
        await call.show(page_of(notice))
        await call.parts.office.follow(notice, direct, language=call.texts.language)
    else:
        place = await DiscordBoard(call.interaction.client, call.parts).post(call.user.id, notice)
        is_told = isinstance(place, Place)
        where = call.texts.format("discord-job-direct" if is_told else "discord-job-unreachable")
        await call.tell(escape("\n".join(filter(None, (notice.remark, where)))))
        if isinstance(place, Place):
            await call.parts.office.follow(notice, place, language=call.texts.language)


def _direct(call: Call) -> Place | None:
    """Find the direct message of ours whose button was pressed, if it was one."""
    message = call.interaction.message
    if message is None or call.interaction.guild_id is not None or message.flags.ephemeral:
        return None
    return Place(door=DOOR, chat_id=call.user.id, message_id=message.id)


def _caller(call: Call) -> Caller:
    return Caller(who=f"{DOOR}:{call.person}", texts=call.texts)
