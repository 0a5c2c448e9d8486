"""An invented world of artists, works and instalments, which the local platforms publish.

Everything follows from the seed.  A test changes the world between two runs by `publish`, `begin`, `remove`
and by setting a work's fields.
"""

import io
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from PIL import Image, ImageDraw, ImageOps

from scraper import studio
from scraper.studio.render import SIZE
from storage.records import Weekday

TODAY = date(2026, 9, 30)
_GAP = 7  # every so many numbers, one is missing
_PAID = 2  # the newest instalments must be bought


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who works on works; `hand` is their number in the studio, -1 when they do not draw."""

    id: int
    name: str
    hand: int = -1


@dataclass(slots=True, kw_only=True)
class Instalment:
    """An episode: `place` counts all of the work from 1, while `no` has gaps; `upload` counts new pictures.

    With a `placeholder`, its thumbnail is the one that all such instalments share.
    """

    no: int
    place: int
    title: str
    published: date
    paid: bool = False
    upload: int = 1
    placeholder: bool = False


@dataclass(slots=True, kw_only=True)
class Work:
    """A webtoon with everything that any platform tells about it; `up` when it has a new instalment."""

    id: int
    title: str
    painters: tuple[Person, ...]
    writers: tuple[Person, ...] = ()
    originals: tuple[Person, ...] = ()
    synopsis: str = ""
    genre: str = "판타지"
    weekdays: tuple[Weekday, ...] = (Weekday.MON,)
    age: int = 0
    finished: bool = False
    resting: bool = False
    up: bool = False
    instalments: list[Instalment] = field(default_factory=list)

    @property
    def adult(self) -> bool:
        """Whether only adults who log in may read it."""
        return self.age >= 18

    @property
    def free(self) -> Sequence[Instalment]:
        """What everybody can read, oldest first."""
        return [each for each in self.instalments if not each.paid]

    @property
    def paid(self) -> Sequence[Instalment]:
        """What must be bought, oldest first."""
        return [each for each in self.instalments if each.paid]


class World:
    """Hold `works` works of together `instalments` instalments, and draw their thumbnails.

    Of each artist at most `drawings` thumbnails are drawn, and all others made from those: shifted, mirrored,
    with a stain, so that each has bytes and a look of its own but the artist's hand.  Without a limit every
    instalment is a scene of its own, which takes longer, and by which hands are harder to tell.
    """

    def __init__(
        self,
        seed: int = 5,
        *,
        works: int = 12,
        instalments: int = 60,
        adults: float = 0.0,
        drawings: int | None = 4,
        day: date = TODAY,
    ) -> None:
        """Invent the works as they are on a day, and draw nothing yet."""
        self.seed = seed
        self.drawings = drawings
        dice = random.Random(seed)
        share, rest = divmod(instalments, works) if works else (0, 0)
        self.works = [
            _invent(seed, index, count=share + (index < rest), adult=dice.random() < adults, day=day)
            for index in range(works)
        ]
        self._by_id = {work.id: work for work in self.works}
        self._invented = works

    def work(self, work_id: int) -> Work | None:
        """Find a work."""
        return self._by_id.get(work_id)

    def begin(self, count: int, *, day: date = TODAY) -> Work:
        """Let another work begin with some instalments, by a new artist each second time."""
        work = _invent(self.seed, self._invented, count=count, adult=False, day=day)
        self._invented += 1
        self.works.append(work)
        self._by_id[work.id] = work
        work.up = True
        return work

    def remove(self, work: Work) -> None:
        """Let a work be gone from the platform."""
        self.works.remove(work)
        del self._by_id[work.id]

    def publish(self, work: Work, count: int = 1, *, day: date = TODAY) -> list[Instalment]:
        """Add instalments to a work; those that had to be bought become free."""
        for each in work.instalments:
            each.paid = False
        first = len(work.instalments) + 1
        added = [_instalment(place, day=day) for place in range(first, first + count)]
        work.instalments += added
        work.up = True
        return added

    def thumbnail(self, work: Work, instalment: Instalment) -> bytes:
        """Draw an instalment's thumbnail as JPEG, 202 pixels wide and 120 high."""
        if instalment.placeholder:
            return placeholder()
        hand, scene = work.painters[0].hand, (work.id % 2, instalment.place)
        if self.drawings is not None:
            scene = (0, instalment.place % self.drawings)
        return _variant(self.seed, hand, scene=scene, key=file_name(work, instalment))


def file_name(work: Work, instalment: Instalment) -> str:
    """Name an uploaded picture; a new upload has a new name."""
    key = f"{work.id}/{instalment.no}/{instalment.upload}"
    return str(uuid.UUID(int=random.Random(key).getrandbits(128), version=4))


@lru_cache(maxsize=1)
def placeholder() -> bytes:
    """Draw what a platform shows where an instalment has no picture."""
    return _jpeg(Image.new("RGB", SIZE, "#dddddd"))


def _invent(seed: int, index: int, *, count: int, adult: bool, day: date = TODAY) -> Work:
    hand = index // 2  # everybody draws two works
    details = studio.webtoon_details(seed, hand, index % 2)
    painter = Person(id=400_000 + hand, name=studio.artist_name(seed, hand), hand=hand)
    writer = Person(id=500_000 + index, name=studio.artist_name(seed, 100_000 + index))
    author = Person(id=600_000 + index, name=studio.artist_name(seed, 200_000 + index))
    work = Work(
        id=700_001 + 13 * index,
        title=studio.webtoon_title(seed, hand, index % 2),
        painters=(painter,),
        writers=(writer,) if index % 3 else (painter,),
        originals=(author,) if index % 4 == 0 else (),
        synopsis=details.synopsis,
        genre=details.genres[0],
        weekdays=details.weekdays,
        age=19 if adult else (0, 12, 15)[index % 3],
        resting=index % 11 == 10,
    )
    for place in range(1, count + 1):
        instalment = _instalment(place, day=day - timedelta(weeks=count - place))
        instalment.paid = count - place < min(_PAID, count - 1)
        work.instalments.append(instalment)
    return work


def _instalment(place: int, *, day: date) -> Instalment:
    return Instalment(no=place + place // _GAP, place=place, title=f"{place}화", published=day)


@lru_cache(maxsize=1024)
def _base(seed: int, hand: int, *, scene: tuple[int, int]) -> Image.Image:
    return studio.draw_thumbnail(seed, hand, webtoon=scene[0], episode=scene[1])


@lru_cache(maxsize=256)
def _variant(seed: int, hand: int, *, scene: tuple[int, int], key: str) -> bytes:
    dice = random.Random(key)
    drawn = _base(seed, hand, scene=scene)
    width, height = drawn.size
    left, top = dice.randrange(12), dice.randrange(8)
    picture = drawn.crop((left, top, width - 12 + left, height - 8 + top)).resize((width, height))
    picture = ImageOps.mirror(picture) if dice.random() < 0.5 else picture
    x, y = dice.randrange(width - 24), dice.randrange(height - 24)
    colour = (dice.randrange(256), dice.randrange(256), dice.randrange(256))
    ImageDraw.Draw(picture).rectangle((x, y, x + 23, y + 23), fill=colour)
    return _jpeg(picture)


def _jpeg(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=85)
    return file.getvalue()
