"""Turns are given out one after the other."""

import asyncio
from itertools import pairwise

from scraper.pace import Clock, Pace
from tests.scraper.echo import UNLIMITED, Hand


async def turns(pace: Pace, hand: Hand, *, count: int = 100) -> list[float]:
    """Let many wait for their turn at once, and list when they got it."""
    times: list[float] = []

    async def take() -> None:
        await pace.turn()
        times.append(hand.time)

    async with asyncio.TaskGroup() as group:
        for _ in range(count):
            group.create_task(take())
    return times


async def test_many_wait() -> None:
    """However many wait, there is an interval between two turns, and no two intervals are alike."""
    hand = Hand()
    times = await turns(Pace(10, clock=hand.clock), hand)
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert min(gaps) > 0.1 - 1e-9
    assert max(gaps) < 0.14
    assert len({round(gap, 6) for gap in gaps}) > 90


async def test_late_wakes_do_not_add_up() -> None:
    """A machine that wakes late makes no two turns come close together."""
    hand = Hand()

    async def late(seconds: float) -> None:
        await hand.sleep(seconds * (3 if int(hand.time * 10) % 3 else 1))

    times = await turns(Pace(10, clock=Clock(now=hand.now, sleep=late)), hand)
    assert min(later - earlier for earlier, later in pairwise(times)) > 0.1 - 1e-9


async def test_a_pause() -> None:
    """A pause also holds for those who wait already."""
    hand = Hand()
    pace = Pace(10, clock=hand.clock)
    await pace.turn()
    waiting = asyncio.create_task(pace.turn())
    pace.pause(60)
    await waiting
    assert hand.time >= 60


async def test_without_a_limit() -> None:
    """An infinite rate lets everybody through."""
    hand = Hand()
    assert max(await turns(Pace(UNLIMITED, clock=hand.clock), hand)) == 0
