"""The order of answers, whatever takes how long."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.choices import ChatChoices
from tests.telegram.opening import OpenDoor
from tests.telegram_server import Person


@pytest.mark.parametrize("method", ["choices", "begin", "is_banned"])
async def test_questions_are_taken_on_in_the_order_that_they_came(
    door: OpenDoor,
    mina: Person,
    thumbnails: Sequence[bytes],
    monkeypatch: pytest.MonkeyPatch,
    method: str,
) -> None:
    """Also where the database is slower for the first than for the next."""
    ready, seconds = getattr(door.parts.ledger, method), [0.0, 0.1, 0.3]

    async def slow(*args: object) -> ChatChoices | None:
        await asyncio.sleep(seconds.pop() if seconds else 0)
        return await ready(*args)

    monkeypatch.setattr(door.parts.ledger, method, slow)
    asked = [await mina.sends(mina.private, photo=picture) for picture in thumbnails[:3]]
    assert [answer.reply_to for answer in await mina.private.answers()] == asked
