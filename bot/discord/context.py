"""What every handler of the Discord door works with."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from bot.discord.memory import Memory
from bot.discord.work import Work
from bot.pace import Pace

if TYPE_CHECKING:
    import discord

    from bot.desk import Desk
    from bot.discord.client import BotClient
    from bot.fetching import Fetcher
    from bot.ledger import Ledger
    from bot.office import Office
    from bot.service import Service
    from bot.texts import Language

DOOR: Final = "discord"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts that are put together before the door opens; `admins` are Discord's user ids.

    `memory`, `pace` and `work` are the door's own: what was asked lately, who called lately, and what is
    being answered.  `admin_guild` is the server where admins have their commands.
    """

    service: "Service"
    ledger: "Ledger"
    desk: "Desk"
    fetcher: "Fetcher"
    office: "Office"
    admins: frozenset[int]
    language: "Language"
    admin_guild: int | None = None
    memory: Memory = field(default_factory=Memory)
    pace: Pace = field(default_factory=Pace)
    work: Work = field(default_factory=Work)


def parts_of(interaction: "discord.Interaction") -> Parts:
    """Return the parts, which the client holds."""
    return client_of(interaction).parts


def client_of(interaction: "discord.Interaction") -> "BotClient":
    """Return the client as what it is."""
    return cast("BotClient", interaction.client)
