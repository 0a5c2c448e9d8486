"""Small records to store, and what stands in the way of storing them."""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from storage.answers import Answer, ArtistShare, Familiarity, Match
from storage.catalogue import save_episode, save_webtoon
from storage.database import Connection
from storage.pictures import save_picture
from storage.queries import Made, Query
from storage.records import Credit, Episode, Picture, Platform, StoredWebtoon, Webtoon
from storage.vectors import FloatArray

SEEN = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
NOBODY = 65534


def a_webtoon(
    title: str = "신의 탑", *, painters: Sequence[str] = ("SIU",), platform_id: str = ""
) -> Webtoon:
    """Describe a webtoon; its platform knows it by its title."""
    return Webtoon(
        platform=Platform.SAMPLE,
        platform_id=platform_id or title,
        title=title,
        credits=tuple(Credit(artist=name) for name in painters),
    )


def a_picture(number: int = 0, *, size: int = 16) -> Picture:
    """Make a picture of `size` bytes that differs for each number; nothing decodes it."""
    data = (b"picture %d" % number).ljust(size)
    sha256 = hashlib.sha256(data).hexdigest()
    return Picture(sha256=sha256, data=data, format="JPEG", width=202, height=120, phash=number)


def an_episode(number: int = 1, *, title: str = "") -> Episode:
    """Describe an episode."""
    return Episode(number=number, title=title or f"{number}화", published=date(2026, 1, 1))


def a_query(name: str = "token", *, message_id: str = "1") -> Query:
    """Describe a question of somebody in a private chat."""
    return Query(
        token=name, door="telegram", chat_id="4200042", message_id=message_id, person="p" * 32, asked=SEEN
    )


def an_answer(*stored: StoredWebtoon, familiarity: Familiarity = Familiarity.CLOSE) -> Answer:
    """Make an answer whose matches are these webtoons."""
    return Answer(
        matches=tuple(
            Match(rank=rank, stored=each, score=1 / (rank + 2), picture="a" * 64, episode=rank)
            for rank, each in enumerate(stored, start=1)
        ),
        artists=(ArtistShare(artist="SIU", probability=1 / 3, trained=False),),
        familiarity=familiarity,
        generation="g",
        crops=2,
        seconds={"decode": 0.1234567, "search": 1e-9},
    )


def a_made(
    *, answer: Answer | None = None, digest: str = "", stamp: str = "g:1:1", seconds: float = 0.5
) -> Made:
    """Describe an answer as it was made."""
    return Made(answer=answer or an_answer(), digest=digest, stamp=stamp, seconds=seconds)


def values(*numbers: float) -> FloatArray:
    """Make a float32 array."""
    return np.array(numbers, dtype=np.float32)


async def save_all(connection: Connection, webtoon: Webtoon, *, pictures: Sequence[int]) -> int:
    """Save a webtoon with one episode for each picture, numbered from 1."""
    webtoon_id = await save_webtoon(connection, webtoon, seen=SEEN)
    for number, picture in enumerate(map(a_picture, pictures), start=1):
        await save_picture(connection, picture)
        await save_episode(connection, webtoon_id, episode=an_episode(number), picture=picture.sha256)
    return webtoon_id


@contextmanager
def held(database: Path) -> Iterator[None]:
    """Let somebody else have the database for himself, readers shut out too."""
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("DELETE FROM chats")
        yield


@contextmanager
def as_stranger(*folders: Path) -> Iterator[None]:
    """Run as a user who may not write these folders."""
    modes = [(folder, folder.stat().st_mode) for folder in folders]
    for folder in folders:
        folder.chmod(0o555)
    try:
        with as_another_user():
            yield
    finally:
        for folder, mode in modes:
            folder.chmod(mode)


@contextmanager
def public_folder() -> Iterator[Path]:
    """Give a folder that every user can reach, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def as_another_user() -> Iterator[None]:
    """Run without the rights of root."""
    if os.geteuid() != 0:
        yield
        return
    try:
        os.setresuid(NOBODY, NOBODY, 0)
    except OSError:
        pytest.skip("root cannot become another user here, and permissions do not bind root")
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
