"""Keep to what one origin bears: its pace, its rules, and when to leave it alone."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx

from scraper.answers import REFUSING, Passing, judge
from scraper.circuit import Circuit
from scraper.pace import Clock, Pace
from scraper.robots import Rules
from storage.errors import NoAnswer, RobotsForbid, RunEnded, SourceError
from storage.records import Platform

_LONGEST_WAIT = 600.0  # seconds; a platform that wants more is left alone for this run


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """How to treat some of a platform's `origins`, those of its interface or those of its images.

    `pace` is in requests per second and `concurrency` in requests at once, for each origin.
    """

    platform: Platform
    origins: tuple[str, ...]
    pace: float
    concurrency: int = 2
    headers: Mapping[str, str] = field(default_factory=dict)


class Lane:
    """Hold what is known of one `origin` during a run."""

    def __init__(self, host: Host, *, origin: str, factor: float, clock: Clock) -> None:
        """Know nothing yet; `factor` multiplies the pace."""
        self.host = host
        self.origin = origin
        self.rules: Rules | None = None
        self.asking = asyncio.Lock()  # for the rules
        self.requests = 0
        self._good: httpx.URL | None = None  # the last address that was fine
        self._probing = False
        self._hurried = factor > 1
        self._pace = Pace(host.pace * factor, clock=clock)
        self._name = httpx.URL(origin).netloc.decode()
        self._circuit = Circuit(host.platform, host=self._name)
        self._slots = asyncio.Semaphore(host.concurrency)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a free place and the next turn; raises `RunEnded` when the origin is left alone now."""
        self._circuit.check()
        async with self._slots:
            await self._pace.turn()
            self._circuit.check()  # others may have learned something meanwhile
            yield

    def obey(self, rules: Rules) -> None:
        """Keep to `rules` from now on."""
        self.rules = rules
        if not self._hurried:
            self._pace.widen(rules.interval)

    def check(self, url: httpx.URL) -> None:
        """Raise `RobotsForbid` when the rules do not allow `url`."""
        if self.rules is not None and not self.rules.allow(str(url)):
            raise RobotsForbid(platform=self.host.platform, host=self._name, path=url.path)

    def judge(self, response: httpx.Response) -> None:
        """Note how the origin behaves, and raise as `scraper.answers.judge` does, or `RunEnded`."""
        status = response.status_code
        try:
            judge(response, platform=self.host.platform)
        except Passing as passing:
            wait = passing.wait or 0.0
            if status in REFUSING or wait > _LONGEST_WAIT:
                self._pace.slow_down()
                self._circuit.refused(f"answered {status}", for_good=wait > _LONGEST_WAIT)
                self._circuit.check()
            self._pace.pause(wait)
            raise
        except SourceError:
            if status in REFUSING:
                self._refused(response)
            else:
                self._circuit.answered()
            raise
        self._circuit.answered()
        self._good, self._probing = response.url, False

    def _refused(self, response: httpx.Response) -> None:
        """Note a refusal; when even the address that was fine before is refused, there is no doubt."""
        sure = self._probing and response.url == self._good
        fault = f"answered {response.status_code}"
        self._circuit.refused(fault, trusted=self._good is not None, for_good=sure)
        self._circuit.check()

    def probe(self) -> httpx.URL | None:
        """Give an address to ask again, once, to learn whether the origin refuses us or a few addresses.

        Some image hosts refuse what they have lost, and a webtoon without its pictures must not end
        every run.
        """
        if self._probing or not self._circuit.doubtful:
            return None
        self._probing = self._good is not None
        return self._good

    def give_up(self, passing: Passing) -> SourceError:
        """Note a request whose retries were in vain, and make the error that says so."""
        self._circuit.silent(str(passing))
        try:
            self._circuit.check()
        except RunEnded as error:
            return error
        return NoAnswer(platform=self.host.platform, host=self._name, fault=str(passing))
