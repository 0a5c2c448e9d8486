"""A request to the Bot API as it comes over HTTP, and the values in it.

https://core.telegram.org/bots/api#making-requests: in the address, as a form, as multipart or as JSON.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.telegram_server.refusals import Refused, bad_request


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that came with a request."""

    name: str
    mime: str
    data: bytes


@dataclass(slots=True, kw_only=True)
class Query:
    """The values and files of one request."""

    method: str
    values: dict[str, str]
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Give a value as it came, "" when it did not come."""
        return self.values.get(name, "")

    def flag(self, name: str) -> bool:
        """Give a truth value."""
        return self.text(name).lower() in {"true", "1", "yes", "y"}

    def integer(self, name: str, default: int = 0) -> int:
        """Give a whole number."""
        value = self.text(name)
        if not value:
            return default
        try:
            return int(value)
        except ValueError:
            raise bad_request(f"parameter {name} must be a number") from None

    def structure(self, name: str) -> Any:  # noqa: ANN401 - JSON of a shape that the caller checks
        """Give what is written as JSON, None when it did not come."""
        value = self.text(name)
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None


async def read(request: web.Request, method: str) -> Query:
    """Read a request in any of the four ways."""
    query = Query(method=method, values=dict(request.query))
    kind = request.content_type
    try:
        if kind == "application/json":
            values = json.loads(await request.text() or "{}")
            query.values.update({name: _as_text(value) for name, value in values.items()})
        elif kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
            _take_form(query, await request.post())
    except web.HTTPRequestEntityTooLarge:
        raise Refused("Request Entity Too Large", code=413) from None
    return query


def _take_form(query: Query, form: Any) -> None:  # noqa: ANN401 - a multidict of texts and files
    for name, value in form.items():
        if isinstance(value, web.FileField):
            data = value.file.read()
            query.uploads[name] = Upload(name=value.filename, mime=value.content_type, data=data)
        else:
            query.values[name] = value


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
