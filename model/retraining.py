"""Make a new generation from the catalogue: collect, train, export, embed, compare, promote."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import keras
import numpy as np

from model import generations
from model.arrays import FloatArray
from model.bodies import build_body, channels
from model.collect import MINIMUM, collect
from model.dataset import TrainingSet, write_set
from model.embedding import embed_catalogue
from model.evaluation import fit_temperature, held_out, top1
from model.export import WEIGHTS, export, tools, unpack_weights
from model.generations import Generation
from model.manifest import HeadManifest, Manifest
from model.recipe import Recipe
from model.training import Trained, train
from storage import catalogue, vectors
from storage import generations as stored_generations
from storage.database import connect, transaction
from storage.errors import TrainingError

SIZES = ((48, 80), (72, 120), (96, 160))
# How many training pictures the prior is fitted on, and from what head weights one is chosen.
_PRIOR_PICTURES = 4000
_HEAD_WEIGHTS = (0.0, 0.25, 0.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to train on and from; `sizes` [h, w] are those that the encoder will be asked at.

    `start` is the id of the generation whose encoder is trained on, or None for random weights;
    `head` keeps the head for the trained artists.  A starter has none: it meets strangers only.
    """

    recipe: Recipe = field(default_factory=Recipe)
    minimum: int = MINIMUM
    sizes: tuple[tuple[int, int], ...] = SIZES
    start: str | None = None
    head: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What a retrain does now (collect, train, export, embed) and how far it is."""

    name: str
    done: int
    total: int
    loss: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a retrain ended with.

    `before` and `after` are how often the nearest thumbnail of another episode is by the right artist,
    among held-out episodes: of the generation that serves and of the new one.
    """

    generation: str
    artists: int
    pictures: int
    before: float
    after: float
    promoted: bool


async def retrain(
    database: Path,
    folder: Path,
    *,
    plan: Plan,
    promote: bool | None = None,
    progress: Callable[[Stage], None] = lambda _stage: None,
) -> Outcome:
    """Train a generation on the catalogue, write it into `folder`, embed everything with it.

    It is promoted when it finds the artists of held-out episodes at least as often as the one that
    serves; `promote` decides instead when given.  Until then nothing changes for those who ask.
    Raises TrainingError.
    """
    identity = f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    work = Path(tempfile.mkdtemp(prefix=".training-", dir=folder))
    try:
        crops = await write_set(
            work, collect(database, minimum=plan.minimum, progress=_stage(progress, "collect"))
        )
        made = make_generation(crops, folder / identity, plan=plan, identity=identity, progress=progress)
        artists, pictures = len(crops.names), len(crops)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    await embed_catalogue(database, made, progress=_stage(progress, "embed"))
    before, after = await _compare(database, identity)
    better = after >= before or np.isnan(before)
    promoted = bool(better if promote is None else promote)
    if promoted:
        await _promote(database, identity)
    return Outcome(
        generation=identity, artists=artists, pictures=pictures, before=before, after=after, promoted=promoted
    )


def make_generation(
    crops: TrainingSet,
    folder: Path,
    *,
    plan: Plan,
    identity: str,
    progress: Callable[[Stage], None] = lambda _stage: None,
) -> Generation:
    """Train on `crops` and write the generation called `identity` to `folder`."""
    weights = _start_weights(folder.parent, plan)
    trained = train(
        crops,
        plan.recipe,
        weights=weights,
        progress=lambda step: progress(Stage(name="train", done=step.step, total=step.total, loss=step.loss)),
    )
    progress(Stage(name="export", done=0, total=1))
    manifest = Manifest(
        id=identity,
        sizes=plan.sizes,
        channels=channels(trained.encoder),
        body=plan.recipe.body,
        tools=tools(),
        data=f"{len(crops)} pictures of {len(crops.names)} artists",
        scores={"loss": trained.losses[-1]},
    )
    chosen = np.linspace(0, len(crops) - 1, min(len(crops), _PRIOR_PICTURES)).astype(np.int64)
    pictures = crops.crops[chosen]
    if plan.head:
        manifest = replace(manifest, head=_fit_head(trained, crops, size=plan.sizes[0]))
    return export(
        folder,
        manifest,
        encoder=trained.encoder,
        crops=pictures,
        classes=trained.directions if plan.head else None,
        head=trained.head if plan.head else None,
    )


def _start_weights(folder: Path, plan: Plan) -> list[FloatArray] | None:
    if plan.start is None:
        return None
    source = generations.find(folder, plan.start)
    expected = channels(build_body(plan.recipe))
    if (source.manifest.body, source.manifest.channels) != (plan.recipe.body, expected):
        raise TrainingError(fault=f"generation {plan.start} has another network; choose another one or none")
    return unpack_weights(generations.read_file(folder, source, name=WEIGHTS))


def _fit_head(trained: Trained, crops: TrainingSet, *, size: tuple[int, int]) -> HeadManifest:
    """Choose the head's temperature and weight on the episodes that training did not see."""
    asking = held_out(crops.webtoons, crops.episodes)
    statistics = _predict(trained.encoder, crops, size=size)
    heads = np.asarray(trained.head.predict(statistics, verbose=0, batch_size=256), np.float32)
    style = (statistics - statistics.mean(axis=0)) / (statistics.std(axis=0) + 1e-6)
    style /= np.linalg.norm(style, axis=1, keepdims=True)
    temperature, weight = 0.05, _HEAD_WEIGHTS[-1]
    if asking.any():
        temperature = fit_temperature(heads[asking] @ trained.directions.T, crops.artists[asking])
        weight = max(
            _HEAD_WEIGHTS,
            key=lambda share: top1(
                np.concatenate([style * (1 - share) ** 0.5, heads * share**0.5], axis=1),
                crops.artists,
                queries=asking,
            ),
        )
    return HeadManifest(
        labels=trained.names, dimensions=heads.shape[1], temperature=temperature, weight=weight
    )


def _predict(
    encoder: keras.Model, crops: TrainingSet, *, size: tuple[int, int], batch: int = 64
) -> FloatArray:
    parts = []
    for start in range(0, len(crops), batch):
        pictures = crops.crops[start : start + batch].astype(np.float32)
        small = keras.ops.image.resize(pictures, size, antialias=True)
        parts.append(keras.ops.convert_to_numpy(encoder(small, training=False)))
    return np.concatenate(parts)


async def _compare(database: Path, identity: str) -> tuple[float, float]:
    async with connect(database, read_only=True) as connection:
        painters = {
            stored.id: (stored.webtoon.painters or ("",))[0]
            for stored in await catalogue.list_webtoons(connection)
        }
        current = await stored_generations.current(connection)
        before = await vectors.load_vectors(connection, current.id) if current else None
        after = await vectors.load_vectors(connection, identity)
    names = {name: number for number, name in enumerate(sorted(set(painters.values())))}
    scores = []
    for table in (before, after):
        if table is None or not len(table.webtoon_ids):
            scores.append(float("nan"))
            continue
        artists = np.array([names[painters[int(webtoon)]] for webtoon in table.webtoon_ids])
        asking = held_out(table.webtoon_ids, table.episode_numbers)
        scores.append(top1(table.vectors.astype(np.float32), artists, queries=asking))
    return scores[0], scores[1]


async def _promote(database: Path, identity: str) -> None:
    async with connect(database) as connection, transaction(connection):
        await stored_generations.promote(connection, identity)


def _stage(progress: Callable[[Stage], None], name: str) -> Callable[[int, int], None]:
    return lambda done, total: progress(Stage(name=name, done=done, total=total))
