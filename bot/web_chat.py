"""The web chat: one page, and the JSON behind it."""

import json
import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Final

from aiohttp import web

from bot.fetching import Fetcher, Network
from bot.service import Service
from bot.texts import Language
from bot.web_answers import answer_json, samples_json, search_json, texts_json
from bot.web_errors import (
    LANGUAGE,
    BadRequest,
    FaultyPicture,
    NoPicture,
    NotThere,
    answer_errors,
    language_of,
)
from bot.web_guard import add_headers, own_host, own_origin
from bot.web_pages import FILES, File, index_page, page_texts, static_file
from bot.web_uploads import Upload, UploadLimits, fetch_pictures, read_upload
from bot.why_json import why_json
from storage.answers import Answer
from storage.errors import PictureError

DOOR: Final = "web"
SERVICE: Final = web.AppKey("SERVICE", Service)
LIMITS: Final = web.AppKey("LIMITS", UploadLimits)
FETCHER: Final = web.AppKey("FETCHER", Fetcher)

SAMPLES = 8
SEARCH_RESULTS = 10
JSON_BYTES = 1 << 16

_SHA256 = re.compile(r"[0-9a-f]{64}")
_TYPES: Final = {name: f"image/{name}" for name in ("jpeg", "png", "webp", "gif", "bmp", "avif")}


def application(
    service: Service,
    *,
    default_language: Language = Language.EN,
    max_upload_mb: int = 64,
    max_pictures: int = 10,
    hosts: Sequence[str] = (),
    network: Network | None = None,
) -> web.Application:
    """Build the web chat over `service`; it answers to loopback names and to `hosts`.

    Pictures that are named by address are fetched from `network`, which is the internet.
    """
    middlewares = [answer_errors, own_host(hosts), own_origin]
    app = web.Application(middlewares=middlewares, client_max_size=JSON_BYTES)
    app[SERVICE] = service
    app[LANGUAGE] = default_language
    app[LIMITS] = UploadLimits(megabytes=max_upload_mb, pictures=max_pictures)
    app.on_response_prepare.append(add_headers)
    app.cleanup_ctx.append(_fetching(network))
    app.add_routes(
        [
            web.get("/", show_page),
            *(web.get(f"/{name}", show_file) for name in FILES),
            web.get("/api/texts", show_texts),
            web.get("/api/samples", show_samples),
            web.get("/api/search", search),
            web.post("/api/similar", similar),
            web.post("/api/fetch", fetch),
            web.post("/api/like", like),
            web.post("/api/sheet", sheet),
            web.post("/api/why", why),
            web.get("/picture/{sha256}", show_picture),
            web.get("/healthz", show_health),
        ]
    )
    return app


async def show_page(request: web.Request) -> web.Response:
    """Serve the page in the visitor's language."""
    limits = request.app[LIMITS]
    language = language_of(request)
    page = _file(request, index_page(language, pictures=limits.pictures, megabytes=limits.megabytes))
    page.headers["Vary"] = "Accept-Language"
    return page


async def show_file(request: web.Request) -> web.Response:
    """Serve a script, a style or an icon."""
    return _file(request, static_file(request.path.removeprefix("/")))


async def show_texts(request: web.Request) -> web.Response:
    """Serve the texts of one language."""
    language = language_of(request)
    return _json(texts_json(language, page_texts(language)))


async def show_samples(request: web.Request) -> web.Response:
    """Serve the names of a few pictures to try, and how much the catalogue holds."""
    service = request.app[SERVICE]
    return _json(samples_json(await service.samples(SAMPLES), await service.counts()))


async def search(request: web.Request) -> web.Response:
    """Find webtoons by a part of their title or of a painter's name."""
    service = request.app[SERVICE]
    text = request.query.get("q", "").strip()
    found = await service.search(text, limit=SEARCH_RESULTS) if text else []
    return _json(search_json([(stored, await _cover(service, stored.id)) for stored in found]))


async def similar(request: web.Request) -> web.Response:
    """Answer one query of one or several pictures; they stay in memory and are forgotten."""
    upload = await _read(request)
    return _json(answer_json(await _answer(request.app[SERVICE], upload.pictures)))


async def fetch(request: web.Request) -> web.Response:
    """Bring the picture that lies at an address, for the page may load none from elsewhere."""
    upload = await _read(request)
    if len(upload.pictures) != 1:
        raise NoPicture
    (data,) = upload.pictures
    return web.Response(
        body=data, content_type="application/octet-stream", headers={"Cache-Control": "no-store"}
    )


async def like(request: web.Request) -> web.Response:
    """Answer with the webtoons most like one of the catalogue."""
    try:
        webtoon = (await request.json())["webtoon"]
    except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise BadRequest from error
    if type(webtoon) is not int:
        raise BadRequest
    service = request.app[SERVICE]
    with service.observed.meters.asking(DOOR):
        return _json(answer_json(await service.like(webtoon)))


async def sheet(request: web.Request) -> web.Response:
    """Draw an answer as one picture; the query comes again, for no answer is kept."""
    service = request.app[SERVICE]
    upload = await _read(request)
    data = await service.sheet(await _answer_again(service, upload), pictures=upload.pictures)
    kind = "png" if data.startswith(b"\x89PNG") else "jpeg"
    return web.Response(body=data, content_type=_TYPES[kind])


async def why(request: web.Request) -> web.Response:
    """Say why one match to a query is one; the query comes again, for no answer is kept."""
    service = request.app[SERVICE]
    upload = await _read(request)
    if upload.match is None:
        raise BadRequest
    if upload.webtoon is not None:
        return _json(why_json(await service.why_like(upload.webtoon, webtoon_id=upload.match)))
    if not upload.pictures:
        raise NoPicture
    return _json(why_json(await service.why(upload.pictures, webtoon_id=upload.match)))


async def show_picture(request: web.Request) -> web.Response:
    """Serve a picture of the catalogue; its name is its content, so it never changes."""
    sha256 = request.match_info["sha256"]
    picture = await request.app[SERVICE].picture(sha256) if _SHA256.fullmatch(sha256) else None
    if picture is None:
        raise NotThere
    return web.Response(
        body=picture.data,
        content_type=_TYPES.get(picture.format.lower(), "application/octet-stream"),
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )


async def show_health(_request: web.Request) -> web.Response:
    """Say that the server answers."""
    return web.Response(text="ok\n")


async def _read(request: web.Request) -> Upload:
    """Read a form, and bring the pictures that it names by address."""
    limits = request.app[LIMITS]
    upload = await read_upload(request, limits=limits)
    pictures = await fetch_pictures(upload, fetcher=request.app[FETCHER], limits=limits)
    return replace(upload, pictures=pictures)


def _fetching(network: Network | None) -> Callable[[web.Application], AsyncIterator[None]]:
    """Make what opens a fetcher while the web chat is served."""

    async def fetching(app: web.Application) -> AsyncIterator[None]:
        async with Fetcher(network=network) as fetcher:
            app[FETCHER] = fetcher
            yield

    return fetching


async def _cover(service: Service, webtoon: int) -> str | None:
    """Name the newest thumbnail of a webtoon."""
    episodes = await service.episodes(webtoon)
    return next((stored.picture for stored in reversed(episodes) if stored.picture), None)


async def _answer_again(service: Service, upload: Upload) -> Answer:
    if upload.webtoon is not None:
        return await service.like(upload.webtoon)
    return await _answer(service, upload.pictures)


async def _answer(service: Service, pictures: Sequence[bytes]) -> Answer:
    if not pictures:
        raise NoPicture
    try:
        with service.observed.meters.asking(DOOR):
            return await service.similar(pictures)
    except PictureError as error:
        raise FaultyPicture(error, position=await service.first_faulty(pictures) or 0) from error


def _json(text: str) -> web.Response:
    return web.json_response(text=text, headers={"Cache-Control": "no-store"})


def _file(request: web.Request, file: File) -> web.Response:
    """Serve a file that the browser may keep, but must ask about."""
    headers = {"ETag": f'"{file.tag}"', "Cache-Control": "no-cache"}
    if any(tag.value == file.tag for tag in request.if_none_match or ()):
        return web.Response(status=HTTPStatus.NOT_MODIFIED, headers=headers)
    return web.Response(body=file.data, content_type=file.content_type, charset="utf-8", headers=headers)
