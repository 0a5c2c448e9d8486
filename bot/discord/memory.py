"""Remember for a while where pictures came from; Discord's addresses of them expire, and none is kept."""

from typing import TYPE_CHECKING

from bot.memory import Recent, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.discord.incoming import Source


class Memory:
    """The pictures of the latest questions, and what each person was answered last in a channel."""

    def __init__(self) -> None:
        self._sources: Recent[str, tuple[Source, ...]] = Recent()
        self._latest: Recent[tuple[int, str], str] = Recent()
        self.refused = Refused()

    def sources(self, token: str) -> "tuple[Source, ...]":
        """Look up the pictures of a question; empty where there were none, or it is long ago."""
        return self._sources.get(token) or ()

    def keep_sources(self, token: str, sources: "Sequence[Source]") -> None:
        """Note the pictures of a question."""
        self._sources.keep(token, tuple(sources))

    def latest(self, channel_id: int, person: str) -> str | None:
        """Name the query that somebody was answered last in a channel."""
        return self._latest.get((channel_id, person))

    def keep_latest(self, channel_id: int, person: str, *, token: str) -> None:
        """Note the query that somebody was answered in a channel."""
        self._latest.keep((channel_id, person), token)

    def forget(self, person: str) -> None:
        """Forget what somebody was answered."""
        for key in [key for key in self._latest if key[1] == person]:
            self._latest.drop(key)
