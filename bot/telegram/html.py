"""Write Telegram's HTML: https://core.telegram.org/bots/api#html-style."""

import html
import re
from typing import Final

_TAG: Final = re.compile(r"</?[a-z][^<>]*>")
# They turn the direction of what follows them, beyond the title that holds them.
_TURNS: Final = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def escape(text: str) -> str:
    """Make text that Telegram shows as it stands."""
    return html.escape(text.translate(_TURNS))


def cut(text: str, most: int) -> str:
    """Shorten to `most` characters on one line; do it before escaping, or a sign may be cut in two."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def bold(text: str) -> str:
    """Write plain text in bold."""
    return f"<b>{escape(text)}</b>"


def link(text: str, url: str) -> str:
    """Write plain text as a link, or as it is where there is no address."""
    return f'<a href="{html.escape(url)}">{escape(text)}</a>' if url else escape(text)


def length(marked: str) -> int:
    """Count as Telegram does against its limits: UTF-16 units, without the markup."""
    return len(html.unescape(_TAG.sub("", marked)).encode("utf-16-le", "surrogatepass")) // 2
