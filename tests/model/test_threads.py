import os
import sys
import threading

import pytest

from model.threads import background_threads


@pytest.mark.skipif(sys.platform != "linux", reason="threads have no priority of their own elsewhere")
def test_questions_go_first() -> None:
    """Work in the background has the lowest priority, with the threads that it starts; others keep theirs."""

    def priorities() -> list[int]:
        found: list[int] = []
        own = threading.Thread(target=lambda: found.append(priority()))
        own.start()
        own.join()
        return [*found, priority()]

    before = priority()
    with background_threads(1, name="test") as pool:
        assert pool.submit(priorities).result() == [19, 19]
    assert priority() == before


def test_nobody_waits_for_the_end() -> None:
    """What still runs is left to itself, and what has not begun does not begin."""
    begun, goes_on = threading.Event(), threading.Event()

    def work() -> bool:
        begun.set()
        return goes_on.wait(30)

    with background_threads(1, name="test") as pool:
        running, waiting = pool.submit(work), pool.submit(work)
        assert begun.wait(30)
    assert not running.done()
    assert waiting.cancelled()
    goes_on.set()
    assert running.result()


def priority() -> int:
    """Tell how nice this thread is."""
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
