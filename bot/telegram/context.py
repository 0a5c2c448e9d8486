"""What every handler of the Telegram door works with."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from bot.asking import Asking
from bot.memory import Memory
from bot.pace import Pace
from bot.telegram.albums import Albums
from bot.telegram.rights import Rights
from bot.telegram.signs import Signs

if TYPE_CHECKING:
    from telegram.ext import ContextTypes

    from bot.desk import Desk
    from bot.fetching import Fetcher
    from bot.ledger import Ledger
    from bot.office import Office
    from bot.service import Service
    from bot.texts import Language

DOOR: Final = "telegram"
PARTS: Final = "parts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts that are put together before the door opens; `admins` are Telegram's user ids.

    `albums`, `asking`, `memory`, `pace`, `rights` and `signs` are the door's own: pictures of albums that
    are on their way, who has questions open, what was answered lately, who called lately, who decides in
    which group, and where we are seen at work.
    """

    service: "Service"
    ledger: "Ledger"
    desk: "Desk"
    fetcher: "Fetcher"
    office: "Office"
    admins: frozenset[int]
    language: "Language"
    albums: Albums = field(default_factory=Albums)
    asking: Asking = field(default_factory=Asking)
    memory: Memory = field(default_factory=Memory)
    pace: Pace = field(default_factory=Pace)
    rights: Rights = field(default_factory=Rights)
    signs: Signs = field(default_factory=Signs)


def parts_of(context: "ContextTypes.DEFAULT_TYPE") -> Parts:
    """Return the parts, which the door left in the application's data."""
    return cast("Parts", context.bot_data[PARTS])
