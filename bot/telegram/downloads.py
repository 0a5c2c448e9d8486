"""Fetch the bytes of pictures; they stay in memory."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from telegram import Bot
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.telegram.incoming import Source
from bot.waits import waits
from storage.errors import FileTooLarge, NotHandedOver

if TYPE_CHECKING:
    from bot.fetching import Fetcher

MOST_MB: Final = 20  # https://core.telegram.org/bots/api#getfile
ATTEMPTS: Final = 4


class Downloads:
    """The pictures of one question, fetched when they are needed first."""

    def __init__(self, bot: Bot, sources: Sequence[Source], *, fetcher: "Fetcher") -> None:
        self._bot = bot
        self._sources = sources
        self._fetcher = fetcher
        self.fetched: list[bytes] = []

    async def fetch(self) -> Sequence[bytes]:
        """Return the bytes; raises FileTooLarge, NotHandedOver and what the fetcher raises."""
        if not self.fetched:
            tasks = (_fetch(self._bot, source, fetcher=self._fetcher) for source in self._sources)
            self.fetched.extend(await asyncio.gather(*tasks))
        return self.fetched


async def _fetch(bot: Bot, source: Source, *, fetcher: "Fetcher") -> bytes:
    if source.url:
        return await fetcher.fetch(source.url)
    _check(source.size)
    try:
        return await _download(bot, source.file_id)
    except BadRequest as error:
        if "too big" in error.message.lower():
            raise FileTooLarge(size=_megabytes(source.size), maximum=MOST_MB) from error
        raise NotHandedOver from error
    except TelegramError as error:
        raise NotHandedOver from error


async def _download(bot: Bot, file_id: str) -> bytes:
    file = await bot.get_file(file_id)
    _check(file.file_size)
    for attempt, wait in enumerate(waits(), start=1):
        try:
            return bytes(await file.download_as_bytearray())
        except NetworkError:
            if attempt == ATTEMPTS:
                raise
        await asyncio.sleep(wait)
    raise AssertionError  # waits never end


def _check(size: int | None) -> None:
    """Refuse a file that is too large; a server of one's own would hand it over."""
    if size is not None and size > MOST_MB << 20:
        raise FileTooLarge(size=_megabytes(size), maximum=MOST_MB)


def _megabytes(size: int | None) -> int:
    return -(-(size or 0) >> 20) or MOST_MB + 1
