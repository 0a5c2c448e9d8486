"""The tables of a report: scores by regime, strangers, methods, the set."""

from collections.abc import Sequence

from model.evaluation_records import Evaluation, Figure, Method, OpenSet, Regime, Score, Strangers
from model.report.marks import Markup, duration, join, percent, tag

TITLES = {
    Regime.IMAGES: (
        "E0",
        "Random pictures",
        "Taken out at random, as in 2020; episodes of one webtoon on both sides.",
    ),
    Regime.EPISODES: ("E1", "Unseen episodes", "The last fifth of each webtoon, with a gap before it."),
    Regime.WEBTOONS: (
        "E2",
        "Unseen webtoons",
        "Another work of an artist who was learned from; sequels removed.",
    ),
    Regime.ARTISTS: (
        "E3",
        "Unseen artists",
        "Never trained on: known by a few thumbnails, asked with another work.",
    ),
}
AGAINST = {
    Strangers.ARTISTS: "Unknown artists",
    Strangers.IMPOSTORS: "No drawings",
}
ENROLLED = 10


def score_tables(evaluation: Evaluation) -> Markup:
    """Write a table for each regime, the best figure of each column marked."""
    return join([_regime(evaluation, regime) for regime in Regime if _plain(evaluation, regime)])


def heading(regime: Regime) -> Markup:
    """Write what a regime is called."""
    name, title, _ = TITLES[regime]
    return tag("h3", tag("span", name, class_="regime"), f" {title}")


def _regime(evaluation: Evaluation, regime: Regime) -> Markup:
    meaning = TITLES[regime][2]
    scores = _plain(evaluation, regime)
    if regime is Regime.ARTISTS:
        meaning += (
            f" This table: {scores[0].enrolled} thumbnails each; top-1, top-5, grey and five are a choice"
            f" among the {scores[0].artists} new artists."
        )
    last = "Top-1 among all" if regime is Regime.ARTISTS else "ECE told"
    head = (
        "Method",
        "Queries",
        "Top-1",
        "Top-5",
        "mAP@10",
        "R@1",
        "R@10",
        "ECE",
        "NLL",
        "Grey",
        "Five",
        last,
    )
    best = max(score.top1.value for score in scores)
    rows = [_score(evaluation, score, is_best=score.top1.value == best) for score in scores]
    return tag(
        "section",
        heading(regime),
        tag("p", meaning, class_="meaning"),
        table(head, rows),
        *([_enrolments(evaluation)] if regime is Regime.ARTISTS else []),
    )


def _score(evaluation: Evaluation, score: Score, *, is_best: bool) -> Markup:
    figures = (score.top5, score.map10, score.recall1, score.recall10)
    return tag(
        "tr",
        _name(evaluation, score.method),
        tag("td", f"{score.queries:,}"),
        _barred(score.top1),
        *(_with_interval(figure) for figure in figures),
        _with_interval(score.ece),
        _nats(score.nll),
        tag("td", _other(evaluation, score, grey=True, pictures=1)),
        tag("td", _other(evaluation, score, grey=False, pictures=5)),
        _with_interval(score.told if score.among_all is None else score.among_all),
        class_="best" if is_best else None,
    )


def _barred(figure: Figure) -> Markup:
    """Write the main figure over a bar of its length, with its interval."""
    bar = tag("i", class_="bar", style=f"--share:{figure.value:.4f}")
    return tag("td", bar, tag("b", percent(figure.value)), tag("small", _interval(figure)), class_="main")


def _interval(figure: Figure) -> str:
    return f"{percent(figure.low)}–{percent(figure.high)}"


def _with_interval(figure: Figure | None) -> Markup:
    return tag("td", "–") if figure is None else tag("td", percent(figure.value), title=_interval(figure))


def _nats(figure: Figure | None) -> Markup:
    if figure is None:
        return tag("td", "–")
    interval = f"{max(figure.low, 0):.2f}–{max(figure.high, 0):.2f}"
    return tag("td", f"{max(figure.value, 0):.2f}", title=interval)


def _other(evaluation: Evaluation, score: Score, *, grey: bool, pictures: int) -> str:
    """Find the top-1 of the same method on grey copies, or with several pictures in a query."""
    for other in evaluation.scores:
        same = (other.method, other.regime, other.enrolled) == (score.method, score.regime, score.enrolled)
        if same and (other.grey, other.pictures) == (grey, pictures):
            return percent(other.top1.value)
    return "–"


def _enrolments(evaluation: Evaluation) -> Markup:
    """Write how a method grows with the number of thumbnails that an artist is known by."""
    scores = [
        score
        for score in evaluation.scores
        if score.regime is Regime.ARTISTS and not score.grey and score.pictures == 1
    ]
    numbers = sorted({score.enrolled for score in scores if score.enrolled is not None})
    found = {(score.method, score.enrolled): percent(score.top1.value) for score in scores}
    methods = dict.fromkeys(score.method for score in scores)
    rows = [
        tag("tr", _name(evaluation, method), *(tag("td", found.get((method, k), "–")) for k in numbers))
        for method in methods
    ]
    head = ("Top-1 among the new by thumbnails of each", *(str(number) for number in numbers))
    return table(head, rows) if len(numbers) > 1 else join([])


def _plain(evaluation: Evaluation, regime: Regime) -> list[Score]:
    """Choose the scores in colour with one picture, of artists known by ten thumbnails or next to it."""
    scores = [s for s in evaluation.scores if s.regime is regime and not s.grey and s.pictures == 1]
    known = {score.enrolled for score in scores if score.enrolled is not None}
    chosen = min(known, key=lambda number: abs(number - ENROLLED), default=None)
    return [score for score in scores if score.enrolled == chosen]


def stranger_table(evaluation: Evaluation) -> Markup:
    """Write how well strangers are told apart, in colour and grey."""
    found = {(one.method, one.against, one.grey): one for one in evaluation.open_sets}
    kinds = sorted({(one.against, one.grey) for one in evaluation.open_sets})
    head = [f"{AGAINST[against]}{', grey' if grey else ''}" for against, grey in kinds]
    rows = [
        tag(
            "tr",
            _name(evaluation, method),
            *(_told_apart(found.get((method, against, grey))) for against, grey in kinds),
        )
        for method in dict.fromkeys(one.method for one in evaluation.open_sets)
    ]
    return table(("Method", *head), rows)


def _told_apart(one: OpenSet | None) -> Markup:
    if one is None:
        return tag("td", "–")
    return tag(
        "td",
        tag("b", percent(one.auroc.value)),
        tag("small", f" / {percent(one.fpr95.value)}", class_="faint"),
        title=f"{_interval(one.auroc)} / {_interval(one.fpr95)}",
    )


def method_table(evaluation: Evaluation) -> Markup:
    """Write how each method was made."""
    return table(
        ("Method", "Training", "Epochs", "Per epoch", "Views", "Weights", "Hubness"),
        [_method(evaluation, method) for method in evaluation.methods],
    )


def _method(evaluation: Evaluation, method: Method) -> Markup:
    name = _name(evaluation, method.name)
    if method.fault:
        return tag("tr", name, tag("td", method.fault, colspan=6, class_="words"))
    each = sum(epoch.seconds for epoch in method.epochs) / max(len(method.epochs), 1)
    return tag(
        "tr",
        name,
        tag(
            "td",
            duration(method.seconds) if method.trained else "none",
            class_=None if method.trained else "faint",
        ),
        tag("td", str(len(method.epochs)) if method.epochs else "–"),
        tag("td", duration(each) if method.epochs else "–"),
        tag("td", f"{method.views:,}" if method.views else "–"),
        tag("td", "–" if method.parameters is None else f"{method.parameters:,}"),
        tag("td", "–" if method.hubness is None else f"{method.hubness:.2f}"),
    )


def part_table(evaluation: Evaluation) -> Markup:
    """Write how the set was divided."""
    rows = [
        tag(
            "tr",
            tag("th", part.name.replace("_", " "), scope="row"),
            *(tag("td", f"{count:,}") for count in (part.artists, part.webtoons, part.pictures)),
        )
        for part in evaluation.parts
    ]
    return table(("Part", "Artists", "Webtoons", "Pictures"), rows)


def table(head: Sequence[str], rows: Sequence[Markup]) -> Markup:
    """Write a table that scrolls sideways where the window is narrow."""
    cells = [tag("th", name, scope="col") for name in head]
    return tag(
        "div",
        tag("table", tag("thead", tag("tr", *cells)), tag("tbody", *rows)),
        class_="scroll",
        tabindex="0",
    )


def _name(evaluation: Evaluation, method: str) -> Markup:
    return tag("th", method, scope="row", class_="ours" if method == evaluation.main else None)
