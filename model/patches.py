"""Cover parts of pictures for training: what names a work shall not be what is learned."""

import keras
from keras import ops

# How many of the erased boxes lie in a corner, where titles stand; the others lie where heads are.
_CORNERS = 0.6
_EITHER = 0.5


class _Patches(keras.layers.Layer):
    """Do something to a box of a `share` of the pictures [n, h, w, 3], while training."""

    def __init__(self, share: float, *, seed: int = 0, **config: object) -> None:
        super().__init__(**config)
        self.share = share
        self.seed = seed
        self._random = keras.random.SeedGenerator(seed)

    def _draw(self, pictures: keras.KerasTensor, low: float, *, high: float) -> keras.KerasTensor:
        return keras.random.uniform((ops.shape(pictures)[0],), low, high, seed=self._random)

    def _chance(self, pictures: keras.KerasTensor, share: float) -> keras.KerasTensor:
        return self._draw(pictures, 0.0, high=1.0) < share

    def get_config(self) -> dict[str, object]:
        return {**super().get_config(), "share": self.share, "seed": self.seed}


@keras.saving.register_keras_serializable(package="grimche")
class Erasing(_Patches):
    """Paint a box over with the picture's mean: in a corner, or in the upper middle (1708.04896)."""

    def call(self, pictures: keras.KerasTensor, *, training: bool = False) -> keras.KerasTensor:
        if not training:
            return pictures
        tall = self._draw(pictures, 0.15, high=0.45)
        wide = self._draw(pictures, 0.2, high=0.5)
        cornered = self._chance(pictures, _CORNERS)
        top = ops.where(self._chance(pictures, _EITHER), 1 - tall, 0.0)
        left = ops.where(self._chance(pictures, _EITHER), 1 - wide, 0.0)
        top = ops.where(cornered, top, 0.1)
        left = ops.where(cornered, left, self._draw(pictures, 0.25, high=0.75) - wide / 2)
        tall = ops.where(self._chance(pictures, self.share), tall, 0.0)
        box = _boxes(pictures, (top, tall), columns=(left, wide))
        return pictures * (1 - box) + ops.mean(pictures, axis=(1, 2), keepdims=True) * box


@keras.saving.register_keras_serializable(package="grimche")
class HandCutMix(_Patches):
    """Paste a box of another picture by the same hand over it (CutMix, 1905.04899).

    Batches hold `each` pictures of an artist side by side, of several webtoons, so that labels stay as
    they are: strokes remain, heroes and layouts do not.
    """

    def __init__(self, share: float, *, each: int, seed: int = 0, **config: object) -> None:
        super().__init__(share, seed=seed, **config)
        self.each = each

    def call(self, pictures: keras.KerasTensor, *, training: bool = False) -> keras.KerasTensor:
        if not training:
            return pictures
        shape = pictures.shape[1:]
        hands = ops.reshape(pictures, (-1, self.each, *shape))
        others = ops.reshape(ops.roll(hands, 1, axis=1), (-1, *shape))
        tall, wide, middle, centre = (self._draw(pictures, 0.3, high=0.7) for _ in range(4))
        tall = ops.where(self._chance(pictures, self.share), tall, 0.0)
        box = _boxes(pictures, (middle - tall / 2, tall), columns=(centre - wide / 2, wide))
        return pictures * (1 - box) + others * box

    def get_config(self) -> dict[str, object]:
        return {**super().get_config(), "each": self.each}


_Span = tuple[keras.KerasTensor, keras.KerasTensor]


def _boxes(pictures: keras.KerasTensor, rows: _Span, *, columns: _Span) -> keras.KerasTensor:
    """Mark with 1 what boxes cover, starts and lengths [n] as shares of the sides: [n, h, w, 1]."""
    down = _covered(*rows, side=pictures.shape[1])
    across = _covered(*columns, side=pictures.shape[2])
    return ops.cast((down[:, :, None] * across[:, None, :])[..., None], pictures.dtype)


def _covered(start: keras.KerasTensor, length: keras.KerasTensor, *, side: int) -> keras.KerasTensor:
    places = (ops.arange(side, dtype="float32")[None, :] + 0.5) / side
    inside = ops.logical_and(places >= start[:, None], places < (start + length)[:, None])
    return ops.cast(inside, "float32")
