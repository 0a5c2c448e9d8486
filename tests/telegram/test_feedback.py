"""Conversations with the admins through the bot, and what is forgotten of them."""

import pytest

from bot import texts
from bot.telegram.context import DOOR, Parts
from bot.texts import Language
from tests.telegram_server import Chat, Person, TelegramServer

pytestmark = pytest.mark.usefixtures("door")

KO = texts.get(Language.KO)
EN = texts.get(Language.EN)


@pytest.fixture
async def ready(boss: Person) -> Person:
    """Let the admin begin a chat with the bot, as admins have to."""
    await boss.sends(boss.private, text="/help")
    await boss.private.answer()
    return boss


async def test_feedback_goes_to_the_admin_and_the_answer_back(mina: Person, ready: Person) -> None:
    """An admin replies to what was brought, and the reply arrives where it was written."""
    asked = await mina.sends(mina.private, text="/feedback 최고예요 <b>&</b>")
    assert (await mina.private.answer()).text == KO.format("chat-feedback-sent")
    brought = await ready.private.answer()
    assert brought.text == f"From Mina: {mina.id}\n\n최고예요 <b>&</b>"

    await ready.sends(ready.private, text="Thank <i>you</i>!", reply_to=brought)
    assert (await ready.private.answer()).text == EN.format("chat-feedback-answered")
    answer = await mina.private.answer()
    assert answer.text == f"{EN.format('chat-feedback-answer')}\nThank <i>you</i>!"
    assert answer.reply_to is asked


async def test_an_answer_may_be_a_picture(mina: Person, ready: Person, thumbnails: list[bytes]) -> None:
    """What an admin replies with is not taken for a question."""
    await mina.sends(mina.private, text="/feedback 어디에 있어요?")
    await mina.private.answer()
    brought = await ready.private.answer()
    await ready.sends(ready.private, photo=thumbnails[0], reply_to=brought)
    assert (await ready.private.settled()).text == EN.format("chat-feedback-answered")
    assert (await mina.private.answer()).photo


async def test_feedback_without_words_is_asked_for(jun: Person, ready: Person) -> None:
    """Who only sends the command is asked, and the reply is brought."""
    await jun.sends(jun.private, text="/feedback")
    ask = await jun.private.answer()
    assert ask.text == EN.format("chat-feedback-ask")
    await jun.sends(jun.private, text="see https://example.org/a.png", reply_to=ask)
    assert (await jun.private.answer()).text == EN.format("chat-feedback-sent")
    assert "see https://example.org/a.png" in (await ready.private.answer()).text


async def test_feedback_of_a_group_is_answered_in_the_group(
    jun: Person, readers: Chat, ready: Person
) -> None:
    """The answer comes where it was asked for."""
    asked = await jun.sends(readers, text="/feedback hello")
    await readers.answer()
    await ready.sends(ready.private, text="hi", reply_to=await ready.private.answer())
    answer = await readers.answer()
    assert answer.text.endswith("\nhi")
    assert answer.reply_to is asked


async def test_an_admin_bans_by_what_was_brought(mina: Person, ready: Person, parts: Parts) -> None:
    """A button or a reply under feedback shuts its writer out."""
    await mina.sends(mina.private, text="/feedback 광고")
    await mina.private.answer()
    brought = await ready.private.answer()
    await ready.sends(ready.private, text="/ban ads", reply_to=brought)
    await ready.private.answer()
    assert await parts.ledger.is_banned(DOOR, parts.ledger.person(DOOR, mina.id))
    await ready.presses_data(brought, f"unban:{mina.id}")
    assert not await parts.ledger.is_banned(DOOR, parts.ledger.person(DOOR, mina.id))


async def test_others_cannot_answer_feedback(mina: Person, jun: Person, ready: Person) -> None:
    """Who forwards what was brought, or replies to a copy of it, writes to nobody."""
    await mina.sends(mina.private, text="/feedback 안녕")
    await mina.private.answer()
    brought = await ready.private.answer()
    copy = await jun.sends(jun.private, text=brought.text)
    await jun.private.answer()
    await jun.sends(jun.private, text="hello", reply_to=copy)
    await jun.private.answer()
    await mina.private.silent()


async def test_feedback_without_a_reachable_admin_says_so(mina: Person) -> None:
    """An admin who has not begun a chat cannot be written to."""
    await mina.sends(mina.private, text="/feedback 안녕")
    assert (await mina.private.answer()).text == KO.format("chat-feedback-nobody")


async def test_an_answer_to_who_has_left_is_said_not_to_arrive(
    server: TelegramServer, mina: Person, ready: Person
) -> None:
    """The admin learns that nobody reads the answer."""
    await mina.sends(mina.private, text="/feedback 안녕")
    await mina.private.answer()
    brought = await ready.private.answer()
    server.blocks(mina)
    await ready.sends(ready.private, text="hello", reply_to=brought)
    assert (await ready.private.answer()).text == EN.format("chat-feedback-unreachable")


async def test_feedback_cannot_flood_the_admins(mina: Person, ready: Person) -> None:
    """Three messages in ten minutes are enough."""
    for _ in range(4):
        await mina.sends(mina.private, text="/feedback 안녕")
    said = [each.text for each in await mina.private.answers()]
    assert said.count(KO.format("chat-feedback-sent")) == 3
    assert len(await ready.private.answers()) == 3


async def test_forgetting_removes_what_is_kept(
    mina: Person, ready: Person, parts: Parts, thumbnails: list[bytes]
) -> None:
    """Questions, messages to the admins and the settings are gone, and the admin's answer has no way back."""
    await mina.sends(mina.private, photo=thumbnails[0])
    await mina.private.settled()
    await mina.sends(mina.private, text="/language")
    await mina.presses(await mina.private.answer(), "English")
    await mina.private.answer()
    await mina.sends(mina.private, text="/feedback hello")
    await mina.private.answer()
    brought = await ready.private.answer()

    await mina.sends(mina.private, text="/forgetme")
    sure = await mina.private.answer()
    assert sure.text == EN.format("chat-forget-ask")
    await mina.presses(sure, EN.format("chat-forget-yes"))
    done = await mina.private.answer()
    assert done.text.startswith("Done: ")
    assert not done.buttons

    await mina.sends(mina.private, text="/language")
    assert (await mina.private.answer()).text == KO.format("chat-choose-language")
    await ready.sends(ready.private, text="hi", reply_to=brought)
    assert (await ready.private.answer()).text == EN.format("chat-feedback-forgotten")
    person = parts.ledger.person(DOOR, mina.id)
    assert await parts.ledger.forget(DOOR, person, chat_id=mina.private.id) == 0


async def test_forgetting_can_be_left(mina: Person, parts: Parts, thumbnails: list[bytes]) -> None:
    """Who thinks better of it loses nothing."""
    await mina.sends(mina.private, photo=thumbnails[0])
    await mina.private.settled()
    await mina.sends(mina.private, text="/forgetme")
    await mina.presses(await mina.private.answer(), KO.format("chat-forget-no"))
    assert (await mina.private.answer()).text == KO.format("chat-forget-kept")
    assert await parts.ledger.forget(DOOR, parts.ledger.person(DOOR, mina.id)) > 0


async def test_nobody_is_forgotten_by_others(mina: Person, jun: Person, readers: Chat) -> None:
    """Only who asked can say yes, in a group too."""
    await jun.sends(readers, text="/forgetme")
    sure = await readers.answer()
    pressed = await mina.presses(sure, EN.format("chat-forget-yes"))
    assert (pressed.text, pressed.alert) == (KO.format("chat-not-yours"), True)
    pressed = await mina.presses_data(sure, f"forget:{jun.id}:yes")
    assert pressed.alert
    await jun.presses(sure, EN.format("chat-forget-yes"))
    assert (await readers.answer()).text == EN.format("chat-forgotten", count=0)
