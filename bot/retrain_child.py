"""The process that trains: started by `bot.retrain_job`, and on its own from then on.

It reads no settings: what it needs stands in its one argument, so that it never knows a token.
"""

import asyncio
import json
import os
import sys
from contextlib import suppress
from pathlib import Path

from bot.generations_job import keep_newest
from bot.training_job import Order, Wish, train
from storage.errors import GrimcheError

NICE = 19  # it takes what time nobody else wants
_FIRST = "1000"  # the one to be ended where the machine runs out of memory


def main(argument: str) -> int:
    """Do what an order says; return the exit code."""
    _step_back()
    try:
        asyncio.run(_work(read_order(argument)))
    except GrimcheError as error:
        print(error, file=sys.stderr)  # noqa: T201  into its log; the job has it too
        return 1
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 130
    return 0


async def _work(order: Order) -> None:
    await train(order)
    await keep_newest(order.database, order.generations, keep=order.keep)


def write_order(order: Order) -> str:
    """Write an order as the argument of the process."""
    return json.dumps(
        {
            "database": str(order.database),
            "generations": str(order.generations),
            "wish": order.wish.to_record(),
            "who": order.who,
            "memory": order.memory,
            "keep": order.keep,
        }
    )


def read_order(argument: str) -> Order:
    """Read what write_order wrote."""
    record = json.loads(argument)
    return Order(
        database=Path(record["database"]),
        generations=Path(record["generations"]),
        wish=Wish.from_record(record["wish"]),
        who=record["who"],
        memory=record["memory"],
        keep=record["keep"],
    )


def _step_back() -> None:
    """Leave processor and memory to those who answer questions."""
    with suppress(OSError):
        os.nice(NICE)
    with suppress(OSError, AttributeError):  # only Linux has it: at nice 19 a question still waits its turn
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_FIRST)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
