"""What admins ask of the background, in commands and by buttons: the same on every network."""

from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot import scrape_job
from bot.background_settings import SCRAPED
from bot.notices import Notice
from bot.scrape_words import lost_notice, round_notice
from storage.errors import Expired
from storage.records import Platform

if TYPE_CHECKING:
    from bot.background import Background
    from bot.notices import Board, Caller, Place
    from bot.settings import Settings
    from bot.texts import Language

PATTERN: Final = r"work:(?P<verb>[a-z]{1,12}):(?P<about>[\w.-]{0,40})"
COMMANDS: Final = ("scrape", "retrain", "rollback", "generations")
STOP: Final = "stop"


class Office:
    """Where admins ask; who calls has been found to be one, and is looked at again at every press."""

    def __init__(self, settings: "Settings", background: "Background") -> None:
        self._settings = settings
        self._background = background
        self._desk = background.desk

    async def call(self, command: str, caller: "Caller", *, words: str) -> Notice:
        """Do what a command says, with the words behind it; raises GrimcheError."""
        commands = {
            "scrape": self._scrape,
            "retrain": self._desk.ask,
            "rollback": lambda caller, _words: self._desk.back(caller, ""),
            "generations": self._desk.generations,
        }
        return await commands[command](caller, words)

    async def press(self, data: str, caller: "Caller") -> Notice:
        """Do what a button says, and return what its message shall say now; raises GrimcheError."""
        _, verb, about = data.split(":", 2)
        verbs = {
            "stop": self._stop,
            "wish": self._desk.wish,
            "go": self._desk.go,
            "cancel": self._desk.cancel,
            "back": self._desk.back,
            "list": self._desk.generations,
            "promote": self._desk.promote,
            "drop": self._desk.drop,
            "discard": self._desk.discard,
            "leave": self._desk.leave,
        }
        if verb not in verbs:
            raise Expired
        return await verbs[verb](caller, about)

    async def follow(self, notice: Notice, place: "Place", *, language: "Language") -> None:
        """Let the message that holds a notice follow its job, if it has one; raises StorageError."""
        if notice.job:
            await self._background.following.follow(notice.job, place, language=language)

    def joined(self, board: "Board") -> AbstractAsyncContextManager[None]:
        """Write to a network for as long as this lasts."""
        return self._background.boards.joined(board)

    async def _scrape(self, caller: "Caller", words: str) -> Notice:
        if words == STOP:
            return await self._stop(caller, words)
        named = words.replace(",", " ").lower().split()
        if not set(named) <= set(SCRAPED):
            return self._usage(caller)
        platforms = tuple(map(Platform, named)) or self._settings.scraped
        if not platforms:
            return self._usage(caller)
        if running := await self._running(caller):
            return replace(running, remark=caller.texts.format("scrape-already"))
        this = await self._background.rounds.begin(platforms, who=caller.who)
        return round_notice(this, caller.texts)

    async def _running(self, caller: "Caller") -> Notice | None:
        """Say how the scrape stands that runs in this process, or in another one."""
        if this := self._background.rounds.running:
            return round_notice(this, caller.texts)
        job = await scrape_job.running(self._settings)
        return lost_notice(job, caller.texts) if job else None

    async def _stop(self, caller: "Caller", _about: str) -> Notice:
        this = self._background.rounds.running
        if this is not None and await self._background.rounds.stop():
            return round_notice(this, caller.texts)
        job = await scrape_job.stop(self._settings)
        return lost_notice(job, caller.texts) if job else Notice(text=caller.texts.format("scrape-none"))

    def _usage(self, caller: "Caller") -> Notice:
        return Notice(text=caller.texts.format("scrape-usage", platforms=", ".join(SCRAPED)))
