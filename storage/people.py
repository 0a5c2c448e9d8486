"""Who may not ask, what is to be forgotten of somebody, and whom the admins can reply to."""

from dataclasses import dataclass
from datetime import datetime

from storage.database import Connection
from storage.values import from_moment, now


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """The message of somebody that a message to the admins was made from."""

    chat_id: str
    message_id: str


# What is kept of somebody, in the order of forgetting it: sheets are found through the questions.
_FORGET = (
    """
    DELETE FROM uploads WHERE name >= 'sheet:' AND name < 'sheet;' AND substr(name, 7, 64) IN (
        SELECT digest FROM queries WHERE person = :person AND door = :door AND digest <> '')
    """,
    "DELETE FROM queries WHERE person = :person AND door = :door",
    "DELETE FROM relays WHERE door = :door AND (person = :person OR chat_id = :chat_id)",
    "DELETE FROM chats WHERE door = :door AND chat_id = :person",
)

_EXPIRE = (
    "DELETE FROM queries WHERE asked < :before",
    "DELETE FROM relays WHERE relayed < :before",
    "DELETE FROM uploads WHERE uploaded < :before",
)


async def forget(connection: Connection, door: str, *, person: str, chat_id: str) -> int:
    """Remove what is kept of somebody but a ban, and count the rows; `chat_id` is the private chat, if any.

    The choices of the private chat go where it is kept under the same hash as its person.
    """
    values = {"door": door, "person": person, "chat_id": chat_id or None}
    return sum([await connection.run_many(sql, [values]) for sql in _FORGET])


async def expire(connection: Connection, before: datetime) -> int:
    """Remove what was noted before a moment, and count the rows; bans and choices stay."""
    values = {"before": from_moment(before)}
    return sum([await connection.run_many(sql, [values]) for sql in _EXPIRE])


async def list_banned(connection: Connection) -> set[tuple[str, str]]:
    """List doors and persons who may not ask there."""
    return {(door, person) for door, person in await connection.rows("SELECT door, person FROM bans")}


async def ban(connection: Connection, door: str, *, person: str, by: str) -> None:
    """Shut somebody out of a door."""
    await connection.rows(
        "INSERT INTO bans (door, person, banned_by, since) VALUES (:door, :person, :by, :now)"
        " ON CONFLICT (door, person) DO NOTHING",
        {"door": door, "person": person, "by": by, "now": now()},
    )


async def unban(connection: Connection, door: str, *, person: str) -> None:
    """Let somebody in again."""
    await connection.rows(
        "DELETE FROM bans WHERE door = :door AND person = :person", {"door": door, "person": person}
    )


async def save_relay(
    connection: Connection, door: str, *, admin_message: str, relay: Relay, person: str
) -> None:
    """Keep whose message a message to the admins was made from."""
    await connection.rows(
        "INSERT INTO relays (door, admin_message, person, chat_id, message_id, relayed)"
        " VALUES (:door, :admin_message, :person, :chat_id, :message_id, :now)"
        " ON CONFLICT (door, admin_message) DO UPDATE SET person = excluded.person,"
        " chat_id = excluded.chat_id, message_id = excluded.message_id, relayed = excluded.relayed",
        {
            "door": door,
            "admin_message": admin_message,
            "person": person,
            "chat_id": relay.chat_id,
            "message_id": relay.message_id,
            "now": now(),
        },
    )


async def get_relay(connection: Connection, door: str, *, admin_message: str) -> Relay | None:
    """Find the message that a message to the admins was made from."""
    row = await connection.row(
        "SELECT chat_id, message_id FROM relays WHERE door = :door AND admin_message = :admin_message",
        {"door": door, "admin_message": admin_message},
    )
    return Relay(chat_id=row[0], message_id=row[1]) if row else None
