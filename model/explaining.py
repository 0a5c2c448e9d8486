"""Explain a match: of the query's pictures the part most like the thumbnail, and where the two agree."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.arrays import FloatArray, UInt8Array
from model.encoder import Encoder
from model.opening import open_picture
from model.panels import Box, choose, reduction
from model.plain import Usual, palette
from model.whitening import Whitening
from model.why import GRID, PATCH, Agreement, agree, field_of
from storage.answers import AlikePatches, Area, Match, Side, Why
from storage.errors import GenerationMismatch


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """A crop [h, w, 3] of picture number `picture`, and where it lies in it."""

    picture: int
    area: Area
    crop: UInt8Array


class Explainer:
    """Explains matches of one generation, as it is fitted to a catalogue; threads may share it."""

    def __init__(self, encoder: Encoder, whitening: Whitening, *, usual: Usual) -> None:
        self._encoder = encoder
        self._whitening = whitening
        self._usual = usual

    def explain(self, pictures: Sequence[bytes], *, match: Match, thumbnail: bytes) -> Why:
        """Say why the match, of which `thumbnail` is the picture, is one; raises PictureError."""
        ours, theirs = self._nearest(
            [part for number, data in enumerate(pictures) for part in _parts(data, number)],
            _parts(thumbnail, 0),
        )
        found = self._agreement(ours, theirs)
        return Why(
            match=match,
            picture=ours.picture,
            similarity=found.cosine,
            query=self._side(ours, found.ours),
            thumbnail=self._side(theirs, found.theirs),
            patches=tuple(
                AlikePatches(query=_patch(pair.ours), thumbnail=_patch(pair.theirs), part=pair.part)
                for pair in found.pairs
            ),
            sample=self._usual.pictures,
        )

    def _nearest(self, ours: Sequence[_Part], theirs: Sequence[_Part]) -> tuple[_Part, _Part]:
        """Choose the two parts that are most alike."""
        cosines = self._vectors(ours) @ self._vectors(theirs).T
        row, column = np.unravel_index(cosines.argmax(), cosines.shape)
        return ours[int(row)], theirs[int(column)]

    def _vectors(self, parts: Sequence[_Part]) -> FloatArray:
        return self._whitening.apply(self._encoder.statistics([part.crop for part in parts]))

    def _agreement(self, ours: _Part, theirs: _Part) -> Agreement:
        generation = self._encoder.generation
        try:
            fields = [field_of(generation, self._whitening, crop=part.crop) for part in (ours, theirs)]
        except GenerationMismatch:
            vectors = self._vectors([ours, theirs])
            nowhere = np.zeros((0, 0), dtype=np.float32)
            return Agreement(cosine=float(vectors[0] @ vectors[1]), ours=nowhere, theirs=nowhere, pairs=())
        return agree(*fields)

    def _side(self, part: _Part, heat: FloatArray) -> Side:
        return Side(
            area=part.area,
            heat=tuple(tuple(row) for row in heat.tolist()),
            palette=palette(part.crop),
            measured=self._usual.place(part.crop),
        )


def _parts(data: bytes, number: int) -> list[_Part]:
    """Cut a picture into the crops that the encoder looks at; raises PictureError."""
    pixels = np.asarray(open_picture(data, reduction).image)
    height, width = pixels.shape[:2]
    return [
        _Part(number, _area(box, width, height=height), pixels[box.top : box.bottom, box.left : box.right])
        for box in choose(pixels)
    ]


def _area(box: Box, width: int, *, height: int) -> Area:
    return Area(
        left=box.left / width, top=box.top / height, right=box.right / width, bottom=box.bottom / height
    )


def _patch(corner: tuple[int, int]) -> Area:
    rows, columns = GRID
    top, left = corner
    return Area(
        left=left / columns, top=top / rows, right=(left + PATCH) / columns, bottom=(top + PATCH) / rows
    )
