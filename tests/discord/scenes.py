"""Commands that tests of the local Discord ask through, each made for what it shows."""

from collections.abc import Awaitable, Callable
from io import BytesIO

import discord
from discord import ui
from PIL import Image

from tests.discord.bots import Plain

Handle = Callable[[discord.Interaction], Awaitable[object]]


def command(client: Plain, handle: Handle, *, name: str = "ask") -> None:
    """Let a bot have one command without options."""

    async def callback(interaction: discord.Interaction) -> None:
        await handle(interaction)

    client.tree.command(name=name, description="Ask")(callback)


def on_component(client: Plain, handle: Handle) -> None:
    """Let a bot handle whatever is pressed."""

    async def on_interaction(interaction: discord.Interaction) -> None:
        if interaction.type is discord.InteractionType.component:
            await handle(interaction)

    client.event(on_interaction)


def drawing(number: int = 0, *, kind: str = "PNG") -> bytes:
    """Draw a picture that no other number gives."""
    data = BytesIO()
    Image.new("RGB", (48, 36), (40 * number % 256, 90, 160)).save(data, kind)
    return data.getvalue()


def files(count: int) -> list[discord.File]:
    """Make files that a gallery can show."""
    return [discord.File(BytesIO(drawing(number)), f"{number}.png") for number in range(count)]


def gallery(count: int) -> ui.MediaGallery["ui.LayoutView"]:
    """Show the files of `files`; the second one covered."""
    items = [discord.MediaGalleryItem(f"attachment://{n}.png", spoiler=n == 1) for n in range(count)]
    return ui.MediaGallery(*items)


def layout(*items: ui.Item["ui.LayoutView"]) -> ui.LayoutView:
    """Put items into a layout that outlives this process."""
    view = ui.LayoutView(timeout=None)
    for item in items:
        view.add_item(item)
    return view
