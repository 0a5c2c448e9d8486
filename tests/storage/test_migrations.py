import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

import storage
from storage.catalogue import list_webtoons
from storage.database import APPLICATION_ID, connect, prepare
from storage.migrations import migrations, newest
from storage.search import search

OLD_ROWS = """
INSERT INTO webtoons VALUES (
    7, 'sample', '1', '신의 탑', '', '[]', '["mon"]', 'all', 'ongoing', '', '',
    '2026-01-01T00:00:00.000000+00:00', '2026-01-02T00:00:00.000000+00:00');
INSERT INTO artists VALUES (3, '김 화가');
INSERT INTO credits (webtoon_id, position, artist_id, role) VALUES (7, 0, 3, 'painter');
"""


def make_old(path: Path, *, version: int, rows: str) -> None:
    """Make a database as an older Grimche left it."""
    with closing(sqlite3.connect(path)) as plain:
        steps = "".join(step.script for step in migrations()[:version])
        plain.executescript(f"BEGIN; {steps} {rows} COMMIT;")
        plain.execute(f"PRAGMA user_version = {version}")
        plain.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def test_are_numbered_without_gaps() -> None:
    """The steps are 1, 2, 3 and so on."""
    assert [step.version for step in migrations()] == list(range(1, newest() + 1))


def test_statements_are_the_whole_script() -> None:
    """Splitting a script loses nothing and keeps triggers in one piece."""
    for step in migrations():
        statements = list(step.statements())
        assert "".join(statements).strip() == step.script.strip()
        assert all(sqlite3.complete_statement(statement) for statement in statements)


@pytest.mark.parametrize("version", range(1, newest() + 1))
async def test_carry_rows_forward(tmp_path: Path, version: int) -> None:
    """From every older version the rows arrive, found by title and painter."""
    path = tmp_path / "grimche.db"
    make_old(path, version=version, rows=OLD_ROWS)
    await prepare(path)
    async with connect(path) as connection:
        (stored,) = await list_webtoons(connection)
        assert (stored.id, stored.webtoon.title, stored.webtoon.painters) == (7, "신의 탑", ("김 화가",))
        assert await search(connection, "신의탑") == await search(connection, "김화가") == [stored]
        assert await connection.rows("PRAGMA user_version") == [(newest(),)]


@pytest.mark.parametrize("version", range(1, newest()))
async def test_carry_empty_tables_forward(tmp_path: Path, version: int) -> None:
    """From every older version the schema becomes the same as a new one's."""
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    make_old(old, version=version, rows="")
    await prepare(old)
    await prepare(new)
    schemas = []
    for path in (old, new):
        async with connect(path) as connection:
            schemas.append(await connection.rows("SELECT type, name, sql FROM sqlite_schema ORDER BY name"))
    assert schemas[0] == schemas[1]


def test_are_read_from_an_archive(tmp_path: Path) -> None:
    """The steps are found wherever the package is imported from."""
    root = Path(storage.__path__[0]).parent
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as packed:
        for file in (*root.glob("storage/*.py"), *root.glob("storage/migrations/*.*")):
            packed.write(file, file.relative_to(root))
    ask = "import storage.migrations as m; print(m.__file__, len(m.migrations()) == m.newest())"
    done = subprocess.run(
        [sys.executable, "-c", ask],
        env={"PYTHONPATH": str(tmp_path / "packed.zip")},
        check=True,
        capture_output=True,
        text=True,
    )
    assert "packed.zip" in done.stdout
    assert done.stdout.endswith("True\n")
