"""A request to Discord as it comes over HTTP: JSON, or multipart with payload_json and files.

https://discord.com/developers/docs/reference#uploading-files
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from tests.discord_server import rules
from tests.discord_server.refusals import Refused, too_large

Json = dict[str, Any]

_DISPOSITION = re.compile(r'\b(name|filename\*?)="?([^";]*)')
_FILE = re.compile(r"files\[(\d+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that came with a request, or that somebody gives to a command."""

    name: str
    data: bytes


@dataclass(slots=True, kw_only=True)
class Query:
    """What one request says; `names` are the parts of its path."""

    names: dict[str, str]
    body: Any = None
    uploads: dict[str, Upload] = field(default_factory=dict)
    arguments: dict[str, str] = field(default_factory=dict)

    @property
    def json(self) -> Json:
        """The body, which has to be an object."""
        if not isinstance(self.body, dict):
            raise Refused("The request body contains invalid JSON.", code=50109)
        return self.body

    def id(self, name: str) -> int:
        """Read a part of the path as a snowflake."""
        return int(self.names[name]) if self.names[name].isdecimal() else 0


async def read(request: web.Request) -> Query:
    """Read a request in either of the two ways."""
    query = Query(names=dict(request.match_info), arguments=dict(request.query))
    kind = request.content_type
    try:
        if kind == "application/json":
            query.body = json.loads(await request.text() or "null")
        elif kind == "multipart/form-data":
            await _read_parts(request, query)
    except (ValueError, UnicodeDecodeError):
        raise Refused("The request body contains invalid JSON.", code=50109) from None
    except web.HTTPRequestEntityTooLarge:
        raise too_large() from None
    return query


async def _read_parts(request: web.Request, query: Query) -> None:
    """Read multipart; in memory, as a test would not have it elsewhere."""
    total = 0
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        data = bytes(await part.read())  # type: ignore[union-attr]  # nested multipart does not come
        total += len(data)
        if total > rules.REQUEST_BYTES:
            raise too_large()
        name, filename = _names(part.headers.get("Content-Disposition", ""))
        if name == "payload_json":
            query.body = json.loads(data)
        elif found := _FILE.fullmatch(name):
            query.uploads[found[1]] = Upload(name=filename or "file", data=data)


def _names(disposition: str) -> tuple[str, str]:
    """Read the names of a part, in a fraction of the time that aiohttp takes for each."""
    found: dict[str, str] = dict(_DISPOSITION.findall(disposition))
    filename = found.get("filename*") or found.get("filename") or ""
    return found.get("name", ""), unquote(filename.removeprefix("utf-8''"))
