"""What Discord says when it refuses: a status, a code of its own and words.

https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes
"""

from typing import Any

Json = dict[str, Any]


class Refused(Exception):
    """A request that Discord refuses."""

    def __init__(self, message: str, *, status: int = 400, code: int = 0, errors: Json | None = None) -> None:
        """Keep the words, and what is wrong with which field."""
        super().__init__(message)
        self.message = message
        self.status = status
        self.code = code
        self.errors = errors

    def as_json(self) -> Json:
        """Show it as the API does."""
        shown: Json = {"message": self.message, "code": self.code}
        return shown | ({"errors": self.errors} if self.errors else {})


class TooMany(Refused):
    """A request too many: https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit."""

    def __init__(self, seconds: float, *, everywhere: bool = False, bucket: str = "") -> None:
        """Ask for so many seconds of patience."""
        super().__init__("You are being rate limited.", status=429)
        self.seconds = seconds
        self.everywhere = everywhere
        self.bucket = bucket

    def as_json(self) -> Json:
        """Show it as the API does."""
        return {"message": self.message, "retry_after": self.seconds, "global": self.everywhere}


def invalid(field: str, why: str, *, code: str = "BASE_TYPE_BAD_VALUE") -> Refused:
    """Refuse a body, naming the field with dots: https://discord.com/developers/docs/reference#error-messages."""
    errors: Json = {"_errors": [{"code": code, "message": why}]}
    for part in reversed(field.split(".")):
        errors = {part: errors}
    return Refused("Invalid Form Body", code=50035, errors=errors)


def unknown(what: str, code: int) -> Refused:
    """Refuse what names something that is not there."""
    return Refused(f"Unknown {what}", status=404, code=code)


def forbidden(message: str, code: int) -> Refused:
    """Refuse what the bot may not do."""
    return Refused(message, status=403, code=code)


def unauthorized() -> Refused:
    """Refuse a token that is not, or no longer, that of a bot."""
    return Refused("401: Unauthorized", status=401)


def too_large() -> Refused:
    """Refuse files that are too large."""
    return Refused("Request entity too large", status=413, code=40005)
