"""What the network is asked."""

import numpy as np
import pytest

keras = pytest.importorskip("keras")
pytestmark = pytest.mark.slow

from model.losses import CosineSoftmax, CrossWorkContrast  # noqa: E402  # needs Keras


def contrast(labels: list[list[int]], vectors: np.ndarray) -> np.ndarray:
    """Compute the contrast of each picture."""
    loss = CrossWorkContrast()
    return keras.ops.convert_to_numpy(loss.call(np.array(labels), vectors.astype(np.float32)))


def test_positives_are_other_webtoons_of_the_artist() -> None:
    """Moving an artist's works together lowers the loss; pictures of the same webtoon do not matter."""
    labels = [[0, 0], [0, 0], [0, 1], [1, 2], [1, 3]]
    apart = np.eye(5)
    near_within, near_across = apart.copy(), apart.copy()
    near_within[1] = near_within[0]
    near_across[2] = near_across[0]
    assert contrast(labels, near_within)[0] == pytest.approx(contrast(labels, apart)[0])
    assert contrast(labels, near_across)[0] < contrast(labels, apart)[0]


def test_single_work_is_matched_within() -> None:
    """An artist with one webtoon in the batch is pulled together within it."""
    labels = [[0, 0], [0, 0], [1, 1], [1, 1]]
    together = np.eye(4)
    together[1] = together[0]
    assert contrast(labels, together)[0] < contrast(labels, np.eye(4))[0]


def test_lonely_picture_costs_nothing() -> None:
    """A picture without any positive has no say."""
    assert contrast([[0, 0], [1, 1], [1, 2]], np.eye(3))[0] == 0.0


def test_margin_makes_the_right_artist_harder() -> None:
    """The same cosines cost more with a margin than without."""
    cosines, artist = np.array([[0.9, 0.1]], np.float32), np.array([0])
    plain, strict = (CosineSoftmax(margin=margin)(artist, cosines) for margin in (0.0, 0.2))
    assert float(strict) > float(plain)
