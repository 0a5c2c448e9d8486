"""Say how Grimche stands, and how much it is used."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from bot.plain import cut
from bot.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.heartbeat import Seen
    from bot.lives import Life
    from bot.standing import Status
    from storage.usage import Complaint, DayFigures, Figures

BAR: Final = 12  # characters
FAULTS: Final = 5
TITLE: Final = 40  # characters


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
            free=round(status.disk_free / 1e9, 1),
        )
    ]
    jobs = [
        texts.format(
            "chat-status-job", kind=job.kind, who=job.who, state=job.state, percent=round(job.progress * 100)
        )
        for job in status.jobs
    ]
    parts = [*lines, *_processes(status, texts)]
    return "\n".join([*parts, *(["", texts.format("chat-status-jobs"), *jobs] if jobs else [])])


def _processes(status: "Status", texts: Texts) -> list[str]:
    """Say what serves: doors, queue, memory and the last errors of each process."""
    if not status.processes:
        return ["", texts.format("chat-status-not-serving")]
    return [line for seen in status.processes for line in ("", *_process(seen, texts))]


def _process(seen: "Seen", texts: Texts) -> list[str]:
    beat = seen.beat
    head = texts.format(
        "chat-status-process", uptime=duration(beat.uptime), megabytes=round(beat.memory / 1e6)
    )
    queue = texts.format(
        "chat-status-queue", running=beat.running, waiting=beat.waiting, rejected=beat.rejected
    )
    stuck = [texts.format("chat-status-stuck", at=f"{beat.at:%Y-%m-%d %H:%M}")] if seen.is_stuck else []
    doors = [_door(life, texts) for life in beat.doors]
    faults = [
        texts.format(
            "chat-status-fault",
            when=f"{fault.when:%m-%d %H:%M}",
            reference=fault.reference or "–",
            sentence=fault.sentence,
        )
        for fault in beat.faults[-FAULTS:]
    ]
    return [head, *stuck, queue, *doors, *([texts.format("chat-status-faults"), *faults] if faults else [])]


def _door(life: "Life", texts: Texts) -> str:
    state = texts.format(f"chat-door-{life.state}")
    since = f"{life.since:%Y-%m-%d %H:%M}"
    return texts.format("chat-status-door", door=life.door, state=state, since=since) + (
        f": {life.why}" if life.why else ""
    )


def duration(seconds: float) -> str:
    """Write a duration in days, hours and minutes, such as "3d 04:05"."""
    days, minutes = divmod(int(seconds) // 60, 24 * 60)
    return f"{days}d {minutes // 60:02}:{minutes % 60:02}"


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


def generations_text(figures: "Figures", texts: Texts) -> str:
    """Say how the answers of each generation were judged, a line for each; empty where there were none."""
    lines = [
        texts.format(
            "chat-stats-generation",
            generation=each.generation,
            answers=each.answers,
            up=each.up,
            down=each.down,
        )
        for each in figures.generations
    ]
    return "\n".join(lines)


def complaints_text(complaints: "Sequence[Complaint]", texts: Texts) -> str:
    """List the answers that people judged bad, for admins to look into; empty where there were none."""
    lines = [
        texts.format(
            "chat-complaint",
            when=f"{each.asked:%m-%d %H:%M}",
            reference=each.reference,
            generation=each.generation,
            titles=", ".join(cut(title, TITLE) for title in each.titles) or "–",
        )
        for each in complaints
    ]
    return "\n".join([texts.format("chat-complaints"), *lines]) if lines else ""


def fitting(parts: "Sequence[str]", *, most: int) -> str:
    """Join the parts of a message with a line between, as long as they fit; the first ones matter most."""
    text = ""
    for part in filter(None, parts):
        longer = f"{text}\n\n{part}".strip()
        text = longer if len(longer) <= most else text
    return text


def days_table(figures: "Figures") -> str:
    """Write a line for each day, whose columns need letters of one width; empty where there was none."""
    busiest = max((day.queries for day in figures.days), default=0)
    return "\n".join(_day(day, busiest) for day in figures.days)


def _day(day: "DayFigures", busiest: int) -> str:
    bar = "█" * max(round(BAR * day.queries / busiest), 1)
    return f"{day.day:%m-%d} {day.queries:>6} {day.people:>5} {bar}"
