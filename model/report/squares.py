"""The square charts of a report: reliability and confusions."""

from collections.abc import Sequence

from model.evaluation_records import Confusion, Reliability
from model.report.marks import Markup, line, svg, tag, text
from model.report.tables import TITLES

_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def reliability(found: Reliability) -> Markup:
    """Draw confidence against how often it was right; the dots are as large as their queries are many."""
    side, left, top = 300.0, 46.0, 12.0
    whole = max(sum(one.queries for one in found.bins), 1)
    drawn = [line(left + side * t, top, left + side * t, top + side, class_="grid") for t in _TICKS]
    drawn += [line(left, top + side * t, left + side, top + side * t, class_="grid") for t in _TICKS]
    drawn += [
        text(left + side * t, top + side + 18, f"{t:.0%}", anchor="middle", class_="tick") for t in _TICKS
    ]
    drawn += [
        text(left - 6, top + side * (1 - t) + 4, f"{t:.0%}", anchor="end", class_="tick") for t in _TICKS
    ]
    drawn.append(line(left, top + side, left + side, top, class_="diagonal"))
    points = [
        (left + side * one.confidence, top + side * (1 - one.accuracy), one)
        for one in found.bins
        if one.queries
    ]
    drawn += [line(x, top + side * (1 - one.confidence), x, y, class_="gap") for x, y, one in points]
    drawn += [
        tag(
            "circle",
            tag("title", f"said {one.confidence:.0%}, right {one.accuracy:.0%} of {one.queries}"),
            cx=x,
            cy=y,
            r=3 + 12 * (one.queries / whole) ** 0.5,
            class_="dot ours",
        )
        for x, y, one in points
    ]
    drawn.append(text(left + side / 2, top + side + 38, "how sure it was", anchor="middle"))
    drawing = svg(
        left + side + 16, top + side + 46, *drawn, label="Reliability: how sure against how often right"
    )
    return tag(
        "figure",
        drawing,
        tag("figcaption", f"{TITLES[found.regime][0]}, {found.method}: how often it was right"),
        class_="narrow",
    )


def confusion(found: Confusion) -> Markup:
    """Draw whom the method took for whom, a row for each right artist."""
    count = len(found.artists)
    cell = max(9.0, min(24.0, 620 / max(count, 1)))
    left, top = 130.0, 118.0
    drawn = []
    for row, (name, counts) in enumerate(zip(found.artists, found.counts, strict=True)):
        y, total = top + row * cell, max(sum(counts), 1)
        drawn.append(text(left - 7, y + cell * 0.72, name, anchor="end", class_="name"))
        drawn.append(
            tag(
                "text",
                name,
                transform=f"translate({left + (row + 0.72) * cell:.1f} {top - 7:.0f}) rotate(-60)",
                class_="name",
            )
        )
        drawn += [
            _cell(
                found.artists,
                counts,
                row=row,
                column=column,
                box=(left + column * cell, y, cell),
                total=total,
            )
            for column in range(count)
            if counts[column]
        ]
    field = tag("rect", x=left, y=top, width=cell * count, height=cell * count, class_="field")
    side = cell * count
    drawing = svg(
        left + side + 60,
        top + side + 8,
        field,
        *drawn,
        label="Confusion matrix: rows are right, columns what was said",
    )
    caption = f"{TITLES[found.regime][0]}, {found.method}: rows are the right artists, columns what was said"
    return tag("figure", drawing, tag("figcaption", caption))


def _cell(
    artists: Sequence[str],
    counts: Sequence[int],
    *,
    row: int,
    column: int,
    box: tuple[float, float, float],
    total: int,
) -> Markup:
    said = f"{artists[row]} → {artists[column]}: {counts[column]} of {total}"
    x, y, side = box
    return tag(
        "rect",
        tag("title", said),
        x=x + 0.5,
        y=y + 0.5,
        width=side - 1,
        height=side - 1,
        class_="right" if row == column else "wrong",
        fill_opacity=0.12 + 0.88 * counts[column] / total,
    )
