"""Let a process kill itself at a point that is counted, not timed: in the midst of writing, wherever that is.

With `environment` around it, each Python process counts what it does to databases and files: each SQL
statement, each file that it opens to write, renames or removes.  An order names an event at which counting
begins, and after how many more the process kills itself with SIGKILL.  An order is for one process: who obeys
it takes it away.
"""

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

_WATCH = Path(__file__).with_name("watch.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Die `count` events after the first that `begin`, a regular expression, is found in.

    Only processes whose command line holds `command` obey.  One that is never reached lets them live, and
    `points` tells what they counted.
    """

    begin: str
    count: int
    command: str = ""


def environment(folder: Path) -> dict[str, str]:
    """Let Python processes look for orders in a folder.

    Python loads `sitecustomize` when it starts, and a process of Grimche hands this one variable on.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_WATCH, folder / "sitecustomize.py")
    before = os.environ.get("PYTHONPATH", "")
    return {"PYTHONPATH": os.pathsep.join(filter(None, [str(folder), before]))}


def give(folder: Path, order: Order) -> None:
    """Give an order, whole or not at all."""
    part = folder / "order.part"
    part.write_text(json.dumps(asdict(order)), encoding="utf-8")
    part.replace(folder / "order")


def take_back(folder: Path) -> None:
    """Let everybody live."""
    (folder / "order").unlink(missing_ok=True)


def is_given(folder: Path) -> bool:
    """Tell whether an order waits to be obeyed."""
    return (folder / "order").exists()


def points(folder: Path) -> list[str]:
    """Read the events that were counted so far, for all orders."""
    counted = folder / "counted"
    return counted.read_text(encoding="utf-8").splitlines() if counted.exists() else []
