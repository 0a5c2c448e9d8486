"""What a process that may have to die loads first, by the name of `sitecustomize`; see `tests.deadly`."""

import json
import os
import re
import signal
import sqlite3
import sys
import threading
from pathlib import Path

_FILES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "shutil.rmtree", "shutil.move"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_SHOWN = 160


class Watch:
    """Counts what this process does, from where the order in `folder` says, until it is dead."""

    def __init__(self, folder: Path) -> None:
        """See nothing yet."""
        self._order = str(folder / "order")
        self._counts = str(folder / "counted")
        self._own = threading.local()  # what the watch itself does is nothing to count
        self._lock = threading.Lock()
        self._given: dict[str, object] = {}
        self._counted = -1

    def see_file(self, name: str, arguments: tuple[object, ...]) -> None:
        """See a file being touched: https://docs.python.org/3/library/audit_events.html."""
        if name in _FILES or (name == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING):
            self.see(f"{name} {arguments[0]}")

    def see(self, event: str) -> None:
        """Count an event, and die where it is ordered."""
        if getattr(self._own, "is_busy", False):
            return
        self._own.is_busy = True
        try:
            with self._lock:
                self._count(event)
        finally:
            self._own.is_busy = False

    def _count(self, event: str) -> None:
        order = self._read()
        if order != self._given:
            self._given, self._counted = order, -1
        if not order or (self._counted < 0 and not re.search(str(order["begin"]), event, re.DOTALL)):
            return
        self._counted += 1
        with open(self._counts, "a", encoding="utf-8") as file:  # noqa: PTH123  nothing more is loaded here
            file.write(f"{self._counted} {event[:_SHOWN]!r}\n")
        if self._counted == order["count"]:
            os.unlink(self._order)  # noqa: PTH108  as above
            os.kill(os.getpid(), signal.SIGKILL)

    def _read(self) -> dict[str, object]:
        try:
            with open(self._order, encoding="utf-8") as file:  # noqa: PTH123  as above
                order = dict(json.load(file))
        except OSError:
            return {}
        return order if str(order["command"]) in " ".join(sys.orig_argv) else {}


def begin(folder: Path) -> None:
    """Watch this process."""
    watch, connect = Watch(folder), sqlite3.connect

    def watched(*arguments: object, **options: object) -> sqlite3.Connection:
        connection = connect(*arguments, **options)  # type: ignore[call-overload]  # as what is watched
        connection.set_trace_callback(watch.see)
        return connection

    sqlite3.connect = watched  # type: ignore[assignment]  # as above
    sys.addaudithook(watch.see_file)


if __name__ == "sitecustomize":
    begin(Path(__file__).parent)
