"""Signs of life when many questions are open at once."""

from collections.abc import Sequence

import pytest

from bot.telegram import signs
from bot.telegram.signs import AT_ONCE
from tests.telegram.conftest import drawing
from tests.telegram.test_doors import until
from tests.telegram_server import Person, TelegramServer

pytestmark = pytest.mark.usefixtures("door")


@pytest.fixture
def unrepeated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an action be shown for good, which a slow machine would else have to repeat."""
    monkeypatch.setattr(signs, "AGAIN", 3600.0)


@pytest.mark.usefixtures("unrepeated")
async def test_a_chat_sees_one_action_for_all_its_questions(
    server: TelegramServer, mina: Person, thumbnails: Sequence[bytes]
) -> None:
    """Who sends five pictures at once does not make the bot say five times that it is at work."""
    server.slow("getFile", 0.2)
    for picture in thumbnails[:5]:
        await mina.sends(mina.private, photo=picture)
    assert len(await mina.private.answers()) == 5
    assert len(server.calls("sendChatAction")) == 1


@pytest.mark.usefixtures("unrepeated")
async def test_an_action_is_shown_again_for_the_next_question(
    server: TelegramServer, mina: Person, thumbnails: Sequence[bytes]
) -> None:
    """When all is answered, the next question has a sign of its own."""
    server.slow("getFile", 0.1)
    for picture in thumbnails[:2]:
        await mina.sends(mina.private, photo=picture)
        await mina.private.answers()
    assert len(server.calls("sendChatAction")) == 2


@pytest.mark.slow
async def test_signs_do_not_stand_in_the_way_of_answers(server: TelegramServer) -> None:
    """However many wait, few signs are on their way, and answers come while those hang."""
    server.slow("sendChatAction", 60)
    server.slow("getFile", 0.5)
    people = [server.person(f"Reader {number}") for number in range(2 * AT_ONCE)]
    for number, person in enumerate(people):
        await person.sends(person.private, photo=drawing(number))
    await until(lambda: len(server.calls("sendChatAction")) >= AT_ONCE)
    assert (await people[0].private.answer()).photo
    assert len(server.calls("sendChatAction")) < len(people)
