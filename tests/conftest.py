"""What keeps every test from doing harm, and a real database for those that need one."""

import asyncio
import os
import shutil
import signal
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from storage.database import Connection, connect, prepare

LOCAL = {"127.0.0.1", "::1", "localhost", None}

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

# A script's shell lets what it starts with `&` ignore Ctrl-C, and so would whatever a test interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


class OutsideReached(AssertionError):
    """A test tried to reach, or to be reached from, beyond this machine."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that may take longest, so that no worker is alone with one at the end."""
    longest: dict[Path, float] = {}
    for item in items:
        marker = item.get_closest_marker("timeout")
        longest[item.path] = max(longest.get(item.path, 0.0), marker.args[0] if marker else 0.0)
    items.sort(key=lambda item: -longest[item.path])


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run every test without settings and in a folder of its own, so that it finds no real data."""
    for name in list(os.environ):
        if name.upper().startswith("GRIMCHE_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse sockets and name look-ups beyond 127.0.0.1."""
    for name in ("connect", "connect_ex", "bind"):
        monkeypatch.setattr(socket.socket, name, _guarded_socket(getattr(socket.socket, name)))
    monkeypatch.setattr(socket, "getaddrinfo", _guarded_look_up(socket.getaddrinfo))


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Prepare the database that every test gets a copy of."""
    path = tmp_path_factory.mktemp("prepared") / "grimche.db"
    asyncio.run(prepare(path))
    return path


@pytest.fixture
def database(empty_database: Path, tmp_path: Path) -> Path:
    """Give a prepared, empty database in a folder of its own."""
    folder = tmp_path / "data"
    folder.mkdir()
    return Path(shutil.copy(empty_database, folder))


@pytest.fixture
async def connection(database: Path) -> AsyncIterator[Connection]:
    """Give an open connection to `database`; nothing waits for locks."""
    async with connect(database, patience=0) as opened:
        yield opened


def _guarded_socket(method: Callable[..., object]) -> Callable[..., object]:
    def guarded(self: socket.socket, address: tuple[str, int] | str) -> object:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in LOCAL:
            raise OutsideReached(f"{method.__name__} {address}")
        return method(self, address)

    return guarded


def _guarded_look_up(method: Callable[..., object]) -> Callable[..., object]:
    def guarded(host: str | bytes | None, *args: object, **kwargs: object) -> object:
        name = host.decode() if isinstance(host, bytes) else host
        if name not in LOCAL:
            raise OutsideReached(f"look-up of {name}")
        return method(host, *args, **kwargs)

    return guarded
