import numpy as np
import pytest

from model.arrays import unit
from model.calibration import Calibration
from model.fusing import ask
from model.index import Index

CALIBRATION = Calibration(middle=0.5, width=0.05, usual=0.0, pull=0.5)
INDEX = Index(np.eye(4, dtype=np.float32), np.array([0, 0, 1, 1]))
NEAR = unit(np.array([[1.0, 0.2, 0, 0]], dtype=np.float32))[0]
ELSEWHERE = unit(np.array([[0, 0, 1.0, 0.9]], dtype=np.float32))[0]


def test_one_picture() -> None:
    """One picture is one voice, with its own similarities."""
    question = ask((NEAR[None], np.ones(1, np.float32)), index=INDEX, calibration=CALIBRATION)
    np.testing.assert_allclose(question.similarities, INDEX.similarities(NEAR)[None])
    np.testing.assert_allclose(question.weights, [1])
    np.testing.assert_allclose(
        question.scores(INDEX.starts, count=1), INDEX.similarities(NEAR)[[0, 2]], rtol=1e-5
    )


def test_what_they_have_in_common() -> None:
    """What several pictures have in common votes as much as all of them."""
    question = ask((np.stack([NEAR] * 3), np.ones(3, np.float32)), index=INDEX, calibration=CALIBRATION)
    assert question.similarities.shape == (4, 4)
    np.testing.assert_allclose(question.weights, [1 / 6, 1 / 6, 1 / 6, 1 / 2], rtol=1e-6)
    np.testing.assert_allclose(question.similarities[3], question.similarities[0], rtol=1e-5)


def test_strange_pictures_hardly_count() -> None:
    """A picture that lies far out, like a photograph, does not outvote a drawing."""
    vectors = np.stack([NEAR, ELSEWHERE])
    alike = ask((vectors, np.ones(2, np.float32)), index=INDEX, calibration=CALIBRATION)
    strange = ask((vectors, np.array([1, 50], np.float32)), index=INDEX, calibration=CALIBRATION)
    assert strange.weights[1] < 0.2 * alike.weights[1]
    scores = strange.scores(INDEX.starts, count=1)
    assert scores[0] > scores[1] + 0.5
    assert strange.nearness > 0.8


def test_a_head_says_nothing_of_nearness() -> None:
    """A picture is as near as its style is, even where a head is sure of it."""
    sure = np.concatenate([np.eye(4, dtype=np.float32) * 0.6, np.full((4, 1), 0.8, np.float32)], axis=1)
    index = Index(sure, np.array([0, 0, 1, 1]), style=4)
    stranger = unit(np.array([[1.0, 1, 1, 1]], dtype=np.float32)) * np.float32(0.6)
    query = np.append(stranger, np.float32(0.8))[None]
    question = ask((query, np.ones(1, np.float32)), index=index, calibration=CALIBRATION)
    assert question.nearness == pytest.approx(0.5, abs=1e-5)
    assert question.similarities.max() > 0.7


def test_all_strange() -> None:
    """Where all pictures are strange, they count alike."""
    vectors = np.stack([NEAR, ELSEWHERE])
    question = ask((vectors, np.full(2, 1e4, np.float32)), index=INDEX, calibration=CALIBRATION)
    np.testing.assert_allclose(question.weights, [0.25, 0.25, 0.5], rtol=0.02)


def test_a_strip_is_as_near_as_its_panels() -> None:
    """Two panels that are in the index are near, though their mean is like neither of them."""
    panels = np.eye(4, dtype=np.float32)[[0, 2]]
    mean = unit(panels.mean(axis=0, keepdims=True)), np.ones(1, np.float32)
    alone = ask(mean, index=INDEX, calibration=CALIBRATION)
    whole = ask(mean, index=INDEX, calibration=CALIBRATION, panels={0: (panels, np.ones(2, np.float32))})
    assert alone.nearness == pytest.approx(0.5**0.5)
    assert whole.nearness == pytest.approx(1)
