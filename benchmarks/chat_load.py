"""What measuring a chat door under load takes: the bot as a process of its own, pictures, and tables."""

import asyncio
import io
import os
import statistics
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from PIL import Image

from bot.settings import Settings
from scraper.studio import draw_jpeg
from tests.telegram_server import TelegramServer

DRAWINGS: Final = 200
PATIENCE: Final = 600.0


@dataclass(slots=True, kw_only=True)
class Bot:
    """The process of the bot."""

    pid: int
    resident: list[float] = field(default_factory=list)
    spent: float = 0.0
    spent_looping: float = 0.0

    def processor_seconds(self) -> tuple[float, float]:
        """Read the processor time so far: of all threads, and of the one with the event loop."""
        folder = Path(f"/proc/{self.pid}")
        return _processor_seconds(folder / "stat"), _processor_seconds(folder / f"task/{self.pid}/stat")

    def look(self) -> None:
        """Note down the resident memory, in MB."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1])
        self.resident.append(pages * os.sysconf("SC_PAGE_SIZE") / 1e6)

    async def watch(self) -> None:
        """Look every half second."""
        while True:
            self.look()
            await asyncio.sleep(0.5)

    @asynccontextmanager
    async def measured(self) -> AsyncIterator[None]:
        """Watch the memory during the block, and add up the processor time that it takes."""
        before, watching = self.processor_seconds(), asyncio.create_task(self.watch())
        try:
            yield
        finally:
            watching.cancel()
            spent, looping = self.processor_seconds()
            self.spent += spent - before[0]
            self.spent_looping += looping - before[1]


def _processor_seconds(stat: Path) -> float:
    fields = stat.read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@asynccontextmanager
async def serving(settings: Settings, named: Mapping[str, str]) -> AsyncIterator[Bot]:
    """Run `grimche serve` with further settings, and a queue and rates that are enough for everybody."""
    enough = {
        "GRIMCHE_MAX_WAITING": "10000",
        "GRIMCHE_PERSON_PER_MINUTE": "10000",
        "GRIMCHE_CHAT_PER_MINUTE": "10000",
    }
    command = [sys.executable, "-m", "bot", "--data", str(settings.data), "serve", "--no-browser"]
    process = await asyncio.create_subprocess_exec(*command, env={**os.environ, **enough, **named})
    try:
        yield Bot(pid=process.pid)
    finally:
        process.terminate()
        await process.wait()


def telegram_settings(server: TelegramServer) -> dict[str, str]:
    """Name a local Telegram, which takes as much as the bot can send."""
    return {
        "GRIMCHE_TELEGRAM_TOKEN": server.token,
        "GRIMCHE_TELEGRAM_API": server.api,
        "GRIMCHE_TELEGRAM_FILES": server.files,
        "GRIMCHE_TELEGRAM_RATE": "1000",
    }


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


def show_bot(bot: Bot, *, answers: int) -> None:
    """Print what the bot cost."""
    third = len(bot.resident) // 3
    looping, whole = (1000 * seconds / answers for seconds in (bot.spent_looping, bot.spent))
    print(f"\nprocessor time of the bot: {whole:.1f} ms an answer", end="; ")
    print(f"{whole - looping:.1f} by threads for pictures and the database,", end=" ")
    print(f"{looping:.1f} by the event loop with the library and texts")
    print(
        "memory of the bot, MB: "
        f"first third {max(bot.resident[:third]):.0f}, last third {max(bot.resident[-third:]):.0f}"
    )


def show_table(title: str, rows: Mapping[str, Sequence[float]], *, digits: int) -> None:
    """Print the percentiles of some times."""
    print(f"\n| {title} | p50 | p95 | p99 |\n|---|---|---|---|")
    for name, times in rows.items():
        print(f"| {name} | {' | '.join(f'{value:.{digits}f}' for value in percentiles(times))} |")


def percentiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the 50th, 95th and 99th percentile."""
    cuts = statistics.quantiles(values, n=100)
    return cuts[49], cuts[94], cuts[98]
