"""The buttons under answers."""

from collections.abc import Sequence
from datetime import UTC, datetime
from unittest.mock import AsyncMock

import pytest

from storage.errors import WebtoonNotFound
from tests.telegram.hearing import until
from tests.telegram.opening import OpenDoor
from tests.telegram_server import Answer, Chat, Person, TelegramServer

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("door")]


@pytest.fixture
async def sheet(jun: Person, thumbnails: Sequence[bytes], door: OpenDoor) -> Answer:
    """Have Jun ask, and look at the answer."""
    assert not door.task.done()
    await jun.sends(jun.private, photo=thumbnails[0])
    return await jun.private.answer()


async def test_more_like_one_is_an_answer_of_its_own(jun: Person, sheet: Answer) -> None:
    """It replies to the sheet and says whom it is like."""
    await jun.presses(sheet, "Like no. 2")
    answer = await jun.private.answer()
    assert answer.caption.startswith("Webtoons drawn like “")
    assert answer.photo
    assert answer.reply_to is sheet.message


async def test_details_turn_page_by_page_in_place(jun: Person, sheet: Answer) -> None:
    """The thumbnail takes the place of the sheet, and the sheet comes back."""
    await jun.presses(sheet, "Details")
    first = await jun.private.answer()
    await jun.presses(first, "▶")
    second = await jun.private.answer()
    await jun.presses(second, "Back")
    back = await jun.private.answer()
    assert first.caption.startswith("1. ")
    assert second.caption.startswith("2. ")
    assert back.photo == sheet.photo
    assert {answer.message.id for answer in (first, second, back)} == {sheet.message.id}


async def test_the_last_page_is_before_the_first(jun: Person, sheet: Answer) -> None:
    """Pages go round."""
    await jun.presses(sheet, "Details")
    first = await jun.private.answer()
    await jun.presses(first, "◀")
    assert (await jun.private.answer()).caption.startswith("10. ")


async def test_turning_pages_uploads_a_thumbnail_once(
    server: TelegramServer, jun: Person, sheet: Answer
) -> None:
    """Telegram keeps what it has been given."""
    await jun.presses(sheet, "Details")
    first = await jun.private.answer()
    await jun.presses(first, "Back")
    await jun.private.answer()
    await jun.presses(sheet, "Details")
    await jun.private.answer()
    assert [bool(call.files) for call in server.calls("editMessageMedia")] == [True, False, False]


async def test_why_shows_both_pictures(jun: Person, sheet: Answer) -> None:
    """It says what they share, in a message of its own."""
    pressed = await jun.presses(sheet, "Why no. 1?")
    answer = await until(jun, lambda answer: answer.photo)
    assert pressed.text == "Looking closely…"
    assert answer.caption.startswith("Why “")
    assert "alike in style" in answer.caption
    assert "Line weight" in answer.caption
    assert answer.photo
    assert answer.reply_to is sheet.message


async def test_why_can_be_asked_of_webtoons_alike(jun: Person, sheet: Answer) -> None:
    """There are no pictures to fetch then."""
    await jun.presses(sheet, "Like no. 1")
    alike = await jun.private.answer()
    await jun.presses(alike, "Why no. 1?")
    await until(jun, lambda answer: answer.caption.startswith("Why “"))


async def test_a_verdict_is_noted_and_taken_back(door: OpenDoor, jun: Person, sheet: Answer) -> None:
    """The same thumb once more takes it back."""
    token = sheet.buttons[0].data.split(":")[1]
    verdicts, said = [], []
    for label in ("👎", "👍", "👍"):
        said.append((await jun.presses(sheet, label)).text)
        query = await door.parts.ledger.query(token)
        verdicts.append(query.verdict if query else None)
    assert verdicts == [-1, 1, 0]
    assert said == ["Thank you, noted!", "Thank you, noted!", "Taken back."]


async def test_the_next_picture_is_asked_for_in_reply(
    readers: Chat, jun: Person, thumbnails: Sequence[bytes]
) -> None:
    """In a group who pressed is called, and their reply reaches us under privacy mode."""
    await jun.sends(readers, photo=thumbnails[0], caption="/similar")
    answer = await readers.answer()
    await jun.presses(answer, "Next picture")
    asked = await readers.answer()
    assert asked.markup["force_reply"]
    assert asked.markup["selective"]
    assert asked.text.startswith("Jun: ")
    await jun.sends(readers, photo=thumbnails[1], reply_to=asked)
    assert (await readers.answer()).photo


@pytest.mark.parametrize("label", ["자세히", "👍"])
async def test_others_cannot_press_what_changes_an_answer(
    readers: Chat, mina: Person, jun: Person, thumbnails: Sequence[bytes], label: str
) -> None:
    """Only who asked turns pages and judges in a group."""
    await mina.sends(readers, photo=thumbnails[0], caption="/similar")
    answer = await readers.answer()
    pressed = await jun.presses(answer, label)
    assert pressed.alert
    assert pressed.text == "Only the person who asked can press this."
    await readers.silent()


async def test_who_asked_as_the_group_can_be_anybody(
    readers: Chat, jun: Person, thumbnails: Sequence[bytes]
) -> None:
    """An anonymous admin presses under the own name what was asked in the group's."""
    await jun.anonymous.sends(readers, photo=thumbnails[0], caption="/similar")
    answer = await readers.answer()
    pressed = await jun.presses(answer, "👍")
    assert pressed.text == "Thank you, noted!"


@pytest.mark.parametrize(
    "data",
    ["m:AAAAAAAAAAAAAAAA:1", "d:{token}:99", "d:{token}:0", "d:{token}:-1", "w:{token}:77", "m:{token}"],
)
async def test_forged_presses_do_nothing(jun: Person, sheet: Answer, data: str) -> None:
    """What no button of ours says is answered with a sentence."""
    token = sheet.buttons[0].data.split(":")[1]
    pressed = await jun.presses_data(sheet, data.format(token=token))
    assert pressed.alert
    assert pressed.text.startswith("This answer has been forgotten")
    assert all("forgotten" not in answer.words for answer in await jun.private.answers())


async def test_a_forged_verdict_does_not_count(door: OpenDoor, jun: Person, sheet: Answer) -> None:
    """Nobody can give a thumb more weight."""
    token = sheet.buttons[0].data.split(":")[1]
    assert (await jun.presses_data(sheet, f"u:{token}:99")).alert
    query = await door.parts.ledger.query(token)
    assert query
    assert query.verdict == 0


async def test_the_buttons_of_a_forgotten_answer_go_away(door: OpenDoor, jun: Person, sheet: Answer) -> None:
    """They could only say so again."""
    await door.parts.ledger.expire(datetime.now(UTC))
    pressed = await jun.presses(sheet, "Details")
    assert pressed.text.startswith("This answer has been forgotten")
    assert not (await jun.private.answer()).buttons


async def test_a_webtoon_that_has_gone_is_said(
    door: OpenDoor, jun: Person, sheet: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The catalogue changes between an answer and a press."""
    monkeypatch.setattr(door.parts.service, "like", AsyncMock(side_effect=WebtoonNotFound(title="A <b>")))
    await jun.presses(sheet, "Like no. 1")
    assert "“A <b>”" in (await jun.private.answer()).text


async def test_a_press_that_is_too_old_is_borne(
    server: TelegramServer, jun: Person, sheet: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    """Telegram refuses the answer to it, and that is nobody's fault."""
    why = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    server.fails("answerCallbackQuery", status=400, why=why)
    with pytest.raises(AssertionError, match="did not answer"):
        await jun.presses(sheet, "👍", timeout=0.3)
    await jun.private.silent()
    assert server.calls("answerCallbackQuery")
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
