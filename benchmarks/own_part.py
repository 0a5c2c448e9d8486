"""Measure what Grimche itself does for an answer, one after the other: `python -m benchmarks.own_part DATA`.

Prints JSON for `benchmarks.telegram`: for each stage the milliseconds that passed and those that a processor
worked.  It runs in a process of its own, set up as `grimche serve` sets itself up.
"""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.chat_load import DRAWINGS, draw
from bot.app import open_service
from bot.desk import digest_of
from bot.ledger import Ledger, new_token
from bot.service import Service
from bot.settings import load_settings
from model.decode import look
from model.encoder import Encoder
from model.serving import load_finder
from storage.answers import Answer
from storage.queries import Query

STAGES = ("decode", "encode", "search", "render", "notes")


@dataclass(slots=True, kw_only=True)
class Stage:
    """What each answer took: milliseconds that passed, and of processor time."""

    passed: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)

    @asynccontextmanager
    async def taking(self) -> AsyncIterator[None]:
        """Add what the block takes."""
        began, worked = time.perf_counter(), time.process_time()
        yield
        self.passed.append(1000 * (time.perf_counter() - began))
        self.worked.append(1000 * (time.process_time() - worked))


async def main(data: Path, *, seed: int) -> None:
    """Measure and print."""
    settings = load_settings({"data": data}, env_file=data / "none")
    stages = {name: Stage() for name in STAGES}
    finder = await load_finder(settings.database, settings.generations)
    encoder = Encoder(finder.generation)
    async with open_service(settings) as service, Ledger(settings.database) as ledger:
        for picture in draw(DRAWINGS, seed=seed):
            async with stages["decode"].taking():
                seen = look(picture)
            async with stages["encode"].taking():
                encoder.statistics(seen.crops)
            async with stages["search"].taking():
                answer = await service.similar([picture])
            async with stages["render"].taking():
                await service.sheet(answer, pictures=[picture], as_jpeg=True)
            async with stages["notes"].taking():
                await note(service, ledger, picture=picture, answer=answer)
    _leave_out(stages, before=("decode", "encode"))
    print(json.dumps({name: {"passed": s.passed, "worked": s.worked} for name, s in stages.items()}))


async def note(service: Service, ledger: Ledger, *, picture: bytes, answer: Answer) -> None:
    """Do what the desk does with the database for a picture that nobody has sent before."""
    token, digest, stamp = new_token(), digest_of([picture]), await service.stamp()
    now = datetime.now(UTC)
    query = Query(token=token, door="benchmark", chat_id="1", message_id="1", person="somebody", asked=now)
    await ledger.begin(query)
    await ledger.known("benchmark", token, stamp=stamp)
    await ledger.same(token, stamp=stamp)
    await ledger.answered(token, answer=answer, digest=digest, stamp="", seconds=0.1, is_delivered=False)
    await ledger.delivered(token)


def _leave_out(stages: dict[str, Stage], *, before: Sequence[str]) -> None:
    """Take off a search, which a question begins from the picture, what comes before it."""
    search = stages["search"]
    for stage in map(stages.get, before):
        assert stage is not None  # noqa: S101  they are named above
        search.passed = [
            max(0.0, all_ - part) for all_, part in zip(search.passed, stage.passed, strict=True)
        ]
        search.worked = [
            max(0.0, all_ - part) for all_, part in zip(search.worked, stage.worked, strict=True)
        ]


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), seed=int(sys.argv[2])))
