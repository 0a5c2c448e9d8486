import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from bot.__main__ import run
from storage import database
from storage.queries import QueryState, add_query, save_answer, save_verdict
from tests.storage.examples import a_made, a_query, an_answer

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def asked() -> datetime:
    """Choose one moment for all questions: two may lie on two days."""
    return datetime.now(UTC)


@pytest.fixture
def judged(own_data: Path, asked: datetime) -> Path:
    """Give a data folder whose bots answered twice: one answer was liked, and one was not."""

    async def fill() -> None:
        async with database.connect(own_data / "grimche.db") as connection:
            for name, verdict in (("good", 1), ("bad", -1)):
                await add_query(connection, replace(a_query(name), asked=asked))
                made = a_made(answer=an_answer(), seconds=0.25)
                await save_answer(connection, name, made=made, state=QueryState.ANSWERED)
                await save_verdict(connection, name, verdict=verdict)

    asyncio.run(fill())
    return own_data


def test_lines(judged: Path, asked: datetime, capsys: Captured) -> None:
    """Figures, the day, the generation and the complaint are lines."""
    assert run(["--data", str(judged), "stats"]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert ["questions", "2"] in lines
    assert ["median, s", "0.25"] in lines
    assert [f"{asked:%Y-%m-%d}", "2", "0", "1"] in lines
    assert ["g", "2", "1", "1"] in lines
    assert lines[-1][-1] == "bad"


def test_json(judged: Path, capsys: Captured) -> None:
    """The JSON has the figures and the complaints, and nothing of a person or a picture."""
    assert run(["--data", str(judged), "stats", "--days", "1", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["up"], found["down"], found["generations"][0]["generation"]) == (1, 1, "g")
    (complaint,) = found["complaints"]
    assert set(complaint) == {"asked", "reference", "generation", "titles"}


def test_plot(judged: Path, tmp_path: Path) -> None:
    """`--plot` draws it as a PNG as well."""
    assert run(["--data", str(judged), "stats", "--plot", str(tmp_path / "out.png")]) == 0
    with Image.open(tmp_path / "out.png") as picture:
        assert (picture.format, picture.width) == ("PNG", 1200)


def test_nothing_yet(tmp_path: Path, capsys: Captured) -> None:
    """Where nobody asked yet, there are zeros."""
    assert run(["--data", str(tmp_path / "data"), "stats"]) == 0
    assert "questions\t0" in capsys.readouterr().out
