"""How a method that is no generation names artists: a softmax of what speaks for each of them."""

import numpy as np

from model.arrays import FloatArray

# Temperatures where there is nothing to fit them on: of similarities and of log-probabilities.
NEAR, SURE = 0.08, 1.0


def log_chances(logits: FloatArray) -> FloatArray:
    """Return log-probabilities of logits [n, a]."""
    lowered = logits - logits.max(axis=1, keepdims=True)
    return np.asarray(lowered - np.log(np.exp(lowered).sum(axis=1, keepdims=True)), np.float32)
