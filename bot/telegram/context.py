"""What every handler of the Telegram door works with."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from bot.telegram.albums import Albums
from bot.telegram.memory import Memory

if TYPE_CHECKING:
    from telegram.ext import CallbackContext

    from bot.desk import Desk
    from bot.fetching import Fetcher
    from bot.ledger import Ledger
    from bot.service import Service
    from bot.texts import Language

DOOR: Final = "telegram"
PARTS: Final = "parts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts that are put together before the door opens; `admins` are Telegram's user ids.

    `albums` and `memory` are the door's own: pictures of albums that are on their way, and what was
    answered lately.
    """

    service: "Service"
    ledger: "Ledger"
    desk: "Desk"
    fetcher: "Fetcher"
    admins: frozenset[int]
    language: "Language"
    albums: Albums = field(default_factory=Albums)
    memory: Memory = field(default_factory=Memory)


def parts_of(context: "CallbackContext") -> Parts:  # type: ignore[type-arg]  any of its six will do
    """Return the parts, which the door left in the application's data."""
    return cast("Parts", context.bot_data[PARTS])
