"""Tell the admins of every network what they did not ask about: once, and in their language."""

import functools
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from bot import texts as all_texts
from bot.scrape_words import fault_notice, news_notice
from storage import database, notes

if TYPE_CHECKING:
    from bot.following import Following
    from bot.notices import Notice
    from bot.scrape_job import Leg, Round
    from bot.texts import Texts

Reader = tuple[str, int]  # a door and the number of an admin


async def tell_all(
    following: "Following", say: "Callable[[Texts], Notice]", *, without: Collection[Reader]
) -> None:
    """Write to each admin, but for those who have been told already."""
    for board in following.boards:
        for admin in sorted(board.admins):
            if (board.door, admin) not in without:
                await board.post(admin, say(all_texts.get(await board.language_of(admin))))


async def tell_of_round(following: "Following", path: Path, *, this: "Round", is_asked: bool) -> None:
    """Say what is wrong with a platform when it is something else than the last time, and what is new.

    Whose message follows the round has read it there.  What was asked for is news to nobody.
    """
    readers = await following.followers_of(this.job)
    for leg in this.legs:
        if await _is_new_fault(path, leg):
            await tell_all(following, functools.partial(fault_notice, leg), without=readers)
    brought = [leg for leg in this.legs if leg.webtoons or leg.artists]
    if brought and not is_asked:
        await tell_all(following, functools.partial(news_notice, brought), without=readers)


async def _is_new_fault(path: Path, leg: "Leg") -> bool:
    """Tell whether a fault is another one than the last that was told, and note it; none is noted as none."""
    name = f"fault {leg.platform}"
    async with database.connect(path) as connection, database.transaction(connection):
        before = await notes.get_note(connection, name) or ""
        if leg.fault != before:
            await notes.save_note(connection, name, value=leg.fault)
    return leg.fault not in {"", before}
