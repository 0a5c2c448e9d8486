"""Let many use the Discord bot while Telegram is under load too: `python -m benchmarks.discord --help`.

One `grimche serve` serves both networks from a process of its own; the local networks and their people run in
this one, over real HTTP and WebSocket.  Prints how long it took from each interaction until it was taken on
and until it was answered, whether any was lost, and whether heartbeats came in time.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks import telegram
from benchmarks.chat_load import PATIENCE, draw, serving, show_bot, show_table, telegram_settings
from benchmarks.query import fill
from bot.settings import Settings, load_settings
from tests.discord_server import Asked, Channel, DiscordServer, Person, Reply
from tests.telegram_server import TelegramServer

BURST: Final = 5  # interactions of one person at a time
PAUSE: Final = 4.0  # seconds between a person's bursts, at most
DEFER_WITHIN: Final = 1.0
HEARTBEAT: Final = 2.0  # seconds; Discord asks for one in 41, which would be few in a run
LATE: Final = 1.0
TYPED: Final = "의"  # a part of many titles of the sample
KINDS: Final[Mapping[str, int]] = {"/similar": 6, "/webtoon": 1, "a button": 2, "autocomplete": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """An interaction, with the seconds until it was taken on and until it was answered; None is never."""

    kind: str
    deferred: float | None
    answered: float | None


@dataclass(slots=True, kw_only=True)
class User:
    """A person in a channel of their own, and what came of each interaction."""

    person: Person
    channel: Channel
    pictures: Sequence[bytes]
    last: Reply | None = None
    uses: list[Use] = field(default_factory=list)
    notes: int = 0

    async def live(self, dice: random.Random) -> None:
        """Ask, press and type in bursts."""
        for first in range(0, len(self.pictures), BURST):
            await asyncio.sleep(dice.uniform(0, PAUSE))
            burst = self.pictures[first : first + BURST]
            kinds = dice.choices(list(KINDS), list(KINDS.values()), k=len(burst))
            async with asyncio.TaskGroup() as group:
                for kind, picture in zip(kinds, burst, strict=True):
                    group.create_task(self.use("/similar" if first == 0 else kind, picture))

    async def use(self, kind: str, picture: bytes) -> None:
        """Do one thing and wait for its answer."""
        if kind == "autocomplete":
            await self.type()
            return
        asked = await self._asks(kind, picture)
        reply = None if asked.failed else await self._answer(asked)
        answered = None if reply is None else time.monotonic() - asked.interaction.sent_at
        self.uses.append(Use(kind=kind, deferred=asked.deferred_after, answered=answered))
        if kind == "/similar" and reply is not None:
            self.last = reply

    async def type(self) -> None:
        """Type a part of a title; what is proposed is the whole answer."""
        proposed = await self.person.completes("/webtoon", title=TYPED, where=self.channel)
        taken = proposed.after if proposed else None
        self.uses.append(Use(kind="autocomplete", deferred=taken, answered=taken))

    async def _asks(self, kind: str, picture: bytes) -> Asked:
        if kind == "/webtoon":
            return await self.person.uses(kind, title="webtoon:1", where=self.channel)
        if kind == "a button" and self.last is not None:
            return await self.person.presses(self.last, "Details")
        return await self.person.uses("/similar", image=picture, where=self.channel)

    async def _answer(self, asked: Asked) -> Reply:
        """Wait for what has pictures; before it comes at most a word about the queue."""
        while not (reply := await asked.reply(timeout=PATIENCE)).images:
            self.notes += 1
        return reply


def main() -> None:
    """Measure and print; the exit code says whether everything held."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder of the sample catalogue, kept for the next run")
    parser.add_argument("--pictures", type=int, default=10_000, help="thumbnails in the catalogue")
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--each", type=int, default=20, help="interactions of a person")
    parser.add_argument("--readers", type=int, default=50, help="people on Telegram, meanwhile")
    parser.add_argument("--sends", type=int, default=10, help="pictures that each of those sends")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings({"data": options.data or Path(folder)}, env_file=Path(folder) / "none")
        fill(settings, options.pictures, seed=options.seed)
        sys.exit(not asyncio.run(measure(settings, options)))


async def measure(settings: Settings, options: argparse.Namespace) -> bool:
    """Let everybody use the bot on both networks at once, and tell whether everything held."""
    dice = random.Random(options.seed)
    pictures = draw(options.people * options.each + options.readers * options.sends, seed=options.seed + 1)
    async with AsyncExitStack() as opened:
        discord = await opened.enter_async_context(DiscordServer())
        discord.serving.recording = False
        discord.world.gateway.heartbeat_seconds = HEARTBEAT
        telegrams = await opened.enter_async_context(TelegramServer())
        telegrams.recording = telegrams.world.files.decodes = False
        users = join(discord, pictures[: options.people * options.each], people=options.people)
        readers = telegram.join(telegrams, pictures[len(users) * options.each :], people=options.readers)
        named = {**telegram_settings(telegrams), **discord_settings(discord)}
        bot = await opened.enter_async_context(serving(settings, named))
        await warm_up(discord, telegrams, pictures[0])
        beats, began = len(discord.heartbeats), time.monotonic()
        async with bot.measured(), asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
            for user in users:
                group.create_task(user.live(random.Random(dice.random())))
            for reader in readers:
                group.create_task(reader.send(random.Random(dice.random())))
                group.create_task(reader.listen())
        took = time.monotonic() - began
    show_bot(bot, answers=len(pictures))
    telegram.show_answers(readers, took=took)
    delays = [max(0.0, beat.after - HEARTBEAT) for beat in discord.heartbeats[beats:]]
    return show_uses(users, took=took) and show_heartbeats(delays)


def join(server: DiscordServer, pictures: Sequence[bytes], *, people: int) -> list[User]:
    """Let people join a server, each with a channel and a share of the pictures."""
    everybody = [server.person(f"Reader {number}") for number in range(people)]
    guild = server.guild("Readers", everybody, owner=everybody[0])
    return [
        User(person=person, channel=guild.channel(f"place-{place}"), pictures=pictures[place::people])
        for place, person in enumerate(everybody)
    ]


def discord_settings(server: DiscordServer) -> dict[str, str]:
    """Name a local Discord."""
    return {
        "GRIMCHE_DISCORD_TOKEN": server.token,
        "GRIMCHE_DISCORD_API": server.api,
        "GRIMCHE_DISCORD_GATEWAY": server.gateway,
    }


async def warm_up(discord: DiscordServer, telegrams: TelegramServer, picture: bytes) -> None:
    """Wait for the first answers, which load what is needed."""
    await telegram.warm_up(telegrams, picture)
    while not (discord.heartbeats and discord.commands()):  # noqa: ASYNC110  nobody tells
        await asyncio.sleep(0.1)
    first = discord.person("First")
    asked = await first.uses("/similar", image=picture, where=first.dm)
    while not (await asked.reply(timeout=PATIENCE)).images:
        pass


def show_uses(users: Iterable[User], *, took: float) -> bool:
    """Print how long interactions took, and tell whether none was lost or taken on late."""
    uses = [use for user in users for use in user.uses]
    deferred = [use.deferred for use in uses if use.deferred is not None]
    answered = [use.answered for use in uses if use.answered is not None]
    late, lost = sum(wait > DEFER_WITHIN for wait in deferred), len(uses) - len(answered)
    print(f"\nDiscord: {len(uses)} interactions, {len(answered)} answers in {took:.1f} s", end="; ")
    print(", ".join(f"{kind} {count}" for kind, count in Counter(use.kind for use in uses).items()))
    print(f"lost: {lost}; taken on after more than {DEFER_WITHIN:g} s: {late}", end="; ")
    print(f"told their place in the queue: {sum(user.notes for user in users)} times")
    rows = {"taken on": deferred, "answered": answered}
    for kind in KINDS:
        rows[f"answered: {kind}"] = [
            use.answered for use in uses if use.kind == kind and use.answered is not None
        ]
    show_table("from interaction to, s", rows, digits=3)
    return not (late or lost)


def show_heartbeats(delays: Sequence[float]) -> bool:
    """Print how late heartbeats were, and tell whether none was."""
    late = sum(delay > LATE for delay in delays)
    longest = max(delays, default=0.0)
    print(f"\n{len(delays)} heartbeats, {late} late by more than {LATE:g} s, the latest by {longest:.3f} s")
    return bool(delays) and not late


if __name__ == "__main__":
    main()
