import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from io import BytesIO

import pytest
from aiohttp import web
from PIL import Image

from bot.fetching import MEGABYTE, Fetcher, FetchLimits, Internet, Network
from bot.settings import Settings
from storage.errors import (
    AddressRefused,
    AddressUnreachable,
    FileTooLarge,
    NotAPicture,
    PageNotPicture,
    UnsupportedFormat,
)
from tests.bot.internet import PUBLIC, LocalInternet
from tests.platforms.server import (
    Act,
    Fault,
    Handler,
    LocalServer,
    body,
    cut,
    hang_up,
    packed,
    page,
    redirect,
    slow,
    status,
)

OTHER = "93.184.216.35"
PICTURES = "http://pictures.example.org"
LIMITS = FetchLimits(megabytes=1, seconds=30)

REFUSED = [
    "0.0.0.0",  # noqa: S104  looked up, not bound
    "10.1.2.3",
    "100.64.1.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.20.0.1",
    "192.168.0.1",
    "198.19.0.1",
    "224.0.0.251",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:a00:1::",
    "2001::1",
    "fe80::1",
    "fd00::1",
    "ff02::fb",
]


@pytest.fixture
def picture() -> bytes:
    """Draw a picture of some kilobytes."""
    out = BytesIO()
    Image.effect_noise((96, 64), 80).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
async def server(picture: bytes) -> AsyncIterator[LocalServer]:
    """Serve the picture at every address, until a fault says otherwise."""

    async def show(_: web.Request) -> web.Response:
        return web.Response(body=picture, content_type="image/png")

    server = LocalServer()
    server.routes.append(web.get("/{path:.*}", show))
    async with server:
        yield server


@pytest.fixture
async def other() -> AsyncIterator[LocalServer]:
    """Serve somebody else's pages."""
    async with LocalServer() as other:
        yield other


@pytest.fixture
def internet(server: LocalServer, other: LocalServer) -> LocalInternet:
    """Put the servers at public addresses."""
    return LocalInternet({PUBLIC: server, OTHER: other})


@pytest.fixture
async def fetcher(internet: LocalInternet) -> AsyncIterator[Fetcher]:
    """Fetch from the local internet, at most a megabyte."""
    async with Fetcher(LIMITS, network=internet) as fetcher:
        yield fetcher


async def test_picture_is_fetched(fetcher: Fetcher, server: LocalServer, picture: bytes) -> None:
    """A picture comes as it is, from the host and path that were named."""
    assert await fetcher.fetch(f"{PICTURES}/a.png?size=1#part") == picture
    (logged,) = server.log
    assert (logged.path, logged.query) == ("/a.png", "size=1")
    assert logged.headers["host"] == "pictures.example.org"


@pytest.mark.parametrize("address", REFUSED)
async def test_name_that_leads_inside(
    fetcher: Fetcher, internet: LocalInternet, server: LocalServer, address: str
) -> None:
    """A name is refused when any of its addresses is not public, and nothing is connected to."""
    internet.names["pictures.example.org"] = [[PUBLIC, address]]
    with pytest.raises(AddressRefused):
        await fetcher.fetch(f"{PICTURES}/a.png")
    assert server.log == []


async def test_rebinding_between_look_up_and_connection(
    fetcher: Fetcher, internet: LocalInternet, picture: bytes
) -> None:
    """A name is looked up once, and the connection goes to what was checked, whatever it means later."""
    internet.names["pictures.example.org"] = [[PUBLIC], ["127.0.0.1"]]
    assert await fetcher.fetch(f"{PICTURES}/a.png") == picture
    assert internet.asked == ["pictures.example.org"]


async def test_rebinding_between_redirects(
    fetcher: Fetcher, internet: LocalInternet, server: LocalServer
) -> None:
    """A name that sends to itself, and means this machine by then, is refused."""
    internet.names["pictures.example.org"] = [[PUBLIC], ["127.0.0.1"]]
    server.faults.append(Fault(act=redirect(f"{PICTURES}/secret"), path="/a.png"))
    with pytest.raises(AddressRefused):
        await fetcher.fetch(f"{PICTURES}/a.png")
    assert server.paths() == ["/a.png"]


async def test_rebinding_between_fetches(fetcher: Fetcher, internet: LocalInternet) -> None:
    """No connection and no answer of a resolver outlives its fetch."""
    internet.names["pictures.example.org"] = [[PUBLIC], ["10.0.0.1"]]
    await fetcher.fetch(f"{PICTURES}/a.png")
    with pytest.raises(AddressRefused):
        await fetcher.fetch(f"{PICTURES}/a.png")


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "//localhost/",
        "https://inside.example.org/",
        "http://user:secret@pictures.example.org/",
        "http://pictures.example.org:6379/",
        "file:///etc/passwd",
        "gopher://pictures.example.org/",
        "http://[",
        "\\\\127.0.0.1\\a",
    ],
)
async def test_redirect_inside(
    fetcher: Fetcher, internet: LocalInternet, server: LocalServer, location: str
) -> None:
    """Each redirect is checked like the address itself."""
    internet.names["inside.example.org"] = [["192.168.0.10"]]
    server.faults.append(Fault(act=redirect(location)))
    with pytest.raises(AddressRefused):
        await fetcher.fetch(f"{PICTURES}/a.png")
    assert len(server.log) == 1


async def test_redirects_are_followed(
    fetcher: Fetcher, internet: LocalInternet, server: LocalServer, other: LocalServer, picture: bytes
) -> None:
    """Three redirects are followed, to other hosts as well."""
    internet.names["other.example.org"] = [[OTHER]]
    server.faults += [
        Fault(act=redirect("/2"), path="/1"),
        Fault(act=redirect("http://other.example.org/3"), path="/2"),
    ]
    other.faults.append(Fault(act=redirect(f"{PICTURES}/4")))
    assert await fetcher.fetch(f"{PICTURES}/1") == picture
    assert server.paths() == ["/1", "/2", "/4"]


async def test_redirect_loop(fetcher: Fetcher, server: LocalServer) -> None:
    """An address that sends in circles is left after three redirects."""
    server.faults.append(Fault(act=redirect("/again")))
    with pytest.raises(AddressUnreachable):
        await fetcher.fetch(f"{PICTURES}/a.png")
    assert len(server.log) == 4


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (status(404), AddressUnreachable),
        (status(503), AddressUnreachable),
        (status(302), AddressUnreachable),
        (hang_up(), AddressUnreachable),
        (cut(), AddressUnreachable),
        (packed(bytes(50 * MEGABYTE)), AddressUnreachable),
        (body(b"x", Content_Encoding="br"), AddressUnreachable),
        (body(b"x", X_Long="y" * 100_000), AddressUnreachable),
        (page(), PageNotPicture),
        (page(""), PageNotPicture),
        (body(b"{}"), NotAPicture),
        (body(b"", kind="image/png"), NotAPicture),
        (body(b"MZ" + bytes(9_000), kind="image/png"), NotAPicture),
        (body(bytes(MEGABYTE + 1), kind="image/png"), FileTooLarge),
    ],
    ids=[
        "404",
        "503",
        "redirect to nowhere",
        "hangs up",
        "cut off",
        "gzip bomb",
        "other packing",
        "long header",
        "page",
        "empty page",
        "json",
        "empty",
        "program",
        "too large",
    ],
)
async def test_no_picture(fetcher: Fetcher, server: LocalServer, act: Act, error: type[Exception]) -> None:
    """What is no picture, or none within the limits, has an error of its own."""
    server.faults.append(Fault(act=act))
    with pytest.raises(error) as caught:
        await fetcher.fetch(f"{PICTURES}/a.png")
    assert type(caught.value) is error


async def test_format_is_left_to_the_decoder(fetcher: Fetcher, server: LocalServer) -> None:
    """A picture of a format that is not read is handed over, for the decoder has the sentence for it."""
    server.faults.append(Fault(act=body(b"%PDF-1.7", kind="image/png")))
    assert not issubclass(UnsupportedFormat, NotAPicture)
    assert await fetcher.fetch(f"{PICTURES}/a.png") == b"%PDF-1.7"


async def test_claimed_gigabyte(fetcher: Fetcher, server: LocalServer) -> None:
    """Who claims a gigabyte is left before any of it is read."""
    server.faults.append(Fault(act=promise(length=1000 * MEGABYTE)))
    with pytest.raises(FileTooLarge) as caught:
        await fetcher.fetch(f"{PICTURES}/a.png")
    assert caught.value.values == {"size": 1000, "maximum": 1}


async def test_endless_body(fetcher: Fetcher, server: LocalServer, picture: bytes) -> None:
    """Who claims nothing and sends without end is left at the limit."""
    sent: list[int] = []
    server.faults.append(Fault(act=promise(first=picture, sent=sent)))
    with pytest.raises(FileTooLarge):
        await fetcher.fetch(f"{PICTURES}/a.png")
    assert sum(sent) < 20 * MEGABYTE


async def test_no_picture_is_left_early(fetcher: Fetcher, server: LocalServer) -> None:
    """What cannot be a picture is left after its first bytes, long before the limit."""
    server.faults.append(Fault(act=promise(first=b"MZ" + bytes(9_000), length=900_000)))
    with pytest.raises(NotAPicture):
        await fetcher.fetch(f"{PICTURES}/a.png")


@pytest.mark.parametrize("place", ["look-up", "head", "body", "redirects"])
async def test_too_slow(
    internet: LocalInternet, server: LocalServer, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One deadline holds for the look-up, the head, the body and all redirects together."""

    async def never(_: object) -> Sequence[str]:
        return await asyncio.Future()

    if place == "look-up":
        monkeypatch.setattr(internet, "look_up", never)
    acts = {"head": wait, "body": slow(seconds=60, pieces=1000), "redirects": wait}
    server.faults += [Fault(act=acts[place])] if place in acts else []
    if place == "redirects":
        server.faults.insert(0, Fault(act=redirect("/next"), path="/a.png"))
    async with Fetcher(FetchLimits(seconds=0.3), network=internet) as fetcher:
        with pytest.raises(AddressUnreachable):
            await fetcher.fetch(f"{PICTURES}/a.png")


async def test_nothing_is_told_about_us(
    fetcher: Fetcher, server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No cookie comes back, no page is named, no proxy is asked, no packing is wished for."""
    proxied = dict.fromkeys(("http_proxy", "HTTP_PROXY", "all_proxy"), "http://127.0.0.1:9")
    for name, value in proxied.items():
        monkeypatch.setenv(name, value)
    server.faults.append(Fault(act=status(302, Location="/b.png", Set_Cookie="seen=1"), path="/a.png"))
    await fetcher.fetch(f"{PICTURES}/a.png")
    for logged in server.log:
        assert not {"cookie", "referer", "authorization", "origin"} & set(logged.headers)
        assert logged.headers["accept-encoding"] == "identity"


@pytest.mark.parametrize("host", ["nowhere.example.org", f"{'a' * 70}.example.org"])
async def test_unknown_name(fetcher: Fetcher, host: str) -> None:
    """A name that cannot be looked up is a sentence with that name."""
    with pytest.raises(AddressUnreachable, match=r"example\.org"):
        await fetcher.fetch(f"http://{host}/a.png")


async def test_many_at_once(fetcher: Fetcher, server: LocalServer, picture: bytes) -> None:
    """Many fetches at once all have their picture."""
    fetched = await asyncio.gather(*(fetcher.fetch(f"{PICTURES}/{number}") for number in range(40)))
    assert fetched == [picture] * 40
    assert len(server.log) == 40


def test_usual_network_is_the_internet() -> None:
    """Without a network of a test's own the system's is used, and no setting names another."""
    assert type(Fetcher()._network) is Internet
    assert not [name for name in Settings.model_fields if "network" in name or "resolve" in name]


async def test_internet_looks_up() -> None:
    """The system's resolver is asked, and what was checked is connected to."""
    internet: Network = Internet()
    assert "127.0.0.1" in await internet.look_up("localhost")
    assert internet.route(PUBLIC, 443) == (PUBLIC, 443)


async def test_this_machine_by_its_name(server: LocalServer) -> None:
    """With the system's resolver this machine is not reached either, by whatever it calls itself."""
    async with Fetcher() as fetcher:
        for host in ("localhost", "127.0.0.1", os.uname().nodename):
            with pytest.raises(AddressRefused):
                await fetcher.fetch(f"http://{host}/")
    assert server.log == []


def promise(*, first: bytes = b"", length: int | None = None, sent: list[int] | None = None) -> Act:
    """Promise a body of some length, send its beginning, and go on without end where no length is claimed."""

    async def act(request: web.Request, _handler: Handler) -> web.StreamResponse:
        response = web.StreamResponse()
        response.content_length = length
        await response.prepare(request)
        await response.write(first)
        while length is None:
            await response.write(bytes(100_000))
            if sent is not None:
                sent.append(100_000)
        await asyncio.Future()
        return response

    return act


async def wait(_request: web.Request, _handler: Handler) -> web.Response:
    """Never answer."""
    return await asyncio.Future()
