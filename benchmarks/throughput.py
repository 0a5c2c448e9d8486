"""Measure how many pictures per second the recipe trains on, and what keeps it from more.

    KERAS_BACKEND=jax python benchmarks/throughput.py [--body residual] [--view 96x160] [--hands 256]
                      [--each 4] [--steps 60] [--epochs 4] [--side 8192]

Needs Keras and its backend, and nothing else of the bot.  Trains on noise, as `model.train` would on this
machine (on an accelerator in bfloat16, compiled by XLA, with the pictures resident), and leaves out the
first epoch, in which it compiles.  Beside what it reaches it prints three limits in pictures per second:

    arithmetic   the operations of a picture, counted, against a measured chain of matrix products
    memory       the bytes of a picture's feature maps, counted, against measured copies
    feeding      batches drawn by themselves

The lowest is what bounds it.  A picture's backward pass counts as two forward ones.  Feature maps count
five times: written, read, read again backward, and their gradients written and read; XLA saves some of
it by joining layers, so the memory limit can be beaten.
"""

import argparse
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import keras
import numpy as np
from keras import ops

from model.batches import HandBatches
from model.bodies import build_body
from model.dataset import TrainingSet
from model.machine import Machine, find_machine, working_on
from model.recipe import Body, Recipe
from model.sample import HEIGHT, WIDTH
from model.training import build_head, train

WORKS, EPISODES = 2, 4
PASSES, TOUCHES = 3, 5
CHAIN, REPEATS = 32, 5
FEEDING_BATCHES = 20
TERA, GIGA, MEGA = 1e12, 1e9, 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one picture costs in training: operations and bytes of feature maps."""

    operations: float
    bytes: float


@keras.saving.register_keras_serializable(package="grimche")
class Chain(keras.layers.Layer):
    """Multiply a square matrix by itself over and over, or copy it; only a number comes back."""

    def __init__(self, side: int, *, copies: bool) -> None:
        super().__init__()
        self.copies = copies
        spread = keras.initializers.RandomNormal(stddev=side**-0.5)
        self.matrix = self.add_weight(shape=(side, side), initializer=spread, trainable=False)

    def call(self, start: keras.KerasTensor) -> keras.KerasTensor:
        """Return a number that depends on all of it."""
        matrix = ops.convert_to_tensor(self.matrix)
        first = matrix + ops.cast(start[0, 0], matrix.dtype)

        def step(_: object, found: keras.KerasTensor) -> keras.KerasTensor:
            return ops.flip(found, axis=0) if self.copies else ops.matmul(found, matrix)

        found = ops.fori_loop(0, CHAIN, step, first)
        return ops.reshape(ops.cast(ops.mean(found), "float32"), (1, 1))


def main() -> None:
    """Measure and print."""
    options = parser().parse_args()
    recipe = Recipe(
        body=Body(options.body),
        view=(options.view[0], options.view[1]),
        hands=options.hands,
        each=options.each,
        steps=options.steps,
        epochs=options.epochs,
    )
    crops = noise(recipe)
    machine = find_machine(crops.crops.nbytes)
    print(f"{keras.backend.backend()}, {machine}, batches of {recipe.hands * recipe.each}")
    cost = cost_of(recipe, item=2 if machine.precision.endswith("16") else 4)
    with working_on(machine):
        rate = matrix_rate(options.side)
        copied = copy_rate(options.side)
    print(f"{cost.operations / GIGA:.2f} billion operations and {cost.bytes / MEGA:.0f} MB a picture")
    print(f"{rate / TERA:.2f} tera operations and {copied / GIGA:.0f} GB per second")
    limits = {
        "arithmetic": machine.devices * rate / cost.operations,
        "memory": machine.devices * copied / cost.bytes,
        "feeding": feeding_rate(crops, recipe, machine),
    }
    reached = training_rate(crops, recipe, machine)
    print(f"\n| | pictures per second |\n|---|---|\n| reached | {reached:.0f} |")
    for name, limit in limits.items():
        print(f"| {name} limit | {limit:.0f} ({reached / limit:.0%} reached) |")
    print(f"\nbound by: {min(limits, key=lambda name: limits[name])}")


def parser() -> argparse.ArgumentParser:
    """Describe the options."""
    found = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    found.add_argument("--body", choices=["residual", "lite"], default="residual")
    found.add_argument("--view", type=lambda text: [int(side) for side in text.split("x")], default=[96, 160])
    found.add_argument("--hands", type=int, default=256)
    found.add_argument("--each", type=int, default=4)
    found.add_argument("--steps", type=int, default=60)
    found.add_argument("--epochs", type=int, default=4)
    found.add_argument("--side", type=int, default=8192, help="of the matrices that are multiplied")
    return found


def noise(recipe: Recipe) -> TrainingSet:
    """Make up a set: what is in the pictures takes no time."""
    count = recipe.hands * WORKS * EPISODES
    rows = np.arange(count)
    return TrainingSet(
        crops=np.random.default_rng(0).integers(0, 256, (count, HEIGHT, WIDTH, 3), np.uint8),
        artists=rows // (WORKS * EPISODES),
        webtoons=rows // EPISODES,
        episodes=rows % EPISODES,
        names=tuple(f"artist {number}" for number in range(recipe.hands)),
    )


def cost_of(recipe: Recipe, *, item: int) -> Cost:
    """Count what a picture of the recipe's view costs, in numbers of `item` bytes."""
    body = build_body(recipe)
    height, width = recipe.view
    layers = [layer for layer in body.layers if not isinstance(layer, keras.layers.InputLayer)]
    probe = keras.Model(body.inputs, [layer.output for layer in layers])
    shapes = [spec.shape for spec in probe.compute_output_spec(keras.KerasTensor((1, height, width, 3)))]
    forward = sum(operations(layer, shape) for layer, shape in zip(layers, shapes, strict=True))
    head = build_head(body.output_shape[-1], recipe.vector)
    forward += sum(operations(layer, layer.output.shape) for layer in head.layers)
    cutting = 2 * 3 * height * WIDTH * (HEIGHT + width)  # two products; there is no way back through them
    maps = sum(math.prod(shape[1:]) for shape in shapes)
    return Cost(operations=PASSES * forward + cutting, bytes=TOUCHES * item * maps)


def operations(layer: keras.layers.Layer, shape: tuple[int, ...]) -> float:
    """Count the multiplications and additions of a layer whose output has this shape."""
    if not isinstance(layer, keras.layers.Conv2D | keras.layers.DepthwiseConv2D | keras.layers.Dense):
        return 0.0
    places = math.prod(shape[1:-1]) if len(shape) > 2 else 1
    return 2.0 * math.prod(layer.kernel.shape) * places


def matrix_rate(side: int) -> float:
    """Measure operations per second of products of square matrices, in the present precision."""
    return CHAIN * 2 * float(side) ** 3 / _seconds(_program(side, copies=False))


def copy_rate(side: int) -> float:
    """Measure bytes per second that are read or written in copies."""
    layer = Chain(side, copies=True)
    item = 2 if layer.compute_dtype.endswith("16") else 4
    return CHAIN * 2 * item * float(side) ** 2 / _seconds(_program(side, copies=True))


def _program(side: int, *, copies: bool) -> Callable[[], object]:
    start = keras.Input((1,), batch_size=1)
    model = keras.Model(start, Chain(side, copies=copies)(start))
    nothing = np.zeros((1, 1), np.float32)
    return lambda: model.predict_on_batch(nothing)


def _seconds(program: Callable[[], object]) -> float:
    """Take the quickest of some runs after a first that compiles."""
    program()
    return min(_times(program))


def _times(program: Callable[[], object]) -> Iterator[float]:
    for _ in range(REPEATS):
        begin = time.perf_counter()
        program()
        yield time.perf_counter() - begin


def feeding_rate(crops: TrainingSet, recipe: Recipe, machine: Machine) -> float:
    """Measure how many pictures per second come out of the batches."""
    batches = HandBatches(crops, np.arange(len(crops)), recipe=recipe, resident=machine.resident)
    begin = time.perf_counter()
    for step in range(FEEDING_BATCHES):
        batches[step]
    return FEEDING_BATCHES * recipe.hands * recipe.each / (time.perf_counter() - begin)


def training_rate(crops: TrainingSet, recipe: Recipe, machine: Machine) -> float:
    """Train, and measure pictures per second from the second epoch on."""
    trained = train(crops, recipe, machine=machine)
    seconds = sum(epoch.seconds for epoch in trained.epochs[1:])
    return (len(trained.epochs) - 1) * recipe.steps * recipe.hands * recipe.each / seconds


if __name__ == "__main__":
    main()
