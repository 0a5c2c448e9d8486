"""What a chat of a network can choose."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeVar

from bot.texts import Language
from storage.chats import Chat

E = TypeVar("E", bound=StrEnum)

MOST_RESULTS = 10

AUTO: Final = "auto"  # in the place of a language: the asker's
LANGUAGE_NAMES: Final[Mapping[Language, str]] = MappingProxyType(
    {Language.KO: "한국어", Language.EN: "English"}
)


class Form(StrEnum):
    """How an answer looks: one sheet, or an album of thumbnails."""

    SHEET = "sheet"
    ALBUM = "album"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatChoices:
    """What a chat has chosen: its language (None: the asker's), form and number of results.

    `automatic` says whether every picture of a group is answered, addressed to the bot or not, and
    `is_private` whether answers are for the asker's eyes only where the network can do that.  A server of
    many channels names some by their hashes: `channels` are those where anything is answered (none: all),
    and `automatic_in` those where every picture is.
    """

    language: Language | None = None
    form: Form = Form.SHEET
    results: int = MOST_RESULTS
    automatic: bool = False
    is_private: bool = False
    channels: frozenset[str] = frozenset()
    automatic_in: frozenset[str] = frozenset()


def language_called(name: str) -> Language | None:
    """Read a language that was chosen, None for that of the asker; raises ValueError."""
    return None if name == AUTO else Language(name)


def choices_of(chat: Chat | None) -> ChatChoices:
    """Read what a chat has chosen; what cannot be understood, perhaps of a newer version, is the usual."""
    if chat is None:
        return ChatChoices()
    results = chat.choices.get("results")
    return ChatChoices(
        language=_one_of(Language, chat.language),
        form=_one_of(Form, chat.choices.get("form")) or Form.SHEET,
        results=results if type(results) is int and 1 <= results <= MOST_RESULTS else MOST_RESULTS,
        automatic=chat.choices.get("automatic") is True,
        is_private=chat.choices.get("private") is True,
        channels=_names(chat.choices.get("channels")),
        automatic_in=_names(chat.choices.get("automatic_in")),
    )


def chat_of(door: str, chat_id: str, *, choices: ChatChoices) -> Chat:
    """Make what is stored of a chat's choices."""
    return Chat(
        door=door,
        chat_id=chat_id,
        language=choices.language,
        choices={
            "form": choices.form,
            "results": choices.results,
            "automatic": choices.automatic,
            "private": choices.is_private,
            "channels": sorted(choices.channels),
            "automatic_in": sorted(choices.automatic_in),
        },
    )


def _one_of(values: type[E], name: object) -> E | None:
    return next((value for value in values if value == name), None)


def _names(value: object) -> frozenset[str]:
    names = value if isinstance(value, list) else []
    return frozenset(name for name in names if isinstance(name, str))
