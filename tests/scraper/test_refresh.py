import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

import scraper.bringing
import scraper.refresh
from scraper.report import Arrived, Progress
from storage import catalogue, jobs
from storage.database import Connection, connect, prepare, transaction
from storage.errors import (
    AlreadyRunning,
    DatabaseLocked,
    DatabaseReadOnly,
    DiskFull,
    NotAPicture,
    SourceError,
    StorageError,
)
from storage.records import Episode, Job, JobKind, JobState, Platform, Webtoon
from tests.scraper.shelf import Shelf, away, bring, catalogue_of, drawn


@pytest.fixture
async def database(tmp_path: Path) -> Path:
    """Make an empty database."""
    await prepare(tmp_path / "grimche.db")
    return tmp_path / "grimche.db"


async def last_job(database: Path) -> Job:
    """Read the record of the last run."""
    async with connect(database, read_only=True) as connection:
        return (await jobs.recent(connection))[0]


async def test_everything_arrives(database: Path) -> None:
    """A first run brings webtoons, credits, episodes and thumbnails."""
    works = {"봄": [drawn(1), drawn(2)], "여름": [drawn(3)]}
    report = await bring(Shelf(works), database)
    assert (report.new_webtoons, report.new_episodes, report.new_pictures, report.unchanged) == (2, 3, 3, 0)
    assert report.bytes == sum(map(len, (drawn(1), drawn(2), drawn(3))))
    assert report.arrived == (
        Arrived(title="봄", new=True, episodes=2),
        Arrived(title="여름", new=True, episodes=1),
    )
    async with connect(database) as connection:
        stored = await catalogue.find_webtoon(connection, Platform.NAVER, platform_id="봄")
        assert stored is not None
        assert stored.webtoon.painters == ("봄's painter",)
        episodes = await catalogue.list_episodes(connection, stored.id)
    assert [(e.episode.number, e.episode.title, e.picture is not None) for e in episodes] == [
        (1, "1화", True),
        (2, "2화", True),
    ]


async def test_a_second_run_changes_nothing(database: Path) -> None:
    """What is there is neither fetched nor written again; only that it was seen is new."""
    shelf = Shelf({"봄": [drawn(1), drawn(2)], "여름": []})
    await bring(shelf, database)
    before, fetched = await catalogue_of(database), list(shelf.fetched)
    async with connect(database) as connection:
        first = await catalogue.find_webtoon(connection, Platform.NAVER, platform_id="봄")
    report = await bring(shelf, database)
    async with connect(database) as connection:
        second = await catalogue.find_webtoon(connection, Platform.NAVER, platform_id="봄")
    assert (report.arrived, report.new_episodes, report.unchanged) == ((), 0, 2)
    assert shelf.fetched == fetched
    assert await catalogue_of(database) == before
    assert first is not None
    assert second is not None
    assert first.first_seen == second.first_seen == first.last_seen < second.last_seen


async def test_new_episodes_are_added(database: Path) -> None:
    """A later run fetches only what came since."""
    await bring(Shelf({"봄": [drawn(1)]}), database)
    shelf = Shelf({"봄": [drawn(1), drawn(2)]})
    report = await bring(shelf, database)
    assert shelf.fetched == [("봄", 2)]
    assert report.arrived == (Arrived(title="봄", new=False, episodes=1),)


async def test_the_same_picture_counts_once(database: Path) -> None:
    """Two episodes with one thumbnail are two episodes, but one picture."""
    report = await bring(Shelf({"봄": [drawn(1), drawn(1)]}), database)
    assert (report.new_episodes, report.new_pictures) == (2, 1)


async def test_a_bad_thumbnail_is_skipped(database: Path) -> None:
    """A thumbnail that is no picture or cannot be had is named with its reason; the others arrive."""
    report = await bring(Shelf({"봄": [b"<html>", away(), drawn(1)]}), database)
    assert {skipped.what: type(skipped.error) for skipped in report.skipped} == {
        "봄/1": NotAPicture,
        "봄/2": SourceError,
    }
    assert "naver cannot be read: it is down." in {skipped.reason for skipped in report.skipped}
    assert report.new_episodes == 1


async def test_a_skipped_thumbnail_is_tried_again(database: Path) -> None:
    """A thumbnail that could not be had arrives with the next run, under its own number."""
    await bring(Shelf({"봄": [away(), drawn(2)]}), database)
    await bring(Shelf({"봄": [drawn(1), drawn(2)]}), database)
    async with connect(database) as connection:
        assert [e.episode.number for e in await catalogue.list_episodes(connection, 1)] == [1, 2]


async def test_a_webtoon_that_cannot_be_listed_is_skipped(database: Path) -> None:
    """When one webtoon's episodes cannot be listed, the other webtoons arrive."""
    report = await bring(Shelf({"봄": away(), "여름": [drawn(1)]}), database)
    assert [skipped.what for skipped in report.skipped] == ["봄"]
    assert report.new_webtoons == 1


async def test_a_webtoon_without_episodes_is_kept(database: Path) -> None:
    """A title without episodes is in the catalogue."""
    report = await bring(Shelf({"봄": []}), database)
    assert report.arrived == (Arrived(title="봄", new=True, episodes=0),)


async def test_a_webtoon_of_bad_thumbnails_is_not_kept(database: Path) -> None:
    """When nothing of a new webtoon could be had, the catalogue does not show it."""
    report = await bring(Shelf({"봄": [b"<html>"]}), database)
    async with connect(database) as connection:
        assert await catalogue.list_webtoons(connection) == []
    assert report.arrived == ()


async def test_a_source_that_lists_nothing_fails(database: Path) -> None:
    """When the webtoons cannot be listed, the run ends with that error and is recorded as failed."""
    shelf = Shelf({})

    async def webtoons() -> list[object]:
        raise away()

    shelf.webtoons = webtoons  # type: ignore[method-assign,assignment]  # a platform that is down
    with pytest.raises(SourceError):
        await bring(shelf, database)
    job = await last_job(database)
    assert (job.state, job.error) == (JobState.FAILED, "naver cannot be read: it is down.")


async def test_the_job_is_recorded(database: Path) -> None:
    """A run leaves its figures, and who started it."""
    await bring(Shelf({"봄": [drawn(1), b"?"]}), database, who="tester")
    job = await last_job(database)
    assert (job.kind, job.who, job.state, job.progress) == (JobKind.SCRAPE, "tester", JobState.DONE, 1)
    assert job.figures == {
        "webtoons": 1,
        "new_webtoons": 1,
        "new_episodes": 1,
        "new_pictures": 1,
        "bytes": len(drawn(1)),
        "unchanged": 0,
        "skipped": 1,
        "skipped NotAPicture": 1,
        "source": "naver",
        "visited": 1,
    }


async def test_progress_is_told(database: Path) -> None:
    """Progress names the job first, then the webtoon in work, and grows to the whole."""
    told: list[Progress] = []
    await bring(Shelf({"봄": [drawn(1), drawn(2)], "여름": [b"?"]}), database, progress=told.append)
    assert told[0] == Progress(webtoons=0, total=0, title="", pictures=0, bytes=0, share=0, job=1)
    assert told[1] == replace(told[0], total=2, title="봄")
    assert [p.share for p in told] == [0, 0, 0.25, 0.5, 0.5, 0.5, 1, 1]
    assert (told[-1].webtoons, told[-1].title, told[-1].pictures) == (2, "여름", 2)
    assert told[-1].bytes == len(drawn(1)) + len(drawn(2))


async def test_a_dry_run_writes_nothing(database: Path) -> None:
    """A dry run says what would come, without fetching a thumbnail or writing a row."""
    await bring(Shelf({"봄": [drawn(1)]}), database)
    before = await catalogue_of(database)
    shelf = Shelf({"봄": [drawn(1), drawn(2)], "여름": [drawn(3)]})
    report = await bring(shelf, database, dry_run=True)
    assert (report.dry_run, report.new_episodes, report.unchanged, shelf.fetched) == (True, 2, 1, [])
    assert [(a.title, a.new, a.episodes) for a in report.arrived] == [("봄", False, 1), ("여름", True, 1)]
    assert await catalogue_of(database) == before
    async with connect(database) as connection:
        assert len(await jobs.recent(connection)) == 1


async def test_several_thumbnails_are_in_flight(database: Path) -> None:
    """Thumbnails are fetched side by side, but only a few at once."""
    shelf = Shelf({"봄": [drawn(1)] * 30})
    await bring(shelf, database)
    assert shelf.most_at_once == 8


async def test_large_webtoons_are_written_in_parts(database: Path) -> None:
    """Of a webtoon of many episodes, the first ones are safe before the last ones are fetched."""
    shelf = Shelf({"봄": [drawn(n % 7) for n in range(450)]})
    fetch, seen = shelf.thumbnail, [0]

    async def when_seen(webtoon: Webtoon, *, episode: Episode) -> bytes:
        while (episode.number - 1) // 200 * 200 not in seen:  # noqa: ASYNC110  nobody tells
            await asyncio.sleep(0)
        return await fetch(webtoon, episode=episode)

    shelf.thumbnail = when_seen  # type: ignore[method-assign]  # held up

    async def watch() -> None:
        async with connect(database, read_only=True) as connection:
            while len(shelf.fetched) < 450:
                seen.append((await catalogue.count(connection)).episodes)
                await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group:
        group.create_task(watch())
        group.create_task(bring(shelf, database))
    assert {200, 400} <= set(seen) <= {0, 200, 400, 450}


async def test_large_pictures_are_written_sooner(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch ends early when its pictures weigh much, so that memory stays flat."""
    monkeypatch.setattr(scraper.bringing, "_BATCH_BYTES", len(drawn(1)))
    written: list[int] = []
    write = scraper.bringing._write

    async def counted(run: object, webtoon: object, arrivals: list[object], **options: object) -> int:
        written.append(len(arrivals))
        return await write(run, webtoon, arrivals, **options)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(scraper.bringing, "_write", counted)
    await bring(Shelf({"봄": [drawn(1)] * 30}), database)
    assert sum(written) == 30
    assert max(written) <= 8


async def test_two_at_once_are_refused(database: Path) -> None:
    """While one run is under way, a second one is refused and the first one goes on."""
    begun, go = asyncio.Event(), asyncio.Event()
    shelf = Shelf({"봄": [drawn(1)]}, before=lambda _: begun.set())
    fetch = shelf.thumbnail

    async def held(*args: object, **options: object) -> bytes:
        data = await fetch(*args, **options)  # type: ignore[arg-type]  # handed through
        await go.wait()
        return data

    shelf.thumbnail = held  # type: ignore[method-assign]  # a slow platform
    first = asyncio.create_task(bring(shelf, database))
    await begun.wait()
    with pytest.raises(AlreadyRunning):
        await bring(Shelf({"여름": [drawn(2)]}), database)
    go.set()
    assert (await first).new_webtoons == 1
    assert (await last_job(database)).state is JobState.DONE


async def test_cancelled(database: Path) -> None:
    """A cancelled run keeps what it wrote, is recorded as cancelled, and the next one continues."""
    shelf = Shelf({"봄": [drawn(1)], "여름": [drawn(2), drawn(3)]})
    begun = asyncio.Event()
    fetch = shelf.thumbnail

    async def slow(*args: object, **options: object) -> bytes:
        data = await fetch(*args, **options)  # type: ignore[arg-type]  # handed through
        if len(shelf.fetched) > 1:
            begun.set()
            await asyncio.Event().wait()
        return data

    shelf.thumbnail = slow  # type: ignore[method-assign]  # a platform that falls silent
    task = asyncio.create_task(bring(shelf, database))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    job = await last_job(database)
    assert (job.state, job.figures["new_webtoons"]) == (JobState.CANCELLED, 1)
    report = await bring(Shelf({"봄": [drawn(1)], "여름": [drawn(2), drawn(3)]}), database)
    assert (report.unchanged, report.new_episodes) == (1, 2)


async def test_a_bug_is_recorded_and_comes_out(database: Path) -> None:
    """An error that nobody expected is not swallowed, and leaves no job running."""
    with pytest.raises(ExceptionGroup) as caught:
        await bring(Shelf({"봄": [ZeroDivisionError()]}), database)
    assert caught.group_contains(ZeroDivisionError)
    assert (await last_job(database)).state is JobState.FAILED


async def test_a_missing_database(tmp_path: Path) -> None:
    """A database that is not there is an error of the storage."""
    with pytest.raises(StorageError):
        await bring(Shelf({}), tmp_path / "none.db")


Opener = Callable[..., object]


def _opened_with(pragma: str) -> Opener:
    """Make `connect` set a limit on the connections of the refresh."""

    @asynccontextmanager
    async def limited(path: Path, **options: bool) -> AsyncIterator[Connection]:
        async with connect(path, **options) as connection:
            await connection.rows(pragma)
            yield connection

    return limited


async def test_a_full_disk_ends_the_run(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full the run ends; what was written before stays, and the job has failed."""
    async with connect(database) as connection:
        ((pages,),) = await connection.rows("PRAGMA page_count")
    full = _opened_with(f"PRAGMA max_page_count = {pages + 30}")
    works = {f"봄{n}": [drawn(2 * n), drawn(2 * n + 1)] for n in range(30)}
    with monkeypatch.context() as patch:
        patch.setattr(scraper.refresh, "connect", full)
        with pytest.raises(DiskFull):
            await bring(Shelf(works), database)
    job = await last_job(database)
    assert job.state is JobState.FAILED
    report = await bring(Shelf(works), database)
    assert (report.unchanged, report.new_episodes) == (job.figures["new_episodes"], 60 - report.unchanged)
    assert report.unchanged > 0


async def test_a_locked_database_ends_the_run(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When another program holds the database for too long, the run ends and says so."""
    monkeypatch.setattr(scraper.refresh, "connect", _opened_with("PRAGMA busy_timeout = 0"))
    async with connect(database) as other, transaction(other):
        with pytest.raises(DatabaseLocked):
            await bring(Shelf({"봄": [drawn(1)]}), database)


async def test_an_end_that_cannot_be_recorded(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the end of a failed run cannot be recorded, the error that ended the run comes out."""
    monkeypatch.setattr(scraper.refresh, "connect", _opened_with("PRAGMA busy_timeout = 0"))
    shelf = Shelf({})
    async with connect(database) as other:

        async def lock() -> list[object]:
            await other.rows("BEGIN IMMEDIATE")
            raise away()

        shelf.webtoons = lock  # type: ignore[method-assign,assignment]  # a program that comes between
        with pytest.raises(SourceError):
            await bring(shelf, database)
        await other.rows("ROLLBACK")


async def test_a_good_end_that_cannot_be_recorded(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When only the end of a run cannot be recorded, that is said."""
    monkeypatch.setattr(scraper.refresh, "connect", _opened_with("PRAGMA busy_timeout = 0"))
    shelf = Shelf({})
    async with connect(database) as other:

        async def lock() -> list[object]:
            await other.rows("BEGIN IMMEDIATE")
            return []

        shelf.webtoons = lock  # type: ignore[method-assign,assignment]  # a program that comes between
        with pytest.raises(DatabaseLocked):
            await bring(shelf, database)
        await other.rows("ROLLBACK")


async def test_a_read_only_database_ends_the_run(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing may be written, the run ends before it fetches anything."""
    monkeypatch.setattr(scraper.refresh, "connect", _opened_with("PRAGMA query_only = ON"))
    shelf = Shelf({"봄": [drawn(1)]})
    with pytest.raises(DatabaseReadOnly):
        await bring(shelf, database)
    assert shelf.fetched == []
