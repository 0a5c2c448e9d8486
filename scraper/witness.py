"""Remember what a platform said last, for the case that it cannot be understood."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from scraper.client import MAXIMUM, Body, Client


class Witness(Client):
    """A client that keeps the last answer that was no picture."""

    latest: bytes = b""

    async def get(
        self,
        address: str,
        *,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] = MappingProxyType({}),
        maximum: int = MAXIMUM,
        kinds: Sequence[str] = (),
    ) -> Body:
        """Fetch as a client does; what came before is forgotten first, should there be no body at all."""
        if kinds != ("image/",):
            self.latest = b""
        body = await super().get(address, params=params, headers=headers, maximum=maximum, kinds=kinds)
        if not body.content_type.startswith("image/"):
            self.latest = body.data
        return body
