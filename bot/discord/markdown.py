"""Write Discord's markdown: https://discord.com/developers/docs/reference#message-formatting."""

import re
from typing import Final

from bot.plain import straight

# A backslash before one of these shows it as it stands: styles, spoilers, links, mentions and emoji.
_INLINE: Final = re.compile(r"([\\*_~`|\[\]<@]|:(?=//|[\w~+-]+:))")
# Headings, quotes and lists begin a line.
_LEADING: Final = re.compile(r"^(\s*)([#>+-]|[0-9]+(?=[.)]))", re.MULTILINE)
_LINK: Final = str.maketrans({"<": "%3C", ">": "%3E", "(": "%28", ")": "%29", " ": "%20", "\\": "%5C"})


def escape(text: str) -> str:
    """Make text that Discord shows as it stands."""
    return _LEADING.sub(_hold, _INLINE.sub(r"\\\1", straight(text)))


def bold(text: str) -> str:
    """Write plain text in bold."""
    return f"**{escape(text)}**" if text else ""


def small(text: str) -> str:
    """Write plain text as small print, which has to be one line."""
    return f"-# {escape(text)}" if text else ""


def heading(text: str) -> str:
    """Write plain text as a heading, which has to be one line."""
    return f"### {escape(text)}" if text else ""


def link(text: str, url: str) -> str:
    """Write plain text as a link without a preview, or as it is where there is no address."""
    return f"[{escape(text)}](<{url.translate(_LINK)}>)" if url else escape(text)


def _hold(found: re.Match[str]) -> str:
    space, sign = found.groups()
    return f"{space}{sign}\\" if sign[0].isdigit() else f"{space}\\{sign}"
