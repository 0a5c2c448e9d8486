"""Single values that outlive a process, each by its name."""

from storage.database import Connection


async def get_note(connection: Connection, name: str) -> str | None:
    """Look a note up."""
    row = await connection.row("SELECT value FROM notes WHERE name = :name", {"name": name})
    return str(row[0]) if row else None


async def save_note(connection: Connection, name: str, *, value: str) -> None:
    """Keep a note, in place of the one before."""
    await connection.rows(
        "INSERT INTO notes (name, value) VALUES (:name, :value)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {"name": name, "value": value},
    )


async def first_note(connection: Connection, name: str, *, value: str) -> str:
    """Keep a note unless there is one already, and return the one that is kept."""
    found = await get_note(connection, name)
    if found is None:
        await connection.rows(
            "INSERT INTO notes (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING",
            {"name": name, "value": value},
        )
        found = await get_note(connection, name)
    return found or value
