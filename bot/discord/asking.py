"""Take pictures from commands and menus."""

from typing import TYPE_CHECKING, Any, Final

import discord
from discord import ui
from discord.app_commands import Range

from bot.discord.answers import answer_pictures, explain
from bot.discord.calls import Call, take
from bot.discord.components import ITEMS, PickPicture
from bot.discord.incoming import source_of_avatar, sources_attached, sources_of
from bot.discord.titles import complete_title, like_title
from bot.discord.translation import command, menu
from bot.ledger import new_token

if TYPE_CHECKING:
    from discord.app_commands import CommandTree

    from bot.discord.pages import Item

MOST_RANK: Final = 10
TITLE: Final = 100


def add_to(tree: "CommandTree[Any]") -> None:
    """Add the commands that take pictures, and the buttons under their answers."""
    tree.add_command(command("similar", similar, complete={"title": complete_title}))
    tree.add_command(command("why", why, about="discord-about-why"))
    tree.add_command(menu("similar", similar_to_message))
    tree.add_command(menu("avatar", similar_to_avatar))
    tree.client.add_dynamic_items(*ITEMS)


async def similar(
    interaction: discord.Interaction,
    image: discord.Attachment | None = None,
    image2: discord.Attachment | None = None,
    image3: discord.Attachment | None = None,
    title: Range[str, 1, TITLE] | None = None,
    private: bool | None = None,  # noqa: FBT001  as above
) -> None:
    """Answer pictures, which are taken as one artist's, or a title."""
    sources = sources_attached([image, image2, image3])

    async def run(call: Call) -> None:
        if sources:
            await answer_pictures(call, sources)
        elif title:
            await like_title(call, title)
        else:
            await call.say("discord-usage-similar")

    await take(interaction, run, is_ephemeral=private)


async def why(interaction: discord.Interaction, rank: Range[int, 1, MOST_RANK] = 1) -> None:
    """Say why a match of the latest answer of who asks is one."""

    async def run(call: Call) -> None:
        token = call.parts.memory.latest(call.view.place.channel_id, call.person)
        if token is None:
            await call.say("discord-usage-why")
        else:
            await explain(call, token=token, rank=rank)

    await take(interaction, run, is_ephemeral=True)


async def similar_to_message(interaction: discord.Interaction, message: discord.Message) -> None:
    """Answer the picture of a message; of several, let one be chosen first."""
    sources = sources_of(message)

    async def run(call: Call) -> None:
        if not sources:
            await call.say("discord-no-picture")
        elif len(sources) == 1:
            await answer_pictures(call, sources)
        else:
            token = new_token()
            call.parts.memory.keep_sources(token, sources)
            pick = PickPicture.make([source.label for source in sources], call.texts, token=token)
            row: Item = ui.ActionRow(pick)
            await call.say("discord-which-picture", row)

    await take(interaction, run, is_ephemeral=True if len(sources) != 1 else None)


async def similar_to_avatar(interaction: discord.Interaction, user: discord.User) -> None:
    """Answer the picture that somebody has chosen of themselves."""
    source = source_of_avatar(user)

    async def run(call: Call) -> None:
        if source is None:
            await call.say("discord-no-avatar")
        else:
            await answer_pictures(call, [source])

    await take(interaction, run, is_ephemeral=True)
