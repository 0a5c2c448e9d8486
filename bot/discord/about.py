"""Say what the bot is, can do and keeps, answer in the language that somebody likes, and forget them."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import app_commands, ui
from discord.app_commands import Choice

from bot import texts as all_texts
from bot.choices import AUTO, LANGUAGE_NAMES, language_called
from bot.discord.calls import Call, take, take_in_place
from bot.discord.context import DOOR
from bot.discord.items import as_button
from bot.discord.languages import choices_of, language_of
from bot.discord.markdown import escape
from bot.discord.translation import command, said

if TYPE_CHECKING:
    from discord.app_commands import CommandTree

    from bot.texts import Texts


def add_to(tree: "CommandTree[Any]") -> None:
    """Add the commands that say something about the bot; only who calls them sees the answers."""
    auto = Choice(name=said("chat-language-auto"), value=AUTO)
    names = [Choice(name=name, value=value.value) for value, name in LANGUAGE_NAMES.items()]
    app_commands.choices(language=[*names, auto])(choose_language)
    tree.add_command(command("help", show_help))
    tree.add_command(command("about", about))
    tree.add_command(command("privacy", privacy))
    tree.add_command(command("forgetme", ask_to_forget))
    tree.add_command(command("language", choose_language))
    tree.client.add_dynamic_items(Forget)


async def show_help(interaction: discord.Interaction) -> None:
    """Say what can be asked, and how."""
    await take(interaction, _show_help, is_ephemeral=True)


async def about(interaction: discord.Interaction) -> None:
    """Say which Grimche this is, and what it knows."""
    await take(interaction, _about, is_ephemeral=True)


async def privacy(interaction: discord.Interaction) -> None:
    """Say what is kept, and for how long."""
    await take(interaction, lambda call: call.say("discord-privacy"), is_ephemeral=True, for_banned=True)


async def ask_to_forget(interaction: discord.Interaction) -> None:
    """Ask whether somebody is sure that they want to be forgotten."""
    await take(interaction, _ask_to_forget, is_ephemeral=True, for_banned=True)


async def choose_language(interaction: discord.Interaction, language: str) -> None:
    """Answer somebody in a language, wherever they ask."""
    await take(interaction, lambda call: _choose(call, language), is_ephemeral=True)


class Forget(ui.DynamicItem[ui.Button[Any]], template=r"forget:(?P<word>yes|no)"):
    """A button that says whether somebody wants to be forgotten; they alone see it."""

    @classmethod
    def make(cls, word: str, texts: "Texts") -> Self:
        """Make a button."""
        style = discord.ButtonStyle.danger if word == "yes" else discord.ButtonStyle.secondary
        label = texts.format(f"chat-forget-{word}")
        return cls(ui.Button(label=label, style=style, custom_id=f"forget:{word}"))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, item: ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        """Find the button again."""
        return cls(as_button(item))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Forget somebody, or do not."""
        is_sure = self.custom_id.endswith(":yes")
        await take_in_place(interaction, _forget if is_sure else _keep, for_banned=True)


async def _show_help(call: Call) -> None:
    parts = [call.texts.format("discord-help")]
    if call.is_admin:
        parts.append(call.texts.format("discord-help-admin"))
    await call.tell(escape("\n\n".join(parts)))


async def _about(call: Call) -> None:
    status = await call.parts.service.status()
    await call.say(
        "chat-about",
        version=status.version,
        generation=status.generation or "–",
        webtoons=status.counts.webtoons,
        artists=status.counts.artists,
        pictures=status.counts.pictures,
    )


async def _choose(call: Call, name: str) -> None:
    language, number = language_called(name), call.user.id
    choices = replace(await choices_of(call.parts, number), language=language)
    await call.parts.ledger.choose(DOOR, str(number), choices)
    spoken = language or language_of(call.interaction.locale) or call.parts.language
    await call.tell(escape(all_texts.get(spoken).format("discord-language-chosen")))


async def _ask_to_forget(call: Call) -> None:
    row = ui.ActionRow[Any](*(Forget.make(word, call.texts) for word in ("yes", "no")))
    await call.say("chat-forget-ask", row)


async def _forget(call: Call) -> None:
    count = await call.parts.ledger.forget(DOOR, call.person, chat_id=str(call.user.id))
    call.parts.memory.forget(call.person)
    await call.say("chat-forgotten", count=count)


async def _keep(call: Call) -> None:
    await call.say("chat-forget-kept")
