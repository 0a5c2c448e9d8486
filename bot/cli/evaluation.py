"""The command that scores methods by the protocol."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from bot.cli.context import Context, pass_context
from bot.cli.output import print_table

if TYPE_CHECKING:
    from bot.evaluation_job import Evaluation, Figure, Score, Tell

HEADER = (
    "regime",
    "method",
    "queries",
    "top-1",
    "top-5",
    "mAP@10",
    "R@1",
    "R@10",
    "ECE",
    "NLL",
    "told",
    "among all",
    "grey",
    "five",
)
ENROLLED = 10  # thumbnails of each new artist, in the table; the file has the other numbers too
_FOR_TRAINING = {"--quick", "--scratch", "--minimum", "--epochs", "--minutes"}
_SECONDS = 15.0  # between two remarks about the same thing


@click.command()
@click.option("--train", is_flag=True, help="Train and compare the recipe, the original and baselines.")
@click.option("--quick", is_flag=True, help="With --train: on few pictures and hardly trained, as a test.")
@click.option("--generation", help="Whose stored vectors to score; the serving one's unless given.")
@click.option("--scratch", is_flag=True, help="With --train: begin with random weights.")
@click.option(
    "--minimum",
    type=click.IntRange(1),
    default=30,
    show_default=True,
    help="With --train: pictures per artist.",
)
@click.option(
    "--epochs", type=click.IntRange(1), default=3, show_default=True, help="With --train: of the recipe."
)
@click.option(
    "--minutes",
    type=click.FloatRange(0),
    default=15.0,
    show_default=True,
    help="With --train: for each original; three times what the recipe took where that is more.",
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for what is found.")
@pass_context
def evaluate(  # noqa: PLR0913  an argument for each option
    context: Context,
    *,
    train: bool,
    quick: bool,
    generation: str | None,
    scratch: bool,
    minimum: int,
    epochs: int,
    minutes: float,
    out: Path | None,
) -> None:
    """Score how well artists and webtoons are found.

    \b
    e0  pictures held out at random        e1  later episodes of known webtoons
    e2  other webtoons of known artists    e3  new artists, known by ten thumbnails

    Writes evaluation.json and the split into the folder, after each method what is known by then.
    """  # noqa: D301  \b is click's mark for lines to keep
    from bot import evaluation_job  # noqa: PLC0415  `--help` shall not wait for it

    _check_options(train=train)
    wish = evaluation_job.Wish(
        generation=generation,
        train=train,
        quick=quick,
        scratch=scratch,
        minimum=minimum,
        epochs=epochs,
        minutes=minutes,
    )
    folder = out or context.settings.data / "evaluation"
    found = evaluation_job.run(context.settings, wish, out=folder, tell=_teller(context))
    _print(found)
    context.note(f"Everything is in {folder}.")


def _check_options(*, train: bool) -> None:
    """Refuse options that would have no effect."""
    current = click.get_current_context()
    given = {
        parameter.opts[0]
        for parameter in current.command.params
        if parameter.name and current.get_parameter_source(parameter.name) is ParameterSource.COMMANDLINE
    }
    if train and "--generation" in given:
        raise click.UsageError("--generation is for stored vectors; with --train everything is made anew.")
    if not train and given & _FOR_TRAINING:
        raise click.UsageError(f"{', '.join(sorted(given & _FOR_TRAINING))}: only with --train.")


def _teller(context: Context) -> "Tell":
    """Tell what is done and how far it is, but the same thing only now and then."""
    begin = time.monotonic()
    last: dict[str, float] = {}

    def tell(what: str, share: float) -> None:
        now = time.monotonic()
        if share < 1 and now - last.get(what, float("-inf")) < _SECONDS:
            return
        last[what] = now
        context.note(f"{now - begin:6.0f} s  {what} ({share:.0%})")

    return tell


def _print(found: "Evaluation") -> None:
    others = {
        (score.method, score.regime, score.grey, score.pictures): score
        for score in found.scores
        if score.enrolled in (None, ENROLLED)
    }
    single = [score for key, score in others.items() if key[2:] == (False, 1)]
    rows = []
    for score in sorted(single, key=lambda score: score.regime):
        grey = others.get((score.method, score.regime, True, 1))
        five = others.get((score.method, score.regime, False, 5))
        rows.append(_row(score, grey=grey, five=five))
    print_table(HEADER, rows, remarks=_remarks(found))


def _row(score: "Score", *, grey: "Score | None", five: "Score | None") -> tuple[str, ...]:
    return (
        score.regime,
        score.method,
        str(score.queries),
        _share(score.top1),
        *(f"{figure.value:.3f}" for figure in (score.top5, score.map10, score.recall1, score.recall10)),
        _three(score.ece),
        "" if score.nll is None else f"{score.nll.value:.2f}",
        _three(score.told),
        _three(score.among_all),
        _three(grey.top1 if grey else None),
        _three(five.top1 if five else None),
    )


def _three(figure: "Figure | None") -> str:
    return "" if figure is None else f"{figure.value:.3f}"


def _share(figure: "Figure") -> str:
    return f"{figure.value:.3f} [{figure.low:.3f}, {figure.high:.3f}]"


def _remarks(found: "Evaluation") -> list[str]:
    remarks = [f"generation {found.generation}, data and split {found.fingerprint}, {found.seconds:.0f} s"]
    remarks += [
        f"{part.name}: {part.pictures} pictures of {part.webtoons} webtoons by {part.artists} artists"
        for part in found.parts
    ]
    for method in found.methods:
        if method.fault:
            remarks.append(f"{method.name}: {method.fault}")
        elif method.trained:
            each = sum(epoch.seconds for epoch in method.epochs) / max(len(method.epochs), 1)
            remarks.append(
                f"{method.name}: trained {method.seconds:.0f} s, {len(method.epochs)} epochs of {each:.1f} s,"
                f" {method.views} views, {method.parameters} weights"
            )
    remarks += [
        f"{one.method}{' in grey' if one.grey else ''} against {one.against}: "
        f"AUROC {_share(one.auroc)}, FPR@95 {_share(one.fpr95)} ({one.strangers})"
        for one in found.open_sets
    ]
    new = {score.artists for score in found.scores if score.enrolled is not None}
    remarks += [f"e3: top-1 to top-5 among the {count} new artists" for count in sorted(new)]
    hubs = ", ".join(f"{m.name} {m.hubness:.1f}" for m in found.methods if m.hubness is not None)
    return [*remarks, f"hubness: {hubs}"]
