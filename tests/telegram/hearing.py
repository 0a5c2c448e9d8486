"""Wait for what the bot says to its admins."""

from collections.abc import Callable

from tests.telegram_server import Person
from tests.telegram_server.answers import Answer


async def until(person: Person, found: Callable[[Answer], object], *, seconds: float = 60) -> Answer:
    """Wait until the bot says, or changes, something of a kind."""
    while True:
        answer = await person.private.answer(timeout=seconds)
        if found(answer):
            return answer


def says(part: str) -> Callable[[Answer], bool]:
    """Look for words, under a picture too."""
    return lambda answer: part in answer.words
