"""Read what an origin's robots.txt allows us."""

from dataclasses import dataclass, field

from protego import Protego

NAME = "Grimche"  # by which robots.txt addresses us
_LARGEST = 500 << 10  # bytes that are read, as RFC 9309 advises


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What an origin allows; everything when it has no robots.txt."""

    protego: Protego = field(repr=False)

    def allow(self, address: str) -> bool:
        """Say whether `address` may be fetched."""
        return bool(self.protego.can_fetch(address, NAME))

    @property
    def interval(self) -> float:
        """The seconds that it wants between two requests, 0 when it says nothing."""
        delay = self.protego.crawl_delay(NAME) or 0.0
        rate = self.protego.request_rate(NAME)
        return max(float(delay), rate.seconds / rate.requests if rate and rate.requests else 0.0)


def parse_robots(data: bytes) -> Rules:
    """Read a robots.txt; what is no rule, such as a page of HTML, is no rule."""
    return Rules(protego=Protego.parse(data[:_LARGEST].decode("utf-8-sig", "replace")))
