"""Artists whom the network was trained on: its head knows them better than their neighbours do."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.arrays import FloatArray, unit
from model.generations import Generation
from model.index import Rows
from model.painters import Painters, shares


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """The trained artists of a catalogue: their places among its painters and their class vectors."""

    places: Rows
    classes: FloatArray
    temperature: float

    def mix(self, similar: FloatArray, head: FloatArray) -> tuple[FloatArray, NDArray[np.bool_]]:
        """Share out anew what similarity gives to the trained artists, and say who they are.

        How much goes to trained artists at all is left to similarity, for a head knows nobody else;
        who of them gets how much is the head's to say, by its calibrated softmax.
        """
        mixed = similar.copy()
        chances = shares(self.classes @ unit(head), self.temperature)
        mixed[self.places] = similar[self.places].sum() * chances
        known = np.zeros(len(similar), dtype=bool)
        known[self.places] = True
        return mixed, known


def trained_of(generation: Generation, painters: Painters) -> Trained | None:
    """Find the artists whom a generation was trained on among the painters, None where there is nobody."""
    head = generation.manifest.head
    if head is None or generation.classes is None:
        return None
    places = {name: place for place, name in enumerate(painters.names)}
    pairs = [(places[label], number) for number, label in enumerate(head.labels) if label in places]
    if not pairs:
        return None
    found, numbers = (np.array(side, dtype=np.intp) for side in zip(*pairs, strict=True))
    return Trained(found, unit(generation.classes[numbers]), head.temperature)
