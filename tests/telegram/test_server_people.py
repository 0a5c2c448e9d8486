"""The local Telegram against the unmodified library: what people do, and what of it the bot sees."""

from collections.abc import Sequence
from io import BytesIO

import pytest
from PIL import Image
from telegram import Bot, Message, Update
from telegram.error import BadRequest, Forbidden

from tests.telegram.conftest import drawing
from tests.telegram_server import Chat, Person, TelegramServer


async def test_a_photo_comes_as_jpeg_in_sizes(bot: Bot, mina: Person) -> None:
    """A user's photo is made smaller than 1280, and told in sizes with their bytes."""
    await mina.sends(mina.private, photo=drawing(size=(2000, 1000)), caption="/similar 이거")
    (message,) = await _messages(bot)
    assert [(size.width, size.height) for size in message.photo] == [
        (90, 45),
        (320, 160),
        (800, 400),
        (1280, 640),
    ]
    data = await (await message.photo[-1].get_file()).download_as_bytearray()
    assert message.photo[-1].file_size == len(data)
    assert (message.caption, message.caption_entities[0].type) == ("/similar 이거", "bot_command")


async def test_names_of_files_last(bot: Bot, mina: Person, jun: Person) -> None:
    """A forwarded photo keeps its lasting name, one that is sent anew gets another."""
    first = await mina.sends(mina.private, photo=drawing())
    await mina.sends(mina.private, photo=drawing())
    await jun.sends(jun.private, forward_from=first)
    one, anew, forwarded = await _messages(bot)
    names = [message.photo[-1].file_unique_id for message in (one, anew, forwarded)]
    assert names[0] == names[2] != names[1]
    assert forwarded.forward_origin
    assert forwarded.forward_origin.type == "user"


async def test_an_album_comes_as_messages_of_a_group(bot: Bot, mina: Person) -> None:
    """Each picture is an update, the first has the caption, all have the group."""
    sent = await mina.sends(mina.private, album=[drawing(1), drawing(2), drawing(3)], caption="셋")
    messages = await _messages(bot)
    assert len({message.media_group_id for message in messages}) == 1
    assert [message.caption for message in messages] == ["셋", None, None]
    assert len(sent.album) == 3


async def test_other_files_come_with_thumbnails(bot: Bot, mina: Person) -> None:
    """Documents, stickers and what moves come as what they are."""
    await mina.sends(mina.private, document=drawing(), name="그림.png", mime="image/png")
    await mina.sends(mina.private, sticker=drawing())
    await mina.sends(mina.private, animated_sticker=drawing())
    await mina.sends(mina.private, animation=drawing())
    await mina.sends(mina.private, video=None)
    document, sticker, animated, animation, video = await _messages(bot)
    assert document.document
    assert (document.document.file_name, document.document.mime_type) == ("그림.png", "image/png")
    assert sticker.sticker
    data = await (await sticker.sticker.get_file()).download_as_bytearray()
    with Image.open(BytesIO(data)) as opened:
        assert opened.format == "WEBP"
    assert animated.sticker
    assert (animated.sticker.is_animated, animated.sticker.thumbnail is None) == (True, False)
    assert animation.animation
    assert animation.document
    assert video.video
    assert video.video.thumbnail is None


async def test_words_have_entities(bot: Bot, mina: Person) -> None:
    """Commands, mentions and addresses are found in what users write."""
    await mina.sends(mina.private, text="/like@grimche_bot 🙂 https://a.test/b @mina #웹툰")
    await mina.sends(mina.private, text="여기", link="https://a.test/c")
    first, second = await _messages(bot)
    assert [(each.type, each.offset, each.length) for each in first.entities] == [
        ("bot_command", 0, 17),
        ("url", 21, 16),
        ("mention", 38, 5),
        ("hashtag", 44, 3),
    ]
    assert second.entities[0].url == "https://a.test/c"


async def test_replies_show_what_they_answer(bot: Bot, mina: Person, readers: Chat) -> None:
    """A reply carries its message; one to another chat carries the picture and the quote."""
    photo = await mina.sends(mina.private, photo=drawing(), caption="그림체 비교")
    reply = await mina.sends(mina.private, text="/similar", reply_to=photo)
    await mina.sends(mina.private, text="again", reply_to=reply)
    await mina.sends(readers, text="/similar@grimche_bot", reply_to=photo, quote="비교")
    _, second, third, quoting = await _messages(bot)
    assert second.reply_to_message
    assert second.reply_to_message.photo
    assert third.reply_to_message
    assert third.reply_to_message.reply_to_message is None
    assert quoting.external_reply
    assert quoting.external_reply.photo
    assert quoting.quote
    assert (quoting.quote.text, quoting.quote.position) == ("비교", 4)


async def test_edits_are_told(bot: Bot, mina: Person) -> None:
    """A changed caption or picture comes as an edited message."""
    sent = await mina.sends(mina.private, photo=drawing(), caption="one")
    await mina.edits(sent, caption="two")
    await mina.edits(sent, photo=drawing(2), caption="three")
    updates = await bot.get_updates()
    assert [update.edited_message.caption for update in updates if update.edited_message] == ["two", "three"]


async def test_privacy_mode_hides_what_is_not_meant(
    bot: Bot, mina: Person, jun: Person, readers: Chat
) -> None:
    """In a group the bot sees commands and replies to itself, but no other words, not even a mention."""
    await mina.sends(readers, text="hello")
    await mina.sends(readers, text="@grimche_bot hello")
    await mina.sends(readers, photo=drawing())
    await mina.sends(readers, text="/start@other_bot")
    await mina.sends(readers, text="/start@grimche_bot")
    await jun.sends(readers, text="/help")
    said = await bot.send_message(readers.id, "x")
    await mina.sends(readers, text="thanks", reply_to=readers.messages[said.message_id])
    texts = [message.text for message in await _messages(bot)]
    assert texts == ["/start@grimche_bot", "/help", "thanks"]


async def test_plain_commands_are_for_who_spoke_last(server: TelegramServer, bot: Bot, mina: Person) -> None:
    """After another bot spoke, a command without a name is not for this one."""
    other = server.person("Other", username="other_bot", is_bot=True)
    group = server.group("Bots", [mina, other])
    await other.sends(group, text="I am here")
    await mina.sends(group, text="/start")
    assert not await _messages(bot)


async def test_admins_and_open_bots_see_everything(
    server: TelegramServer, bot: Bot, mina: Person, readers: Chat
) -> None:
    """Without privacy mode, or as an admin, the bot sees all words of people."""
    seeing = server.group("Seeing", [mina], bot="administrator")
    await mina.sends(seeing, text="one")
    server.world.privacy_mode = False
    await mina.sends(readers, text="two")
    assert [message.text for message in await _messages(bot)] == ["one", "two"]


async def test_forums_have_topics(bot: Bot, mina: Person, readers: Chat) -> None:
    """In a forum a message says its topic, and the bot answers there or nowhere."""
    await mina.sends(readers, text="/start@grimche_bot", topic=7)
    (message,) = await _messages(bot)
    assert (message.is_topic_message, message.message_thread_id, message.chat.is_forum) == (True, 7, True)
    assert (await message.reply_text("x")).message_thread_id == 7
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(readers.id, "x", message_thread_id=8)


async def test_being_added_and_removed_is_told(bot: Bot, server: TelegramServer, mina: Person) -> None:
    """The bot learns of its own place in a chat, and may do nothing where it has none."""
    group = server.group("New", [mina], admins=[mina], bot="")
    await group.adds_bot(by=mina)
    await group.removes_bot(by=mina)
    updates = await bot.get_updates()
    places = [update.my_chat_member for update in updates if update.my_chat_member]
    assert [place.new_chat_member.status for place in places] == ["member", "kicked"]
    assert [update.message.new_chat_members[0].id for update in updates if update.message] == [bot.id]
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.get_chat_member(group.id, mina.id)


async def test_blocking_is_told(bot: Bot, server: TelegramServer, mina: Person) -> None:
    """The bot learns that it was blocked, and that it is welcome again."""
    await mina.sends(mina.private, text="/start")
    server.blocks(mina)
    await mina.sends(mina.private, text="/start")
    updates = await bot.get_updates()
    places = [update.my_chat_member.new_chat_member.status for update in updates if update.my_chat_member]
    assert places == ["kicked", "member"]


async def test_hidden_admins_speak_as_the_group(bot: Bot, jun: Person, readers: Chat) -> None:
    """An anonymous admin's message is from GroupAnonymousBot, in the name of the group."""
    await jun.anonymous.sends(readers, text="/settings@grimche_bot")
    (message,) = await _messages(bot)
    assert message.from_user
    assert (message.from_user.username, message.sender_chat and message.sender_chat.id) == (
        "GroupAnonymousBot",
        readers.id,
    )
    (owner,) = await bot.get_chat_administrators(readers.id)
    assert (owner.user.id, owner.status) == (jun.id, "creator")


async def test_members_have_a_place(bot: Bot, mina: Person, jun: Person, readers: Chat) -> None:
    """Owners, members and strangers are told apart."""
    statuses = [(await bot.get_chat_member(readers.id, id_)).status for id_ in (jun.id, mina.id, bot.id)]
    assert statuses == ["creator", "member", "member"]
    assert await bot.get_chat_member_count(readers.id) == 3
    with pytest.raises(BadRequest, match="User not found"):
        await bot.get_chat_member(readers.id, 5)
    await mina.sends(mina.private, text="/start")
    with pytest.raises(BadRequest, match="There are no administrators in the private chat"):
        await bot.get_chat_administrators(mina.id)


async def test_chats_are_described(bot: Bot, mina: Person, readers: Chat) -> None:
    """A chat has its type and names."""
    await mina.sends(mina.private, text="/start")
    assert (await bot.get_chat(readers.id)).title == "Readers"
    assert (await bot.get_chat(mina.id)).username == "mina"


async def test_the_bot_can_leave(bot: Bot, readers: Chat) -> None:
    """After it left a group, nothing can be sent there."""
    await bot.leave_chat(readers.id)
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(readers.id, "x")


async def test_silence_is_noticed(bot: Bot, mina: Person) -> None:
    """A bot that took everything and said nothing is silent, one that spoke is not."""
    await mina.sends(mina.private, text="/start")
    (update,) = await bot.get_updates()
    await bot.get_updates(offset=update.update_id + 1)
    await mina.private.silent()
    await bot.send_message(mina.id, "x")
    with pytest.raises(AssertionError, match="the bot said"):
        await mina.private.silent()


async def _messages(bot: Bot) -> Sequence[Message]:
    updates: Sequence[Update] = await bot.get_updates()
    return [update.message for update in updates if update.message]
