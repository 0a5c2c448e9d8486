"""Read what is said to the bot besides its name."""

from telegram import Message
from telegram.constants import MessageEntityType


def words_beside(message: Message, username: str) -> str | None:
    """Return a text without the mention of the bot; None where it is not mentioned."""
    named = f"@{username}".lower()
    entities = message.parse_entities([MessageEntityType.MENTION]) if message.text else {}
    entities |= message.parse_caption_entities([MessageEntityType.MENTION]) if message.caption else {}
    mention = next((text for text in entities.values() if text.lower() == named), None)
    if mention is None:
        return None
    return " ".join((message.text or message.caption or "").replace(mention, " ").split())
