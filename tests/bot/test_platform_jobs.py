"""The commands about platforms, against a local one."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.__main__ import run
from scraper import recording
from storage import jobs
from storage.database import connect
from storage.records import Job, JobKind, JobState
from tests.platforms.world import World
from tests.scraper.naver_runs import Local, published, settings_of
from tests.scraping import naver


@pytest.fixture
async def local(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Local]:
    """Publish two works, where the settings look for them."""
    async with published(World(works=2, instalments=4, drawings=1)) as local:
        for name, value in settings_of(local).items():
            monkeypatch.setenv(name, value)
        yield local


async def call(data: Path, *arguments: str) -> int:
    """Run a command in a thread, since it has an event loop of its own."""
    return await asyncio.to_thread(run, ["--data", str(data), *arguments])


async def test_a_scrape_is_summed_up(
    local: Local, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A scrape says what it brought, a second one that there was nothing, each with its requests."""
    assert await call(tmp_path, "scrape", "--source", "naver", "--dry-run") == 0
    assert "2 would be new, 4 episodes would be new" in capsys.readouterr().out
    assert await call(tmp_path, "scrape", "--source", "naver") == 0
    asked = len(local.api.log) + len(local.images.log)
    assert "2 webtoons: 2 new, 4 episodes new, 0 unchanged, 0 skipped" in capsys.readouterr().out
    assert await call(tmp_path, "scrape", "--source", "naver") == 0
    told = capsys.readouterr().out
    assert told == "2 webtoons: 0 new, 0 episodes new, 0 unchanged, 0 skipped, 3 requests\n"
    assert len(local.api.log) + len(local.images.log) == asked + 3


async def latest(data: Path) -> Job:
    """Read how the last scrape stands."""
    async with connect(data / "grimche.db", read_only=True) as connection:
        job = await jobs.last(connection, JobKind.SCRAPE)
    assert job is not None
    return job


@pytest.mark.slow
async def test_a_scrape_is_watched_and_stopped_from_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its record says how far it is; another process ends it as cancelled, and the next run goes on."""
    monkeypatch.setattr(recording, "EVERY", 0.05)
    assert await call(tmp_path, "scrape", "--stop") == 0
    assert "no scrape runs" in capsys.readouterr().out
    async with naver(monkeypatch) as platform:
        platform.hold(after=4)
        running = asyncio.create_task(call(tmp_path, "scrape", "--source", "naver"))
        while len(platform.local.images.log) < 5 or (await latest(tmp_path)).progress == 0:  # noqa: ASYNC110  nobody tells
            await asyncio.sleep(0.02)
        job = await latest(tmp_path)
        assert (job.state, job.progress < 1, job.figures["source"]) == (JobState.RUNNING, True, "naver")
        assert await call(tmp_path, "scrape", "--stop") == 0
        assert f"scrape {job.id} is being stopped" in capsys.readouterr().out
        assert await running == 130
        assert "stopped from elsewhere" in capsys.readouterr().err
        assert (await latest(tmp_path)).state is JobState.CANCELLED
        platform.release()
        assert await call(tmp_path, "scrape", "--source", "naver") == 0
        assert (await latest(tmp_path)).state is JobState.DONE
    brought = int(job.figures["new_episodes"]), int((await latest(tmp_path)).figures["new_episodes"])
    assert sum(brought) == 9


async def test_a_scrape_names_its_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is to be scraped has to be said."""
    assert await call(tmp_path, "scrape") == 1
    assert "--source" in capsys.readouterr().err


async def test_a_budget_is_no_fault(local: Local, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A run that made as many requests as it may ends well and says that the next one continues."""
    assert local
    assert await call(tmp_path, "scrape", "--source", "naver", "--max-requests", "6") == 0
    assert "the next one continues" in capsys.readouterr().err


async def test_a_changed_interface_is_told(
    local: Local, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A degraded run names the field and the file that shows how; the check names the field too."""
    local.api.rename = {"up": "badge"}
    assert await call(tmp_path, "scrape", "--source", "naver") == 1
    told = capsys.readouterr().err
    assert ".up of the list of the week is not as it was" in told
    assert str(tmp_path / "logs" / "drift") in told
    assert await call(tmp_path, "scrape", "--source", "naver", "--check") == 1
    told = capsys.readouterr()
    assert ".up\tthe list of the week\tMISSING" in told.out
    local.api.rename = {}
    assert await call(tmp_path, "scrape", "--source", "naver", "--check") == 0


async def test_artists_are_counted_and_joined(
    local: Local, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The statistics count who can be trained on, and two names of one person become one."""
    assert await call(tmp_path, "scrape", "--source", "naver") == 0
    painter, writer = local.world.works[0].painters[0].name, local.world.works[1].writers[0].name
    capsys.readouterr()
    assert await call(tmp_path, "catalogue", "stats", "--minimum", "4") == 0
    assert capsys.readouterr().out == f"# 1 of 1 artists have 4 thumbnails or more\n{painter}\t4\t2\n"
    assert await call(tmp_path, "catalogue", "join-artists", painter, writer) == 0
    assert await call(tmp_path, "catalogue", "join-artists", painter, "nobody at all") == 1
    capsys.readouterr()
    assert await call(tmp_path, "catalogue", "stats") == 0
    assert f"{writer}\t4\t2" in capsys.readouterr().out


async def test_kakao_has_a_switch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The older Kakao Webtoon is only asked when the setting says so."""
    assert await call(tmp_path, "scrape", "--source", "kakao") == 1
    assert "GRIMCHE_KAKAO is off" in capsys.readouterr().err
