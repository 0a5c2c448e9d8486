"""Ask Naver Webtoon: one list for the week, and for each webtoon what it is and its episodes, 20 to a page.

Episodes that must be bought stand apart, in the first page's charge folder.  The numbers of episodes have
gaps.  Webtoons for adults are listed with their titles only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final

from scraper.fields import Node, changed, child, flag, has, identity, items, number, read_json, text, texts
from scraper.moments import KOREA, written_day
from scraper.sift import sift
from scraper.sources.checks import check_fields, missing
from scraper.sources.listing import FieldCheck, Known, Listing, Visit
from scraper.sources.paging import PAGES, all_known, by_number, keep_known, merge, merge_all
from scraper.sources.people import guess_credits, person
from storage.errors import Gated, ShapeChanged
from storage.records import AgeGrade, Credit, Episode, Platform, Role, Status, Webtoon, Weekday

if TYPE_CHECKING:
    from scraper.client import Client
    from scraper.origins import Origins

HEADERS: Final = MappingProxyType({"Referer": "https://comic.naver.com/"})

_LIST = "/api/webtoon/titlelist/weekday"
_FINISHED = "/api/webtoon/titlelist/finished"
_INFO = "/api/article/list/info"
_EPISODES = "/api/article/list"
_DAYS = dict(
    zip(("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"), Weekday, strict=True)
)
_ROLES = {
    "ARTIST_WRITER": Role.WRITER,
    "ARTIST_PAINTER": Role.PAINTER,
    "ARTIST_NOVEL_ORIGIN": Role.ORIGINAL,
}
# As older answers have it; the list names them on top, and `info` below `author`.
_LISTS = (
    ("writers", Role.WRITER),
    ("painters", Role.PAINTER),
    ("novelOriginAuthors", Role.ORIGINAL),
    ("originAuthors", Role.ORIGINAL),
)
_AGES = {"RATE_12": AgeGrade.TWELVE, "RATE_15": AgeGrade.FIFTEEN, "RATE_18": AgeGrade.ADULT}
_GENRE = "GENRE_"
_LISTED = ("titleId", "titleName", "up", "rest", "finish", "adult")
_TOLD = ("titleId", "titleName", "rest", "finished", "age.type", "publishDayOfWeekList")
_TOLD_SOMETIMES = ("communityArtists", "synopsis", "curationTagList", "gfpAdCustomParam.displayAuthor")
_PAGED = ("articleList", "chargeFolderArticleList", "pageInfo.nextPage", "totalCount")
_PUBLISHED = ("no", "subtitle", "thumbnailUrl", "serviceDateDescription", "charge")


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodePage:
    """A page of a webtoon's episodes, newest first; `following` is the number of the next page, if any."""

    episodes: tuple[Episode, ...]
    following: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedPage:
    """A page of the list of finished webtoons; `last` is how many pages there are."""

    listings: tuple[Listing, ...]
    last: int


class NaverSource:
    """List what Naver serialises, the daily webtoons too, and with `finished` also what has ended."""

    platform: ClassVar[Platform] = Platform.NAVER
    keeps_numbers: ClassVar[bool] = True
    lists_all: ClassVar[bool] = True

    def __init__(self, client: "Client", *, origins: "Origins", finished: bool = False) -> None:
        """Ask nothing yet; the client has to know the origins."""
        self._client = client
        self._origins = origins
        self._finished = finished

    async def webtoons(self) -> Sequence[Listing]:
        """List the webtoons; one that is serialised on several days has all of them."""
        # Each answer is read before the next one comes, so that the last one is the one that has changed.
        week = await self._get(_LIST, {"order": "user"})
        listings = [*parse_week(week, where="the list of the week")]
        daily = await self._get(_LIST, {"week": "dailyPlus", "order": "user"})
        listings += parse_day(daily, where="the list of dailyPlus")
        return merge_all([*listings, *(await self._ended() if self._finished else ())])

    async def visit(self, listing: Listing, *, known: Known) -> Visit:
        """Ask for episodes from the newest on, and the first time and for surveys for the webtoon itself."""
        if listing.gated:
            raise Gated(platform=self.platform, where=listing.webtoon.title)
        webtoon = _renewed(listing.webtoon, known)
        if known.whole:
            webtoon = keep_known(await self._info(listing), known)
        return Visit(webtoon=webtoon, episodes=await self._episodes(webtoon.platform_id, known))

    async def look_up(self, webtoon: Webtoon) -> Listing:
        """Ask how a webtoon stands that the lists do not show."""
        return await self._told(webtoon.platform_id)

    async def thumbnail(self, webtoon: Webtoon, *, episode: Episode) -> bytes:
        """Fetch the picture, 202 pixels wide and 120 high."""
        del webtoon
        return (await self._client.get(episode.thumbnail_url, kinds=("image/",))).data

    async def check(self) -> Sequence[FieldCheck]:
        """Look at the first webtoon of the list that is for everybody, and at its episodes."""
        try:
            return await self._check()
        except ShapeChanged as fault:
            return [missing(fault)]

    async def _check(self) -> Sequence[FieldCheck]:
        where = "the list of the week"
        week = _read(await self._get(_LIST, {"order": "user"}), where)
        checks = check_fields(week, [f"titleListMap.{day}" for day in _DAYS])
        entries = [entry for day in _DAYS for entry in items(week, f"titleListMap.{day}")]
        for entry in [entry for entry in entries if not flag(entry, "adult", default=False)][:1]:
            checks += check_fields(entry, _LISTED, optional=("author", "communityArtists", "painters"))
            title = identity(entry, "titleId")
            told = _read(await self._get(_INFO, {"titleId": title}), f"info of {title}")
            checks += check_fields(told, _TOLD, optional=_TOLD_SOMETIMES)
            for artist in items(told, "communityArtists", optional=True)[:1]:
                checks += check_fields(artist, ("artistId", "name", "artistTypeList"))
            page = _read(await self._get(_EPISODES, {"titleId": title}), f"episodes of {title}")
            checks += check_fields(page, _PAGED)
            for article in items(page, "articleList")[:1]:
                checks += check_fields(article, _PUBLISHED, optional=("thumbnailLock",))
        return checks

    async def _info(self, listing: Listing) -> Webtoon:
        told = await self._told(listing.webtoon.platform_id)
        if told.gated:
            raise Gated(platform=self.platform, where=listing.webtoon.title)
        return merge(told, listing).webtoon

    async def _told(self, title: str) -> Listing:
        data = await self._get(_INFO, {"titleId": title})
        return parse_info(data, where=f"info of {title}")

    async def _episodes(self, title: str, known: Known) -> list[Episode]:
        episodes: list[Episode] = []
        page_no: int | None = 1
        for _ in range(PAGES):
            data = await self._get(_EPISODES, {"titleId": title, "page": page_no or 1, "sort": "DESC"})
            page = parse_episodes(data, where=f"episodes of {title}")
            episodes += page.episodes
            if page.following is None or page.following <= (page_no or 1):
                break
            if not known.whole and _reaches(page, known):
                break
            page_no = page.following
        return by_number(episodes)

    async def _ended(self) -> list[Listing]:
        listings: list[Listing] = []
        for page_no in range(1, PAGES):
            data = await self._get(_FINISHED, {"page": page_no, "order": "UPDATE"})
            page = parse_finished(data, where="the list of finished webtoons")
            listings += page.listings
            if page_no >= page.last:
                break
        return listings

    async def _get(self, path: str, query: dict[str, str | int]) -> bytes:
        return (await self._client.get(f"{self._origins.api}{path}", params=query)).data


def parse_week(data: bytes, *, where: str) -> tuple[Listing, ...]:
    """Read the list of all days; a webtoon of several days comes several times, each time with one day."""
    root = _read(data, where)
    days = {day: items(root, f"titleListMap.{name}") for name, day in _DAYS.items()}
    return tuple(listing for day, entries in days.items() for listing in _listings(entries, day))


def parse_day(data: bytes, *, where: str) -> tuple[Listing, ...]:
    """Read the list of one day, here of those that have no weekday."""
    return _listings(items(_read(data, where), "titleList"), None)


def parse_finished(data: bytes, *, where: str) -> FinishedPage:
    """Read a page of the list of finished webtoons."""
    root = _read(data, where)
    return FinishedPage(
        listings=_listings(items(root, "titleList"), None), last=number(root, "pageInfo.totalPages")
    )


def parse_info(data: bytes, *, where: str) -> Listing:
    """Read what a webtoon is; what its list would say of it is left open."""
    root = _read(data, where)
    age = _age_grade(root)
    days = {_DAYS[day] for day in texts(root, "publishDayOfWeekList") if day in _DAYS}
    if not has(root, "communityArtists") and not isinstance(_value(root, "author"), dict):
        raise changed(root, "communityArtists")
    webtoon = Webtoon(
        platform=Platform.NAVER,
        platform_id=identity(root, "titleId"),
        title=text(root, "titleName"),
        credits=_credits(root),
        synopsis=text(root, "synopsis", default=""),
        genres=_genres(root),
        weekdays=tuple(day for day in Weekday if day in days),
        age_grade=age,
        status=_status(rest=flag(root, "rest"), finished=flag(root, "finished")),
        url=_address(identity(root, "titleId")),
    )
    return Listing(webtoon=webtoon, gated=age is AgeGrade.ADULT)


def parse_episodes(data: bytes, *, where: str, today: date | None = None) -> EpisodePage:
    """Read a page of episodes with those that must be bought; `today` is the day in Korea."""
    root = _read(data, where)
    day = today or datetime.now(UTC).astimezone(KOREA).date()
    articles = [*items(root, "articleList"), *items(root, "chargeFolderArticleList")]
    shown = [article for article in articles if not flag(article, "blindInspection", default=False)]
    following = number(root, "pageInfo.nextPage")
    return EpisodePage(
        episodes=sift(shown, lambda article: _episode(article, day)),
        following=following if following > 0 else None,
    )


def _reaches(page: EpisodePage, known: Known) -> bool:
    """Say whether the oldest episode of a page is known, and with it everything before."""
    oldest = sorted(page.episodes, key=lambda episode: episode.number)[:1]
    return all_known(oldest, known)


def _read(data: bytes, where: str) -> Node:
    return read_json(data, platform=Platform.NAVER, where=where)


def _listings(entries: Iterable[Node], day: Weekday | None) -> tuple[Listing, ...]:
    return sift(list(entries), lambda entry: _listing(entry, day))


def _listing(node: Node, day: Weekday | None) -> Listing:
    title, adult = identity(node, "titleId"), flag(node, "adult")
    status = _status(rest=flag(node, "rest"), finished=flag(node, "finish"))
    webtoon = Webtoon(
        platform=Platform.NAVER,
        platform_id=title,
        title=text(node, "titleName"),
        credits=_credits(node),
        weekdays=(day,) if day else (),
        age_grade=AgeGrade.ADULT if adult else AgeGrade.ALL,
        status=status,
        url=_address(title),
    )
    shown = (webtoon.title, text(node, "author", default=""), status)
    return Listing(webtoon=webtoon, mark="\n".join(shown), updated=flag(node, "up"), gated=adult)


def _renewed(listed: Webtoon, known: Known) -> Webtoon:
    """Take from what is known all that the list does not say."""
    if known.webtoon is None:
        return listed
    return replace(
        known.webtoon,
        title=listed.title,
        weekdays=listed.weekdays or known.webtoon.weekdays,
        status=listed.status,
    )


def _status(*, rest: bool, finished: bool) -> Status:
    if finished:
        return Status.FINISHED
    return Status.HIATUS if rest else Status.ONGOING


def _age_grade(root: Node) -> AgeGrade:
    grade = _AGES.get(text(root, "age.type"), AgeGrade.ALL)
    return AgeGrade.ADULT if text(root, "gfpAdCustomParam.adultYn", default="N") == "Y" else grade


def _genres(root: Node) -> tuple[str, ...]:
    """Read the genres, whose names may contain a slash."""
    tags = items(root, "curationTagList", optional=True)
    named = (
        text(tag, "tagName", default="")
        for tag in tags
        if text(tag, "curationType", default="").startswith(_GENRE)
    )
    return tuple(dict.fromkeys(filter(None, named)))


def _credits(node: Node) -> tuple[Credit, ...]:
    """Read who made it: with roles, or from lists for each role, or guessed from what is shown."""
    found = [credit for artist in _artists(node) for credit in artist]
    if not found:
        below = child(node, "author") if isinstance(_value(node, "author"), dict) else node
        found = [credit for key, role in _LISTS for credit in _listed(below, key, role)]
    shown = text(node, "author", default="") or text(node, "gfpAdCustomParam.displayAuthor", default="")
    return tuple(dict.fromkeys(found)) or tuple(guess_credits(shown))


def _artists(node: Node) -> tuple[tuple[Credit, ...], ...]:
    return sift(items(node, "communityArtists", optional=True), _artist)


def _artist(node: Node) -> tuple[Credit, ...]:
    name, known_as = person(text(node, "name")), identity(node, "artistId")
    roles = [_ROLES[kind] for kind in texts(node, "artistTypeList") if kind in _ROLES]
    if not roles:
        raise changed(node, "artistTypeList")
    return tuple(Credit(artist=name, role=role, artist_id=known_as) for role in roles) if name else ()


def _listed(node: Node, key: str, role: Role) -> tuple[Credit, ...]:
    def read(entry: Node) -> Credit:
        return Credit(artist=person(text(entry, "name")), role=role, artist_id=identity(entry, "id"))

    return tuple(credit for credit in sift(items(node, key, optional=True), read) if credit.artist)


def _episode(node: Node, today: date) -> Episode:
    return Episode(
        number=number(node, "no"),
        title=text(node, "subtitle"),
        published=_day(text(node, "serviceDateDescription"), today),
        thumbnail_url=text(node, "thumbnailUrl"),
    )


def _day(shown: str, today: date) -> date | None:
    """Read "26.09.22"; today's episode shows its time, and one to be bought when it will be free."""
    hours, colon, minutes = shown.partition(":")
    if colon and hours.isdecimal() and minutes.isdecimal():
        return today
    return written_day(shown, pattern="%y.%m.%d")


def _value(node: Node, path: str) -> object:
    return node.value.get(path) if isinstance(node.value, dict) else None


def _address(title: str) -> str:
    return f"https://comic.naver.com/webtoon/list?titleId={title}"
