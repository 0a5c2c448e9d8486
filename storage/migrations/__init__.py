"""The numbered steps from an empty file to the present schema; forward only."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: the `version` it leads to and the statements that lead there."""

    version: int
    script: str

    def statements(self) -> Iterator[str]:
        """Yield the statements one by one, as `executescript` would end the transaction."""
        statement = ""
        for line in self.script.splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                yield statement
                statement = ""


def migrations() -> list[Migration]:
    """Read all steps, in order; the name of each file begins with its version."""
    scripts = [entry for entry in files(__name__).iterdir() if entry.name.endswith(".sql")]
    steps = [Migration(int(entry.name[:4]), entry.read_text(encoding="utf-8")) for entry in scripts]
    return sorted(steps, key=lambda step: step.version)


def newest() -> int:
    """Tell the version that this Grimche writes, without reading the steps."""
    return max(int(entry.name[:4]) for entry in files(__name__).iterdir() if entry.name.endswith(".sql"))
