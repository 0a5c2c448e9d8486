"""Ask platforms politely: the one client through which every request goes."""

import asyncio
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from math import inf, isinf
from types import MappingProxyType, TracebackType
from typing import Self

import httpx
import stamina
import stamina.instrumentation

from scraper.answers import Passing, content_type_of
from scraper.body import BodyDamaged, BodyTooLarge, read_body
from scraper.identity import agent
from scraper.lane import Host, Lane
from scraper.memory import Body, Memory, Remembered
from scraper.origins import address_of, origin_of
from scraper.pace import Clock
from scraper.robots import parse_robots
from storage.errors import BudgetSpent, Gated, NoAnswer, RunEnded, ShapeChanged, SourceError

__all__ = ["Body", "Client", "Clock", "Host", "Memory", "Patience"]

MAXIMUM = 16 << 20  # bytes of an answer, unpacked
_REDIRECTS = 4
_NAMED_FAULTS = (httpx.TimeoutException, httpx.NetworkError, httpx.RemoteProtocolError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait for a platform, in seconds, and how often to try.

    `first_wait` doubles with each of the `attempts`, and some jitter comes on top.  `connect` is for a
    connection, `silence` for the next piece of an answer, and `whole` for all of one try; `clock` is for
    the pace.
    """

    attempts: int = 4
    first_wait: float = 1.0
    connect: float = 10.0
    silence: float = 20.0
    whole: float = 90.0
    clock: Clock = field(default_factory=Clock)


_PATIENT = Patience()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """What a caller wants of an address."""

    maximum: int
    kinds: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


class Client:
    """Ask the origins of `hosts` and no others, until `async with` ends.

    Each origin has its own pace, and its robots.txt is read first and kept to.  There are no cookies, no
    logins and no proxies, and redirects stay inside the platform.  `pace` multiplies every host's; infinity
    lifts them for tests.  At most `budget` requests are made, whatever they are for.  Answers in `memory`
    are asked about, not for.
    """

    def __init__(
        self,
        hosts: Sequence[Host],
        *,
        contact: str = "",
        pace: float = 1.0,
        budget: int | None = None,
        patience: Patience = _PATIENT,
        memory: Memory | None = None,
    ) -> None:
        self._lanes = {
            origin: Lane(host, origin=origin, factor=pace, clock=patience.clock)
            for host in hosts
            for origin in dict.fromkeys(origin_of(httpx.URL(address)) for address in host.origins)
        }
        self._budget = inf if budget is None else budget
        self._patience = patience
        self._memory = memory or Memory()
        # stamina would print a line for each retry, across the progress bar.
        stamina.instrumentation.set_on_retry_hooks(())
        wait = 0.0 if isinf(pace) else patience.first_wait
        self._retry = stamina.AsyncRetryingCaller(
            attempts=patience.attempts,
            timeout=None,
            wait_initial=wait,
            wait_max=30 * wait,
            wait_jitter=wait,
        )
        self._headers = {
            "User-Agent": agent(contact),
            "Accept": "*/*",
            "Accept-Encoding": "gzip",
            "Accept-Language": "ko-KR,ko;q=0.9",
        }
        self._limits = {
            "connect": patience.connect,
            "read": patience.silence,
            "write": patience.silence,
            "pool": None,
        }
        # The transport alone: cookies, logins, redirects and proxies are what httpx's client adds to it.
        self._http = httpx.AsyncHTTPTransport(
            verify=_trusted(),
            http2=True,
            limits=httpx.Limits(max_connections=None, keepalive_expiry=30),
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    @property
    def requests(self) -> Mapping[str, int]:
        """How many requests each origin got, those that failed and those for robots.txt included."""
        return {origin: lane.requests for origin, lane in self._lanes.items()}

    async def get(
        self,
        address: str,
        *,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] = MappingProxyType({}),
        maximum: int = MAXIMUM,
        kinds: Sequence[str] = (),
    ) -> Body:
        """Fetch an address of one of the hosts, with retries.

        `params` are added to its query, and `headers` to those of its host.  `kinds` are beginnings of the
        content types that are borne, any when there are none.  The answer may have `maximum` bytes.

        Raises `RunEnded` when nothing more should be asked of the platform, and another `SourceError`
        (`Gated`, `NotThere`, `ShapeChanged` or plain) when it is only this address that cannot be had.
        """
        url = self._own(address)
        url = url.copy_merge_params(params) if params else url
        wish = _Wish(maximum=maximum, kinds=tuple(kinds), headers=headers)
        return await self._follow(url, wish)

    def _own(self, address: str) -> httpx.URL:
        """Read an address and refuse what none of the hosts has."""
        platform = next(iter(self._lanes.values())).host.platform
        url = address_of(address, platform=platform)
        if origin_of(url) not in self._lanes:
            raise SourceError(platform=platform, fault=f"{url.host} is none of its own hosts.")
        return url

    async def _follow(self, url: httpx.URL, wish: _Wish) -> Body:
        for _ in range(_REDIRECTS):
            lane = self._lanes[origin_of(url)]
            if lane.rules is None:
                await self._read_rules(lane)
            lane.check(url)
            answer = await self._ask(lane, url, wish=wish)
            if isinstance(answer, Body):
                return answer
            url = self._inside(lane, answer)
        raise SourceError(platform=lane.host.platform, fault=f"{url.path} redirects again and again.")

    async def _ask(self, lane: Lane, url: httpx.URL, *, wish: _Wish) -> Body | httpx.URL:
        """Ask for `url`, and when refusals add up, for what was fine before."""
        try:
            return await self._persist(lane, url, wish=wish)
        except SourceError:
            probe = lane.probe()
            if probe is not None:
                await self._persist(lane, probe, wish=_Wish(maximum=MAXIMUM))
            raise

    def _inside(self, lane: Lane, url: httpx.URL) -> httpx.URL:
        """Let a redirect through that stays inside the platform."""
        platform = lane.host.platform
        target = self._lanes.get(origin_of(url))
        if target is not None and target.host.platform is platform:
            return url.copy_with(userinfo=b"", fragment=None)
        if "login" in f"{url.host}{url.path}".lower():
            raise Gated(platform=platform, where=url.path)
        raise SourceError(platform=platform, fault=f"it redirects to {url.host}, which is not its own host.")

    async def _read_rules(self, lane: Lane) -> None:
        """Learn an origin's rules, once."""
        async with lane.asking:
            if lane.rules is None:
                lane.obey(parse_robots(await self._robots(lane)))

    async def _robots(self, lane: Lane) -> bytes:
        """Fetch a robots.txt; where there is none, or none for us, everything is allowed (RFC 9309)."""
        url = httpx.URL(lane.origin).join("/robots.txt")
        for _ in range(_REDIRECTS):
            try:
                answer = await self._persist(self._lanes[origin_of(url)], url, wish=_Wish(maximum=MAXIMUM))
            except (NoAnswer, RunEnded):
                raise
            except SourceError:
                break
            if isinstance(answer, Body):
                return answer.data
            url = answer
            if origin_of(url) not in self._lanes:
                break
        return b""

    async def _persist(self, lane: Lane, url: httpx.URL, *, wish: _Wish) -> Body | httpx.URL:
        """Try until there is an answer or a redirect, or patience ends."""
        try:
            return await self._retry(_wait_for, self._try, lane, url, wish=wish)
        except Passing as error:
            raise lane.give_up(error) from error

    async def _try(self, lane: Lane, url: httpx.URL, *, wish: _Wish) -> Body | httpx.URL:
        """Make one request, at its turn."""
        async with lane.turn():
            self._spend(lane)
            try:
                async with asyncio.timeout(self._patience.whole):
                    return await self._exchange(lane, url, wish=wish)
            except _NAMED_FAULTS as error:
                raise Passing(f"failed ({type(error).__name__})") from error
            except TimeoutError as error:
                raise Passing("took too long") from error
            except BodyDamaged as error:
                raise Passing(f"sent a damaged body: {error}") from error
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise SourceError(platform=lane.host.platform, fault=f"{url.path}: {error}.") from error

    async def _exchange(self, lane: Lane, url: httpx.URL, *, wish: _Wish) -> Body | httpx.URL:
        known = self._memory.recall(str(url))
        headers = {**self._headers, **lane.host.headers, **wish.headers, **_conditions(known)}
        request = httpx.Request("GET", url, headers=headers, extensions={"timeout": self._limits})
        response = await self._http.handle_async_request(request)
        response.request = request
        try:
            lane.judge(response)
            if response.has_redirect_location:
                return url.join(response.headers["location"])
            if known is not None and response.status_code == httpx.codes.NOT_MODIFIED:
                return replace(known.body, unchanged=True)
            body = await _body(lane, response, wish=wish)
        finally:
            await response.aclose()
        etag, modified = response.headers.get("etag", ""), response.headers.get("last-modified", "")
        self._memory.keep(str(url), Remembered(body=body, etag=etag, modified=modified))
        return body

    def _spend(self, lane: Lane) -> None:
        if sum(each.requests for each in self._lanes.values()) >= self._budget:
            raise BudgetSpent(platform=lane.host.platform, maximum=int(self._budget))
        lane.requests += 1


@cache
def _trusted() -> ssl.SSLContext:
    """Load the certificates, which takes longer than all else that opening a client does."""
    return httpx.create_ssl_context(trust_env=False)


def _conditions(known: Remembered | None) -> dict[str, str]:
    """Ask for an answer only if it is another than the one that is known."""
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.modified} if known else {}
    return {name: value for name, value in asked.items() if value}


async def _body(lane: Lane, response: httpx.Response, *, wish: _Wish) -> Body:
    platform, where = lane.host.platform, response.url.path
    kind = content_type_of(response)
    if response.status_code != httpx.codes.OK:
        raise SourceError(platform=platform, fault=f"{where} has not changed, but was never asked for.")
    if wish.kinds and not kind.startswith(wish.kinds):
        raise ShapeChanged(platform=platform, field="Content-Type", where=where)
    try:
        data = await read_body(response, maximum=wish.maximum)
    except BodyTooLarge as error:
        raise SourceError(platform=platform, fault=f"{where} is larger than {wish.maximum} bytes.") from error
    return Body(data=data, content_type=kind, url=str(response.url))


def _wait_for(error: Exception) -> bool | float:
    """Say whether to try again, and when the platform said so, after how long."""
    if not isinstance(error, Passing):
        return False
    return True if error.wait is None else error.wait
