"""Find again what was pressed or chosen, however old its message is."""

from typing import Any

import discord
from discord import ui

from storage.errors import Expired


def as_button(item: ui.Item[Any]) -> ui.Button[Any]:
    """Take an item for the button that it should be; raises Expired."""
    if not isinstance(item, ui.Button):
        raise Expired
    return item


def as_select(item: ui.Item[Any]) -> ui.Select[Any]:
    """Take an item for the select that it should be; raises Expired."""
    if not isinstance(item, ui.Select):
        raise Expired
    return item


def chosen(interaction: discord.Interaction) -> str:
    """Read the option that was chosen, or nothing."""
    data: dict[str, Any] = dict(interaction.data or {})
    return next((str(value) for value in data.get("values", [])), "")
