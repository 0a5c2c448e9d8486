"""What the network is asked: name the artist, and put works of one artist side by side."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="grimche")
class CosineClassifier(keras.layers.Layer):
    """Compare unit vectors [n, d] with one learned direction per artist; cosines [n, artists]."""

    def __init__(self, artists: int, **config: object) -> None:
        super().__init__(**{**config, "dtype": "float32"})
        self.artists = artists

    def build(self, shape: tuple[int, ...]) -> None:
        self.directions = self.add_weight(
            shape=(shape[-1], self.artists), initializer="glorot_uniform", name="directions"
        )

    def call(self, vectors: keras.KerasTensor) -> keras.KerasTensor:
        return ops.matmul(vectors, ops.normalize(self.directions, axis=0))

    def get_config(self) -> dict[str, object]:
        return {**super().get_config(), "artists": self.artists}


@keras.saving.register_keras_serializable(package="grimche")
class CosineSoftmax(keras.losses.Loss):
    """Cross-entropy over scaled cosines with a small margin on the right artist (CosFace, 1801.09414)."""

    def __init__(self, *, scale: float = 20.0, margin: float = 0.05, name: str = "cosine_softmax") -> None:
        super().__init__(name=name)
        self.scale = scale
        self.margin = margin

    def call(self, artist: keras.KerasTensor, cosines: keras.KerasTensor) -> keras.KerasTensor:
        artist = ops.reshape(ops.cast(artist, "int32"), (-1,))
        right = ops.one_hot(artist, cosines.shape[-1])
        logits = (cosines - self.margin * right) * self.scale
        return keras.losses.categorical_crossentropy(right, logits, from_logits=True)

    def get_config(self) -> dict[str, object]:
        return {"scale": self.scale, "margin": self.margin, "name": self.name}


@keras.saving.register_keras_serializable(package="grimche")
class CrossWorkContrast(keras.losses.Loss):
    """Supervised contrast (2004.11362) whose positives are other webtoons of the same artist.

    `labels` is [n, 2]: artist and webtoon.  Pictures of the same webtoon are neither positive nor
    negative while the batch holds another work of the artist, so that heroes, palettes and title
    lettering do not count; an artist with a single work in the batch is matched within it.
    """

    def __init__(self, *, temperature: float = 0.1, name: str = "cross_work_contrast") -> None:
        super().__init__(name=name)
        self.temperature = temperature

    def call(self, labels: keras.KerasTensor, vectors: keras.KerasTensor) -> keras.KerasTensor:
        artist, webtoon = labels[:, 0], labels[:, 1]
        same_artist = ops.equal(artist[:, None], artist[None, :])
        same_webtoon = ops.equal(webtoon[:, None], webtoon[None, :])
        itself = ops.cast(ops.eye(ops.shape(vectors)[0]), "bool")
        across = ops.logical_and(same_artist, ops.logical_not(same_webtoon))
        within = ops.logical_and(same_webtoon, ops.logical_not(itself))
        has_across = ops.any(across, axis=1, keepdims=True)
        positives = ops.cast(ops.where(has_across, across, within), "float32")
        compared = ops.where(has_across, ops.logical_not(same_webtoon), ops.logical_not(itself))
        cosines = ops.matmul(vectors, ops.transpose(vectors)) / self.temperature
        cosines = ops.where(compared, cosines, -1e9)
        likelihood = cosines - ops.logsumexp(cosines, axis=1, keepdims=True)
        pairs = ops.sum(positives, axis=1)
        loss = -ops.sum(ops.where(positives > 0, likelihood, 0.0), axis=1) / ops.maximum(pairs, 1.0)
        return ops.where(pairs > 0, loss, 0.0)

    def get_config(self) -> dict[str, object]:
        return {"temperature": self.temperature, "name": self.name}
