"""Messages that follow a job, on boards that remember what they were told."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.boards import Boards
from bot.following import Following
from bot.notices import Fate, Notice, Place
from bot.texts import Language, Texts
from storage import database, followers, jobs
from storage.records import Job, JobKind, JobState

ADMIN = 7
HERE = Place(door="telegram", chat_id=ADMIN, message_id=1)


@dataclass
class Shown:
    """A network that shows what it is told, or is away, or has lost its messages."""

    door: str = "telegram"
    fate: Fate = Fate.SHOWN
    admins: frozenset[int] = frozenset({ADMIN, 8})
    edits: list[str] = field(default_factory=list)
    posts: list[tuple[int, str]] = field(default_factory=list)

    async def language_of(self, admin: int) -> Language:
        """Say that the first admin reads Korean."""
        return Language.KO if admin == ADMIN else Language.EN

    async def post(self, admin: int, notice: Notice) -> Place | Fate:
        """Remember it, unless it does not show."""
        if self.fate is Fate.SHOWN:
            self.posts.append((admin, notice.text))
        return self.fate

    async def edit(self, place: Place, notice: Notice) -> Fate:
        """Remember it."""
        assert place == HERE
        self.edits.append(notice.text)
        return self.fate


async def say(job: Job, texts: Texts) -> Notice:
    """Say the state of a job."""
    return Notice(text=f"{texts.language} {job.state}", job=job.id if job.state is JobState.RUNNING else 0)


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """Make an empty database."""
    await database.prepare(tmp_path / "grimche.db")
    return tmp_path / "grimche.db"


@pytest.fixture
async def following(path: Path) -> AsyncIterator[Following]:
    """Follow jobs at a quick pace."""
    async with Following(path, Boards(path, ["telegram"]), say=say, every=0.01) as following:
        yield following


async def begin(path: Path) -> int:
    """Begin a job of this process."""
    async with database.connect(path) as connection:
        return await jobs.start(connection, JobKind.SCRAPE, who="test")


async def end(path: Path, job: int) -> None:
    """End a job."""
    async with database.connect(path) as connection:
        await jobs.finish(connection, job, state=JobState.DONE, figures={})


async def is_followed(path: Path) -> bool:
    """Tell whether a message follows anything."""
    async with database.connect(path, read_only=True) as connection:
        return bool(await followers.list_followers(connection))


async def left(path: Path) -> None:
    """Wait until no message follows anything."""
    while await is_followed(path):  # noqa: ASYNC110  nobody tells
        await asyncio.sleep(0.01)


async def test_what_is_the_same_is_not_sent_again(path: Path, following: Following) -> None:
    """A message is edited when there is something else to say, and for the last time at the end."""
    job, board = await begin(path), Shown()
    await following.follow(job, HERE, language=Language.KO)
    async with following._boards.joined(board):
        while not board.edits:  # noqa: ASYNC110  nobody tells
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        await end(path, job)
        await left(path)
    assert board.edits == ["ko running", "ko done"]


async def test_a_message_that_is_gone_is_left(path: Path, following: Following) -> None:
    """Nobody is written to a second time who has deleted the message."""
    board = Shown(fate=Fate.GONE)
    await following.follow(await begin(path), HERE, language=Language.EN)
    async with following._boards.joined(board):
        await left(path)
    assert len(board.edits) == 1


async def test_a_network_that_is_away_gets_the_end_later(path: Path, following: Following) -> None:
    """The last word is tried until it shows, also where the network joins only then."""
    job = await begin(path)
    await following.follow(job, HERE, language=Language.EN)
    await end(path, job)
    board = Shown(fate=Fate.LATER)
    async with following._boards.joined(board):
        while len(board.edits) < 3:  # noqa: ASYNC110  nobody tells
            await asyncio.sleep(0.01)
        assert await is_followed(path)
        board.fate = Fate.SHOWN
        await left(path)
    assert set(board.edits) == {"en done"}


async def test_followers_move_to_the_job_that_goes_on(path: Path, following: Following) -> None:
    """The message of a job that was cut off tells of the one that takes its place."""
    first = await begin(path)
    await following.follow(first, HERE, language=Language.EN)
    await end(path, first)
    second = await begin(path)
    await following.move(first, to=second)
    assert await following.followers_of(first) == set()
    assert await following.followers_of(second) == {("telegram", ADMIN)}
    await end(path, second)
