"""Faults are planted one by one in a healthy installation, and each has to be found with its remedy."""

import asyncio
import json
import os
import shutil
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot import texts
from bot.__main__ import run
from bot.doctor.examination import examine
from bot.doctor.findings import Patient, Severity
from bot.settings import load_settings
from bot.texts import Language
from model import generations
from storage.migrations import newest
from tests.bot.test_stats_sheet import a_font
from tests.storage.examples import as_another_user, public_folder

TELEGRAM = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
DISCORD = "MTA4nobody.Gabcde.nobodys-token-at-all-0123456789"
EN, KO = texts.get(Language.EN), texts.get(Language.KO)


@dataclass(kw_only=True)
class Ward:
    """An installation, and a server that plays the chat networks and the platforms."""

    data: Path
    env_file: Path
    fonts: Path
    address: str = ""
    options: dict[str, Any] = field(default_factory=dict)
    wishes: dict[str, int] = field(default_factory=lambda: {"disk": 0, "memory": 0})
    dates: dict[str, str] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    held: ExitStack = field(default_factory=ExitStack)

    @property
    def patient(self) -> Patient:
        """Describe the installation as it stands."""
        origins = {f"{name}_origin": self.address for name in ("naver", "kakaopage", "webtoons")}
        given = {
            "data": self.data,
            "web_port": 0,
            "telegram_token": TELEGRAM,
            "telegram_api": f"{self.address}/bot",
            "discord_token": DISCORD,
            "discord_api": f"{self.address}/api/v10",
            **origins,
            **self.options,
        }
        settings = load_settings(given, env_file=self.env_file)
        return Patient(settings=settings, env_file=self.env_file, font_folders=(self.fonts,), **self.wishes)

    def sql(self, *statements: str) -> None:
        """Change the database behind Grimche's back."""
        with closing(sqlite3.connect(self.data / "grimche.db")) as connection, connection:
            for statement in statements:
                connection.execute(statement)


async def _answer(request: web.Request) -> web.Response:
    known = {f"/bot{TELEGRAM}/getMe", "/api/v10/users/@me", "/robots.txt"}
    said = request.headers.get("Authorization")
    is_known = request.path in known and said in {None, f"Bot {DISCORD}"}
    status = request.app[REFUSED].get(request.path, 200 if is_known else 401)
    return web.json_response({}, status=status, headers=request.app[DATES])


DATES = web.AppKey("DATES", dict)
REFUSED = web.AppKey("REFUSED", dict)


@pytest.fixture
async def ward(own_data: Path, tmp_path: Path) -> AsyncIterator[Ward]:
    """Give a healthy installation with a generation of its own."""
    fonts, env_file = tmp_path / "fonts", tmp_path / ".env"
    fonts.mkdir()
    a_font(fonts / "NanumGothic.ttf", "그림체")
    env_file.write_text(f"GRIMCHE_TELEGRAM_TOKEN={TELEGRAM}\n")
    env_file.chmod(0o600)
    shutil.copytree(
        Path(generations.__file__).parent / "starter", own_data / "generations" / generations.starter().id
    )
    ward = Ward(data=own_data, env_file=env_file, fonts=fonts)
    app = web.Application()
    app[DATES], app[REFUSED] = ward.dates, ward.refused
    app.router.add_get("/{path:.*}", _answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    ward.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    with ward.held:
        yield ward
    await runner.cleanup()


async def test_healthy_installation(ward: Ward) -> None:
    """Where nothing is wrong, nothing is found."""
    assert await examine(ward.patient) == []


def telegram_token(ward: Ward) -> None:
    """Use a token that Telegram does not know."""
    ward.options["telegram_token"] = TELEGRAM.replace("A", "B")


def discord_token(ward: Ward) -> None:
    """Use a token that Discord does not know."""
    ward.options["discord_token"] = "nonsense"  # noqa: S105  it is to be refused


def origin_away(ward: Ward) -> None:
    """Name an origin where nobody listens."""
    deaf = ward.held.enter_context(socket.socket())
    deaf.bind(("127.0.0.1", 0))
    ward.options["naver_origin"] = f"http://127.0.0.1:{deaf.getsockname()[1]}"


def origin_refuses(ward: Ward) -> None:
    """Let the platforms want nothing to do with us."""
    ward.refused["/robots.txt"] = 403


def origin_broken(ward: Ward) -> None:
    """Let the platforms be out of order."""
    ward.refused["/robots.txt"] = 500


def clock_off(ward: Ward) -> None:
    """Let the others have another time."""
    ward.dates["Date"] = "Thu, 01 Jan 2015 00:00:00 GMT"


def damaged_database(ward: Ward) -> None:
    """Overwrite pages of the database."""
    with (ward.data / "grimche.db").open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 200_000)


def newer_database(ward: Ward) -> None:
    """Let a newer Grimche have written the database."""
    ward.sql(f"PRAGMA user_version = {newest() + 1}")


def foreign_database(ward: Ward) -> None:
    """Let another program have written the database."""
    ward.sql("PRAGMA application_id = 1")


def broken_reference(ward: Ward) -> None:
    """Let an episode belong to no webtoon."""
    ward.sql("PRAGMA foreign_keys = OFF", "UPDATE episodes SET webtoon_id = 999 WHERE id = 1")


def nothing_serves(ward: Ward) -> None:
    """Let no generation be the current one."""
    ward.sql("UPDATE generations SET is_current = 0")


def damaged_generation(ward: Ward) -> None:
    """Change a byte of a generation."""
    (folder,) = (ward.data / "generations").iterdir()
    file = folder / "prior.npz"
    file.write_bytes(b"\xff" + file.read_bytes()[1:])


def missing_file(ward: Ward) -> None:
    """Remove a file of a generation."""
    (folder,) = (ward.data / "generations").iterdir()
    (folder / "encoder.tflite").unlink()


def missing_vectors(ward: Ward) -> None:
    """Forget the vectors of two thumbnails."""
    ward.sql("DELETE FROM vectors WHERE rowid IN (SELECT rowid FROM vectors LIMIT 2)")


def orphan(ward: Ward) -> None:
    """Leave what a killed process leaves."""
    part = ward.data / "generations" / ".abc.123.part"
    part.mkdir()
    os.utime(part, (0, 0))


def old_backup(ward: Ward) -> None:
    """Make the newest backup an old one."""
    (ward.data / "backups").mkdir()
    backup = ward.data / "backups" / "grimche-2020-01-01.tar"
    backup.write_bytes(b"")
    os.utime(backup, (0, 0))


def no_font(ward: Ward) -> None:
    """Have a font without Hangul alone."""
    a_font(ward.fonts / "NanumGothic.ttf", "abc")


def no_disk(ward: Ward) -> None:
    """Want more disk than there is."""
    ward.wishes["disk"] = 10**18


def no_memory(ward: Ward) -> None:
    """Want more memory than there is."""
    ward.wishes["memory"] = 10**18


def readable_tokens(ward: Ward) -> None:
    """Let everybody read the tokens."""
    ward.env_file.chmod(0o644)


def open_data(ward: Ward) -> None:
    """Let everybody write the data."""
    ward.data.chmod(0o777)


def taken_port(ward: Ward) -> None:
    """Let another program listen on the port."""
    taken = ward.held.enter_context(socket.create_server(("127.0.0.1", 0)))
    ward.options |= {"web": True, "web_port": taken.getsockname()[1]}


def data_is_a_file(ward: Ward) -> None:
    """Name a file where a folder is needed."""
    ward.options["data"] = ward.data / "grimche.db"


def backups_below_a_file(ward: Ward) -> None:
    """Name a place in which no folder can be."""
    ward.options["backups"] = str(ward.data / "grimche.db" / "backups")


def no_database(ward: Ward) -> None:
    """Name a folder that holds nothing."""
    ward.options["data"] = ward.data / "elsewhere"


PLANTED: list[tuple[Callable[[Ward], None], str, str]] = [
    (telegram_token, "token", "GRIMCHE_TELEGRAM_TOKEN"),
    (discord_token, "token", "GRIMCHE_DISCORD_TOKEN"),
    (origin_away, "unreachable", "firewall"),
    (origin_refuses, "unwilling", "GRIMCHE_API_RATE"),
    (origin_broken, "unwilling", "GRIMCHE_API_RATE"),
    (clock_off, "clock", "synchronisation"),
    (damaged_database, "database", "grimche restore"),
    (newer_database, "database", "newer Grimche"),
    (foreign_database, "database", "grimche restore"),
    (broken_reference, "references", "grimche restore"),
    (nothing_serves, "no-generation", "promote"),
    (damaged_generation, "generation-damaged", "grimche generations add"),
    (missing_file, "generation-missing", "grimche generations add"),
    (missing_vectors, "vectors", "grimche scrape"),
    (orphan, "orphan", "Remove it"),
    (old_backup, "old-backup", "log"),
    (no_font, "no-font", "fonts-nanum"),
    (no_disk, "disk", "GRIMCHE_KEEP_BACKUPS"),
    (no_memory, "memory", "grimche export-set"),
    (readable_tokens, "readable-tokens", "chmod 600"),
    (open_data, "open-data", "chmod 700"),
    (taken_port, "port", "GRIMCHE_WEB_PORT"),
    (no_database, "no-database", "GRIMCHE_DATA"),
    (data_is_a_file, "not-a-folder", "GRIMCHE_DATA"),
    (backups_below_a_file, "not-a-folder", "GRIMCHE_BACKUPS"),
]


@pytest.mark.parametrize(
    ("plant", "key", "remedy"), PLANTED, ids=[plant.__name__.replace("_", " ") for plant, *_ in PLANTED]
)
async def test_planted_fault(plant: Callable[[Ward], None], key: str, remedy: str, ward: Ward) -> None:
    """A planted fault is all that is found, and its remedy is named, in both languages."""
    plant(ward)
    found = await examine(ward.patient)
    assert {finding.key for finding in found} == {key}
    assert remedy in found[0].remedy(EN)
    assert found[0].sentence(KO) != found[0].sentence(EN)
    assert TELEGRAM not in "".join(finding.sentence(EN) for finding in found)


async def test_port_of_a_web_chat_that_is_off(ward: Ward) -> None:
    """Beside a bot the web chat is off, and its port may be anybody's."""
    taken_port(ward)
    ward.options["web"] = False
    assert await examine(ward.patient) == []


@pytest.mark.parametrize("mode", [0o700, 0o704], ids=["shut", "listed only"])
async def test_folder_of_somebody_else(ward: Ward, mode: int) -> None:
    """A data folder that may not be looked into is a finding, and nothing within is looked at."""
    with public_folder() as folder:
        ward.options["data"] = data = folder / "data"
        (data / "serving").mkdir(parents=True)
        (data / "serving" / "0.json").touch()
        (data / ".part-0").mkdir()
        data.chmod(mode)
        patient = replace(ward.patient, env_file=folder / ".env", font_folders=())
        with as_another_user():
            found = await examine(patient, offline=True)
    faults = [each for each in found if each.severity is Severity.FAULT]
    assert [(each.key, each.values["path"]) for each in faults] == [("not-writable", str(data))]
    assert "chown" in faults[0].remedy(EN)


async def test_what_goes_while_it_is_looked_at(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that tidies up meanwhile does no harm."""
    monkeypatch.setattr(Path, "glob", lambda folder, _: [folder / "gone"])
    assert await examine(ward.patient, offline=True) == []


async def test_no_tensorflow(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without TensorFlow it is said where else to train."""
    monkeypatch.setitem(sys.modules, "tensorflow", None)
    (finding,) = await examine(ward.patient)
    assert (finding.key, finding.severity) == ("no-tensorflow", Severity.WARNING)


async def test_no_time_zones(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the time zones of the system or the package, it is said what to install."""
    import zoneinfo  # noqa: PLC0415  only here

    patient = ward.patient
    monkeypatch.setitem(sys.modules, "tzdata", None)
    zoneinfo.reset_tzpath([])
    zoneinfo.ZoneInfo.clear_cache()
    try:
        keys = {finding.key for finding in await examine(patient)}
    finally:
        zoneinfo.reset_tzpath()
    assert keys == {"no-time-zone"}


async def test_offline_asks_nobody(ward: Ward) -> None:
    """Offline, a wrong token is not found, for nobody is asked."""
    telegram_token(ward)
    assert await examine(ward.patient, offline=True) == []


async def test_faults_come_first(ward: Ward) -> None:
    """What does not work is listed before what could be better."""
    orphan(ward)
    open_data(ward)
    found = await examine(replace(ward.patient), offline=True)
    assert [finding.key for finding in found] == ["open-data", "orphan"]


async def test_command(ward: Ward, capsys: pytest.CaptureFixture[str]) -> None:
    """`grimche doctor` prints what is wrong with its remedy, and ends with 1 for a fault."""
    nothing_serves(ward)
    ward.env_file.unlink()
    command = ["--data", str(ward.data), "doctor", "--offline"]
    assert await asyncio.to_thread(run, command) == 1
    assert "fault\tNo generation serves" in capsys.readouterr().out
    assert await asyncio.to_thread(run, [*command, "--json"]) == 1
    assert "no-generation" in {line["finding"] for line in json.loads(capsys.readouterr().out)}


def test_wrong_settings(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Settings that cannot be read are a finding too, with 1 and without the value."""
    monkeypatch.setenv("GRIMCHE_WEB_PORT", "eighty")
    assert run(["doctor", "--offline"]) == 1
    shown = capsys.readouterr().out
    assert "GRIMCHE_WEB_PORT" in shown
    assert ".env.example" in shown
    assert "eighty" not in shown
