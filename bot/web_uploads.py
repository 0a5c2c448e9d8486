"""Read uploaded pictures into memory, and never more than allowed."""

from dataclasses import dataclass, field

from aiohttp import BodyPartReader, web

from bot.fetching import Fetcher
from bot.web_errors import BadRequest, UploadTooLarge
from storage.errors import TooManyPictures

MEGABYTE = 1_000_000
CHUNK = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadLimits:
    """What one upload may hold."""

    megabytes: int
    pictures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What one request brought: pictures, addresses of some, or a webtoon to ask with.

    Perhaps there is also the match to explain.
    """

    pictures: tuple[bytes, ...] = field(repr=False)
    urls: tuple[str, ...] = field(repr=False, default=())
    webtoon: int | None = None
    match: int | None = None


async def read_upload(request: web.Request, *, limits: UploadLimits) -> Upload:
    """Read the fields `picture`, `url`, `webtoon` and `match` of a form.

    What passes a limit is refused while it arrives.
    """
    if request.content_type != "multipart/form-data":
        raise BadRequest
    if request.content_length is not None and request.content_length > limits.megabytes * MEGABYTE:
        raise UploadTooLarge(maximum=limits.megabytes)
    try:
        return await _read_parts(request, limits=limits)
    except (ValueError, AssertionError) as error:  # what aiohttp raises on a malformed form
        raise BadRequest from error


async def fetch_pictures(upload: Upload, *, fetcher: Fetcher, limits: UploadLimits) -> tuple[bytes, ...]:
    """Return the pictures of an upload, and behind them those that lie at its addresses.

    Raises what Fetcher.fetch raises, and UploadTooLarge.
    """
    pictures = list(upload.pictures)
    for url in upload.urls:
        pictures.append(await fetcher.fetch(url))
        if sum(map(len, pictures)) > limits.megabytes * MEGABYTE:
            raise UploadTooLarge(maximum=limits.megabytes)
    return tuple(pictures)


async def _read_parts(request: web.Request, *, limits: UploadLimits) -> Upload:
    asked: dict[str, list[bytes]] = {"picture": [], "url": []}
    count, left = 0, limits.megabytes * MEGABYTE
    numbers: dict[str, int] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise BadRequest
        data = await _read_part(part, left=left, limits=limits)
        left -= len(data)
        if part.name in {"webtoon", "match"}:
            numbers[part.name] = int(data)
        if part.name in asked:
            count += 1
            asked[part.name] += [data] if count <= limits.pictures else []
    if count > limits.pictures:
        raise TooManyPictures(count=count, maximum=limits.pictures)
    urls = tuple(data.decode().strip() for data in asked["url"])
    return Upload(pictures=tuple(asked["picture"]), urls=urls, **numbers)


async def _read_part(part: BodyPartReader, *, left: int, limits: UploadLimits) -> bytes:
    data = bytearray()
    while chunk := await part.read_chunk(CHUNK):
        data += chunk
        if len(data) > left:
            raise UploadTooLarge(maximum=limits.megabytes)
    return bytes(data)
