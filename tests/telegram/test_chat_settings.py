"""Conversations about what a chat can choose."""

import pytest
from telegram import Bot

from bot import texts
from bot.choices import ChatChoices, Form
from bot.telegram.context import Parts
from bot.telegram.rights import Rights
from bot.texts import Language
from tests.telegram_server import Chat, Person, TelegramServer

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("door")]

KO = texts.get(Language.KO)
EN = texts.get(Language.EN)


async def choices(parts: Parts, chat: Chat) -> ChatChoices:
    """Read what a chat has chosen."""
    return await parts.ledger.choices("telegram", chat.id)


async def test_a_private_chat_chooses_everything(mina: Person, parts: Parts) -> None:
    """Language, form and number change in place, and a mark shows what is chosen."""
    await mina.sends(mina.private, text="/settings")
    board = await mina.private.answer()
    assert board.text == KO.format("chat-settings")
    assert KO.format("chat-automatic") not in board.labels

    assert (await mina.presses(board, "English")).text == KO.format("chat-chosen")
    board = await mina.private.answer()
    assert board.text == EN.format("chat-settings")
    assert "✓ English" in board.labels

    await mina.presses(board, EN.format("chat-form-album"))
    await mina.presses(await mina.private.answer(), EN.format("chat-results", count=3))
    board = await mina.private.answer()
    assert {"✓ Album", "✓ 3 results"} <= set(board.labels)
    assert await choices(parts, mina.private) == ChatChoices(language=Language.EN, form=Form.ALBUM, results=3)

    await mina.presses(board, EN.format("chat-done"))
    done = await mina.private.answer()
    assert done.text == EN.format("chat-settings-done")
    assert not done.buttons


async def test_a_choice_changes_the_next_answer(mina: Person, thumbnails: list[bytes]) -> None:
    """What is chosen is what comes."""
    await mina.sends(mina.private, text="/settings")
    await mina.presses(await mina.private.answer(), KO.format("chat-form-album"))
    await mina.presses(await mina.private.answer(), KO.format("chat-results", count=3))
    await mina.private.answer()
    await mina.sends(mina.private, photo=thumbnails[0])
    assert len((await mina.private.answer()).album) == 3


async def test_a_choice_that_is_chosen_changes_nothing(server: TelegramServer, jun: Person) -> None:
    """Pressing a marked button again is answered, and the message stays as it is."""
    await jun.sends(jun.private, text="/settings")
    board = await jun.private.answer()
    assert (await jun.presses(board, EN.format("chat-form-sheet"))).text == ""
    assert not server.calls("editMessageText")


async def test_the_language_alone_can_be_chosen(jun: Person) -> None:
    """A command for who reads no word of the others."""
    await jun.sends(jun.private, text="/language")
    board = await jun.private.answer()
    assert board.labels == ("한국어", "English", "✓ As the app")
    await jun.presses(board, "한국어")
    assert (await jun.private.answer()).text == KO.format("chat-settings")


async def test_admins_choose_for_their_group(jun: Person, readers: Chat, parts: Parts) -> None:
    """The owner of a group has it answer every picture."""
    await jun.sends(readers, text="/settings")
    board = await readers.answer()
    assert EN.format("chat-form-album") not in board.labels
    await jun.presses(board, EN.format("chat-automatic"))
    assert (await choices(parts, readers)).automatic
    await jun.presses(await readers.answer(), EN.format("chat-automatic"))
    assert not (await choices(parts, readers)).automatic


async def test_automatic_answers_come_to_every_picture(
    server: TelegramServer, jun: Person, mina: Person, readers: Chat, thumbnails: list[bytes]
) -> None:
    """A group that asked for it is answered without being addressed."""
    server.world.privacy_mode = False
    await jun.sends(readers, text="/settings")
    await jun.presses(await readers.answer(), EN.format("chat-automatic"))
    await readers.answer()
    await mina.sends(readers, photo=thumbnails[0])
    assert (await readers.settled()).photo


async def test_others_cannot_choose_for_a_group(
    mina: Person, jun: Person, readers: Chat, parts: Parts
) -> None:
    """Neither the command nor a press of theirs changes anything."""
    for command in ("settings", "language"):
        await mina.sends(readers, text=f"/{command}")
        answer = await readers.answer()
        assert answer.text == KO.format("chat-group-admins-only")
        assert not answer.buttons

    await jun.sends(readers, text="/settings")
    board = await readers.answer()
    pressed = await mina.presses(board, EN.format("chat-automatic"))
    assert (pressed.text, pressed.alert) == (KO.format("chat-group-admins-only"), True)
    assert await choices(parts, readers) == ChatChoices()
    await readers.silent()


async def test_admins_that_hide_choose_too(jun: Person, readers: Chat, parts: Parts) -> None:
    """Who writes in the name of the group decides for it."""
    await jun.anonymous.sends(readers, text="/settings")
    board = await readers.answer()
    await jun.anonymous.presses(board, EN.format("chat-results", count=1))
    assert (await choices(parts, readers)).results == 1


async def test_admins_are_asked_for_every_five_minutes(
    server: TelegramServer, jun: Person, readers: Chat
) -> None:
    """Many presses do not become many requests."""
    await jun.sends(readers, text="/settings")
    board = await readers.answer()
    for _ in range(2):
        await jun.presses(board, EN.format("chat-automatic"))
        board = await readers.answer()
    assert len(server.calls("getChatAdministrators")) == 1


async def test_rights_that_were_taken_are_gone_after_five_minutes(
    bot: Bot, jun: Person, readers: Chat
) -> None:
    """Who is no admin any more cannot decide for long."""
    now = 0.0
    rights = Rights(clock=lambda: now)
    chat = await bot.get_chat(readers.id)
    assert await rights.may_decide(bot, chat, user_id=jun.id)
    readers.members[jun.id].status = "member"
    assert await rights.may_decide(bot, chat, user_id=jun.id)
    now = 301.0
    assert not await rights.may_decide(bot, chat, user_id=jun.id)


@pytest.mark.parametrize(
    "data",
    ["set:results:999", "set:results:0", "set:results:", "set:form:video", "set:language:xx", "set:form:"],
)
async def test_forged_choices_are_refused(jun: Person, parts: Parts, data: str) -> None:
    """What no button says is not chosen."""
    await jun.sends(jun.private, text="/settings")
    board = await jun.private.answer()
    await jun.presses_data(board, data)
    assert await choices(parts, jun.private) == ChatChoices()
    await jun.private.silent()


@pytest.mark.parametrize("data", ["", "set", "set:admin:on", "nonsense", "ban:", "forget:x:yes", "by:1"])
async def test_presses_of_no_button_are_answered(jun: Person, data: str) -> None:
    """Nothing keeps turning, whatever was forged."""
    await jun.sends(jun.private, text="/settings")
    await jun.presses_data(await jun.private.answer(), data)
    await jun.private.silent()
