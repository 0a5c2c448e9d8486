"""Ask on about an answer by replying to it with a command and a rank."""

from collections.abc import Awaitable, Callable
from typing import Final

from telegram import Message

from bot import buttons
from bot.telegram.callbacks import explain, more_like
from bot.telegram.calls import Call, Handler, command
from bot.telegram.titles import like_title
from storage.queries import Query

MOST: Final = 10

_Deed = Callable[[Call, Query, int], Awaitable[None]]


def handlers() -> list[Handler]:
    """Make the handlers of the two commands."""
    return [command("like", like, block=False), command("why", why, block=False)]


async def like(call: Call) -> None:
    """Answer what is drawn like a match of the answer that is replied to, or like a webtoon by its title."""
    if await _ask(call, more_like):
        return
    if call.words:
        await like_title(call)
    else:
        await call.say("chat-usage-like")


async def why(call: Call) -> None:
    """Say why a match of the answer that is replied to is one."""
    if not await _ask(call, explain):
        await call.say("chat-usage-why")


async def _ask(call: Call, deed: _Deed) -> bool:
    """Do something with the match whose rank was given, the first without one; tell whether it was clear."""
    token, rank = _token(call.message.reply_to_message), _rank(call.words)
    if not token or rank is None:
        return False
    await deed(call, await call.parts.desk.again(token), rank)
    return True


def _rank(words: str) -> int | None:
    if not words:
        return 1
    return int(words) if words.isdecimal() and 1 <= int(words[:4]) <= MOST else None


def _token(message: Message | None) -> str:
    """Find the query that an answer of ours belongs to by what its buttons carry."""
    author = message.from_user if message else None
    if message is None or author is None or author.id != message.get_bot().id or not message.reply_markup:
        return ""
    carried = [
        str(button.callback_data or "") for row in message.reply_markup.inline_keyboard for button in row
    ]
    return next((button.token for data in carried if (button := buttons.read(data))), "")
