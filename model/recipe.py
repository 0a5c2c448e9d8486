"""The recipe: how a network is built and trained, written down beside what came of it."""

from dataclasses import dataclass
from enum import StrEnum


class Body(StrEnum):
    """The part of the network that looks at pictures, whose stages are pooled."""

    RESIDUAL = "residual"
    LITE = "lite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How to train; the defaults are those of the starter.

    `widths` and `blocks` are for the residual body, the others have theirs.  `view` is the size [h, w]
    of the random views; `hands` times `each` crops make a batch; an epoch is `steps` batches.
    `contrast` weighs the contrast across works against the naming of artists.
    """

    body: Body = Body.RESIDUAL
    widths: tuple[int, ...] = (24, 48, 96, 144)
    blocks: tuple[int, ...] = (1, 1, 2, 2)
    view: tuple[int, int] = (48, 80)
    vector: int = 128
    hands: int = 48
    each: int = 4
    steps: int = 100
    epochs: int = 40
    learning_rate: float = 2e-3
    weight_decay: float = 0.03
    contrast: float = 1.0
    seed: int = 1
