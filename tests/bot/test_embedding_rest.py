"""What a crash kept from being embedded, as the next start finds it."""

import asyncio
from pathlib import Path

from bot.catalogue_jobs import Sample, embed_rest, scrape_sample
from bot.progress import Stage, Step
from bot.settings import load_settings
from storage import jobs, vectors
from storage.database import connect, transaction
from storage.records import JobKind, JobState

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


async def test_a_scrape_waits_for_what_is_embedded(own_data: Path) -> None:
    """A scrape that ends while another process still embeds goes on after it, and loses no picture."""
    settings = load_settings({"data": own_data})
    waits = asyncio.Event()

    def tell(step: Step) -> None:
        if step.stage is Stage.EMBED:
            waits.set()

    async with connect(settings.database) as connection:
        other = await jobs.start(connection, JobKind.EMBED, who=WHO)
        more = scrape_sample(settings, Sample(artists=3, webtoons=6, episodes=7), report=tell)
        task = asyncio.create_task(more)
        await asyncio.wait({task, asyncio.create_task(waits.wait())}, return_when=asyncio.FIRST_COMPLETED)
        await jobs.finish(connection, other, state=JobState.DONE, figures={})
        outcome = await task
        assert outcome.embed is not None
        assert outcome.embed.embedded == 6
        stamp = await vectors.stamp(connection)
        assert stamp is not None
        assert await vectors.count_to_embed(connection, stamp.generation) == 0
