"""Read an answer's body without trusting its size."""

import zlib
from collections.abc import Callable

import httpx

_GZIP = 31  # zlib's word for a gzip header


class BodyTooLarge(Exception):
    """The body has more bytes, when it is unpacked, than it may."""


class BodyDamaged(Exception):
    """The body cannot be unpacked, or ends before its end."""


async def read_body(response: httpx.Response, *, maximum: int) -> bytes:
    """Read and unpack a body of at most `maximum` bytes; never more than that is unpacked.

    httpx would unpack each piece whole, however large it becomes, so this is done here.  Raises
    `BodyTooLarge`, `BodyDamaged` and httpx's errors.
    """
    claimed = response.headers.get("content-length", "")
    if claimed.isascii() and claimed.isdecimal() and int(claimed[:20]) > maximum:
        raise BodyTooLarge
    unpack, ended = _unpacker(response.headers.get("content-encoding", "identity"))
    body = bytearray()
    async for piece in response.aiter_raw():
        body += unpack(piece, maximum + 1 - len(body))
        if len(body) > maximum:
            raise BodyTooLarge
    if not ended():
        raise BodyDamaged("it ends too early")
    return bytes(body)


def _unpacker(encoding: str) -> tuple[Callable[[bytes, int], bytes], Callable[[], bool]]:
    """Give a function that unpacks a piece into at most so many bytes, and one that says whether all came."""
    match encoding.strip().lower():
        case "identity" | "":
            return lambda piece, _: piece, lambda: True
        case "gzip" | "x-gzip":
            gzip = zlib.decompressobj(_GZIP)

            def unpack(piece: bytes, most: int) -> bytes:
                try:
                    return gzip.decompress(piece, most)
                except zlib.error as error:
                    raise BodyDamaged("it cannot be unpacked") from error

            return unpack, lambda: gzip.eof
        case _:
            raise BodyDamaged("it is packed in a way that was not asked for")
