import asyncio
import random
import sqlite3
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.choices import ChatChoices, Form
from bot.ledger import Ledger, new_token
from bot.texts import Language
from storage.database import connect, prepare, snapshot
from storage.errors import DatabaseLocked
from storage.people import Relay
from storage.queries import Query, QueryState
from tests.storage.examples import SEEN, an_answer, held

RAW = 7312345678  # somebody's number on a network
FILE_ID = "AgACAgIAAxkBAAIBQ2d"
STAMP = "g:1:1"


@pytest.fixture
async def ledger(database: Path) -> AsyncIterator[Ledger]:
    """Open a ledger over an empty database."""
    async with Ledger(database) as ledger:
        yield ledger


def a_question(ledger: Ledger, *, who: int = RAW, name: str = "", unique: str = "") -> Query:
    """Describe a question of somebody in his private chat."""
    return Query(
        token=name or new_token(),
        door="telegram",
        chat_id=str(who),
        message_id="1",
        person=ledger.person("telegram", who),
        asked=datetime.now(UTC),
        sources=(FILE_ID,),
        unique=unique,
    )


async def answer(ledger: Ledger, token: str, *, digest: str = "", is_delivered: bool = True) -> None:
    """Note an answer."""
    await ledger.answered(
        token, answer=an_answer(), digest=digest, stamp=STAMP, seconds=0.1, is_delivered=is_delivered
    )


def written(database: Path) -> bytes:
    """Read every byte that lies on the disk."""
    return b"".join(path.read_bytes() for path in database.parent.iterdir())


async def test_person(ledger: Ledger, tmp_path: Path) -> None:
    """A person is the same hash each time, another at another door and in another database."""
    mine = ledger.person("telegram", RAW)
    assert mine == ledger.person("telegram", str(RAW))
    assert len(bytes.fromhex(mine)) == 16
    assert mine != ledger.person("discord", RAW)
    assert mine != ledger.person("telegram", RAW + 1)
    await prepare(tmp_path / "other.db")
    async with Ledger(tmp_path / "other.db") as other:
        assert mine != other.person("telegram", RAW)


async def test_person_after_a_restart(database: Path) -> None:
    """The salt outlives the process."""
    async with Ledger(database) as first:
        mine = first.person("telegram", RAW)
    async with Ledger(database) as second:
        assert second.person("telegram", RAW) == mine


async def test_keeps_no_number_of_a_person(ledger: Ledger, database: Path) -> None:
    """Once a question is answered and the log is emptied, the person's own number is nowhere on the disk."""
    person = ledger.person("telegram", RAW)
    for number in range(20):
        question = a_question(ledger)
        await ledger.begin(question)
        await answer(ledger, question.token, is_delivered=number % 2 == 0)
        await ledger.delivered(question.token)
    await ledger.choose("telegram", RAW, ChatChoices(results=5))
    await ledger.ban("telegram", person, by="telegram:1")
    assert str(RAW).encode() in written(database)
    await ledger.expire(SEEN)
    assert str(RAW).encode() not in written(database)
    assert person.encode() in written(database)


async def test_forget(ledger: Ledger, database: Path) -> None:
    """What is forgotten is gone from the bytes on the disk, and what others asked is still there."""
    questions = [a_question(ledger, who=who) for who in [RAW, 5, RAW, 6, RAW] * 10]
    for question in questions:
        await ledger.begin(question)
        await answer(ledger, question.token)
    open_question = a_question(ledger)
    await ledger.begin(open_question)
    await ledger.choose("telegram", RAW, ChatChoices(language=Language.KO))
    person = ledger.person("telegram", RAW)
    await ledger.relay("telegram", admin_message=9, chat_id=RAW, message_id=4, person=person)
    mine = [open_question.token, *(each.token for each in questions if each.person == person)]
    before = written(database)
    for secret in (person, str(RAW), *mine):
        assert secret.encode() in before
    assert await ledger.forget("telegram", person, RAW) == 30 + 1 + 1 + 1
    after = written(database)
    for secret in (person, str(RAW), *mine):
        assert secret.encode() not in after
    assert all(each.token.encode() in after for each in questions if each.person != person)
    assert await ledger.choices("telegram", RAW) == ChatChoices()
    assert await ledger.relayed("telegram", 9) is None


async def test_forget_while_somebody_reads(ledger: Ledger, database: Path) -> None:
    """A reader who is in the way delays only the emptying of the log."""
    await ledger.begin(a_question(ledger, name="mine"))
    async with connect(database, read_only=True) as reader, snapshot(reader):
        assert await reader.rows("SELECT count(*) FROM queries") == [(1,)]
        assert await ledger.forget("telegram", ledger.person("telegram", RAW)) == 1
        assert await ledger.query("mine") is None
    assert FILE_ID.encode() in written(database)
    await ledger.expire(SEEN)
    assert FILE_ID.encode() not in written(database)


async def test_expire(ledger: Ledger) -> None:
    """What is older goes, what is not stays."""
    old = replace(a_question(ledger, name="old"), asked=datetime.now(UTC) - timedelta(days=31))
    await ledger.begin(old)
    await ledger.begin(a_question(ledger, name="new"))
    assert await ledger.expire(datetime.now(UTC) - timedelta(days=30)) == 1
    assert await ledger.query("old") is None
    assert await ledger.query("new")


async def test_a_question_from_begin_to_end(ledger: Ledger) -> None:
    """A question is unfinished until its answer is delivered."""
    question = a_question(ledger)
    await ledger.begin(question)
    assert await ledger.unfinished("telegram") == [question]
    await answer(ledger, question.token, is_delivered=False)
    (found,) = await ledger.unfinished("telegram")
    assert (found.state, found.answer, found.chat_id) == (QueryState.SENDING, an_answer(), str(RAW))
    await ledger.delivered(question.token)
    assert await ledger.unfinished("telegram") == []
    done = await ledger.query(question.token)
    assert done
    assert (done.state, done.answer, done.chat_id) == (QueryState.ANSWERED, an_answer(), "")


async def test_other_ends(ledger: Ledger) -> None:
    """What failed or was apologised for is unfinished no more."""
    for token, end in (("a", ledger.failed), ("b", ledger.apologised)):
        await ledger.begin(a_question(ledger, name=token))
        await end(token)
    assert await ledger.unfinished("telegram") == []
    states = [found.state for token in "ab" if (found := await ledger.query(token))]
    assert states == [QueryState.FAILED, QueryState.APOLOGISED]


async def test_known_and_same(ledger: Ledger) -> None:
    """An answer is found by lasting names and by bytes, while nothing has changed."""
    question = a_question(ledger, unique="u1")
    await ledger.begin(question)
    assert await ledger.known("telegram", "u1", stamp=STAMP) is None
    await answer(ledger, question.token, digest="d")
    found = await ledger.known("telegram", "u1", stamp=STAMP)
    assert found == await ledger.same("d", stamp=STAMP) == await ledger.query(question.token)
    assert await ledger.known("telegram", "u1", stamp="g:1:2") is None
    assert await ledger.same("d", stamp="g:1:2") is None


async def test_bans_outlive_the_process(database: Path) -> None:
    """A ban holds at its door, after a restart too, until it is lifted."""
    async with Ledger(database) as ledger:
        person = ledger.person("telegram", RAW)
        assert not await ledger.is_banned("telegram", person)
        await ledger.ban("telegram", person, by="telegram:1")
        assert await ledger.is_banned("telegram", person)
    async with Ledger(database) as ledger:
        assert await ledger.is_banned("telegram", person)
        assert not await ledger.is_banned("discord", person)
        assert await ledger.unban("telegram", person)
        assert not await ledger.unban("telegram", person)
        assert not await ledger.is_banned("telegram", person)


async def test_choices(ledger: Ledger) -> None:
    """Each chat has its own choices."""
    choices = ChatChoices(language=Language.KO, form=Form.ALBUM, results=3, automatic=True)
    await ledger.choose("telegram", -100, choices)
    assert await ledger.choices("telegram", "-100") == choices
    assert await ledger.choices("discord", -100) == ChatChoices()


async def test_files_notes_and_relays(ledger: Ledger) -> None:
    """Names of files, notes and the way back from the admins' copies are kept."""
    await ledger.uploaded("7", "sheet:d", "AgAD")
    assert await ledger.upload("7", "sheet:d") == "AgAD"
    await ledger.drop("7", "sheet:d")
    assert await ledger.upload("7", "sheet:d") is None
    await ledger.keep_note("commands", "hash")
    assert await ledger.note("commands") == "hash"
    await ledger.relay("telegram", admin_message=9, chat_id=RAW, message_id=4)
    assert await ledger.relayed("telegram", "9") == Relay(chat_id=str(RAW), message_id="4")


async def test_verdicts_and_figures(ledger: Ledger) -> None:
    """Thumbs and people are counted."""
    for who, verdict in ((1, 1), (1, 1), (2, -1), (2, 0)):
        question = a_question(ledger, who=who)
        await ledger.begin(question)
        await answer(ledger, question.token)
        await ledger.judge(question.token, verdict)
    figures = await ledger.figures(datetime.now(UTC) - timedelta(days=1))
    assert (figures.queries, figures.answered, figures.people) == (4, 4, 2)
    assert (figures.up, figures.down, figures.median, figures.p95) == (2, 1, 0.1, 0.1)
    assert sum(day.queries for day in figures.days) == 4


async def test_many_at_once(ledger: Ledger) -> None:
    """Calls at the same time neither mix nor get lost, whichever of them are cancelled."""
    chance = random.Random(1)

    async def live(number: int) -> str:
        question = a_question(ledger, who=number % 7, name=f"{number:016}", unique=f"u{number}")
        await ledger.begin(question)
        await answer(ledger, question.token, digest=f"d{number}", is_delivered=False)
        found = await ledger.known("telegram", question.unique, stamp=STAMP)
        assert found
        assert found.token == question.token
        await ledger.delivered(question.token)
        return question.token

    tasks = [asyncio.create_task(live(number)) for number in range(200)]
    for task in chance.sample(tasks, 60):
        await asyncio.sleep(0)
        task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    done = [token for token in ended if isinstance(token, str)]
    assert len(done) >= 140
    assert {type(each) for each in ended} <= {str, asyncio.CancelledError}
    for token in done:
        found = await ledger.query(token)
        assert found
        assert found.state is QueryState.ANSWERED
    assert not {query.token for query in await ledger.unfinished("telegram")} & set(done)


async def test_forgetting_is_whole_or_not_at_all(ledger: Ledger, database: Path) -> None:
    """Where forgetting fails half-way, everything is as it was, and the ledger goes on."""
    await ledger.begin(a_question(ledger, name="mine"))
    with closing(sqlite3.connect(database)) as other:
        other.execute("CREATE TRIGGER no BEFORE DELETE ON relays BEGIN SELECT raise(ABORT, 'no'); END")
    person = ledger.person("telegram", RAW)
    await ledger.relay("telegram", admin_message=9, chat_id=RAW, message_id=4, person=person)
    with pytest.raises(sqlite3.IntegrityError, match="no"):
        await ledger.forget("telegram", person)
    assert await ledger.query("mine")


async def test_locked(database: Path) -> None:
    """A ledger that cannot be opened says so."""
    with held(database), pytest.raises(DatabaseLocked):
        async with Ledger(database, patience=0):
            pass


KILLED = """
import asyncio, sys
from pathlib import Path
from bot.ledger import Ledger
from tests.bot.test_ledger import a_question, answer

async def main():
    async with Ledger(Path(sys.argv[1])) as ledger:
        for token in ("answered", "sending", "working"):
            await ledger.begin(a_question(ledger, name=token))
        await answer(ledger, "answered")
        await answer(ledger, "sending", is_delivered=False)
        print("now", flush=True)
        await asyncio.sleep(600)

asyncio.run(main())
"""


async def test_killed(database: Path) -> None:
    """What a killed process had taken on and not delivered is found by the next one."""
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", KILLED, str(database)), stdout=PIPE, cwd=Path(__file__).parents[2]
    )
    assert child.stdout
    assert await child.stdout.readline() == b"now\n"
    child.kill()
    await child.wait()
    async with Ledger(database) as ledger:
        unfinished = await ledger.unfinished("telegram")
        assert [(query.token, query.chat_id) for query in unfinished] == [
            ("sending", str(RAW)),
            ("working", str(RAW)),
        ]
        for query in unfinished:
            await ledger.apologised(query.token)
        assert await ledger.unfinished("telegram") == []


def test_tokens() -> None:
    """Tokens have 16 characters that fit into a button, and none comes twice."""
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert {len(token) for token in tokens} == {16}
    assert all(character.isalnum() or character in "-_" for token in tokens for character in token)
