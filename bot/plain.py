"""Make other people's text fit to be shown, before any markup is put around it."""

from typing import Final

# They turn the direction of what follows them, beyond the title that holds them.
_TURNS: Final = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def straight(text: str) -> str:
    """Leave out the signs that turn the direction of what follows a text."""
    return text.translate(_TURNS)


def cut(text: str, most: int) -> str:
    """Shorten to `most` characters on one line; do it before escaping, or a sign may be cut in two."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
