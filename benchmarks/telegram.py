"""Let many people send pictures to `grimche serve` at once: `python -m benchmarks.telegram --help`.

A local Telegram and the people run in this process, the bot in one of its own, over real HTTP.  Prints how
long answers took, whether each picture got exactly one and in its person's order, what the bot cost in
processor time and memory, and what part of an answer is Grimche's own work.  Exits with 1 if an answer was
lost, doubled or out of order.
"""

import argparse
import asyncio
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.chat_load import PATIENCE, draw, serving, show_bot, show_table, telegram_settings
from benchmarks.query import fill
from bot.settings import Settings, load_settings
from tests.telegram_server import Answer, Person, TelegramServer

BURSTS = 3
LOST_AFTER = 120.0  # seconds in which nothing came
PAUSE = 2.0  # seconds between a person's bursts, at most


@dataclass(slots=True, kw_only=True)
class Sender:
    """A person with their pictures: when each was sent, when answered, and what else the bot said."""

    person: Person
    pictures: Sequence[bytes]
    sent: dict[int, float] = field(default_factory=dict)
    answered: list[tuple[int, float]] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)

    async def send(self, dice: random.Random) -> None:
        """Send the pictures in bursts."""
        size = -(-len(self.pictures) // BURSTS)
        for first in range(0, len(self.pictures), size):
            await asyncio.sleep(dice.uniform(0, PAUSE))
            for picture in self.pictures[first : first + size]:
                message = await self.person.sends(self.person.private, photo=picture)
                self.sent[message.id] = time.perf_counter()

    async def listen(self) -> None:
        """Note answers until each picture has one, or nothing has come for long."""
        while len(self._order()) < len(self.pictures):
            try:
                self._hear(await self.person.private.answer(timeout=LOST_AFTER))
            except AssertionError:
                return

    async def hear_rest(self) -> None:
        """Note what came though each picture had its answer."""
        for answer in await self.person.private.answers():
            self._hear(answer)

    @property
    def lost(self) -> int:
        """How many pictures have no answer."""
        return len(self.pictures) - len(self._order())

    @property
    def doubled(self) -> int:
        """How many answers came to a picture that had one."""
        return len(self.answered) - len(self._order())

    @property
    def is_in_order(self) -> bool:
        """Whether the first answers to the pictures came in the order of those."""
        return self._order() == sorted(self._order())

    def _order(self) -> list[int]:
        """List the pictures that have an answer, in the order of their first ones."""
        return list(dict.fromkeys(message for message, _ in self.answered))

    def _hear(self, answer: Answer) -> None:
        if answer.reply_to is not None and answer.photo:
            self.answered.append((answer.reply_to.id, time.perf_counter()))
        else:
            self.notes[answer.words] += 1


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder of the sample catalogue, kept for the next run")
    parser.add_argument("--pictures", type=int, default=10_000, help="thumbnails in the catalogue")
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--each", type=int, default=10, help="pictures that a person sends")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings({"data": options.data or Path(folder)}, env_file=Path(folder) / "none")
        fill(settings, options.pictures, seed=options.seed)
        sys.exit(not asyncio.run(measure(settings, options)))


async def measure(settings: Settings, options: argparse.Namespace) -> bool:
    """Let everybody send, then look at our own part alone; tell whether every answer came as it should."""
    dice = random.Random(options.seed)
    pictures = draw(options.people * options.each, seed=options.seed + 1)
    async with TelegramServer() as server:
        server.recording = False
        server.world.files.decodes = False
        senders = join(server, pictures, people=options.people)
        async with serving(settings, telegram_settings(server)) as bot:
            await warm_up(server, pictures[0])
            began, ours = time.perf_counter(), time.process_time()
            async with bot.measured():
                async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
                    for sender in senders:
                        group.create_task(sender.send(random.Random(dice.random())))
                        group.create_task(sender.listen())
                took = time.perf_counter() - began
                await server.rests()
            ours = time.process_time() - ours
            for sender in senders:
                await sender.hear_rest()
    is_right = show_answers(senders, took=took)
    show_bot(bot, answers=len(pictures))
    print(
        f"processor time of the local Telegram and the people: {1000 * ours / len(pictures):.1f} ms an answer"
    )
    await show_parts(settings, seed=options.seed + 2)
    return is_right


def join(server: TelegramServer, pictures: Sequence[bytes], *, people: int) -> list[Sender]:
    """Let people join, each with a share of the pictures."""
    everybody = [server.person(f"Reader {number}") for number in range(people)]
    return [Sender(person=person, pictures=pictures[place::people]) for place, person in enumerate(everybody)]


async def warm_up(server: TelegramServer, picture: bytes) -> None:
    """Wait for the first answer, which loads what is needed."""
    first = server.person("First")
    await first.sends(first.private, photo=picture)
    while not (await first.private.answer(timeout=120)).photo:
        pass


def show_answers(senders: Sequence[Sender], *, took: float) -> bool:
    """Print how long answers took, and tell whether each came once and in its order."""
    waits = [at - sender.sent[message] for sender in senders for message, at in sender.answered]
    sent = sum(len(sender.sent) for sender in senders)
    print(f"\n{len(senders)} people, {sent} pictures, {len(waits)} answers in {took:.1f} s:", end=" ")
    print(f"{len(waits) / took:.1f} answers a second")
    lost, doubled = sum(sender.lost for sender in senders), sum(sender.doubled for sender in senders)
    strayed = sum(not sender.is_in_order for sender in senders)
    print(f"lost: {lost}; doubled: {doubled}; people with answers out of order: {strayed}")
    print(f"told their place in the queue: {sum(sum(s.notes.values()) for s in senders)} times")
    show_table("from picture to answer, bursts", {"seconds": waits}, digits=2)
    return not (lost or doubled or strayed)


async def show_parts(settings: Settings, *, seed: int) -> None:
    """Print what Grimche itself does for an answer, one after the other in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.own_part", str(settings.data), str(seed)]
    measuring = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    )
    stages = json.loads((await measuring.communicate())[0])
    for name, title in {"passed": "our own part, ms", "worked": "its processor time, ms"}.items():
        times = {stage: taken[name] for stage, taken in stages.items()}
        show_table(
            title,
            {**times, "all of it": [sum(parts) for parts in zip(*times.values(), strict=True)]},
            digits=1,
        )


if __name__ == "__main__":
    main()
