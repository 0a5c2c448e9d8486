"""Generations in the protocol: fitted and calibrated to a set, and asked, by the functions that serve."""

import os
from dataclasses import replace

import numpy as np

from model.arrays import FloatArray, IntArray, UInt8Array
from model.calibration import Calibration
from model.contenders import Material, Reading, Serving, Tell
from model.encoder import Encoder
from model.evaluation_records import Method
from model.fitting import Fit, calibrate_to, fit_to
from model.fusing import Question, ask
from model.gallery import Found, Gallery, join
from model.generations import Generation
from model.index import Index
from model.non_drawings import non_drawings
from model.painters import BEST, shares
from model.protocol import Part
from model.trained import Trained, trained_of
from model.trials import Shelf, invent_webtoons

_USED = (Part.TRAINING, Part.EPISODES_VALIDATION, Part.WEBTOONS_VALIDATION)


class Served:
    """A generation as it comes, read and asked as the bot does."""

    def __init__(self, name: str, generation: Generation | None = None) -> None:
        """Take a generation, unless it is made later."""
        self.name = name
        self._encoder = None if generation is None else load(generation)
        self._fit: Fit | None = None

    def learn(self, material: Material, *, tell: Tell) -> Method:
        """Learn nothing: it comes trained."""
        del material, tell
        return Method(name=self.name)

    @property
    def encoder(self) -> Encoder:
        """What serves; it must have been made."""
        if self._encoder is None:
            raise RuntimeError("learn comes first")
        return self._encoder

    def encode(self, crops: UInt8Array) -> FloatArray:
        """Return rows as they are stored: statistics, the head's vector, colours."""
        return self.encoder.statistics(list(crops))

    def settle(self, rows: FloatArray, material: Material) -> None:
        """Fit to the pictures for training, and calibrate on them and on those for validation."""
        generation = self.encoder.generation
        shelf = shelf_of(rows, material, others=self.encoder.statistics(non_drawings()))
        self._fit = Fit(
            whitening=fit_to(rows[material.rows(Part.TRAINING)], generation),
            calibration=calibrate_to(shelf, generation),
        )

    def read(self, rows: FloatArray) -> Reading:
        """Place the rows, with all that an answer needs."""
        if self._fit is None:
            raise RuntimeError("settle comes first")
        return read_served(rows, self.encoder.generation, self._fit)


def load(generation: Generation) -> Encoder:
    """Load the encoder on all processors; raises GenerationError."""
    return Encoder(generation, threads=os.cpu_count() or 1)


def read_served(rows: FloatArray, generation: Generation, fit: Fit) -> Reading:
    """Turn rows [n, d] as the encoder makes them to a reading that is answered as the bot does."""
    vectors, lengths = fit.whitening.place(rows)
    serving = Serving(
        generation=generation,
        calibration=fit.calibration,
        lengths=lengths,
        heads=rows[:, generation.manifest.heads],
    )
    return Reading(vectors=vectors, style=fit.whitening.dimensions, serving=serving)


def shelf_of(rows: FloatArray, material: Material, *, others: FloatArray) -> Shelf:
    """Take what is not kept for the test, as a catalogue; `others` are rows of what is no drawing."""
    table, used = material.table, material.rows(*_USED)
    used = used[np.lexsort((table.episodes[used], table.webtoons[used]))]
    return Shelf(
        rows=rows[used],
        webtoon_ids=table.webtoons[used],
        episodes=table.episodes[used],
        webtoons=invent_webtoons(table.webtoons[used], table.artists[used], names=material.names),
        others=others,
    )


def trained_in(gallery: Gallery, material: Material, serving: Serving) -> Trained | None:
    """Find the artists of a gallery whom the generation was trained on."""
    names = tuple(material.names[int(artist)] for artist in gallery.artists)
    return trained_of(serving.generation, replace(gallery.painters, names=names))


def answer(gallery: Gallery, reading: Reading, groups: IntArray, *, trained: Trained | None) -> Found:
    """Ask a gallery with groups [q, m] of rows of what a generation read, each group as one question.

    The scores of artists are their shares, as if a picture were by one of them.
    """
    if reading.serving is None:
        raise RuntimeError("only a generation serves")
    calibration = reading.serving.calibration
    if groups.shape[1] == 1:
        return _answer_singles(gallery, reading[groups[:, 0]], calibration=calibration, trained=trained)
    return join([_answer(gallery, reading[g], calibration=calibration, trained=trained) for g in groups])


def _answer_singles(
    gallery: Gallery, pictures: Reading, *, calibration: Calibration, trained: Trained | None
) -> Found:
    """Ask with each picture by itself: the same without votes, but many pictures at once."""
    found, serving = gallery.ask(pictures.vectors), pictures.serving
    if serving is None:
        raise RuntimeError("only a generation serves")
    shared = shares(found.artists, calibration.temperature)
    if trained is not None:
        pairs = zip(shared, serving.heads, strict=True)
        shared = np.stack([trained.mix(similar, head)[0] for similar, head in pairs])
    alike = zip(found.nearness.tolist(), serving.lengths.tolist(), strict=True)
    nearness = np.array([calibration.nearness(*pair) for pair in alike], np.float32)
    return replace(found, artists=shared, nearness=nearness)


def put(pictures: Reading, index: Index) -> tuple[Question, FloatArray]:
    """Put pictures to an index as one question; return with it what the head makes of them [e]."""
    serving = pictures.serving
    if serving is None:
        raise RuntimeError("only a generation serves")
    question = ask((pictures.vectors, serving.lengths), index=index, calibration=serving.calibration)
    return question, question.weights[: len(serving.heads)] @ serving.heads


def _answer(
    gallery: Gallery, pictures: Reading, *, calibration: Calibration, trained: Trained | None
) -> Found:
    question, head = put(pictures, gallery.index)
    found = shares(gallery.painters.ask(question), calibration.temperature)
    if trained is not None:
        found, _ = trained.mix(found, head)
    shown = question.similarities[-1]
    return Found(
        webtoons=question.scores(gallery.index.starts, count=BEST)[None],
        artists=found[None],
        nearest=gallery.rows[[shown.argmax()]],
        similarity=shown.max(keepdims=True),
        nearness=np.array([question.nearness], np.float32),
    )
