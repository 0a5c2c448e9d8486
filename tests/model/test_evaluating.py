"""A run of the protocol over several methods."""

from dataclasses import replace

import numpy as np
import pytest

from model import contenders
from model.contenders import Chance, Features, Material, Reading, Tell, read_all
from model.evaluating import Heading, evaluate, evaluate_stored, fingerprint
from model.evaluation_records import Evaluation, Method, Regime
from model.protocol import Part
from model.records_json import from_json, to_json
from storage.errors import TrainingError
from tests.model.materials import make_material, make_vectors

HEADING = Heading(generation="starter-1", main="chance")


def ignore(_what: str, _share: float) -> None:
    """Hear nothing."""


def with_crops(material: Material) -> Material:
    """Give a set pictures in a colour of each artist's own."""
    random = np.random.default_rng(0)
    colours = random.integers(0, 256, (len(material.names), 3))
    crops = np.empty((len(material.table), 120, 200, 3), np.uint8)
    crops[:] = colours[material.table.artists][:, None, None]
    crops[:, ::7, ::5] = random.integers(0, 256, (len(crops), 18, 40, 3))
    return replace(material, crops=crops)


class Unable(Chance):
    """A method that cannot be trained."""

    def learn(self, material: Material, *, tell: Tell) -> Method:
        """Refuse."""
        del material, tell
        raise TrainingError(fault="too little")


@pytest.fixture(autouse=True)
def few_impostors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw a few only."""
    monkeypatch.setattr(contenders, "IMPOSTORS", 12)


@pytest.fixture(scope="module")
def small() -> Material:
    """Give a small set with pictures."""
    return with_crops(make_material(5, works=2, episodes=12))


def mean_colours(crops: np.ndarray) -> np.ndarray:
    """Return the mean colour of crops as unit rows."""
    rows = crops.mean(axis=(1, 2)).astype(np.float32) - 128
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_what_is_known_grows_with_each_method(small: Material) -> None:
    """Each method adds to a whole evaluation, complete after the last; a failed one keeps its fault."""
    methods = [Unable(), Features("colour", mean_colours), Chance()]
    methods[0].name = "unable"
    found = list(evaluate(small, methods, heading=HEADING, tell=ignore))
    assert [one.complete for one in found] == [False, False, True]
    assert [len(one.methods) for one in found] == [1, 2, 3]
    assert "too little" in found[0].methods[0].fault
    assert not found[0].scores
    assert {score.method for score in found[1].scores} == {"colour"}
    assert from_json(Evaluation, to_json(found[-1])) == found[-1]


def test_details_are_those_of_the_main_method(small: Material) -> None:
    """Confusions, artists, hard pairs and the style map are shown of one method, by names."""
    heading = replace(HEADING, main="colour")
    *_, found = evaluate(small, [Chance(), Features("colour", mean_colours)], heading=heading, tell=ignore)
    assert {one.regime for one in found.confusions} == {Regime.EPISODES, Regime.WEBTOONS}
    confusion = found.confusions[0]
    asked = [
        s for s in found.scores if (s.method, s.regime, s.grey, s.pictures) == ("colour", "e1", False, 1)
    ]
    assert sum(map(sum, confusion.counts)) == asked[0].queries
    assert all(one.artist in small.names for one in found.artists)
    for pair in found.hard_pairs:
        assert pair.query.artist != pair.nearest.artist
    assert {point.shown.row for point in found.style_map} <= set(np.flatnonzero(small.marks != Part.LEFT_OUT))
    assert all(0 <= point.x <= 1 and 0 <= point.y <= 1 for point in found.style_map)


def test_grey_copies_have_lost_their_colours(small: Material) -> None:
    """What only knows colours is read anew on grey copies."""
    sheet = read_all(Features("colour", mean_colours), small, tell=ignore)
    assert sheet.grey is not None
    used = small.marks != Part.LEFT_OUT
    spread = sheet.grey.vectors[used].std(axis=1)
    assert spread.max() < 0.01
    assert sheet.colour.vectors[used].std(axis=1).max() > 0.1


def test_stored_vectors_are_judged_beside_chance() -> None:
    """Vectors of a catalogue need no pictures; they do better than chance."""
    material = make_material(5, works=2, episodes=12)
    vectors = make_vectors(material, hand=2, hero=0)
    found = evaluate_stored(material, Reading(vectors=vectors), heading=replace(HEADING, main="starter-1"))
    first = {score.method: score.top1.value for score in found.scores if score.regime is Regime.WEBTOONS}
    assert first["starter-1"] > 0.9
    assert first["chance"] < 0.6
    assert found.complete


def test_fingerprint_names_data_and_split() -> None:
    """The same set has one name; another picture or another split has another."""
    material = make_material()
    table = material.table
    other = replace(material, table=replace(table, hashes=table.hashes[::-1].copy()))
    assert fingerprint(material) == fingerprint(make_material())
    assert fingerprint(material) != fingerprint(other)


def test_pictures_are_needed_to_read() -> None:
    """A set without pictures cannot be read by a method."""
    with pytest.raises(RuntimeError):
        read_all(Chance(), make_material(), tell=ignore)


def test_reading_can_be_cut() -> None:
    """Rows of a reading keep vectors and logits together."""
    reading = Reading(vectors=np.eye(4, dtype=np.float32), logits=np.eye(4, 2, dtype=np.float32))
    cut = reading[np.array([1])]
    assert cut.vectors.tolist() == [[0, 1, 0, 0]]
    assert cut.logits is not None
    assert cut.logits.tolist() == [[0, 1]]
