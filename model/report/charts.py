"""The charts of a report: methods side by side, training curves, artists."""

from collections.abc import Sequence

from model.evaluation_records import ArtistScore, Epoch, Evaluation, Method, Regime
from model.report.marks import Markup, join, line, path, percent, svg, tag, text
from model.report.tables import ENROLLED, TITLES, heading

_ROW = 26
_NAMES = 210  # width of the column of names
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def comparison(evaluation: Evaluation) -> Markup:
    """Draw every method's top-1 with its interval, a panel for each regime."""
    methods = [method.name for method in evaluation.methods if not method.fault]
    panels = [regime for regime in Regime if any(score.regime is regime for score in evaluation.scores)]
    width, height = _NAMES + 215 * len(panels), 44 + _ROW * len(methods)
    drawn = [
        text(_NAMES - 14, 57 + _ROW * row, name, anchor="end", class_=_tone(evaluation, name))
        for row, name in enumerate(methods)
    ]
    for place, regime in enumerate(panels):
        left = _NAMES + 215 * place
        drawn.append(text(left, 16, " ".join(TITLES[regime][:2]), class_="heading"))
        drawn += [
            line(left + 190 * tick, 30, left + 190 * tick, height - 2, class_="grid") for tick in _TICKS
        ]
        drawn += [
            text(left + 190 * tick, 28, f"{tick:.0%}".rstrip("%"), anchor="middle", class_="tick")
            for tick in _TICKS
        ]
        drawn += _panel(evaluation, regime, methods=methods, left=left)
    return svg(width, height, *drawn, label="Top-1 of every method in every regime, with 95 % intervals")


def _panel(evaluation: Evaluation, regime: Regime, *, methods: Sequence[str], left: float) -> list[Markup]:
    drawn = []
    for score in evaluation.scores:
        single = score.regime is regime and not score.grey and score.pictures == 1
        if not single or score.enrolled not in (None, ENROLLED) or score.method not in methods:
            continue
        y, figure = 53 + _ROW * methods.index(score.method), score.top1
        tone = _tone(evaluation, score.method)
        dot = tag(
            "circle",
            tag("title", f"{score.method}: {percent(figure.value)}"),
            cx=left + 190 * figure.value,
            cy=y,
            r=5,
            class_=f"dot {tone}",
        )
        drawn += [
            line(left + 190 * figure.low, y, left + 190 * figure.high, y, class_=f"whisker {tone}"),
            dot,
        ]
    return drawn


def curves(evaluation: Evaluation) -> Markup:
    """Draw loss and validation of each training, epoch by epoch."""
    trained = [method for method in evaluation.methods if len(method.epochs) > 1]
    if not trained:
        return tag("p", "Nothing was trained in this run.", class_="meaning")
    legend = tag(
        "p",
        tag("span", tag("i"), "loss"),
        tag("span", tag("i", class_="validation"), "validation, by which the checkpoint was chosen"),
        class_="legend",
    )
    figures = [tag("figure", _curve(method), tag("figcaption", method.name)) for method in trained]
    return join([legend, tag("div", *figures, class_="figures")])


def _curve(method: Method) -> Markup:
    left, top, right, bottom = 44.0, 14.0, 356.0, 176.0
    best = [epoch.validation for epoch in method.epochs if epoch.validation is not None]
    ends = _ends([epoch.loss for epoch in method.epochs])
    last = sum(epoch.seconds for epoch in method.epochs)

    def places(values: Sequence[float | None], low: float, high: float) -> list[tuple[float, float]]:
        step = (right - left) / max(len(values) - 1, 1)
        span = max(high - low, 1e-9)
        return [
            (left + step * place, bottom - (value - low) / span * (bottom - top))
            for place, value in enumerate(values)
            if value is not None
        ]

    drawn = [line(left, y, right, y, class_="grid") for y in (top, (top + bottom) / 2, bottom)]
    drawn += [
        path(places([epoch.loss for epoch in method.epochs], *ends), class_="curve loss"),
        path(places(_validations(method.epochs), 0.0, 1.0), class_="curve validation"),
        text(left - 6, top + 4, f"{ends[1]:.3g}", anchor="end", class_="tick"),
        text(left - 6, bottom + 4, f"{ends[0]:.3g}", anchor="end", class_="tick"),
        text(left, bottom + 18, "epoch 1", class_="tick"),
        text(right, bottom + 18, f"{len(method.epochs)} ({last:.0f} s)", anchor="end", class_="tick"),
    ]
    if best:
        drawn += [
            text(right + 6, top + 4, "100%", class_="tick"),
            text(right + 6, bottom + 4, "0%", class_="tick"),
        ]
    found = f", best validation {max(best):.0%}" if best else ""
    return svg(400, 204, *drawn, label=f"Training of {method.name}: {len(method.epochs)} epochs{found}")


def _validations(epochs: Sequence[Epoch]) -> list[float | None]:
    return [epoch.validation for epoch in epochs]


def _ends(values: Sequence[float]) -> tuple[float, float]:
    return min(values), max(values)


def artists(scores: Sequence[ArtistScore]) -> Markup:
    """Draw each artist's top-1 as a bar, the hardest first, with whom they are taken for."""
    ordered = sorted(scores, key=lambda score: (score.top1, score.artist))
    rows = [
        tag(
            "li",
            tag("span", score.artist, class_="who"),
            tag("span", tag("i", style=f"--share:{score.top1:.4f}"), class_="track"),
            tag("span", f"{score.top1:.0%}", class_="value"),
            tag("span", f"→ {score.mistaken_for}" if score.mistaken_for else "", class_="faint"),
            title=f"{score.queries} queries",
        )
        for score in ordered
    ]
    return tag("ol", *rows, class_="bars")


def artist_sections(evaluation: Evaluation) -> Markup:
    """Write the bars of each regime that has some."""
    by_regime = {
        regime: [score for score in evaluation.artists if score.regime is regime] for regime in Regime
    }
    return join(
        [tag("section", heading(regime), artists(scores)) for regime, scores in by_regime.items() if scores]
    )


def _tone(evaluation: Evaluation, method: str) -> str:
    return "ours" if method == evaluation.main else "other"
