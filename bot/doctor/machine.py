"""Look at the machine: disk, memory, fonts, rights, ports, time zones and what training needs."""

import shutil
import stat
import zoneinfo
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from bot.doctor.findings import GIGABYTE, Finding, Patient, fault, warning
from bot.doctor.folders import existing, is_there
from bot.fonts import korean_font
from bot.heartbeat import read_beats
from bot.process_memory import available_bytes
from bot.web_server import bind
from storage.errors import CannotListen

ZONE = "Asia/Seoul"  # the platforms' days begin and end there


def check_machine(patient: Patient) -> Iterator[Finding]:
    """Look at the machine that it runs on."""
    yield from _space(patient)
    yield from _rights(patient)
    if korean_font(patient.font_folders) is None:
        yield warning("no-font")
    try:
        zoneinfo.ZoneInfo(ZONE)
    except zoneinfo.ZoneInfoNotFoundError:
        yield fault("no-time-zone", zone=ZONE)
    if not _is_there("tensorflow"):
        yield warning("no-tensorflow")


def _space(patient: Patient) -> Iterator[Finding]:
    place = existing(patient.settings.data)
    free = shutil.disk_usage(place).free
    if free < patient.disk:
        yield fault("disk", path=str(place), free=_gigabytes(free), needed=_gigabytes(patient.disk))
    available = available_bytes()
    if available is not None and available < patient.memory:
        yield warning("memory", free=_gigabytes(available), needed=_gigabytes(patient.memory))


def _rights(patient: Patient) -> Iterator[Finding]:
    """See that tokens are for their owner alone, and the data written by nobody else."""
    data, env_file = patient.settings.data, patient.env_file
    if env_file.is_file() and patient.settings.secrets and _mode(env_file) & (stat.S_IROTH | stat.S_IWOTH):
        yield fault("readable-tokens", path=str(env_file))
    if is_there(data) and _mode(data) & stat.S_IWOTH:
        yield fault("open-data", path=str(data))


def check_ports(patient: Patient) -> Iterator[Finding]:
    """See that what listens could; while it serves, the ports are its own."""
    settings = patient.settings
    if read_beats(settings.data):
        return
    wanted = []
    if settings.web or not settings.networks:
        wanted.append(("GRIMCHE_WEB_PORT", settings.web_host, settings.web_port))
    if settings.metrics_port:
        wanted.append(("GRIMCHE_METRICS_PORT", settings.metrics_host, settings.metrics_port))
    if settings.telegram_webhook:
        place = (settings.telegram_webhook_host, settings.telegram_webhook_port)
        wanted.append(("GRIMCHE_TELEGRAM_WEBHOOK_PORT", *place))
    for name, host, port in wanted:
        try:
            bind(host, port).close()
        except CannotListen as error:
            yield fault("port", setting=name, host=host, port=str(port), fault=str(error.values["fault"]))


def _mode(path: Path) -> int:
    return path.stat().st_mode


def _gigabytes(count: int) -> str:
    return f"{count / GIGABYTE:.1f}"


def _is_there(package: str) -> bool:
    """Tell whether a package is installed, without loading it."""
    try:
        return find_spec(package) is not None
    except ValueError:
        return False
