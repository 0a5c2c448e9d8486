"""Thumbnails as sheets show them: those of popular webtoons come again and again."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES: Final = 48_000_000
LONGEST: Final = 400  # pixels a side from which a thumbnail is reduced while it is decoded


class Thumbnails:
    """The latest thumbnails, each scaled to a card of a sheet; threads may share them."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._held = 0
        self._images: OrderedDict[str, Image] = OrderedDict()
        self._lock = threading.Lock()

    def known(self, names: Iterable[str]) -> "dict[str, Image]":
        """Return those that are here; each of them counts as used."""
        with self._lock:
            known = {name: self._images[name] for name in names if name in self._images}
            for name in known:
                self._images.move_to_end(name)
        return known

    def add(self, pictures: Mapping[str, bytes]) -> "dict[str, Image]":
        """Open pictures of the catalogue, and keep them as long as there is room."""
        fitted = {name: _fitted(data) for name, data in pictures.items()}
        with self._lock:
            for name, image in fitted.items():
                self._keep(name, image)
        return fitted

    def clear(self) -> None:
        """Forget them all, for the catalogue has changed."""
        with self._lock:
            self._images.clear()
            self._held = 0

    def _keep(self, name: str, image: "Image") -> None:
        if name not in self._images:
            self._images[name] = image
            self._held += _bytes(image)
        while self._held > self._most:
            _, oldest = self._images.popitem(last=False)
            self._held -= _bytes(oldest)


def _fitted(data: bytes) -> "Image":
    # Imported here because drawing needs Pillow, and most queries want no sheet.
    from bot.sheet import fit_thumbnail  # noqa: PLC0415
    from model.opening import open_picture  # noqa: PLC0415

    return fit_thumbnail(open_picture(data, lambda width, height: max(width, height) // LONGEST).image)


def _bytes(image: "Image") -> int:
    # Pillow takes four bytes for a pixel in three colours.
    return 4 * image.width * image.height
