"""Answer errors with one sentence: the boundary of the web chat."""

import logging
import secrets
from http import HTTPStatus
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

from bot import texts
from bot.texts import Language
from bot.web_answers import error_json
from bot.web_pages import choose_language
from storage import errors
from storage.errors import GrimcheError, PictureError

log = logging.getLogger(__name__)

LANGUAGE: Final = web.AppKey("LANGUAGE", Language)


class BadRequest(GrimcheError):
    """The request is not what the page sends."""

    key = "error-bad-request"
    sentence = "The request is not understood; reload the page and try again."


class Forbidden(GrimcheError):
    """The request comes from another site, or asks for another host."""

    key = "error-forbidden"
    sentence = "This address is not served here; open the page at the address that Grimche printed."


class NotThere(GrimcheError):
    """Nothing lies at this address."""

    key = "error-not-there"
    sentence = "There is nothing at this address."


class NoPicture(PictureError):
    """The upload holds no picture."""

    key = "error-no-picture"
    sentence = "No picture has arrived; choose at least one."


class UploadTooLarge(PictureError):
    """The pictures of one upload have more than `maximum` MB together."""

    key = "error-upload-too-large"
    sentence = "The pictures are too large to send at once; {maximum} MB are the limit."


class FaultyPicture(Exception):
    """One of several pictures cannot be used; `position` counts from 0."""

    def __init__(self, error: PictureError, *, position: int) -> None:
        super().__init__(str(error))
        self.error = error
        self.position = position


# The first that fits counts.
STATUSES: Final[tuple[tuple[type[GrimcheError], HTTPStatus], ...]] = (
    (errors.NotAPicture, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
    (errors.UnsupportedFormat, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
    (errors.FileTooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (errors.PictureTooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (UploadTooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (PictureError, HTTPStatus.BAD_REQUEST),
    (BadRequest, HTTPStatus.BAD_REQUEST),
    (Forbidden, HTTPStatus.FORBIDDEN),
    (NotThere, HTTPStatus.NOT_FOUND),
    (errors.WebtoonNotFound, HTTPStatus.NOT_FOUND),
    (GrimcheError, HTTPStatus.SERVICE_UNAVAILABLE),
)


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn whatever a route raises into a sentence; what nobody foresaw is logged under a reference."""
    try:
        return await handler(request)
    except FaultyPicture as fault:
        return _response(request, fault.error, picture=fault.position)
    except GrimcheError as error:
        return _response(request, error)
    except web.HTTPException as error:
        return _response(request, _translated(error), status=error.status, headers=_kept(error))
    except ConnectionError:
        return web.Response(status=HTTPStatus.BAD_REQUEST)  # the browser has gone; nobody reads this
    except Exception:
        reference = secrets.token_hex(4)
        log.exception("%s %s failed (reference %s)", request.method, request.path, reference)
        return _response(
            request, GrimcheError(), status=HTTPStatus.INTERNAL_SERVER_ERROR, reference=reference
        )


def status_of(error: GrimcheError) -> HTTPStatus:
    """Choose the HTTP status of an error."""
    return next(status for kind, status in STATUSES if isinstance(error, kind))


def language_of(request: web.Request) -> Language:
    """Choose the language of a request: its `lang`, what its browser likes, or the default."""
    wish = f"{request.query.get('lang', '')};q=9,{request.headers.get('Accept-Language', '')}"
    return choose_language(wish, default=request.app[LANGUAGE])


def _response(
    request: web.Request,
    error: GrimcheError,
    *,
    status: int | None = None,
    reference: str = "",
    picture: int | None = None,
    headers: dict[str, str] | None = None,
) -> web.Response:
    words = texts.get(language_of(request))
    sentence = words.format("error-reference", reference=reference) if reference else words.error(error)
    body = error_json(error, sentence, reference=reference, picture=picture)
    return web.json_response(text=body, status=status or status_of(error), headers=headers)


def _translated(error: web.HTTPException) -> GrimcheError:
    return NotThere() if error.status == HTTPStatus.NOT_FOUND else BadRequest()


def _kept(error: web.HTTPException) -> dict[str, str]:
    """Keep what a 405 must say."""
    return {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
