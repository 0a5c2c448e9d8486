from dataclasses import replace

import pytest

from storage.database import Connection
from storage.queries import (
    Query,
    QueryState,
    add_query,
    find_known,
    find_same,
    finish_query,
    get_query,
    list_unfinished,
    save_answer,
    save_verdict,
)
from tests.storage.examples import a_made, a_query, a_webtoon, an_answer, save_all
from tests.storage.test_kept import stored_webtoon

DIGEST = "d" * 64


async def answered(connection: Connection, query: Query, *, digest: str = DIGEST) -> None:
    """Note a question and its answer."""
    await add_query(connection, query)
    made = a_made(digest=digest)
    await save_answer(connection, query.token, made=made, state=QueryState.ANSWERED)


async def test_comes_back_as_it_was(connection: Connection) -> None:
    """A question is kept with everything that was known of it."""
    query = replace(a_query(), sources=("AgAD", "BQAD"), unique="u1 u2")
    liked = replace(a_query("other"), liked=7)
    await add_query(connection, query)
    await add_query(connection, liked)
    assert await get_query(connection, "token") == query
    assert await get_query(connection, "other") == liked
    assert await get_query(connection, "unknown") is None


async def test_answer(connection: Connection) -> None:
    """The answer comes back with the webtoons that it is about."""
    stored = await stored_webtoon(connection)
    made = a_made(answer=an_answer(stored), digest=DIGEST)
    await add_query(connection, a_query())
    await save_answer(connection, "token", made=made, state=QueryState.ANSWERED)
    found = await get_query(connection, "token")
    assert found
    assert (found.answer, found.digest, found.stamp, found.seconds) == (made.answer, DIGEST, "g:1:1", 0.5)


async def test_answer_without_a_webtoon_that_has_gone(connection: Connection) -> None:
    """A match whose webtoon was removed is left out."""
    stored = await stored_webtoon(connection)
    kept = await save_all(connection, a_webtoon("노블레스"), pictures=[1])
    await add_query(connection, a_query())
    made = a_made(answer=an_answer(stored, replace(stored, id=kept)))
    await save_answer(connection, "token", made=made, state=QueryState.ANSWERED)
    await connection.rows("DELETE FROM webtoons WHERE id = :id", {"id": stored.id})
    found = await get_query(connection, "token")
    assert found
    assert found.answer
    assert [match.stored.id for match in found.answer.matches] == [kept]


@pytest.mark.parametrize("state", [QueryState.ANSWERED, QueryState.FAILED, QueryState.APOLOGISED])
async def test_finished(connection: Connection, state: QueryState) -> None:
    """A question that came to an end is unfinished no more, and its chat is forgotten."""
    await add_query(connection, a_query())
    await finish_query(connection, "token", state=state)
    found = await get_query(connection, "token")
    assert found
    assert (found.state, found.chat_id) == (state, "")
    assert await list_unfinished(connection, "telegram") == []


async def test_unfinished(connection: Connection) -> None:
    """What was taken on or not yet sent is unfinished, at its own door, oldest first, with its chat."""
    for name in ("first", "second", "third"):
        await add_query(connection, a_query(name))
    await add_query(connection, replace(a_query("elsewhere"), door="discord"))
    await save_answer(connection, "second", made=a_made(), state=QueryState.SENDING)
    await save_answer(connection, "third", made=a_made(), state=QueryState.ANSWERED)
    found = await list_unfinished(connection, "telegram")
    assert [(query.token, query.chat_id) for query in found] == [("first", "4200042"), ("second", "4200042")]


async def test_known_by_lasting_names(connection: Connection) -> None:
    """The same files of the same door are known while nothing has changed, the newest answer first."""
    for name in ("first", "second"):
        await answered(connection, replace(a_query(name), unique="u1"))
    await add_query(connection, replace(a_query("third"), unique="u1"))
    found = await find_known(connection, "telegram", unique="u1", stamp="g:1:1")
    assert found
    assert found == await get_query(connection, "second")
    assert await find_known(connection, "telegram", unique="u1", stamp="g:1:2") is None
    assert await find_known(connection, "telegram", unique="u2", stamp="g:1:1") is None
    assert await find_known(connection, "discord", unique="u1", stamp="g:1:1") is None


async def test_same_bytes(connection: Connection) -> None:
    """The same bytes are known through whichever door they came, while nothing has changed."""
    await answered(connection, a_query())
    found = await find_same(connection, DIGEST, stamp="g:1:1")
    assert found
    assert found == await get_query(connection, "token")
    assert await find_same(connection, DIGEST, stamp="g:2:1") is None
    assert await find_same(connection, "e" * 64, stamp="g:1:1") is None


async def test_without_a_name_nothing_is_known(connection: Connection) -> None:
    """Questions without lasting names or bytes are never taken for one another."""
    await answered(connection, a_query(), digest="")
    assert await find_known(connection, "telegram", unique="", stamp="g:1:1") is None
    assert await find_same(connection, "", stamp="g:1:1") is None


async def test_verdict(connection: Connection) -> None:
    """The last thumb holds, and can be taken back."""
    await add_query(connection, a_query())
    for verdict in (1, -1, 0):
        await save_verdict(connection, "token", verdict=verdict)
        found = await get_query(connection, "token")
        assert found
        assert found.verdict == verdict


@pytest.mark.parametrize(
    ("index", "where"),
    [
        ("queries_unfinished (door=?)", "door = 'telegram' AND state IN ('working', 'sending')"),
        ("queries_by_names (names=?)", "names = 'u' AND names <> '' AND answer IS NOT NULL"),
        ("queries_by_digest (digest=?)", "digest = 'd' AND digest <> '' AND answer IS NOT NULL"),
        ("queries_by_person (person=?)", "person = 'p' AND door = 'telegram'"),
        ("queries_by_time (asked<?)", "asked < '2026'"),
    ],
)
async def test_has_an_index(connection: Connection, index: str, where: str) -> None:
    """Every way to look questions up has an index, so that it stays quick among millions."""
    explained = f"EXPLAIN QUERY PLAN SELECT * FROM queries WHERE {where}"  # noqa: S608  the texts above
    plan = await connection.rows(explained)
    assert [row[3] for row in plan] == [f"SEARCH queries USING INDEX {index}"]
