"""The local Telegram against the unmodified library: messages are changed and deleted."""

import pytest
from telegram import Bot, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto
from telegram.error import BadRequest

from tests.telegram.conftest import drawing
from tests.telegram_server import Chat, Message, Person

MORE = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="m:1")]])
LESS = InlineKeyboardMarkup([[InlineKeyboardButton("Less", callback_data="m:0")]])


@pytest.fixture(autouse=True)
async def greeting(mina: Person) -> Message:
    """Let Mina begin to talk to the bot."""
    return await mina.sends(mina.private, text="/start")


async def test_a_text_is_changed(bot: Bot, mina: Person) -> None:
    """A changed text is heard again, and its buttons go unless they are sent along."""
    sent = await bot.send_message(mina.id, "one", reply_markup=MORE)
    assert (await mina.private.answer()).labels == ("More",)
    edited = await bot.edit_message_text("two", mina.id, sent.message_id)
    answer = await mina.private.answer()
    assert (answer.text, answer.labels, answer.edited) == ("two", (), True)
    assert not isinstance(edited, bool)
    assert edited.edit_date


async def test_what_is_the_same_is_not_changed(bot: Bot, mina: Person) -> None:
    """An edit that changes nothing is refused, one of the buttons alone is not."""
    sent = await bot.send_message(mina.id, "one", reply_markup=MORE)
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        await bot.edit_message_text("one", mina.id, sent.message_id, reply_markup=MORE)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(mina.id, sent.message_id, reply_markup=MORE)
    assert await bot.edit_message_reply_markup(mina.id, sent.message_id, reply_markup=LESS)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text(
            "<b></b>one", mina.id, sent.message_id, reply_markup=LESS, parse_mode="HTML"
        )


async def test_captions_and_texts_are_not_mixed_up(bot: Bot, mina: Person) -> None:
    """A photo has no text to change, and a text no caption."""
    photo = await bot.send_photo(mina.id, drawing(), caption="one")
    text = await bot.send_message(mina.id, "one")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("two", mina.id, photo.message_id)
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await bot.edit_message_caption(mina.id, text.message_id, caption="two")
    await bot.edit_message_caption(mina.id, photo.message_id, caption="<b>two</b>", parse_mode="HTML")
    answer = await mina.private.answer()
    assert (answer.caption, answer.html) == ("two", "<b>two</b>")


async def test_a_photo_is_changed(bot: Bot, mina: Person) -> None:
    """Another photo takes the place of the first, by upload or by file_id."""
    first = await bot.send_photo(mina.id, drawing(1, kind="JPEG"), caption="one")
    second = drawing(2, kind="JPEG")
    await bot.edit_message_media(InputMediaPhoto(second, caption="two"), mina.id, first.message_id)
    answer = await mina.private.answer()
    assert (answer.photo, answer.caption) == (second, "two")
    again = InputMediaPhoto(first.photo[-1].file_id, caption="one")
    await bot.edit_message_media(again, mina.id, first.message_id)
    assert (await mina.private.answer()).photo == drawing(1, kind="JPEG")
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_media(again, mina.id, first.message_id)


async def test_only_own_messages_are_changed(bot: Bot, mina: Person, greeting: Message) -> None:
    """What a user wrote, and what is gone, cannot be changed."""
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("two", mina.id, greeting.id)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("two", mina.id, 1)


async def test_only_inline_keyboards_are_changed(bot: Bot, mina: Person) -> None:
    """A message that is edited takes no other keyboard."""
    sent = await bot.send_message(mina.id, "one")
    with pytest.raises(BadRequest, match="Inline keyboard expected"):
        await bot.edit_message_text(
            "two",
            mina.id,
            sent.message_id,
            reply_markup=ForceReply(),  # type: ignore[arg-type]
        )


async def test_messages_are_deleted(bot: Bot, mina: Person, greeting: Message) -> None:
    """In a private chat both sides' messages can go, but only once."""
    sent = await bot.send_message(mina.id, "one")
    assert await bot.delete_message(mina.id, sent.message_id)
    assert await bot.delete_message(mina.id, greeting.id)
    assert not mina.private.messages
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(mina.id, sent.message_id)
    assert await bot.delete_messages(mina.id, [sent.message_id])


async def test_other_peoples_messages_stay(bot: Bot, mina: Person, readers: Chat) -> None:
    """In a group the bot has to be an admin to delete what others wrote."""
    said = await mina.sends(readers, text="hello")
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(readers.id, said.id)
    await readers.adds_bot(by=mina, admin=True)
    assert await bot.delete_message(readers.id, said.id)
