"""Generations that wait for their conversion: what a machine without TensorFlow or LiteRT writes."""

import io
import tempfile
from pathlib import Path

import keras
import numpy as np

from model.arrays import pack
from model.export import NETWORK, WEIGHTS, Draft, pack_network
from model.generation_files import read_checked, read_manifest, write_folder
from model.generations import HEAD, PRIOR, read_classes
from model.network import MomentPooling
from model.whitening import Prior
from storage.errors import GenerationCorrupt

SAMPLES = "samples.npz"


def write_draft(folder: Path, drafted: Draft) -> None:
    """Write a draft to `folder`; raises DiskFull."""
    contents = {
        **drafted.extra,
        NETWORK: pack_network(drafted.network),
        PRIOR: drafted.prior.to_bytes(),
        WEIGHTS: drafted.weights,
        SAMPLES: pack({"samples": drafted.samples, "expected": drafted.expected}),
    }
    if drafted.classes is not None:
        contents[HEAD] = pack({"classes": drafted.classes})
    write_folder(folder, drafted.manifest, contents=contents, check=read_manifest)


def read_draft(folder: Path) -> Draft:
    """Read a draft, every file checked; raises GenerationError."""
    manifest = read_manifest(folder)
    contents = {name: read_checked(folder / name, digest) for name, digest in manifest.files.items()}
    for name in (NETWORK, PRIOR, WEIGHTS, SAMPLES):
        if name not in contents:
            raise GenerationCorrupt(generation=manifest.id, file=name)
    with np.load(io.BytesIO(contents.pop(SAMPLES)), allow_pickle=False) as arrays:
        samples, expected = arrays["samples"], arrays["expected"]
    classes = contents.pop(HEAD, None)
    return Draft(
        manifest=manifest,
        network=_network(contents.pop(NETWORK), generation=manifest.id),
        weights=contents.pop(WEIGHTS),
        prior=Prior.from_bytes(contents.pop(PRIOR)),
        samples=samples,
        expected=expected,
        classes=None if classes is None else read_classes(manifest, classes),
        extra=contents,
    )


def _network(data: bytes, *, generation: str) -> keras.Model:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / NETWORK
        file.write_bytes(data)
        try:
            return keras.saving.load_model(file, custom_objects={"MomentPooling": MomentPooling})
        except (OSError, ValueError, TypeError) as error:
            raise GenerationCorrupt(generation=generation, file=NETWORK) from error
