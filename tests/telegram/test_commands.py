"""Conversations about what everybody can call."""

import pytest

from bot import texts
from bot.telegram.context import Parts
from bot.texts import Language
from storage.records import StoredWebtoon
from tests.telegram_server import Chat, Person, TelegramServer

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("door")]

KO = texts.get(Language.KO)
EN = texts.get(Language.EN)


@pytest.fixture
async def webtoon(parts: Parts) -> StoredWebtoon:
    """Take a webtoon of the catalogue."""
    return await parts.service.webtoon(1)


async def test_start_greets_with_a_picture_that_answers(mina: Person) -> None:
    """Who starts gets a picture to tap, and the tap is answered as if the picture had been sent."""
    await mina.sends(mina.private, text="/start")
    hello = await mina.private.answer()
    assert hello.caption == KO.format("chat-hello")
    assert hello.photo

    await mina.presses(hello, KO.format("chat-try"))
    answer = await mina.private.settled()
    assert answer.photo
    assert "100%" in answer.caption
    assert answer.reply_to is hello.message


async def test_start_uploads_no_sample_twice(server: TelegramServer, jun: Person) -> None:
    """A sample that Telegram has is sent by its name."""
    for _ in range(14):
        await jun.sends(jun.private, text="/start")
        await jun.private.answer()
    uploads = [call for call in server.calls("sendPhoto") if call.files]
    assert 1 <= len(uploads) <= 12


async def test_start_of_a_link_answers_what_the_link_says(jun: Person, webtoon: StoredWebtoon) -> None:
    """A link from another chat leads to the card of its webtoon, or to what is drawn like it."""
    await jun.sends(jun.private, text=f"/start card_{webtoon.id}")
    assert webtoon.webtoon.title in (await jun.private.answer()).caption

    await jun.sends(jun.private, text=f"/start like_{webtoon.id}")
    answer = await jun.private.settled()
    assert EN.format("answer-like-title", title=webtoon.webtoon.title) in answer.caption


@pytest.mark.parametrize("start", ["like_99999", "like_-1", "card_1;DROP", "like_", "x" * 60])
async def test_start_of_a_strange_link_harms_nothing(jun: Person, start: str) -> None:
    """What no link of ours says is answered with a greeting or a sentence."""
    await jun.sends(jun.private, text=f"/start {start}")
    answer = await jun.private.answer()
    assert answer.photo or answer.text.startswith("No webtoon in the catalogue")


@pytest.mark.parametrize("command", ["help", "about", "privacy"])
@pytest.mark.parametrize("is_group", [False, True])
async def test_words_about_the_bot(
    mina: Person, jun: Person, readers: Chat, command: str, *, is_group: bool
) -> None:
    """What the bot is, can do and keeps is said in the language of who asks."""
    said = {}
    for person, language in ((mina, KO), (jun, EN)):
        chat = readers if is_group else person.private
        await person.sends(chat, text=f"/{command}")
        said[language] = (await chat.answer()).text
    assert "그림" in said[KO]
    assert "그림" not in said[EN]


async def test_help_names_what_only_admins_can_do_to_admins(mina: Person, boss: Person) -> None:
    """Who is no admin does not read of admins' commands."""
    await boss.sends(boss.private, text="/help")
    assert "/ban" in (await boss.private.answer()).text
    await mina.sends(mina.private, text="/help")
    assert "/ban" not in (await mina.private.answer()).text


async def test_about_says_what_is_known(jun: Person) -> None:
    """Version, licence, generation and the size of the catalogue are said."""
    await jun.sends(jun.private, text="/about")
    text = (await jun.private.answer()).text
    assert "MIT" in text
    assert "starter" in text
    assert "12 webtoons by 5 artists, 48 thumbnails" in text


async def test_a_webtoon_is_shown_with_its_newest_thumbnail(mina: Person, webtoon: StoredWebtoon) -> None:
    """The card says who drew it and where, and leads to what is drawn like it."""
    await mina.sends(mina.private, text=f"/webtoon {webtoon.webtoon.title}")
    card = await mina.private.answer()
    assert webtoon.webtoon.title in card.caption
    assert KO.format("chat-credit-painter", names=webtoon.webtoon.painters[0]) in card.caption
    assert KO.format("platform-sample") in card.caption
    assert KO.format("chat-episodes", count=4) in card.caption
    assert card.photo
    assert not card.spoiler

    await mina.presses(card, KO.format("chat-more-like-this"))
    answer = await mina.private.settled()
    assert KO.format("answer-like-title", title=webtoon.webtoon.title) in answer.caption


async def test_a_card_is_sent_again_by_name(
    server: TelegramServer, jun: Person, webtoon: StoredWebtoon
) -> None:
    """Telegram gets the thumbnail of a card once."""
    for _ in range(2):
        await jun.sends(jun.private, text=f"/webtoon {webtoon.webtoon.title}")
        assert (await jun.private.answer()).photo
    assert [bool(call.files) for call in server.calls("sendPhoto")] == [True, False]


async def test_a_part_of_titles_lets_choose(jun: Person, parts: Parts) -> None:
    """Where several titles fit, the one that is tapped is shown."""
    assert len(await parts.service.search("비밀")) > 1
    await jun.sends(jun.private, text="/webtoon 비밀")
    choice = await jun.private.answer()
    assert choice.text == EN.format("chat-which", title="비밀")
    assert 1 < len(choice.buttons) <= 5
    await jun.presses(choice, choice.labels[1])
    assert choice.labels[1].split(" · ")[0] in (await jun.private.answer()).caption


async def test_an_artist_is_shown_with_all_works(mina: Person, parts: Parts, webtoon: StoredWebtoon) -> None:
    """The works come as an album, with buttons to their cards."""
    name = webtoon.webtoon.painters[0]
    works = [each for each in await parts.service.search(name, limit=50) if name in each.webtoon.painters]
    assert len(works) > 1
    await mina.sends(mina.private, text=f"/artist {name}")
    album = await mina.private.answer()
    assert len(album.album) == len(works)
    said = await mina.private.answer()
    assert said.text.startswith(KO.format("chat-artist-works", artist=name, count=len(works)))
    assert all(each.webtoon.title in said.text for each in works)

    await mina.presses(said, "2")
    assert works[1].webtoon.title in (await mina.private.answer()).caption


async def test_an_artist_in_a_group_takes_one_message(
    jun: Person, readers: Chat, webtoon: StoredWebtoon
) -> None:
    """A group is not flooded with an album."""
    await jun.sends(readers, text=f"/artist {webtoon.webtoon.painters[0]}")
    (answer,) = await readers.answers()
    assert answer.photo
    assert not answer.album


async def test_a_card_leads_to_its_artist(jun: Person, webtoon: StoredWebtoon) -> None:
    """Who drew a webtoon can be tapped."""
    await jun.sends(jun.private, text=f"/webtoon {webtoon.webtoon.title}")
    card = await jun.private.answer()
    await jun.presses(card, EN.format("chat-more-by", artist=webtoon.webtoon.painters[0]))
    assert (await jun.private.answer()).album


async def test_similar_takes_a_title(mina: Person, webtoon: StoredWebtoon) -> None:
    """A title stands for the pictures of its webtoon; so does a title alone in a private chat."""
    for text in (
        f"/similar {webtoon.webtoon.title}",
        f"/like {webtoon.webtoon.title}",
        webtoon.webtoon.title,
    ):
        await mina.sends(mina.private, text=text)
        answer = await mina.private.settled()
        assert answer.photo
        assert KO.format("answer-like-title", title=webtoon.webtoon.title) in answer.caption


async def test_similar_takes_the_picture_that_it_replies_to(
    mina: Person, jun: Person, readers: Chat, thumbnails: list[bytes]
) -> None:
    """Somebody asks about a picture that somebody else has sent."""
    picture = await mina.sends(readers, photo=thumbnails[0])
    await readers.silent()
    asked = await jun.sends(readers, text="/similar", reply_to=picture)
    answer = await readers.settled()
    assert answer.photo
    assert answer.reply_to is asked


async def test_similar_takes_a_picture_quoted_from_another_chat(
    mina: Person, jun: Person, readers: Chat, thumbnails: list[bytes]
) -> None:
    """A picture of a group can be asked about in private."""
    picture = await mina.sends(readers, photo=thumbnails[0])
    await jun.sends(jun.private, text="/similar", reply_to=picture)
    assert (await jun.private.settled()).photo


@pytest.mark.parametrize("command", ["similar", "webtoon", "artist", "like", "why"])
async def test_a_command_without_words_says_how_it_is_used(mina: Person, command: str) -> None:
    """Nobody has to guess what a command wants."""
    await mina.sends(mina.private, text=f"/{command}")
    assert (await mina.private.answer()).text == KO.format(f"chat-usage-{command}")


@pytest.mark.parametrize("command", ["similar", "webtoon", "like"])
async def test_an_unknown_title_is_said_to_be_unknown(jun: Person, command: str) -> None:
    """A title that nothing fits is answered in a sentence with it."""
    await jun.sends(jun.private, text=f"/{command} Xyzzy")
    answer = await jun.private.answer()
    assert answer.text == "No webtoon in the catalogue is called “Xyzzy”; try a part of its title."


async def test_an_unknown_artist_is_said_to_be_unknown(mina: Person) -> None:
    """A name that nobody has is answered in a sentence with it."""
    await mina.sends(mina.private, text="/artist 아무개")
    assert (await mina.private.answer()).text == KO.format("chat-no-artist", name="아무개")


async def test_like_and_why_take_a_rank_in_reply_to_an_answer(mina: Person, thumbnails: list[bytes]) -> None:
    """Who replies to an answer with a rank asks on about that match."""
    await mina.sends(mina.private, photo=thumbnails[0])
    answer = await mina.private.settled()
    await mina.sends(mina.private, text="/why 2", reply_to=answer)
    why = await mina.private.settled()
    assert why.photo
    assert "왜 「" in why.caption

    await mina.sends(mina.private, text="/like 2", reply_to=answer)
    assert "그림체와 비슷한 웹툰" in (await mina.private.settled()).caption


async def test_why_says_what_it_needs_for_a_rank_that_is_none(jun: Person, thumbnails: list[bytes]) -> None:
    """A rank that no answer has leads to a sentence, not to silence."""
    await jun.sends(jun.private, photo=thumbnails[0])
    answer = await jun.private.settled()
    for words in ("0", "11", "99999999999", "two", "-1", "²"):
        await jun.sends(jun.private, text=f"/why {words}", reply_to=answer)
        assert (await jun.private.answer()).text == EN.format("chat-usage-why")


async def test_a_text_that_is_no_title_is_answered(mina: Person) -> None:
    """Whatever is written in a private chat gets an answer."""
    await mina.sends(mina.private, text="이건 제목이 아니에요")
    assert (await mina.private.answer()).text == KO.format("chat-no-title", title="이건 제목이 아니에요")


async def test_commands_for_another_bot_are_left_alone(
    jun: Person, readers: Chat, server: TelegramServer
) -> None:
    """In a group of several bots nobody answers for the others."""
    server.world.privacy_mode = False
    await jun.sends(readers, text="/similar@other_bot")
    await readers.silent()
