"""Log without secrets: whatever is written, by whomever, has none of the tokens in it."""

import logging
import re
import traceback
from collections.abc import Iterable
from typing import Any, Final

from bot.log_lines import JsonLines

LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
HIDDEN = "[secret]"

# These tell of each request, with its whole address.
CHATTY: Final = ("httpx", "httpcore", "hpack", "aiohttp", "asyncio", "telegram", "discord")
# At "debug" these would tell whole messages of users, and pictures byte by byte.
INDISCREET: Final = ("telegram", "discord", "aiosqlite", "PIL")

# A token of Telegram, also within an address, one of Discord, and those of its interactions in addresses.
_TOKENS = (
    r"[0-9]{3,}(?::|%3A)[\w-]{30,}|[\w-]{20,}\.[\w-]{6,7}\.[\w-]{25,}"
    r"|(?<=/)(?:webhooks|interactions)/[0-9]+/[\w-]{20,}"
)
_SHORTEST = 4  # what is shorter is no secret, and would tear words apart

_known: set[str] = set()
_pattern = re.compile(_TOKENS, re.IGNORECASE)


def set_up(level: str, secrets: Iterable[str] = (), *, as_json: bool = False) -> None:
    """Log from `level` on to standard error, and hide `secrets` and all that looks like a token.

    The libraries of the networks tell of their requests at "debug" only, and never of messages.
    """
    hide(secrets)
    logging.setLogRecordFactory(_record)
    logging.basicConfig(level=level.upper(), format=LOG_FORMAT)
    if as_json:
        for handler in logging.getLogger().handlers:
            handler.setFormatter(JsonLines())
    lowest = logging.getLevelNamesMapping()[level.upper()]
    for name in CHATTY:
        logging.getLogger(name).setLevel(lowest if level == "debug" else max(lowest, logging.WARNING))
    for name in INDISCREET:
        logger = logging.getLogger(name)
        logger.setLevel(max(lowest, logging.INFO, logger.level))


def hide(secrets: Iterable[str]) -> None:
    """Hide these as well from now on, also where they stand in an address."""
    global _pattern  # noqa: PLW0603  a process has one log
    _known.update(secret for secret in secrets if len(secret) >= _SHORTEST)
    longest_first = sorted(_known, key=len, reverse=True)
    known = (re.escape(secret).replace(":", "(?::|%3A)") for secret in longest_first)
    _pattern = re.compile("|".join((*known, _TOKENS)), re.IGNORECASE)


def redact(text: str) -> str:
    """Put a word in the place of each secret."""
    return _pattern.sub(HIDDEN, text)


def _record(*args: Any, **kwargs: Any) -> logging.LogRecord:  # noqa: ANN401  the signature is logging's
    """Make a line of the log that is clean before any handler has it."""
    record = logging.LogRecord(*args, **kwargs)
    try:
        record.msg, record.args = redact(record.getMessage()), None
    except (TypeError, ValueError, KeyError):  # logging shows what does not fit together, so that stays
        record.msg, record.args = redact(str(record.msg)), (redact(str(record.args)),)
    if record.exc_info and record.exc_info[0] is not None:
        record.exc_text = redact("".join(traceback.format_exception(record.exc_info[1]))).rstrip("\n")
    if record.stack_info:
        record.stack_info = redact(record.stack_info)
    return record
