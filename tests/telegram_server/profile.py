"""What the bot says about itself: commands per scope and language, name and descriptions.

https://core.telegram.org/bots/api#botcommandscope
"""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Profile:
    """Commands by scope and language, and texts by kind and language; "" is every other language."""

    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)


def scope_name(scope: Json | None) -> str:
    """Name a scope: its type, and what it is narrowed to."""
    scope = scope or {"type": "default"}
    parts = [scope.get("type", ""), scope.get("chat_id", ""), scope.get("user_id", "")]
    return ":".join(str(part) for part in parts if part)
