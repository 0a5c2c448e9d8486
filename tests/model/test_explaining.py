"""Matches with their reasons."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from model.explaining import Explainer
from model.finder import Finder
from storage.answers import Match, Trait, Why
from storage.database import connect
from storage.errors import EmptyFile
from storage.pictures import get_picture
from tests.model.drawings import strip, write
from tests.model.shelf import NEW, picture_of


@pytest.fixture(scope="module")
def explainer(finder: Finder) -> Explainer:
    """Compare with six pictures."""
    return finder.explainer([picture_of(artist, number) for artist in range(3) for number in range(2)])


@pytest.fixture(scope="module")
def match(finder: Finder) -> Match:
    """Find the webtoon most like a picture by artist 1."""
    return finder.find([picture_of(1, NEW)]).matches[0]


@pytest.fixture(scope="module")
def thumbnail(embedded: Path, match: Match) -> bytes:
    """Read its thumbnail."""

    async def read() -> bytes:
        async with connect(embedded, read_only=True) as connection:
            picture = await get_picture(connection, match.picture)
            assert picture is not None
            return picture.data

    return asyncio.run(read())


@pytest.fixture(scope="module")
def why(explainer: Explainer, match: Match, thumbnail: bytes) -> Why:
    """Explain the match to a picture by artist 1."""
    return explainer.explain([picture_of(1, NEW)], match=match, thumbnail=thumbnail)


def test_everything_is_said(why: Why, match: Match) -> None:
    """Both sides have a heat map that adds up, a palette and all traits, and the patches lie inside."""
    assert why.match == match
    assert why.sample == 6
    for side in (why.query, why.thumbnail):
        assert sum(map(sum, side.heat)) == pytest.approx(why.similarity, abs=1e-3)
        assert [one.trait for one in side.measured] == list(Trait)
        assert sum(tone.share for tone in side.palette) > 0.9
    assert len(why.patches) == 3
    for pair in why.patches:
        for area in (pair.query, pair.thumbnail):
            assert 0 <= area.left < area.right <= 1
            assert 0 <= area.top < area.bottom <= 1


def test_the_nearest_of_several_pictures_is_shown(
    explainer: Explainer, match: Match, thumbnail: bytes
) -> None:
    """Among several pictures the one most like the thumbnail explains it."""
    pictures = [picture_of(0, NEW), thumbnail, picture_of(2, NEW)]
    found = explainer.explain(pictures, match=match, thumbnail=thumbnail)
    assert found.picture == 1
    assert found.similarity == pytest.approx(1, abs=1e-3)


def test_the_part_of_a_strip_is_named(explainer: Explainer, match: Match, thumbnail: bytes) -> None:
    """Of a long strip only one part was compared, and it says which."""
    data = write(strip(400, [240, 240, 240, 240]))
    area = explainer.explain([data], match=match, thumbnail=thumbnail).query.area
    assert area.bottom - area.top < 0.3


def test_without_places_the_plain_statistics_remain(
    finder: Finder, match: Match, thumbnail: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A generation that cannot say where it looked still says how alike, and what the eye can check."""
    generation = finder.generation
    turned = replace(generation.manifest, channels=generation.manifest.channels[::-1])
    explainer = finder.explainer([thumbnail])
    monkeypatch.setattr(explainer._encoder, "generation", replace(generation, manifest=turned))
    found = explainer.explain([picture_of(1, NEW)], match=match, thumbnail=thumbnail)
    assert found.query.heat == found.thumbnail.heat == ()
    assert found.patches == ()
    assert found.similarity > 0.3
    assert len(found.query.measured) == len(Trait)


def test_empty_file_is_refused(explainer: Explainer, match: Match, thumbnail: bytes) -> None:
    """A picture that cannot be used says why, as any query."""
    with pytest.raises(EmptyFile):
        explainer.explain([b""], match=match, thumbnail=thumbnail)
