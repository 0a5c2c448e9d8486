"""Gather every command, button and choice that is not about an answer."""

from typing import TYPE_CHECKING, Any

from bot.discord import about, admin, feedback, guild_settings, titles

if TYPE_CHECKING:
    from discord.app_commands import CommandTree


def add_to(tree: "CommandTree[Any]", *, admin_guild: int | None) -> None:
    """Add them to the tree and its client."""
    titles.add_to(tree)
    about.add_to(tree)
    feedback.add_to(tree)
    guild_settings.add_to(tree)
    admin.add_to(tree, guild_id=admin_guild)
