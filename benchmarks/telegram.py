"""Let many people send pictures to `grimche serve` at once: `python -m benchmarks.telegram --help`.

A local Telegram and the people run in this process, the bot in one of its own, over real HTTP.  Prints how
long answers took, whether each picture got exactly one and in its person's order, what the bot cost in
processor time and memory, and what part of an answer is Grimche's own work.
"""

import argparse
import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.chat_load import DRAWINGS, PATIENCE, draw, serving, show_bot, show_table, telegram_settings
from benchmarks.query import fill
from bot.app import open_service
from bot.settings import Settings, load_settings
from tests.telegram_server import Person, TelegramServer

BURSTS = 3
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
        """Note answers until each picture has one."""
        while len(self.answered) < len(self.pictures):
            answer = await self.person.private.answer(timeout=PATIENCE)
            if answer.reply_to is not None and answer.photo:
                self.answered.append((answer.reply_to.id, time.perf_counter()))
            else:
                self.notes[answer.words] += 1

    @property
    def is_in_order(self) -> bool:
        """Whether answers came in the order of the pictures, each once."""
        return [message for message, _ in self.answered] == sorted(self.sent)


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
        asyncio.run(measure(settings, options))


async def measure(settings: Settings, options: argparse.Namespace) -> None:
    """Let everybody send, then look at our own part alone."""
    dice = random.Random(options.seed)
    pictures = draw(options.people * options.each, seed=options.seed + 1)
    async with TelegramServer() as server:
        server.recording = False
        server.world.files.decodes = False
        senders = join(server, pictures, people=options.people)
        async with serving(settings, telegram_settings(server)) as bot:
            await warm_up(server, pictures[0])
            began = time.perf_counter()
            async with bot.measured():
                async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
                    for sender in senders:
                        group.create_task(sender.send(random.Random(dice.random())))
                        group.create_task(sender.listen())
                took = time.perf_counter() - began
                await server.rests()
    show_answers(senders, took=took)
    show_bot(bot, answers=len(pictures))
    await show_parts(settings, pictures[:DRAWINGS])


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


def show_answers(senders: Sequence[Sender], *, took: float) -> None:
    """Print how long answers took, and whether all came."""
    waits = [at - sender.sent[message] for sender in senders for message, at in sender.answered]
    sent = sum(len(sender.sent) for sender in senders)
    print(f"\n{len(senders)} people, {sent} pictures, {len(waits)} answers in {took:.1f} s:", end=" ")
    print(f"{len(waits) / took:.1f} answers a second")
    print(f"out of order or doubled: {sum(not sender.is_in_order for sender in senders)} people")
    print(f"told their place in the queue: {sum(sum(s.notes.values()) for s in senders)} times")
    show_table("from picture to answer, bursts", {"seconds": waits}, digits=2)


async def show_parts(settings: Settings, pictures: Sequence[bytes]) -> None:
    """Print what Grimche itself does for an answer, one after the other in a quiet process."""
    stages: dict[str, list[float]] = {}
    async with open_service(settings) as service:
        for picture in pictures:
            answer = await service.similar([picture])
            began = time.perf_counter()
            await service.sheet(answer, pictures=[picture], as_jpeg=True)
            own = {**answer.seconds, "render": time.perf_counter() - began}
            for stage, seconds in {**own, "all of it": sum(own.values())}.items():
                stages.setdefault(stage, []).append(1000 * seconds)
    show_table("our own part, ms", stages, digits=1)


if __name__ == "__main__":
    main()
