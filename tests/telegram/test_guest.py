"""Conversations in chats where the bot is no member."""

import pytest

from bot import texts
from bot.settings import Settings
from bot.telegram.context import DOOR, Parts
from bot.texts import Language
from storage.answers import Answer, Familiarity
from storage.records import AgeGrade
from tests.telegram.answers import answer
from tests.telegram.changing import catches_up, change_webtoon
from tests.telegram.conftest import drawing
from tests.telegram.opening import OpenDoor
from tests.telegram_server import Chat, Person, TelegramServer

pytestmark = pytest.mark.usefixtures("door")

KO = texts.get(Language.KO)
EN = texts.get(Language.EN)


@pytest.fixture
def elsewhere(server: TelegramServer, mina: Person, jun: Person) -> Chat:
    """Found a group without the bot."""
    return server.group("Elsewhere", [mina, jun], bot="")


async def test_a_picture_is_answered_with_one_message(
    mina: Person, elsewhere: Chat, thumbnails: list[bytes], settings: Settings, parts: Parts
) -> None:
    """The answer is short, and leads on to the private chat."""
    for number in range(1, 13):
        await change_webtoon(settings.database, number, url=f"https://comic.example.org/{number}")
    await catches_up(parts.service)
    asked = await mina.asks_guest(elsewhere, photo=thumbnails[0])
    (said,) = await elsewhere.answers()
    assert said.reply_to is asked
    assert "1. " in said.text
    assert "6. " not in said.text
    assert KO.format("answer-artists") in said.text
    assert said.labels == tuple(KO.format("chat-more-like", rank=rank) for rank in (1, 2, 3))
    assert all(button.url.startswith("https://t.me/grimche_bot?start=like_") for button in said.buttons)


async def test_a_picture_that_is_replied_to_is_answered(
    mina: Person, jun: Person, elsewhere: Chat, thumbnails: list[bytes]
) -> None:
    """Somebody mentions the bot under a picture of somebody else."""
    picture = await mina.sends(elsewhere, photo=thumbnails[0])
    await jun.asks_guest(elsewhere, text="@grimche_bot", reply_to=picture)
    assert EN.format("answer-artists") in (await elsewhere.answer()).text


async def test_a_title_is_answered(jun: Person, elsewhere: Chat) -> None:
    """A title beside the mention stands for its webtoon."""
    await jun.asks_guest(elsewhere, text="@grimche_bot 작은 공주의 하루")
    assert EN.format("answer-like-title", title="작은 공주의 하루") in (await elsewhere.answer()).text


async def test_a_mention_alone_is_told_what_to_do(mina: Person, elsewhere: Chat) -> None:
    """Who only greets reads how to ask."""
    await mina.asks_guest(elsewhere, text="@grimche_bot")
    assert (await elsewhere.answer()).text == KO.format("chat-guest-usage")


async def test_a_weak_answer_is_not_spread(
    jun: Person, elsewhere: Chat, door: OpenDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing is alike, one sentence says so."""

    async def similar(*_: object) -> Answer:
        return answer(familiarity=Familiarity.NONE)

    monkeypatch.setattr(door.parts.service, "similar", similar)
    await jun.asks_guest(elsewhere, photo=drawing(3))
    said = await elsewhere.answer()
    assert said.text == EN.format("familiarity-none")
    assert said.labels == (EN.format("chat-open-private"),)


async def test_nothing_for_adults_is_shown(
    jun: Person, elsewhere: Chat, settings: Settings, parts: Parts
) -> None:
    """A guest is in a group as any other."""
    adult = await change_webtoon(settings.database, 1, age_grade=AgeGrade.ADULT)
    await catches_up(parts.service)
    await jun.asks_guest(elsewhere, text=f"@grimche_bot {adult.webtoon.title}")
    answer = await elsewhere.answer()
    assert (
        answer.text
        == f"No webtoon in the catalogue is called “{adult.webtoon.title}”; try a part of its title."
    )
    await jun.asks_guest(elsewhere, text="@grimche_bot 안녕, 안개 속 공주")
    assert adult.webtoon.title not in (await elsewhere.answer()).text


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"not a picture at all"])
async def test_what_is_no_picture_is_answered_in_a_sentence(
    jun: Person, elsewhere: Chat, data: bytes
) -> None:
    """A fault is said, once."""
    await jun.asks_guest(elsewhere, document=data, name="a.png", mime="image/png")
    (said,) = await elsewhere.answers()
    assert said.text.count(";") == 1


async def test_who_is_banned_is_told_so(jun: Person, elsewhere: Chat, parts: Parts) -> None:
    """A ban holds for guests."""
    await parts.ledger.ban(DOOR, parts.ledger.person(DOOR, jun.id), by="somebody")
    await jun.asks_guest(elsewhere, text="@grimche_bot 공주")
    assert (await elsewhere.answer()).text == EN.format("error-banned")
