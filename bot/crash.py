"""Write down what nobody expected, under a reference that the user can name."""

import platform
import secrets
import tempfile
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bot.logs import redact


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report of an unexpected error; `path` is None when it could not be written anywhere."""

    reference: str
    path: Path | None


def write_report(error: BaseException, *, folder: Path | None, command: Sequence[str]) -> Report:
    """Write the traceback into `folder`, or where temporary files go when that fails."""
    reference = secrets.token_hex(4)
    text = _compose(error, reference=reference, command=command)
    for place in (folder, Path(tempfile.gettempdir())):
        if place is not None and (path := _try_write(place / f"grimche-{reference}.log", text)):
            return Report(reference=reference, path=path)
    return Report(reference=reference, path=None)


def _compose(error: BaseException, *, reference: str, command: Sequence[str]) -> str:
    lines = [
        f"reference  {reference}",
        f"time       {datetime.now(UTC).isoformat(timespec='seconds')}",
        f"version    {version('grimche')}",
        f"python     {platform.python_version()} on {platform.platform()}",
        f"command    {' '.join(command)}",
        "",
        *traceback.format_exception(error),
    ]
    return redact("\n".join(lines))


def _try_write(path: Path, text: str) -> Path | None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", errors="backslashreplace")
    except OSError:
        return None
    return path
