from pathlib import Path

import pytest

from bot.app import open_service
from bot.catalogue_jobs import Sample, backup, fill_demo, scrape_sample
from bot.progress import Stage, Step, ignore
from bot.settings import load_settings
from storage import generations, jobs
from storage.database import connect, transaction
from storage.errors import AlreadyRunning, GenerationMissing
from storage.records import JobKind

SMALL = Sample(artists=1, webtoons=1, episodes=2)


async def rename_generation(data: Path, name: str) -> None:
    """Make the current generation one that an older Grimche shipped, or that was trained elsewhere."""
    async with connect(data / "grimche.db") as connection, transaction(connection):
        await connection.rows("UPDATE generations SET id = :name", {"name": name})


async def test_every_stage_is_reported(tmp_path: Path) -> None:
    """Collecting and embedding are both reported up to their end, with the pictures they took."""
    steps: list[Step] = []
    await scrape_sample(load_settings({"data": tmp_path / "data"}), SMALL, report=steps.append)
    last = {step.stage: step for step in steps}
    assert {stage: step.share for stage, step in last.items()} == {Stage.COLLECT: 1, Stage.EMBED: 1}
    assert last[Stage.EMBED].pictures == 2


async def test_jobs_say_who(own_data: Path) -> None:
    """The jobs of the command line are recorded as its own."""
    async with connect(own_data / "grimche.db", read_only=True) as connection:
        assert {job.who for job in await jobs.recent(connection)} == {"command line"}


async def test_demo_fills_what_is_missing(tmp_path: Path) -> None:
    """A demo that has only a part of its sample brings the rest; a full one brings nothing."""
    settings = load_settings({"data": tmp_path / "data"})
    await scrape_sample(settings, SMALL, report=ignore)
    found = [
        await fill_demo(settings, Sample(artists=2, webtoons=2, episodes=2), report=ignore) for _ in range(2)
    ]
    assert [outcome and outcome.refresh.new_episodes for outcome in found] == [2, 0]


async def test_two_scrapes_at_once(own_data: Path) -> None:
    """While a scrape runs, another is refused with a sentence."""
    async with connect(own_data / "grimche.db") as connection:
        async with transaction(connection):
            await jobs.start(connection, JobKind.SCRAPE, who="test")
        with pytest.raises(AlreadyRunning, match="scrape"):
            await scrape_sample(load_settings({"data": own_data}), SMALL, report=ignore)


async def test_older_starter_gives_way(own_data: Path, thumbnail: bytes) -> None:
    """After an update that ships another starter, the catalogue moves to it and answers again."""
    settings = load_settings({"data": own_data})
    await rename_generation(own_data, "starter-of-old")
    outcome = await fill_demo(settings, Sample(artists=3, webtoons=6, episodes=6), report=ignore)
    assert outcome is not None
    assert outcome.embed is not None
    assert outcome.embed.embedded == 36
    async with open_service(settings) as service:
        assert (await service.similar([thumbnail])).generation == outcome.embed.generation


async def test_lost_generation_is_not_replaced(own_data: Path) -> None:
    """A trained generation whose folder is gone is named in an error, and stays the current one."""
    settings = load_settings({"data": own_data})
    await rename_generation(own_data, "trained")
    with pytest.raises(GenerationMissing, match="trained"):
        await scrape_sample(settings, SMALL, report=ignore)
    async with connect(settings.database, read_only=True) as connection:
        current = await generations.current(connection)
    assert current is not None
    assert current.id == "trained"


async def test_backup_reports_its_end(own_data: Path, tmp_path: Path) -> None:
    """Copying the database is reported up to its end."""
    steps: list[Step] = []
    await backup(load_settings({"data": own_data}), tmp_path / "copy.db", report=steps.append)
    assert (steps[-1].stage, steps[-1].share) == (Stage.BACKUP, 1)
