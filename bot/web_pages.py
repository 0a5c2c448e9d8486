"""The files of the page and its texts, read once from the package."""

import hashlib
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from bot import texts
from bot.texts import Language

FILES: Mapping[str, str] = {
    "style.css": "text/css",
    "conversation.css": "text/css",
    "composer.css": "text/css",
    "answers.css": "text/css",
    "results.css": "text/css",
    "why.css": "text/css",
    "theme.js": "text/javascript",
    "chat.js": "text/javascript",
    "answers.js": "text/javascript",
    "compare.js": "text/javascript",
    "composer.js": "text/javascript",
    "elements.js": "text/javascript",
    "memory.js": "text/javascript",
    "texts.js": "text/javascript",
    "why.js": "text/javascript",
    "icon.svg": "image/svg+xml",
    "icons.svg": "image/svg+xml",
}

_SLOT = re.compile(r"\{\{([\w-]+)\}\}")
_ID = re.compile(r"^((?:web|answer|error|familiarity|match|platform|score|trait|why)[\w-]*) =", re.MULTILINE)
_VARIABLE = re.compile(r"\$(\w+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of the page; `tag` changes whenever its bytes do."""

    data: bytes = field(repr=False)
    content_type: str
    tag: str


@cache
def static_file(name: str) -> File:
    """Return one of FILES."""
    return _file(_read(name), content_type=FILES[name])


@cache
def index_page(language: Language, *, pictures: int, megabytes: int) -> File:
    """Return the page with its texts and the limits of an upload filled in."""
    slots = {"language": language.value, "pictures": str(pictures), "megabytes": str(megabytes)}
    messages = {**page_texts(language), **slots}
    page = _SLOT.sub(lambda slot: html.escape(messages[slot[1]]), _read("index.html").decode())
    return _file(page.encode(), content_type="text/html")


@cache
def page_texts(language: Language) -> Mapping[str, str]:
    """Return every text that the page may show, by id; `{name}` stands where the page puts a value."""
    source = texts.source(language)
    slots = {name: f"{{{name}}}" for name in _VARIABLE.findall(source)}
    words = texts.get(language)
    return {message: words.format(message, **slots) for message in _ID.findall(source)}


def choose_language(accepted: str, *, default: Language) -> Language:
    """Choose the language that an Accept-Language header likes best among those that we speak."""
    known = {language.value: language for language in Language}
    wishes = sorted((_wish(part) for part in accepted.split(",")), key=lambda wish: -wish[1])
    return next((known[tag] for tag, weight in wishes if tag in known and weight > 0), default)


def _wish(part: str) -> tuple[str, float]:
    tag, _, weight = part.strip().lower().partition(";q=")
    try:
        return tag.partition("-")[0], float(weight or 1)
    except ValueError:
        return tag, 0.0


def _file(data: bytes, *, content_type: str) -> File:
    return File(data=data, content_type=content_type, tag=hashlib.sha256(data).hexdigest()[:16])


def _read(name: str) -> bytes:
    return files("bot").joinpath("web", name).read_bytes()
