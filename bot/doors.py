"""Run every door in one loop: none that fails takes another with it."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, Protocol

from bot.lives import DoorState, Lives
from storage.errors import GrimcheError

log = logging.getLogger(__name__)

Say = Callable[[GrimcheError], None]
Running = asyncio.Task[Any]

BESIDE: Final = frozenset({"metrics"})  # nobody asks there, so it ends with the others
CANCELLING: Final = 5.0  # seconds that a door may take to clean up when its time is over


class Door(Protocol):
    """A front-end that runs until it is told to stop."""

    @property
    def name(self) -> str:
        """The door's word, such as "telegram"."""
        ...

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then take nothing on, finish what is in work, and return.

        Raises GrimcheError when the door cannot go on; anything else opens it again after a while.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds: how long answers in work may take to end, and the pauses before a door opens again."""

    grace: float = 30.0
    first_pause: float = 1.0
    longest_pause: float = 60.0


async def run_doors(
    doors: Sequence[Door],
    stop: asyncio.Event,
    *,
    say: Say,
    patience: Patience | None = None,
    lives: Lives | None = None,
) -> None:
    """Run the doors until `stop` is set, and give them time to finish what is in work.

    A door that ends with a GrimcheError is said with `say` while others go on; the last one's is raised.
    Each is logged.  How each stands is noted in `lives`.
    """
    patience, lives = patience or Patience(), lives or Lives()
    tasks = [
        asyncio.create_task(_live(door, stop, patience=patience, lives=lives), name=door.name)
        for door in doors
    ]
    stopping = asyncio.create_task(stop.wait())
    try:
        running = await _watch(set(tasks), stopping, say=say)
        await _let_finish(running, grace=patience.grace)
    finally:
        await _cancel([*tasks, stopping])


async def _watch(running: set[Running], stopping: Running, *, say: Say) -> set[Running]:
    """Wait until it is time to stop, and give the doors that are open then; raises the last one's error."""
    while _are_doors(running) and not stopping.done():
        done, _ = await asyncio.wait({*running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        for task in done if not stopping.done() else ():
            running.remove(task)
            error = task.exception()
            if isinstance(error, GrimcheError):
                log.error("%s is closed: %s", task.get_name(), error)
            if isinstance(error, GrimcheError) and _are_doors(running):
                say(error)
            elif error is not None:
                raise error
    return running


def _are_doors(running: set[Running]) -> bool:
    """Tell whether anybody can still ask something."""
    return any(task.get_name() not in BESIDE for task in running)


async def _let_finish(running: set[Running], *, grace: float) -> None:
    """Wait for doors that were told to stop, but not for ever."""
    if not running:
        return
    done, late = await asyncio.wait(running, timeout=grace)
    for task in done:
        if (error := task.exception()) is not None:
            log.warning("%s did not stop in order: %s", task.get_name(), error)
    for task in late:
        log.warning("%s has not finished in %g s and is cut off", task.get_name(), grace)


async def _cancel(tasks: Sequence[Running]) -> None:
    for task in tasks:
        task.cancel()
    done, _ = await asyncio.wait(tasks, timeout=CANCELLING)
    for task in done:
        if not task.cancelled():
            task.exception()  # it has been told, or came of cutting it off


async def _live(door: Door, stop: asyncio.Event, *, patience: Patience, lives: Lives) -> None:
    """Keep a door open, and note at its end why it is closed."""
    try:
        await _keep_open(door, stop, patience=patience, lives=lives)
    except GrimcheError as error:
        lives.note(door.name, DoorState.CLOSED, why=str(error))
        raise
    lives.note(door.name, DoorState.CLOSED)


async def _keep_open(door: Door, stop: asyncio.Event, *, patience: Patience, lives: Lives) -> None:
    """Run a door, and open it again after errors that nobody foresaw, each time a little later."""
    clock = asyncio.get_running_loop().time
    pause = patience.first_pause
    while not stop.is_set():
        opened = clock()
        lives.note(door.name, DoorState.OPEN)
        try:
            return await door.run(stop)
        except GrimcheError:
            raise
        except Exception as error:
            reference = secrets.token_hex(4)
            log.exception("%s broke (reference %s); it opens again", door.name, reference)
            lives.note(door.name, DoorState.BROKEN, why=f"{type(error).__name__} (reference {reference})")
        if clock() - opened > patience.longest_pause:
            pause = patience.first_pause
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)
        pause = min(2 * pause, patience.longest_pause)
    return None
