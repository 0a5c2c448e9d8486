"""The report: everything that an evaluation found, as one HTML page that needs nothing else."""

from importlib.resources import files

from model.evaluation_records import Evaluation, Figure, Regime, Score
from model.report import charts, pictures, squares, tables
from model.report.marks import Markup, duration, join, percent, tag
from model.report.pictures import CropOf


def render(evaluation: Evaluation, crop_of: CropOf) -> str:
    """Write the page; `crop_of` gives the crop of a row that the evaluation names, or None."""
    sections = [
        ("summary", "", _summary(evaluation)),
        ("scores", "Scores", _scores(evaluation)),
        ("strangers", "Strangers", _strangers(evaluation)),
        ("training", "Training", join([charts.curves(evaluation), tables.method_table(evaluation)])),
        (
            "honesty",
            "Is it as sure as it should be?",
            _each(map(squares.reliability, evaluation.reliabilities)),
        ),
        ("confusions", "Who is taken for whom", _each(map(squares.confusion, evaluation.confusions))),
        ("artists", "Artist by artist", charts.artist_sections(evaluation)),
        ("hardest", "The hardest confusions", pictures.hard_pairs(evaluation, crop_of)),
        ("map", "Style map", _map(evaluation, crop_of)),
        ("made", "How this was made", _made(evaluation)),
    ]
    shown = [(name, title, content) for name, title, content in sections if content]
    links = [tag("a", title, href=f"#{name}") for name, title, _ in shown if title]
    body = [
        tag("section", *([tag("h2", title)] if title else []), content, id=name)
        for name, title, content in shown
    ]
    return _page(evaluation, join([tag("nav", *links, aria_label="Sections"), tag("main", *body)]))


def _page(evaluation: Evaluation, body: Markup) -> str:
    switch = tag(
        "button",
        "◐",
        type="button",
        id="theme",
        title="Switch between light and dark",
        aria_label="Switch between light and dark",
    )
    head = [
        Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup('<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">'),
        tag("title", f"Grimche · Evaluation of {evaluation.generation}"),
        tag("style", Markup(_file("page.css"))),
    ]
    header = tag(
        "header", tag("h1", f"Evaluation of {evaluation.generation}"), tag("p", _when(evaluation)), switch
    )
    script = tag("script", Markup(_file("page.js")))
    page = tag("html", tag("head", *head), tag("body", header, body, script), lang="en")
    return f"<!doctype html>\n{page}\n"


def _file(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _when(evaluation: Evaluation) -> str:
    whole = "" if evaluation.complete else " · not finished"
    day = evaluation.created.strftime("%Y-%m-%d %H:%M UTC")
    return f"{day} · {duration(evaluation.seconds)} · data and split {evaluation.fingerprint}{whole}"


def _summary(evaluation: Evaluation) -> Markup:
    """Write the main method's figures large, each with what it means."""
    tiles = []
    for regime in Regime:
        score = _main_score(evaluation, regime)
        if score is not None:
            name, title, _ = tables.TITLES[regime]
            tiles.append(_tile(f"{name} · {title}", score.top1, meaning=_meaning(evaluation, regime, score)))
    lead = f"{evaluation.main}: how often the right artist comes first (mean over artists, 95 % interval)."
    return join([tag("p", lead, class_="lead"), tag("div", *tiles, class_="tiles")]) if tiles else Markup()


def _tile(title: str, figure: Figure, *, meaning: str) -> Markup:
    return tag(
        "div",
        tag("h3", title),
        tag("p", percent(figure.value), tag("small", "%"), class_="figure"),
        tag("p", f"{percent(figure.low)} to {percent(figure.high)}", class_="faint"),
        tag("p", meaning, class_="meaning"),
        class_="tile",
    )


def _meaning(evaluation: Evaluation, regime: Regime, score: Score) -> str:
    """Compare with the network of 2020, and with the best of all others."""
    others = [
        other
        for other in evaluation.scores
        if (other.regime, other.grey, other.pictures, other.enrolled) == (regime, False, 1, score.enrolled)
        and other.method != evaluation.main
    ]
    rivals = [[other for other in others if other.method.startswith("original")], others]
    best = dict.fromkeys(max(group, key=lambda other: other.top1.value).method for group in rivals if group)
    found = {other.method: other.top1.value for other in others}
    gains = [f"{(score.top1.value - found[method]) * 100:+.1f} against {method}" for method in best]
    return f"{score.queries:,} queries" + (f"; points: {', '.join(gains)}" if gains else "")


def _main_score(evaluation: Evaluation, regime: Regime) -> Score | None:
    for score in evaluation.scores:
        single = (score.method, score.regime, score.grey, score.pictures) == (
            evaluation.main,
            regime,
            False,
            1,
        )
        if single and score.enrolled in (None, tables.ENROLLED):
            return score
    return None


def _scores(evaluation: Evaluation) -> Markup:
    if not evaluation.scores:
        return Markup()
    note = (
        "All figures but NLL are in percent. Top-1 and top-5 are means over artists; mAP@10 and R@ judge the "
        "list of webtoons, in E2 and E3 without those of the query's own series. Grey and five are top-1 on "
        "pictures without colours, and with five pictures in a query. ECE and NLL judge the shares as if a "
        "picture were by one of the artists; a generation is asked as the bot is, and ECE told judges what "
        "the bot tells, with a part left for somebody else. Intervals, some shown where one points: 95 %, "
        "bootstrap over webtoons."
    )
    comparison = tag("div", charts.comparison(evaluation), class_="scroll")
    return join([comparison, tables.score_tables(evaluation), tag("p", note, class_="meaning")])


def _strangers(evaluation: Evaluation) -> Markup:
    if not evaluation.open_sets:
        return Markup()
    note = (
        "AUROC in percent: how often a known artist's picture looks more known than a stranger's. Behind it "
        "FPR@95: how many strangers are taken for known where 95 % of the known are; less is better."
    )
    return join([tables.stranger_table(evaluation), tag("p", note, class_="meaning")])


def _map(evaluation: Evaluation, crop_of: CropOf) -> Markup:
    if not evaluation.style_map:
        return Markup()
    note = "Pictures that were not trained on; what is found alike lies together. Choose an artist below."
    return join([tag("p", note, class_="meaning"), pictures.style_map(evaluation.style_map, crop_of)])


def _made(evaluation: Evaluation) -> Markup:
    tools = ", ".join(f"{tool.name} {tool.version}" for tool in evaluation.tools)
    return join([tables.part_table(evaluation), tag("p", tools, class_="meaning")])


def _each(parts: "map[Markup]") -> Markup:
    drawn = list(parts)
    return tag("div", *drawn, class_="figures") if drawn else Markup()
