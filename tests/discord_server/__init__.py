"""A local Discord: the API and the gateway as strict as they are documented, and people who use a bot.

async with DiscordServer() as server:
    mina = server.person("Mina", locale="ko")
    guild = server.guild("Readers", [mina], owner=mina)
    asked = await mina.uses("/similar", image=drawing, where=guild.channel("general"))
    reply = await asked.reply()
"""

from tests.discord_server.guilds import Channel, Guild
from tests.discord_server.interactions import Asked, Choices
from tests.discord_server.messages import Message
from tests.discord_server.people import Person
from tests.discord_server.replies import Button, Reply, Select
from tests.discord_server.server import TOKEN, DiscordServer
from tests.discord_server.serving import Call
from tests.discord_server.wire import Upload

__all__ = [
    "TOKEN",
    "Asked",
    "Button",
    "Call",
    "Channel",
    "Choices",
    "DiscordServer",
    "Guild",
    "Message",
    "Person",
    "Reply",
    "Select",
    "Upload",
]
