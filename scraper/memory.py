"""Remember answers by address, so that a platform need only say that nothing has changed."""

from collections import OrderedDict
from dataclasses import dataclass, field

_LARGEST = 32 << 20  # bytes of all bodies together


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What came from `url`, unpacked; when it is `unchanged` it came from memory."""

    data: bytes = field(repr=False)
    content_type: str
    url: str
    unchanged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """An answer, and what the platform called its state."""

    body: Body
    etag: str = ""
    modified: str = ""


class Memory:
    """Hold the answers of a process that were asked for last, pictures left out; runs may share it."""

    def __init__(self, *, largest: int = _LARGEST) -> None:
        """Hold at most `largest` bytes."""
        self._largest = largest
        self._size = 0
        self._answers: OrderedDict[str, Remembered] = OrderedDict()

    def recall(self, url: str) -> Remembered | None:
        """Find the last answer of an address."""
        return self._answers.get(url)

    def keep(self, url: str, answer: Remembered) -> None:
        """Hold an answer that can be asked about, and forget the oldest for it."""
        self._forget(url)
        askable = answer.etag or answer.modified
        if (
            not askable
            or answer.body.content_type.startswith("image/")
            or len(answer.body.data) > self._largest
        ):
            return
        self._answers[url] = answer
        self._size += len(answer.body.data)
        while self._size > self._largest:
            self._forget(next(iter(self._answers)))

    def _forget(self, url: str) -> None:
        gone = self._answers.pop(url, None)
        self._size -= len(gone.body.data) if gone else 0
