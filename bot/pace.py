"""How often somebody may do what costs no turn in the queue."""

from dataclasses import dataclass, field

from bot.rates import Rate, Whose, Windows


def _calls() -> Windows:
    return Windows([Rate(whose=Whose.PERSON, most=30), Rate(whose=Whose.CHAT, most=60)])


def _feedback() -> Windows:
    return Windows([Rate(whose=Whose.PERSON, most=3, seconds=600.0)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The rates of commands and buttons together, and of messages to the admins."""

    calls: Windows = field(default_factory=_calls)
    feedback: Windows = field(default_factory=_feedback)
