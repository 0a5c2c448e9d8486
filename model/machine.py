"""What trains: one processor, or one accelerator, or several."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import keras

# Sets up to this size are put on an accelerator whole; larger ones are fed to it.
_RESIDENT = 32 << 30
_EXECUTIONS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """How to use it: `precision` is Keras's policy, `compile` whether XLA is on (None leaves it to Keras).

    `devices` share each batch; `executions` are the steps between two looks at it; `resident` keeps
    the pictures on the accelerator.
    """

    precision: str = "float32"
    compile: bool | None = None
    devices: int = 1
    executions: int = 1
    resident: bool = False


def find_machine(size: int) -> Machine:
    """Describe this machine for a set of `size` bytes.

    On an accelerator: 16-bit floats and XLA.  Several devices are shared under JAX only, where Keras
    can; elsewhere the first one works.
    """
    devices = 1
    if keras.backend.backend() == "jax":
        devices = len(keras.distribution.list_devices())
    if not _accelerators():
        return Machine(devices=devices)
    return Machine(
        precision="mixed_bfloat16",
        compile=True,
        devices=devices,
        executions=_EXECUTIONS,
        resident=size <= _RESIDENT,
    )


@contextmanager
def working_on(machine: Machine) -> Iterator[None]:
    """Build and train on `machine` in this block; what is built after it is for one device again."""
    policy, distribution = keras.config.dtype_policy(), keras.distribution.distribution()
    try:
        keras.config.set_dtype_policy(machine.precision)
        if machine.devices > 1:
            keras.distribution.set_distribution(keras.distribution.DataParallel())
        yield
    finally:
        keras.config.set_dtype_policy(policy)
        keras.distribution.set_distribution(distribution)


def _accelerators() -> int:
    if keras.backend.backend() == "tensorflow":
        import tensorflow as tf  # noqa: PLC0415  # under JAX it need not be there

        return len(tf.config.list_logical_devices("GPU"))
    return sum(not device.startswith("cpu") for device in keras.distribution.list_devices())
