"""What an examination finds, and what it looks at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.texts import Texts

GIGABYTE: Final = 1_000_000_000


class Severity(StrEnum):
    """How bad a finding is."""

    FAULT = "fault"  # something does not work
    WARNING = "warning"  # it works, but less than it could, or not for long


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something wrong; `key` names its sentence and its remedy in the texts, and `values` fill both."""

    key: str
    severity: Severity = Severity.FAULT
    values: Mapping[str, str | int] = field(default_factory=dict)

    def sentence(self, texts: "Texts") -> str:
        """Say what is wrong."""
        return texts.format(f"doctor-{self.key}", **self.values)

    def remedy(self, texts: "Texts") -> str:
        """Say what to do."""
        return texts.format(f"doctor-{self.key}-remedy", **self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """The installation that is looked over, and how much of a machine it should have.

    `font_folders` are searched for a font with Hangul; `disk` and `memory` are bytes, the latter for
    a training.
    """

    settings: "Settings"
    env_file: Path
    font_folders: Sequence[Path]
    disk: int = 2 * GIGABYTE
    memory: int = 2 * GIGABYTE


def warning(key: str, **values: str | int) -> Finding:
    """Make a finding that is no fault."""
    return Finding(key=key, severity=Severity.WARNING, values=values)


def fault(key: str, **values: str | int) -> Finding:
    """Make a finding that something does not work."""
    return Finding(key=key, values=values)
