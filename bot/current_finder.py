"""Keep the finder that answers, and open it anew when what is stored has changed."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bot.process_memory import give_back
from storage import database, vectors
from storage.errors import EmptyCatalogue, GrimcheError

if TYPE_CHECKING:
    from model.finder import Finder
    from storage.vectors import Stamp

log = logging.getLogger(__name__)

Open = Callable[["Finder | None"], Awaitable["Finder"]]  # it is given the one before


class CurrentFinder:
    """The finder of the database at `path`, opened by `open_finder` on the first query.

    Whether another process has changed something is looked up at most every `check_every` seconds, and
    `changed` is called where a change was found.  Queries in work keep the finder that they started with.
    """

    def __init__(
        self, path: Path, *, open_finder: Open, check_every: float, changed: Callable[[], None]
    ) -> None:
        self.stamp: Stamp | None = None
        self._path = path
        self._open_finder = open_finder
        self._check_every = check_every
        self._changed = changed
        self._checked = -float("inf")
        self._finder: Finder | None = None
        self._reload = asyncio.Lock()
        self._is_kept = False

    async def keep(self) -> None:
        """Open the finder whenever something has changed, for as long as this runs: no query waits for it."""
        self._is_kept = True
        try:
            while True:
                before = self.stamp
                await self._renew()
                await asyncio.sleep(self._check_every)
                if before not in {None, self.stamp}:  # what was replaced is large, and free by now
                    await asyncio.to_thread(give_back)
        finally:
            self._is_kept = False

    async def get(self) -> "Finder":
        """Return the finder, opened again by the first query to see a change; the others go on meanwhile.

        Raises EmptyCatalogue, GenerationError and StorageError.
        """
        is_left_to_us = not self._is_kept and not self._reload.locked()
        if self._finder is None or (is_left_to_us and self._is_check_due()):
            async with self._reload:
                if self._is_check_due():
                    await self._reopen()
        if self._finder is None:
            raise EmptyCatalogue
        return self._finder

    async def _renew(self) -> None:
        """Look for a change; what cannot be opened now leaves the one before in its place."""
        async with self._reload:
            try:
                await self._reopen()
            except GrimcheError as error:
                log.warning("the catalogue could not be opened anew: %s", error)

    def _is_check_due(self) -> bool:
        return time.monotonic() - self._checked >= self._check_every

    async def _reopen(self) -> None:
        async with database.connect(self._path, read_only=True) as connection:
            stamp = await vectors.stamp(connection)
        if stamp != self.stamp:
            self._finder = await self._open_finder(self._finder) if stamp and stamp.vectors else None
            self.stamp = stamp
            self._changed()
        self._checked = time.monotonic()
