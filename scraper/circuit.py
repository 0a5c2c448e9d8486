"""Stop asking an origin that refuses us, or that does not answer."""

from storage.errors import HostRefused, HostUnreachable
from storage.records import Platform

_REFUSALS = 5  # in a row
_SILENCES = 3  # in a row, each of them after all its retries


class Circuit:
    """Count what went wrong in a row with `host`, and be open for good when it was too much."""

    def __init__(self, platform: Platform, *, host: str) -> None:
        """Begin closed."""
        self._platform = platform
        self._host = host
        self._refusals = self._silences = 0
        self._open: HostRefused | HostUnreachable | None = None

    def check(self) -> None:
        """Raise `HostRefused` or `HostUnreachable` once it is open."""
        if self._open is not None:
            raise type(self._open)(**self._open.values)

    def answered(self) -> None:
        """Note an answer that is no refusal."""
        self._refusals = self._silences = 0

    @property
    def doubtful(self) -> bool:
        """Whether as many refusals came as are borne where nothing speaks for the host."""
        return self._refusals >= _REFUSALS

    def refused(self, fault: str, *, trusted: bool = False, for_good: bool = False) -> None:
        """Note a 403 or 429, and open at the last that is borne, or at once when it is `for_good`.

        Of a host that is `trusted`, since it answered before, twice as many are borne.
        """
        self._refusals += 1
        if for_good or self._refusals >= (2 * _REFUSALS if trusted else _REFUSALS):
            self._open = HostRefused(platform=self._platform, host=self._host, fault=fault)

    def silent(self, fault: str) -> None:
        """Note a request that got no usable answer after all its retries."""
        self._silences += 1
        if self._silences >= _SILENCES:
            self._open = HostUnreachable(platform=self._platform, host=self._host, fault=fault)
