"""Make a generation from a set: divide, train, fit the head, export."""

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from model import generations
from model.applications import build_imagenet
from model.arrays import FloatArray, IntArray
from model.bodies import build_body, channels
from model.dataset import TrainingSet
from model.draft_calibration import calibration_of
from model.export import WEIGHTS, Draft, draft, finish, tools, unpack_weights
from model.generations import Generation, companion_of
from model.manifest import Manifest
from model.protocol import Part, Split
from model.recipe import EPOCHS, Body, Recipe
from model.records_json import from_json, to_json
from model.sample import MINIMUM
from model.splits import SPLIT, serving_split
from model.stages import Stage, Tell, ignore
from model.titles import TITLES, print_titles
from model.training import Course, Trained, train
from model.validating import validation_of
from model.watching import Progress
from model.weighing import CHOOSING, PALETTE, weigh
from storage.errors import TrainingError

SIZES = ((72, 120), (120, 200))
RECIPE = "recipe.json"
# How many training pictures the prior is fitted on.
_PRIOR_PICTURES = 4000
DIMENSIONS = 192


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to train on and from; `sizes` [h, w] are those that the encoder will be asked at.

    `start` is the id of the generation whose encoder is trained on, or None for random weights, unless
    `imagenet` weights are wanted.  `head` keeps the head for the trained artists; a starter has none:
    it meets strangers only.  `companion` is a network by itself that serves beside the trained one.
    `split` divides the set where one is written down; `logs` are written for TensorBoard.  One that is
    `resumed` goes on with the generation that a killed retrain by the same plan had made, if any.
    """

    recipe: Recipe = field(default_factory=Recipe)
    minimum: int = MINIMUM
    sizes: tuple[tuple[int, int], ...] = SIZES
    start: str | None = None
    imagenet: bool = False
    head: bool = True
    companion: Generation | None = None
    split: Split | None = None
    logs: Path | None = None
    resumed: bool = False


def make_generation(
    crops: TrainingSet,
    folder: Path,
    *,
    plan: Plan,
    identity: str,
    progress: Tell = ignore,
    backup: Path | None = None,
) -> Generation:
    """Train on `crops` and write the generation called `identity` to `folder`.

    In `backup` a killed training of the same plan and pictures is taken up again.  Raises TrainingError,
    GenerationError and DiskFull.
    """
    drafted = make_draft(crops, folder.parent, plan=plan, identity=identity, progress=progress, backup=backup)
    return finish(folder, drafted)


def make_draft(
    crops: TrainingSet,
    folder: Path,
    *,
    plan: Plan,
    identity: str,
    progress: Tell = ignore,
    backup: Path | None = None,
) -> Draft:
    """Train on `crops`, from a generation in `folder` where the plan says so; what is left is to convert."""
    weights = _start_weights(folder, plan)
    split = plan.split or serving_split(crops.table)
    marks = split.marks(crops.table)
    recipe = plan.recipe
    trained = train(
        crops,
        recipe,
        weights=weights,
        progress=_progress(progress),
        course=Course(
            rows=np.flatnonzero(marks == Part.TRAINING),
            validate=validation_of(crops, marks, size=recipe.view),
            backup=None if backup is None else _matching(backup, crops, plan),
            logs=plan.logs,
        ),
    )
    progress(Stage(name="export", done=0, total=1))
    return _draft(trained, crops, plan=plan, split=split, identity=identity)


def _draft(trained: Trained, crops: TrainingSet, *, plan: Plan, split: Split, identity: str) -> Draft:
    marks = split.marks(crops.table)
    manifest = Manifest(
        id=identity,
        sizes=plan.sizes,
        channels=channels(trained.encoder),
        companion=plan.companion.manifest.channels if plan.companion else (),
        body=plan.recipe.body,
        # The other bodies answer mirror images too alike for the time that those take.
        mirror=plan.recipe.body is Body.RESIDUAL,
        dimensions=DIMENSIONS,
        palette=PALETTE,
        tools=tools(),
        data=f"{len(crops)} pictures of {len(crops.names)} artists, {crops.fingerprint}",
        scores=_scores(trained),
    )
    if plan.head:
        head, palette = weigh(trained, crops, marks, size=plan.sizes[0])
        manifest = replace(manifest, head=head, palette=palette)
    chosen = _spread(np.flatnonzero(marks == Part.TRAINING), most=_PRIOR_PICTURES)
    drafted = draft(
        manifest,
        trained.encoder,
        crops=crops.crops[chosen],
        head=trained.head if plan.head else None,
        classes=trained.directions if plan.head else None,
        companion=plan.companion,
    )
    asking = np.flatnonzero(np.isin(marks, CHOOSING))
    calibration = calibration_of(drafted, crops, asking, companion=plan.companion)
    return replace(
        drafted,
        manifest=replace(manifest, calibration=calibration),
        extra={**drafted.extra, **(_extra(trained, plan, split, titles=crops.titles) if plan.head else {})},
    )


def _spread(rows: IntArray, *, most: int) -> IntArray:
    return rows[np.linspace(0, len(rows) - 1, min(len(rows), most)).astype(np.int64)]


def _scores(trained: Trained) -> dict[str, float]:
    scores = {"loss": trained.losses[-1]}
    validated = [epoch.validation for epoch in trained.epochs if epoch.validation is not None]
    return scores | ({"validation": max(validated)} if validated else {})


def _extra(trained: Trained, plan: Plan, split: Split, *, titles: Mapping[int, str]) -> dict[str, bytes]:
    epochs = [
        {"seconds": epoch.seconds, "loss": epoch.loss, "validation": epoch.validation}
        for epoch in trained.epochs
    ]
    return {
        SPLIT: split.to_json().encode(),
        TITLES: print_titles(titles),
        RECIPE: to_json(plan.recipe).encode(),
        EPOCHS: json.dumps(epochs).encode(),
    }


def _progress(progress: Tell) -> Callable[[Progress], None]:
    def tell(step: Progress) -> None:
        progress(
            Stage(
                name="train",
                done=step.step,
                total=step.total,
                loss=step.loss,
                epoch=step.epoch,
                epochs=step.epochs,
                score=step.score,
            )
        )

    return tell


def _matching(backup: Path, crops: TrainingSet, plan: Plan) -> Path:
    """Keep the folder of an interrupted training for the same one only."""
    name = _digest(name_of(plan), crops.fingerprint)
    for other in backup.glob("*"):
        if other.name != name:
            shutil.rmtree(other, ignore_errors=True)
    return backup / name


def name_of(plan: Plan) -> str:
    """Name what is to be trained and from what, whatever the pictures: sixteen hexadecimal digits."""
    return _digest(to_json(plan.recipe), str(plan.start), str(plan.imagenet), str(plan.minimum))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def plan_from(folder: Path, plan: Plan) -> Plan:
    """Let a plan that starts from a generation have its body and sizes; raises GenerationError."""
    if plan.start is None:
        return plan
    source = generations.find(folder, plan.start)
    manifest, recipe = source.manifest, plan.recipe
    recipe = replace(recipe, body=manifest.body, widths=manifest.channels, blocks=_blocks(folder, source))
    companion = companion_of(source) if find_spec("ai_edge_litert") else None  # only LiteRT can run it
    return replace(plan, recipe=recipe, sizes=manifest.sizes, companion=companion)


def _blocks(folder: Path, source: Generation) -> tuple[int, ...]:
    if RECIPE not in source.manifest.files:
        return Recipe().blocks
    return from_json(Recipe, generations.read_file(folder, source, name=RECIPE)).blocks


def _start_weights(folder: Path, plan: Plan) -> list[FloatArray] | None:
    if plan.imagenet:
        return [np.asarray(weight) for weight in build_imagenet(plan.recipe.body).get_weights()]
    if plan.start is None:
        return None
    source = generations.find(folder, plan.start)
    expected = channels(build_body(plan.recipe))
    if (source.manifest.body, source.manifest.channels) != (plan.recipe.body, expected):
        raise TrainingError(fault=f"generation {plan.start} has another network; choose another one or none")
    return unpack_weights(generations.read_file(folder, source, name=WEIGHTS))
