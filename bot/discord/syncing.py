"""Tell Discord which commands there are, when they have changed; it takes 200 a day."""

import hashlib
import json
import logging
from typing import TYPE_CHECKING, Any, Final

import discord

from bot.discord.translation import FluentTranslator

if TYPE_CHECKING:
    from discord.app_commands import CommandTree

    from bot.ledger import Ledger

log = logging.getLogger(__name__)

EVERYWHERE: Final = "everywhere"


async def sync(tree: "CommandTree[Any]", ledger: "Ledger", *, guild_id: int | None) -> None:
    """Sync the commands for everywhere and for a server where only admins have some.

    A server that had some before has none after it.  What does not get through is logged, not raised, and
    tried again at the next start.
    """
    if not isinstance(tree.translator, FluentTranslator):
        await tree.set_translator(FluentTranslator())
    await _sync(tree, ledger, guild_id=None)
    former_note = _note(tree, "admin-guild")
    former = await ledger.note(former_note)
    if former and former != str(guild_id):
        await _sync(tree, ledger, guild_id=int(former))
    if guild_id is not None:
        await _sync(tree, ledger, guild_id=guild_id)
    await ledger.keep_note(former_note, "" if guild_id is None else str(guild_id))


async def _sync(tree: "CommandTree[Any]", ledger: "Ledger", *, guild_id: int | None) -> None:
    """Sync one set of commands, unless Discord has been told of just this one."""
    guild = None if guild_id is None else discord.Object(guild_id)
    note, digest = _note(tree, guild_id or EVERYWHERE), await digest_of(tree, guild)
    if await ledger.note(note) == digest:
        return
    try:
        synced = await tree.sync(guild=guild)
    except discord.HTTPException as error:
        log.warning("commands were not synced (%s %s)", error.status, type(error).__name__)
        return
    log.info("%d commands were synced", len(synced))
    await ledger.keep_note(note, digest)


async def digest_of(tree: "CommandTree[Any]", guild: discord.Object | None) -> str:
    """Name a set of commands by all that Discord is told of it: 64 hexadecimal digits."""
    translator = tree.translator
    said = [
        await command.get_translated_payload(tree, translator) if translator else command.to_dict(tree)
        for kind in discord.AppCommandType
        for command in tree.get_commands(guild=guild, type=kind)
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _note(tree: "CommandTree[Any]", name: int | str) -> str:
    """Name a note of one application; another token is another bot."""
    return f"discord:{tree.client.application_id}:commands:{name}"
