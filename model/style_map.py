"""Lay vectors out on a plane so that what looks alike lies together."""

from importlib.util import find_spec

import numpy as np

from model.arrays import FloatArray

_LEAST = 8  # points that t-SNE makes a map of
_PERPLEXITY = 30.0


def lay_out(vectors: FloatArray) -> FloatArray:
    """Return places [n, 2] in 0..1 of unit vectors [n, d].

    By t-SNE where scikit-learn is installed (the extra `train`), else by the two principal components.
    """
    if len(vectors) >= _LEAST and find_spec("sklearn") is not None:
        places = _neighbours(vectors)
    else:
        places = _principal(vectors)
    low, high = places.min(axis=0, initial=0), places.max(axis=0, initial=0)
    return np.asarray((places - low) / np.maximum(high - low, 1e-9), np.float32)


def _neighbours(vectors: FloatArray) -> FloatArray:
    from sklearn.manifold import TSNE  # noqa: PLC0415  only the report needs it, and not everybody has it

    perplexity = min(_PERPLEXITY, (len(vectors) - 1) / 3)
    layout = TSNE(perplexity=perplexity, init="pca", metric="cosine", random_state=0)
    return np.asarray(layout.fit_transform(vectors), np.float32)


def _principal(vectors: FloatArray) -> FloatArray:
    centred = vectors - vectors.mean(axis=0) if len(vectors) else vectors
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    places = centred @ directions[:2].T
    return np.asarray(np.pad(places, ((0, 0), (0, 2 - places.shape[1]))), np.float32)
