"""Say what is known about a webtoon, without a word of any door."""

from typing import TYPE_CHECKING, Final

from bot.plain import cut
from bot.words import is_adult
from storage.records import Role, StoredWebtoon

if TYPE_CHECKING:
    from bot.service import Service
    from bot.texts import Texts

TITLE: Final = 120  # characters in a card
NAMES: Final = 120
SYNOPSIS: Final = 320
SHORT: Final = 60  # characters of a title in a line, a button or a sentence
ARTISTS: Final = 3  # who get a button each


async def newest_picture(service: "Service", webtoon_id: int) -> str | None:
    """Name the thumbnail of the last episode that has one."""
    episodes = await service.episodes(webtoon_id)
    return next((episode.picture for episode in reversed(episodes) if episode.picture), None)


def card_lines(stored: StoredWebtoon, texts: "Texts") -> list[str]:
    """Say who did what, where it is to be read, and of which kind it is."""
    genres = cut(" · ".join(stored.webtoon.genres), NAMES)
    return [*credit_lines(stored, texts), " · ".join(facts(stored, texts)), *([genres] if genres else [])]


def credit_lines(stored: StoredWebtoon, texts: "Texts") -> list[str]:
    """Say who did what, a line for each role."""
    lines = []
    for role in (Role.PAINTER, Role.WRITER, Role.ORIGINAL):
        names = list(dict.fromkeys(credit.artist for credit in stored.webtoon.credits if credit.role is role))
        if names:
            lines.append(texts.format(f"chat-credit-{role}", names=cut(", ".join(names), NAMES)))
    return lines


def short_line(stored: StoredWebtoon, texts: "Texts") -> str:
    """Say a webtoon in a line."""
    return " · ".join([cut(stored.webtoon.title, SHORT), short_facts(stored, texts)])


def short_facts(stored: StoredWebtoon, texts: "Texts") -> str:
    """Say where a webtoon is to be read, and how long it is."""
    return " · ".join(facts(stored, texts)[:2])


def facts(stored: StoredWebtoon, texts: "Texts") -> list[str]:
    """Say where a webtoon is to be read, how long it is, whether it goes on, and for whom it is."""
    webtoon = stored.webtoon
    known = [
        texts.format(f"platform-{webtoon.platform}"),
        texts.format("chat-episodes", count=stored.episodes),
        texts.format(f"chat-status-{webtoon.status}"),
    ]
    return [*known, texts.format("chat-for-adults")] if is_adult(stored) else known
