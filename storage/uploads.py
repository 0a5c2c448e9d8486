"""Which files a network has already, so that none is sent twice."""

from storage.database import Connection
from storage.values import now


async def get_upload(connection: Connection, bot: str, *, name: str) -> str | None:
    """Say what the network calls a file that this bot has sent before."""
    row = await connection.row(
        "SELECT file_id FROM uploads WHERE bot = :bot AND name = :name", {"bot": bot, "name": name}
    )
    return str(row[0]) if row else None


async def save_upload(connection: Connection, bot: str, *, name: str, file_id: str) -> None:
    """Keep what the network calls a file."""
    await connection.rows(
        "INSERT INTO uploads (bot, name, file_id, uploaded) VALUES (:bot, :name, :file_id, :now)"
        " ON CONFLICT (bot, name) DO UPDATE SET file_id = excluded.file_id, uploaded = excluded.uploaded",
        {"bot": bot, "name": name, "file_id": file_id, "now": now()},
    )


async def drop_upload(connection: Connection, bot: str, *, name: str) -> None:
    """Forget what the network called a file."""
    await connection.rows("DELETE FROM uploads WHERE bot = :bot AND name = :name", {"bot": bot, "name": name})
