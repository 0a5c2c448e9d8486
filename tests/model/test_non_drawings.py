import numpy as np

from model.non_drawings import EACH, HEIGHT, WIDTH, non_drawings


def test_form() -> None:
    """They are pictures of a crop's shape, no two alike, the same each time."""
    pictures = non_drawings()
    assert len(pictures) == 6 * EACH
    assert {picture.shape for picture in pictures} == {(HEIGHT, WIDTH, 3)}
    assert {picture.dtype for picture in pictures} == {np.dtype(np.uint8)}
    assert len({picture.tobytes() for picture in pictures}) == len(pictures)
    assert all((one == two).all() for one, two in zip(pictures, non_drawings(), strict=True))
