"""Say why a match is one, without a word of any door."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.texts import Texts
    from storage.answers import Why


def looked_lines(why: "Why", texts: "Texts") -> list[str]:
    """Say how alike the two pictures are, and what the marks on them show."""
    marks = ["why-patches", "why-heat"] if why.patches else ["why-no-places"]
    return [texts.format("why-similarity", percent=_percent(why.similarity)), *map(texts.format, marks)]


def trait_lines(why: "Why", texts: "Texts") -> list[str]:
    """Say how much of each trait either picture has, with the marks that the picture bears."""
    pairs = zip(why.query.measured, why.thumbnail.measured, strict=True)
    return [
        f"● {texts.format('why-yours')}  ○ {texts.format('why-theirs')}",
        *(
            f"{texts.format(f'trait-{ours.trait}')}  ● {_percent(ours.percentile)}"
            f"  ○ {_percent(theirs.percentile)}"
            for ours, theirs in pairs
        ),
        texts.format("why-percentiles", count=why.sample),
    ]


def _percent(share: float) -> int:
    return round(max(share, 0.0) * 100)
