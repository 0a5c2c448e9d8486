"""Train on an exported set, on a machine without the bot: `python -m model.train --data DIR --out DIR`.

The set comes from `grimche export-set`.  What is written to OUT is a generation for
`grimche generations add`; where TensorFlow or LiteRT is missing, it is converted there.  An interrupted
training goes on when the same command is run again.  KERAS_BACKEND chooses tensorflow or jax.
"""

import argparse
import shutil
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from model.arguments import rate, seed, whole
from model.quiet import hush_tensorflow
from model.space import space_at
from storage.errors import FileNotWritable, GrimcheError

if TYPE_CHECKING:
    from model.plans import Wish
    from model.stages import Stage

_WORKPLACE = ".training"
_FAILED, _INTERRUPTED = 1, 130


def main(arguments: list[str] | None = None) -> int:
    """Train, and say in one sentence what went wrong; return the exit code."""
    options = _parser().parse_args(arguments)
    hush_tensorflow()
    try:
        folder = _train(options)
    except GrimcheError as error:
        sys.stderr.write(f"\n{error}\n")
        return _FAILED
    except KeyboardInterrupt:
        sys.stderr.write("\ninterrupted; the same command goes on from the last epoch\n")
        return _INTERRUPTED
    sys.stderr.write("\n")
    sys.stdout.write(f"{folder}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m model.train", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="an exported set")
    parser.add_argument("--out", type=Path, required=True, help="where generations are")
    parser.add_argument("--init", default="starter", help="starter, scratch, imagenet or a generation in OUT")
    parser.add_argument("--body", help="residual, lite, mobilenet or efficientnet, for scratch and imagenet")
    parser.add_argument("--epochs", type=whole)
    parser.add_argument("--steps", type=whole, help="batches in an epoch")
    parser.add_argument("--seed", type=seed)
    parser.add_argument("--patience", type=whole, help="end after so many epochs without a better one")
    parser.add_argument("--rate", type=rate, help="the highest learning rate")
    parser.add_argument("--logs", type=Path, help="folder for TensorBoard")
    return parser


def _train(options: argparse.Namespace) -> Path:
    from model.conversion import can_convert  # noqa: PLC0415  # `--help` shall not wait for it
    from model.dataset import open_set  # noqa: PLC0415
    from model.drafts import write_draft  # noqa: PLC0415
    from model.export import finish  # noqa: PLC0415
    from model.exported import read_split  # noqa: PLC0415
    from model.making import make_draft  # noqa: PLC0415
    from model.plans import plan_for  # noqa: PLC0415

    crops = open_set(options.data, checked=True)
    out: Path = options.out
    plan = replace(plan_for(_wish(options), out), split=read_split(options.data))
    identity = f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    work, folder = out / _WORKPLACE, out / identity
    _make_folder(work)
    drafted = make_draft(crops, out, plan=plan, identity=identity, progress=_Bar(), backup=work)
    if can_convert():
        finish(folder, drafted)
    else:
        write_draft(folder, drafted)
    shutil.rmtree(work, ignore_errors=True)
    return folder


def _make_folder(folder: Path) -> None:
    try:
        with space_at(folder):
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileNotWritable(path=str(folder), fault=error.strerror or str(error)) from error


def _wish(options: argparse.Namespace) -> "Wish":
    from model.plans import Wish  # noqa: PLC0415  # it loads Keras
    from model.recipe import Body  # noqa: PLC0415
    from storage.errors import TrainingError  # noqa: PLC0415

    try:
        body = None if options.body is None else Body(options.body)
    except ValueError as error:
        raise TrainingError(fault=f"there is no body called {options.body}") from error
    return Wish(
        init=options.init,
        body=body,
        epochs=options.epochs,
        steps=options.steps,
        seed=options.seed,
        patience=options.patience,
        rate=options.rate,
        logs=options.logs,
    )


class _Bar:
    """Write one line over and over: what is done, the loss, and the time left."""

    def __init__(self) -> None:
        self._first: tuple[float, int] | None = None

    def __call__(self, stage: "Stage") -> None:
        """Show how far it is."""
        if stage.name != "train":
            sys.stderr.write(f"\n{stage.name}")
            return
        now = time.monotonic()
        if self._first is None:
            self._first = (now, stage.done)
        begin, done = self._first
        left = (now - begin) / max(stage.done - done, 1) * (stage.total - stage.done)
        minutes, seconds = divmod(round(left), 60)
        line = f"step {stage.done} of {stage.total}, loss {stage.loss:.3f}, {minutes}:{seconds:02} left"
        sys.stderr.write(f"\r{line:<60}")
        sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
