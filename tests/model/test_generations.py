import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import generations
from model.manifest import HeadManifest, Manifest, parse_manifest, print_manifest
from model.recipe import Body
from model.whitening import Prior
from storage.errors import (
    DiskFull,
    GenerationCorrupt,
    GenerationError,
    GenerationMismatch,
    GenerationMissing,
)

MANIFEST = Manifest(id="test-1", sizes=((48, 80), (72, 120)), channels=(4, 6), scores={"hit@10": 0.5})
HEAD = HeadManifest(labels=("기안84", "조석"), dimensions=3, temperature=0.05, weight=0.25)
VALID = json.loads(print_manifest(replace(MANIFEST, head=HEAD)))


def some_prior(size: int = 40) -> Prior:
    """Make a prior of that many statistics."""
    basis = np.linalg.qr(np.random.default_rng(0).standard_normal((size, 8)))[0].astype(np.float32)
    return Prior(
        mean=np.zeros(size, np.float32),
        deviation=np.ones(size, np.float32),
        basis=basis,
        eigenvalues=np.geomspace(10, 1, 8).astype(np.float32),
        weight=100,
    )


def save(folder: Path, manifest: Manifest = MANIFEST, **parts: object) -> generations.Generation:
    """Save a small generation, parts of it replaced."""
    return generations.save(folder, manifest, **{"encoder": b"TFL3", "prior": some_prior(), **parts})


def change(folder: Path, **values: object) -> None:
    """Change fields of the manifest on disk."""
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


def test_round_trip(tmp_path: Path) -> None:
    """What was saved is loaded."""
    classes = np.eye(2, 3, dtype=np.float32)
    save(tmp_path / "g", replace(MANIFEST, head=HEAD), classes=classes, extra={"network.keras": b"k"})
    found = generations.load(tmp_path / "g")
    assert replace(found.manifest, files={}) == replace(MANIFEST, head=HEAD)
    assert (found.encoder, found.id) == (b"TFL3", "test-1")
    assert found.classes is not None
    assert (found.classes == classes).all()
    assert found.manifest.row == 43
    assert np.abs(found.prior.basis - some_prior().basis).max() < 1e-3
    assert (tmp_path / "g" / "network.keras").read_bytes() == b"k"


def test_body_is_residual_unless_named(tmp_path: Path) -> None:
    """A manifest from before there were bodies means the residual one; a named one comes back."""
    save(tmp_path / "g", replace(MANIFEST, body=Body.LITE))
    assert generations.load(tmp_path / "g").manifest.body is Body.LITE
    document = {name: value for name, value in VALID.items() if name != "body"}
    assert parse_manifest(json.dumps(document).encode()).body is Body.RESIDUAL


def test_before_companions_and_palettes() -> None:
    """A manifest that knows of no companion and no palette is one of a generation without them."""
    document = {name: value for name, value in VALID.items() if name not in {"companion", "palette"}}
    manifest = parse_manifest(json.dumps(document).encode())
    assert (manifest.companion, manifest.palette) == ((), 0)
    assert manifest.row == manifest.statistics + manifest.head_length


def test_saving_again_replaces(tmp_path: Path) -> None:
    """A second save takes the place of the first and leaves nothing beside it."""
    save(tmp_path / "g")
    save(tmp_path / "g", encoder=b"new")
    assert generations.load(tmp_path / "g").encoder == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["g"]


def test_no_folder(tmp_path: Path) -> None:
    """A generation that is not there is missing."""
    with pytest.raises(GenerationMissing, match=r"manifest\.json"):
        generations.load(tmp_path / "g")


@pytest.mark.parametrize("name", ["encoder.tflite", "prior.npz"])
def test_missing_file(tmp_path: Path, name: str) -> None:
    """A generation without one of its files is missing, and the file is named."""
    save(tmp_path / "g")
    (tmp_path / "g" / name).unlink()
    with pytest.raises(GenerationMissing, match=name):
        generations.load(tmp_path / "g")


@pytest.mark.parametrize("name", ["encoder.tflite", "prior.npz", "head.npz", "network.keras"])
def test_one_wrong_byte(tmp_path: Path, name: str) -> None:
    """A changed byte in any file is found by its checksum."""
    classes = np.eye(2, 3, dtype=np.float32)
    save(tmp_path / "g", replace(MANIFEST, head=HEAD), classes=classes, extra={"network.keras": b"keras"})
    data = bytearray((tmp_path / "g" / name).read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "g" / name).write_bytes(data)
    with pytest.raises(GenerationCorrupt, match=name):
        generations.load(tmp_path / "g")


def test_other_format(tmp_path: Path) -> None:
    """A manifest of another layout does not fit, which is not the same as damaged."""
    save(tmp_path / "g")
    change(tmp_path / "g", format=2)
    with pytest.raises(GenerationMismatch, match="format 2"):
        generations.load(tmp_path / "g")


def test_prior_of_other_size(tmp_path: Path) -> None:
    """A prior for another network does not fit."""
    with pytest.raises(GenerationMismatch, match="39 statistics where 40"):
        save(tmp_path / "g", prior=some_prior(39))
    assert list(tmp_path.iterdir()) == []


def test_head_of_other_size(tmp_path: Path) -> None:
    """A head whose class vectors are not its labels' does not fit."""
    with pytest.raises(GenerationMismatch, match="2 labels for 3 classes"):
        save(tmp_path / "g", replace(MANIFEST, head=HEAD), classes=np.eye(3, dtype=np.float32))


def test_no_encoder_named(tmp_path: Path) -> None:
    """A manifest that does not name the encoder is corrupt."""
    save(tmp_path / "g")
    change(tmp_path / "g", files={})
    with pytest.raises(GenerationCorrupt):
        generations.load(tmp_path / "g")


@pytest.mark.parametrize("name", ["prior.npz", "head.npz"])
def test_arrays_that_are_none(tmp_path: Path, name: str) -> None:
    """A file with a right checksum and no arrays is corrupt."""
    parts = {"classes": np.eye(2, 3, dtype=np.float32), "extra": {name: b"PK"}}
    if name == "head.npz":
        parts.pop("classes")
    with pytest.raises(GenerationCorrupt, match=name):
        save(tmp_path / "g", replace(MANIFEST, head=HEAD), **parts)


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "a/b", "..", ".hidden", "a\\b", "", "a\0"])
def test_path_tricks(tmp_path: Path, name: str) -> None:
    """A manifest can name no file outside its folder."""
    save(tmp_path / "g")
    (tmp_path / "outside").write_bytes(b"")
    change(tmp_path / "g", files={name: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"})
    with pytest.raises(GenerationCorrupt):
        generations.load(tmp_path / "g")


def test_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is named, the old generation stays, and no rest lies about."""
    save(tmp_path / "g")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(DiskFull):
        save(tmp_path / "g", encoder=b"new")
    monkeypatch.undo()
    assert generations.load(tmp_path / "g").encoder == b"TFL3"
    assert [path.name for path in tmp_path.iterdir()] == ["g"]


def test_other_faults_of_the_disk_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that is not of a full disk is not called one."""

    def broken(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("os.fsync", broken)
    with pytest.raises(OSError, match="Input/output"):
        save(tmp_path / "g")


@pytest.mark.parametrize(
    "values",
    [
        {"sizes": [[48]]},
        {"sizes": [[48, 8]]},
        {"channels": []},
        {"head": VALID["head"] | {"temperature": 0}},
        {"head": VALID["head"] | {"weight": 1}},
        {"mirror": 1},
        {"resample": "nearest"},
        {"companion": [0]},
        {"companion": [4]},
        {"palette": 1},
        {"palette": 0.5, "head": VALID["head"] | {"weight": 0.5}},
    ],
)
def test_impossible_values(tmp_path: Path, values: dict[str, object]) -> None:
    """What no generation can be is refused as corrupt."""
    save(tmp_path / "g")
    change(tmp_path / "g", **values)
    with pytest.raises(GenerationCorrupt):
        generations.load(tmp_path / "g")


def test_time_without_zone(tmp_path: Path) -> None:
    """A time that could be anywhere is refused."""
    save(tmp_path / "g")
    change(tmp_path / "g", created="2026-01-02T03:04:05")
    with pytest.raises(GenerationCorrupt):
        generations.load(tmp_path / "g")


def test_one_more_file(tmp_path: Path) -> None:
    """Other files of a generation are read when wanted, and checked like all."""
    made = save(tmp_path / "test-1", extra={"network.keras": b"keras"})
    made = generations.load(tmp_path / "test-1")
    assert generations.read_file(tmp_path, made, name="network.keras") == b"keras"
    with pytest.raises(GenerationMissing, match="report"):
        generations.read_file(tmp_path, made, name="report.json")
    (tmp_path / "test-1" / "network.keras").write_bytes(b"other")
    with pytest.raises(GenerationCorrupt):
        generations.read_file(tmp_path, made, name="network.keras")


def test_find_prefers_the_folder(tmp_path: Path) -> None:
    """A generation is looked for among the trained ones first."""
    save(tmp_path / "test-1")
    assert generations.find(tmp_path, "test-1").encoder == b"TFL3"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


@settings(deadline=None)  # the disk may be slow
@given(st.sampled_from(sorted(VALID)), JSON)
def test_fuzz_one_field(tmp_path_factory: pytest.TempPathFactory, name: str, value: object) -> None:
    """A manifest with anything at all in one field is a generation or a GenerationError."""
    folder = tmp_path_factory.mktemp("g")
    (folder / "manifest.json").write_text(json.dumps(VALID | {name: value}))
    with pytest.raises(GenerationError):  # at the least its files are missing
        generations.load(folder)


@settings(deadline=None)  # the disk may be slow
@given(st.sampled_from(sorted(VALID["head"])), JSON)
def test_fuzz_head(tmp_path_factory: pytest.TempPathFactory, name: str, value: object) -> None:
    """The same for the fields of the head."""
    folder = tmp_path_factory.mktemp("g")
    (folder / "manifest.json").write_text(json.dumps(VALID | {"head": VALID["head"] | {name: value}}))
    with pytest.raises(GenerationError):
        generations.load(folder)


@settings(deadline=None)  # the disk may be slow
@given(st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_fuzz_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """A manifest of any bytes is refused with a GenerationError."""
    folder = tmp_path_factory.mktemp("g")
    (folder / "manifest.json").write_bytes(data)
    with pytest.raises(GenerationError):
        generations.load(folder)


def test_deep_nesting(tmp_path: Path) -> None:
    """A manifest nested deeper than the parser goes is corrupt."""
    (tmp_path / "manifest.json").write_bytes(b"[" * 100_000)
    with pytest.raises(GenerationCorrupt):
        generations.load(tmp_path)


def test_print_and_parse() -> None:
    """Parsing gives back what was printed."""
    assert parse_manifest(print_manifest(replace(MANIFEST, head=HEAD))) == replace(MANIFEST, head=HEAD)


def test_body_of_another_version(tmp_path: Path) -> None:
    """A generation whose network has a body that nobody here knows is not damaged, but another version's."""
    save(tmp_path / "g")
    change(tmp_path / "g", body="transformer")
    with pytest.raises(GenerationMismatch, match="a body called 'transformer', which another version knows"):
        generations.load(tmp_path / "g")
