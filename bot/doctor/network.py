"""Ask the networks whether they know the tokens, the origins whether they answer, and all for the time."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import aiohttp

from bot.doctor.findings import Finding, Patient, fault, warning
from storage.records import Platform

if TYPE_CHECKING:
    from bot.settings import Settings

SECONDS: Final = 15.0
DRIFT: Final = 60.0  # seconds that our clock may be off
_REFUSED: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)  # Telegram says 404 to what is no token
_UNWILLING: Final = (HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS)  # 404: it has no robots.txt
_NAMES: Final = {"GRIMCHE_TELEGRAM_TOKEN": "Telegram", "GRIMCHE_DISCORD_TOKEN": "Discord"}


async def check_network(patient: Patient) -> list[Finding]:
    """Ask every origin once."""
    settings = patient.settings
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        tokens = [_token(session, *asked) for asked in _tokens(settings)]
        origins = [_origin(session, origin) for origin in sorted(set(_origins(settings)))]
        answers = await asyncio.gather(*tokens, *origins)
    found = [finding for answer, _ in answers if (finding := answer)]
    drifts = [drift for _, drift in answers if drift is not None]
    if drifts and (drift := min(drifts, key=abs)) and abs(drift) > DRIFT:
        found.append(fault("clock", seconds=round(abs(drift))))
    return found


_Answer = tuple[Finding | None, float | None]


def _tokens(settings: "Settings") -> Iterator[tuple[str, str, dict[str, str]]]:
    """Name for each token its setting, the address that knows it, and what to send along."""
    if telegram := settings.telegram_token.get_secret_value():
        yield "GRIMCHE_TELEGRAM_TOKEN", f"{settings.telegram_api}{telegram}/getMe", {}
    if discord := settings.discord_token.get_secret_value():
        address = f"{settings.discord_api.rstrip('/')}/users/@me"
        yield "GRIMCHE_DISCORD_TOKEN", address, {"Authorization": f"Bot {discord}"}


def _origins(settings: "Settings") -> Iterator[str]:
    """List the platforms' interfaces; their image hosts are many, and asked by every scrape."""
    wanted = [Platform.NAVER, Platform.KAKAOPAGE, Platform.WEBTOONS]
    for platform in [*wanted, *([Platform.KAKAO] if settings.kakao else [])]:
        yield settings.origins(platform).api


async def _token(
    session: aiohttp.ClientSession, setting: str, address: str, headers: dict[str, str]
) -> _Answer:
    try:
        async with session.get(address, headers=headers) as answer:
            drift = _drift(answer)
            if answer.status in _REFUSED:
                return fault("token", door=_NAMES[setting], setting=setting), drift
            return None, drift
    except (aiohttp.ClientError, TimeoutError) as error:
        return fault("unreachable", host=_host(address), fault=type(error).__name__), None


async def _origin(session: aiohttp.ClientSession, origin: str) -> _Answer:
    """See that a platform answers us, by what everybody may ask for."""
    try:
        async with session.get(f"{origin}/robots.txt") as answer:
            is_unwilling = answer.status in _UNWILLING or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
            found = warning("unwilling", host=_host(origin), status=str(answer.status))
            return found if is_unwilling else None, _drift(answer)
    except (aiohttp.ClientError, TimeoutError) as error:
        return warning("unreachable", host=_host(origin), fault=type(error).__name__), None


def _drift(answer: aiohttp.ClientResponse) -> float | None:
    """Tell how many seconds our clock is ahead of an answer's."""
    try:
        there = parsedate_to_datetime(answer.headers["Date"])
        return (datetime.now(UTC) - there).total_seconds()
    except (KeyError, ValueError, TypeError):
        return None


def _host(address: str) -> str:
    """Name the host alone: a path may hold a token."""
    return urlsplit(address).netloc
