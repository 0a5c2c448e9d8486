from datetime import UTC, datetime

import pytest
from telegram import (
    Animation,
    Chat,
    Document,
    ExternalReplyInfo,
    Message,
    MessageEntity,
    MessageOriginHiddenUser,
    PhotoSize,
    Sticker,
    User,
    Video,
)

from bot.telegram.incoming import Source, is_addressed, lasting_name, sources_near, sources_of

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
CHAT = Chat(-7, Chat.SUPERGROUP)
BOT = User(99, "Grimche", is_bot=True, username="grimche_bot")
MINA = User(1, "Mina", is_bot=False)


def message(**content: object) -> Message:
    """Make a message of Mina's."""
    return Message(5, NOON, CHAT, **{"from_user": MINA, **content})  # type: ignore[arg-type]  whatever a test wants


def photo(*sides: int) -> tuple[PhotoSize, ...]:
    """Make a photo of these sizes, named by their widths; heights are a little less."""
    return tuple(PhotoSize(f"f{side}", f"u{side}", side, side * 3 // 4, 10) for side in sides)


def names(found: tuple[Source, ...]) -> list[str]:
    """Name the files that were found."""
    return [source.file_id for source in found]


def sticker(**kind: bool) -> Sticker:
    """Make a sticker with a thumbnail."""
    kinds = {"is_animated": False, "is_video": False, **kind}
    return Sticker("s", "su", 512, 512, type=Sticker.REGULAR, thumbnail=photo(128)[0], **kinds)


@pytest.mark.parametrize(
    ("sides", "chosen"),
    [((90, 320, 800, 1280), "f800"), ((90, 320), "f320"), ((1280, 430, 90), "f430"), ((2000,), "f2000")],
)
def test_the_smallest_photo_that_is_large_enough_is_taken(sides: tuple[int, ...], chosen: str) -> None:
    """Each side needs 320 pixels; of smaller ones the largest counts."""
    assert names(sources_of(message(photo=photo(*sides)))) == [chosen]


@pytest.mark.parametrize(
    ("kind", "name", "is_taken"),
    [
        ("image/png", "a.png", True),
        ("image/png", None, True),
        ("application/octet-stream", "a.JPG", True),
        (None, "a.webp", True),
        ("application/pdf", "a.pdf", False),
        (None, None, False),
    ],
)
def test_documents_that_may_be_pictures_are_taken(
    kind: str | None, name: str | None, *, is_taken: bool
) -> None:
    """Kind or name is enough; the bytes decide later."""
    sent = message(document=Document("d", "du", mime_type=kind, file_name=name))
    assert bool(sources_of(sent)) is is_taken


def test_a_still_sticker_is_a_picture() -> None:
    """The file itself is looked at."""
    assert names(sources_of(message(sticker=sticker()))) == ["s"]


@pytest.mark.parametrize("kind", ["is_animated", "is_video"])
def test_of_a_moving_sticker_the_thumbnail_is_taken(kind: str) -> None:
    """What moves cannot be decoded."""
    assert names(sources_of(message(sticker=sticker(**{kind: True})))) == ["f128"]


def test_of_an_animation_the_thumbnail_is_taken() -> None:
    """An animation has a document too, which is no picture."""
    moving = Animation("a", "au", 100, 100, 1, thumbnail=photo(320)[0])
    document = Document("a", "au", mime_type="video/mp4")
    assert names(sources_of(message(animation=moving, document=document))) == ["f320"]


def test_of_a_video_the_cover_is_taken() -> None:
    """The cover is larger than the thumbnail."""
    video = Video("v", "vu", 100, 100, 1, thumbnail=photo(90)[0], cover=photo(640))
    assert names(sources_of(message(video=video))) == ["f640"]


def test_a_video_without_a_still_is_no_picture() -> None:
    """There is nothing to look at."""
    assert sources_of(message(video=Video("v", "vu", 100, 100, 1))) == ()


def test_addresses_in_a_text_lead_to_pictures() -> None:
    """Addresses count as they stand and under words, each once."""
    under = MessageEntity(MessageEntity.TEXT_LINK, 0, 4, url="https://b.example/2.png")
    sent = message(text="look at https://a.example/1.png", entities=[under])
    assert [source.url for source in sources_of(sent)] == [
        "https://a.example/1.png",
        "https://b.example/2.png",
    ]


def test_a_picture_wins_over_addresses_in_its_caption() -> None:
    """Who sends a picture asks about that picture."""
    sent = message(photo=photo(640), caption="from https://a.example/1.png")
    assert names(sources_of(sent)) == ["f640"]


def test_the_message_that_is_replied_to_counts() -> None:
    """A text asks about the picture that it replies to."""
    assert names(sources_near(message(text="?", reply_to_message=message(photo=photo(640))))) == ["f640"]


def test_a_message_quoted_from_another_chat_counts() -> None:
    """Telegram shows what is quoted from elsewhere apart."""
    quoted = ExternalReplyInfo(MessageOriginHiddenUser(NOON, "Jun"), photo=photo(640))
    assert names(sources_near(message(text="?", external_reply=quoted))) == ["f640"]


@pytest.mark.parametrize(
    ("text", "kind", "means_us"),
    [
        ("@grimche_bot", MessageEntity.MENTION, True),
        ("@GRIMCHE_BOT", MessageEntity.MENTION, True),
        ("@other_bot", MessageEntity.MENTION, False),
        ("/similar", MessageEntity.BOT_COMMAND, True),
        ("/similar@grimche_bot", MessageEntity.BOT_COMMAND, True),
        ("/similar@other_bot", MessageEntity.BOT_COMMAND, False),
        ("/start", MessageEntity.BOT_COMMAND, False),
        ("@grimche_bot", MessageEntity.CODE, False),
    ],
)
def test_a_mention_or_our_command_means_us(text: str, kind: str, *, means_us: bool) -> None:
    """In a text as under a picture; names of other bots do not."""
    marks = [MessageEntity(kind, 0, len(text))]
    assert is_addressed(message(text=text, entities=marks), 99, "grimche_bot") is means_us
    under = message(photo=photo(640), caption=text, caption_entities=marks)
    assert is_addressed(under, 99, "grimche_bot") is means_us


def test_a_mention_without_a_name_means_us_too() -> None:
    """Apps can mention a user by number."""
    marks = [MessageEntity(MessageEntity.TEXT_MENTION, 0, 7, user=BOT)]
    assert is_addressed(message(text="Grimche", entities=marks), 99, "grimche_bot")


def test_a_reply_to_us_means_us() -> None:
    """And one to somebody else does not."""
    ours, theirs = message(from_user=BOT, text="hi"), message(text="hi")
    assert is_addressed(message(text="a", reply_to_message=ours), 99, "grimche_bot")
    assert not is_addressed(message(text="a", reply_to_message=theirs), 99, "grimche_bot")


def test_pictures_have_lasting_names() -> None:
    """Files go by what Telegram calls them for ever, the others by their address."""
    assert (
        lasting_name([Source(file_id="f", unique="u"), Source(url="https://a.example")])
        == "u+https://a.example"
    )
