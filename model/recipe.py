"""The recipe: how a network is built and trained, written down beside what came of it."""

from dataclasses import dataclass
from enum import StrEnum


class Body(StrEnum):
    """The part of the network that looks at pictures, whose stages are pooled."""

    RESIDUAL = "residual"
    LITE = "lite"
    MOBILENET = "mobilenet"
    EFFICIENTNET = "efficientnet"


# A network that begins as a generation has most of what it needs: so many epochs do.
EPOCHS = "epochs.json"  # in the folder of a generation: how its training went
TRAINED_EPOCHS = 8
SEEDS = range(2**32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How to train; the defaults are for a residual body that begins with random weights.

    `widths` and `blocks` are for the residual body, the others have theirs.  `view` is the size [h, w]
    of the random views, of which `grey` lose their colour, `erase` have a box painted over and `cutmix`
    one of another picture by the same hand; `jitter` is how far colours move.  `hands` times `each`
    crops make a batch; an epoch is `steps` batches.  Artists are drawn by the power `sampling` of how
    many crops they have: 0 all alike, 1 as they come.  `contrast` weighs the contrast across works
    against the naming of artists, which is done by cosines times `scale` with a `margin`.  `ema` is how
    slowly the averaged weights follow, at most; `patience` how many epochs without a better validation
    end the training.
    """

    body: Body = Body.RESIDUAL
    widths: tuple[int, ...] = (24, 48, 96, 144)
    blocks: tuple[int, ...] = (1, 1, 2, 2)
    view: tuple[int, int] = (48, 80)
    vector: int = 128
    grey: float = 0.2
    jitter: float = 0.1
    erase: float = 0.0
    cutmix: float = 0.0
    hands: int = 48
    each: int = 4
    sampling: float = 0.5
    steps: int = 100
    epochs: int = 40
    learning_rate: float = 2e-3
    weight_decay: float = 0.03
    contrast: float = 1.0
    scale: float = 20.0
    margin: float = 0.05
    ema: float = 0.999
    patience: int | None = None
    seed: int = 1
