"""Artists whom the network was trained on: its head knows them better than their neighbours do."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.arrays import FloatArray, unit
from model.generations import Generation
from model.index import Rows
from model.painters import Painters, shares

_FLOOR = np.float32(1e-9)


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """The trained artists of a catalogue: their places among its painters and their class vectors."""

    places: Rows
    classes: FloatArray
    temperature: float
    trust: float

    def mix(self, similar: FloatArray, head: FloatArray) -> tuple[FloatArray, NDArray[np.bool_]]:
        """Share out anew what similarity gives to the trained artists, and say who they are.

        How much goes to trained artists at all is left to similarity, for a head knows nobody else;
        who of them gets how much is said by the head's calibrated softmax as far as it is to be trusted.
        """
        mixed = similar.copy()
        own = similar[self.places]
        chances = shares(self.classes @ unit(head), self.temperature)
        mixed[self.places] = own.sum() * pool(own, chances, trust=self.trust)
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
    return Trained(found, unit(generation.classes[numbers]), head.temperature, head.trust)


def pool(similar: FloatArray, chances: FloatArray, *, trust: float) -> FloatArray:
    """Take the geometric mean of two shares [.., artists], `trust` being the weight of the second."""
    logs = [np.log(np.maximum(part, _FLOOR)) for part in (similar, chances)]
    return shares(np.asarray(logs[0] * (1 - trust) + logs[1] * trust, dtype=np.float32), 1.0)
