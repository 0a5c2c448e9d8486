"""Write Telegram's HTML: https://core.telegram.org/bots/api#html-style."""

import html
import re
from typing import Final

from bot.plain import straight

_TAG: Final = re.compile(r"</?[a-z][^<>]*>")


def escape(text: str) -> str:
    """Make text that Telegram shows as it stands."""
    return html.escape(straight(text))


def bold(text: str) -> str:
    """Write plain text in bold."""
    return f"<b>{escape(text)}</b>"


def link(text: str, url: str) -> str:
    """Write plain text as a link, or as it is where there is no address."""
    return f'<a href="{html.escape(url)}">{escape(text)}</a>' if url else escape(text)


def length(marked: str) -> int:
    """Count as Telegram does against its limits: UTF-16 units, without the markup."""
    return len(html.unescape(_TAG.sub("", marked)).encode("utf-16-le", "surrogatepass")) // 2
