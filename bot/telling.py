"""Tell admins of what a round met: a fault once until it changes, and news that nobody asked for."""

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from bot.scrape_words import fault_notice, news_notice
from storage import database, notes

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.boards import Boards, Reader
    from bot.scrape_job import Round


async def tell_of_round(
    boards: "Boards", path: Path, *, this: "Round", is_asked: bool, readers: "Collection[Reader]"
) -> None:
    """Tell all admins but `readers`, whose messages follow the round, what is wrong and what is new.

    What was asked for is news to nobody.  Raises StorageError.
    """
    for leg in this.legs:
        if await is_new_fault(path, str(leg.platform), fault=leg.fault):
            boards.tell_all(functools.partial(fault_notice, leg), without=readers)
    brought = [leg for leg in this.legs if leg.webtoons or leg.artists]
    if brought and not is_asked:
        boards.tell_all(functools.partial(news_notice, brought), without=readers)


async def is_new_fault(path: Path, of: str, *, fault: str) -> bool:
    """Tell whether a fault is another one than the last that was told, and note it; none is noted as none."""
    name = f"fault {of}"
    async with database.connect(path) as connection, database.transaction(connection):
        before = await notes.get_note(connection, name) or ""
        if fault != before:
            await notes.save_note(connection, name, value=fault)
    return fault not in {"", before}
