"""Conversations that begin in another chat."""

import pytest

from bot import texts
from bot.settings import Settings
from bot.telegram.context import DOOR, Parts
from bot.texts import Language
from storage.records import AgeGrade
from tests.telegram.changing import change_thumbnail_url, change_webtoon
from tests.telegram_server import Chat, Person, TelegramServer

pytestmark = pytest.mark.usefixtures("door")

KO = texts.get(Language.KO)
EN = texts.get(Language.EN)


async def test_titles_and_artists_are_offered(mina: Person, parts: Parts) -> None:
    """Who writes a part of a title or a name sees the webtoons, with who drew them."""
    stored = await parts.service.webtoon(1)
    for words in (stored.webtoon.title[:4], stored.webtoon.painters[0]):
        answer = await mina.asks_inline(words)
        assert stored.webtoon.title in answer.titles
        assert stored.webtoon.painters[0] in answer[0]["description"]
        assert answer.personal


async def test_a_result_becomes_a_card_with_the_way_to_more(
    mina: Person, jun: Person, server: TelegramServer, parts: Parts
) -> None:
    """What is chosen says what the webtoon is, and leads into the private chat."""
    elsewhere = server.group("Elsewhere", [mina, jun], bot="")
    stored = await parts.service.webtoon(1)
    offered = await mina.asks_inline(stored.webtoon.title)
    message = await mina.chooses(offered[0], elsewhere)
    assert message.text.startswith(stored.webtoon.title)
    assert KO.format("platform-sample") in message.text
    assert message.markup is not None
    (more,) = message.markup["inline_keyboard"][0]
    assert more["url"] == "https://t.me/grimche_bot?start=like_1"

    await jun.sends(jun.private, text="/start like_1")
    assert (await jun.private.settled()).photo


async def test_a_result_shows_the_thumbnail_of_its_platform(jun: Person, settings: Settings) -> None:
    """Results can only have pictures by address; one that is none is left out."""
    url = "https://images.example.org/1.jpg"
    await change_thumbnail_url(settings.database, 1, url=url)
    await change_thumbnail_url(settings.database, 2, url="javascript:alert(1)")
    assert (await jun.asks_inline("작은 공주의 하루"))[0]["thumbnail_url"] == url
    assert "thumbnail_url" not in (await jun.asks_inline("게으른 마녀"))[0]


async def test_nothing_for_adults_is_offered(jun: Person, settings: Settings) -> None:
    """Nobody knows who reads along in other chats."""
    adult = await change_webtoon(settings.database, 1, age_grade=AgeGrade.ADULT)
    assert not len(await jun.asks_inline(adult.webtoon.title))


@pytest.mark.parametrize(
    "words", ["", " ", "없는 제목", "%", "<b>", "'; DROP TABLE webtoons; --", "ㄱ" * 256]
)
async def test_words_that_nothing_fits_lead_to_the_private_chat(mina: Person, words: str) -> None:
    """Whatever is written, a button says what to do."""
    answer = await mina.asks_inline(words)
    assert not len(answer)
    assert answer.button is not None
    missing = KO.format("chat-inline-empty", title="없는 제목") if words == "없는 제목" else ""
    assert answer.button["text"] == (missing or answer.button["text"])
    assert answer.button["start_parameter"] == "inline"


async def test_who_is_banned_is_offered_nothing(jun: Person, parts: Parts) -> None:
    """A ban holds in other chats too."""
    await parts.ledger.ban(DOOR, parts.ledger.person(DOOR, jun.id), by="somebody")
    assert not len(await jun.asks_inline("공주"))


async def test_results_in_a_group_with_the_bot_are_not_answered(
    mina: Person, readers: Chat, server: TelegramServer
) -> None:
    """What somebody chose is theirs to show; the bot does not answer itself."""
    server.world.privacy_mode = False
    offered = await mina.asks_inline("작은 공주의 하루")
    await mina.chooses(offered[0], readers)
    await readers.silent()
    await mina.chooses(offered[0], mina.private)
    await mina.private.silent()
