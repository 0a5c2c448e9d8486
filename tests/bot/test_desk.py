import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import open_service
from bot.desk import Answered, Asked, Desk, digest_of
from bot.ledger import Ledger
from bot.rates import Rate, Whose
from bot.service import Service
from bot.settings import load_settings
from bot.turns import Turns
from storage.database import connect
from storage.errors import Banned, Busy, Expired, NotAPicture, SlowDown, WebtoonNotFound
from storage.queries import Query, QueryState
from tests.bot.test_turns import settle


@pytest.fixture
async def service(own_data: Path) -> AsyncIterator[Service]:
    """Run a service over a catalogue of one's own, which sees changes at once."""
    async with open_service(load_settings({"data": own_data}), check_every=0) as service:
        yield service


@pytest.fixture
async def ledger(own_data: Path) -> AsyncIterator[Ledger]:
    """Open the ledger of the same catalogue."""
    async with Ledger(own_data / "grimche.db") as ledger:
        yield ledger


@pytest.fixture
def desk(service: Service, ledger: Ledger) -> Desk:
    """Make a desk at which two questions run and two more wait."""
    return Desk(service, ledger, Turns(2, 2))


@pytest.fixture
def asked(ledger: Ledger) -> Asked:
    """Describe a question of somebody in a private chat."""
    return Asked(
        door="telegram",
        chat_id="4200042",
        message_id="7",
        person=ledger.person("telegram", 4200042),
        sources=("AgAD",),
        unique="u1",
    )


class Pictures:
    """What the network holds, and how often it was asked for it."""

    def __init__(self, *pictures: bytes) -> None:
        self.pictures = pictures
        self.fetched = 0

    async def __call__(self) -> Sequence[bytes]:
        """Fetch them."""
        self.fetched += 1
        return self.pictures


async def kept(ledger: Ledger, token: str) -> Query:
    """Look up a question that is there."""
    query = await ledger.query(token)
    assert query
    return query


async def everything(own_data: Path) -> list[tuple[str, str]]:
    """List state and person of all questions."""
    async with connect(own_data / "grimche.db", read_only=True) as connection:
        return [
            (state, person) for state, person in await connection.rows("SELECT state, person FROM queries")
        ]


async def rename(own_data: Path) -> None:
    """Change the catalogue."""
    async with connect(own_data / "grimche.db") as connection:
        await connection.rows("UPDATE webtoons SET title = title || '!'")


async def test_answers(desk: Desk, asked: Asked, service: Service, ledger: Ledger, thumbnail: bytes) -> None:
    """Pictures get the service's answer, and the question is noted with it."""
    answered = await desk.similar(asked, fetch=Pictures(thumbnail))
    own = await service.similar([thumbnail])
    assert replace(answered.answer, seconds={}) == replace(own, seconds={})
    assert (answered.cached, answered.pictures) == (False, (thumbnail,))
    query = await kept(ledger, answered.token)
    assert (query.answer, query.digest, query.stamp, query.state) == (
        answered.answer,
        answered.digest,
        await service.stamp(),
        QueryState.ANSWERED,
    )
    assert (query.sources, query.unique, query.message_id, query.chat_id) == (("AgAD",), "u1", "7", "")
    assert query.seconds > 0


async def test_known_files_are_not_fetched(desk: Desk, asked: Asked, thumbnail: bytes) -> None:
    """The same files get the same answer without being fetched, under a token of their own."""
    first = await desk.similar(asked, fetch=Pictures(thumbnail))
    pictures = Pictures(thumbnail)
    again = await desk.similar(asked, fetch=pictures)
    assert (again.cached, again.pictures, pictures.fetched) == (True, None, 0)
    assert (again.answer, again.digest) == (first.answer, first.digest)
    assert again.token != first.token
    assert (await desk.similar(asked, fetch=pictures)).answer == first.answer


async def test_same_bytes_are_not_looked_at(desk: Desk, asked: Asked, thumbnail: bytes) -> None:
    """The same bytes under another name, through another door, get the same answer."""
    first = await desk.similar(asked, fetch=Pictures(thumbnail))
    elsewhere = replace(asked, door="discord")
    again = await desk.similar(elsewhere, fetch=Pictures(thumbnail))
    assert (again.cached, again.pictures, again.answer) == (True, (thumbnail,), first.answer)


async def test_without_lasting_names(desk: Desk, asked: Asked, thumbnail: bytes) -> None:
    """Pictures without lasting names are fetched each time."""
    for _ in range(2):
        pictures = Pictures(thumbnail)
        await desk.similar(replace(asked, unique=""), fetch=pictures)
        assert pictures.fetched == 1


async def test_a_changed_catalogue_answers_anew(
    desk: Desk, asked: Asked, own_data: Path, thumbnail: bytes
) -> None:
    """An answer is not given again once the catalogue has changed."""
    first = await desk.similar(asked, fetch=Pictures(thumbnail))
    await rename(own_data)
    again = await desk.similar(asked, fetch=Pictures(thumbnail))
    assert not again.cached
    assert again.answer.matches[0].stored.webtoon.title == f"{first.answer.matches[0].stored.webtoon.title}!"


async def test_a_change_under_way(desk: Desk, asked: Asked, own_data: Path, thumbnail: bytes) -> None:
    """An answer that was made while the catalogue changed is not given again."""

    async def fetch() -> Sequence[bytes]:
        await rename(own_data)
        return [thumbnail]

    await desk.similar(asked, fetch=fetch)
    assert not (await desk.similar(asked, fetch=Pictures(thumbnail))).cached


async def test_an_answer_of_another_version(
    desk: Desk, asked: Asked, own_data: Path, thumbnail: bytes
) -> None:
    """What another version of Grimche noted is not understood, so it is answered anew and has expired."""
    first = await desk.similar(asked, fetch=Pictures(thumbnail))
    async with connect(own_data / "grimche.db") as connection:
        await connection.rows("UPDATE queries SET answer = json_set(answer, '$.version', 99)")
    assert not (await desk.similar(asked, fetch=Pictures(thumbnail))).cached
    with pytest.raises(Expired):
        await desk.again(first.token)


async def test_like(desk: Desk, asked: Asked, service: Service, ledger: Ledger) -> None:
    """What is like a webtoon is answered and noted too, without pictures."""
    answered = await desk.like(replace(asked, sources=(), unique=""), 1)
    assert replace(answered.answer, seconds={}) == replace(await service.like(1), seconds={})
    assert (answered.pictures, answered.digest, answered.cached) == ((), "", False)
    assert (await kept(ledger, answered.token)).liked == 1


async def test_again(desk: Desk, asked: Asked, ledger: Ledger, thumbnail: bytes) -> None:
    """A button finds its question until that is forgotten."""
    answered = await desk.similar(asked, fetch=Pictures(thumbnail))
    assert (await desk.again(answered.token)).answer == answered.answer
    await ledger.forget("telegram", asked.person)
    for token in (answered.token, "invented"):
        with pytest.raises(Expired):
            await desk.again(token)


async def test_a_faulty_picture(desk: Desk, asked: Asked, ledger: Ledger, own_data: Path) -> None:
    """A question that cannot be answered is noted as failed, and the next one runs."""
    with pytest.raises(NotAPicture):
        await desk.similar(asked, fetch=Pictures(b"text"))
    with pytest.raises(WebtoonNotFound):
        await desk.like(asked, 999)
    assert await everything(own_data) == [("failed", asked.person)] * 2
    assert await ledger.unfinished("telegram") == []


async def test_sent_in_order(desk: Desk, asked: Asked, thumbnail: bytes) -> None:
    """A person's next answer waits until the one before is sent."""
    sent: list[int] = []
    first_leaves = asyncio.Event()

    async def send(number: int) -> None:
        if number == 1:
            await first_leaves.wait()
        sent.append(number)

    async def ask(number: int) -> Answered:
        return await desk.similar(asked, fetch=Pictures(thumbnail), send=lambda _: send(number))

    tasks = [asyncio.create_task(ask(number)) for number in (1, 2, 3)]
    while desk._turns.waiting < 2:
        await settle()
    assert sent == []
    first_leaves.set()
    await asyncio.gather(*tasks)
    assert sent == [1, 2, 3]


async def test_not_sent_is_unfinished(desk: Desk, asked: Asked, ledger: Ledger, thumbnail: bytes) -> None:
    """Until an answer is sent its question is unfinished; a failed sending fails it."""
    states = []

    async def send(answered: Answered) -> None:
        (query,) = await ledger.unfinished("telegram")
        states.append((query.token == answered.token, query.state, query.chat_id))

    answered = await desk.similar(asked, fetch=Pictures(thumbnail), send=send)
    assert states == [(True, QueryState.SENDING, "4200042")]
    assert (await kept(ledger, answered.token)).state is QueryState.ANSWERED

    async def fail(_: Answered) -> None:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await desk.similar(asked, fetch=Pictures(thumbnail), send=fail)
    assert await ledger.unfinished("telegram") == []


async def test_cancelled_is_unfinished(desk: Desk, asked: Asked, ledger: Ledger, thumbnail: bytes) -> None:
    """A question that is cut off by the end of the process is there to be apologised for."""
    never = asyncio.Event()

    async def fetch() -> Sequence[bytes]:
        await never.wait()
        return [thumbnail]

    tasks = [asyncio.create_task(desk.similar(asked, fetch=fetch)) for _ in range(3)]
    while len(await ledger.unfinished("telegram")) < 3:
        await settle()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert [query.state for query in await ledger.unfinished("telegram")] == [QueryState.WORKING] * 3
    assert not (await desk.similar(asked, fetch=Pictures(thumbnail))).cached


async def test_banned(desk: Desk, asked: Asked, ledger: Ledger, own_data: Path) -> None:
    """Who is banned gets no answer, and nothing is noted."""
    await ledger.ban("telegram", asked.person, by="telegram:1")
    pictures = Pictures()
    with pytest.raises(Banned):
        await desk.similar(asked, fetch=pictures)
    with pytest.raises(Banned):
        await desk.like(asked, 1)
    assert pictures.fetched == 0
    assert await everything(own_data) == []


async def test_too_often(
    service: Service, ledger: Ledger, asked: Asked, own_data: Path, thumbnail: bytes
) -> None:
    """Who asks too often is sent away before anything is noted, but not an admin."""
    desk = Desk(service, ledger, Turns(1, 1, rules=[Rate(whose=Whose.PERSON, most=1)]))
    await desk.similar(asked, fetch=Pictures(thumbnail))
    with pytest.raises(SlowDown):
        await desk.similar(asked, fetch=Pictures(thumbnail))
    assert len(await everything(own_data)) == 1
    await desk.similar(replace(asked, exempt=True), fetch=Pictures(thumbnail))


async def test_a_full_queue(desk: Desk, asked: Asked, own_data: Path, thumbnail: bytes) -> None:
    """When too many wait, the next is sent away before anything is noted; the others are told their place."""
    opened, places = asyncio.Event(), []

    async def fetch() -> Sequence[bytes]:
        await opened.wait()
        return [thumbnail]

    async def told(place: int) -> None:
        places.append(place)

    people = [replace(asked, person=f"{number:032}") for number in range(5)]
    tasks = [asyncio.create_task(desk.similar(each, fetch=fetch, told=told)) for each in people[:4]]
    while len(places) < 2:
        await settle()
    with pytest.raises(Busy):
        await desk.similar(people[4], fetch=fetch)
    opened.set()
    answered = await asyncio.gather(*tasks)
    assert places == [1, 2]
    assert len({each.token for each in answered}) == 4
    assert await everything(own_data) == [("answered", each.person) for each in people[:4]]


def test_digest() -> None:
    """The digest names the pictures and their order, and where one ends."""
    digests = {digest_of(pictures) for pictures in ([b"ab"], [b"a", b"b"], [b"b", b"a"], [b"ab", b""], [])}
    assert len(digests) == 5
    assert {len(digest) for digest in digests} == {64}
