"""Bodies that are meant to do harm do none."""

import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Iterator

import pytest
from aiohttp import web

from scraper.client import Client, Host
from storage.errors import GrimcheError, NoAnswer, SourceError
from storage.records import Platform
from tests.platforms.server import Act, Fault, body, packed
from tests.scraper.echo import EchoServer, asking

MB = 1 << 20


@pytest.fixture
async def server() -> AsyncIterator[EchoServer]:
    """Start a server that answers everything."""
    async with EchoServer() as started:
        yield started


@pytest.fixture
def memory() -> Iterator[None]:
    """Watch how much is allocated."""
    tracemalloc.start()
    yield
    tracemalloc.stop()


def bomb(size: int) -> bytes:
    """Pack so many zeros, a piece at a time."""
    packer = zlib.compressobj(wbits=31)
    return b"".join(packer.compress(bytes(MB)) for _ in range(size // MB)) + packer.flush()


def claims(size: int) -> Act:
    """Claim so many bytes, and send a few."""

    async def act(request: web.Request, _: object) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": str(size)})
        await response.prepare(request)
        await response.write(b"x" * 100)
        return response

    return act


def endless() -> Act:
    """Send until nobody reads any more."""

    async def act(request: web.Request, _: object) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _number in range(100_000):
            await response.write(bytes(MB))
        return response

    return act


async def refused(server: EchoServer, act: Act) -> GrimcheError:
    """Ask for a picture that may have a megabyte, and give the error."""
    server.faults.append(Fault(act=act, path="/a"))
    async with asking(server) as client:
        with pytest.raises(SourceError) as caught:
            await client.get(f"{server.origin}/a", maximum=MB)
    return caught.value


async def test_a_decompression_bomb(server: EchoServer) -> None:
    """What was packed a thousandfold is given up at the limit, even in the middle of a piece."""
    data = bomb(128 * MB)
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    error = await refused(server, body(data, Content_Encoding="gzip"))
    assert "larger than" in str(error)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak - before < 8 * MB
    assert server.paths() == ["/a"]


@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize(
    "act", [claims(1 << 40), endless(), body(bytes(MB + 1))], ids=["claim", "endless", "more"]
)
async def test_too_many_bytes(server: EchoServer, act: Act) -> None:
    """Neither a claimed terabyte nor an endless body is waited for."""
    before, _ = tracemalloc.get_traced_memory()
    error = await refused(server, act)
    assert "larger than" in str(error)
    assert tracemalloc.get_traced_memory()[1] - before < 16 * MB


async def test_as_many_bytes_as_may_be(server: EchoServer) -> None:
    """The limit itself is allowed, packed or not."""
    for act in (body(bytes(MB)), packed(bytes(MB))):
        server.faults[:] = [Fault(act=act, path="/a")]
        async with asking(server) as client:
            assert len((await client.get(f"{server.origin}/a", maximum=MB)).data) == MB


@pytest.mark.parametrize("encoding", ["br", "zstd", "deflate", "gzip, gzip", "nonsense"])
async def test_unasked_packing(server: EchoServer, encoding: str) -> None:
    """Only the packing that was asked for is unpacked."""
    data = gzip.compress(gzip.compress(b"x"))
    error = await refused(server, body(data, Content_Encoding=encoding))
    assert type(error) is NoAnswer


@pytest.mark.parametrize(
    "robots",
    [
        "User-agent: *\n" + "Disallow: /*a*a*a*a*a*a*a*a*a*a*a*a*a*a$\n" * 50,
        "x" * 3_000_000,
        "User-agent: *\nCrawl-delay: nonsense\nRequest-rate: 0/0\nDisallow: /%zz%\n\x00",
        "User-agent: *\nCrawl-delay: -5\n",
    ],
    ids=["stars", "long", "nonsense", "negative"],
)
async def test_malicious_robots(server: EchoServer, robots: str) -> None:
    """Rules that are long, wild or broken neither stop nor hurry the client."""
    server.robots = robots
    async with Client([Host(platform=Platform.NAVER, origins=(server.origin,), pace=100)]) as client:
        for number in range(3):
            await client.get(f"{server.origin}/{'a' * 200}{number}b")


@pytest.mark.parametrize(
    "name", ["../../../../etc/passwd", "..%2f..%2fetc", "a\\..\\b", "a%00b", "；rm -rf", "a b"]
)
async def test_tricks_in_names(server: EchoServer, name: str) -> None:
    """A path with tricks is asked of the host as it is, and touches nothing here."""
    async with asking(server) as client:
        assert (await client.get(f"{server.origin}/webtoon/{name}.jpg")).content_type == "text/plain"
    assert len(server.paths()) == 1
