"""Name the origins of each platform, which are settings: tests and mirrors have others."""

from dataclasses import dataclass

import httpx

from storage.errors import SourceError
from storage.records import Platform


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """Where a platform's interface (`api`) and its `images` are: scheme, host and port, without a path.

    `pages` is where its HTML lies, when that is elsewhere and needed.
    """

    api: str
    images: tuple[str, ...]
    pages: str = ""


def origin_of(url: httpx.URL) -> str:
    """Write scheme, host and port in their one spelling, as httpx will connect to them."""
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def address_of(address: str, *, platform: Platform) -> httpx.URL:
    """Read an absolute address that `platform` gave; raises `SourceError` for anything else.

    A user's name in it would be sent as a login, so that is refused too.
    """
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise SourceError(platform=platform, fault="it gives an address that is none.") from error
    if url.scheme not in {"http", "https"} or not url.host or url.userinfo:
        raise SourceError(platform=platform, fault="it gives an address that is no plain web address.")
    return url
