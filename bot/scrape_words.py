"""Say how a scrape goes and what it brought."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from bot.notices import Button, Notice
from bot.progress import Stage
from bot.scrape_job import Leg
from storage.jobs import ABANDONED
from storage.records import JobState, Platform

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.scrape_job import Round
    from bot.texts import Texts
    from storage.records import Job

STOP: Final = "work:stop:scrape"


def round_notice(this: "Round", texts: "Texts") -> Notice:
    """Say how a round stands, or what it has brought."""
    lines = [leg_words(leg, texts) for leg in this.legs]
    if this.has_ended:
        head = texts.format("scrape-stopped" if this.is_stopped else "scrape-done")
        return Notice(text="\n".join([head, *lines]))
    head = texts.format("scrape-runs", time=clock(this.begun))
    return Notice(text="\n".join([head, *lines, *_now(this, texts)]), rows=((_stop(texts),),), job=this.job)


def lost_notice(job: "Job", texts: "Texts") -> Notice:
    """Say how a scrape stands that runs in another process, or did."""
    if job.state is JobState.RUNNING:
        return _elsewhere(job, texts)
    if job.state is JobState.CANCELLED and job.stop_asked:
        return Notice(text=texts.format("scrape-stopped"))
    if job.state is JobState.CANCELLED or job.error == ABANDONED:
        return Notice(text=texts.format("scrape-interrupted"))
    lines = [texts.format("scrape-done"), _words(_leg(job), texts, fault=job.error)]
    if job.state is JobState.DEGRADED:
        lines.append(_advice(str(job.figures.get("evidence", "")), texts))
    return Notice(text="\n".join(lines))


def _leg(job: "Job") -> Leg:
    """Read what a scrape brought from its record."""
    figures = {name: value for name, value in job.figures.items() if isinstance(value, int)}
    return Leg(
        platform=Platform(str(job.figures["source"])),
        webtoons=figures.get("new_webtoons", 0),
        episodes=figures.get("new_episodes", 0),
        skipped=figures.get("skipped", 0),
    )


def _elsewhere(job: "Job", texts: "Texts") -> Notice:
    if job.stop_asked:
        return Notice(text=texts.format("scrape-stopping", time=clock(job.started)), job=job.id)
    text = texts.format("scrape-elsewhere", time=clock(job.started), percent=round(job.progress * 100))
    return Notice(text=text, rows=((_stop(texts),),), job=job.id)


def leg_words(leg: "Leg", texts: "Texts") -> str:
    """Say what came of one platform."""
    return _words(leg, texts, fault=texts.error(leg.error) if leg.error else "")


def _words(leg: "Leg", texts: "Texts", *, fault: str) -> str:
    if fault and not (leg.webtoons or leg.episodes):
        return f"⚠ {fault}"
    brought = texts.format(
        "scrape-brought",
        platform=texts.format(f"platform-{leg.platform}"),
        webtoons=leg.webtoons,
        episodes=leg.episodes,
        artists=leg.artists,
    )
    skipped = [texts.format("scrape-skipped", count=leg.skipped)] if leg.skipped else []
    return "\n".join([" ".join([brought, *skipped]), *([f"⚠ {fault}"] if fault else [])])


def fault_notice(leg: "Leg", texts: "Texts") -> Notice:
    """Say what is wrong with a platform, unasked."""
    error = texts.error(leg.error) if leg.error else ""
    advice = _advice(leg.evidence, texts) if leg.is_degraded else ""
    return Notice(text="\n".join(filter(None, [f"⚠ {error}", advice])))


def _advice(evidence: str, texts: "Texts") -> str:
    """Say what was kept of a platform that has changed, and how to find out more."""
    return texts.format("scrape-degraded", file=evidence or "–")


def news_notice(legs: "Sequence[Leg]", texts: "Texts") -> Notice:
    """Say what a round brought that nobody asked for."""
    return Notice(text="\n".join([texts.format("scrape-news"), *(leg_words(leg, texts) for leg in legs)]))


def clock(since: datetime) -> str:
    """Say how long something has taken, in hours if need be, minutes and seconds."""
    seconds = max(round((datetime.now(UTC) - since).total_seconds()), 0)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _stop(texts: "Texts") -> Button:
    return Button(label=texts.format("scrape-stop"), data=STOP)


def _now(this: "Round", texts: "Texts") -> list[str]:
    if this.platform is None:
        return []
    platform = texts.format(f"platform-{this.platform}")
    if this.step is None or not (this.step.total or this.step.stage is Stage.EMBED):
        return [texts.format("scrape-asks", platform=platform)]
    if this.step.stage is Stage.EMBED:
        return [texts.format("scrape-embeds", platform=platform, percent=round(this.step.share * 100))]
    step = this.step
    values = {"webtoons": step.webtoons, "total": step.total, "pictures": step.pictures}
    return [texts.format("scrape-visits", platform=platform, **values)]
