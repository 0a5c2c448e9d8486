"""Ask the gateway of Kakao Webtoon, which KakaoPage probably replaces; so it has to be switched on.

Roles come with the lists.  Pictures are named without an ending, and not found without one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import quote

from scraper.fields import Node, child, flag, has, identity, items, number, read_json, text, texts
from scraper.moments import korean_day
from scraper.sift import sift
from scraper.sources.checks import check_fields, missing
from scraper.sources.listing import FieldCheck, Known, Listing, Visit
from scraper.sources.paging import PAGES, all_known, by_number, keep_known, merge, merge_all
from scraper.sources.people import credit_all
from storage.errors import Gated, HostRefused, NotThere, ShapeChanged, SourceError
from storage.records import AgeGrade, Credit, Episode, Platform, Role, Status, Webtoon, Weekday

if TYPE_CHECKING:
    from scraper.client import Client
    from scraper.origins import Origins

# Some answers are 403 without a language, which the client always sends.
HEADERS: Final = MappingProxyType(
    {"Referer": "https://webtoon.kakao.com/", "Origin": "https://webtoon.kakao.com"}
)

_LIST = "/section/v2/timetables/days"
_WORK = "/decorator/v2/decorator/contents/{}"
_EPISODES = "/episode/v2/views/content-home/contents/{}/episodes"
_PLACEMENT = "timetable_"
_COMPLETED = "completed"
_WINDOW = 100
_ROLES = {"AUTHOR": Role.WRITER, "ILLUSTRATOR": Role.PAINTER, "ORIGINAL_STORY": Role.ORIGINAL}
_STATUS = {
    **dict.fromkeys(("COMPLETED", "END"), Status.FINISHED),
    **dict.fromkeys(("EPISODES_NOT_PUBLISHING", "PAUSE", "REST"), Status.HIATUS),
}
_TOKEN = "GATEWAY_TOKEN_CHECK_FAILURE"  # noqa: S105  the name of a fault
_DAYS = frozenset(Weekday)
_ENDING = ".webp"
_ENDINGS = (_ENDING, ".jpg", ".jpeg", ".png")
_ADULT = 19
_OF_AGE = ((_ADULT, AgeGrade.ADULT), (15, AgeGrade.FIFTEEN), (12, AgeGrade.TWELVE))
_LISTED = ("id", "title", "authors")
_LISTED_SOMETIMES = ("seoId", "adult", "badges", "ageLimit", "lastEpisodePublicationDateTime")
_PUBLISHED = ("no", "title", "asset.thumbnailImage")


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodePage:
    """A page of a webtoon's episodes, `count` of them with those left out; `last` when no more follow."""

    episodes: tuple[Episode, ...]
    count: int
    last: bool


class KakaoSource:
    """List what Kakao Webtoon serialises, day by day, and with `finished` also what has ended."""

    platform: ClassVar[Platform] = Platform.KAKAO
    keeps_numbers: ClassVar[bool] = True
    lists_all: ClassVar[bool] = True

    def __init__(self, client: "Client", *, origins: "Origins", finished: bool = False) -> None:
        """Ask nothing yet; the client has to know the origins."""
        self._client = client
        self._origins = origins
        self._placements = [*Weekday, *((_COMPLETED,) if finished else ())]

    async def webtoons(self) -> Sequence[Listing]:
        """List the webtoons of all days; one that is serialised on several has all of them."""
        pages = [await self._list(placement) for placement in self._placements]
        return merge_all([listing for page in pages for listing in page])

    async def visit(self, listing: Listing, *, known: Known) -> Visit:
        """Ask for the webtoon itself and its episodes, newest first when the older ones are known."""
        if listing.gated:
            raise Gated(platform=self.platform, where=listing.webtoon.title)
        webtoon = await self._complete(listing, known)
        episodes, seen = list[Episode](), 0
        for _ in range(PAGES):
            page = await self._episodes(webtoon.platform_id, offset=seen)
            seen += page.count
            episodes += page.episodes
            if page.last or not page.count or (not known.whole and all_known(page.episodes, known)):
                break
        return Visit(webtoon=keep_known(webtoon, known), episodes=by_number(episodes))

    async def look_up(self, webtoon: Webtoon) -> Listing:
        """Ask what is said of a webtoon outside the lists, where its synopsis stands."""
        key = webtoon.platform_id
        data, where = await self._get(_WORK.format(quote(key, safe="")), {}, where=f"webtoon {key}")
        return parse_work(data, where=where, key=key, title=webtoon.title)

    async def thumbnail(self, webtoon: Webtoon, *, episode: Episode) -> bytes:
        """Fetch the picture; a few have another ending than most."""
        del webtoon
        try:
            return (await self._client.get(episode.thumbnail_url, kinds=("image/",))).data
        except NotThere:
            other = f"{episode.thumbnail_url.removesuffix(_ENDING)}.jpg"
            return (await self._client.get(other, kinds=("image/",))).data

    async def check(self) -> Sequence[FieldCheck]:
        """Look at the first webtoon that is open to all, and its episodes."""
        try:
            return await self._check()
        except ShapeChanged as fault:
            return [missing(fault)]

    async def _check(self) -> Sequence[FieldCheck]:
        for day in Weekday:
            query = {"placement": f"{_PLACEMENT}{day}"}
            data, where = await self._get(_LIST, query, where=f"the list of {day}")
            contents = [child(card, "content") for card, _ in _cards(_open(data, where))]
            for content in (each for each in contents if not flag(each, "adult", default=False)):
                checks = check_fields(content, _LISTED, optional=_LISTED_SOMETIMES)
                return checks + await self._check_webtoon(identity(content, "id"))
        return [FieldCheck(where="the lists", field="data.cardGroups.cards", known=False)]

    async def _check_webtoon(self, key: str) -> list[FieldCheck]:
        path = _EPISODES.format(quote(key, safe=""))
        data, where = await self._get(path, _episode_query(0), where=f"episodes of {key}")
        answer = _open(data, where)
        checks = check_fields(answer, ("data.episodes", "meta.pagination.last"))
        for episode in items(answer, "data.episodes")[:1]:
            checks += check_fields(episode, _PUBLISHED, optional=("serialStartDateTime",))
        return checks

    async def _list(self, placement: str) -> tuple[Listing, ...]:
        query = {"placement": f"{_PLACEMENT}{placement}"}
        data, where = await self._get(_LIST, query, where=f"the list of {placement}")
        return parse_list(data, where=where)

    async def _episodes(self, key: str, *, offset: int) -> EpisodePage:
        path = _EPISODES.format(quote(key, safe=""))
        data, where = await self._get(path, _episode_query(offset), where=f"episodes of {key}")
        return parse_episodes(data, where=where)

    async def _complete(self, listing: Listing, known: Known) -> Webtoon:
        """Add what the lists do not say, from what is known or from the webtoon's own answer."""
        if known.webtoon and not known.whole:
            return replace(listing.webtoon, synopsis=known.webtoon.synopsis, genres=known.webtoon.genres)
        return merge(await self.look_up(listing.webtoon), listing).webtoon

    async def _get(self, path: str, query: Mapping[str, str | int], *, where: str) -> tuple[bytes, str]:
        return (await self._client.get(f"{self._origins.api}{path}", params=query)).data, where


def parse_list(data: bytes, *, where: str) -> tuple[Listing, ...]:
    """Read a day's list, or that of the finished webtoons."""
    return sift(_cards(_open(data, where)), lambda card: _listed(*card))


def parse_work(data: bytes, *, where: str, key: str, title: str) -> Listing:
    """Read what is said of the webtoon with the id `key`; the answer need not repeat the `title`."""
    node = child(_open(data, where), "data")
    synopsis = text(node, "synopsis", default="") or text(node, "catchphraseTwoLines", default="")
    genre = text(node, "genre", default="")
    webtoon = replace(
        _webtoon(node, key=key, title=text(node, "title", default="") or title),
        synopsis=synopsis,
        genres=(genre,) if genre else (),
    )
    return Listing(webtoon=webtoon, gated=webtoon.age_grade is AgeGrade.ADULT)


def parse_episodes(data: bytes, *, where: str) -> EpisodePage:
    """Read a page of episodes."""
    answer = _open(data, where)
    entries = items(answer, "data.episodes")
    return EpisodePage(
        episodes=sift(entries, _episode), count=len(entries), last=flag(answer, "meta.pagination.last")
    )


def _episode_query(offset: int) -> dict[str, str | int]:
    return {"sort": "-NO", "offset": offset, "limit": _WINDOW}


def _open(data: bytes, where: str) -> Node:
    """Read an answer and raise what it says instead of data, such as that a token is needed now."""
    answer = read_json(data, platform=Platform.KAKAO, where=where)
    said = [text(error, "errorType", default="error") for error in items(answer, "errors", optional=True)]
    said += [text(answer, "errorCode")] if has(answer, "errorCode") else []
    if _TOKEN in said:
        raise HostRefused(platform=Platform.KAKAO, host="the gateway", fault="wants a token")
    if said:
        raise SourceError(platform=Platform.KAKAO, fault=f"{where} says {said[0][:60]}.")
    return answer


def _cards(answer: Node) -> list[tuple[Node, str]]:
    """Take the cards of all groups, each with the name of the list that it is in."""
    return [
        (card, text(section, "placement", default="").removeprefix(_PLACEMENT))
        for section in items(answer, "data")
        for group in items(section, "cardGroups")
        for card in items(group, "cards")
    ]


def _listed(card: Node, placement: str) -> Listing:
    content = child(card, "content")
    webtoon = _webtoon(content, key=identity(content, "id"), title=text(content, "title"))
    finished = placement == _COMPLETED or webtoon.status is Status.FINISHED
    newest = text(content, "lastEpisodePublicationDateTime", default="")
    webtoon = replace(
        webtoon,
        genres=tuple(genre for genre in texts(card, "genreFilters") if genre != "all"),
        weekdays=(Weekday(placement),) if placement in _DAYS else (),
        status=Status.FINISHED if finished else webtoon.status,
    )
    return Listing(
        webtoon=webtoon,
        # Without a badge for new episodes or the time of the last one, it has to be asked about each time.
        mark=f"{newest} {webtoon.status}" if newest or has(card, "additional.up") else "",
        updated=flag(card, "additional.up", default=False),
        gated=webtoon.age_grade is AgeGrade.ADULT,
    )


def _webtoon(node: Node, *, key: str, title: str) -> Webtoon:
    adult = flag(node, "adult", default=False)
    years = max(number(node, "ageLimit", default=0), _ADULT if adult else 0)
    return Webtoon(
        platform=Platform.KAKAO,
        platform_id=key,
        title=title,
        credits=_credits(node),
        age_grade=next((grade for age, grade in _OF_AGE if years >= age), AgeGrade.ALL),
        status=_status(node),
        url=f"https://webtoon.kakao.com/content/{_segment(text(node, 'seoId', default='-'))}/{_segment(key)}",
    )


def _segment(name: str) -> str:
    """Make one part of an address of anything; a part of dots would lead elsewhere."""
    return quote(name, safe="") if name.strip(".") else "-"


def _credits(node: Node) -> tuple[Credit, ...]:
    """List the artists; publishers and studios are nobody."""
    named = [(text(author, "name"), text(author, "type")) for author in items(node, "authors")]
    credited = (credit_all([name], _ROLES[kind]) for name, kind in named if kind in _ROLES)
    return tuple(dict.fromkeys(credit for people in credited for credit in people))


def _status(node: Node) -> Status:
    badges = [text(badge, "title", default="") for badge in items(node, "badges", optional=True)]
    said = [text(node, "status", default=""), text(node, "onGoingStatus", default=""), *badges]
    found = {_STATUS[word] for word in said if word in _STATUS}
    return Status.FINISHED if Status.FINISHED in found else next(iter(found), Status.ONGOING)


def _episode(node: Node) -> Episode:
    return Episode(
        number=number(node, "no"),
        title=text(node, "title", default=""),
        published=korean_day(text(node, "serialStartDateTime", default="")),
        thumbnail_url=_with_ending(text(node, "asset.thumbnailImage")),
    )


def _with_ending(address: str) -> str:
    return address if address.endswith(_ENDINGS) else f"{address}{_ENDING}"
