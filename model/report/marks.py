"""Write HTML and SVG: elements with their attributes, everything else escaped."""

import html
from collections.abc import Sequence

Attribute = str | float | None

_LARGEST = 1.25  # how far a drawing grows with the page


class Markup(str):
    """Text that is markup already, and is not escaped again."""

    __slots__ = ()


def tag(name: str, /, *children: str, **attributes: Attribute) -> Markup:
    """Make an element; `_` ends names that are Python's own words and stands for `-` within others.

    An attribute that is None is left out.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(_text(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{written}>{join(children)}</{name}>")


def join(parts: Sequence[str]) -> Markup:
    """Put parts together, escaping what is plain text."""
    return Markup("".join(part if isinstance(part, Markup) else html.escape(part) for part in parts))


def svg(width: float, height: float, /, *children: str, label: str, class_: str = "chart") -> Markup:
    """Make a drawing that scales with the page; `label` says to screen readers what it shows."""
    return tag(
        "svg",
        *children,
        viewBox=f"0 0 {width:g} {height:g}",
        class_=class_,
        style=f"max-width:{width * _LARGEST:.0f}px",
        role="img",
        aria_label=label,
    )


def line(x1: float, y1: float, x2: float, y2: float, *, class_: str) -> Markup:
    """Make a line of a drawing."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def text(x: float, y: float, content: str, *, class_: str = "label", anchor: str = "start") -> Markup:
    """Write in a drawing."""
    return tag("text", content, x=x, y=y, class_=class_, text_anchor=anchor)


def path(points: Sequence[tuple[float, float]], *, class_: str) -> Markup:
    """Draw a line through points."""
    return tag("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points), class_=class_)


def percent(value: float) -> str:
    """Write a share with one digit behind the point."""
    return f"{value * 100:.1f}"


def duration(seconds: float) -> str:
    """Write a time as people read it."""
    if seconds < 90:  # noqa: PLR2004
        return f"{seconds:.3g} s"
    minutes = seconds / 60
    return f"{minutes:.0f} min" if minutes < 90 else f"{minutes / 60:.1f} h"  # noqa: PLR2004


def _text(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.6g}"
