"""After an update that ships another starter, bring a catalogue of the older one to it."""

from typing import TYPE_CHECKING

from storage import database, vectors

if TYPE_CHECKING:
    from bot.settings import Settings

STARTER = "starter"  # how the ids of the generations that Grimche ships begin


async def is_of_older_starter(settings: "Settings") -> bool:
    """Say whether what serves is a starter that an earlier Grimche shipped; raises StorageError."""
    await database.prepare(settings.database)
    async with database.connect(settings.database, read_only=True) as connection:
        stamp = await vectors.stamp(connection)
    if stamp is None or not stamp.generation.startswith(STARTER):
        return False
    from model import generations  # noqa: PLC0415  an empty catalogue needs no network

    return not generations.is_there(settings.generations, stamp.generation)
