"""The benchmark of training throughput: what it counts, and that it runs under both backends."""

from importlib.util import find_spec

import pytest

keras = pytest.importorskip("keras")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

from benchmarks.throughput import Chain, cost_of, operations  # noqa: E402  # needs Keras
from model.recipe import Recipe  # noqa: E402
from tests.model.scripts import run  # noqa: E402

SMALL = ("--view", "24x40", "--hands", "4", "--each", "2", "--steps", "2", "--epochs", "2", "--side", "64")


def test_operations_are_those_of_the_arithmetic() -> None:
    """A convolution multiplies its kernel at each place, a thin one too, a dense layer once."""
    thick, thin = keras.layers.Conv2D(8, 3), keras.layers.DepthwiseConv2D(3)
    dense, shrink = keras.layers.Dense(5), keras.layers.AveragePooling2D(2)
    for layer, shape in ((thick, (1, 6, 6, 4)), (thin, (1, 6, 6, 4)), (dense, (1, 7))):
        layer.build(shape)
    assert operations(thick, (1, 4, 4, 8)) == 2 * 3 * 3 * 4 * 8 * 16
    assert operations(thin, (1, 4, 4, 4)) == 2 * 3 * 3 * 4 * 16
    assert operations(dense, (1, 5)) == 2 * 7 * 5
    assert operations(shrink, (1, 3, 3, 4)) == 0


def test_larger_views_cost_more() -> None:
    """Four times the pixels take about four times the operations and bytes of feature maps."""
    small, large = (cost_of(Recipe(view=view), item=2) for view in ((48, 80), (96, 160)))
    assert 3.5 < large.operations / small.operations < 4.5
    assert 3.5 < large.bytes / small.bytes < 4.5


def test_chain_computes_in_the_present_precision() -> None:
    """Under 16-bit floats the products are 16 bits wide, as in training."""
    policy = keras.config.dtype_policy()
    try:
        keras.config.set_dtype_policy("mixed_bfloat16")
        chain = Chain(8, copies=False)
        assert chain.compute_dtype == "bfloat16"
        assert chain(keras.ops.zeros((1, 1))).shape == (1, 1)
    finally:
        keras.config.set_dtype_policy(policy)


@pytest.mark.parametrize("backend", ["tensorflow", "jax"])
def test_benchmark_runs_without_an_accelerator(backend: str) -> None:
    """On a processor it prints what it reached and each limit, and names the lowest."""
    if find_spec(backend) is None:
        pytest.skip(f"{backend} is not installed")
    done = run("benchmarks/throughput.py", *SMALL, KERAS_BACKEND=backend)
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stdout.splitlines() if line.startswith("| ")]
    limits = {line.split("|")[1].strip(): int(line.split("|")[2].split()[0]) for line in lines[1:]}
    assert set(limits) == {"reached", "arithmetic limit", "memory limit", "feeding limit"}
    assert min(limits.values()) > 0
    del limits["reached"]
    assert f"bound by: {min(limits, key=lambda name: limits[name]).split()[0]}" in done.stdout
