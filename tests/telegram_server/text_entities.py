"""Words with their entities: HTML read as strictly as Telegram reads it, and what it finds in users' words.

https://core.telegram.org/bots/api#html-style; the sentences are those of MessageEntity.cpp in
https://github.com/tdlib/td
"""

import re
from dataclasses import dataclass, field
from typing import Any

from tests.telegram_server import rules
from tests.telegram_server.refusals import bad_request

Json = dict[str, Any]

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ESCAPE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));?")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>]*)\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.-]+)(?=[\s>])))?""")
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>]+)"
    r"|(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/])"
    r"|(?<!\w)(?P<mention>@[A-Za-z0-9_]{3,32})\b"
    r"|(?<![\w#])(?P<hashtag>#\w+)"
)


@dataclass(slots=True, kw_only=True)
class Words:
    """Words without markup, their entities, and how they were written."""

    text: str = ""
    entities: list[Json] = field(default_factory=list)
    source: str = ""


@dataclass(slots=True, kw_only=True)
class _Open:
    tag: str
    argument: str
    start: int


def utf16(text: str) -> int:
    """Count as entities are counted: https://core.telegram.org/bots/api#messageentity."""
    return len(text) + sum(ord(sign) > 0xFFFF for sign in text)


def read(source: str, *, mode: str, limit: int, too_long: str) -> Words:
    """Read the words of a bot in a parse mode; `too_long` is what is said beyond `limit` characters."""
    if mode.lower() not in {"", "html"}:
        raise bad_request("unsupported parse_mode")
    words = _Reader(source).read() if mode else Words(text=source, source=source)
    words = _trimmed(words)
    if len(words.text) > limit:
        raise bad_request(too_long)
    del words.entities[rules.ENTITIES :]
    return words


def found(text: str) -> list[Json]:
    """Find the commands, mentions, addresses and hashtags in what a user writes."""
    entities = []
    for match in _FOUND.finditer(text):
        value = match.group()
        entities.append(
            {"type": match.lastgroup, "offset": utf16(text[: match.start()]), "length": utf16(value)}
        )
    return entities


class _Reader:
    """Read HTML once from left to right."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.text: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Json] = []

    def read(self) -> Words:
        while self.at < len(self.source):
            sign = self.source[self.at]
            if sign == "<":
                self._tag()
            elif sign == "&":
                self._escape()
            else:
                end = min((p for p in map(self._next, "<&") if p >= 0), default=len(self.source))
                self._append(self.source[self.at : end])
                self.at = end
        if self.open:
            raise _unparsed(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return Words(text="".join(self.text), entities=self.entities, source=self.source)

    def _next(self, sign: str) -> int:
        return self.source.find(sign, self.at)

    def _append(self, text: str) -> None:
        self.text.append(text)
        self.length += utf16(text)

    def _escape(self) -> None:
        match = _ESCAPE.match(self.source, self.at)
        if match is None:
            self._append("&")
            self.at += 1
            return
        hexadecimal, decimal, name = match.groups()
        self._append(_NAMED[name] if name else chr(int(hexadecimal, 16) if hexadecimal else int(decimal)))
        self.at = match.end()

    def _tag(self) -> None:
        begin = len(self.source[: self.at].encode())
        self.at += 1
        if self.source.startswith("/", self.at):
            self._end(begin)
        else:
            self._start(begin)

    def _name(self) -> str:
        start = self.at
        while (
            self.at < len(self.source) and self.source[self.at] != ">" and not self.source[self.at].isspace()
        ):
            self.at += 1
        return self.source[start : self.at]

    def _start(self, begin: int) -> None:
        tag = self._name().lower()
        if self.at >= len(self.source):
            raise _unparsed(f"Unclosed start tag at byte offset {begin}")
        if tag not in _KINDS:
            raise _unparsed(f'Unsupported start tag "{tag}" at byte offset {begin}')
        attributes = self._attributes(tag, begin)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _unparsed(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        names = {"a": "href", "code": "class", "tg-emoji": "emoji-id", "blockquote": "expandable"}
        argument = attributes.get(names.get(tag, ""), "")
        self.open.append(_Open(tag=tag, argument=argument, start=self.length))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        where = f'the tag "{tag}" at byte offset {begin}'
        while True:
            match = _ATTRIBUTE.match(self.source, self.at)
            assert match is not None
            name, *values = match.groups()
            self.at = match.end()
            value = next((each for each in values if each is not None), None)
            if name or value is not None:
                if not name:
                    raise _unparsed(f"Empty attribute name in {where}")
                if value is None and (tag, name) != ("blockquote", "expandable"):
                    raise _unparsed(f"Expected equal sign in declaration of an attribute of {where}")
                attributes[name.lower()] = value if value is not None else name
                continue
            if self.source.startswith(">", self.at):
                self.at += 1
                return attributes
            if self.at >= len(self.source):
                raise _unparsed(f"Unclosed start tag at byte offset {begin}")
            raise _unparsed(f"Empty attribute name in {where}")

    def _end(self, begin: int) -> None:
        if not self.open:
            raise _unparsed(f"Unexpected end tag at byte offset {begin}")
        self.at += 1
        name = self._name().lower()
        while self.at < len(self.source) and self.source[self.at].isspace():
            self.at += 1
        if not self.source.startswith(">", self.at):
            raise _unparsed(f"Unclosed end tag at byte offset {begin}")
        self.at += 1
        opened = self.open.pop()
        if name and name != opened.tag:
            said = f'expected "</{opened.tag}>", found "</{name}>"'
            raise _unparsed(f"Unmatched end tag at byte offset {begin}, {said}")
        if self.length > opened.start:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: Json = {
            "type": _KINDS[opened.tag],
            "offset": opened.start,
            "length": self.length - opened.start,
        }
        if opened.tag == "a":
            if not re.match(r"(?:https?|tg|ton|mailto|tel):", opened.argument):
                return
            user = re.fullmatch(r"tg://user\?id=(\d+)", opened.argument)
            entity["url"] = opened.argument
            if user:
                entity = {**entity, "type": "text_link"}
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.argument
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        self.entities.append(entity)


def _trimmed(words: Words) -> Words:
    """Take blanks from both ends, as Telegram does with every text."""
    text = words.text.rstrip()
    stripped = text.lstrip()
    shift, end = utf16(text[: len(text) - len(stripped)]), utf16(stripped)
    entities = []
    for entity in words.entities:
        start = max(0, entity["offset"] - shift)
        stop = min(end, entity["offset"] + entity["length"] - shift)
        if stop > start:
            entities.append({**entity, "offset": start, "length": stop - start})
    return Words(text=stripped, entities=entities, source=words.source)


def _unparsed(why: str) -> Exception:
    return bad_request(f"can't parse entities: {why}")
