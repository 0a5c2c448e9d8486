"""A generation in the protocol is judged by what the bot would say."""

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image

from model import generations, served
from model.arrays import UInt8Array
from model.contenders import Reading, Sheet
from model.encoder import Encoder
from model.evaluation_records import Regime
from model.finder import Catalogue, Finder
from model.gallery import open_gallery
from model.generations import Generation
from model.judging import judge
from model.protocol import Part
from storage.answers import Answer
from storage.vectors import VectorTable
from tests.model.drawings import write
from tests.model.materials import make_material
from tests.model.shelf import with_head

MATERIAL = make_material(6, works=2, episodes=12)
TRAINING = MATERIAL.rows(Part.TRAINING)
ASKED = MATERIAL.rows(Part.EPISODES)[:5]


class Known(Encoder):
    """An encoder that knows the rows of a set by the colour of their pictures."""

    def __init__(self, generation: Generation, rows: np.ndarray) -> None:
        self.generation = generation
        self.rows = rows

    def statistics(self, crops: Sequence[UInt8Array]) -> np.ndarray:
        """Return the row whose number the first pixel is."""
        return self.rows[[int(crop[0, 0, 0]) % len(self.rows) for crop in crops]]


def make_rows(generation: Generation) -> np.ndarray:
    """Make rows as a generation's encoder does, by whose the pictures are."""
    random = np.random.default_rng(0)
    hands = random.normal(size=(len(MATERIAL.names), generation.manifest.row))
    noise = random.normal(size=(len(MATERIAL.table), generation.manifest.row))
    return np.abs(hands[MATERIAL.table.artists] + 2 * noise).astype(np.float32)


@pytest.fixture(scope="module")
def generation() -> Generation:
    """Give a generation that was trained on two of the artists."""
    names = tuple(MATERIAL.names[int(artist)] for artist in MATERIAL.known[:2])
    return with_head(generations.starter(), names)


@pytest.fixture(scope="module")
def contender(generation: Generation) -> served.Served:
    """Fit and calibrate the generation to the set."""
    rows = make_rows(generation)
    contender = served.Served("starter")
    contender._encoder = Known(generation, rows)
    contender.settle(rows, MATERIAL)
    return contender


@pytest.fixture(scope="module")
def reading(contender: served.Served) -> Reading:
    """Read the set."""
    return contender.read(make_rows(contender.encoder.generation))


@pytest.fixture(scope="module")
def finder(contender: served.Served, reading: Reading) -> Finder:
    """Serve what is trained on as a catalogue, with the same fit."""
    table = MATERIAL.table
    order = TRAINING[np.argsort(table.webtoons[TRAINING], kind="stable")]
    catalogue = VectorTable(
        vectors=reading.vectors[order],
        webtoon_ids=table.webtoons[order],
        episode_numbers=table.episodes[order],
        pictures=tuple(map(str, order)),
    )
    none = np.zeros((0, 1), np.float32)
    webtoons = served.shelf_of(reading.vectors, MATERIAL, others=none).webtoons
    assert contender._fit is not None
    return Finder(
        contender.encoder, fit=contender._fit, catalogue=Catalogue(table=catalogue, webtoons=webtoons)
    )


def find(finder: Finder, rows: np.ndarray) -> Answer:
    """Ask the bot's finder with pictures of rows."""
    pictures = [Image.new("RGB", (200, 120), (int(row), int(row), int(row))) for row in rows]
    return finder.find([write(picture) for picture in pictures])


def test_shares_are_those_of_the_bot(reading: Reading, finder: Finder) -> None:
    """A picture's chances in the protocol, less the part for somebody else, are what the bot tells."""
    asked = next(
        one
        for one in judge(Sheet(colour=reading), MATERIAL, name="starter").asked
        if one.regime is Regime.EPISODES
    )
    for row in ASKED:
        told = {share.artist: share.probability for share in find(finder, np.array([row])).artists}
        chances = asked.chances[list(asked.rows).index(row)]
        names = [MATERIAL.names[int(artist)] for artist in MATERIAL.known]
        found = np.array([told[name] for name in names])
        assert found / found.sum() == pytest.approx(chances, abs=1e-4)


def test_five_pictures_are_one_question(reading: Reading, finder: Finder) -> None:
    """Several pictures vote in the protocol as they do in the bot."""
    gallery = open_gallery(MATERIAL.table, reading, rows=TRAINING)
    assert reading.serving is not None
    trained = served.trained_in(gallery, MATERIAL, reading.serving)
    assert trained is not None
    found = served.answer(gallery, reading, ASKED[None], trained=trained)
    answer = find(finder, ASKED)
    scores = {match.stored.id: match.score for match in answer.matches}
    mine = dict(zip(gallery.webtoons.tolist(), found.webtoons[0].tolist(), strict=True))
    assert {number: mine[number] for number in scores} == pytest.approx(scores, abs=1e-4)
    known = reading.serving.calibration.known(float(found.nearness[0]))
    assert sum(share.probability for share in answer.artists) == pytest.approx(known, abs=1e-3)


def test_what_is_told_is_judged_too(reading: Reading) -> None:
    """A generation's calibration is judged as a choice among artists, and as told with a part for others."""
    scores = judge(Sheet(colour=reading), MATERIAL, name="starter").scores
    known = [score for score in scores if score.regime is Regime.EPISODES]
    assert all(score.ece is not None and score.told is not None for score in known)
    assert all(score.told is None for score in scores if score.regime is Regime.ARTISTS)
