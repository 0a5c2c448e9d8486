"""Types of arrays, and their checked way to bytes and back."""

import io
import struct
import zipfile
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
HalfArray = NDArray[np.float16]
IntArray = NDArray[np.int64]
UInt8Array = NDArray[np.uint8]


# What the zip and npy readers raise on random bytes.
_FAULTS = (
    ValueError,
    KeyError,
    OSError,
    EOFError,
    RuntimeError,
    MemoryError,
    SyntaxError,
    struct.error,
    zipfile.BadZipFile,
)


class ArraysDamaged(ValueError):
    """The bytes hold other arrays than those asked for; say which in the message."""


def pack(arrays: Mapping[str, NDArray[np.generic]]) -> bytes:
    """Write named arrays as an uncompressed npz archive, the same bytes for the same arrays."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, array in arrays.items():
            member = io.BytesIO()
            np.lib.format.write_array(member, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), member.getvalue())
    return buffer.getvalue()


def unpack(
    data: bytes, dimensions: Mapping[str, int], *, optional: Mapping[str, int] | None = None
) -> dict[str, FloatArray]:
    """Read finite float32 arrays from a npz archive; `dimensions` says how many axes each has.

    Of `optional` ones those are returned that there are.
    Raises ArraysDamaged for anything else than a sound, uncompressed archive with these arrays.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            there = set(archive.namelist())
            more = {name: axes for name, axes in (optional or {}).items() if f"{name}.npy" in there}
            return {name: _member(archive, name, axes=axes) for name, axes in {**dimensions, **more}.items()}
    except ArraysDamaged:
        raise
    except _FAULTS as error:
        raise ArraysDamaged(str(error)) from error


def _member(archive: zipfile.ZipFile, name: str, *, axes: int) -> FloatArray:
    info = archive.getinfo(f"{name}.npy")
    if info.compress_type != zipfile.ZIP_STORED:  # so that no small file unpacks to a huge one
        raise ArraysDamaged(f"{name} is compressed")
    array = np.lib.format.read_array(io.BytesIO(archive.read(info)), allow_pickle=False)
    if array.ndim != axes or array.dtype.kind != "f":
        raise ArraysDamaged(f"{name} has {array.ndim} axes of {array.dtype}")
    values = array.astype(np.float32)
    if not np.isfinite(values).all():
        raise ArraysDamaged(f"{name} is not finite")
    return values


def unit(rows: FloatArray) -> FloatArray:
    """Scale each row to length 1; a row of zeros stays what it is."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, np.float32(1e-12)), dtype=np.float32)
