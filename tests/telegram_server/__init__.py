"""A local Telegram: the Bot API over HTTP as strict as it is documented, and people who write to a bot.

async with TelegramServer() as server:
    mina = server.person("Mina", language="ko")
    await mina.sends(mina.private, photo=drawing)
    answer = await mina.private.answer()
"""

from tests.telegram_server.answers import Answer, Button, CallbackAnswer, InlineAnswer
from tests.telegram_server.chats import Chat
from tests.telegram_server.messages import Message
from tests.telegram_server.people import Person
from tests.telegram_server.server import TOKEN, Call, TelegramServer

__all__ = [
    "TOKEN",
    "Answer",
    "Button",
    "Call",
    "CallbackAnswer",
    "Chat",
    "InlineAnswer",
    "Message",
    "Person",
    "TelegramServer",
]
