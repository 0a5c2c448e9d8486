"""The square charts of a report: reliability and confusions."""

from dataclasses import dataclass

from model.evaluation_records import Confusion, Reliability
from model.report.marks import Markup, join, line, svg, tag, text
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


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where a matrix lies in its drawing, and how large its cells are."""

    left: float
    top: float
    cell: float


def confusion(found: Confusion) -> Markup:
    """Draw whom the method took for whom, a row for each right artist."""
    left = 30.0 + 12 * max(map(len, found.artists), default=0)
    frame = _Frame(left, 0.8 * left, max(9.0, min(24.0, 620 / max(len(found.artists), 1))))
    side = frame.cell * len(found.artists)
    drawing = svg(
        left + side + 60,
        frame.top + side + 8,
        tag("rect", x=left, y=frame.top, width=side, height=side, class_="field"),
        *(_names(place, name, frame) for place, name in enumerate(found.artists)),
        *(_counts(found, row, frame) for row in range(len(found.artists))),
        label="Confusion matrix: rows are right, columns what was said",
    )
    caption = f"{TITLES[found.regime][0]}, {found.method}: rows are the right artists, columns what was said"
    return tag("figure", drawing, tag("figcaption", caption))


def _names(place: int, name: str, frame: _Frame) -> Markup:
    """Write an artist before the row and above the column."""
    along = (place + 0.72) * frame.cell
    turned = f"translate({frame.left + along:.1f} {frame.top - 7:.0f}) rotate(-60)"
    beside = text(frame.left - 7, frame.top + along, name, anchor="end", class_="name")
    return join([beside, tag("text", name, transform=turned, class_="name")])


def _counts(found: Confusion, row: int, frame: _Frame) -> Markup:
    """Draw a row's cells, the stronger the more often that was said."""
    counts, whole = found.counts[row], max(sum(found.counts[row]), 1)
    cells = [
        tag(
            "rect",
            tag("title", f"{found.artists[row]} → {found.artists[column]}: {count} of {whole}"),
            x=frame.left + column * frame.cell + 0.5,
            y=frame.top + row * frame.cell + 0.5,
            width=frame.cell - 1,
            height=frame.cell - 1,
            class_="right" if row == column else "wrong",
            fill_opacity=0.12 + 0.88 * count / whole,
        )
        for column, count in enumerate(counts)
        if count
    ]
    return join(cells)
