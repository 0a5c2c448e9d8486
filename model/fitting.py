"""How a generation is fitted to a catalogue: its whitening, its calibration, and what is stored of them."""

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from model import whitening
from model.arrays import FloatArray
from model.calibrating import calibrate
from model.calibration import Calibration
from model.colours import COLOURS
from model.generations import Generation
from model.trials import Shelf, run_trials
from model.whitening import Whitening
from storage.errors import GenerationCorrupt, GenerationMismatch

if TYPE_CHECKING:
    from storage.generations import GenerationRow  # a machine that only trains has no database

_LEAST = 20  # pictures from which a catalogue can tell anything about itself


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Fit:
    """How a generation was fitted to a catalogue."""

    whitening: Whitening
    calibration: Calibration


def fit_to(rows: FloatArray, generation: Generation) -> Whitening:
    """Fit to rows [n, d] as the encoder makes them; n = 0 leaves it to the prior."""
    manifest = generation.manifest
    return whitening.fit(
        rows,
        generation.prior,
        dimensions=manifest.dimensions,
        head_weight=manifest.head.weight if manifest.head else 0.0,
        palette_weight=manifest.palette,
    )


def calibrate_to(shelf: Shelf, generation: Generation) -> Calibration:
    """Hold parts of a shelf out and see how they are found; a tiny one leaves it to the generation."""
    default = generation.manifest.calibration
    if len(shelf.rows) < _LEAST:
        return default
    return calibrate(run_trials(shelf, functools.partial(fit_to, generation=generation)), default)


def read_fit(row: "GenerationRow") -> Fit | None:
    """Read how a generation was fitted, None before its first fit; raises GenerationCorrupt."""
    if row.transform is None or row.calibration is None:
        return None
    try:
        calibration = Calibration.from_json(row.calibration)
    except ValueError as error:
        raise GenerationCorrupt(generation=row.id, file="calibration") from error
    return Fit(whitening=Whitening.from_bytes(row.transform, generation=row.id), calibration=calibration)


def check_lengths(generation: Generation, fit: Fit, *, length: int) -> None:
    """Refuse vectors that the whitening does not make of this generation's statistics."""
    whitening, manifest = fit.whitening, generation.manifest
    head = manifest.head_length if whitening.head_weight > 0 else 0
    made = whitening.dimensions + head + (COLOURS if whitening.palette_weight > 0 else 0)
    if len(whitening.mean) != manifest.statistics or made != length:
        fault = f"the catalogue's vectors have {length} values, it makes {made}"
        raise GenerationMismatch(generation=generation.id, fault=fault)
