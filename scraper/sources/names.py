"""Understand the names that people give to files."""

import re

_DRIVE = re.compile(r"[A-Za-z]:")
_NUMBERED = re.compile(r"(.+)_[0-9]+", re.DOTALL)


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Make a sort key that puts "2" before "10"; digits come before letters."""
    # Compared by length and digits, since int() refuses very long numbers.
    parts = re.split(r"([0-9]+)", text)
    return tuple(
        (0, len(part.lstrip("0")), part.lstrip("0")) if index % 2 else (1, 0, part.casefold())
        for index, part in enumerate(parts)
        if part
    )


def episode_label(stem: str) -> str:
    """Take the episode out of a file's name without its ending: "12_3" belongs to "12"."""
    found = _NUMBERED.fullmatch(stem)
    return found[1] if found else stem


def path_fault(path: str) -> str:
    """Say why `path` may not be read inside a folder, or nothing when it may.

    `path` has slashes between its parts.
    """
    parts = path.split("/")
    if path.startswith("/") or _DRIVE.match(path):
        return "is an absolute path"
    if ".." in parts:
        return "leads out of the folder"
    if any(part.startswith(".") for part in parts):
        return "is a hidden file"
    if "\0" in path or not parts[-1]:
        return "is no file name"
    return ""
