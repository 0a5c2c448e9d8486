"""Titles, names and words that try to be more than text, and buttons that nobody made."""

import re

import pytest

from bot import texts
from bot.settings import Settings
from bot.telegram.context import Parts
from bot.texts import Language
from storage.records import Credit
from tests.telegram.changing import catches_up, change_webtoon
from tests.telegram_server import Answer, Chat, Person, TelegramServer

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("door")]

EN = texts.get(Language.EN)

HOSTILE = (
    "<b>bold</b>",
    "<a href='tg://user?id=1'>you</a>",
    "a & b < c > d",
    "&lt;i&gt;&amp;",
    "</b></a></pre><script>alert(1)</script>",
    "\"quotes\" 'and' `ticks`",
    "*stars* _lines_ [link](https://evil.example) ~x~ ||y||",
    "@everyone /ban 1 #tag",
    "a\u202etxt.exe",
    "👩‍👩‍👧‍👦" * 40,
    "가" * 300,
    "&" * 300,
)


FORGED = (
    *("card:0", "card:999999999", "like:999999999", "by:1:99", "by:999999999:0", "by:1:-1", "like:1 OR 1=1"),
    *("m:AAAAAAAAAAAAAAAA:1", "w:AAAAAAAAAAAAAAAA:1", "u:AAAAAAAAAAAAAAAA:5", "s:AAAAAAAAAAAAAAAA"),
    *("try", "set:done:", "set:automatic:on", "forget:1:yes", "unban:1", "<b>", "\u202e", "가" * 21),
)
PLAIN = {"bold", "italic", "bot_command", "hashtag", "mention", "text_link", "url"}


@pytest.fixture
async def titles(settings: Settings, parts: Parts) -> dict[int, str]:
    """Give the webtoons of the catalogue hostile titles and artists, by their numbers."""
    titles = dict(enumerate(HOSTILE, start=1))
    for number, title in titles.items():
        by = (Credit(artist=title),)
        await change_webtoon(
            settings.database, number, title=title, synopsis=title, genres=(title,), credits=by
        )
    await catches_up(parts.service)
    return titles


async def test_hostile_titles_are_only_text(server: TelegramServer, titles: dict[int, str]) -> None:
    """Cards, lists and answers show titles as they stand, in messages that Telegram accepts."""
    for number, title in titles.items():
        jun = server.person("Jun")
        await jun.sends(jun.private, text=f"/artist {title[:20]}")
        _see_plain(await jun.private.answer())
        await jun.sends(jun.private, text=f"/start card_{number}")
        card = await jun.private.answer()
        _see_plain(card)
        assert card.caption.startswith(title.replace("\u202e", "")[:20])
        assert "<" not in re.sub("</?[bi]>", "", card.html)


async def test_hostile_titles_are_only_text_in_answers(jun: Person, titles: dict[int, str]) -> None:
    """An answer with ten of them fits under its sheet, and so do its details."""
    assert titles
    await jun.sends(jun.private, text="/start like_1")
    answer = await jun.private.settled()
    assert answer.photo
    _see_plain(answer)
    await jun.presses(answer, EN.format("chat-details"))
    _see_plain(await jun.private.settled())


async def test_hostile_titles_are_offered_in_other_chats(jun: Person, titles: dict[int, str]) -> None:
    """Results of inline mode are accepted, whatever a title holds."""
    for title in titles.values():
        assert len(await jun.asks_inline(title[:30])) >= 1


async def test_hostile_user_names_are_only_text(server: TelegramServer, boss: Person) -> None:
    """Whom feedback is from is shown as it stands, and only its button says whom a ban would mean."""
    await boss.sends(boss.private, text="/help")
    await boss.private.answer()
    for name in HOSTILE:
        trickster = server.person(name, language="en")
        await trickster.sends(trickster.private, text=f"/feedback {name}")
        assert (await trickster.private.answer()).text == EN.format("chat-feedback-sent")
        brought = await boss.private.answer()
        assert str(trickster.id) in brought.text
        assert not brought.links
        assert [button.data for button in brought.buttons] == [f"ban:{trickster.id}"]


async def test_hostile_user_names_are_only_text_in_groups(
    server: TelegramServer, boss: Person, thumbnails: list[bytes]
) -> None:
    """Who is called by name in a group is called just that, and nothing behind it is turned around."""
    for name in HOSTILE:
        trickster = server.person(name, language="en")
        group = server.group("Readers", [trickster, boss])
        await trickster.sends(group, photo=thumbnails[0], caption="/similar")
        await trickster.presses(await group.settled(), EN.format("chat-next-picture"))
        called = (await group.settled()).text
        assert called == f"{name.replace(chr(0x202E), '')}: {EN.format('chat-send-next')}"


@pytest.mark.parametrize("command", ["webtoon", "artist", "similar"])
async def test_hostile_words_are_answered_with_text(jun: Person, command: str) -> None:
    """What nobody is called is quoted, and nothing in it does anything."""
    for words in (*HOSTILE, "x" * 4000, "\x00\x01", "%s %d {title} { $title }"):
        await jun.sends(jun.private, text=f"/{command} {words}")
        answer = await jun.private.answer()
        assert len(answer.text) < 300
        assert not answer.links


async def test_hostile_addresses_are_no_buttons(jun: Person, settings: Settings) -> None:
    """What is no address of a page, or would break out of its mark, leads nowhere."""
    urls = ("javascript:alert(1)", "tg://user?id=1", 'https://a.example/"><b>', "http://[")
    for number, url in enumerate(urls, start=1):
        await change_webtoon(settings.database, number, url=url)
        await jun.sends(jun.private, text=f"/start card_{number}")
        card = await jun.private.answer()
        assert card.photo
        assert all(link.startswith("https://a.example/") for link in card.links)
        assert all(not button.url or button.url.startswith("https://a.example/") for button in card.buttons)


async def test_forged_presses_are_answered_and_change_nothing(
    mina: Person, jun: Person, readers: Chat
) -> None:
    """Whatever is pressed by who may not, somebody says something and nothing happens."""
    await jun.sends(readers, text="/help")
    answer = await readers.answer()
    for data in FORGED:
        pressed = await mina.presses_data(answer, data)
        assert pressed.text, data
    await readers.silent()


def _see_plain(said: Answer) -> None:
    """See that there is nothing in a message but text and what we mark ourselves."""
    assert said.words
    assert not any("evil" in link or "tg:" in link for link in said.links)
    assert "\u202e" not in said.words
    assert {each["type"] for each in said.message.entities} <= PLAIN
