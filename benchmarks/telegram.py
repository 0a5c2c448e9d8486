"""Let many people send pictures to `grimche serve` at once: `python -m benchmarks.telegram --help`.

A local Telegram and the people run in this process, the bot in one of its own, over real HTTP.  Prints how
long answers took, whether each picture got exactly one and in its person's order, what the bot cost in
processor time and memory, and what part of an answer is Grimche's own work.
"""

import argparse
import asyncio
import io
import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from benchmarks.query import fill
from bot.app import open_service
from bot.settings import Settings, load_settings
from scraper.studio import draw_jpeg
from tests.telegram_server import Person, TelegramServer

BURSTS = 3
PAUSE = 2.0  # seconds between a person's bursts, at most
DRAWINGS = 200
PATIENCE = 600.0


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


@dataclass(slots=True, kw_only=True)
class Bot:
    """The process of the bot."""

    pid: int
    resident: list[float] = field(default_factory=list)

    def processor_seconds(self) -> float:
        """Read the processor time so far, of all threads."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def look(self) -> None:
        """Note down the resident memory, in MB."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1])
        self.resident.append(pages * os.sysconf("SC_PAGE_SIZE") / 1e6)

    async def watch(self) -> None:
        """Look every half second."""
        while True:
            self.look()
            await asyncio.sleep(0.5)


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
        people = [server.person(f"Reader {number}") for number in range(options.people)]
        senders = [
            Sender(person=person, pictures=pictures[place :: options.people])
            for place, person in enumerate(people)
        ]
        async with serving(server, settings) as bot:
            await warm_up(server, pictures[0])
            before, began = bot.processor_seconds(), time.perf_counter()
            watching = asyncio.create_task(bot.watch())
            async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
                for sender in senders:
                    group.create_task(sender.send(random.Random(dice.random())))
                    group.create_task(sender.listen())
            took = time.perf_counter() - began
            await server.rests()
            watching.cancel()
            spent = bot.processor_seconds() - before
    show_answers(senders, took=took)
    show_bot(bot, spent=spent, answers=len(pictures))
    await show_parts(settings, pictures[:DRAWINGS])


def draw(count: int, *, seed: int) -> list[bytes]:
    """Draw pictures that all differ: some drawings, each saved again and again with another quality."""
    drawings = [
        Image.open(io.BytesIO(draw_jpeg(seed, number, webtoon=0, episode=0)))
        for number in range(min(count, DRAWINGS))
    ]
    return [_saved(drawings[n % len(drawings)], quality=95 - n // len(drawings)) for n in range(count)]


def _saved(picture: Image.Image, *, quality: int) -> bytes:
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=quality)
    return data.getvalue()


@asynccontextmanager
async def serving(server: TelegramServer, settings: Settings) -> AsyncIterator[Bot]:
    """Run `grimche serve` with a queue that is long enough for everybody."""
    own = {
        "GRIMCHE_TELEGRAM_TOKEN": server.token,
        "GRIMCHE_TELEGRAM_API": server.api,
        "GRIMCHE_TELEGRAM_FILES": server.files,
        "GRIMCHE_TELEGRAM_RATE": "1000",
        "GRIMCHE_MAX_WAITING": "10000",
    }
    command = [sys.executable, "-m", "bot", "--data", str(settings.data), "serve", "--no-browser"]
    process = await asyncio.create_subprocess_exec(*command, env={**os.environ, **own})
    try:
        yield Bot(pid=process.pid)
    finally:
        process.terminate()
        await process.wait()


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
    print("\n| from picture to answer, bursts | p50 | p95 | p99 |\n|---|---|---|---|")
    print(f"| seconds | {' | '.join(f'{value:.2f}' for value in percentiles(waits))} |")


def show_bot(bot: Bot, *, spent: float, answers: int) -> None:
    """Print what the bot cost."""
    third = len(bot.resident) // 3
    print(f"\nprocessor time of the bot: {1000 * spent / answers:.1f} ms an answer")
    print(
        "memory of the bot, MB: "
        f"first third {max(bot.resident[:third]):.0f}, last third {max(bot.resident[-third:]):.0f}"
    )


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
    print("\n| our own part, ms | p50 | p95 | p99 |\n|---|---|---|---|")
    for stage, times in stages.items():
        print(f"| {stage} | {' | '.join(f'{value:.1f}' for value in percentiles(times))} |")


def percentiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the 50th, 95th and 99th percentile."""
    cuts = statistics.quantiles(values, n=100)
    return cuts[49], cuts[94], cuts[98]


if __name__ == "__main__":
    main()
