"""The methods that the protocol compares, as far as they need no Keras."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from model.arrays import FloatArray, IntArray, UInt8Array, unit
from model.baselines import colour_histograms, gradient_histograms, greyscale
from model.calibration import Calibration
from model.evaluation_records import Method
from model.generations import Generation
from model.impostors import draw_impostors
from model.protocol import MarkArray, Part, Split, Table

IMPOSTORS = 240
_BATCH = 64
_COLOURS, _DIRECTIONS = 512, 64

Tell = Callable[[str, float], None]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Material:
    """A set and how it is divided: `crops` uint8 [n, 120, 200, 3], where there are any, and their table.

    `names` are the artists by number, `titles` the webtoons'.
    """

    crops: UInt8Array | None
    table: Table
    split: Split
    marks: MarkArray
    names: tuple[str, ...]
    titles: Mapping[int, str]

    def rows(self, *parts: Part) -> IntArray:
        """Name the rows of some parts, in order."""
        return np.flatnonzero(np.isin(self.marks, parts))

    @property
    def known(self) -> IntArray:
        """The numbers of the artists that are trained on, in order."""
        return np.unique(self.table.artists[self.rows(Part.TRAINING)])


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Serving:
    """What answers as the bot does: a generation and its calibration.

    Of each picture it needs the `lengths` [n] of its style and what the head said of it, `heads` [n, e].
    """

    generation: Generation
    calibration: Calibration
    lengths: FloatArray
    heads: FloatArray

    def __getitem__(self, rows: IntArray) -> "Serving":
        return replace(self, lengths=self.lengths[rows], heads=self.heads[rows])


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Reading:
    """What a method makes of pictures: unit vectors [n, d] and perhaps logits [n, known artists].

    The first `style` values of a vector are its style's, all of them unless a head's follow.  What a
    generation reads is answered by its `serving`.
    """

    vectors: FloatArray
    logits: FloatArray | None = None
    style: int | None = None
    serving: Serving | None = None

    def __getitem__(self, rows: IntArray) -> "Reading":
        logits = None if self.logits is None else self.logits[rows]
        serving = None if self.serving is None else self.serving[rows]
        return replace(self, vectors=self.vectors[rows], logits=logits, serving=serving)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Sheet:
    """A method's readings of all rows in colour and grey, and of impostors; what is left out is zeros."""

    colour: Reading
    grey: Reading | None = None
    impostors: Reading | None = None
    grey_impostors: Reading | None = None


class Contender(Protocol):
    """A method: it learns, encodes pictures, settles on what it encoded, and turns that to readings."""

    name: str

    def learn(self, material: Material, *, tell: Tell) -> Method:
        """Train on what is for training; `tell` hears what is done and how far it is, 0 to 1."""
        ...

    def encode(self, crops: UInt8Array) -> FloatArray:
        """Turn a few crops [n, h, w, 3] to rows [n, r]."""
        ...

    def settle(self, rows: FloatArray, material: Material) -> None:
        """Fit what needs no training to the encoded rows of the whole set, of which it may use its part."""
        ...

    def read(self, rows: FloatArray) -> Reading:
        """Turn encoded rows to what is judged."""
        ...


def read_all(contender: Contender, material: Material, *, grey: bool = True, tell: Tell) -> Sheet:
    """Let a method that has learnt read the whole set and impostors, in colour and perhaps in grey."""
    impostors = draw_impostors(IMPOSTORS)
    share = 0.5 if grey else 1.0
    colour = _encode_rows(contender, material, tell=lambda done: tell("reading", share * done))
    contender.settle(colour, material)
    sheet = Sheet(colour=contender.read(colour), impostors=contender.read(_encode(contender, impostors)))
    del colour
    if not grey:
        return sheet
    rows = _encode_rows(contender, material, grey=True, tell=lambda done: tell("reading", 0.5 + done / 2))
    grey_impostors = contender.read(_encode(contender, greyscale(impostors)))
    return replace(sheet, grey=contender.read(rows), grey_impostors=grey_impostors)


class Chance:
    """Look at nothing."""

    def __init__(self) -> None:
        self.name = "chance"
        self._random = np.random.default_rng(0)

    def learn(self, material: Material, *, tell: Tell) -> Method:
        """Learn nothing."""
        del material, tell
        return Method(name=self.name)

    def encode(self, crops: UInt8Array) -> FloatArray:
        """Make up a direction for each crop."""
        return unit(self._random.normal(size=(len(crops), _DIRECTIONS)).astype(np.float32))

    def settle(self, rows: FloatArray, material: Material) -> None:
        """Fit nothing."""

    def read(self, rows: FloatArray) -> Reading:
        """Return them as they are."""
        return Reading(vectors=rows)


class Features(Chance):
    """Compare what a function of the pixels says."""

    def __init__(self, name: str, function: Callable[[UInt8Array], FloatArray]) -> None:
        super().__init__()
        self.name = name
        self._function = function

    def encode(self, crops: UInt8Array) -> FloatArray:
        """Return the features, unit rows."""
        return self._function(crops)


def simple_contenders() -> list[Contender]:
    """Return the baselines that are not trained."""
    return [Chance(), Features("colour histogram", colour_histograms), Features("HOG", gradient_histograms)]


def _encode_rows(
    contender: Contender, material: Material, *, grey: bool = False, tell: Callable[[float], None]
) -> FloatArray:
    if material.crops is None:
        raise RuntimeError("only stored vectors can be judged without pictures")
    used = np.flatnonzero(material.marks != Part.LEFT_OUT)
    table: FloatArray | None = None
    for start in range(0, len(used), _BATCH):
        rows = used[start : start + _BATCH]
        crops = np.asarray(material.crops[rows])
        encoded = contender.encode(greyscale(crops) if grey else crops)
        if table is None:
            table = np.zeros((len(material.marks), encoded.shape[1]), np.float32)
        table[rows] = encoded
        tell((start + len(rows)) / len(used))
    return np.zeros((len(material.marks), 1), np.float32) if table is None else table


def _encode(contender: Contender, crops: UInt8Array) -> FloatArray:
    parts = [contender.encode(crops[start : start + _BATCH]) for start in range(0, len(crops), _BATCH)]
    return np.concatenate(parts)
