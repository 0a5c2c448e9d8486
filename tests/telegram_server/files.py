"""The files of the local Telegram: names that can be sent again, names that last, and photos in sizes.

https://core.telegram.org/bots/api#photosize, #file and https://core.telegram.org/bots/api#sending-files
"""

import base64
import hashlib
import io
from dataclasses import dataclass, field
from typing import Any

from PIL import Image, UnidentifiedImageError

from tests.telegram_server import rules
from tests.telegram_server.refusals import Refused, bad_request

Json = dict[str, Any]

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
_FOLDERS = {"photo": "photos", "document": "documents", "sticker": "stickers", "animation": "animations"}


@dataclass(slots=True, kw_only=True, eq=False)
class Picture:
    """A picture and its smaller copies, each of which is made once and only when it is wanted."""

    data: bytes
    size: tuple[int, int]
    is_jpeg: bool
    copies: dict[int, bytes] = field(default_factory=dict)

    def boxes(self) -> dict[str, int]:
        """Give the types of sizes that this picture has, smallest first; no copy is larger than it."""
        boxes = {}
        for letter, box in rules.PHOTO_BOXES.items():
            boxes[letter] = box
            if box >= max(self.size):
                break
        return boxes

    def fitted(self, box: int) -> tuple[int, int]:
        """Say how wide and high the copy for a box is."""
        share = min(1.0, box / max(self.size))
        width, height = self.size
        return max(1, round(width * share)), max(1, round(height * share))

    def copy(self, box: int) -> bytes:
        """Give the copy for a box as JPEG."""
        if box >= max(self.size) and self.is_jpeg:
            return self.data
        if box not in self.copies:
            with Image.open(io.BytesIO(self.data), formats=_FORMATS) as opened:
                opened.draft("RGB", self.fitted(box))
                made = io.BytesIO()
                opened.convert("RGB").resize(self.fitted(box), reducing_gap=2).save(made, "JPEG", quality=87)
            self.copies[box] = made.getvalue()
        return self.copies[box]


@dataclass(slots=True, kw_only=True, eq=False)
class StoredFile:
    """A file under its two names; the bytes of a photo's size are made when they are wanted."""

    kind: str
    id: str
    unique: str
    path: str
    data: bytes = b""
    picture: Picture | None = None
    box: int = 0
    sizes: tuple["StoredFile", ...] = ()
    json: Json = field(default_factory=dict)

    def bytes(self) -> bytes:
        """Give what a download brings."""
        return self.data if self.picture is None else self.picture.copy(self.box)


class Files:
    """All files, found by their name for sending or by their path.

    With `decodes` off, a photo that breaks off is taken, which costs a test of load less.
    """

    def __init__(self) -> None:
        """Have no file yet."""
        self.by_id: dict[str, StoredFile] = {}
        self.by_path: dict[str, StoredFile] = {}
        self._pictures: dict[str, Picture] = {}
        self.decodes = True
        self._count = 0

    def picture(self, data: bytes) -> Picture:
        """Look at a picture as Telegram does with a photo; refused where Telegram would."""
        if len(data) > rules.PHOTO_BYTES:
            limit = f"the maximum size is {rules.PHOTO_BYTES} bytes"
            raise bad_request(f"file of size {len(data)} bytes is too big for a photo; {limit}")
        key = hashlib.sha256(data).hexdigest()
        if key not in self._pictures:
            self._pictures[key] = _look(data, decodes=self.decodes)
        return self._pictures[key]

    def add_photo(self, data: bytes) -> StoredFile:
        """Keep a photo in all its sizes; the largest is given, with the others in `sizes`."""
        picture = self.picture(data)
        self._count += 1
        number = self._count
        sizes = tuple(
            self._sized(picture, number=number, letter=letter, box=box)
            for letter, box in picture.boxes().items()
        )
        for each in sizes:
            each.sizes = sizes
        return sizes[-1]

    def add(self, kind: str, data: bytes, *, name: str = "", mime: str = "", **extra: object) -> StoredFile:
        """Keep any other file; `extra` goes into its description."""
        self._count += 1
        id_, unique = _names(kind, self._count)
        folder, ending = _FOLDERS.get(kind, kind + "s"), name.rpartition(".")[2] if "." in name else "bin"
        path = f"{folder}/file_{self._count}.{ending}"
        json: Json = {"file_id": id_, "file_unique_id": unique, "file_size": len(data), **extra}
        json |= {"file_name": name} if name else {}
        json |= {"mime_type": mime} if mime else {}
        stored = StoredFile(kind=kind, id=id_, unique=unique, path=path, data=data, json=json)
        return self._keep(stored)

    def thumbnail(self, data: bytes) -> Json:
        """Keep a small picture of something larger, and describe it."""
        picture = self.picture(data)
        self._count += 1
        return self._sized(picture, number=self._count, letter="m", box=320).json

    def at(self, path: str) -> StoredFile:
        """Find a file by the path that getFile gave."""
        if path not in self.by_path:
            raise Refused("Not Found", code=404)
        return self.by_path[path]

    def find(self, file_id: str, *, kind: str) -> StoredFile:
        """Find a file that is sent again; it has to be of the same kind."""
        stored = self.by_id.get(file_id)
        if stored is None:
            # https://core.telegram.org/bots/api#sending-files
            why = "wrong file identifier/HTTP URL specified"
            if len(file_id) >= 20 and not file_id.startswith("http"):
                why = "wrong remote file identifier specified: can't unserialize it. Wrong last symbol"
            raise bad_request(why)
        if stored.kind != kind:
            # "It is not possible to change the file type when resending by file_id"
            raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
        return stored.sizes[-1] if stored.sizes else stored

    def _sized(self, picture: Picture, *, number: int, letter: str, box: int) -> StoredFile:
        id_, unique = _names(f"photo-{letter}", number)
        width, height = picture.fitted(box)
        json: Json = {"file_id": id_, "file_unique_id": unique, "width": width, "height": height}
        if box in picture.copies or (box >= max(picture.size) and picture.is_jpeg):
            json["file_size"] = len(picture.copy(box))
        path = f"photos/file_{number}_{letter}.jpg"
        stored = StoredFile(
            kind="photo", id=id_, unique=unique, path=path, picture=picture, box=box, json=json
        )
        return self._keep(stored)

    def _keep(self, stored: StoredFile) -> StoredFile:
        self.by_id[stored.id] = stored
        self.by_path[stored.path] = stored
        return stored


def shrink(data: bytes) -> Picture:
    """Do with a user's picture what the apps do before they send it as a photo: JPEG, sides up to 1280."""
    picture = _look(data)
    return _look(picture.copy(rules.PHOTO_BOXES["y"]))


def as_webp(data: bytes) -> bytes:
    """Do with a sticker what the apps do: https://core.telegram.org/stickers#static-stickers."""
    with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
        if opened.format == "WEBP":
            return data
        made = io.BytesIO()
        opened.convert("RGBA").save(made, "WEBP", quality=90)
    return made.getvalue()


def _look(data: bytes, *, decodes: bool = True) -> Picture:
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            size, kind = opened.size, opened.format
            _check_sides(*size)
            if decodes:
                opened.load()
    except (UnidentifiedImageError, OSError, SyntaxError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    return Picture(data=data, size=size, is_jpeg=kind == "JPEG")


def _check_sides(width: int, height: int) -> None:
    """Refuse a photo of wrong sides: https://core.telegram.org/bots/api#sendphoto."""
    if width + height > rules.PHOTO_SIDES or max(width, height) > rules.PHOTO_RATIO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _names(kind: str, number: int) -> tuple[str, str]:
    """Name a file for sending, and for good: https://core.telegram.org/bots/api#file."""
    digest = hashlib.sha256(f"{kind} {number}".encode()).digest()
    long = base64.urlsafe_b64encode(digest * 2).decode().rstrip("=")
    return f"AgACAgIAAxkB{long[:60]}", f"AQAD{long[60:72]}"
