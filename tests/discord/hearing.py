"""Wait for what the bot says to its admins in direct messages."""

from collections.abc import Callable

from tests.discord_server import Person
from tests.discord_server.replies import Reply


async def until(person: Person, found: Callable[[Reply], object]) -> Reply:
    """Wait until the bot says, or changes, something of a kind."""
    while True:
        answer = await person.dm.answer(timeout=60)
        if found(answer):
            return answer


def says(part: str) -> Callable[[Reply], bool]:
    """Look for words."""
    return lambda answer: part in answer.text
