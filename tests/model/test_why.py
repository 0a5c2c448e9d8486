"""Where two pictures agree."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from model.encoder import Encoder
from model.fitting import fit_to
from model.generations import Generation
from model.maps import _moments, stage_maps
from model.whitening import Whitening
from model.why import GRID, PATCH, Field, agree, field_of
from storage.errors import GenerationMismatch
from tests.model.drawings import hand


@pytest.fixture(scope="module")
def fitted(generation: Generation) -> Whitening:
    """Whiten as the training pictures say."""
    return fit_to(np.zeros((0, generation.manifest.row), np.float32), generation)


@pytest.fixture(scope="module")
def fields(generation: Generation, fitted: Whitening) -> list[Field]:
    """Look at two pictures place by place."""
    return [field_of(generation, fitted, crop=np.asarray(hand(artist, 0))) for artist in (1, 3)]


def hatched(corner: tuple[int, int]) -> np.ndarray:
    """Draw a blank picture with one hatched patch, 60 pixels wide and high."""
    image = Image.new("RGB", (200, 120), "white")
    pen = ImageDraw.Draw(image)
    for step in range(0, 60, 5):
        x, y = corner[0] + step, corner[1]
        pen.line((x, y, x, y + 60), fill="black", width=2)
    return np.asarray(image)


def test_places_average_to_the_statistics(generation: Generation, encoder: Encoder) -> None:
    """What all stages say of all places averages to what the encoder serves."""
    crop = np.asarray(hand(3, 0))
    row = np.zeros(generation.manifest.statistics, np.float32)
    for found in stage_maps(generation, crop):
        row[found.start : found.start + found.features.shape[2]] += found.features.mean(axis=(0, 1))
    served = encoder.statistics([crop])[0, : len(row)]
    assert np.allclose(row / (2 if generation.manifest.mirror else 1), served, rtol=0.05, atol=0.05)
    assert np.corrcoef(row, served)[0, 1] > 0.9999


def test_a_deviation_is_owed_to_what_deviates() -> None:
    """Of four places the one that differs owns most of the deviation, in proportion to the square."""
    maps = np.array([0, 0, 0, 4], np.float32).reshape(1, 2, 2, 1)
    parts = _moments(maps, np.array([[1, np.sqrt(3)]], np.float32))
    assert parts[0, ..., 0].ravel().tolist() == [0, 0, 0, 4]
    assert parts[0, ..., 1].ravel() * np.sqrt(3) == pytest.approx([1, 1, 1, 9])


def test_cells_average_to_the_vector(fields: list[Field], encoder: Encoder, fitted: Whitening) -> None:
    """The cells of the grid average to the direction of the vector that answers queries."""
    served = fitted.apply(encoder.statistics([np.asarray(hand(artist, 0)) for artist in (1, 3)]))
    for field, vector in zip(fields, served, strict=True):
        assert field.style @ vector / np.linalg.norm(field.style) > 0.999


def test_both_heat_maps_add_up_to_the_cosine(fields: list[Field]) -> None:
    """Nothing of the cosine is left out, and nothing is counted twice."""
    ours, theirs = (field.style / np.linalg.norm(field.style) for field in fields)
    found = agree(*fields)
    assert found.cosine == pytest.approx(float(ours @ theirs), abs=1e-5)
    assert found.ours.sum() == pytest.approx(found.cosine, abs=1e-4)
    assert found.theirs.sum() == pytest.approx(found.cosine, abs=1e-4)
    assert found.ours.shape == found.theirs.shape == GRID


def test_a_picture_agrees_with_itself(fields: list[Field]) -> None:
    """The cosine is 1, both maps are the same, and the strongest patch is its own partner."""
    found = agree(fields[0], fields[0])
    assert found.cosine == pytest.approx(1, abs=1e-5)
    assert np.allclose(found.ours, found.theirs)
    assert found.pairs[0].ours == found.pairs[0].theirs


def test_the_same_hatching_is_paired(generation: Generation, fitted: Whitening) -> None:
    """A hatched patch at the left of one picture is paired with the one at the right of the other."""
    ours = field_of(generation, fitted, crop=hatched((5, 5)))
    theirs = field_of(generation, fitted, crop=hatched((130, 55)))
    pair = agree(ours, theirs).pairs[0]
    assert pair.ours[1] < 8
    assert pair.ours[0] < 6
    assert pair.theirs[1] > 10
    assert pair.theirs[0] > 3


def test_pairs_lie_apart(fields: list[Field]) -> None:
    """No two chosen patches of a picture overlap, and each pair adds less than the one before."""
    pairs = agree(*fields, pairs=4).pairs
    assert [pair.part for pair in pairs] == sorted((pair.part for pair in pairs), reverse=True)
    for side in ("ours", "theirs"):
        corners = [getattr(pair, side) for pair in pairs]
        for place, (row, column) in enumerate(corners):
            for above, left in corners[:place]:
                assert abs(row - above) >= PATCH or abs(column - left) >= PATCH


def test_mirrored_picture_has_the_mirrored_map(generation: Generation, fitted: Whitening) -> None:
    """Where mirror images count, a place is found where it lies: the map turns with the picture."""
    both = replace(generation, manifest=replace(generation.manifest, mirror=True))
    crop = np.asarray(hand(3, 1).resize((200, 120)))
    theirs = field_of(both, fitted, crop=np.asarray(hand(3, 2)))
    plain = agree(field_of(both, fitted, crop=crop), theirs)
    turned = agree(field_of(both, fitted, crop=np.ascontiguousarray(crop[:, ::-1])), theirs)
    assert np.corrcoef(plain.ours.ravel(), turned.ours[:, ::-1].ravel())[0, 1] > 0.98


def test_other_stages_than_named_are_not_made_up(generation: Generation) -> None:
    """Where no map of the network has the statistics of a stage, that is said."""
    manifest = replace(generation.manifest, channels=generation.manifest.channels[::-1])
    with pytest.raises(GenerationMismatch, match="stages"):
        list(stage_maps(replace(generation, manifest=manifest), np.asarray(hand(1, 0))))
