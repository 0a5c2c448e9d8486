"""What each chat has chosen: its language and its settings."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from storage.database import Connection
from storage.values import from_figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A chat of a door, with its `language` (None until one is chosen) and other choices by name."""

    door: str
    chat_id: str
    language: str | None = None
    choices: Mapping[str, str | int | bool | list[str]] = field(default_factory=dict)


async def get_chat(connection: Connection, door: str, *, chat_id: str) -> Chat | None:
    """Look a chat up by its door and the id it has there."""
    row = await connection.row(
        "SELECT language, choices FROM chats WHERE door = :door AND chat_id = :chat_id",
        {"door": door, "chat_id": chat_id},
    )
    if row is None:
        return None
    language, choices = row
    return Chat(door=door, chat_id=chat_id, language=language, choices=json.loads(choices))


async def save_chat(connection: Connection, chat: Chat) -> None:
    """Keep what a chat has chosen, in place of what it chose before."""
    await connection.rows(
        "INSERT INTO chats (door, chat_id, language, choices)"
        " VALUES (:door, :chat_id, :language, :choices)"
        " ON CONFLICT (door, chat_id) DO UPDATE SET language = excluded.language, choices = excluded.choices",
        {
            "door": chat.door,
            "chat_id": chat.chat_id,
            "language": chat.language,
            "choices": from_figures(chat.choices),
        },
    )
