"""What stands between a browser and the routes: allowed hosts and origins, and headers."""

from collections.abc import Collection
from ipaddress import ip_address
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from yarl import URL

from bot.web_errors import Forbidden

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
WILDCARDS: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104  compared with, not bound

HEADERS: Final = {
    "Server": "Grimche",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'; require-trusted-types-for 'script'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def own_host(hosts: Collection[str]) -> Middleware:
    """Make the middleware that answers only to loopback names and `hosts`, against DNS rebinding.

    Where `hosts` names a wildcard, any address in digits is answered too: only names can be rebound.
    """
    allowed = LOOPBACK | {host.lower() for host in hosts}
    digits = not WILDCARDS.isdisjoint(allowed)

    @web.middleware
    async def check_host(request: web.Request, handler: Handler) -> web.StreamResponse:
        name = _host_name(request.host)
        if name not in allowed and not (digits and _is_address(name)):
            raise Forbidden
        return await handler(request)

    return check_host


@web.middleware
async def own_origin(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what another site's page posts; programs, which send no Origin, may."""
    origin = request.headers.get("Origin")
    foreign = origin is not None and origin.rpartition("://")[2].lower() != request.host.lower()
    if request.method == "POST" and (foreign or request.headers.get("Sec-Fetch-Site") == "cross-site"):
        raise Forbidden
    return await handler(request)


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Add the security headers to every response."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


def _is_address(name: str | None) -> bool:
    try:
        ip_address(name or "")
    except ValueError:
        return False
    return True


def _host_name(host: str) -> str | None:
    """Return the name in a Host header, without its port; None when it is malformed."""
    try:
        return URL(f"http://{host}").host
    except ValueError:
        return None
