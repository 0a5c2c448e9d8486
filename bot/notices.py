"""What the background tells admins, and the networks by which it does."""

from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from bot.texts import Language, Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button; `data` is what it carries, at most 64 bytes."""

    label: str
    data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A message to admins, in plain text.

    The columns of `table` need letters of one width, and `picture` is a PNG.  A message with a notice of
    a `job` follows it: it is edited until the job has ended.  `remark` is for who just asked.
    """

    text: str
    remark: str = ""
    table: str = ""
    rows: tuple[tuple[Button, ...], ...] = ()
    picture: bytes = b""
    job: int = 0

    @property
    def words(self) -> str:
        """All that is said, but for the table."""
        return "\n".join(filter(None, (self.remark, self.text)))


def write_notice(notice: Notice) -> dict[str, Any]:
    """Write a notice as JSON has it."""
    return asdict(notice) | {"picture": b64encode(notice.picture).decode()}


def read_notice(record: dict[str, Any]) -> Notice:
    """Read what write_notice wrote."""
    rows = tuple(tuple(Button(**button) for button in row) for row in record["rows"])
    return Notice(**(record | {"rows": rows, "picture": b64decode(record["picture"])}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """An admin who calls a command or presses a button; `who` is their name in the records."""

    who: str
    texts: "Texts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A message of a network; `chat_id` is the number of a person or a group."""

    door: str
    chat_id: int
    message_id: int


class Fate(Enum):
    """What became of a message: it shows, it may be tried again, or there is nobody to read it."""

    SHOWN = auto()
    LATER = auto()
    GONE = auto()


class Board(Protocol):
    """A network on which admins read; its troubles are its own and are not raised."""

    @property
    def door(self) -> str:
        """The network's word, such as "telegram"."""
        ...

    @property
    def admins(self) -> frozenset[int]:
        """The numbers of the admins."""
        ...

    async def language_of(self, admin: int) -> "Language":
        """Say in which language an admin is written to."""
        ...

    async def post(self, admin: int, notice: Notice) -> Place | Fate:
        """Write to an admin; their fate is told where they, or the network, are out of reach."""
        ...

    async def edit(self, place: Place, notice: Notice) -> Fate:
        """Put a notice in the place of what a message said."""
        ...
