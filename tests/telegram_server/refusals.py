"""What the Bot API says when it refuses: a code, a description in Telegram's words, perhaps parameters.

https://core.telegram.org/bots/api#making-requests and https://core.telegram.org/bots/api#responseparameters
"""


class Refused(Exception):
    """A request that the Bot API refuses."""

    def __init__(self, description: str, *, code: int = 400, **parameters: int) -> None:
        """Keep the words; `parameters` are such as retry_after."""
        super().__init__(description)
        self.description = description
        self.code = code
        self.parameters = parameters


def bad_request(why: str) -> Refused:
    """Refuse what cannot be done as it was asked for."""
    return Refused(f"Bad Request: {why}")


def forbidden(why: str) -> Refused:
    """Refuse what the bot may not do."""
    return Refused(f"Forbidden: {why}", code=403)


def conflict(why: str) -> Refused:
    """Refuse one of two ways or pollers to get updates."""
    return Refused(f"Conflict: {why}", code=409)


def unauthorized() -> Refused:
    """Refuse a token that is not, or no longer, that of a bot."""
    return Refused("Unauthorized", code=401)


def too_many_requests(seconds: int) -> Refused:
    """Ask for so many seconds of patience."""
    return Refused(f"Too Many Requests: retry after {seconds}", code=429, retry_after=seconds)
