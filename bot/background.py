"""What the serving process does by itself: scrape at set times, keep the index current, follow jobs."""

import asyncio
import functools
import logging
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Self

from bot import backup_job, catalogue_jobs, scrape_job
from bot.boards import Boards
from bot.following import EVERY, Following
from bot.generation_work import GenerationWork
from bot.notices import Notice
from bot.retrain_desk import RetrainDesk
from bot.retrain_watch import RetrainWatch
from bot.rounds import Rounds
from bot.schedule import SOON, Schedule
from bot.scrape_words import fault_notice, lost_notice, news_notice, round_notice
from storage.errors import AlreadyRunning, GrimcheError, StorageError
from storage.records import JobKind

if TYPE_CHECKING:
    from bot.scrape_job import Round
    from bot.service import Service
    from bot.settings import Settings
    from bot.texts import Texts
    from storage.records import Job

log = logging.getLogger(__name__)

SCHEDULE: Final = "schedule"
BACKUP_CRON: Final = "0 4 * * *"  # in the zone of the scrapes, and before them


class Background:
    """The work beside the doors; enter it with `async with`, which raises StorageError.

    `every` are the seconds between two edits of a message that follows a job, and `soon` after a start is
    what was missed made up for.
    """

    def __init__(
        self, settings: "Settings", service: "Service", *, every: float = EVERY, soon: timedelta = SOON
    ) -> None:
        self._settings = settings
        self._service = service
        self.boards = Boards(settings.database, settings.networks)
        self._work = GenerationWork(settings)
        self.desk = RetrainDesk(settings, self._work)
        self.following = Following(settings.database, self.boards, say=self._say, every=every)
        self.rounds = Rounds(settings, self._told)
        self._schedule = Schedule(settings.database, zone=settings.scrape_zone, soon=soon)
        self._job = 0
        self._opened = AsyncExitStack()

    async def __aenter__(self) -> Self:
        watch = RetrainWatch(self._settings, self.desk, boards=self.boards, following=self.following)
        async with AsyncExitStack() as opened:
            await watch.resume()
            await opened.enter_async_context(self.following)
            await opened.enter_async_context(watch)
            await opened.enter_async_context(self.rounds)
            await opened.enter_async_context(self._work)
            await opened.enter_async_context(self._schedule)
            for work in (self._service.keep_current(), self._embed_rest()):
                opened.push_async_callback(_end, asyncio.create_task(work))
            await self._plan()
            self._opened = opened.pop_all()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._opened.aclose()

    async def _plan(self) -> None:
        if self._settings.scraped:
            await self._schedule.add("scrape", self._settings.scrape_cron, self._scrape)

        await self._schedule.add("backup", BACKUP_CRON, self._back_up)

    async def _embed_rest(self) -> None:
        """Let answers know what a crash kept from them; the next scrape may be a day away."""
        try:
            await catalogue_jobs.embed_rest(self._settings, who=SCHEDULE)
        except GrimcheError as error:
            log.warning("what a crash left could not be embedded: %s", error)

    async def _back_up(self) -> None:
        """Make the daily backup; why it cannot be made is told once."""
        fault: GrimcheError | None = None
        try:
            await backup_job.keep_backup(self._settings)
        except GrimcheError as error:
            fault = error
            log.warning("there is no backup of today: %s", error)
        key = fault.key if fault else ""
        await self.boards.tell_once("backup", key, say=functools.partial(_no_backup, fault))

    async def _scrape(self) -> None:
        """Make the round that is due, after one that is under way, here or in another process."""
        try:
            while not await self._begin_round():
                await scrape_job.until_free(self._settings)
        except GrimcheError as error:
            log.warning("the round could not begin as it should: %s", error)
        await self.rounds.finish()

    async def _begin_round(self) -> bool:
        """Begin the round that is due, or say that another process scrapes."""
        await self.rounds.finish()
        try:
            await self.rounds.begin(self._settings.scraped, who=SCHEDULE)
        except AlreadyRunning:
            return False
        return True

    async def _say(self, job: "Job", texts: "Texts") -> "Notice":
        if job.kind in {JobKind.RETRAIN, JobKind.PROMOTE, JobKind.DISCARD}:
            return await self.desk.say(job, texts)
        this = self.rounds.latest
        if this is not None and job.id in this.jobs:
            return round_notice(this, texts)
        return lost_notice(job, texts)

    async def _told(self, this: "Round") -> None:
        """Let messages follow the job in work, and say what came of a round that has ended."""
        try:
            if this.has_ended:
                await self._tell_of(this)
                self.following.hurry()
            elif self._job != this.job:
                await self.following.move(self._job, to=this.job)
        except StorageError as error:
            log.warning("a round could not be told of: %s", error)
        self._job = 0 if this.has_ended else this.job

    async def _tell_of(self, this: "Round") -> None:
        """Tell all whose messages do not follow a round what is wrong and, unless it was asked for, new."""
        readers = await self.following.followers_of(this.job)
        for leg in this.legs:
            if leg.tells_nothing:
                continue
            say = functools.partial(fault_notice, leg)
            await self.boards.tell_once(str(leg.platform), leg.fault, say=say, without=readers)
        brought = [leg for leg in this.legs if leg.webtoons or leg.artists]
        if brought and this.who == SCHEDULE:
            await self.boards.tell_all(functools.partial(news_notice, brought), without=readers)


def _no_backup(fault: GrimcheError | None, texts: "Texts") -> Notice:
    error = texts.error(fault) if fault else ""
    return Notice(text=f"⚠ {texts.format('backup-failed')}\n{error}")


async def _end(task: "asyncio.Task[None]") -> None:
    task.cancel()
    await asyncio.wait({task})
