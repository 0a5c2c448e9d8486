"""Read whom an admin means, from a number, a message of theirs, or what they wrote to the admins."""

import re
from dataclasses import dataclass
from typing import Final

from telegram import Message, MessageOriginUser

BAN: Final = "ban"
UNBAN: Final = "unban"
PATTERN: Final = r"^(ban|unban):[0-9]{1,16}$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Who is meant, None for nobody in particular, and what was said about it."""

    user_id: int | None
    reason: str = ""


def target_of(message: Message, *, words: str) -> Target | None:
    """Read whom a command means; None where it says nothing about it."""
    number, _, reason = words.partition(" ")
    if number.isdecimal() and len(number) <= 16:  # noqa: PLR2004  as in PATTERN
        return Target(user_id=int(number), reason=reason.strip())
    if message.reply_to_message is None:
        return None
    return Target(user_id=_writer(message.reply_to_message), reason=words)


def carried_id(message: Message) -> int | None:
    """Read of whom the message is that was brought to an admin, from its button."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    carried = [str(button.callback_data or "") for row in rows for button in row]
    return next((int(data.partition(":")[2]) for data in carried if re.fullmatch(PATTERN, data)), None)


def opposite(sign: str) -> str:
    """Say what undoes a button."""
    return UNBAN if sign == BAN else BAN


def _writer(message: Message) -> int | None:
    if isinstance(message.forward_origin, MessageOriginUser):
        return message.forward_origin.sender_user.id
    writer = message.from_user
    if writer is not None and writer.id == message.get_bot().id:
        return carried_id(message)
    if message.forward_origin is not None or message.sender_chat is not None or writer is None:
        return None
    return None if writer.is_bot else writer.id
