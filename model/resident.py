"""Pictures that lie on the accelerator, so that only their rows travel."""

import keras
import numpy as np
from keras import ops

from model.arrays import UInt8Array


@keras.saving.register_keras_serializable(package="grimche")
class Resident(keras.layers.Layer):
    """Look crops up by their rows [n]: uint8 [n, h, w, 3].

    They are no weights: they are neither saved with the network nor restored.
    """

    def __init__(self, crops: UInt8Array, **config: object) -> None:
        super().__init__(**{**config, "dtype": "float32"})
        self._crops = self.add_weight(
            shape=crops.shape,
            dtype="uint8",
            initializer=lambda *_args, **_kwargs: ops.convert_to_tensor(np.asarray(crops)),
            trainable=False,
            name="crops",
        )

    def call(self, rows: keras.KerasTensor) -> keras.KerasTensor:
        return ops.take(self._crops, rows, axis=0)

    def compute_output_spec(self, rows: keras.KerasTensor) -> keras.KerasTensor:
        return keras.KerasTensor((*rows.shape, *self._crops.shape[1:]), dtype="uint8")

    def save_own_variables(self, store: dict[str, object]) -> None:
        """Save nothing."""

    def load_own_variables(self, store: dict[str, object]) -> None:
        """Load nothing."""
