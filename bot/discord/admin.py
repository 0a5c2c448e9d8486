"""What only the bot's admins may do, in their own server: their numbers are looked at each time."""

from typing import TYPE_CHECKING, Any, Final, Literal

import discord
from discord import ui
from discord.app_commands import Range

from bot import texts as all_texts
from bot.discord import jobs
from bot.discord.banning import UNBAN, Ban, let_in, shut_out
from bot.discord.board import Work
from bot.discord.calls import Call, Run, take
from bot.discord.feedback import send_to
from bot.discord.languages import choices_of
from bot.discord.markdown import escape
from bot.discord.stats import DAYS, MOST_DAYS, tell_stats
from bot.discord.translation import command
from bot.figures import status_text
from bot.plain import cut

if TYPE_CHECKING:
    from discord.app_commands import CommandTree

REASON: Final = 200
NAME: Final = 64

Scraped = Literal["naver", "kakaopage", "webtoons", "kakao", "stop"]


def add_to(tree: "CommandTree[Any]", *, guild_id: int | None) -> None:
    """Add the admins' commands to their server, if they have one, and their buttons to every place."""
    tree.client.add_dynamic_items(Ban, Work)
    if guild_id is None:
        return
    runs = (status, stats, ban, unban, scrape, retrain, rollback, generations)
    for run in runs:
        made = command(run.__name__, run)
        made.default_permissions = discord.Permissions(manage_guild=True)
        tree.add_command(made, guild=discord.Object(guild_id))


async def status(interaction: discord.Interaction) -> None:
    """Say how Grimche stands."""
    await _take(interaction, _status)


async def stats(interaction: discord.Interaction, days: Range[int, 1, MOST_DAYS] = DAYS) -> None:
    """Say how much it was used in the last days."""
    await _take(interaction, lambda call: tell_stats(call, days))


async def ban(
    interaction: discord.Interaction, user: discord.User, reason: Range[str, 1, REASON] = ""
) -> None:
    """Shut somebody out."""
    await _take(interaction, lambda call: _ban(call, user, reason=reason))


async def unban(interaction: discord.Interaction, user: discord.User) -> None:
    """Let somebody in again."""
    await _take(interaction, lambda call: _unban(call, user))


async def scrape(interaction: discord.Interaction, platform: Scraped | None = None) -> None:
    """Bring the catalogue up to date, or stop doing so."""
    await _take(interaction, lambda call: jobs.answer(call, name="scrape", words=platform or ""))


async def retrain(interaction: discord.Interaction) -> None:
    """Train a new generation, after a question."""
    await _take(interaction, lambda call: jobs.answer(call, name="retrain"))


async def rollback(interaction: discord.Interaction) -> None:
    """Go back to the generation before, after a question."""
    await _take(interaction, lambda call: jobs.answer(call, name="rollback"))


async def generations(interaction: discord.Interaction) -> None:
    """List the generations, with what can be done about them."""
    await _take(interaction, lambda call: jobs.answer(call, name="generations"))


async def _take(interaction: discord.Interaction, run: Run) -> None:
    """Run a command for an admin in the admins' server; all others are told whom it is for."""

    async def guarded(call: Call) -> None:
        is_at_home = interaction.guild_id == call.parts.admin_guild is not None
        await (run(call) if call.is_admin and is_at_home else call.say("chat-admins-only"))

    await take(interaction, guarded, is_ephemeral=True)


async def _status(call: Call) -> None:
    await call.tell(escape(status_text(await call.parts.service.status(), call.texts)))


async def _ban(call: Call, user: discord.User | discord.Member, *, reason: str) -> None:
    """Shut somebody out, and tell the other admins: the reason is not kept anywhere else."""
    if user.id in call.parts.admins:
        await call.say("chat-ban-admin")
        return
    await shut_out(call, user.id)
    reason, row = cut(reason, REASON), ui.ActionRow[Any](Ban.make(call.texts, user.id, sign=UNBAN))
    if reason:
        await call.say("chat-banned-because", row, id=str(user.id), reason=reason)
    else:
        await call.say("chat-banned", row, id=str(user.id))
    for admin in sorted(call.parts.admins - {call.user.id}):
        texts = all_texts.get((await choices_of(call.parts, admin)).language or call.parts.language)
        name, why = cut(call.user.display_name, NAME), reason or texts.format("chat-no-reason")
        text = texts.format("chat-ban-told", admin=name, id=str(user.id), reason=why)
        await send_to(call.interaction.client, admin, escape(text))


async def _unban(call: Call, user: discord.User | discord.Member) -> None:
    was_banned = await let_in(call, user.id)
    await call.say("chat-unbanned" if was_banned else "chat-not-banned", id=str(user.id))
