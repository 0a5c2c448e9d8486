"""Show how conversations with the bot look: `python -m tests.telegram.transcript OUT [--data DIR]`.

Runs the real door before the local Telegram, lets two people talk to it, alone in Korean and in an English
group, and writes one self-contained page per conversation, with the very bytes that were sent, and its
screenshot.  The catalogue is the one that `grimche demo` made; it is copied first.
"""

import argparse
import asyncio
import base64
import html
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, Unpack

from playwright.async_api import async_playwright

from bot.settings import Settings, load_settings
from scraper.studio import draw_jpeg
from tests.browser.real_browser import CHROMIUM_ARGUMENTS
from tests.browser.screenshots import save
from tests.telegram.conftest import drawing
from tests.telegram.opening import open_door, open_parts
from tests.telegram_server import Answer, Chat, Person, TelegramServer
from tests.telegram_server.contents import Said
from tests.telegram_server.messages import Message

STYLE = Path(__file__).with_name("transcript.css")
WIDTH, HEIGHT = 460, 900
UNSEEN_EPISODE = 900


class Converse(Protocol):
    """How conversations over a catalogue are held and written down."""

    async def __call__(self, data: Path, *, out: Path, seed: int) -> None:
        """Write pages and pictures into a folder; `seed` is that of the sample catalogue."""


def main(converse: Converse, *, about: str | None) -> None:
    """Hold all conversations and write them down."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--seed", type=int, default=2020, help="of the sample catalogue")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        data = shutil.copytree(given.data, Path(folder) / "data")
        asyncio.run(converse(data, out=given.out, seed=given.seed))


async def converse(data: Path, *, out: Path, seed: int) -> None:
    """Hold each conversation before one door, and photograph it."""
    sent = draw_jpeg(seed, 4, webtoon=0, episode=UNSEEN_EPISODE)
    async with TelegramServer() as server:
        settings = _settings(server, data)
        async with open_parts(settings) as parts, open_door(server, settings, parts):
            mina = server.person("미나", language="ko")
            jun = server.person("Jun")
            readers = server.group("Readers", [mina, jun], admins=[jun], bot="")
            pages = {
                "telegram-private": page(mina.private, await in_private(mina, sent)),
                "telegram-group": page(readers, await in_group(readers, mina, jun, sent=sent)),
            }
    for name, text in pages.items():
        (out / f"{name}.html").write_text(text, encoding="utf-8")
    await photograph(out, pages)


async def in_private(mina: Person, sent: bytes) -> Sequence[str]:
    """Say hello, send a drawing, leaf through the answer, ask why, and send what is no picture."""
    chat = mina.private
    talk = _Talk(chat)
    await talk.say(mina, text="/start")
    await talk.say(mina, photo=sent)
    answer = talk.last
    await talk.press(mina, answer, "자세히")
    await talk.press(mina, talk.last, "돌아가기", is_shown=False)
    await talk.press(mina, answer, "왜 1위")
    await talk.say(mina, document=b"%PDF-1.7 no drawing", name="그림.pdf", mime="application/pdf")
    return talk.bubbles


async def in_group(readers: Chat, mina: Person, jun: Person, *, sent: bytes) -> Sequence[str]:
    """Add the bot, ask about a picture that somebody else sent, and about one that is like nothing."""
    talk = _Talk(readers)
    await readers.adds_bot(by=jun)
    await talk.listen()
    shown = await talk.say(mina, photo=sent, caption="who draws like this?")
    await talk.say(jun, text="/similar@grimche_bot", reply_to=shown)
    strange = await talk.say(mina, photo=drawing(3), caption="great, and this one?")
    await talk.say(jun, text="/similar@grimche_bot", reply_to=strange)
    return talk.bubbles


class _Talk:
    """A conversation in a chat, bubble by bubble; an answer that changes stands there once more."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        self.bubbles: list[str] = []
        self.last: Answer

    async def say(self, person: Person, **said: Unpack[Said]) -> Message:
        message = await person.sends(self._chat, **said)
        place = len(self.bubbles)
        await self.listen()
        self.bubbles.insert(place, _bubble(message))  # with the reaction that it has got meanwhile
        return message

    async def press(self, person: Person, answer: Answer, label: str, *, is_shown: bool = True) -> None:
        """Press a button; what it changes is left out where it was seen before."""
        place = len(self.bubbles)
        await person.presses(answer, label, timeout=120)
        await self.listen()
        if is_shown:
            said = html.escape(f"{person.name} → {label}")
            self.bubbles.insert(place, f"<div class=note>{said}</div>")
        else:
            del self.bubbles[place:]

    async def listen(self) -> None:
        for answer in await self._chat.answers(timeout=120):
            self.bubbles.append(_bubble(answer.message))
            self.last = answer


def page(chat: Chat, bubbles: Sequence[str]) -> str:
    """Write a conversation as a page of its own."""
    title = html.escape(chat.title or "Grimche")
    style = STYLE.read_text(encoding="utf-8")
    return (
        f'<!doctype html><html lang="ko"><meta charset="utf-8"><title>{title}</title><style>{style}</style>'
        f"<header>{title}</header><main>{''.join(bubbles)}</main></html>"
    )


async def photograph(out: Path, names: Iterable[str], *, width: int = WIDTH) -> None:
    """Take a screenshot of each page, as long as the page is."""
    chromium = shutil.which("chromium") or "chromium"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        tab = await browser.new_page(viewport={"width": width, "height": HEIGHT}, device_scale_factor=1.5)
        for name in names:
            await tab.goto((out / f"{name}.html").resolve().as_uri())
            save(await tab.screenshot(full_page=True, animations="disabled"), out / f"{name}.png")
        await browser.close()


def _bubble(message: Message) -> str:
    side = "bot" if message.sender is message.chat.world.bot else "person"
    parts = [
        f"<b class=name>{html.escape(message.sender.name)}</b>",
        *_quote(message),
        *_media(message),
        f"<div class=words>{_words(message)}</div>" if message.text else "",
    ]
    reactions = f"<span class=reaction>{' '.join(message.reacted[-1:])}</span>" if message.reacted else ""
    bubble = f"<div class=bubble>{''.join(parts)}{reactions}</div>"
    return f"<div class='row {side}'>{bubble}{_keyboard(message)}</div>"


def _words(message: Message) -> str:
    """Give the words with their markup: Telegram's is HTML, and has been checked by the server."""
    return message.source or html.escape(message.text)


def _quote(message: Message) -> Iterator[str]:
    if message.reply_to is not None:
        words = html.escape(message.reply_to.text[:60] or "🖼")
        yield f"<blockquote><b>{html.escape(message.reply_to.sender.name)}</b><br>{words}</blockquote>"


def _media(message: Message) -> Iterator[str]:
    if message.media == "photo":
        data = message.chat.world.files.by_id[message.file_id].bytes()
        yield f"<img src='data:image/jpeg;base64,{base64.b64encode(data).decode()}'>"
    elif message.media:
        described = message.content[message.media]
        name = described.get("file_name", message.media) if isinstance(described, dict) else message.media
        yield f"<div class=file>📄 {html.escape(str(name))}</div>"


def _keyboard(message: Message) -> str:
    rows = (message.markup or {}).get("inline_keyboard", [])
    return "".join(
        "<div class=keys>" + "".join(f"<span>{html.escape(key['text'])}</span>" for key in row) + "</div>"
        for row in rows
    )


def _settings(server: TelegramServer, data: Path) -> Settings:
    return load_settings(
        {
            "data": data,
            "telegram_token": server.token,
            "telegram_api": server.api,
            "telegram_files": server.files,
        }
    )


if __name__ == "__main__":
    main(converse, about=__doc__)
