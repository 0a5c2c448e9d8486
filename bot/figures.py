"""Say how Grimche stands, and how much it is used."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from bot.texts import Texts

if TYPE_CHECKING:
    from bot.service import Status
    from storage.usage import DayFigures, Figures

BAR: Final = 12  # characters


def status_text(status: "Status", texts: Texts) -> str:
    """Say how Grimche stands, in plain text."""
    counts = status.counts
    lines = [
        texts.format(
            "chat-status",
            version=status.version,
            generation=status.generation or "–",
            vectors=status.vectors,
            webtoons=counts.webtoons,
            artists=counts.artists,
            episodes=counts.episodes,
            pictures=counts.pictures,
            megabytes=round(status.data_bytes / 1e6),
        )
    ]
    jobs = [
        texts.format(
            "chat-status-job", kind=job.kind, who=job.who, state=job.state, percent=round(job.progress * 100)
        )
        for job in status.jobs
    ]
    return "\n".join([*lines, *(["", texts.format("chat-status-jobs"), *jobs] if jobs else [])])


def stats_text(figures: "Figures", texts: Texts, *, since: datetime) -> str:
    """Say how much it was used since a moment, in plain text."""
    return texts.format(
        "chat-stats",
        since=f"{since:%Y-%m-%d}",
        queries=figures.queries,
        answered=figures.answered,
        failed=figures.failed,
        people=figures.people,
        median=f"{figures.median:.2f}",
        p95=f"{figures.p95:.2f}",
        up=figures.up,
        down=figures.down,
    )


def days_table(figures: "Figures") -> str:
    """Write a line for each day, whose columns need letters of one width; empty where there was none."""
    busiest = max((day.queries for day in figures.days), default=0)
    return "\n".join(_day(day, busiest) for day in figures.days)


def _day(day: "DayFigures", busiest: int) -> str:
    bar = "█" * max(round(BAR * day.queries / busiest), 1)
    return f"{day.day:%m-%d} {day.queries:>6} {day.people:>5} {bar}"
