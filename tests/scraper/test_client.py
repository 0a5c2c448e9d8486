"""What the client sends, and what it never does."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from scraper.client import Client, Memory
from storage.errors import BudgetSpent, Gated, SourceError
from storage.records import Platform
from tests.platforms.server import Fault, body, redirect, status
from tests.scraper.echo import REFERER, UNLIMITED, EchoServer, asking, host


@pytest.fixture
async def server() -> AsyncIterator[EchoServer]:
    """Start a server that answers everything."""
    async with EchoServer() as started:
        yield started


async def test_an_answer(server: EchoServer) -> None:
    """A body comes with its type and address, and parameters are added to those of the address."""
    async with asking(server) as client:
        answer = await client.get(f"{server.origin}/list?order=user", params={"week": "mon", "page": 2})
    assert (answer.data, answer.content_type) == (b"/list", "text/plain")
    assert answer.url == f"{server.origin}/list?order=user&week=mon&page=2"
    assert server.log[-1].query == "order=user&week=mon&page=2"


async def test_it_says_who_asks(server: EchoServer) -> None:
    """The User-Agent names Grimche and the contact, and no browser; the Referer of the host is sent."""
    async with asking(server, contact="me@example.org") as client:
        await client.get(f"{server.origin}/a")
    for entry in server.log:
        assert entry.headers["user-agent"].startswith("Grimche/")
        assert "me@example.org" in entry.headers["user-agent"]
        assert "Mozilla" not in entry.headers["user-agent"]
        assert entry.headers["referer"] == REFERER


async def test_cookies_are_not_kept(server: EchoServer) -> None:
    """What a platform sets is never sent back."""
    server.faults.append(Fault(act=body(b"", Set_Cookie="NID_SES=secret; Path=/"), times=2))
    async with asking(server) as client:
        for number in range(3):
            await client.get(f"{server.origin}/{number}")
    assert not [entry for entry in server.log if "cookie" in entry.headers]


async def test_no_proxy_and_no_login_from_outside(
    server: EchoServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Proxies of the environment and logins of a .netrc are left alone."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    async with asking(server) as client:
        await client.get(f"{server.origin}/a")
    assert "authorization" not in server.log[-1].headers


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/a",
        "http://169.254.169.254/latest/meta-data",
        "https://comic.naver.com@127.0.0.1/a",
        "http://me:secret@{own}/a",
        "file:///etc/passwd",
        "ftp://{own}/a",
        "//{own}/a",
        "/a",
        "",
        "http://",
        "http://[",
        "http://127.0.0.1:99999999/",
        "http://{own}/\x00",
        "http://\\@{own}/a",
    ],
)
async def test_foreign_addresses(server: EchoServer, address: str) -> None:
    """An address that is none of the hosts' is refused without a request."""
    async with asking(server) as client:
        with pytest.raises(SourceError):
            await client.get(address.replace("{own}", server.origin.removeprefix("http://")))
    assert server.log == []


async def test_a_redirect_inside(server: EchoServer) -> None:
    """A redirect to another host of the platform is followed, and the answer says where it came from."""
    async with EchoServer() as images, asking(server, images) as client:
        server.faults.append(Fault(act=redirect(f"{images.origin}/b"), path="/a"))
        answer = await client.get(f"{server.origin}/a")
        assert (answer.data, answer.url) == (b"/b", f"{images.origin}/b")
        assert images.paths() == ["/b"]


@pytest.mark.parametrize(
    ("to", "error"),
    [
        ("http://169.254.169.254/latest/meta-data", SourceError),
        ("http://127.0.0.1:1/", SourceError),
        ("https://nid.naver.com/nidlogin.login?url=x", Gated),
        ("file:///etc/passwd", SourceError),
        ("http://[", SourceError),
        ("/a", SourceError),
    ],
)
async def test_a_redirect_elsewhere(server: EchoServer, to: str, error: type[SourceError]) -> None:
    """A redirect out of the platform is not followed; one to a login says that a login is wanted."""
    server.faults.append(Fault(act=redirect(to), path="/a"))
    async with asking(server) as client:
        with pytest.raises(SourceError) as caught:
            await client.get(f"{server.origin}/a")
    assert type(caught.value) is error
    assert set(server.paths()) == {"/a"}


async def test_a_redirect_to_another_platform(server: EchoServer) -> None:
    """Hosts of another platform are out of bounds too."""
    async with EchoServer() as other:
        hosts = [host(server), host(other, platform=Platform.KAKAO)]
        server.faults.append(Fault(act=redirect(f"{other.origin}/b"), path="/a"))
        async with Client(hosts, pace=UNLIMITED) as client:
            with pytest.raises(SourceError, match="not its own host"):
                await client.get(f"{server.origin}/a")
        assert other.log == []


async def test_the_budget(server: EchoServer) -> None:
    """No more requests are made than the run may make, those for robots.txt and retries included."""
    server.faults.append(Fault(act=status(503), path="/0", times=2))
    async with asking(server, budget=5) as client:
        await client.get(f"{server.origin}/0")
        await client.get(f"{server.origin}/1")
        with pytest.raises(BudgetSpent, match="5"):
            await client.get(f"{server.origin}/2")
        assert client.requests == {server.origin: 5}
    assert len(server.log) == 5


async def test_what_has_not_changed(server: EchoServer) -> None:
    """A later run asks whether an answer has changed, and takes it from memory when it has not."""
    memory = Memory()
    server.routes.clear()
    for expected in (False, True):
        async with asking(server, memory=memory) as client:
            server.faults[:] = [Fault(act=_tagged, path="/list")]
            answer = await client.get(f"{server.origin}/list")
            assert (answer.data, answer.content_type, answer.unchanged) == (
                b"[1]",
                "application/json",
                expected,
            )
    assert [entry.status for entry in server.log if entry.path == "/list"] == [200, 304]


async def test_unchanged_out_of_nowhere(server: EchoServer) -> None:
    """An answer that says "unchanged" to somebody who never asked is a fault."""
    server.faults.append(Fault(act=status(304), path="/list"))
    async with asking(server) as client:
        with pytest.raises(SourceError, match="never asked"):
            await client.get(f"{server.origin}/list")


async def _tagged(request: web.Request, _: object) -> web.Response:
    headers = {"ETag": '"1"', "Last-Modified": "Mon, 07 Sep 2026 00:00:00 GMT"}
    if request.headers.get("If-None-Match") == '"1"' and "If-Modified-Since" in request.headers:
        return web.Response(status=304, headers=headers)
    return web.Response(body=b"[1]", content_type="application/json", headers=headers)
