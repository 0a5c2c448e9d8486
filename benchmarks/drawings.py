"""Read a folder of real drawings and what trivial features say of them."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image
from skimage.feature import hog


class Drawing(NamedTuple):
    """One file of the folder."""

    file: str
    artist: str
    group: str
    episode: str


def read_drawings(folder: Path) -> list[Drawing]:
    """Read the manifest: file, artist, group, episode."""
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return [Drawing(r["file"], r["artist"], r["group"], r["episode"]) for r in rows]


def groups_of(drawings: Sequence[Drawing]) -> dict[str, list[Drawing]]:
    """Return the drawings of each group, and all of them."""
    groups = {name: [d for d in drawings if d.group == name] for name in sorted({d.group for d in drawings})}
    groups[f"all {len({d.artist for d in drawings})} hands"] = list(drawings)
    return groups


def split_episodes(drawings: Iterable[Drawing], seed: int) -> dict[Drawing, int]:
    """Give each drawing one of five folds; what must not lie on both sides has the same."""
    drawings = list(drawings)
    keys = sorted({_key(d) for d in drawings})
    order = np.random.default_rng(seed).permutation(len(keys))
    folds = {keys[position]: index % 5 for index, position in enumerate(order)}
    return {drawing: folds[_key(drawing)] for drawing in drawings}


def split_keys(drawings: Sequence[Drawing]) -> np.ndarray:
    """Give what must not lie on both sides of a comparison the same number."""
    return np.unique([_key(drawing) for drawing in drawings], return_inverse=True)[1]


def split_artists(drawings: Sequence[Drawing], seed: int, *, folds: int = 3) -> dict[str, int]:
    """Give each artist a fold, those of a group as evenly as can be."""
    dealt: dict[str, int] = {}
    for name in sorted({d.group for d in drawings}):
        hands = sorted({d.artist for d in drawings if d.group == name})
        order = np.random.default_rng(seed).permutation(len(hands))
        dealt |= {hands[place]: (len(dealt) + turn) % folds for turn, place in enumerate(order)}
    return dealt


def _key(drawing: Drawing) -> str:
    """Return the subject of an emoji, which several hands share, else the hand's page or strip."""
    owner = drawing.group if drawing.group == "emoji" else drawing.artist
    return f"{owner}/{drawing.episode}"


def copy_drawings(folder: Path, drawings: Iterable[Drawing], target: Path, *, grey: bool) -> None:
    """Copy the files, one folder per hand, with the manifest that names their episodes."""
    rows = [["file", "artist", "episode"]]
    for drawing in drawings:
        file = target / drawing.file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(jpeg(open_rgb(folder, drawing, grey=grey)))
        rows.append([drawing.file, drawing.artist, drawing.episode])
    with (target / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def open_rgb(folder: Path, drawing: Drawing, *, grey: bool) -> Image.Image:
    """Open a drawing, without its colours where they are not wanted."""
    picture = Image.open(folder / drawing.file).convert("RGB")
    return picture.convert("L").convert("RGB") if grey else picture


def jpeg(picture: Image.Image) -> bytes:
    """Write as a JPEG of high quality, so that colour and grey copies went the same way."""
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


def histogram(picture: Image.Image) -> np.ndarray:
    """Return the unit vector of root counts of 64 colours (4 levels of each channel)."""
    levels = np.asarray(picture.resize((120, 100))) // 64
    colours = levels[..., 0] * 16 + levels[..., 1] * 4 + levels[..., 2]
    counts = np.sqrt(np.bincount(colours.ravel(), minlength=64))
    return counts / np.linalg.norm(counts)


def gradients(picture: Image.Image) -> np.ndarray:
    """Return the unit vector of histograms of oriented gradients: 9 angles, 16 px cells, 2x2 blocks."""
    grey = np.asarray(picture.resize((96, 80)).convert("L"))
    values = hog(grey, orientations=9, pixels_per_cell=(16, 16), cells_per_block=(2, 2))
    return values / max(np.linalg.norm(values), 1e-9)


def macro(right: Sequence[tuple[str, bool]]) -> float:
    """Return the mean over hands of how often each was named."""
    own: dict[str, list[bool]] = defaultdict(list)
    for artist, hit in right:
        own[artist].append(hit)
    return float(np.mean([np.mean(hits) for hits in own.values()]))
