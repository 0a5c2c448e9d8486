"""Compare a catalogue with what the platform publishes: every webtoon, every episode, every thumbnail."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from storage import catalogue
from storage.database import Connection, connect
from storage.records import Status, StoredWebtoon
from tests.platforms.world import Instalment, Work, World
from tests.year.calendar import Year, status_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A webtoon as somebody sees it; `episodes` are number, title, day and the sha256 of the thumbnail."""

    title: str
    status: Status
    painters: tuple[str, ...]
    episodes: tuple[tuple[int, str, date | None, str | None], ...]


async def differences(database: Path, year: Year) -> list[str]:
    """Say in which webtoons the catalogue and the platform differ, and in what; it may take a while."""
    published = truth(year)
    held = await read(database)
    named = [*(key for key in published if key not in held), *(key for key in held if key not in published)]
    return [f"{key} is not in both" for key in named] + [
        f"{key}: {line}"
        for key in published.keys() & held.keys()
        for line in _unlike(published[key], held[key])
    ]


def truth(year: Year) -> dict[str, Shown]:
    """Tell what a catalogue holds that has followed the platform: what was taken off is kept as it was."""
    there = {str(work.id): _shown(year.world, work, status_of(work)) for work in year.world.works}
    return there | {str(work.id): _shown(year.world, work, Status.GONE) for work in year.removed}


async def read(database: Path) -> dict[str, Shown]:
    """Read the webtoons of a catalogue by the platform's number."""
    async with connect(database, read_only=True) as connection:
        stored = await catalogue.list_webtoons(connection)
        return {each.webtoon.platform_id: await _held(connection, each) for each in stored}


async def _held(connection: Connection, stored: StoredWebtoon) -> Shown:
    episodes = await catalogue.list_episodes(connection, stored.id)
    return Shown(
        title=stored.webtoon.title,
        status=stored.webtoon.status,
        painters=stored.webtoon.painters,
        episodes=tuple(
            (each.episode.number, each.episode.title, each.episode.published, each.picture)
            for each in episodes
        ),
    )


def _shown(world: World, work: Work, status: Status) -> Shown:
    return Shown(
        title=work.title,
        status=status,
        painters=tuple(person.name for person in work.painters),
        episodes=tuple(_episode(world, work, each) for each in work.instalments),
    )


def _episode(world: World, work: Work, each: Instalment) -> tuple[int, str, date | None, str]:
    thumbnail = hashlib.sha256(world.thumbnail(work, each)).hexdigest()
    return each.no, each.title, None if each.paid else each.published, thumbnail


def _unlike(published: Shown, held: Shown) -> Iterator[str]:
    for name in ("title", "status", "painters"):
        ours, theirs = getattr(held, name), getattr(published, name)
        if ours != theirs:
            yield f"{name} {ours!r} instead of {theirs!r}"
    for episode in sorted(set(published.episodes) ^ set(held.episodes), key=str):
        yield f"episode {'missing' if episode in published.episodes else 'too many'}: {episode}"
