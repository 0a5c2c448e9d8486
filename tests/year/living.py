"""Live through a year: what happens on which day, and what was seen of it."""

import asyncio
import json
import logging
import random
import shutil
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from storage.records import Job, JobKind, JobState
from tests import deadly
from tests.platforms.world import Work, World
from tests.year import admins
from tests.year.asking import Crowd, Discord, Fate, Telegram
from tests.year.calendar import DAYS, FIRST, Year, unseen
from tests.year.killing import PHASES, SERVING, is_backed_up, run
from tests.year.town import Town, town, until
from tests.year.truth import differences, read
from tests.year.wholeness import faults

log = logging.getLogger(__name__)

SEED = 11
CHANGED = {"titleName": "name"}  # what the platform calls a field from one day on
# No night comes in real time: what is due by itself is what a start makes up for.
_SCHEDULE = {"GRIMCHE_SCRAPE_PLATFORMS": "naver", "GRIMCHE_SCRAPE_CRON": "0 0 1 1 *"}
_BRIEFLY = ("--epochs", "1", "--steps", "1", "--minimum", "10")
_LONG = 1200.0
_NIGHT = 30.0  # seconds between two runs while something learns
_LATE = 0.9  # of the year, after which nothing more happens than what has begun
_FOLLOWS = 60.0  # seconds until answers know what a run has brought, of which three mostly suffice


Happening = tuple[float, Callable[[], Awaitable[object]]]


@dataclass(slots=True, kw_only=True)
class Report:
    """What was seen; `debuts` pairs whom answers named with who drew, and `seconds` is how long it took.

    `made_up` counts the runs that the process made by itself, soon after a start.
    """

    runs: int = 0
    answered: int = 0
    sorry: int = 0
    strange: list[str] = field(default_factory=list)
    debuts: list[tuple[str, str]] = field(default_factory=list)
    told_of_change: int = 0
    harmed: list[str] = field(default_factory=list)
    verdicts: tuple[str, ...] = ()
    served: tuple[str, ...] = ()
    rolled_back_to: str = ""
    crashes: list[str] = field(default_factory=list)
    made_up: int = 0
    deaths: int = 0
    differences: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(slots=True, kw_only=True)
class Life:
    """A town in which a year goes by, run after run."""

    town: Town
    year: Year
    crowd: Crowd
    days_a_run: int
    learns: bool
    report: Report = field(default_factory=Report)
    new: list[Work] = field(default_factory=list)  # works of artists about whom nobody has asked yet

    def pass_days(self) -> list[Work]:
        """Let the days of one run go by, as far as the year has them."""
        self.new += self.year.pass_days(min(self.days_a_run, DAYS - self.year.day))
        return self.new

    async def run(self) -> None:
        """Let days go by, scrape, and ask about artists who were not there before."""
        new = self.pass_days()
        on_discord = self.report.runs % 2 == 1
        await admins.scrape(self.town, on_discord=on_discord)
        self.report.runs += 1
        self.new = []
        for work in new:
            picture = unseen(self.year.world, work, self.report.runs)
            name = f"Fan of {work.painters[0].name}"
            fans = Telegram(self.town.telegram.person(name)), Discord(self.town.discord.person(name))
            for fan in fans:
                named = await self._named(fan, picture, hoped=work.painters[0].name)
                self.report.debuts.append((named, work.painters[0].name))

    async def _named(self, fan: Telegram | Discord, picture: bytes, *, hoped: str) -> str:
        """Ask who drew a picture, again as long as the process that serves may not have seen the news yet."""
        until_then = time.monotonic() + _FOLLOWS
        while (named := (await fan.ask(picture)).artist) != hoped and time.monotonic() < until_then:  # noqa: ASYNC110
            await asyncio.sleep(1)
        return named

    async def change_interface(self) -> None:
        """Let the platform rename a field for two runs, and mend what reads it, which is renaming it back."""
        before = await read(self.town.database)
        self.town.chief.dm.messages.clear()
        self.town.local.api.rename = CHANGED
        for _ in range(2):  # both by the same admin: the other one is told unasked
            await admins.scrape(self.town)
        await until(lambda: admins.told_on_discord(self.town))
        self.report.told_of_change = len([t for t in admins.told_on_discord(self.town) if t.startswith("⚠")])
        after = await read(self.town.database)
        self.report.harmed = [key for key in before if after.get(key) != before[key]]
        self.town.local.api.rename = {}

    async def crash(self, phase: str, begin: Callable[[], Awaitable[object]]) -> None:
        """Kill whoever is in the midst of a phase, and start again."""
        what, opened = PHASES[phase], self.town
        await self.crowd.quiet()
        count = random.Random(f"{SEED} {phase}").randint(1, max(what.events // 3, 2))
        deadly.give(opened.orders, deadly.Order(begin=what.begin, count=count, command=what.victim))
        await begin()
        await until(self._is_dead, seconds=_LONG)
        if what.victim == SERVING:
            await opened.dies()
        self.report.crashes.append(f"{phase}: {deadly.points(opened.orders)[-1]}")
        log.info("day %d: died in %s", self.year.day, self.report.crashes[-1])
        opened.let_nights_pass("scrape")
        await opened.restart()
        await until(lambda: not opened.workers() or self._hurries(), seconds=_LONG)
        self.crowd.calm.set()
        await self.make_up()

    async def make_up(self) -> None:
        """Wait until the process has made, by itself, the run that its start found due."""
        run = "SELECT 1 FROM notes WHERE name = 'last scrape' AND value > '2021'"
        await until(lambda: self.town.ask(run), seconds=_LONG)

    def _is_dead(self) -> bool:
        self._hurries()
        return not deadly.is_given(self.town.orders)

    def _hurries(self) -> None:
        for pid in self.town.children():
            admins.hurry(pid)

    async def retrain(self, init: str, *, on_discord: bool = False) -> None:
        """Retrain as an admin chooses in a chat, while days go by, and note what came of it."""
        job = await admins.retrain(self.town, init, on_discord=on_discord)
        await self._through(job)

    async def retrain_briefly(self, init: str) -> None:
        """Train for a few steps only, as the command line lets one, and note what came of it."""
        await self._through(await self.train(init))

    async def train(self, init: str) -> Job:
        """Begin to train for a few steps; from scratch that comes to nothing."""
        before = await admins.latest(self.town, JobKind.RETRAIN)
        await run(self.town, "train", "--background", "--init", init, *_BRIEFLY)
        return await admins.begun(self.town, before)

    async def _through(self, job: Job) -> None:
        while (found := await admins.of_id(self.town, job.id)).state is JobState.RUNNING:
            self._hurries()
            await asyncio.sleep(_NIGHT)
            if self.year.day < DAYS * _LATE:
                await self.run()
        self.report.verdicts += (str(found.figures.get("verdict", found.error)),)
        self.report.served += (self.current(),)
        log.info("day %d: %s, and %s serves", self.year.day, self.report.verdicts[-1], self.current())

    def copy_of_current(self) -> Path:
        """Copy the folder of a generation under another name, as one that comes from another machine."""
        source = max(self.town.data.glob("generations/2*"))  # named by the time at which it was made
        place = self.town.data.with_name(f"brought-{len(self.report.crashes)}")
        shutil.copytree(source, place)
        manifest = json.loads((place / "manifest.json").read_text())
        (place / "manifest.json").write_text(json.dumps({**manifest, "id": place.name}))
        return place

    async def lose_backup(self) -> None:
        """Let no backup be there, and start: another one is begun soon after."""
        for path in self.town.data.glob("backups/*.tar"):
            path.unlink()
        self.town.let_nights_pass("backup")
        await self.town.restart()

    def current(self) -> str:
        """Name the generation that serves."""
        ((name,),) = self.town.ask("SELECT id FROM generations WHERE is_current = 1")
        return str(name)

    async def roll_back(self) -> None:
        """Go back, and note to what."""
        before = self.current()
        await admins.roll_back(self.town)
        await until(lambda: self.current() != before, seconds=_LONG)
        self.report.rolled_back_to = self.current()


async def live(data: Path, *, days_a_run: int, learns: bool) -> Report:
    """Let a year go by, in which new generations are trained or none is, and say what was seen."""
    began = time.monotonic()
    world = World(SEED, works=12, instalments=240, drawings=6, day=FIRST)
    if learns:  # what is worse shows where there is much, and nothing is made of other drawings
        world = World(SEED, works=24, instalments=384, drawings=None, day=FIRST)
    year = Year(world=world, dice=random.Random(SEED))
    dice = random.Random(SEED)

    def draw() -> bytes:
        return unseen(year.world, dice.choice(year.world.works), dice.randrange(20))

    async with town(data, year.world) as opened:
        crowd = Crowd(town=opened, draw=draw)
        life = Life(town=opened, year=year, crowd=crowd, days_a_run=days_a_run, learns=learns)
        opened.env |= _SCHEDULE
        await opened.start()
        await life.make_up()
        asking = asyncio.create_task(crowd.run())
        await _go_through(life)
        crowd.end()
        await asking
        return await _report(life, seconds=time.monotonic() - began)


async def _go_through(life: Life) -> None:
    """Live to the end of the year; what happens has its share of it."""
    happens = _happenings(life)
    while life.year.day < DAYS or happens:
        if happens and life.year.day >= DAYS * happens[0][0]:
            log.info(
                "day %d: %d runs; another thing happens, %d follow",
                life.year.day,
                life.report.runs,
                len(happens) - 1,
            )
            await happens.pop(0)[1]()
        elif life.year.day < DAYS:
            await life.run()


def _happenings(life: Life) -> list[Happening]:
    """Say what happens when, in shares of the year."""

    def scrape() -> Awaitable[object]:
        life.pass_days()
        return admins.begin_scrape(life.town)

    async def add() -> None:
        await run(life.town, "generations", "add", str(life.copy_of_current()))

    ordinary: list[Happening] = [
        (0.15, lambda: life.crash("scrape", scrape)),
        (0.20, lambda: life.crash("embed", scrape)),
        (0.30, life.change_interface),
        (0.35, lambda: life.crash("backup", life.lose_backup)),
    ]
    learning: list[Happening] = [
        (0.10, lambda: life.retrain("starter")),
        (0.40, lambda: life.retrain("current", on_discord=True)),
        (0.50, life.roll_back),
        (0.55, lambda: life.crash("retrain", lambda: life.train("current"))),
        (0.65, lambda: life.retrain_briefly("scratch")),
        (0.75, lambda: life.crash("gate", add)),
        (0.80, lambda: life.crash("promotion", add)),
        (0.85, lambda: life.retrain_briefly("current")),
    ]
    return sorted([*ordinary, *(learning if life.learns else [])], key=lambda one: one[0])


async def _report(life: Life, *, seconds: float) -> Report:
    report, crowd = life.report, life.crowd
    await until(lambda: is_backed_up(life.town) and not life.town.workers(), seconds=_LONG)
    report.answered, report.sorry = crowd.fates[Fate.ANSWERED], crowd.fates[Fate.SORRY]
    ((report.made_up,),) = life.town.ask(
        "SELECT count(*) FROM jobs WHERE kind = 'scrape' AND who = 'schedule'"
    )
    report.strange, report.deaths = crowd.strange, life.town.deaths
    report.differences = await differences(life.town.database, life.year)
    report.faults = await faults(life.town.data, serving=1, temporary=life.town.temporary)
    report.seconds = seconds
    return report
