"""What a training set is made of."""

from dataclasses import dataclass

from model.arrays import UInt8Array

# The shape of every crop in a set: thumbnails are 202x120, and 200 divides well.
HEIGHT, WIDTH = 120, 200
# Fewer thumbnails of an artist teach the network the works rather than the hand.
MINIMUM = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One crop uint8 [120, 200, 3] on its way into a set, with whose it is.

    `group` is the series of the webtoon, where it belongs to one, and `title` what it is called.
    """

    crop: UInt8Array
    artist: str
    webtoon: int
    episode: int
    group: str = ""
    title: str = ""
