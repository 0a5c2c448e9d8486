"""The client keeps to what a platform bears."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from itertools import pairwise

import pytest

from scraper.client import Client, Patience
from storage.errors import HostRefused, NoAnswer, RobotsForbid
from tests.platforms.server import Fault, LocalServer, cut, redirect, status
from tests.scraper.echo import EchoServer, Hand, asking, host

SLACK = 1e-6  # of adding floats


@pytest.fixture
async def server() -> AsyncIterator[EchoServer]:
    """Start a server that answers everything."""
    async with EchoServer() as started:
        yield started


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Hand:
    """Make waiting, also that between retries, move a clock."""
    moved = Hand()
    monkeypatch.setattr("stamina._core._smart_sleep", moved.sleep)
    return moved


def gaps(server: LocalServer) -> Sequence[float]:
    """List the times between requests."""
    times = [entry.at for entry in server.log]
    return [later - earlier for earlier, later in pairwise(times)]


async def tried(client: Client, address: str) -> None:
    """Ask for an address that may have one fault after the other."""
    with suppress(NoAnswer):
        await client.get(address)


async def test_the_pace_is_kept(hand: Hand) -> None:
    """No two requests of a run come closer than the rate allows, retries and robots.txt included."""
    async with EchoServer(clock=hand.now) as server:
        server.faults.append(Fault(act=status(503), share=0.2))
        async with Client([host(server, pace=5)], patience=Patience(clock=hand.clock)) as client:
            for number in range(100):
                await tried(client, f"{server.origin}/{number}")
        assert len(server.log) > 110
        assert min(gaps(server)) >= 1 / 5 - SLACK


@pytest.mark.slow
async def test_the_pace_is_kept_by_many() -> None:
    """By the real clock, with many at once and with faults, no second has more requests than the rate."""
    rate = 60
    async with EchoServer() as server:
        server.faults += [Fault(act=status(503), share=0.1), Fault(act=cut(), share=0.1)]
        patience = Patience(first_wait=0.1)
        async with (
            Client([host(server, pace=rate)], patience=patience) as client,
            asyncio.TaskGroup() as group,
        ):
            for number in range(400):
                group.create_task(tried(client, f"{server.origin}/{number}"))
        times = [entry.at for entry in server.log]
    assert max(sum(start <= at < start + 1 for at in times) for start in times) <= rate
    assert len(times) / (times[-1] - times[0]) <= rate


async def test_each_host_has_its_own_pace(hand: Hand) -> None:
    """Pictures need not wait for the interface's pace."""
    async with EchoServer(clock=hand.now) as slow, EchoServer(clock=hand.now) as fast:
        hosts = [host(slow, pace=0.01), host(fast, pace=10)]
        async with Client(hosts, patience=Patience(clock=hand.clock)) as client:
            for number in range(10):
                await client.get(f"{fast.origin}/{number}")
        assert hand.time < 2


async def test_at_once() -> None:
    """No more requests are under way at an origin than it bears."""
    under_way = most = 0

    async def counted(request: object, answer: object) -> object:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.1)
        under_way -= 1
        return await status(200)(request, answer)  # type: ignore[arg-type]  # passed on

    async with EchoServer() as server, asking(server) as client:
        server.faults.append(Fault(act=counted))  # type: ignore[arg-type]  # passed on
        async with asyncio.TaskGroup() as group:
            for number in range(30):
                group.create_task(client.get(f"{server.origin}/{number}"))
    assert most == 4


async def test_429_slows_the_run_down(hand: Hand) -> None:
    """After a 429 the rate is half of what it was."""
    async with EchoServer(clock=hand.now) as server:
        server.faults.append(Fault(act=status(429), path="/0", times=1))
        async with Client([host(server, pace=5)], patience=Patience(clock=hand.clock)) as client:
            for number in range(10):
                await client.get(f"{server.origin}/{number}")
        assert min(gaps(server)[2:]) >= 2 / 5 - SLACK


async def test_robots_are_read_first(server: EchoServer) -> None:
    """The first request to an origin is for robots.txt, and there is only one, however many wait for it."""
    server.robots = "User-agent: *\nDisallow: /viewer\n"
    async with asking(server) as client, asyncio.TaskGroup() as group:
        for number in range(10):
            group.create_task(client.get(f"{server.origin}/{number}"))
    assert server.log[0].path == "/robots.txt"
    assert len(server.log) == 11


@pytest.mark.parametrize("agent", ["*", "Grimche", "grimche"])
async def test_robots_are_obeyed(server: EchoServer, agent: str) -> None:
    """What is forbidden to all or to us is not fetched; the rest is."""
    server.robots = f"User-agent: other\nAllow: /\n\nUser-agent: {agent}\nDisallow: /viewer\nAllow: /api/\n"
    async with asking(server) as client:
        with pytest.raises(RobotsForbid, match="/viewer/1"):
            await client.get(f"{server.origin}/viewer/1?no=2")
        assert (await client.get(f"{server.origin}/api/list")).data == b"/api/list"
    assert server.paths() == ["/api/list"]


async def test_robots_forbid_redirects(server: EchoServer) -> None:
    """A redirect does not lead into what is forbidden."""
    server.robots = "User-agent: *\nDisallow: /viewer\n"
    server.faults.append(Fault(act=redirect("/viewer/1"), path="/a"))
    async with asking(server) as client:
        with pytest.raises(RobotsForbid):
            await client.get(f"{server.origin}/a")
    assert server.paths() == ["/a"]


@pytest.mark.parametrize("code", [401, 403, 404, 410])
async def test_no_robots(server: EchoServer, code: int) -> None:
    """Where there is no robots.txt to read, everything is allowed."""
    server.faults.append(Fault(act=status(code), path="/robots.txt"))
    async with asking(server) as client:
        assert (await client.get(f"{server.origin}/a")).data == b"/a"


@pytest.mark.parametrize("inside", [True, False])
async def test_robots_elsewhere(server: EchoServer, *, inside: bool) -> None:
    """Rules are followed to another host of the platform, and count for the first; others are not asked."""
    async with EchoServer() as other:
        other.robots = "User-agent: *\nDisallow: /\n"
        server.faults.append(Fault(act=redirect(f"{other.origin}/robots.txt"), path="/robots.txt"))
        async with asking(server, *([other] if inside else [])) as client:
            if inside:
                with pytest.raises(RobotsForbid):
                    await client.get(f"{server.origin}/a")
            else:
                await client.get(f"{server.origin}/a")
        assert (len(server.paths()), len(other.log)) == ((0, 1) if inside else (1, 0))


async def test_robots_that_cannot_be_read(server: EchoServer) -> None:
    """While a server has trouble with its robots.txt, nothing else is asked; later it is."""
    server.faults.append(Fault(act=status(503), path="/robots.txt", times=4))
    async with asking(server) as client:
        with pytest.raises(NoAnswer):
            await client.get(f"{server.origin}/a")
        assert server.paths() == []
        assert (await client.get(f"{server.origin}/a")).data == b"/a"


@pytest.mark.parametrize("said", ["Crawl-delay: 3", "Request-rate: 1/3"])
async def test_robots_slow_the_run_down(hand: Hand, said: str) -> None:
    """A slower pace that robots.txt asks for is kept."""
    async with EchoServer(clock=hand.now) as server:
        server.robots = f"User-agent: *\n{said}\n"
        async with Client([host(server, pace=5)], patience=Patience(clock=hand.clock)) as client:
            for number in range(5):
                await client.get(f"{server.origin}/{number}")
        assert min(gaps(server)[1:]) >= 3 - SLACK


async def test_robots_that_are_a_page(server: EchoServer) -> None:
    """A page of HTML in the place of robots.txt has no rules."""
    server.robots = "<!doctype html>\n<html><body>Disallow: /\n</body></html>"
    async with asking(server) as client:
        assert (await client.get(f"{server.origin}/a")).data == b"/a"


async def test_refused_robots_count(server: EchoServer) -> None:
    """A host that refuses even its robots.txt has refused once."""
    server.faults.append(Fault(act=status(403)))
    async with asking(server) as client:
        errors = []
        for number in range(5):
            try:
                await client.get(f"{server.origin}/{number}")
            except Exception as error:  # noqa: BLE001  its type is what is looked at
                errors.append(type(error))
    assert errors[-1] is HostRefused
    assert len(server.paths()) == 4
