"""Name the origins of each platform, which are settings: tests and mirrors have others."""

from dataclasses import dataclass
from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """Where a platform's interface (`api`) and its `images` are: scheme, host and port, without a path."""

    api: str
    images: tuple[str, ...]


def origin_of(address: str) -> str:
    """Take scheme, host and port out of an address, in their one spelling; empty when it has none."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:  # a port that is no number, or half a bracket
        return ""
    if not host or parts.scheme not in _PORTS:
        return ""
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}" + ("" if port in {None, _PORTS[parts.scheme]} else f":{port}")
