"""Show how conversations with the bot look: `python -m tests.discord.transcript OUT [--data DIR]`.

Runs the real door before the local Discord, asks it where everybody sees it and where nobody does, and writes
one self-contained page per conversation, with the very bytes that were sent, and its screenshot.  The
catalogue is the one that `grimche demo` made; it is copied first.
"""

import base64
import html
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from bot import texts
from bot.settings import load_settings
from bot.texts import Language
from scraper.studio import draw_jpeg
from tests.discord.opening import open_door, open_parts
from tests.discord_server import Choices, DiscordServer, Person
from tests.discord_server.commands import MESSAGE_MENU
from tests.discord_server.messages import Message
from tests.discord_server.replies import BUTTON, CONTAINER, DISPLAY, GALLERY, ROW, SELECTS, Reply
from tests.telegram.transcript import UNSEEN_EPISODE, main, photograph

STYLE = Path(__file__).with_name("transcript.css")
TOKEN = "a-token-of-no-certain-form"  # noqa: S105  of nobody
PHONE, DESKTOP = 412, 520
TYPED = "의"
PATIENCE = 120.0
# What the app itself says in each language: who used what, and that nobody else sees it.
USED: Final = {"ko": "{who} 님이 사용: {what}", "en-US": "{who} used {what}"}
ALONE: Final = {"ko": "이 메시지는 나만 볼 수 있어요", "en-US": "Only you can see this"}
_MARKUP: Final = (
    (r"(?m)^### (.*)$", r"<h3>\1</h3>"),
    (r"(?m)^-# (.*)$", r"<small>\1</small>"),
    (r"\[((?:\\.|[^\]\\])*)\]\(&lt;(.*?)&gt;\)", r'<a href="\2">\1</a>'),
    (r"\*\*(.+?)\*\*", r"<b>\1</b>"),
    (r"\\([^\w\s])", r"\1"),
    (r"(?m)^([0-9]+)\\", r"\1"),
)


async def converse(data: Path, *, out: Path, seed: int) -> None:
    """Hold each conversation before one door, and photograph it as a phone or a desktop shows it."""
    sent = draw_jpeg(seed, 4, webtoon=0, episode=UNSEEN_EPISODE)
    async with DiscordServer(token=TOKEN) as server:
        addresses = {"discord_api": server.api, "discord_gateway": server.gateway}
        settings = load_settings({"data": data, "discord_token": TOKEN, **addresses})
        async with open_parts(settings) as parts, open_door(server, settings, parts):
            wide = {"discord-server": await in_a_server(server, sent)}
            narrow = {
                "discord-private": await for_oneself(server, sent),
                "discord-typing": await while_typing(server),
            }
    for name, text in (wide | narrow).items():
        (out / f"{name}.html").write_text(text, encoding="utf-8")
    await photograph(out, wide, width=DESKTOP)
    await photograph(out, narrow, width=PHONE)


async def in_a_server(server: DiscordServer, sent: bytes) -> str:
    """Show a picture, and let somebody else ask about it by the menu of its message."""
    mina, jun = server.person("Mina"), server.person("Jun")
    general = server.guild("Readers", [mina, jun], owner=jun).channel("general")
    shown = await mina.writes(general, text="who draws like this?", images=[sent])
    name = texts.get(Language.EN).format("discord-menu-similar")
    answer = await (await jun.uses_menu(name, on=shown)).settled(timeout=PATIENCE)
    menu = [name for name, each in server.commands().items() if each["type"] == MESSAGE_MENU]
    return page("general", _message(shown), _menu(menu), _used(jun, name), _message(answer.message))


async def for_oneself(server: DiscordServer, sent: bytes) -> str:
    """Ask for an answer that nobody else sees, look at the details, and ask why."""
    mina = server.person("미나", locale="ko")
    place = server.guild("그림방", [mina], owner=mina, locale="ko").channel("잡담")
    asked = await mina.uses("/similar", where=place, image=sent, private=True)
    answer = await asked.settled(timeout=PATIENCE)
    ko = texts.get(Language.KO)
    why = await (await mina.presses(answer, ko.format("chat-why", rank=1))).settled(timeout=PATIENCE)
    used = _used(mina, f"/{ko.format('discord-name-similar')}")
    return page("잡담", used, *(_message(each.message, mina.locale) for each in (answer, why)))


async def while_typing(server: DiscordServer) -> str:
    """Type a part of a title, and look at the card of the first that is proposed."""
    mina = server.person("미나", locale="ko")
    proposed = await mina.completes("/webtoon", title=TYPED, where=mina.dm)
    card = await (await mina.uses("/webtoon", title=proposed.values[0], where=mina.dm)).settled()
    ko = texts.get(Language.KO)
    name = f"/{ko.format('discord-name-webtoon')}"
    option = ko.format("discord-option-title")
    used = _used(mina, name)
    return page("Grimche", used, _message(card.message), _typed(f"{name} {option}: {TYPED}", proposed))


def page(title: str, *shown: str) -> str:
    """Write a conversation as a page of its own."""
    style = STYLE.read_text(encoding="utf-8")
    return (
        f'<!doctype html><html lang="ko"><meta charset="utf-8"><title>{title}</title><style>{style}</style>'
        f"<header><i>#</i> {html.escape(title)}</header><main>{''.join(shown)}</main></html>"
    )


def _message(message: Message, locale: str = "en-US") -> str:
    reply, author = Reply(message), message.author
    name = html.escape(author.name) + (" <i>APP</i>" if author.is_bot else "")
    words = f"<div class=words>{_words(message.content)}</div>" if message.content else ""
    pictures = "" if reply.is_v2 else "".join(_image(each.data) for each in message.attachments)
    parts = "".join(_component(each, reply) for each in reply.components)
    note = f"<small>👁 {ALONE[locale]}</small>" if reply.ephemeral else ""
    kind = "alone" if reply.ephemeral else ""
    return f"<article class='{kind}'><b class=name>{name}</b>{words}{pictures}{parts}{note}</article>"


def _component(json: dict[str, Any], reply: Reply) -> str:
    inner = "".join(_component(each, reply) for each in json.get("components", []))
    kind = json["type"]
    if kind == DISPLAY:
        return f"<div class=words>{_words(json['content'])}</div>"
    if kind == GALLERY:
        files = reply.message.channel.world.files
        found = (files.of_link(item["media"]["url"]) for item in json["items"])
        return f"<div class=gallery>{''.join(_image(each.data) for each in found if each)}</div>"
    if kind == BUTTON:
        label = json.get("label") or (json.get("emoji") or {}).get("name", "")
        return f"<span class=button>{html.escape(label)}{' ↗' if json.get('url') else ''}</span>"
    if kind in SELECTS:
        return f"<span class=select>{html.escape(json.get('placeholder') or '')} <i>⌄</i></span>"
    if kind == CONTAINER:
        colour = f"#{json.get('accent_color') or 0x3F4147:06x}"
        return f"<div class=container style='border-left-color: {colour}'>{inner}</div>"
    return f"<div class={'keys' if kind == ROW else 'part'}>{inner}</div>"


def _words(text: str) -> str:
    text = html.escape(text, quote=False)
    for pattern, markup in _MARKUP:
        text = re.sub(pattern, markup, text)
    return text.replace("</h3>\n", "</h3>")


def _image(data: bytes) -> str:
    return f"<img src='data:image/jpeg;base64,{base64.b64encode(data).decode()}'>"


def _used(person: Person, what: str) -> str:
    said = USED[person.locale].format(who=f"<b>{html.escape(person.name)}</b>", what=f"<i>{what}</i>")
    return f"<div class=used>{said}</div>"


def _menu(names: Sequence[str]) -> str:
    listed = "".join(f"<li>{html.escape(name)}</li>" for name in names)
    usual = "<li>Reply</li><li>Forward</li><li class=on>Apps <i>›</i></li>"
    return f"<div class=menu><ul>{usual}</ul><ul class=on>{listed}</ul></div>"


def _typed(typing: str, proposed: Choices) -> str:
    listed = "".join(f"<li>{html.escape(each)}</li>" for each in proposed[:8])
    return f"<ul class=typed>{listed}</ul><div class=typing>{html.escape(typing)}</div>"


if __name__ == "__main__":
    main(converse, about=__doc__)
