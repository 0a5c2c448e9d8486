"""Training by script on an exported set, as on a machine without the bot."""

import json
import shutil
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("keras")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

from model import train as script  # noqa: E402  # needs Keras
from model.dataset import open_set  # noqa: E402
from model.drafts import read_draft  # noqa: E402
from model.encoder import Encoder  # noqa: E402
from model.encoding import encode_with_keras  # noqa: E402
from model.export import NETWORK, finish  # noqa: E402
from model.exported import NOTE, export_set, read_split  # noqa: E402
from model.generations import alone, load  # noqa: E402
from model.parity import check_parity  # noqa: E402
from model.recipe import Recipe  # noqa: E402
from model.splits import SPLIT  # noqa: E402
from storage.errors import FileNotWritable, TrainingError  # noqa: E402
from tests.model.samples import hands, make_set  # noqa: E402
from tests.model.scripts import run  # noqa: E402

SMALL = Recipe(
    widths=(6, 8), blocks=(1, 1), view=(24, 40), vector=8, hands=4, each=4, steps=2, epochs=2, cutmix=0.2
)
# Give the script that recipe, which no option could make so small.
BODY = f"""
import sys
from model import making, plans
from model.recipe import Recipe
plans.Recipe = lambda: {SMALL!r}
making.SIZES = ((24, 40),)
from dataclasses import replace
whole = plans.plan_for
plans.plan_for = lambda wish, folder: replace(whole(wish, folder), sizes=((24, 40),))
from model import conversion, train
conversion.can_convert = lambda: CONVERT
sys.exit(train.main(sys.argv[1:]))
""".replace("<Body.RESIDUAL: 'residual'>", "plans.Body.RESIDUAL")


def made_in(out: Path) -> Path:
    """Find the one generation in a folder."""
    (folder,) = (each for each in out.iterdir() if not each.name.startswith("."))
    return folder


def folder_names(folder: Path) -> set[str]:
    """List what is in a folder, hidden things too."""
    return {path.name for path in folder.iterdir()}


async def test_exported_set_stands_by_itself(tmp_path: Path) -> None:
    """It holds pictures, table, split and a note, opens again, and nothing is written over."""
    crops = await export_set(tmp_path / "set", hands(4))
    assert len(open_set(tmp_path / "set")) == len(crops) == 40
    assert "delete them" in (tmp_path / "set" / NOTE).read_text()
    split = read_split(tmp_path / "set")
    assert split is not None
    assert len(split.spans) > 8
    with pytest.raises(FileNotWritable, match="new folder"):
        await export_set(tmp_path / "set", hands(4))
    assert folder_names(tmp_path) == {"set"}


async def test_set_is_written_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder may be named by a dot, and stays the same folder."""
    monkeypatch.chdir(tmp_path)
    crops = await export_set(Path(), hands(2))
    assert len(open_set(tmp_path)) == len(crops)
    assert (Path() / NOTE).exists()
    assert folder_names(tmp_path) == {"pictures.u8", "table.npz", "names.json", SPLIT, NOTE}


async def test_damaged_split_is_said(tmp_path: Path) -> None:
    """A split that cannot be read is a set that is not whole; none at all is drawn anew."""
    await export_set(tmp_path / "set", hands(2))
    (tmp_path / "set" / SPLIT).write_text("{")
    with pytest.raises(TrainingError, match="not whole"):
        read_split(tmp_path / "set")
    (tmp_path / "set" / SPLIT).unlink()
    assert read_split(tmp_path / "set") is None


async def test_script_makes_a_generation(tmp_path: Path) -> None:
    """The script ends with a folder that loads, and says where it is."""
    await export_set(tmp_path / "set", hands(4, episodes=8))
    done = run(
        "-c",
        BODY.replace("CONVERT", "True"),
        *("--data", str(tmp_path / "set"), "--out", str(tmp_path / "out"), "--init", "scratch"),
    )
    assert done.returncode == 0, done.stderr
    folder = made_in(tmp_path / "out")
    assert done.stdout.strip() == str(folder)
    assert "step 4 of 4, loss " in done.stderr
    assert " left" in done.stderr
    head = load(folder).manifest.head
    assert head is not None
    assert len(head.labels) == 4


def test_script_needs_no_database() -> None:
    """A machine that only trains needs neither what opens databases nor LiteRT."""
    program = """
import sys
sys.modules.update(dict.fromkeys(("aiosqlite", "ai_edge_litert")))
import model.dataset, model.drafts, model.exported, model.making, model.plans
"""
    done = run("-c", program)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(find_spec("jax") is None, reason="JAX is not installed")
@pytest.mark.parametrize("devices", ["1", "2"])
async def test_network_trained_with_jax_serves_here(tmp_path: Path, devices: str) -> None:
    """Trained under JAX, on one device or several, and converted here, it says what Keras says."""
    crops = await export_set(tmp_path / "set", hands(4, episodes=8))
    done = run(
        "-c",
        BODY.replace("CONVERT", "False"),
        *("--data", str(tmp_path / "set"), "--out", str(tmp_path / "out"), "--init", "scratch"),
        KERAS_BACKEND="jax",
        XLA_FLAGS=f"--xla_force_host_platform_device_count={devices}",
    )
    assert done.returncode == 0, done.stderr
    folder = made_in(tmp_path / "out")
    assert NETWORK in json.loads((folder / "manifest.json").read_bytes())["files"]
    drafted = read_draft(folder)
    assert drafted.manifest.tools["backend"] == "jax"
    made = finish(tmp_path / "made", drafted)
    rows = Encoder(alone(made)).statistics(list(crops.crops[:6]))
    check_parity(rows, encode_with_keras(drafted.network, crops.crops[:6], manifest=made.manifest))
    assert np.abs(rows).max() > 0


@pytest.mark.skipif(find_spec("jax") is None, reason="JAX is not installed")
async def test_jax_converts_through_tensorflow(tmp_path: Path) -> None:
    """With both installed a training under JAX ends with a whole generation."""
    await export_set(tmp_path / "set", hands(3, episodes=8))
    done = run(
        "-c",
        BODY.replace("CONVERT", "True"),
        *("--data", str(tmp_path / "set"), "--out", str(tmp_path / "out"), "--init", "scratch"),
        KERAS_BACKEND="jax",
    )
    assert done.returncode == 0, done.stderr
    assert "encoder.tflite" in load(made_in(tmp_path / "out")).manifest.files


async def test_set_larger_than_memory_trains(tmp_path: Path) -> None:
    """Where a process may take no more than half of the set into memory, it trains on it all the same."""
    pytest.importorskip("resource")
    crops = await make_set(tmp_path / "set", 4, webtoons=4, episodes=40)
    grown = tmp_path / "grown"
    shutil.copytree(tmp_path / "set", grown)
    times = 24
    with (grown / "pictures.u8").open("wb") as file:
        for _ in range(times):
            file.write(crops.crops.tobytes())
    columns = {
        name: np.tile(getattr(crops, name), times)
        for name in ("artists", "webtoons", "groups", "episodes", "hashes")
    }
    columns["episodes"] += np.repeat(np.arange(times), len(crops)) * 100
    np.savez(grown / "table.npz", **columns)
    size = crops.crops.nbytes * times
    program = f"""
import resource
from dataclasses import replace
from pathlib import Path
from model.dataset import open_set
from model.training import train
from model.recipe import Body, Recipe
small = {replace(SMALL, steps=1, epochs=1)!r}
train(open_set(Path({str(tmp_path / "set")!r})), small)
taken = int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize()
room = {size} // 2
resource.setrlimit(resource.RLIMIT_DATA, (taken + room, taken + room))
crops = open_set(Path({str(grown)!r}))
trained = train(crops, replace(small, steps=10))
print(trained.losses[-1])
try:
    crops.crops.copy()
except MemoryError:
    print("too large")
""".replace("<Body.RESIDUAL: 'residual'>", "Body.RESIDUAL")
    done = run("-c", program)
    assert done.returncode == 0, done.stderr
    assert np.isfinite(float(done.stdout.split()[0]))
    assert "too large" in done.stdout
    assert size > 1 << 30


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--init", "nobody"), "Generation nobody is incomplete"),
        (("--init", "scratch", "--body", "giant"), "no body called giant"),
        (("--init", "imagenet", "--body", "residual"), "no ImageNet weights"),
    ],
)
async def test_wrong_wishes_are_one_sentence(
    tmp_path: Path, arguments: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be done is said before anything is trained."""
    await export_set(tmp_path / "set", hands(2))
    options = ["--data", str(tmp_path / "set"), "--out", str(tmp_path / "out"), *arguments]
    assert script.main(options) == 1
    assert sentence in capsys.readouterr().err


async def test_folder_that_cannot_be_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a file lies in the way of OUT, that is said before anything is trained."""
    await export_set(tmp_path / "set", hands(2))
    (tmp_path / "out").write_text("taken")
    options = ["--data", str(tmp_path / "set"), "--out", str(tmp_path / "out"), "--init", "scratch"]
    assert script.main(options) == 1
    assert "out/.training cannot be written" in capsys.readouterr().err


def test_no_set_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder without a set is named, whether it is there or not."""
    for place in (tmp_path, tmp_path / "nowhere"):
        assert script.main(["--data", str(place), "--out", str(tmp_path / "out"), "--init", "scratch"]) == 1
        assert f"there is no set in {place}" in capsys.readouterr().err


@pytest.mark.parametrize(
    "wish",
    [("--epochs", "0"), ("--steps", "0"), ("--seed", "-1"), ("--seed", "4294967296"), ("--rate", "nan")],
)
def test_numbers_out_of_range_are_refused(
    tmp_path: Path, wish: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be trained with is refused as an argument, with what is allowed."""
    with pytest.raises(SystemExit, match="2"):
        script.main(["--data", str(tmp_path), "--out", str(tmp_path), f"{wish[0]}={wish[1]}"])
    assert f"argument {wish[0]}: '{wish[1]}' is not " in capsys.readouterr().err
