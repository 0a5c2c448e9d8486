"""Pictures of every kind, sent to the bot in private chats and in groups."""

from collections.abc import Awaitable, Callable, Sequence
from io import BytesIO

import pytest
from PIL import Image

from bot.choices import ChatChoices
from bot.telegram import signs
from tests.telegram.conftest import drawing
from tests.telegram.opening import OpenDoor
from tests.telegram_server import Chat, Person, TelegramServer
from tests.telegram_server.chats import Member

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("door")]

BEST = "\n1. "


def size(picture: bytes) -> tuple[int, int]:
    """Measure a picture."""
    return Image.open(BytesIO(picture)).size


async def test_a_photo_is_answered_with_a_sheet(mina: Person, thumbnails: Sequence[bytes]) -> None:
    """The answer is a sheet that replies to the photo, in the language of who sent it."""
    sent = await mina.sends(mina.private, photo=thumbnails[0])
    answer = await mina.private.answer()
    assert size(answer.photo)[0] == 1200
    assert BEST in answer.caption
    assert "그렸을 가능성이 높은 작가" in answer.caption
    assert answer.reply_to is sent


async def test_english_readers_are_answered_in_english(jun: Person, thumbnails: Sequence[bytes]) -> None:
    """The language of the app decides where nothing was chosen."""
    await jun.sends(jun.private, photo=thumbnails[0])
    assert "Likeliest artists" in (await jun.private.answer()).caption


async def test_a_sign_of_life_comes_before_the_answer(
    server: TelegramServer, mina: Person, thumbnails: Sequence[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram shows that a picture is being sent before the file has even been fetched."""
    monkeypatch.setattr(signs, "AGAIN", 3600.0)  # a slow machine would have to repeat it
    server.slow("getFile", 0.1)
    await mina.sends(mina.private, photo=thumbnails[0])
    await mina.private.answer()
    assert mina.private.actions == ["upload_photo"]


@pytest.mark.parametrize(
    "kind", ["sticker", "animated_sticker", "video_sticker", "animation", "video", "video_note"]
)
async def test_stickers_and_moving_pictures_are_answered(
    mina: Person, thumbnails: Sequence[bytes], kind: str
) -> None:
    """A still sticker is looked at itself, of what moves the thumbnail."""
    await mina.sends(mina.private, **{kind: thumbnails[1]})  # type: ignore[misc]  the kind is a parameter
    assert BEST in (await mina.private.answer()).caption


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF", "BMP"])
async def test_image_documents_are_answered(mina: Person, kind: str) -> None:
    """A picture sent as a file keeps its bytes."""
    await mina.sends(mina.private, document=drawing(3, kind=kind), name=f"a.{kind.lower()}", mime="image/png")
    assert (await mina.private.answer()).photo


async def test_other_documents_get_a_hint(jun: Person) -> None:
    """Who sends a PDF is told what can be sent."""
    await jun.sends(jun.private, document=b"%PDF-1.7", name="a.pdf", mime="application/pdf")
    assert (await jun.private.answer()).text.startswith("Send me a picture")


async def test_a_document_that_only_claims_to_be_a_picture_is_refused(jun: Person) -> None:
    """The bytes decide, whatever the name says."""
    await jun.sends(jun.private, document=b"MZ\0\0", name="a.png", mime="image/png")
    assert (await jun.private.answer()).text.startswith("This is not a picture")


async def test_a_damaged_picture_is_refused(mina: Person) -> None:
    """Half a picture is answered with a sentence."""
    await mina.sends(mina.private, document=drawing()[:400], name="a.png", mime="image/png")
    answer = await mina.private.answer()
    assert "손상" in answer.text
    assert not answer.buttons


async def test_a_document_that_is_too_large_is_refused(jun: Person) -> None:
    """Telegram hands no larger files over, so they are not asked for."""
    await jun.sends(jun.private, document=drawing(), name="a.png", mime="image/png", size=30 << 20)
    assert "30 MB" in (await jun.private.answer()).text


async def test_a_forwarded_picture_is_answered(
    mina: Person, jun: Person, thumbnails: Sequence[bytes]
) -> None:
    """Whoever drew or sent it first."""
    await mina.sends(mina.private, photo=thumbnails[0], forward_from=jun)
    assert BEST in (await mina.private.answer()).caption


async def test_an_album_gets_one_answer(
    server: TelegramServer, jun: Person, thumbnails: Sequence[bytes]
) -> None:
    """The pictures of an album are one question about one artist."""
    first = await jun.sends(jun.private, album=thumbnails[:3])
    (answer,) = await jun.private.answers()
    assert "Picture 3 is the thumbnail" in answer.caption or BEST in answer.caption
    assert answer.reply_to is first
    assert len(server.calls("getFile")) == 3


async def test_a_faulty_picture_of_an_album_is_named(jun: Person, thumbnails: Sequence[bytes]) -> None:
    """The sentence says which of the pictures cannot be used."""
    await jun.sends(jun.private, album=[thumbnails[0], drawing(size=(12, 12))])
    assert (await jun.private.answer()).text.startswith("Picture 2: The picture is too small")


async def test_several_pictures_are_answered_one_by_one(mina: Person, thumbnails: Sequence[bytes]) -> None:
    """Each picture gets its own answer, in the order of the questions."""
    asked = [await mina.sends(mina.private, photo=picture) for picture in thumbnails[:4]]
    answers = await mina.private.answers()
    assert [answer.reply_to.id for answer in answers if answer.reply_to] == [sent.id for sent in asked]


async def test_a_changed_picture_changes_its_answer(mina: Person, thumbnails: Sequence[bytes]) -> None:
    """An edited message is answered in place."""
    asked = await mina.sends(mina.private, photo=thumbnails[0])
    first = await mina.private.answer()
    await mina.edits(asked, photo=thumbnails[1])
    second = await mina.private.answer()
    assert second.message is first.message
    assert second.caption != first.caption


async def test_a_changed_caption_changes_nothing(mina: Person, thumbnails: Sequence[bytes]) -> None:
    """The picture is the same, and so is the answer that stands there."""
    asked = await mina.sends(mina.private, photo=thumbnails[0], caption="hm")
    await mina.private.answer()
    await mina.edits(asked, caption="hmm")
    await mina.private.silent()


async def test_a_mended_question_takes_the_place_of_the_refusal(
    mina: Person, thumbnails: Sequence[bytes]
) -> None:
    """The sentence about a bad picture becomes the answer to the good one."""
    asked = await mina.sends(mina.private, photo=drawing(size=(12, 12)))
    refusal = await mina.private.answer()
    await mina.edits(asked, photo=thumbnails[0])
    answer = await mina.private.answer()
    assert answer.message is refusal.message
    assert answer.photo


async def test_an_address_that_is_not_public_is_refused(jun: Person) -> None:
    """Nothing inside our network is fetched for strangers."""
    await jun.sends(jun.private, text="https://127.0.0.1/a.png")
    assert (await jun.private.answer()).text.startswith("This address is not opened")


async def test_a_group_is_answered_only_where_it_asks(
    readers: Chat, mina: Person, thumbnails: Sequence[bytes]
) -> None:
    """People show each other pictures without us."""
    await mina.sends(readers, photo=thumbnails[0])
    await readers.silent()


Asks = Callable[[Person, Chat, bytes], Awaitable[object]]


async def by_caption(person: Person, chat: Chat, picture: bytes) -> object:
    """Call us under the picture."""
    return await person.sends(chat, photo=picture, caption="/similar")


async def by_mention(person: Person, chat: Chat, picture: bytes) -> object:
    """Name us in reply to a picture of somebody's."""
    shown = await person.sends(chat, photo=picture)
    return await person.sends(chat, text=f"@{chat.world.bot.username} ?", reply_to=shown)


@pytest.mark.parametrize("ask", [by_caption, by_mention])
async def test_a_group_asks_by_command_or_mention(
    server: TelegramServer, readers: Chat, jun: Person, thumbnails: Sequence[bytes], ask: Asks
) -> None:
    """The answer is one compact message, and the question bears a mark from the beginning."""
    server.world.privacy_mode = False
    await ask(jun, readers, thumbnails[0])
    (answer,) = await readers.answers()
    assert BEST in answer.caption
    assert "\n6. " not in answer.caption
    assert answer.reactions == ("👀",)


async def test_a_reply_to_our_answer_asks_again(
    readers: Chat, mina: Person, thumbnails: Sequence[bytes]
) -> None:
    """Privacy mode lets replies to us through."""
    await by_caption(mina, readers, thumbnails[0])
    answer = await readers.answer()
    await mina.sends(readers, photo=thumbnails[1], reply_to=answer)
    assert BEST in (await readers.answer()).caption


async def test_thanks_are_no_question(readers: Chat, mina: Person, thumbnails: Sequence[bytes]) -> None:
    """Our own sheet, which a reply to it points at, is nothing to look for."""
    await by_caption(mina, readers, thumbnails[0])
    answer = await readers.answer()
    await mina.sends(readers, text="고마워!", reply_to=answer)
    await readers.silent()


async def test_a_mention_without_a_picture_gets_a_hint(
    server: TelegramServer, readers: Chat, jun: Person
) -> None:
    """Who names us is told how to ask."""
    server.world.privacy_mode = False
    await jun.sends(readers, text=f"@{server.bot.username}")
    assert (await readers.answer()).text.startswith("Send me a picture")


async def test_other_bots_are_not_answered(
    server: TelegramServer, readers: Chat, thumbnails: Sequence[bytes]
) -> None:
    """Two bots would talk to each other for ever."""
    server.world.privacy_mode = False
    other = server.person("Other", is_bot=True)
    readers.members[other.id] = Member(person=other)
    await other.sends(readers, photo=thumbnails[0], caption=f"@{server.bot.username}")
    await readers.silent()


async def test_a_group_can_have_every_picture_answered(
    server: TelegramServer, readers: Chat, mina: Person, door: OpenDoor, thumbnails: Sequence[bytes]
) -> None:
    """Where its admins chose so, nobody has to ask."""
    server.world.privacy_mode = False
    await door.parts.ledger.choose("telegram", readers.id, ChatChoices(automatic=True))
    await mina.sends(readers, photo=thumbnails[0])
    assert BEST in (await readers.answer()).caption
