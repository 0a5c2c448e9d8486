"""A line of the log as one JSON object, for programs that collect logs."""

import json
import logging
from datetime import UTC, datetime

from bot.faults import reference_of


class JsonLines(logging.Formatter):
    """Writes time (UTC), level, logger, message, reference and, where there was an error, its traceback.

    Secrets have been hidden before a record comes here; see `bot.logs`.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        message = record.getMessage()
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": message,
            "reference": reference_of(message),
            "error": record.exc_text or "",
            "stack": record.stack_info or "",
        }
        return json.dumps({name: value for name, value in line.items() if value}, ensure_ascii=False)
