"""What admins ask about retrains and generations, in commands and by buttons: the same on every network."""

import asyncio
import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from bot import generations_job, retrain_job
from bot.comparison_sheet import draw_comparison
from bot.generation_work import GenerationWork, generation_of, progress_of
from bot.notices import Notice
from bot.retrain_words import (
    USUAL_MINIMUM,
    ask_notice,
    back_notice,
    comparison_notice,
    discarded_notice,
    discarding_notice,
    drop_notice,
    job_notice,
    list_notice,
    lost_promotion_notice,
    promotion_notice,
    read_wish,
)
from bot.training_job import Wish
from storage import database, jobs
from storage.errors import AlreadyRunning, Expired, GrimcheError, TrainingError
from storage.records import JobKind, JobState

if TYPE_CHECKING:
    from bot.notices import Caller
    from bot.settings import Settings
    from bot.texts import Texts
    from storage.records import Job


class RetrainDesk:
    """Where admins ask about what learns."""

    def __init__(self, settings: "Settings", work: GenerationWork) -> None:
        self._settings = settings
        self._work = work

    async def ask(self, caller: "Caller", words: str) -> Notice:
        """Ask what to train, or show the training that runs."""
        if running := await retrain_job.running(self._settings):
            return _already(running, caller.texts)
        return await self._ask(Wish(minimum=USUAL_MINIMUM, quick=words == "quick"), caller.texts)

    async def wish(self, caller: "Caller", about: str) -> Notice:
        """Ask again, with another choice."""
        return await self._ask(_read(about), caller.texts)

    async def go(self, caller: "Caller", about: str) -> Notice:
        """Begin to train."""
        try:
            job = await retrain_job.start(self._settings, _read(about), who=caller.who)
        except AlreadyRunning:
            running = await retrain_job.running(self._settings)
            if running is None:
                raise
            return _already(running, caller.texts)
        return await self.say(job, caller.texts)

    async def cancel(self, caller: "Caller", about: str) -> Notice:
        """Ask the training to end."""
        async with database.connect(self._settings.database, read_only=True) as connection:
            job = await jobs.get(connection, int(about))
        if job is None:
            raise Expired
        if job.state is JobState.RUNNING:
            job = await retrain_job.stop(self._settings) or job
        return await self.say(job, caller.texts)

    async def back(self, caller: "Caller", about: str) -> Notice:
        """Ask whether to go back, or do so where a button says from which generation."""
        before = await generations_job.find_before(self._settings)
        current = await generations_job.find_serving(self._settings) or ""
        if not about:
            return back_notice(current, caller.texts)
        if about != current:
            return Notice(text=caller.texts.format("rollback-changed", generation=current))
        return await self.promote(caller, before)

    async def generations(self, caller: "Caller", _about: str) -> Notice:
        """List the generations."""
        lines = await generations_job.list_generations(self._settings)
        return list_notice(lines, caller.texts, shipped=lines[0].id)

    async def promote(self, caller: "Caller", about: str) -> Notice:
        """Begin to let a generation serve, whatever its comparison said."""
        job = await self._work.promote(about, who=caller.who)
        return promotion_notice(job, about, 0.0, texts=caller.texts)

    async def drop(self, caller: "Caller", about: str) -> Notice:
        """Ask whether a generation of the list is really to go."""
        return drop_notice(about, caller.texts)

    async def discard(self, caller: "Caller", about: str) -> Notice:
        """Begin to remove a generation."""
        job = await self._work.discard(about, who=caller.who)
        return discarding_notice(job, about, caller.texts)

    async def leave(self, caller: "Caller", _about: str) -> Notice:
        """Do nothing."""
        return Notice(text=caller.texts.format("retrain-left-alone"))

    async def say(self, job: "Job", texts: "Texts") -> Notice:
        """Say how a training, a promotion or a removal goes, or what came of it."""
        if job.kind is JobKind.PROMOTE:
            return await self._promotion(job, texts)
        if job.kind is JobKind.DISCARD:
            return discarded_notice(job, generation_of(job), texts)
        if job.state is JobState.DONE and "generation" in job.figures:
            return await self._compared(str(job.figures["generation"]), texts)
        return job_notice(job, texts)

    async def _promotion(self, job: "Job", texts: "Texts") -> Notice:
        generation = generation_of(job)
        if job.state is JobState.RUNNING:
            return promotion_notice(job.id, generation, await progress_of(self._settings), texts=texts)
        if job.state is JobState.DONE:
            return await self._compared(generation, texts)
        return lost_promotion_notice(job, generation, texts)

    async def _ask(self, wish: Wish, texts: "Texts") -> Notice:
        try:
            return ask_notice(wish, await retrain_job.forecast(self._settings, wish), texts)
        except TrainingError as error:
            return ask_notice(wish, error, texts)

    async def _compared(self, generation: str, texts: "Texts") -> Notice:
        serves = await generations_job.find_serving(self._settings) == generation
        comparison = None
        with contextlib.suppress(GrimcheError):
            comparison = await generations_job.comparison(self._settings, generation)
        if comparison is None:
            key = "retrain-serves" if serves else "retrain-kept"
            return Notice(text=texts.format(key, generation=generation))
        picture = await asyncio.to_thread(draw_comparison, comparison) if comparison.measures else b""
        return comparison_notice(comparison, texts, serves=serves, picture=picture)


def _already(running: "Job", texts: "Texts") -> Notice:
    return replace(job_notice(running, texts), remark=texts.format("retrain-already"))


def _read(about: str) -> Wish:
    try:
        return read_wish(about)
    except ValueError:
        raise Expired from None
