"""News for admins, on a board that remembers what it was told."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import boards as module
from bot.boards import Boards
from bot.notices import Button, Fate, Notice, read_notice, write_notice
from bot.texts import Texts
from storage import database, news
from tests.bot.test_following import ADMIN, Shown


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """Make an empty database."""
    await database.prepare(tmp_path / "grimche.db")
    return tmp_path / "grimche.db"


def boards_of(path: Path) -> Boards:
    """Make the boards of a process."""
    return Boards(path, ["telegram", "discord"])


async def until(is_so: Callable[[], bool]) -> None:
    """Wait for something that nobody tells."""
    while not is_so():  # noqa: ASYNC110  nobody tells
        await asyncio.sleep(0.01)


async def left(path: Path, door: str) -> int:
    """Count what waits for a door."""
    async with database.connect(path, read_only=True) as connection:
        return len(await news.waiting(connection, door))


def speak(texts: Texts) -> Notice:
    """Name the language."""
    return Notice(text=str(texts.language))


def count(number: int) -> Callable[[Texts], Notice]:
    """Say a number."""
    return lambda _: Notice(text=str(number))


def test_a_notice_survives_the_database() -> None:
    """Buttons and picture are read as they were written."""
    button = Button(label="Go", data="work:go:1")
    notice = Notice(text="a", remark="b", table="c", rows=((button,), (button,)), picture=b"\x89PNG", job=3)
    assert read_notice(write_notice(notice)) == notice


async def test_news_outlive_the_process(path: Path) -> None:
    """What is told while a network is away comes with it, after a restart, once, in each one's language."""
    first = boards_of(path)
    await first.tell_all(speak)
    await first.tell_all(count(1), without={("telegram", ADMIN), ("telegram", 8)})
    board = Shown()
    for _ in range(2):
        async with boards_of(path).joined(board):
            while await left(path, "telegram"):  # noqa: ASYNC110  nobody tells
                await asyncio.sleep(0.01)
    assert board.posts == [(ADMIN, "ko"), (8, "en")]
    assert await left(path, "discord") == 2


async def test_news_that_did_not_arrive_are_told_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A network that breaks off gets them later, and nobody who has read them a second time."""
    monkeypatch.setattr(module, "AGAIN", 0.01)
    boards, board = boards_of(path), Shown()
    post = board.post

    async def once(admin: int, notice: Notice) -> object:
        board.fate = Fate.LATER if admin == 8 and 8 not in tried else Fate.SHOWN
        tried.append(admin)
        return await post(admin, notice)

    tried: list[int] = []
    monkeypatch.setattr(board, "post", once)
    await boards.tell_all(speak)
    async with boards.joined(board):
        while await left(path, "telegram"):  # noqa: ASYNC110  nobody tells
            await asyncio.sleep(0.01)
    assert sorted(board.posts) == [(ADMIN, "ko"), (8, "en")]


async def test_who_is_gone_holds_up_nobody(path: Path) -> None:
    """An admin who cannot be written to is passed over for good."""
    boards, board = boards_of(path), Shown(fate=Fate.GONE)
    await boards.tell_all(speak)
    async with boards.joined(board):
        while await left(path, "telegram"):  # noqa: ASYNC110  nobody tells
            await asyncio.sleep(0.01)


async def test_only_the_newest_wait(path: Path) -> None:
    """Who was away for long reads the newest twenty, and nothing that is older than a week."""
    boards = boards_of(path)
    for number in range(25):
        await boards.tell_all(count(number))
    async with database.connect(path) as connection:
        await connection.rows("UPDATE news SET made = '2020' WHERE id = (SELECT max(id) FROM news) - 1")
        waiting = await news.waiting(connection, "telegram")
    assert len(waiting) == 19
    board = Shown(admins=frozenset({8}))
    async with boards.joined(board):
        await until(lambda: len(board.posts) == 19)
    assert [text for _, text in board.posts] == [str(number) for number in range(5, 24)]


async def test_a_fault_is_told_until_it_changes(path: Path) -> None:
    """The same again is not told; after it was mended it is, and so is another one."""
    boards = boards_of(path)
    for fault in ("a", "a", "", "", "a", "b"):
        await boards.tell_once("backup", fault, say=count(0))
    assert await left(path, "telegram") == 3
