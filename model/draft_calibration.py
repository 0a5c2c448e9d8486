"""What a similarity is worth to a new generation, before a catalogue has told it: by pictures held out."""

import numpy as np

from model.arrays import IntArray
from model.calibration import Calibration
from model.dataset import TrainingSet
from model.export import Draft, rows_of
from model.fitting import calibrate_to
from model.generations import Generation
from model.non_drawings import non_drawings
from model.trials import Shelf, invent_webtoons

# So many pictures of a webtoon, and in all, are enough; whole artists are left out beyond.
_EACH, _MOST = 12, 1500


def calibration_of(
    drafted: Draft, crops: TrainingSet, rows: IntArray, *, companion: Generation | None = None
) -> Calibration:
    """Calibrate on `rows` of a set that were not trained on, as a catalogue of them would be.

    What they are too few to tell is as the draft has it.
    """
    generation = Generation(manifest=drafted.manifest, encoder=b"", prior=drafted.prior)
    rows = _some(crops, rows)
    if not len(rows):
        return drafted.manifest.calibration
    pictures, others = (
        rows_of(drafted.network, seen, manifest=drafted.manifest, companion=companion)
        for seen in (crops.crops[rows], np.stack(non_drawings()))
    )
    shelf = Shelf(
        rows=pictures,
        webtoon_ids=crops.webtoons[rows],
        episodes=crops.episodes[rows],
        webtoons=invent_webtoons(crops.webtoons[rows], crops.artists[rows], names=crops.names),
        others=others,
    )
    return calibrate_to(shelf, generation)


def _some(crops: TrainingSet, rows: IntArray) -> IntArray:
    """Choose some of each webtoon, evenly, of as many artists as there is time for, in order."""
    rows = rows[np.lexsort((crops.episodes[rows], crops.webtoons[rows]))]
    parts = [rows[crops.webtoons[rows] == webtoon] for webtoon in np.unique(crops.webtoons[rows])]
    spread = [part[np.linspace(0, len(part) - 1, min(len(part), _EACH)).astype(np.intp)] for part in parts]
    rows = np.concatenate([rows[:0], *spread])
    artists, counts = np.unique(crops.artists[rows], return_counts=True)
    order = np.random.default_rng(0).permutation(len(artists))
    chosen = artists[order[np.cumsum(counts[order]) <= max(_MOST, counts.max(initial=0))]]
    return rows[np.isin(crops.artists[rows], chosen)]
