"""Look an installation over from end to end."""

from pathlib import Path

from bot.doctor.findings import Finding, Patient, Severity
from bot.doctor.folders import are_closed, check_folders
from bot.doctor.machine import check_machine, check_ports
from bot.doctor.network import check_network
from bot.doctor.stored import check_stored
from bot.fonts import FOLDERS
from bot.settings import Settings


async def examine(patient: Patient, *, offline: bool = False) -> list[Finding]:
    """List what is wrong, the faults first; nobody on the network is asked when `offline`."""
    found = [*check_folders(patient), *check_machine(patient)]
    if not are_closed(patient):
        found += [*check_ports(patient), *await check_stored(patient)]
    if not offline:
        found += await check_network(patient)
    return sorted(found, key=lambda finding: finding.severity is Severity.WARNING)


def patient_of(settings: Settings, *, env_file: Path) -> Patient:
    """Describe an installation by its settings and where they were read."""
    return Patient(settings=settings, env_file=env_file, font_folders=FOLDERS)
