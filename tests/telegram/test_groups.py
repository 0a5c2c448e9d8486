"""Conversations about coming into groups."""

import pytest

from bot import texts
from bot.choices import ChatChoices
from bot.settings import Settings
from bot.telegram.context import Parts
from bot.texts import Language
from storage.records import AgeGrade
from tests.telegram.changing import change_webtoon
from tests.telegram_server import Chat, Person, TelegramServer

pytestmark = pytest.mark.usefixtures("door")

KO = texts.get(Language.KO)
EN = texts.get(Language.EN)


@pytest.fixture
def strangers(server: TelegramServer, mina: Person, jun: Person) -> Chat:
    """Found a group that the bot does not know, which Mina owns."""
    return server.group("Strangers", [mina, jun], admins=[mina], bot="")


async def test_a_group_is_greeted_once_with_its_settings(mina: Person, strangers: Chat) -> None:
    """Who adds the bot reads in their language when it speaks, and can choose otherwise at once."""
    await strangers.adds_bot(by=mina)
    (hello,) = await strangers.answers()
    assert hello.text == KO.format("chat-hello-group", mention="@grimche_bot")
    assert KO.format("chat-automatic") in hello.labels

    await mina.presses(hello, KO.format("chat-automatic"))
    assert f"✓ {KO.format('chat-automatic')}" in (await strangers.answer()).labels


async def test_becoming_an_admin_is_no_coming(mina: Person, strangers: Chat, server: TelegramServer) -> None:
    """Only who comes says hello."""
    await strangers.adds_bot(by=mina)
    await strangers.answer()
    server.world.change_bot(strangers, by=mina, status="administrator")
    await strangers.silent()


async def test_a_group_that_removes_the_bot_hears_nothing(mina: Person, strangers: Chat) -> None:
    """Leaving is no reason to speak."""
    await strangers.adds_bot(by=mina)
    await strangers.answer()
    await strangers.removes_bot(by=mina)
    await strangers.silent()


async def test_a_group_that_forbids_to_speak_does_no_harm(
    server: TelegramServer, mina: Person, jun: Person, strangers: Chat
) -> None:
    """A greeting that is refused is given up, and others are answered."""
    server.fails("sendMessage", status=403, why="Forbidden: bot was kicked")
    await strangers.adds_bot(by=mina)
    await strangers.silent()
    await jun.sends(jun.private, text="/help")
    assert (await jun.private.answer()).text


async def test_pictures_of_a_group_are_left_alone(
    server: TelegramServer, mina: Person, readers: Chat, thumbnails: list[bytes]
) -> None:
    """Nobody is flooded: without being asked, the bot is silent, also where it sees all."""
    server.world.privacy_mode = False
    await mina.sends(readers, photo=thumbnails[0])
    await mina.sends(readers, text="좋은 그림이네요 https://example.org/a.png")
    await readers.silent()


async def test_a_mention_with_a_title_is_answered(
    server: TelegramServer, jun: Person, readers: Chat, parts: Parts
) -> None:
    """Where mentions arrive, a title beside one is enough."""
    server.world.privacy_mode = False
    title = (await parts.service.webtoon(2)).webtoon.title
    await jun.sends(readers, text=f"@grimche_bot {title}")
    answer = await readers.settled()
    assert EN.format("answer-like-title", title=title) in answer.caption
    await jun.sends(readers, text=title)
    await readers.silent()


async def test_a_group_is_shown_nothing_for_adults(jun: Person, readers: Chat, settings: Settings) -> None:
    """A work for adults is named only where the one who asks is alone, and behind a spoiler."""
    adult = await change_webtoon(settings.database, 1, age_grade=AgeGrade.ADULT)
    for command, start in (("webtoon", "card_1"), ("similar", "like_1")):
        await jun.sends(readers, text=f"/{command} {adult.webtoon.title}")
        answer = await readers.answer()
        assert answer.text == EN.format("chat-adult-elsewhere")
        assert [button.url for button in answer.buttons] == [f"https://t.me/grimche_bot?start={start}"]

    await jun.sends(jun.private, text="/start card_1")
    card = await jun.private.answer()
    assert card.spoiler
    assert EN.format("chat-for-adults") in card.caption


async def test_a_forged_press_shows_no_work_for_adults_to_a_group(
    jun: Person, readers: Chat, settings: Settings
) -> None:
    """What a button may carry is looked at when it is pressed."""
    await change_webtoon(settings.database, 1, age_grade=AgeGrade.ADULT)
    await jun.sends(readers, text="/help")
    answer = await readers.answer()
    for data in ("card:1", "like:1"):
        await jun.presses_data(answer, data)
        assert (await readers.answer()).text == EN.format("chat-adult-elsewhere")


async def test_choices_move_with_a_group(
    server: TelegramServer, mina: Person, jun: Person, parts: Parts
) -> None:
    """A group that becomes a supergroup keeps what it has chosen."""
    small = server.group("Small", [jun, mina], admins=[jun], kind="group")
    await parts.ledger.choose("telegram", small.id, ChatChoices(language=Language.KO, results=3))
    large = server.world.migrate(small)
    await server.rests()
    assert await parts.ledger.choices("telegram", large.id) == ChatChoices(language=Language.KO, results=3)
