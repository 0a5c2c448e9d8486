"""The container's and the unit's files say what docs/operations.md promises."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings, load_settings, variable

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
UNIT = (ROOT / "deploy/grimche.service").read_text(encoding="utf-8")


def test_build_gets_what_it_copies() -> None:
    """All that the Dockerfile copies from here passes .dockerignore, is there, and nothing else passes."""
    copied = {
        name
        for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
        for name in line.split()
    }
    passed = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE))
    assert copied == passed
    assert all((ROOT / name).exists() for name in copied)


def test_settings_of_the_image_exist() -> None:
    """What the image and the unit set are settings that there are."""
    known = {variable(name) for name in Settings.model_fields}
    assert set(re.findall(r"GRIMCHE_[A-Z_]+", DOCKERFILE + UNIT)) <= known


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every line of the example be in force, as of a file that somebody filled in whole."""
    lines = (ROOT / ".env.example").read_text(encoding="utf-8")
    for name, value in re.findall(r"^#?(GRIMCHE_\w+)=(.*)$", lines, re.MULTILINE):
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("example")
def test_composed_service_stands_above_the_example(monkeypatch: pytest.MonkeyPatch) -> None:
    """No line of the example moves the data, the log or the health check of the composed service."""
    for name, value in re.findall(r'^      (GRIMCHE_\w+): "?([^"\n]+)"?$', COMPOSE, re.MULTILINE):
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert (settings.data, settings.log_format, settings.metrics_port) == (Path("/data"), "json", 9464)
    assert f"http://127.0.0.1:{settings.metrics_port}/health" in DOCKERFILE


@pytest.mark.usefixtures("example")
def test_unit_stands_above_the_example() -> None:
    """No line of the example moves the data of the unit: they are an option, which wins over it."""
    (folder,) = re.findall(r"^ExecStart=\S+ --data (\S+) serve", UNIT, re.MULTILINE)
    assert load_settings({"data": Path(folder)}).data == Path("/var/lib/grimche")
    assert "StateDirectory=grimche\n" in UNIT


def test_health_is_asked_where_it_is_served() -> None:
    """The health check asks the port that the image sets."""
    (port,) = re.findall(r"GRIMCHE_METRICS_PORT=(\d+)", DOCKERFILE)
    assert f"http://127.0.0.1:{port}/health" in DOCKERFILE


def test_nobody_is_root() -> None:
    """Both images and the composed service end as the same user, who is not root."""
    users = re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE)
    assert users == ["10001:10001"] * 2
    assert 'user: "10001:10001"' in COMPOSE


@pytest.mark.parametrize("line", ["read_only: true", "no-new-privileges:true", "- ALL", "env_file: .env"])
def test_service_is_closed(line: str) -> None:
    """The composed service has a read-only tree and no privileges."""
    assert line in COMPOSE


@pytest.mark.parametrize(
    "name", ["ProtectSystem=strict", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "UMask=0077"]
)
def test_unit_is_closed(name: str) -> None:
    """The unit is hardened."""
    assert re.search(rf"^{re.escape(name)}$", UNIT, re.MULTILINE)


def test_no_registry_is_named() -> None:
    """Images come from wherever the engine is set to look."""
    assert re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE) == [
        "python:3.11-slim-bookworm",
        "build",
        "python:3.11-slim-bookworm",
        "base",
        "base",
    ]


def test_dockerfile_is_linted() -> None:
    """Hadolint has nothing to say."""
    hadolint = Path(sys.executable).with_name("hadolint")
    ended = subprocess.run([hadolint, ROOT / "Dockerfile"], check=False, capture_output=True, text=True)
    assert (ended.returncode, ended.stdout) == (0, "")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze")
def test_unit_is_valid(tmp_path: Path) -> None:
    """Systemd itself finds no fault in the unit, but for the program that is not installed here."""
    unit = tmp_path / "grimche.service"
    unit.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", UNIT, flags=re.MULTILINE))
    ended = subprocess.run(["systemd-analyze", "verify", unit], check=False, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")
