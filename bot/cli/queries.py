"""Commands that ask: `similar`, `like` and `embed`."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from bot.cli.context import Context, clean, pass_context
from bot.cli.opening import open_catalogue
from bot.cli.output import print_answer, print_candidates
from storage.errors import PictureError, WebtoonNotFound

if TYPE_CHECKING:
    from bot.service import Service
    from storage.answers import Answer
    from storage.records import StoredWebtoon

MOST_STDIN_BYTES = 1 << 28
MOST_CANDIDATES = 20

top_option = click.option(
    "--top", type=click.IntRange(1, 100), default=10, show_default=True, help="How many webtoons."
)
id_option = click.option(
    "--id", "is_id", is_flag=True, help="TITLE is a webtoon's id, as the list of candidates shows it."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.command()
@click.argument("pictures", nargs=-1, required=True, metavar="PICTURE...", type=click.Path(allow_dash=True))
@top_option
@json_option
@click.option(
    "--sheet", type=click.Path(path_type=Path, dir_okay=False), help="Draw the answer as a PNG here too."
)
@pass_context
def similar(
    context: Context, *, pictures: Sequence[str], top: int, as_json: bool, sheet: Path | None
) -> None:
    """Find the webtoons drawn most like PICTURE.

    Several pictures count as one artist's.  "-" reads a picture from standard input.

    Without a terminal each match is a line of rank, score, title, artists, platform, episode and link,
    parted by tabs, after remarks that start with "#".
    """
    data = [read_picture(picture) for picture in pictures]
    answer, drawn = asyncio.run(_similar(context, pictures, data=data, top=top, draw=sheet is not None))
    if sheet is not None:
        from bot.files import write_file  # noqa: PLC0415  only here

        write_file(sheet, drawn)
    _print(context, answer, as_json=as_json)


@click.command()
@click.argument("title")
@id_option
@top_option
@json_option
@pass_context
def like(context: Context, *, title: str, is_id: bool, top: int, as_json: bool) -> None:
    """Find the webtoons drawn most like the one called TITLE.

    A part of the title is enough when only one webtoon has it; otherwise the candidates are listed.
    """
    check_id(title, is_id=is_id)
    found = asyncio.run(_like(context, title, is_id=is_id, top=top))
    if isinstance(found, list):
        list_candidates(context, found, title=title)
    _print(context, found, as_json=as_json)


@click.command(short_help="Write the vectors of a folder's pictures.")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The .npz file to write: `names` (relative paths) and `vectors` (float32, unit length).",
)
@pass_context
def embed(context: Context, *, folder: Path, out: Path) -> None:
    """Write the style vectors of all pictures in FOLDER, for analyses of your own.

    Files that are no pictures are listed and skipped.
    """
    from bot import folder_vectors  # noqa: PLC0415  only here

    with context.progress() as report:
        done = asyncio.run(folder_vectors.embed_folder(context.settings, folder, out=out, report=report))
    for skipped in done.skipped:
        context.note(f"skipped {skipped.name}: {context.texts.error(skipped.error)}")
    context.note(
        f"{done.pictures} pictures, {len(done.skipped)} skipped, {done.dimensions} numbers each: {out}"
    )


async def _similar(
    context: Context, names: Sequence[str], *, data: Sequence[bytes], top: int, draw: bool
) -> "tuple[Answer, bytes]":
    async with open_catalogue(context) as service:
        try:
            answer = await service.similar(data, top=top)
        except PictureError as error:
            await _name_faulty(context, service, names=names, data=data, error=error)
            raise
        return answer, await service.sheet(answer, pictures=data) if draw else b""


async def _name_faulty(
    context: Context, service: "Service", *, names: Sequence[str], data: Sequence[bytes], error: PictureError
) -> None:
    """Name the picture that spoiled a query of several."""
    place = await service.first_faulty(data) if len(data) > 1 else None
    if place is not None:
        raise click.ClickException(f"{clean(names[place])}: {context.texts.error(error)}") from error


async def _like(context: Context, title: str, *, is_id: bool, top: int) -> "Answer | list[StoredWebtoon]":
    async with open_catalogue(context) as service:
        chosen = await called(service, title, is_id=is_id)
        return await service.like(chosen, top=top) if isinstance(chosen, int) else chosen


async def called(service: "Service", title: str, *, is_id: bool) -> "int | list[StoredWebtoon]":
    """Find the id of the webtoon called so, or the candidates where several are; raises WebtoonNotFound."""
    if is_id:
        return int(title)
    found = await service.search(title, limit=MOST_CANDIDATES)
    exact = [stored for stored in found if stored.webtoon.title.casefold() == title.strip().casefold()]
    chosen = exact or found
    if not chosen:
        raise WebtoonNotFound(title=title)
    return chosen[0].id if len(chosen) == 1 else chosen


def _print(context: Context, answer: "Answer", *, as_json: bool) -> None:
    if as_json:
        from bot.cli.as_json import answer_json  # noqa: PLC0415  only here

        click.echo(answer_json(answer))
    else:
        print_answer(answer, texts=context.texts)


def check_id(title: str, *, is_id: bool) -> None:
    """Refuse a TITLE that should be an id and is none."""
    if is_id and not title.isdecimal():
        raise click.BadParameter(f"{clean(title)!r} is not an id", param_hint="TITLE")


def list_candidates(context: Context, found: "Sequence[StoredWebtoon]", *, title: str) -> NoReturn:
    """List the webtoons that a TITLE may mean, and end."""
    context.note(f"{len(found)} webtoons fit “{title}”; name one exactly, or give its id with --id:")
    print_candidates(found)
    raise click.exceptions.Exit(1)


def read_picture(picture: str) -> bytes:
    """Read a file, or standard input for "-"."""
    if picture == "-":
        return sys.stdin.buffer.read(MOST_STDIN_BYTES)
    try:
        return Path(picture).read_bytes()
    except OSError as error:
        raise click.FileError(clean(picture), hint=error.strerror or "cannot be read") from error
