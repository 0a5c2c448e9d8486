"""What one message of ours holds: components and the files that they show."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import discord
from discord import ui

# https://discord.com/developers/docs/components/reference: characters and components of one message.
MOST_TEXT: Final = 4000
MOST_FILES: Final = 10
REQUEST_LIMIT: Final = 24 << 20  # bytes of all files together; the rest of Discord's 25 MiB is for words

Item = ui.Item[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file of a message, which its components call `attachment://name`."""

    name: str
    data: bytes

    @property
    def url(self) -> str:
        """What components call it."""
        return f"attachment://{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A message: its components from top to bottom, and its files."""

    items: Sequence[Item]
    uploads: Sequence[Upload] = ()

    def view(self) -> ui.LayoutView:
        """Put the components together; buttons are found by what they carry, however old they are."""
        view = ui.LayoutView(timeout=None)
        for item in self.items:
            view.add_item(item)
        return view

    def files(self) -> list[discord.File]:
        """Make the files anew, for each is read while it is sent."""
        return [discord.File(BytesIO(upload.data), upload.name) for upload in self.uploads]


def text_page(markdown: str, *rows: Item) -> Page:
    """Make a message of text, and of rows of buttons perhaps."""
    return Page(items=[ui.TextDisplay(markdown[:MOST_TEXT]), *rows])
