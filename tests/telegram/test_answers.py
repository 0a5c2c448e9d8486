"""What the answers look like, what is sent once only, and what is said instead of an answer."""

import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from unittest.mock import AsyncMock

import pytest

from bot.choices import ChatChoices, Form
from bot.rates import Rate, Whose
from bot.settings import Settings
from bot.telegram import outgoing
from storage.answers import Familiarity
from storage.errors import EmptyCatalogue
from tests.telegram.answers import ADULT, answer
from tests.telegram.conftest import drawing
from tests.telegram.opening import OpenDoor, open_door, open_parts
from tests.telegram_server import Chat, Person, TelegramServer

pytestmark = pytest.mark.slow

DOOR = "telegram"
BEST = "\n1. "


@pytest.fixture
async def strict(server: TelegramServer, settings: Settings) -> AsyncIterator[OpenDoor]:
    """Run a door that lets nobody ask more than twice a minute."""
    rules = (Rate(whose=Whose.PERSON, most=2),)
    async with open_parts(settings, rules=rules) as parts, open_door(server, settings, parts) as door:
        yield door


@pytest.fixture
def people(mina: Person, jun: Person, boss: Person) -> Sequence[Person]:
    """Let one more ask than questions can run."""
    return mina, jun, boss


def finds(door: OpenDoor, monkeypatch: pytest.MonkeyPatch, **about: object) -> None:
    """Let every question have the same answer."""
    made = answer(**about)  # type: ignore[arg-type]  whatever a test wants
    monkeypatch.setattr(door.parts.service, "similar", AsyncMock(return_value=made))


async def test_the_chat_can_have_an_album(door: OpenDoor, mina: Person, thumbnails: Sequence[bytes]) -> None:
    """Ten pictures with a line each, and a text with the buttons that replies to the question."""
    await door.parts.ledger.choose(DOOR, mina.id, ChatChoices(form=Form.ALBUM))
    asked = await mina.sends(mina.private, photo=thumbnails[0])
    album, text = await mina.private.answers()
    assert len(album.album) == 10
    assert album.captions[9].startswith("10. ")
    assert "%" in album.captions[9]
    assert "자세히" in text.labels
    assert text.reply_to is asked


async def test_pictures_of_an_album_are_uploaded_once(
    server: TelegramServer, door: OpenDoor, mina: Person, thumbnails: Sequence[bytes]
) -> None:
    """The second album is made of what Telegram has already."""
    await door.parts.ledger.choose(DOOR, mina.id, ChatChoices(form=Form.ALBUM))
    for _ in range(2):
        await mina.sends(mina.private, photo=thumbnails[0])
        await mina.private.answers()
    first, second = server.calls("sendMediaGroup")
    assert len(first.files) == 10
    assert not second.files


async def test_the_chat_chooses_how_many(door: OpenDoor, jun: Person, thumbnails: Sequence[bytes]) -> None:
    """Three lines where three were chosen."""
    await door.parts.ledger.choose(DOOR, jun.id, ChatChoices(results=3))
    await jun.sends(jun.private, photo=thumbnails[0])
    caption = (await jun.private.answer()).caption
    assert "\n3. " in caption
    assert "\n4. " not in caption


async def test_a_weak_answer_says_so_in_private(
    door: OpenDoor, jun: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list is shown, below a banner."""
    finds(door, monkeypatch, familiarity=Familiarity.NONE)
    await jun.sends(jun.private, photo=drawing())
    assert (await jun.private.answer()).caption.startswith("Nothing in the catalogue is drawn like this")


async def test_a_weak_answer_is_folded_in_groups(
    door: OpenDoor, readers: Chat, jun: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A group gets a sentence and a button that unfolds the list in the same message."""
    finds(door, monkeypatch, familiarity=Familiarity.NONE)
    await jun.sends(readers, photo=drawing(), caption="/similar")
    folded = await readers.answer()
    assert not folded.photo
    assert folded.text.startswith("Nothing in the catalogue is drawn like this")
    await jun.presses(folded, "Show the nearest anyway")
    shown = await readers.answer()
    assert shown.message is folded.message
    assert shown.photo
    assert BEST in shown.caption


async def test_works_for_adults_are_veiled_in_private(
    door: OpenDoor, jun: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sheet is behind Telegram's spoiler."""
    finds(door, monkeypatch, **ADULT)
    await jun.sends(jun.private, photo=drawing())
    assert (await jun.private.answer()).spoiler


@pytest.mark.usefixtures("door")
async def test_other_answers_are_not_veiled(jun: Person, thumbnails: Sequence[bytes]) -> None:
    """A spoiler where none is needed would be in the way."""
    await jun.sends(jun.private, photo=thumbnails[0])
    assert not (await jun.private.answer()).spoiler


async def test_groups_see_nothing_for_adults(
    door: OpenDoor, readers: Chat, jun: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are told how much was left out; where that is all, there is nothing else."""
    finds(door, monkeypatch, **ADULT)
    await jun.sends(readers, photo=drawing(), caption="/similar")
    answered = await readers.answer()
    assert answered.text == "3 works for adults are left out here; in a private chat I show them."
    assert not answered.buttons


async def test_what_is_left_is_ranked_anew_in_groups(
    door: OpenDoor, readers: Chat, jun: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first line of a group is the first that it may see."""
    mixed = answer()
    first = replace(mixed.matches[0], stored=answer(**ADULT).matches[0].stored)
    mixed = replace(mixed, matches=(first, *mixed.matches[1:]))
    monkeypatch.setattr(door.parts.service, "similar", AsyncMock(return_value=mixed))
    await jun.sends(readers, photo=drawing(), caption="/similar")
    answered = await readers.answer()
    assert "1. Title 2" in answered.caption
    assert "One work for adults" in answered.caption


@pytest.mark.usefixtures("door")
async def test_the_same_file_is_not_fetched_again(
    server: TelegramServer, mina: Person, jun: Person, thumbnails: Sequence[bytes]
) -> None:
    """A picture that goes round is known by its lasting name: no download, no upload."""
    sent = await mina.sends(mina.private, photo=thumbnails[0])
    await mina.private.answer()
    await jun.sends(jun.private, forward_from=sent)
    assert (await jun.private.answer()).photo
    assert len(server.calls("getFile")) == 1
    assert [bool(call.files) for call in server.calls("sendPhoto")] == [True, False]


async def test_the_same_bytes_are_not_looked_at_again(
    server: TelegramServer,
    door: OpenDoor,
    mina: Person,
    jun: Person,
    thumbnails: Sequence[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Sent anew a picture has a new name, but its bytes are known."""
    similar = AsyncMock(wraps=door.parts.service.similar)
    monkeypatch.setattr(door.parts.service, "similar", similar)
    for person in (mina, jun):
        await person.sends(person.private, document=thumbnails[0], name="a.jpg", mime="image/jpeg")
        await person.private.answer()
    assert similar.await_count == 1
    assert [bool(call.files) for call in server.calls("sendPhoto")] == [True, False]


@pytest.mark.usefixtures("door")
async def test_a_sheet_that_telegram_lost_is_drawn_again(
    server: TelegramServer, mina: Person, thumbnails: Sequence[bytes]
) -> None:
    """A name that Telegram does not know any more is no reason to fail."""
    sent = await mina.sends(mina.private, photo=thumbnails[0])
    await mina.private.answer()
    server.fails("sendPhoto", status=400, why="Bad Request: wrong file identifier/HTTP URL specified")
    await mina.sends(mina.private, forward_from=sent)
    assert (await mina.private.answer()).photo
    assert [bool(call.files) for call in server.calls("sendPhoto")] == [True, False, True]


@pytest.mark.usefixtures("door")
async def test_who_deletes_the_question_is_answered_all_the_same(
    server: TelegramServer, mina: Person, thumbnails: Sequence[bytes]
) -> None:
    """The answer then replies to nothing."""
    server.slow("getFile", 0.2)
    asked = await mina.sends(mina.private, photo=thumbnails[0])
    mina.deletes(asked)
    answered = await mina.private.answer()
    assert answered.photo
    assert answered.reply_to is None


@pytest.mark.usefixtures("door")
async def test_who_has_to_wait_is_told_the_place(
    server: TelegramServer,
    people: Sequence[Person],
    thumbnails: Sequence[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A note comes when it takes long, and becomes the answer."""
    monkeypatch.setattr(outgoing, "NOTE_AFTER", 0.05)
    server.slow("getFile", 0.5, times=2)
    for person, picture in zip(people, thumbnails, strict=False):
        await person.sends(person.private, photo=picture)
    last = people[-1].private
    note = await last.answer()
    assert note.text == "Many people are asking; you are number 1 in line…"
    answered = await last.answer()
    assert answered.message is note.message
    assert answered.photo


@pytest.mark.usefixtures("strict")
async def test_who_asks_too_often_is_told_when_to_come_back(jun: Person, thumbnails: Sequence[bytes]) -> None:
    """The seconds that are left stand in the answer."""
    for picture in thumbnails[:3]:
        await jun.sends(jun.private, photo=picture)
    (refusal,) = [answered for answered in await jun.private.answers() if answered.text]
    assert refusal.text.startswith("That is a little fast; please ask again in ")


@pytest.mark.usefixtures("strict")
async def test_a_group_hears_once_that_somebody_is_too_fast(
    readers: Chat, jun: Person, thumbnails: Sequence[bytes]
) -> None:
    """Refusing each picture of a flood would be one."""
    for picture in thumbnails[:6]:
        await jun.sends(readers, photo=picture, caption="/similar")
    said = [answered.text for answered in await readers.answers() if answered.text]
    assert len(said) == 1


@pytest.mark.usefixtures("strict")
async def test_admins_may_ask_as_often_as_they_like(boss: Person, thumbnails: Sequence[bytes]) -> None:
    """Limits are not for them."""
    for picture in thumbnails[:3]:
        await boss.sends(boss.private, photo=picture)
    assert all(answered.photo for answered in await boss.private.answers())


async def test_who_is_banned_hears_it_once(door: OpenDoor, jun: Person, thumbnails: Sequence[bytes]) -> None:
    """And nothing after that."""
    await door.parts.ledger.ban(DOOR, door.parts.ledger.person(DOOR, jun.id), by="boss")
    for picture in thumbnails[:2]:
        await jun.sends(jun.private, photo=picture)
    (refusal,) = await jun.private.answers()
    assert refusal.text.startswith("You cannot use this bot any more")


async def test_what_nobody_foresaw_gets_a_reference(
    door: OpenDoor, jun: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The user can name it, and the log has the traceback under it."""
    monkeypatch.setattr(door.parts.service, "similar", AsyncMock(side_effect=ZeroDivisionError("secret")))
    with caplog.at_level(logging.ERROR):
        await jun.sends(jun.private, photo=drawing())
        said = (await jun.private.answer()).text
    (record,) = [each for each in caplog.records if each.name == "bot.telegram.errors"]
    reference = said.partition("reference ")[2][:8]
    assert reference in record.getMessage()
    assert "secret" not in said


async def test_an_empty_catalogue_is_said(
    door: OpenDoor, mina: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Errors that were foreseen are sentences in the user's language."""
    monkeypatch.setattr(door.parts.service, "stamp", AsyncMock(side_effect=EmptyCatalogue))
    await mina.sends(mina.private, photo=drawing())
    assert (await mina.private.answer()).text.startswith("카탈로그가 비어 있어요")


async def test_nothing_of_a_question_is_kept_but_names(door: OpenDoor, mina: Person) -> None:
    """Neither the picture nor what was said with it stands in the database."""
    picture = drawing()
    await mina.sends(mina.private, document=picture, name="wish.png", caption="a secret wish")
    await mina.private.answers()
    kept = b"".join(path.read_bytes() for path in door.parts.service._path.parent.glob("grimche.db*"))
    assert not [part for part in (b"a secret wish", b"wish.png", picture[100:200]) if part in kept]


async def test_who_sends_many_pictures_hears_of_the_queue_once_at_most(
    server: TelegramServer, door: OpenDoor, jun: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others wait for the first, and notes would push the answers out of their order."""
    monkeypatch.setattr(outgoing, "NOTE_AFTER", 0.0)
    server.slow("getFile", 0.1)
    asked = [await jun.sends(jun.private, photo=drawing(number)) for number in range(3)]
    answers = await jun.private.answers()
    assert [answered.reply_to for answered in answers] == asked
    assert not door.task.done()
