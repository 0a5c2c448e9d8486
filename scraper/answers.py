"""Understand what an answer's head says."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx

from storage.errors import Gated, NotThere, SourceError
from storage.records import Platform

REFUSING = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS})
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


class Passing(Exception):
    """A fault that may have passed at the next try; the platform may have said `wait`, in seconds."""

    def __init__(self, fault: str, *, wait: float | None = None) -> None:
        """Say what was wrong."""
        super().__init__(fault)
        self.wait = wait


def judge(response: httpx.Response, *, platform: Platform) -> None:
    """Let answers with a body, unchanged ones and redirects through.

    Raises `Passing`, `Gated`, `NotThere`, and `SourceError` for all other answers.
    """
    status, where = response.status_code, response.url.path
    if status in _PASSING:
        raise Passing(f"answered {status}", wait=_retry_after(response))
    if status == HTTPStatus.UNAUTHORIZED:
        raise Gated(platform=platform, where=where)
    if status in _GONE:
        raise NotThere(platform=platform, where=where)
    if status not in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED} and not response.has_redirect_location:
        raise SourceError(platform=platform, fault=f"{where} answered {status}.")


def content_type_of(response: httpx.Response) -> str:
    """Read the kind of content, without its parameters."""
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()


def _retry_after(response: httpx.Response) -> float | None:
    """Read for how many seconds the platform wants to be left alone; it may give a number or a date."""
    said = response.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdecimal():
        return float(said[:9])
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
