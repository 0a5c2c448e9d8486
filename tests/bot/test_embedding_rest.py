"""What a crash kept from being embedded, as the next start finds it."""

from pathlib import Path

from bot.catalogue_jobs import embed_rest
from bot.settings import load_settings
from storage import jobs, vectors
from storage.database import connect, transaction
from storage.records import JobKind

WHO = "schedule"


async def test_what_a_crash_left_is_embedded(own_data: Path) -> None:
    """Pictures without statistics have them afterwards, with nobody asking."""
    settings = load_settings({"data": own_data})
    async with connect(settings.database) as connection:
        async with transaction(connection):
            await connection.rows(
                "DELETE FROM statistics WHERE picture IN (SELECT min(sha256) FROM pictures)"
            )
        stamp = await vectors.stamp(connection)
        assert stamp is not None
        assert await vectors.count_to_embed(connection, stamp.generation) == 1
        await embed_rest(settings, who=WHO)
        assert await vectors.count_to_embed(connection, stamp.generation) == 0


async def test_nothing_is_done_where_nothing_is_left(own_data: Path) -> None:
    """A start after an end in order records no job."""
    settings = load_settings({"data": own_data})
    async with connect(settings.database) as connection:
        before = await jobs.last(connection, JobKind.EMBED)
        await embed_rest(settings, who=WHO)
        after = await jobs.last(connection, JobKind.EMBED)
    assert before is not None
    assert before == after
