"""The local Telegram against the unmodified library: what may be sent, and in which words it is refused."""

from io import BytesIO

import pytest
from PIL import Image
from telegram import (
    Bot,
    InputMediaDocument,
    InputMediaPhoto,
    ReplyParameters,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter

from tests.telegram.conftest import drawing
from tests.telegram_server import Chat, Message, Person, TelegramServer


@pytest.fixture(autouse=True)
async def greeting(mina: Person) -> Message:
    """Let Mina begin to talk to the bot."""
    return await mina.sends(mina.private, text="/start")


async def test_a_caption_of_1024_characters_is_sent(bot: Bot, mina: Person) -> None:
    """Captions are counted after the markup is read, and may be spoiled with their photo."""
    await bot.send_photo(
        mina.id, drawing(), caption=f"<i>{'ㄱ' * 1024}</i>", parse_mode="HTML", has_spoiler=True
    )
    answer = await mina.private.answer()
    assert (len(answer.caption), answer.spoiler) == (1024, True)


async def test_longer_captions_are_refused(bot: Bot, mina: Person) -> None:
    """A caption of 1025 characters is refused, and so is the photo."""
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_photo(mina.id, drawing(), caption="x" * 1025)
    assert not mina.private.unseen


async def test_a_photo_comes_in_sizes(bot: Bot, mina: Person) -> None:
    """A photo has a size for each box up to its own, and its file can be sent again without bytes."""
    sent = await bot.send_photo(mina.id, drawing(size=(1000, 500)))
    assert [(size.width, size.height) for size in sent.photo] == [
        (90, 45),
        (320, 160),
        (800, 400),
        (1000, 500),
    ]
    again = await bot.send_photo(mina.id, sent.photo[0].file_id)
    assert [size.file_unique_id for size in again.photo] == [size.file_unique_id for size in sent.photo]


async def test_sizes_can_be_downloaded(bot: Bot, mina: Person) -> None:
    """Each size is a JPEG of its sides."""
    sent = await bot.send_photo(mina.id, drawing(size=(1000, 500)))
    file = await bot.get_file(sent.photo[1].file_id)
    with Image.open(BytesIO(await file.download_as_bytearray())) as small:
        assert (small.format, small.size) == ("JPEG", (320, 160))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"x" * ((10 << 20) + 1), "is too big for a photo; the maximum size is 10485760 bytes"),
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (drawing(size=(2100, 100)), "PHOTO_INVALID_DIMENSIONS"),
        (drawing(size=(9000, 1001)), "PHOTO_INVALID_DIMENSIONS"),
        (drawing(kind="JPEG")[:-900], "IMAGE_PROCESS_FAILED"),
    ],
    ids=["large", "text", "narrow", "wide", "cut"],
)
async def test_bad_photos_are_refused(bot: Bot, mina: Person, data: bytes, why: str) -> None:
    """A photo has at most 10 MB, decent sides, and can be read."""
    with pytest.raises(BadRequest, match=f"(?i){why}"):
        await bot.send_photo(mina.id, data)


async def test_unknown_files_are_refused(bot: Bot, mina: Person) -> None:
    """A file_id that is nobody's is refused, and so is one of another kind."""
    with pytest.raises(BadRequest, match="Wrong remote file identifier specified"):
        await bot.send_photo(mina.id, "AgACAgIAAxkBnobodyknowsthisone")
    sent = await bot.send_document(mina.id, drawing(), filename="drawing.png")
    assert sent.document
    with pytest.raises(BadRequest, match="Can't use file of type document as photo"):
        await bot.send_photo(mina.id, sent.document.file_id)


async def test_addresses_are_not_fetched(bot: Bot, mina: Person) -> None:
    """Telegram cannot be made to fetch a picture from a local server."""
    with pytest.raises(BadRequest, match="Failed to get http url content"):
        await bot.send_photo(mina.id, "https://pictures.test/1.jpg")


async def test_large_files_cannot_be_downloaded(bot: Bot, mina: Person) -> None:
    """A user may send what the bot cannot get."""
    sent = await mina.sends(mina.private, document=drawing(), size=(20 << 20) + 1)
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(sent.file_id)
    with pytest.raises(BadRequest, match="Invalid file_id"):
        await bot.get_file("nobody's")


@pytest.mark.parametrize("many", [2, 10])
async def test_albums_have_2_to_10_pictures(bot: Bot, mina: Person, many: int) -> None:
    """An album is one answer; its messages share a group."""
    media = [InputMediaPhoto(drawing(number), caption=str(number)) for number in range(many)]
    sent = await bot.send_media_group(mina.id, media)
    answer = await mina.private.answer()
    assert len({message.media_group_id for message in sent}) == 1
    assert len(answer.album) == many
    assert answer.captions == tuple(str(number) for number in range(many))
    assert not mina.private.unseen


@pytest.mark.parametrize(("many", "why"), [(1, "Too few messages"), (11, "Too many messages")])
async def test_other_albums_are_refused(bot: Bot, mina: Person, many: int, why: str) -> None:
    """One picture is no album, and eleven are too many."""
    with pytest.raises(BadRequest, match=f"{why} to send as an album"):
        await bot.send_media_group(mina.id, [InputMediaPhoto(drawing(n)) for n in range(many)])


async def test_albums_are_not_mixed(bot: Bot, mina: Person) -> None:
    """Documents and photos do not stand in one album."""
    with pytest.raises(BadRequest, match="Document can't be mixed with other media types"):
        await bot.send_media_group(mina.id, [InputMediaPhoto(drawing()), InputMediaDocument(drawing())])


async def test_replies_know_what_they_answer(bot: Bot, mina: Person, greeting: Message) -> None:
    """A reply leads to the message."""
    await bot.send_message(mina.id, "x", reply_parameters=ReplyParameters(greeting.id))
    assert (await mina.private.answer()).reply_to is greeting


async def test_deleted_messages_cannot_be_replied_to(bot: Bot, mina: Person, greeting: Message) -> None:
    """A reply to what is gone is refused, unless it may stand alone."""
    mina.deletes(greeting)
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(mina.id, "x", reply_parameters=ReplyParameters(greeting.id))
    alone = ReplyParameters(greeting.id, allow_sending_without_reply=True)
    await bot.send_message(mina.id, "x", reply_parameters=alone)
    assert (await mina.private.answer()).reply_to is None


async def test_who_blocks_the_bot_hears_nothing(server: TelegramServer, bot: Bot, mina: Person) -> None:
    """Everything that is sent to somebody who blocked the bot is forbidden, until they write again."""
    server.blocks(mina)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(mina.id, "x")
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_chat_action(mina.id, "typing")
    await mina.sends(mina.private, text="/start")
    assert await bot.send_message(mina.id, "x")


async def test_bots_do_not_begin(bot: Bot, jun: Person, readers: Chat) -> None:
    """Whom the bot never met is not found, and whom it only saw in a group has to write first."""
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(jun.id, "x")
    await jun.sends(readers, text="/start")
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(jun.id, "x")


async def test_groups_can_be_closed_to_the_bot(
    server: TelegramServer, bot: Bot, mina: Person, readers: Chat
) -> None:
    """Unknown groups are not found, and one that removed the bot or takes no photos says so."""
    other = server.group("Others", [mina], bot="")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(other.id, "x")
    readers.refuses.add("photos")
    with pytest.raises(BadRequest, match="Not enough rights to send photos to the chat"):
        await bot.send_photo(readers.id, drawing())
    await readers.removes_bot(by=mina)
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(readers.id, "x")


async def test_groups_can_grow(server: TelegramServer, bot: Bot, mina: Person) -> None:
    """A group that became a supergroup leads to its new id."""
    group = server.group("Small", [mina], kind="group")
    grown = server.world.migrate(group)
    with pytest.raises(ChatMigrated, match=str(grown.id)):
        await bot.send_message(group.id, "x")
    assert await bot.send_message(grown.id, "x")


async def test_groups_take_20_a_minute(server: TelegramServer, bot: Bot, readers: Chat) -> None:
    """With the rule on, an album counts with all its pictures."""
    server.world.flood.enabled, server.world.flood.burst = True, 100
    await bot.send_media_group(readers.id, [InputMediaPhoto(drawing(n)) for n in range(10)])
    await bot.send_media_group(readers.id, [InputMediaPhoto(drawing(n)) for n in range(10)])
    with pytest.raises(RetryAfter):
        await bot.send_message(readers.id, "x")


async def test_signs_of_life_are_seen(bot: Bot, mina: Person, greeting: Message) -> None:
    """Actions and reactions are noted, and unknown ones refused."""
    await bot.send_chat_action(mina.id, "upload_photo")
    await bot.set_message_reaction(mina.id, greeting.id, "👀")
    await bot.set_message_reaction(mina.id, greeting.id, None)
    assert (mina.private.actions, greeting.reacted, greeting.reactions) == (["upload_photo"], ["👀"], ())
    with pytest.raises(BadRequest, match="Wrong parameter action in request"):
        await bot.send_chat_action(mina.id, "dancing")
    with pytest.raises(BadRequest, match="Reaction_invalid"):
        await bot.set_message_reaction(mina.id, greeting.id, "🦖")
    with pytest.raises(BadRequest, match="Message to react not found"):
        await bot.set_message_reaction(mina.id, 1, "👀")


async def test_messages_can_be_passed_on(bot: Bot, mina: Person, jun: Person, greeting: Message) -> None:
    """A forwarded message names its origin, a copied one does not."""
    await jun.sends(jun.private, text="hi")
    forwarded = await bot.forward_message(jun.id, mina.id, greeting.id)
    assert forwarded.forward_origin
    await jun.private.answer()
    copied = await bot.copy_message(jun.id, mina.id, greeting.id)
    answer = await jun.private.answer()
    assert (answer.text, answer.message.id) == ("/start", copied.message_id)
    assert "forward_origin" not in answer.message.extras
    with pytest.raises(BadRequest, match="Message to copy not found"):
        await bot.copy_message(jun.id, mina.id, 1)
