"""The manifest of a generation: what it is, how pictures are prepared for it, what its files are."""

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from model.calibration import Calibration
from model.colours import COLOURS
from model.recipe import Body

FORMAT = 1
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SIDES = range(16, 1025)
_MOST_SIZES = 8
_MOST_CHANNELS = 65_536

T = TypeVar("T")


class Resample(StrEnum):
    """The antialiased filter that brings crops to the encoder's sizes."""

    BOX = "box"
    BILINEAR = "bilinear"
    HAMMING = "hamming"
    BICUBIC = "bicubic"
    LANCZOS = "lanczos"


class ManifestError(ValueError):
    """The manifest is not one; the message says where."""


class UnknownFormat(ManifestError):
    """The manifest has a layout, or the network a body, of another Grimche."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadManifest:
    """A head that was trained on artists: `dimensions` of its unit vector, and how to read it.

    `temperature` divides cosines to the class vectors before the softmax; `weight` is the head's part
    of a vector's squared length; `trust` says how far the head decides between the artists it knows,
    from 0, where similarity alone does, to 1.
    """

    labels: tuple[str, ...]
    dimensions: int
    temperature: float
    weight: float
    trust: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a generation is.

    `sizes` are (height, width) of the encoder's inputs; `channels` the width of each stage, and `companion`
    of those of a second network, which looks at the same sizes and was not trained with the first;
    `dimensions` the most style coordinates of a vector; `palette` the colours' part of a vector's squared
    length, 0 for a generation that keeps none; `data` a fingerprint of the training pictures; `files` the
    sha256 of every file beside the manifest.
    """

    id: str
    sizes: tuple[tuple[int, int], ...]
    channels: tuple[int, ...]
    companion: tuple[int, ...] = ()
    body: Body = Body.RESIDUAL
    mirror: bool = True
    resample: Resample = Resample.BILINEAR
    dimensions: int = 128
    palette: float = 0.0
    created: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    calibration: Calibration = field(default_factory=Calibration)
    head: HeadManifest | None = None
    tools: Mapping[str, str] = field(default_factory=dict)
    data: str = ""
    scores: Mapping[str, float] = field(default_factory=dict)
    licence: str = ""
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def outputs(self) -> int:
        """The encoder's outputs for one picture of one size: means and deviations of all channels."""
        return 2 * sum(self.channels)

    @property
    def statistics(self) -> int:
        """The length of a picture's statistics, all sizes of both networks together."""
        return len(self.sizes) * (self.outputs + 2 * sum(self.companion))

    @property
    def row(self) -> int:
        """The length of what is stored for a picture: its statistics, the head's vector, the colours."""
        return self.statistics + self.head_length + (COLOURS if self.palette > 0 else 0)

    @property
    def heads(self) -> slice:
        """Where in what is stored for a picture the head's vector is."""
        return slice(self.statistics, self.statistics + self.head_length)

    @property
    def head_length(self) -> int:
        """The length of the head's vector, which stands behind the statistics; 0 without a head."""
        return self.head.dimensions if self.head else 0


def print_manifest(manifest: Manifest) -> bytes:
    """Write as JSON."""
    head = manifest.head
    document = {
        "format": FORMAT,
        "id": manifest.id,
        "created": manifest.created.isoformat(),
        "sizes": manifest.sizes,
        "channels": manifest.channels,
        "companion": manifest.companion,
        "body": manifest.body.value,
        "mirror": manifest.mirror,
        "resample": manifest.resample.value,
        "dimensions": manifest.dimensions,
        "palette": manifest.palette,
        "calibration": json.loads(manifest.calibration.to_json()),
        "head": None if head is None else {name: getattr(head, name) for name in HeadManifest.__slots__},
        "tools": dict(manifest.tools),
        "data": manifest.data,
        "scores": dict(manifest.scores),
        "licence": manifest.licence,
        "files": dict(manifest.files),
    }
    return json.dumps(document, indent=2, ensure_ascii=False).encode() + b"\n"


def parse_manifest(data: bytes) -> Manifest:
    """Read and check; raises ManifestError for anything that print_manifest does not write."""
    try:
        document = _mapping(json.loads(data))
    except (ValueError, RecursionError) as error:
        raise ManifestError("not JSON") from error
    if document.get("format") != FORMAT:
        raise UnknownFormat(f"format {document.get('format')!r}")
    try:
        return _read(document)
    except ManifestError:
        raise
    except KeyError as error:
        raise ManifestError(f"no {error}") from error
    except (ValueError, OverflowError) as error:
        raise ManifestError(str(error)) from error


def _read(document: Mapping[str, object]) -> Manifest:
    head = None if document["head"] is None else _head(_mapping(document["head"]))
    palette = _number(document.get("palette", 0))
    if not 0 <= palette < 1 - (head.weight if head else 0):
        raise ManifestError("the palette's weight is from 0 to below what the head leaves")
    return Manifest(
        id=_matching(_ID)(document["id"]),
        created=_time(document["created"]),
        sizes=_several(_size, most=_MOST_SIZES)(document["sizes"]),
        channels=_widths(document["channels"]),
        # Starters before the second do not say their body, those before the third had nothing of the rest.
        body=_body(document.get("body", Body.RESIDUAL)),
        companion=_widths(document["companion"]) if document.get("companion") else (),
        palette=palette,
        mirror=_flag(document["mirror"]),
        resample=Resample(_text(document["resample"])),
        dimensions=_integer(range(1, 4097))(document["dimensions"]),
        calibration=Calibration.from_object(document["calibration"]),
        head=head,
        tools={name: _text(value) for name, value in _mapping(document["tools"]).items()},
        data=_text(document["data"]),
        scores={name: _number(value) for name, value in _mapping(document["scores"]).items()},
        licence=_text(document["licence"]),
        files=_files(_mapping(document["files"])),
    )


def _body(value: object) -> Body:
    name = _text(value)
    if name not in set(Body):
        raise UnknownFormat(f"a body called {name!r:.40}, which another version knows")
    return Body(name)


def _head(document: Mapping[str, object]) -> HeadManifest:
    head = HeadManifest(
        labels=_several(_text, most=1_000_000)(document["labels"]),
        dimensions=_integer(range(1, 4097))(document["dimensions"]),
        temperature=_number(document["temperature"]),
        weight=_number(document["weight"]),
        trust=_number(document.get("trust", 1)),  # generations before the third starter's had none
    )
    if head.temperature <= 0 or not 0 <= head.weight < 1 or not 0 <= head.trust <= 1:
        raise ManifestError("a head's temperature is positive, its weight below 1, and its trust at most 1")
    return head


def _widths(value: object) -> tuple[int, ...]:
    return _several(_integer(range(1, _MOST_CHANNELS)), most=16)(value)


def _files(document: Mapping[str, object]) -> dict[str, str]:
    name = _matching(_FILE)
    return {name(file): _matching(_SHA256)(digest) for file, digest in document.items()}


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ManifestError(f"no object: {value!r:.40}")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ManifestError(f"no text: {value!r:.40}")
    value.encode()  # a lone surrogate can be neither stored nor shown: UnicodeEncodeError, a ValueError
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ManifestError(f"neither true nor false: {value!r:.40}")
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ManifestError(f"no number: {value!r:.40}")
    return float(value)


def _time(value: object) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ManifestError("a time without its zone")
    return moment.astimezone(UTC)


def _integer(allowed: range) -> Callable[[object], int]:
    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value not in allowed:
            raise ManifestError(f"no number of {allowed.start} to {allowed.stop - 1}: {value!r:.40}")
        return value

    return read


def _matching(pattern: re.Pattern[str]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise ManifestError(f"not allowed: {value!r:.40}")
        return value

    return read


def _several(read: Callable[[object], T], *, most: int) -> Callable[[object], tuple[T, ...]]:
    def read_all(value: object) -> tuple[T, ...]:
        if not isinstance(value, list) or not 1 <= len(value) <= most:
            raise ManifestError(f"no list of 1 to {most}: {value!r:.40}")
        return tuple(read(item) for item in value)

    return read_all


def _size(value: object) -> tuple[int, int]:
    side = _integer(_SIDES)
    if not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004 - height and width
        raise ManifestError(f"no height and width: {value!r:.40}")
    return side(value[0]), side(value[1])
