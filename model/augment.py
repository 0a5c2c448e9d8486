"""Vary pictures for training without touching what makes a style, per picture and inside XLA."""

import math

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="grimche")
class RandomView(keras.layers.Layer):
    """Cut a random box from each picture, resize it to `size`, and sometimes mirror, grey or recolour it.

    The resize is two batched matrix products with triangular (antialiased) weights, so that every
    picture gets its own box and XLA stays on.  Nothing here changes strokes: no rotation, no
    posterising, no mixing of statistics.  While not training it resizes the whole picture.
    """

    def __init__(
        self,
        size: tuple[int, int],
        *,
        area: tuple[float, float] = (0.15, 1.0),
        stretch: float = 1.2,
        grey: float = 0.2,
        jitter: float = 0.1,
        seed: int = 0,
        **config: object,
    ) -> None:
        super().__init__(**config)
        self.size = tuple(size)
        self.area = tuple(area)
        self.stretch = stretch
        self.grey = grey
        self.jitter = jitter
        self.seed = seed
        self._random = keras.random.SeedGenerator(seed)

    def call(self, pictures: keras.KerasTensor, *, training: bool = False) -> keras.KerasTensor:
        pictures = ops.cast(pictures, "float32")
        if not training:
            return ops.image.resize(pictures, self.size, interpolation="bilinear", antialias=True)
        return self._recolour(self._crop(pictures))

    def _uniform(self, count: object, low: float, *, high: float) -> keras.KerasTensor:
        return keras.random.uniform((count,), low, high, seed=self._random)

    def _crop(self, pictures: keras.KerasTensor) -> keras.KerasTensor:
        count, height, width = ops.shape(pictures)[0], pictures.shape[1], pictures.shape[2]
        side = ops.sqrt(self._uniform(count, self.area[0], high=self.area[1]))
        skew = ops.exp(self._uniform(count, -1.0, high=1.0) * (0.5 * math.log(self.stretch)))
        box_height = ops.minimum(side * skew, 1.0) * height
        box_width = ops.minimum(side / skew, 1.0) * width
        top = self._uniform(count, 0.0, high=1.0) * (height - box_height)
        left = self._uniform(count, 0.0, high=1.0) * (width - box_width)
        mirrored = self._uniform(count, -1.0, high=1.0) < 0
        rows = _resampling(top, box_height, source=height, target=self.size[0])
        columns = _resampling(left, box_width, source=width, target=self.size[1])
        columns = ops.where(mirrored[:, None, None], ops.flip(columns, axis=1), columns)
        pictures = ops.einsum("nyh,nhwc->nywc", rows, pictures)
        return ops.einsum("nxw,nywc->nyxc", columns, pictures)

    def _recolour(self, pictures: keras.KerasTensor) -> keras.KerasTensor:
        count = ops.shape(pictures)[0]
        luma = ops.sum(pictures * ops.array([0.299, 0.587, 0.114]), axis=-1, keepdims=True)
        grey = self._uniform(count, 0.0, high=1.0) < self.grey
        saturation = self._uniform(count, 1 - self.jitter, high=1 + self.jitter)
        saturation = ops.where(grey, 0.0, saturation)[:, None, None, None]
        contrast = self._uniform(count, 1 - self.jitter, high=1 + self.jitter)[:, None, None, None]
        brightness = self._uniform(count, -self.jitter, high=self.jitter)[:, None, None, None] * 128
        pictures = luma + (pictures - luma) * saturation
        return ops.clip((pictures - 128) * contrast + 128 + brightness, 0, 255)

    def get_config(self) -> dict[str, object]:
        names = ("size", "area", "stretch", "grey", "jitter", "seed")
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}


def _resampling(
    start: keras.KerasTensor, length: keras.KerasTensor, *, source: int, target: int
) -> keras.KerasTensor:
    """Weigh `source` positions for each of `target` ones of the boxes [n]: a matrix [n, target, source]."""
    scale = (length / target)[:, None, None]
    centres = start[:, None, None] + (ops.arange(target, dtype="float32")[None, :, None] + 0.5) * scale
    positions = ops.arange(source, dtype="float32")[None, None, :] + 0.5
    weights = ops.maximum(1 - ops.abs(positions - centres) / ops.maximum(scale, 1.0), 0.0)
    return weights / ops.sum(weights, axis=-1, keepdims=True)
