"""People of both networks who ask about pictures all the time, and what became of each question."""

import asyncio
import itertools
import random
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto

from tests.discord_server import Channel
from tests.discord_server import Person as DiscordPerson
from tests.telegram_server import Person as TelegramPerson
from tests.year.town import Town

PATIENCE = 150.0  # seconds until a question counts as lost
SORRY = "interrupted before I could answer"
_PAUSE = 2.0
_LABEL = "Likeliest artists"


class Fate(Enum):
    """What became of a question."""

    ANSWERED = auto()
    SORRY = auto()
    OTHER = auto()
    LOST = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a question, in whose words, and the artist who is named first."""

    fate: Fate
    words: str = ""
    artist: str = ""


@dataclass(slots=True, kw_only=True)
class Crowd:
    """Two people on each network, who ask one question after the other, of pictures that `draw` gives."""

    town: Town
    draw: Callable[[], bytes]
    pause: float = _PAUSE
    fates: Counter[Fate] = field(default_factory=Counter)
    strange: list[str] = field(default_factory=list)
    calm: asyncio.Event = field(default_factory=asyncio.Event)
    _ended: bool = False
    _asking: int = 0

    def __post_init__(self) -> None:
        """Let everybody ask."""
        self.calm.set()

    async def run(self) -> None:
        """Ask until `end`; every question is waited for."""
        telegram = [self.town.telegram.person(f"Reader {n}", language="en") for n in range(2)]
        discord = [self.town.discord.person(f"Reader {n}", locale="en-US") for n in range(2)]
        asks = [Telegram(person) for person in telegram], [Discord(person) for person in discord]
        async with asyncio.TaskGroup() as group:
            for one in itertools.chain(*asks):
                group.create_task(self._ask(one, random.Random(one.name)))

    def end(self) -> None:
        """Let everybody go when they have their answer."""
        self._ended = True
        self.calm.set()

    async def quiet(self) -> None:
        """Let nobody on Discord ask: it tells a bot that is away of nothing, now or later."""
        self.calm.clear()
        while self._asking:  # noqa: ASYNC110  what is waited for has no event
            await asyncio.sleep(0.02)

    async def _ask(self, one: "Telegram | Discord", dice: random.Random) -> None:
        while not self._ended:
            await asyncio.sleep(dice.uniform(0, 2 * self.pause))
            if one.waits_for_bot:
                await self.calm.wait()
                await self.town.is_up.wait()
                self._asking += 1
            try:
                outcome = await one.ask(self.draw())
            finally:
                self._asking -= one.waits_for_bot
            self.fates[outcome.fate] += 1
            if outcome.fate in {Fate.OTHER, Fate.LOST}:
                self.strange.append(f"{one.name}: {outcome.fate} {outcome.words[:200]}")


class Telegram:
    """Somebody who writes to the bot on Telegram, which keeps messages for a bot that is away."""

    waits_for_bot = False

    def __init__(self, person: TelegramPerson) -> None:
        """Ask in private."""
        self.name = f"Telegram, {person.name}"
        self._person = person

    async def ask(self, picture: bytes, *, timeout: float = PATIENCE) -> Outcome:  # noqa: ASYNC109
        """Send a picture, and wait for what is said of it."""
        chat = self._person.private
        sent = await self._person.sends(chat, photo=picture)
        outcome = Outcome(fate=Fate.LOST)
        with suppress(TimeoutError, AssertionError):
            async with asyncio.timeout(timeout):
                while outcome.fate not in {Fate.ANSWERED, Fate.SORRY}:
                    answer = await chat.answer(timeout=timeout)
                    if answer.reply_to is sent:
                        outcome = _outcome(answer.words, is_answer=bool(answer.photo))
        return outcome


class Discord:
    """Somebody who writes to the bot on Discord."""

    waits_for_bot = True

    def __init__(self, person: DiscordPerson) -> None:
        """Ask in private."""
        self.name = f"Discord, {person.name}"
        self._person = person

    async def ask(self, picture: bytes, *, timeout: float = PATIENCE) -> Outcome:  # noqa: ASYNC109
        """Send a picture, and wait for what is said of it."""
        chat: Channel = self._person.dm
        sent = await self._person.writes(chat, images=[picture])
        outcome = Outcome(fate=Fate.LOST)
        with suppress(TimeoutError, AssertionError):
            async with asyncio.timeout(timeout):
                while outcome.fate not in {Fate.ANSWERED, Fate.SORRY}:
                    reply = await chat.answer(timeout=timeout)
                    if reply.reply_to is sent:
                        outcome = _outcome(reply.text, is_answer=bool(reply.images))
        return outcome


def _outcome(words: str, *, is_answer: bool) -> Outcome:
    if is_answer:
        return Outcome(fate=Fate.ANSWERED, words=words, artist=first_artist(words))
    return Outcome(fate=Fate.SORRY if SORRY in words else Fate.OTHER, words=words)


def first_artist(words: str) -> str:
    """Read whom an answer names first of the likeliest artists."""
    line = next((line for line in words.splitlines() if _LABEL in line), "")
    named = line.partition(_LABEL)[2].lstrip("*: ").partition(" · ")[0]
    return named.rpartition(" ")[0]


def mixed(pictures: Sequence[bytes], dice: random.Random) -> bytes:
    """Choose one of several pictures."""
    return dice.choice(pictures)
