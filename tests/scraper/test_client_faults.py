"""What the client does when a platform answers badly."""

from collections.abc import AsyncIterator

import pytest

from scraper.client import Patience
from storage.errors import (
    Gated,
    HostRefused,
    HostUnreachable,
    NoAnswer,
    NotThere,
    RunEnded,
    ShapeChanged,
    SourceError,
)
from tests.platforms.server import (
    Act,
    Fault,
    body,
    cut,
    hang_up,
    kind_is,
    packed,
    page,
    slow,
    status,
)
from tests.scraper.echo import EchoServer, Hand, asking

PASSING = {
    "503": status(503),
    "500": status(500),
    "429": status(429),
    "408": status(408),
    "cut": cut(),
    "nothing": hang_up(),
    "damaged": body(b"no gzip", Content_Encoding="gzip"),
    "cut gzip": packed(b"abc" * 1000, cut_at=20),
}


@pytest.fixture
async def server() -> AsyncIterator[EchoServer]:
    """Start a server that answers everything."""
    async with EchoServer() as started:
        yield started


@pytest.mark.parametrize("act", PASSING.values(), ids=PASSING)
async def test_a_fault_that_passes(server: EchoServer, act: Act) -> None:
    """What may pass is tried again."""
    server.faults.append(Fault(act=act, path="/a", times=1))
    async with asking(server) as client:
        assert (await client.get(f"{server.origin}/a")).data == b"/a"
    assert server.paths() == ["/a", "/a"]


@pytest.mark.parametrize("act", PASSING.values(), ids=PASSING)
async def test_a_fault_that_stays(server: EchoServer, act: Act) -> None:
    """After four tries it is a fault of this one address."""
    server.faults.append(Fault(act=act, path="/a"))
    async with asking(server) as client:
        with pytest.raises(NoAnswer) as caught:
            await client.get(f"{server.origin}/a")
        assert (await client.get(f"{server.origin}/b")).data == b"/b"
    assert caught.value.__cause__ is not None
    assert server.paths(of="/a") == ["/a"] * 4


@pytest.mark.slow
@pytest.mark.parametrize("pieces", [1, 2])
async def test_a_slow_body(server: EchoServer, pieces: int) -> None:
    """Neither silence nor a body that trickles is borne for long."""
    server.faults.append(Fault(act=slow(seconds=60 if pieces == 1 else 7, pieces=pieces), path="/a", times=1))
    async with asking(server, patience=Patience(silence=4, whole=5)) as client:
        assert (await client.get(f"{server.origin}/a")).data == b"/a"
    assert server.paths() == ["/a", "/a"]


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (401, Gated),
        (404, NotThere),
        (410, NotThere),
        (403, SourceError),
        (400, SourceError),
        (204, SourceError),
    ],
)
async def test_a_clear_answer(server: EchoServer, code: int, error: type[SourceError]) -> None:
    """An answer that will stay the same is not asked for again, and ends nothing."""
    server.faults.append(Fault(act=status(code), path="/a"))
    async with asking(server) as client:
        with pytest.raises(SourceError) as caught:
            await client.get(f"{server.origin}/a")
        assert type(caught.value) is error
        assert (await client.get(f"{server.origin}/b")).data == b"/b"
    assert server.paths(of="/a") == ["/a"]


@pytest.mark.parametrize("act", [page(), kind_is("application/octet-stream")])
async def test_another_kind(server: EchoServer, act: Act) -> None:
    """A content type that was not wanted is a changed shape."""
    server.faults.append(Fault(act=act, path="/a"))
    async with asking(server) as client:
        with pytest.raises(ShapeChanged, match="Content-Type of /a"):
            await client.get(f"{server.origin}/a", kinds=("image/", "application/json"))


@pytest.mark.parametrize("code", [403, 429])
async def test_refused_everywhere(server: EchoServer, code: int) -> None:
    """Refused from the first request on, the client stops within a few and says so."""
    server.faults.append(Fault(act=status(code)))
    async with asking(server) as client:
        for number in range(20):
            with pytest.raises(SourceError) as caught:
                await client.get(f"{server.origin}/{number}")
        assert isinstance(caught.value, HostRefused)
    assert str(code) in str(caught.value)
    assert len(server.log) == 5


async def test_refused_half_way(server: EchoServer) -> None:
    """When what was fine is refused too, the client stops, one request after it has begun to doubt."""
    async with asking(server) as client:
        await client.get(f"{server.origin}/fine")
        server.faults.append(Fault(act=status(403)))
        for number in range(20):
            with pytest.raises(SourceError) as caught:
                await client.get(f"{server.origin}/{number}")
        assert isinstance(caught.value, HostRefused)
    assert server.paths() == ["/fine", *(f"/{number}" for number in range(5)), "/fine"]


async def test_lost_pictures_end_nothing(server: EchoServer) -> None:
    """A host that refuses what it has lost, but not the rest, is asked on."""
    server.faults.append(Fault(act=status(403), path="/lost"))
    async with asking(server) as client:
        await client.get(f"{server.origin}/fine")
        for number in range(30):
            with pytest.raises(SourceError) as caught:
                await client.get(f"{server.origin}/lost/{number}")
            assert not isinstance(caught.value, RunEnded)
        assert (await client.get(f"{server.origin}/b")).data == b"/b"
    assert len(server.paths(of="/lost")) == 30


async def test_gone_for_good(server: EchoServer) -> None:
    """A server that does not come back is left alone after some requests."""
    async with asking(server) as client:
        await client.get(f"{server.origin}/a")
        await server.stop()
        errors = []
        for _ in range(4):
            with pytest.raises(SourceError) as caught:
                await client.get(f"{server.origin}/a")
            errors.append(type(caught.value))
    assert errors == [NoAnswer, NoAnswer, HostUnreachable, HostUnreachable]


async def test_a_restart(server: EchoServer) -> None:
    """Connections that a restart has broken are made anew."""
    async with asking(server) as client:
        await client.get(f"{server.origin}/a")
        await server.stop()
        await server.start()
        assert (await client.get(f"{server.origin}/a")).data == b"/a"


@pytest.mark.parametrize(
    ("said", "waited"),
    [("0", 0), ("120", 120), ("Sat, 22 Feb 2020 09:00:00 GMT", 0)],
)
async def test_retry_after(
    server: EchoServer, said: str, waited: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The platform says how long to wait, as seconds or as a date, and nobody asks it sooner."""
    hand = Hand()
    monkeypatch.setattr("stamina._core._smart_sleep", hand.sleep)
    server.faults.append(Fault(act=status(429, Retry_After=said), path="/a", times=1))
    async with asking(server, pace=1, patience=Patience(clock=hand.clock)) as client:
        await client.get(f"{server.origin}/first")
        before = hand.time
        await client.get(f"{server.origin}/a")
    assert waited <= hand.time - before <= waited + 1


async def test_retry_after_a_day(server: EchoServer) -> None:
    """A platform that wants to be left alone for long is."""
    server.faults.append(Fault(act=status(503, Retry_After="86400"), path="/a"))
    async with asking(server) as client:
        with pytest.raises(HostRefused):
            await client.get(f"{server.origin}/a")
        with pytest.raises(HostRefused):
            await client.get(f"{server.origin}/b")
    assert server.paths() == ["/a"]
