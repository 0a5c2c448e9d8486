"""Print answers, candidates and figures: as tables in a terminal, as plain lines elsewhere."""

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from bot.cli.context import clean
from bot.words import duplicates, one_of, shown_artists

if TYPE_CHECKING:
    from bot.texts import Texts
    from storage.answers import Answer, Match
    from storage.records import StoredWebtoon

HEADER = (
    "match-rank-label",
    "score-label",
    "match-title",
    "match-artists",
    "match-platform",
    "match-episode-label",
    "match-link-label",
)


def print_answer(answer: "Answer", *, texts: "Texts") -> None:
    """Print how near the answer is, the likeliest artists and the matches."""
    remarks = [texts.format(f"familiarity-{answer.familiarity}")]
    if shares := _shares(answer, texts=texts):
        remarks.append(f"{texts.format('answer-artists')}: {shares}")
    remarks += duplicates(answer, texts)
    if answer.one_of is not None:
        remarks.append(one_of(answer.one_of, texts))
    rows = [_row(match) for match in answer.matches]
    print_table([texts.format(name) for name in HEADER], rows, remarks=remarks)


def print_candidates(candidates: "Sequence[StoredWebtoon]") -> None:
    """Print webtoons to choose from."""
    rows = [
        (str(stored.id), stored.webtoon.title, ", ".join(stored.webtoon.painters), stored.webtoon.platform)
        for stored in candidates
    ]
    print_table(["id", "title", "artists", "platform"], rows)


def print_table(header: Sequence[str], rows: Iterable[Sequence[str]], *, remarks: Sequence[str] = ()) -> None:
    """Print remarks and rows; without a terminal a remark starts with `# ` and cells are parted by tabs."""
    cleaned = [[clean(cell) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _print_rich(header, cleaned, remarks=[clean(remark) for remark in remarks])
        return
    for remark in remarks:
        click.echo(f"# {clean(remark)}")
    for row in cleaned:
        click.echo("\t".join(row))


def _print_rich(header: Sequence[str], rows: Sequence[Sequence[str]], *, remarks: Sequence[str]) -> None:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415  rich is slow to load
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console()
    for remark in remarks:
        console.print(Text(remark))
    table = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False)
    shown = [place for place in range(len(header)) if any(row[place] for row in rows)]
    for place in shown:
        numeric = all(row[place].replace(".", "").isdecimal() for row in rows)
        table.add_column(header[place], overflow="fold", justify="right" if numeric else "left")
    for row in rows:
        table.add_row(*(Text(row[place]) for place in shown))
    console.print(table)


def _shares(answer: "Answer", *, texts: "Texts") -> str:
    return ", ".join(
        texts.format("answer-artist-share", artist=share.artist, percent=round(share.probability * 100))
        for share in shown_artists(answer.artists)
    )


def _row(match: "Match") -> tuple[str, ...]:
    webtoon = match.stored.webtoon
    return (
        str(match.rank),
        f"{match.score:.3f}",
        webtoon.title,
        ", ".join(webtoon.painters),
        webtoon.platform,
        str(match.episode),
        webtoon.url,
    )
