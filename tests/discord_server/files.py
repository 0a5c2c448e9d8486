"""The files of the local Discord, behind addresses that are signed and expire.

https://discord.com/developers/docs/reference#signed-attachment-cdn-urls
"""

import hashlib
import hmac
import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from PIL import Image, UnidentifiedImageError

from tests.discord_server import rules
from tests.discord_server.refusals import Refused

Json = dict[str, Any]

_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp", "GIF": "image/gif"}


@dataclass(slots=True, kw_only=True, eq=False)
class StoredFile:
    """A file under its path."""

    id: int
    name: str
    path: str
    data: bytes
    kind: str = "application/octet-stream"
    size: tuple[int, int] | None = None
    description: str = ""
    is_temporary: bool = False
    quoted: str = ""

    def __post_init__(self) -> None:
        """Write the path for addresses once."""
        self.quoted = quote(self.path)


class Files:
    """All files; `cdn` and `media` are where they are served.  Equal bytes are kept once."""

    def __init__(self, now: Callable[[], float]) -> None:
        """Have no file yet; `now` is the time by which links expire."""
        self.now = now
        self.cdn = ""
        self.media = ""
        self.by_path: dict[str, StoredFile] = {}
        self._secret = 0
        self._known: dict[bytes, tuple[bytes, str, tuple[int, int] | None]] = {}

    def add(self, path: str, data: bytes, *, id_: int, name: str, **more: Any) -> StoredFile:  # noqa: ANN401
        """Keep a file."""
        same, kind, size = self._looked_at(data)
        stored = StoredFile(id=id_, name=name, path=path, data=same, kind=kind, size=size, **more)
        self.by_path[path] = stored
        return stored

    def link(self, stored: StoredFile, *, proxied: bool = False) -> str:
        """Write an address that is good for a day."""
        issued = int(self.now())
        until = issued + rules.LINK_SECONDS
        signed = f"ex={until:x}&is={issued:x}&hm={self._sign(stored.path, until, issued)}&"
        return f"{self.media if proxied else self.cdn}/{stored.quoted}?{signed}"

    def of_link(self, url: str) -> StoredFile | None:
        """Find the file that an address of ours names."""
        path = urlsplit(url).path.lstrip("/").removeprefix("media/")
        return self.by_path.get(path) if url.startswith((self.cdn, self.media)) else None

    def at(self, path: str, query: str) -> StoredFile:
        """Find a file by its path; refused when the signature is wrong or the link too old."""
        stored = self.by_path.get(path)
        if stored is None:
            raise Refused("Unknown", status=404)
        if path.startswith(("attachments/", "ephemeral-attachments/")):
            self._check(path, query)
        return stored

    def as_json(self, stored: StoredFile) -> Json:
        """Show an attachment: https://discord.com/developers/docs/resources/message#attachment-object."""
        shown: Json = {
            "id": str(stored.id),
            "filename": stored.name,
            "size": len(stored.data),
            "url": self.link(stored),
            "proxy_url": self.link(stored, proxied=True),
            "content_type": stored.kind,
        }
        if stored.size is not None:
            shown |= {"width": stored.size[0], "height": stored.size[1]}
        shown |= {"description": stored.description} if stored.description else {}
        return shown | ({"ephemeral": True} if stored.is_temporary else {})

    def _check(self, path: str, query: str) -> None:
        values = parse_qs(query)
        try:
            until, issued = (int(values[name][0], 16) for name in ("ex", "is"))
            signature = values["hm"][0]
        except (KeyError, ValueError):
            raise Refused("This content is no longer available.", status=404) from None
        if not hmac.compare_digest(signature, self._sign(path, until, issued)) or self.now() >= until:
            raise Refused("This content is no longer available.", status=404)

    def expire(self) -> None:
        """Let every link that was given out be too old."""
        self._secret += 1

    def _sign(self, path: str, until: int, issued: int) -> str:
        secret = str(self._secret).encode()
        return hmac.new(secret, f"{path}{until}{issued}".encode(), "sha256").hexdigest()

    def _looked_at(self, data: bytes) -> tuple[bytes, str, tuple[int, int] | None]:
        key = hashlib.sha256(data).digest()
        if key not in self._known:
            self._known[key] = (data, *_look(data))
        return self._known[key]


def transformed(stored: StoredFile, *, kind: str, width: int, height: int) -> tuple[bytes, str]:
    """Do what the media proxy does when an address asks for a format or sides."""
    if stored.size is None or not (kind or width or height):
        return stored.data, stored.kind
    with Image.open(io.BytesIO(stored.data)) as opened:
        format_ = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}.get(
            kind, opened.format or "PNG"
        )
        picture = opened.convert("RGB")
        picture.thumbnail((width or picture.width, height or picture.height))
        made = io.BytesIO()
        picture.save(made, format_)
    return made.getvalue(), _TYPES.get(format_, "image/png")


def _look(data: bytes) -> tuple[str, tuple[int, int] | None]:
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as opened:
            return _TYPES.get(opened.format or "", "application/octet-stream"), opened.size
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return "application/octet-stream", None
