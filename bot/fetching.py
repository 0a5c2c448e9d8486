"""Fetch pictures from addresses that strangers name, and reach nothing but the public internet."""

import asyncio
import math
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final, Protocol, Self

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.addresses import check_redirect, check_url, is_public
from model.sniffing import sniff
from storage.errors import (
    AddressRefused,
    AddressUnreachable,
    FileTooLarge,
    NotAPicture,
    PageNotPicture,
)

if TYPE_CHECKING:
    from yarl import URL

MEGABYTE = 1_000_000
CHUNK = 1 << 16
HEAD = 4096  # bytes that show whether it is a picture
AT_ONCE = 16

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
HEADERS: Final = {
    "User-Agent": "Grimche",
    "Accept": "image/avif,image/webp,image/*;q=0.9,*/*;q=0.1",
    "Accept-Encoding": "identity",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """What one address may cost; `seconds` are for everything together, redirects included."""

    megabytes: int = 20
    seconds: float = 20
    redirects: int = 3


class Network(Protocol):
    """How names become addresses, and where a connection to a checked address really goes."""

    async def look_up(self, host: str) -> Sequence[str]:
        """List the addresses of a host in digits; raises OSError."""
        ...

    def route(self, address: str, port: int) -> tuple[str, int]:
        """Say what to connect to for an address that has been checked."""
        ...


class Internet:
    """The network as it is.  Tests put one of their own in its place; no setting can."""

    async def look_up(self, host: str) -> Sequence[str]:
        """Ask the system's resolver."""
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(str(place[0]) for *_, place in found))

    def route(self, address: str, port: int) -> tuple[str, int]:
        """Connect to just what was checked."""
        return address, port


class Fetcher:
    """Fetches pictures; enter it with `async with`.

    A connection goes to the very address that was checked, so a name that means something else a moment
    later leads nowhere.  There are no cookies, no proxies and no memory of earlier fetches.
    """

    def __init__(self, limits: FetchLimits | None = None, *, network: Network | None = None) -> None:
        self._limits = limits or FetchLimits()
        self._network = network or Internet()

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(
            resolver=_Guard(self._network), use_dns_cache=False, force_close=True, limit=AT_ONCE
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            timeout=aiohttp.ClientTimeout(total=None),
            headers=HEADERS,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def fetch(self, address: str) -> bytes:
        """Fetch a picture.

        Raises AddressRefused, AddressUnreachable, FileTooLarge, NotAPicture and PageNotPicture.
        """
        url = check_url(address)
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await self._follow(url)
        except (aiohttp.ClientError, OSError, ValueError) as error:  # TimeoutError is an OSError
            raise AddressUnreachable(host=url.host or "") from error

    async def _follow(self, url: "URL") -> bytes:
        first = url
        for _ in range(self._limits.redirects + 1):
            async with self._session.get(url, allow_redirects=False) as response:
                location = response.headers.get("Location")
                if response.status not in REDIRECTS or location is None:
                    return await self._read(response)
                url = check_redirect(url, location)
        raise AddressUnreachable(host=first.host or "")

    async def _read(self, response: aiohttp.ClientResponse) -> bytes:
        """Read the body, and stop as soon as it cannot be a picture that we take."""
        # What is packed is not unpacked at all: pictures are not, and bombs are.
        packed = response.headers.get("Content-Encoding", "identity").strip().lower() != "identity"
        if response.status != HTTPStatus.OK or packed:
            raise AddressUnreachable(host=response.url.host or "")
        self._check_size(response.content_length or 0)
        data = bytearray()
        is_picture = False
        async for chunk in response.content.iter_chunked(CHUNK):
            data += chunk
            self._check_size(len(data))
            if not is_picture and len(data) >= HEAD:
                is_picture = _check_head(data, response.content_type)
        _check_head(data, response.content_type)
        return bytes(data)

    def _check_size(self, size: int) -> None:
        if size > self._limits.megabytes * MEGABYTE:
            raise FileTooLarge(size=math.ceil(size / MEGABYTE), maximum=self._limits.megabytes)


class _Guard(AbstractResolver):
    """Looks names up for each connection anew, and gives none that leads into a network's own part."""

    def __init__(self, network: Network) -> None:
        self._network = network

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002  the signature is aiohttp's
    ) -> list[ResolveResult]:
        found = await self._network.look_up(host)
        if not found or not all(is_public(ip_address(address)) for address in found):
            raise AddressRefused
        return [_result(host, *self._network.route(address, port)) for address in found]

    async def close(self) -> None:
        """Leave nothing open, for nothing is."""


def _result(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    return ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=flags)


def _check_head(data: bytearray, content_type: str) -> bool:
    """Refuse what is no picture by its first bytes; the page around one is the usual mistake."""
    head = bytes(data[:HEAD])
    if sniff(head) is None:
        is_page = content_type in {"text/html", "application/xhtml+xml"}
        raise PageNotPicture if is_page else NotAPicture
    return True
