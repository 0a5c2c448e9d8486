"""Bring a source's new webtoons, episodes and thumbnails into the catalogue."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from scraper import bringing
from scraper.bringing import Run
from scraper.drift import Watch, check_list, check_news, save_body
from scraper.errands import Errand, plan_round
from scraper.recording import recorded
from scraper.report import Progress, RefreshReport, Skipped, Tally
from scraper.series import join_series
from scraper.sources import Source
from scraper.sources.listing import Listing
from storage import artists, catalogue, pictures, visits
from storage.database import Connection, connect, transaction
from storage.errors import (
    BudgetSpent,
    Gated,
    NotThere,
    RunEnded,
    ShapeChanged,
    SourceError,
)
from storage.records import Picture, Visited
from storage.values import title_of

# As many thumbnails of an artist are enough to be trained on; see model/collect.py.
_TRAINABLE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How far a run shall go: at most `limit` webtoons, or for some `minutes`.

    With `only`, just webtoons whose title contains it; with `artists_min`, until so many artists have
    enough thumbnails to be trained on.
    """

    limit: int | None = None
    minutes: float | None = None
    only: str = ""
    artists_min: int | None = None


class Asked(Protocol):
    """What knows the requests of a run, and the `latest` answer that was no picture."""

    @property
    def requests(self) -> Mapping[str, int]:
        """How many requests each origin got."""
        ...

    @property
    def latest(self) -> bytes:
        """The body that a source looked at last."""
        ...


_ALL = Wishes()


async def refresh(  # noqa: PLR0913  each is a choice of its own
    source: Source,
    database: Path,
    *,
    inspect: Callable[[bytes], Picture],
    progress: Callable[[Progress], None] | None = None,
    who: str = "",
    dry_run: bool = False,
    wishes: Wishes = _ALL,
    asked: Asked | None = None,
    evidence: Path | None = None,
    now: datetime | None = None,
) -> RefreshReport:
    """Fetch what the prepared `database` lacks of `source`; nothing that is there is fetched again.

    `inspect` checks a thumbnail's bytes, in a thread; `who` goes into the job's record.  A thumbnail
    that cannot be had is skipped with its reason and tried again by the next run.  A run that is
    killed leaves whole transactions, and the next one continues.  The first `progress` names the job.
    With `dry_run` no thumbnail is fetched and nothing written.

    Where the platform has changed its interface, or ends the run in another way, what is there is kept,
    and the report's `ended` says so; the body that shows the change is outlined in the folder `evidence`.

    Raises `AlreadyRunning`, `Stopped`, `StorageError`, and `SourceError` or `FolderError` when the source
    cannot list its webtoons; the job is then recorded as failed.
    """
    tally = Tally(source=source.platform)

    def tell() -> None:
        if asked is not None:
            tally.requests = asked.requests
        if progress is not None:
            progress(tally.progress())

    def run(connection: Connection) -> Run:
        return Run(
            source=source,
            connection=connection,
            inspect=inspect,
            tally=tally,
            tell=tell,
            started=now or datetime.now(UTC),
            dry=dry_run,
            watch=Watch(),
            thumbnails=Watch(),
        )

    if dry_run:
        async with connect(database, read_only=True) as connection:
            await _go(run(connection), wishes)
            _keep_evidence(tally, asked, folder=None)
    else:
        async with connect(database) as connection, recorded(connection, database, tally=tally, who=who):
            tell()
            await _go(run(connection), wishes)
            _keep_evidence(tally, asked, folder=evidence)
    return tally.report(dry_run=dry_run)


def _keep_evidence(tally: Tally, asked: Asked | None, *, folder: Path | None) -> None:
    """Take the last counts, and what a changed interface said last."""
    if asked is None:
        return
    tally.requests = asked.requests
    if isinstance(tally.ended, ShapeChanged) and folder is not None:
        tally.evidence = save_body(folder, tally.ended, body=asked.latest, now=datetime.now(UTC))


async def _go(run: Run, wishes: Wishes) -> None:
    try:
        listed = await run.source.webtoons()
    except (ShapeChanged, BudgetSpent) as error:
        run.tally.ended, listed = error, []
    run.tally.listed = len(listed)
    held = {
        visited.platform_id: visited
        for visited in await visits.list_visited(run.connection, run.source.platform)
    }
    if run.source.lists_all and run.tally.ended is None:
        run.tally.ended = check_list(listed, held, platform=run.source.platform)
    if run.tally.ended is None:
        await _visit_all(run, listed, held=held, wishes=wishes)
    if not run.dry:
        await _tidy(run)


async def _visit_all(
    run: Run, listed: Sequence[Listing], *, held: Mapping[str, Visited], wishes: Wishes
) -> None:
    """Ask about everything that may have changed, as far as the wishes go."""
    chosen = [listing for listing in listed if title_of(wishes.only) in title_of(listing.webtoon.title)]
    lists_all = run.source.lists_all and not wishes.only
    planned = plan_round(chosen, held, now=run.started, lists_all=lists_all)
    run.tally.gated += planned.gated
    if not run.dry:
        async with transaction(run.connection):
            seen = [visited.webtoon_id for visited in planned.unchanged]
            await visits.mark_seen(run.connection, seen, seen=run.started)
    errands = [*planned.errands[: wishes.limit]]
    run.tally.total = len(errands) + len(planned.missed)
    run.tally.left = len(planned.errands) - len(errands)
    for errand in _until(run, errands, wishes=wishes):
        await _visit(run, errand)
        if await _has_enough(run, wishes):
            run.tally.left += run.tally.total - run.tally.done
            return
    for visited in planned.missed:
        if run.tally.ended is None:
            await _look_up(run, visited)
    run.tally.ended = run.tally.ended or run.watch.sum_up(asked=run.tally.done)
    if lists_all and not run.tally.left:
        await _check_news(run, listed)


def _until(run: Run, errands: Sequence[Errand], *, wishes: Wishes) -> Iterator[Errand]:
    """Give one errand after the other, until the run has ended or its time is over."""
    end = None if wishes.minutes is None else datetime.now(UTC) + timedelta(minutes=wishes.minutes)
    for place, errand in enumerate(errands):
        if run.tally.ended is not None or (end is not None and datetime.now(UTC) > end):
            run.tally.left += len(errands) - place
            return
        yield errand


async def _has_enough(run: Run, wishes: Wishes) -> bool:
    if wishes.artists_min is None:
        return False
    counts = await artists.count_thumbnails(run.connection)
    return sum(1 for count in counts if count.thumbnails >= _TRAINABLE) >= wishes.artists_min


async def _visit(run: Run, errand: Errand) -> None:
    webtoon = errand.listing.webtoon
    run.tally.begin(webtoon.title)
    run.tell()
    try:
        held = await bringing.look(run, webtoon)
        visit = await run.source.visit(errand.listing, known=held.known(whole=errand.whole))
    except RunEnded as error:
        run.tally.ended = error
        return
    except SourceError as error:
        await _pass_over(run, errand, error)
    else:
        await bringing.bring(run, errand, visit, held=held)
    run.tally.finish()
    run.tell()


async def _pass_over(run: Run, errand: Errand, error: SourceError) -> None:
    """Note why a webtoon was not to be had; what is there of it stays."""
    run.tally.skipped.append(Skipped(what=errand.listing.webtoon.title, error=error))
    if isinstance(error, Gated):
        run.tally.gated += 1
    if isinstance(error, Gated) and errand.listing.gated:
        if not run.dry:
            await bringing.keep_title(run, errand)
    else:
        run.tally.ended = run.watch.note(error, asked=run.tally.done)


async def _look_up(run: Run, visited: Visited) -> None:
    """Ask about a webtoon that is not listed any more: it has finished, rests, or is gone."""
    stored = await catalogue.get_webtoon(run.connection, visited.webtoon_id)
    if stored is None:
        return
    try:
        listing = await run.source.look_up(stored.webtoon)
    except RunEnded as error:
        run.tally.ended = error
    except NotThere:
        run.tally.gone += 1
        if not run.dry:
            async with transaction(run.connection):
                await visits.mark_gone(run.connection, visited.webtoon_id)
    except SourceError as error:
        run.tally.skipped.append(Skipped(what=stored.webtoon.title, error=error))
        run.tally.ended = run.watch.note(error, asked=run.tally.done)
    else:
        await _visit(run, Errand(listing=listing, visited=visited, whole=visited.visited is None))
        return
    run.tally.finish()


async def _check_news(run: Run, listed: Sequence[Listing]) -> None:
    if run.tally.ended is not None or run.tally.new_episodes:
        return
    last = await visits.last_new_episode(run.connection, run.source.platform)
    run.tally.ended = check_news(listed, last=last, now=run.started, platform=run.source.platform)


async def _tidy(run: Run) -> None:
    """Find out what belongs together and what stands in for many, however far the run came."""
    webtoons = await catalogue.list_webtoons(run.connection)
    async with transaction(run.connection):
        for webtoon_id, group in join_series(webtoons).items():
            await catalogue.save_series_group(run.connection, webtoon_id, series_group=group)
        run.tally.placeholders = await pictures.mark_placeholders(run.connection)
