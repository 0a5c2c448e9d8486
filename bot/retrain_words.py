"""Say how a retrain goes, what it was worth, and which generations there are."""

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot import retrain_job
from bot.notices import Button, Notice
from bot.scrape_words import clock
from bot.training_job import CURRENT, SCRATCH, STARTER, Wish
from storage.records import JobState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.generations_job import Line
    from bot.retrain_job import Forecast
    from bot.texts import Texts
    from storage.comparisons import Comparison, Measure
    from storage.errors import GrimcheError
    from storage.records import Job

INITS: Final = (STARTER, CURRENT, SCRATCH)
MINIMA: Final = (10, 30, 60, 200)
USUAL_MINIMUM: Final = 30
QUICK, FULL = "quick", "full"
LISTED: Final = 6  # generations


def wish_data(wish: Wish) -> str:
    """Write a wish as what a button carries."""
    return f"{wish.init}.{QUICK if wish.quick else FULL}.{wish.minimum or USUAL_MINIMUM}"


def read_wish(data: str) -> Wish:
    """Read what wish_data wrote, whatever follows it; raises ValueError for what it could not have."""
    init, pace, minimum, *_ = data.split(".")
    if init not in INITS or pace not in {QUICK, FULL} or int(minimum) not in MINIMA:
        raise ValueError(data)
    return Wish(init=init, quick=pace == QUICK, minimum=int(minimum))


def ask_notice(wish: Wish, forecast: "Forecast | GrimcheError", texts: "Texts") -> Notice:
    """Say what would be trained on and for how long, with buttons for what else there is."""
    rows = _choices(wish, texts)
    if isinstance(forecast, retrain_job.Forecast):
        text = texts.format(
            "retrain-ask",
            artists=forecast.artists,
            pictures=forecast.pictures,
            minimum=wish.minimum or USUAL_MINIMUM,
            time=duration(forecast.seconds, texts),
        )
        go = Button(label=texts.format("retrain-go"), data=f"work:go:{wish_data(wish)}")
        leave = Button(label=texts.format("retrain-leave"), data="work:leave:")
        return Notice(text=text, rows=((go, leave), *rows))
    return Notice(text=texts.error(forecast), rows=rows)


def job_notice(job: "Job", texts: "Texts") -> Notice:
    """Say how far a retrain is, or why it came to nothing."""
    if job.state is JobState.CANCELLED:
        return Notice(text=texts.format("retrain-cancelled"))
    if (fault := retrain_job.fault_of(job)) is not None:
        return Notice(text=f"{texts.format('retrain-failed')}\n{texts.error(fault)}")
    if job.stop_asked:
        return Notice(text=texts.format("retrain-stopping", time=clock(job.started)), job=job.id)
    head = texts.format("retrain-runs", time=clock(job.started), percent=round(job.progress * 100))
    cancel = Button(label=texts.format("retrain-cancel"), data=f"work:cancel:{job.id}")
    return Notice(text="\n".join([head, *_progress(job, texts)]), rows=((cancel,),), job=job.id)


def comparison_notice(comparison: "Comparison", texts: "Texts", *, serves: bool, picture: bytes) -> Notice:
    """Say what a generation was worth beside the one before, with buttons to decide otherwise."""
    name = comparison.generation
    head = texts.format("retrain-serves" if serves else "retrain-kept", generation=name)
    lines = [
        texts.format(f"retrain-measure-{measure.regime}", number=place, asked=measure.asked)
        for place, measure in enumerate(comparison.measures, start=1)
    ]
    verdict = texts.format("retrain-worse") if comparison.is_worse else texts.format("retrain-not-worse")
    return Notice(
        text="\n".join([head, verdict, *lines]),
        table="\n".join(
            _row(place, measure, texts) for place, measure in enumerate(comparison.measures, start=1)
        ),
        rows=(_back(name, texts) if serves else _decide(name, texts),),
        picture=picture,
    )


def list_notice(lines: "Sequence[Line]", texts: "Texts", *, shipped: str) -> Notice:
    """List the last of `lines`, the shipped one and what serves, with buttons for those that do not."""
    fixed = {line.id for line in lines if line.serves or line.id == shipped}
    others = [line.id for line in lines if line.id not in fixed]
    chosen = fixed.union(others[len(fixed) - LISTED :])
    shown = [line for line in lines if line.id in chosen]
    rows = [_choose(line.id, texts, may_go=line.id != shipped) for line in shown if not line.serves]
    said = [_line(line, texts) for line in shown]
    return Notice(text="\n".join([texts.format("generations-list"), *said]), rows=tuple(rows))


def drop_notice(generation: str, texts: "Texts") -> Notice:
    """Ask whether a generation is really to go."""
    yes = Button(
        label=texts.format("generations-discard", generation=generation), data=f"work:discard:{generation}"
    )
    no = Button(label=texts.format("retrain-leave"), data="work:list:")
    return Notice(text=texts.format("generations-drop", generation=generation), rows=((yes, no),))


def back_notice(current: str, texts: "Texts") -> Notice:
    """Ask whether the generation before shall serve again."""
    leave = Button(label=texts.format("retrain-leave"), data="work:leave:")
    text = texts.format("rollback-ask", generation=current)
    return Notice(text=text, rows=((*_back(current, texts), leave),))


def promotion_notice(job: int, generation: str, share: float, *, texts: "Texts") -> Notice:
    """Say how far a generation is on its way to serve."""
    return Notice(
        text=texts.format("promote-runs", generation=generation, percent=round(share * 100)), job=job
    )


def lost_promotion_notice(job: "Job", generation: str, texts: "Texts") -> Notice:
    """Say why another generation goes on serving; one that was only interrupted may be tried again."""
    return _lost("promote-failed", job, generation, texts=texts)


def discarding_notice(job: int, generation: str, texts: "Texts") -> Notice:
    """Say that a generation is being removed."""
    return Notice(text=texts.format("discard-runs", generation=generation), job=job)


def discarded_notice(job: "Job", generation: str, texts: "Texts") -> Notice:
    """Say how the removal of a generation stands, or what came of it."""
    if job.state is JobState.RUNNING:
        return discarding_notice(job.id, generation, texts)
    if job.state is JobState.DONE:
        return Notice(text=texts.format("generations-gone", generation=generation))
    return _lost("discard-failed", job, generation, texts=texts)


def duration(seconds: float, texts: "Texts") -> str:
    """Say about how long something takes."""
    minutes = max(round(timedelta(seconds=seconds) / timedelta(minutes=1)), 1)
    if minutes < 90:  # noqa: PLR2004  from here on hours say it better
        return texts.format("time-minutes", count=minutes)
    return texts.format("time-hours", count=round(minutes / 60, 1))


def _lost(key: str, job: "Job", generation: str, *, texts: "Texts") -> Notice:
    head = texts.format(key, generation=generation)
    fault = retrain_job.fault_of(job) if "fault" in job.figures else None
    return Notice(text="\n".join([head, *([texts.error(fault)] if fault else [])]))


def _choices(wish: Wish, texts: "Texts") -> tuple[tuple[Button, ...], ...]:
    minimum = wish.minimum or USUAL_MINIMUM
    inits = [(texts.format(f"retrain-init-{each}"), (each, wish.quick, minimum)) for each in INITS]
    paces = [
        (texts.format("retrain-quick"), (wish.init, True, minimum)),
        (texts.format("retrain-full"), (wish.init, False, minimum)),
    ]
    minima = [(texts.format("retrain-minimum", count=each), (wish.init, wish.quick, each)) for each in MINIMA]
    chosen = (wish.init, wish.quick, minimum)
    rows = enumerate((inits, paces, minima))
    return tuple(
        tuple(_choice(label, to, row=row, chosen=chosen) for label, to in each) for row, each in rows
    )


def _choice(label: str, to: tuple[str, bool, int], *, row: int, chosen: tuple[str, bool, int]) -> Button:
    """Make a button for another wish; what is chosen stands in each row, and no two may carry the same."""
    init, quick, minimum = to
    data = f"work:wish:{wish_data(Wish(init=init, quick=quick, minimum=minimum))}.{row}"
    return Button(label=f"✓ {label}" if to == chosen else label, data=data)


def _progress(job: "Job", texts: "Texts") -> list[str]:
    figures = job.figures
    lines = [texts.format(f"retrain-stage-{figures.get('stage', 'collect')}")]
    if "epoch" in figures:
        values = {name: figures[name] for name in ("epoch", "epochs")}
        lines.append(texts.format("retrain-epoch", loss=f"{float(figures['loss']):.2f}", **values))
    if "score" in figures:
        lines.append(texts.format("retrain-score", percent=f"{float(figures['score']):.1%}"))
    if left := int(figures.get("left", 0)):
        lines.append(texts.format("retrain-left", time=duration(left, texts)))
    return lines


def _row(place: int, measure: "Measure", texts: "Texts") -> str:
    values = {"before": f"{measure.before:.1%}", "after": f"{measure.after:.1%}"}
    interval = f"{measure.low:+.1%} … {measure.high:+.1%}"
    return texts.format("retrain-row", number=place, interval=interval, **values)


def _line(line: "Line", texts: "Texts") -> str:
    if line.fault is not None:
        return f"⚠ {texts.error(line.fault)}"
    made = f"{line.created:%Y-%m-%d}" if line.created else "–"
    sign = "●" if line.serves else "○"
    return texts.format("generations-line", sign=sign, generation=line.id, made=made, artists=line.artists)


def _choose(name: str, texts: "Texts", *, may_go: bool) -> tuple[Button, ...]:
    serve = Button(label=texts.format("generations-serve", generation=name), data=f"work:promote:{name}")
    drop = Button(label=texts.format("retrain-discard"), data=f"work:drop:{name}")
    return (serve, drop) if may_go else (serve,)


def _decide(name: str, texts: "Texts") -> tuple[Button, ...]:
    return (
        Button(label=texts.format("retrain-promote"), data=f"work:promote:{name}"),
        Button(label=texts.format("retrain-discard"), data=f"work:discard:{name}"),
    )


def _back(name: str, texts: "Texts") -> tuple[Button, ...]:
    return (Button(label=texts.format("rollback-go"), data=f"work:back:{name}"),)
