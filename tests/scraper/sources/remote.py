"""Ask a local platform with the real client, its pace lifted."""

from collections.abc import Mapping, Sequence
from math import inf

from scraper.client import Client, Host, Patience
from scraper.origins import Origins
from scraper.sources import RemoteSource
from scraper.sources.listing import Known, Listing, Visit
from storage.records import Credit, Platform, Role
from tests.platforms.world import Work


def client_of(platform: Platform, origins: Origins, *, headers: Mapping[str, str]) -> Client:
    """Open a client for all hosts of a platform, which tries each address twice at most."""
    every = tuple(dict.fromkeys(filter(None, (origins.api, origins.pages, *origins.images))))
    hosts = [Host(platform=platform, origins=every, pace=1, headers=headers)]
    return Client(hosts, pace=inf, patience=Patience(attempts=2))


async def visit_all(source: RemoteSource) -> dict[str, tuple[Listing, Visit]]:
    """Visit every webtoon that is not gated, by its id."""
    listings = await source.webtoons()
    return {
        listing.webtoon.platform_id: (listing, await source.visit(listing, known=Known()))
        for listing in listings
        if not listing.gated
    }


def credits_of(work: Work) -> set[Credit]:
    """Say who made a work, as the catalogue should have it."""
    roles = ((Role.WRITER, work.writers), (Role.PAINTER, work.painters), (Role.ORIGINAL, work.originals))
    return {Credit(artist=person.name, role=role) for role, people in roles for person in people}


def numbers(visit: Visit) -> Sequence[int]:
    """List the numbers of a visit's episodes."""
    return [episode.number for episode in visit.episodes]
