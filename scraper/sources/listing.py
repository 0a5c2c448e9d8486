"""What sources and the refresh tell each other about a webtoon."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.records import Episode, Webtoon


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A webtoon as the list of its platform shows it.

    `mark` sums up what the list says of it.  While that stays the same and nothing is `updated` (the
    list shows a badge for new episodes), the webtoon is not asked about; with an empty mark it always
    is.  A `gated` one is kept as a title, since its episodes are only for readers who log in.
    """

    webtoon: Webtoon
    mark: str = ""
    updated: bool = False
    gated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the catalogue holds of a webtoon when it is visited: the `episodes` whose thumbnails are there.

    With `whole`, everything is to be listed anew; without, the newest episodes are enough, down to the
    first page of the platform's list that ends with a known one, and what is said of the webtoon itself may
    be taken from `webtoon` as far as the list does not say it.
    """

    webtoon: Webtoon | None = None
    episodes: Sequence[Episode] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a platform says of one webtoon: itself as it is to be stored, and episodes by number."""

    webtoon: Webtoon
    episodes: Sequence[Episode]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldCheck:
    """Whether a `field` of the answer `where` is still `known`; an optional one may be missing."""

    where: str
    field: str
    known: bool
    required: bool = True
