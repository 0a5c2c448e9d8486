"""Generations on disk: a folder with a manifest, an encoder, a prior, and perhaps a companion and a head."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from model.arrays import ArraysDamaged, FloatArray, pack, unpack
from model.generation_files import MANIFEST, check_file, read_checked, read_manifest, write_folder
from model.manifest import Manifest
from model.whitening import Prior
from storage.errors import GenerationCorrupt, GenerationMismatch, GenerationMissing

ENCODER, COMPANION = "encoder.tflite", "companion.tflite"
PRIOR = "prior.npz"
HEAD = "head.npz"
_STARTER = Path(__file__).parent / "starter"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Generation:
    """One trained network with all that serving needs.

    `companion` is a second network, which is served as it came; `classes` [labels, e] are the head's
    vectors.
    """

    manifest: Manifest
    encoder: bytes = field(repr=False)
    prior: Prior = field(repr=False)
    classes: FloatArray | None = field(repr=False, default=None)
    companion: bytes | None = field(repr=False, default=None)

    @property
    def id(self) -> str:
        """The name of the generation, in tables and folders."""
        return self.manifest.id


def alone(generation: Generation) -> Generation:
    """Return the trained network by itself: no companion, no colours."""
    return replace(
        generation, manifest=replace(generation.manifest, companion=(), palette=0.0), companion=None
    )


def companion_of(generation: Generation) -> Generation | None:
    """Return the companion by itself, None where there is none."""
    if generation.companion is None:
        return None
    manifest = replace(generation.manifest, channels=generation.manifest.companion, head=None)
    return alone(replace(generation, manifest=manifest, encoder=generation.companion, classes=None))


def starter() -> Generation:
    """Load the generation that Grimche ships."""
    return load(_STARTER)


def starter_manifest() -> Manifest:
    """Read the manifest of the generation that Grimche ships."""
    return read_manifest(_STARTER)


def find(generations_folder: Path, generation: str) -> Generation:
    """Load a generation by its id: from its folder, or the one that Grimche ships."""
    folder = generations_folder / generation
    if folder.is_dir():
        return load(folder)
    shipped = starter()
    if shipped.id != generation:
        raise GenerationMissing(generation=generation, file=str(folder))
    return shipped


def is_there(generations_folder: Path, generation: str) -> bool:
    """Say whether `find` has something to load, without loading it."""
    return (generations_folder / generation).is_dir() or starter_manifest().id == generation


def read_file(generations_folder: Path, generation: Generation, *, name: str) -> bytes:
    """Read one more file of a generation; raises GenerationMissing and GenerationCorrupt."""
    folder = generations_folder / generation.id
    if name not in generation.manifest.files:
        raise GenerationMissing(generation=generation.id, file=name)
    place = folder if folder.is_dir() else _STARTER
    return read_checked(place / name, generation.manifest.files[name])


def load(folder: Path) -> Generation:
    """Load a generation, every file checked against its sha256.

    Raises GenerationMissing, GenerationCorrupt or GenerationMismatch.
    """
    manifest = read_manifest(folder)
    needed = [ENCODER, PRIOR, *[HEAD] * bool(manifest.head), *[COMPANION] * bool(manifest.companion)]
    for name in needed:
        if name not in manifest.files:
            raise GenerationCorrupt(generation=manifest.id, file=MANIFEST)
    for name, digest in manifest.files.items():
        if name not in needed:
            check_file(folder / name, digest)
    contents = {name: read_checked(folder / name, manifest.files[name]) for name in needed}
    generation = Generation(
        manifest=manifest,
        encoder=contents[ENCODER],
        prior=_prior(manifest, contents[PRIOR]),
        classes=None if manifest.head is None else read_classes(manifest, contents[HEAD]),
        companion=contents.get(COMPANION),
    )
    _check_shapes(generation)
    return generation


def save(
    folder: Path,
    manifest: Manifest,
    *,
    encoder: bytes,
    prior: Prior,
    classes: FloatArray | None = None,
    extra: Mapping[str, bytes] | None = None,
) -> Generation:
    """Write a generation beside `folder`, check it, and move it into place; return it as loaded.

    `manifest.files` is filled in here; `extra` are more files (a companion, a network to train on).
    Raises GenerationError for parts that do not fit together and DiskFull.
    """
    contents = {ENCODER: encoder, PRIOR: prior.to_bytes(), **(extra or {})}
    if classes is not None:
        contents[HEAD] = pack({"classes": classes})
    return write_folder(folder, manifest, contents=contents, check=load)


def _prior(manifest: Manifest, data: bytes) -> Prior:
    try:
        return Prior.from_bytes(data)
    except ArraysDamaged as error:
        raise GenerationCorrupt(generation=manifest.id, file=PRIOR) from error


def read_classes(manifest: Manifest, data: bytes) -> FloatArray:
    """Read the head's vectors [labels, e] of the generation of `manifest`; raises GenerationCorrupt."""
    try:
        return unpack(data, {"classes": 2})["classes"]
    except ArraysDamaged as error:
        raise GenerationCorrupt(generation=manifest.id, file=HEAD) from error


def _check_shapes(generation: Generation) -> None:
    manifest, head = generation.manifest, generation.manifest.head
    found, named = len(generation.prior.mean), manifest.statistics
    if found != named:
        fault = f"its prior has {found} statistics where {named} are named"
        raise GenerationMismatch(generation=manifest.id, fault=fault)
    if head is None or generation.classes is None:
        return
    if generation.classes.shape != (len(head.labels), head.dimensions):
        fault = f"its head has {len(head.labels)} labels for {len(generation.classes)} classes"
        raise GenerationMismatch(generation=manifest.id, fault=fault)
