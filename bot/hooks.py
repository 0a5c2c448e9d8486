"""What admins can start from a chat, where a service runs in the background."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.texts import Texts


class Hooks(Protocol):
    """Long pieces of work; each begins one for `who` and says so in a sentence, or raises GrimcheError.

    `words` is what the admin wrote behind the command.
    """

    async def scrape(self, texts: "Texts", *, who: str, words: str) -> str:
        """Begin to bring the catalogue up to date."""
        ...

    async def retrain(self, texts: "Texts", *, who: str, words: str) -> str:
        """Begin to train a new generation."""
        ...

    async def rollback(self, texts: "Texts", *, who: str, words: str) -> str:
        """Go back to the generation before."""
        ...
