"""How requests go out to Telegram."""

import httpx


class InOnePiece(httpx.AsyncHTTPTransport):
    """Sends the body of a request at once.

    The library hands an upload over field by field, and each piece would be a call of the system, which is
    what a busy bot spends most of its time on.  No upload is larger than a sheet.
    """

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Join the pieces, and send."""
        await request.aread()
        return await super().handle_async_request(request)
