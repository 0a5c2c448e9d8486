"""The command that says why a webtoon is a match."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.context import Context, pass_context
from bot.cli.opening import open_catalogue
from bot.cli.output import print_table
from bot.cli.queries import called, check_id, id_option, json_option, list_candidates, read_picture

if TYPE_CHECKING:
    from bot.texts import Texts
    from storage.answers import Side, Why
    from storage.records import StoredWebtoon


@click.command(short_help="Show why a picture and TITLE are alike.")
@click.argument("picture", type=click.Path(allow_dash=True))
@click.argument("title")
@id_option
@json_option
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Draw where they agree as a PNG here too."
)
@pass_context
def why(context: Context, *, picture: str, title: str, is_id: bool, as_json: bool, out: Path | None) -> None:
    """Show why the webtoon called TITLE is as alike to PICTURE as it is.

    The picture drawn with --out shows, side by side with the webtoon's nearest thumbnail, the three pairs of
    patches that agree most, what each place adds to the similarity (warm) or takes from it (cold), the
    palettes, and how the lines and tones of both compare with the catalogue.
    """
    check_id(title, is_id=is_id)
    data = read_picture(picture)
    found = asyncio.run(_why(context, data, title=title, is_id=is_id, draw=out is not None))
    if isinstance(found, list):
        list_candidates(context, found, title=title)
    said, drawn = found
    if out is not None:
        from bot.files import write_file  # noqa: PLC0415  only here

        write_file(out, drawn)
    _print(said, texts=context.texts, as_json=as_json)


async def _why(
    context: Context, data: bytes, *, title: str, is_id: bool, draw: bool
) -> "tuple[Why, bytes] | list[StoredWebtoon]":
    async with open_catalogue(context) as service:
        chosen = await called(service, title, is_id=is_id)
        if not isinstance(chosen, int):
            return chosen
        said = await service.why([data], webtoon_id=chosen)
        return said, await service.why_sheet(said, pictures=[data]) if draw else b""


def _print(why: "Why", *, texts: "Texts", as_json: bool) -> None:
    if as_json:
        from bot.why_json import why_json  # noqa: PLC0415  only here

        click.echo(why_json(why))
        return
    webtoon = why.match.stored.webtoon
    remarks = [
        f"{texts.format('match-rank', rank=why.match.rank)} · {webtoon.title} · "
        + texts.format("match-episode", episode=why.match.episode),
        texts.format("why-similarity", percent=round(max(why.similarity, 0) * 100)),
        texts.format("why-percentiles", count=why.sample),
        *([] if why.query.heat else [texts.format("why-no-places")]),
    ]
    header = [texts.format(name) for name in ("why-trait", "why-yours", "why-theirs")]
    print_table(header, _rows(why, texts=texts), remarks=remarks)


def _rows(why: "Why", *, texts: "Texts") -> list[tuple[str, str, str]]:
    rows = [
        (
            texts.format(f"trait-{ours.trait}"),
            f"{ours.percentile * 100:.0f}",
            f"{theirs.percentile * 100:.0f}",
        )
        for ours, theirs in zip(why.query.measured, why.thumbnail.measured, strict=True)
    ]
    return [*rows, (texts.format("why-palette"), _palette(why.query), _palette(why.thumbnail))]


def _palette(side: "Side") -> str:
    from bot.why_json import hexadecimal  # noqa: PLC0415  as above

    return " ".join(hexadecimal(tone) for tone in side.palette)
