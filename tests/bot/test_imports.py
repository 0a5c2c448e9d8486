"""Starting fast is a promise: what a process loads is tested in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

LIST_MODULES = """
import asyncio, json, sys
{code}
print(json.dumps(sorted(sys.modules)))
"""

SIMILAR = """
from bot.__main__ import run
assert run(["--quiet", "--data", {data!r}, "similar", {picture!r}, "--sheet", {sheet!r}]) == 0
"""

SERVE = """
from bot.app import open_service
from bot.settings import load_settings
from bot.web_server import serve_web
from pathlib import Path

async def ask():
    import aiohttp
    settings = load_settings({{"data": Path({data!r}), "web_port": 0}})
    async with open_service(settings) as service, serve_web(service, settings=settings) as url:
        async with aiohttp.ClientSession() as session:
            form = aiohttp.FormData({{"picture": Path({picture!r}).open("rb")}})
            async with session.post(url + "api/similar", data=form) as answer:
                assert answer.status == 200, await answer.text()

asyncio.run(ask())
"""

ONE_THREAD = """
import os
os.environ.pop("OPENBLAS_NUM_THREADS", None)
from bot.cli import serving
async def look(context, settings, *, browser):
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"
serving._serve = look
from bot.__main__ import run
assert run(["serve", "--no-browser"]) == 0
"""

HELP = """
from bot.__main__ import run
assert run(["--help"]) == 0
"""

NEVER = {"tensorflow", "keras"}
NETWORKS = {"telegram", "discord"}
NOT_FOR_HELP = (
    NEVER
    | NETWORKS
    | {
        "numpy",
        "PIL",
        "aiohttp",
        "httpx",
        "pydantic",
        "rich",
        "fluent",
        "aiosqlite",
        "ai_edge_litert",
    }
)
NOT_FOR_SIMILAR = NEVER | NETWORKS | {"aiohttp", "rich", "scraper", "bs4", "httpx"}


def loaded(code: str) -> set[str]:
    """Run code in a new process and list the packages that it loaded."""
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", LIST_MODULES.format(code=code)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return {name.partition(".")[0] for name in json.loads(ended.stdout.splitlines()[-1])}


@pytest.fixture
def places(own_data: Path, thumbnail: bytes, tmp_path: Path) -> dict[str, str]:
    """Name a filled data folder, a picture and a place for a sheet."""
    picture = tmp_path / "query.jpg"
    picture.write_bytes(thumbnail)
    return {"data": str(own_data), "picture": str(picture), "sheet": str(tmp_path / "sheet.png")}


def test_help_loads_next_to_nothing() -> None:
    """`--help` loads no library but click."""
    assert not loaded(HELP) & NOT_FOR_HELP


def test_similar_loads_no_training(places: dict[str, str]) -> None:
    """`similar` loads neither TensorFlow nor what only other commands need."""
    assert not loaded(SIMILAR.format(**places)) & NOT_FOR_SIMILAR


def test_web_chat_loads_no_training(places: dict[str, str]) -> None:
    """The web chat answers a picture without TensorFlow, and without the chat networks."""
    assert not loaded(SERVE.format(**places)) & (NEVER | NETWORKS)


def test_serving_chooses_threads_before_numpy_does() -> None:
    """`serve` lets a search use one thread, and says so before numpy, which reads it once, is loaded."""
    assert "numpy" not in loaded(ONE_THREAD)


def test_the_probe_sees_what_is_loaded() -> None:
    """A package that a process loads is in its list, so that these tests can fail."""
    assert "rich" in loaded("import rich.table")
