"""Notice when a retrain has ended, whoever started it, and tell the admins who do not follow it."""

import asyncio
import logging
from typing import TYPE_CHECKING, Final, Self

from bot import generations_job, retrain_job
from bot import texts as all_texts
from bot.texts import Language
from storage import database, jobs, notes
from storage.errors import GrimcheError
from storage.records import JobKind, JobState

if TYPE_CHECKING:
    from bot.boards import Boards
    from bot.following import Following
    from bot.retrain_desk import RetrainDesk
    from bot.settings import Settings
    from storage.records import Job

log = logging.getLogger(__name__)

EVERY: Final = 2.0  # seconds between two looks
TOLD: Final = "told retrain"  # the number of the last one whose end was told


class RetrainWatch:
    """Looks at the latest retrain now and then; enter it with `async with`."""

    def __init__(
        self, settings: "Settings", desk: "RetrainDesk", *, boards: "Boards", following: "Following"
    ) -> None:
        self._settings = settings
        self._desk = desk
        self._boards = boards
        self._following = following

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.wait({self._task})

    async def resume(self) -> None:
        """Clear up what crashes left, and let a retrain go on that was killed, with who followed it."""
        try:
            await generations_job.sweep(self._settings)
            killed = await self._last()
            job = await retrain_job.resume(self._settings)
            if killed is not None and job is not None:
                await self._following.move(killed.id, to=job.id)
        except GrimcheError as error:
            log.warning("a retrain could not be taken up again: %s", error)

    async def _run(self) -> None:
        while True:
            try:
                await self._look()
            except GrimcheError as error:
                log.warning("it was not looked after retrains: %s", error)
            await asyncio.sleep(EVERY)

    async def _look(self) -> None:
        job = await self._last()
        has_ended = job is not None and job.state is not JobState.RUNNING
        async with database.connect(self._settings.database, read_only=True) as connection:
            noted = await notes.get_note(connection, TOLD)
        newest = job.id if job is not None and has_ended else int(noted or 0)
        # What had ended before anybody could be told is old.
        if job is not None and noted is not None and newest > int(noted):
            await self._tell(job)
        elif noted != str(newest):
            async with database.connect(self._settings.database) as connection:
                await notes.save_note(connection, TOLD, value=str(newest))

    async def _tell(self, job: "Job") -> None:
        notices = {language: await self._desk.say(job, all_texts.get(language)) for language in Language}
        readers = await self._following.followers_of(job.id)
        await self._boards.tell_all(
            lambda texts: notices[texts.language], without=readers, note=(TOLD, str(job.id))
        )
        self._following.hurry()

    async def _last(self) -> "Job | None":
        async with database.connect(self._settings.database, read_only=True) as connection:
            return await jobs.last(connection, JobKind.RETRAIN)
