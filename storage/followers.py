"""Which messages follow which job: they are edited until it has ended, by whichever process is there."""

from dataclasses import dataclass

from storage.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """A message of a door that follows a job, with the language in which it is written."""

    job: int
    door: str
    chat_id: str
    message_id: str
    language: str


_FOLLOW = """
INSERT INTO followers (job, door, chat_id, message_id, language)
VALUES (:job, :door, :chat_id, :message_id, :language)
ON CONFLICT (job, door, chat_id)
DO UPDATE SET message_id = excluded.message_id, language = excluded.language
"""


async def follow(connection: Connection, follower: Follower) -> None:
    """Let a message follow a job, in place of another message of its chat."""
    await connection.rows(
        _FOLLOW,
        {
            "job": follower.job,
            "door": follower.door,
            "chat_id": follower.chat_id,
            "message_id": follower.message_id,
            "language": follower.language,
        },
    )


async def list_followers(connection: Connection) -> list[Follower]:
    """List all messages that follow a job."""
    rows = await connection.rows("SELECT job, door, chat_id, message_id, language FROM followers")
    return [
        Follower(job=job, door=door, chat_id=chat_id, message_id=message_id, language=language)
        for job, door, chat_id, message_id, language in rows
    ]


async def move(connection: Connection, job: int, *, to: int) -> None:
    """Let the messages that follow one job follow the one that goes on in its place."""
    await connection.rows(
        "UPDATE OR REPLACE followers SET job = :to WHERE job = :job", {"job": job, "to": to}
    )


async def unfollow(connection: Connection, follower: Follower) -> None:
    """Leave a message as it is, unless another one has taken its place."""
    await connection.rows(
        "DELETE FROM followers"
        " WHERE job = :job AND door = :door AND chat_id = :chat_id AND message_id = :message_id",
        {
            "job": follower.job,
            "door": follower.door,
            "chat_id": follower.chat_id,
            "message_id": follower.message_id,
        },
    )
