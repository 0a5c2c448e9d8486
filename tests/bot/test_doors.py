import asyncio
import logging
from collections.abc import Awaitable, Callable

import pytest

from bot.doors import Patience, run_doors
from bot.lives import DoorState, Lives
from storage.errors import GrimcheError, SecondPoller, TokenRefused

HASTY = Patience(grace=30, first_pause=0.001, longest_pause=0.002)

Act = Callable[["FakeDoor", asyncio.Event], Awaitable[None]]


class FakeDoor:
    """A door that does what its acts say, one each time it is opened, the last again and again."""

    def __init__(self, name: str, *acts: Act) -> None:
        self.name = name
        self.opened = asyncio.Event()
        self.times = 0
        self.ended = ""
        self._acts = acts

    async def run(self, stop: asyncio.Event) -> None:
        """Do what is next."""
        act = self._acts[min(self.times, len(self._acts) - 1)]
        self.times += 1
        await act(self, stop)


async def serve(door: FakeDoor, stop: asyncio.Event) -> None:
    """Serve until told to stop."""
    door.opened.set()
    await stop.wait()
    door.ended = "in order"


async def finish_work(door: FakeDoor, stop: asyncio.Event) -> None:
    """Have something in work when told to stop."""
    door.opened.set()
    await stop.wait()
    for _ in range(10):
        await asyncio.sleep(0)
    door.ended = "finished"


async def never_stop(door: FakeDoor, _stop: asyncio.Event) -> None:
    """Go on until cut off."""
    door.opened.set()
    try:
        await asyncio.Future()
    except asyncio.CancelledError:
        door.ended = "cut off"
        raise


async def refused(_door: FakeDoor, _stop: asyncio.Event) -> None:
    """Find the token refused."""
    raise TokenRefused(door="Telegram", setting="GRIMCHE_TELEGRAM_TOKEN")


async def second(_door: FakeDoor, _stop: asyncio.Event) -> None:
    """Find another process in the same place."""
    raise SecondPoller


async def crash(_door: FakeDoor, _stop: asyncio.Event) -> None:
    """Meet an error that nobody foresaw."""
    raise ZeroDivisionError


async def break_down(door: FakeDoor, _stop: asyncio.Event) -> None:
    """Open, and meet an error that nobody foresaw."""
    door.opened.set()
    raise ZeroDivisionError


async def crash_on_stopping(_door: FakeDoor, stop: asyncio.Event) -> None:
    """Meet an error while stopping."""
    await stop.wait()
    raise SecondPoller


async def leave(door: FakeDoor, _stop: asyncio.Event) -> None:
    """Have nothing more to do."""
    door.ended = "in order"


async def run(
    *doors: FakeDoor, until: Awaitable[object] | None = None, patience: Patience = HASTY
) -> list[GrimcheError]:
    """Run doors, stop when `until` has happened, and list what was said."""
    stop, said = asyncio.Event(), list[GrimcheError]()
    running = asyncio.create_task(run_doors(doors, stop, say=said.append, patience=patience))
    if until is not None:
        await until
        stop.set()
    await running
    return said


async def test_doors_stop_together() -> None:
    """All doors serve until they are told to stop."""
    one, other = FakeDoor("telegram", serve), FakeDoor("web", serve)
    assert await run(one, other, until=asyncio.gather(one.opened.wait(), other.opened.wait())) == []
    assert (one.ended, other.ended) == ("in order", "in order")


async def test_work_is_finished() -> None:
    """A door that has something in work is waited for."""
    door = FakeDoor("telegram", finish_work)
    await run(door, until=door.opened.wait())
    assert door.ended == "finished"


async def test_refused_door_leaves_the_others_open() -> None:
    """A door that is refused is said in one sentence, and the others serve on."""
    web = FakeDoor("web", serve)
    (error,) = await run(FakeDoor("telegram", refused), web, until=web.opened.wait())
    assert isinstance(error, TokenRefused)
    assert web.ended == "in order"


async def test_closed_door_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Why a door closed stands in the log as an error, whether others serve on or not."""
    web = FakeDoor("web", serve)
    await run(FakeDoor("telegram", refused), web, until=web.opened.wait())
    with pytest.raises(SecondPoller):
        await run(FakeDoor("discord", second))
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]
    assert "telegram is closed: Telegram refuses the token" in caplog.messages[0]
    assert caplog.messages[1].startswith("discord is closed: ")


async def test_only_door_is_refused() -> None:
    """Where there is no other door, the error ends everything."""
    with pytest.raises(TokenRefused):
        await run(FakeDoor("telegram", refused))


async def test_all_doors_are_refused() -> None:
    """When the last door has ended too, its error is raised; the others' have been said."""
    said: list[GrimcheError] = []
    doors = [FakeDoor("telegram", refused), FakeDoor("discord", second)]
    with pytest.raises(GrimcheError) as caught:
        await run_doors(doors, asyncio.Event(), say=said.append, patience=HASTY)
    assert {type(caught.value), *map(type, said)} == {TokenRefused, SecondPoller}


async def test_crashing_door_opens_again(caplog: pytest.LogCaptureFixture) -> None:
    """A door that breaks opens again, and what broke it is in the log under a reference."""
    door = FakeDoor("telegram", crash, crash, crash, serve)
    assert await run(door, until=door.opened.wait()) == []
    assert (door.times, door.ended) == (4, "in order")
    assert [record.exc_info is not None for record in caplog.records] == [True] * 3
    assert "telegram broke (reference " in caplog.text


async def test_crashing_door_harms_no_other() -> None:
    """While a door breaks again and again, another serves undisturbed."""
    broken, web = FakeDoor("telegram", crash), FakeDoor("web", serve)
    await run(broken, web, until=web.opened.wait())
    assert (web.times, web.ended) == (1, "in order")


async def test_pauses_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pauses before a broken door opens again double, up to the longest."""
    pauses: list[float | None] = []

    async def wait_for(waited: Awaitable[object], timeout: float | None) -> None:  # noqa: ASYNC109  asyncio's
        assert asyncio.iscoroutine(waited)
        waited.close()
        pauses.append(timeout)
        raise TimeoutError

    monkeypatch.setattr(asyncio, "wait_for", wait_for)
    door = FakeDoor("telegram", *[crash] * 5, leave)
    patience = Patience(first_pause=1, longest_pause=5)
    await run_doors([door], asyncio.Event(), say=print, patience=patience)
    assert pauses == [1, 2, 4, 5, 5]


async def test_broken_door_stops_at_once() -> None:
    """A door that waits to open again does not hold up the end."""
    stop = asyncio.Event()
    door = FakeDoor("telegram", break_down)
    running = asyncio.create_task(run_doors([door], stop, say=print, patience=Patience(first_pause=3600)))
    await door.opened.wait()
    stop.set()
    await asyncio.wait_for(running, 30)


async def test_slow_door_is_cut_off(caplog: pytest.LogCaptureFixture) -> None:
    """A door that does not stop is cut off when its time is over, which is logged."""
    slow = FakeDoor("telegram", never_stop)
    await run(slow, until=slow.opened.wait(), patience=Patience(grace=0.2))
    assert slow.ended == "cut off"
    assert caplog.messages == ["telegram has not finished in 0.2 s and is cut off"]


async def test_error_while_stopping_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """An error of a door that is being stopped is no reason to fail."""
    web = FakeDoor("web", serve)
    assert await run(FakeDoor("telegram", crash_on_stopping), web, until=web.opened.wait()) == []
    (record,) = caplog.records
    assert (record.levelno, "did not stop in order" in record.message) == (logging.WARNING, True)


async def test_cancelling_ends_all_doors() -> None:
    """When the whole is cancelled, as by a second Ctrl-C, no door goes on."""
    doors = [FakeDoor("telegram", never_stop), FakeDoor("web", never_stop)]
    running = asyncio.create_task(run_doors(doors, asyncio.Event(), say=print))
    for door in doors:
        await door.opened.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert [door.ended for door in doors] == ["cut off", "cut off"]


async def test_door_that_leaves() -> None:
    """A door that has nothing more to do ends, and is not opened again."""
    door = FakeDoor("telegram", leave)
    assert await run(door) == []
    assert door.times == 1


async def test_lives_are_known() -> None:
    """It is known which door is open, and why one is closed."""
    stop, lives = asyncio.Event(), Lives()
    open_, shut = FakeDoor("web", serve), FakeDoor("telegram", refused)
    task = asyncio.create_task(
        run_doors([open_, shut], stop, say=lambda _: None, patience=HASTY, lives=lives)
    )
    await open_.opened.wait()
    await asyncio.sleep(0.01)
    states = {life.door: life for life in lives.all()}
    stop.set()
    await task
    assert states["web"].state is DoorState.OPEN
    assert states["telegram"].state is DoorState.CLOSED
    assert "refuses the token" in states["telegram"].why
    assert {life.state for life in lives.all()} == {DoorState.CLOSED}
