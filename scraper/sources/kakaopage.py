"""Ask KakaoPage, where Daum Webtoon and Kakao Webtoon went; every answer lies in the same envelope.

The lists name artists without roles, which stand in an answer of their own (`about`).  Pictures have no
address but a key (`kid`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import quote

from scraper.fields import Node, changed, child, flag, identity, items, number, read_json, text
from scraper.moments import korean_day
from scraper.sift import sift
from scraper.sources.checks import check_fields, missing
from scraper.sources.listing import FieldCheck, Known, Listing, Visit
from scraper.sources.paging import PAGES, all_known, by_number, keep_known, merge, merge_all
from scraper.sources.people import credit_all, guess_credits
from storage.errors import Gated, NotThere, ShapeChanged, SourceError
from storage.records import AgeGrade, Credit, Episode, Platform, Role, Status, Webtoon, Weekday

if TYPE_CHECKING:
    from scraper.client import Client
    from scraper.origins import Origins

HEADERS: Final = MappingProxyType({"Referer": "https://page.kakao.com/", "Origin": "https://page.kakao.com"})

_LIST = "/api/gateway/view/v2/landing/dayofweek"
_EPISODES = "/api/gateway/api/v2/content/product/list"
_ABOUT = "/api/gateway/api/v1/content/about"
_COMPLETED = 12
_TABS = dict(enumerate(Weekday, start=1))
_DAYS = dict(zip("월화수목금토일", Weekday, strict=True))
_WEBTOONS = 10  # beside 11 for novels and 16 for books
_WINDOW = 25
_STATUS = {"Y": Status.ONGOING, "P": Status.HIATUS, "N": Status.FINISHED}
_ROLES = {"writer": Role.WRITER, "illustrator": Role.PAINTER, "original_author": Role.ORIGINAL}
_ADULT = 19
_LISTED = ("series_id", "category_uid", "title", "on_issue", "age_grade")
_LISTED_SOMETIMES = ("authors", "sub_category", "pub_period", "last_slide_added_dt")
_PUBLISHED = ("cursor_index", "item.product_id", "item.order_value", "item.title", "item.thumbnail")
_OF_AGE = ((_ADULT, AgeGrade.ADULT), (15, AgeGrade.FIFTEEN), (12, AgeGrade.TWELVE))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A page of a day's list; `last` when there are no more."""

    listings: tuple[Listing, ...]
    last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodePage:
    """A page of a webtoon's episodes, with the webtoon itself; `cursor` asks for the next one, if any."""

    listing: Listing
    episodes: tuple[Episode, ...]
    cursor: int | None


class KakaoPageSource:
    """List what KakaoPage serialises, day by day, and with `finished` also what has ended."""

    platform: ClassVar[Platform] = Platform.KAKAOPAGE
    keeps_numbers: ClassVar[bool] = True
    lists_all: ClassVar[bool] = True

    def __init__(self, client: "Client", *, origins: "Origins", finished: bool = False) -> None:
        """Ask nothing yet; the client has to know the origins."""
        self._client = client
        self._origins = origins
        self._tabs = {**_TABS, _COMPLETED: None} if finished else dict(_TABS)

    async def webtoons(self) -> Sequence[Listing]:
        """List the webtoons of all days; one that is serialised on several has all of them."""
        lists = [await self._list(tab, day) for tab, day in self._tabs.items()]
        return merge_all([listing for listings in lists for listing in listings])

    async def visit(self, listing: Listing, *, known: Known) -> Visit:
        """Ask for episodes, newest first when the older ones are known, and for the roles of the artists."""
        if listing.gated:
            raise Gated(platform=self.platform, where=listing.webtoon.title)
        series, episodes, cursor = listing.webtoon.platform_id, list[Episode](), 0
        for _ in range(PAGES):
            page = await self._episodes(series, cursor=cursor, newest_first=not known.whole)
            episodes += page.episodes
            if page.cursor in {None, cursor} or (not known.whole and all_known(page.episodes, known)):
                break
            cursor = page.cursor or 0
        said = merge(page.listing, listing).webtoon
        webtoon = replace(said, credits=await self._credits(said, known))
        return Visit(webtoon=keep_known(webtoon, known), episodes=by_number(episodes))

    async def look_up(self, webtoon: Webtoon) -> Listing:
        """Ask how a webtoon stands that the lists do not show."""
        page = await self._episodes(webtoon.platform_id, cursor=0, newest_first=True)
        return page.listing

    async def thumbnail(self, webtoon: Webtoon, *, episode: Episode) -> bytes:
        """Fetch the picture, 384 pixels wide."""
        del webtoon
        return (await self._client.get(episode.thumbnail_url, kinds=("image/",))).data

    async def check(self) -> Sequence[FieldCheck]:
        """Look at the first webtoon that is open to all, its episodes and its artists."""
        try:
            return await self._check()
        except ShapeChanged as fault:
            return [missing(fault)]

    async def _check(self) -> Sequence[FieldCheck]:
        for tab, day in _TABS.items():
            data, where = await self._get(_LIST, _list_query(tab, 0), where=f"the list of {day}")
            result = _result(data, where)
            entries = [entry for entry in items(result, "list") if _is_open_webtoon(entry)]
            if entries:
                checks = check_fields(result, ("list", "is_end"))
                checks += check_fields(entries[0], _LISTED, optional=_LISTED_SOMETIMES)
                return checks + await self._check_webtoon(identity(entries[0], "series_id"))
        return [FieldCheck(where="the lists", field="list", known=False)]

    async def _check_webtoon(self, series: str) -> list[FieldCheck]:
        data, where = await self._get(_EPISODES, _episode_query(series, 0), where=f"episodes of {series}")
        result = _result(data, where)
        checks = check_fields(result, ("series_item.title", "series_item.on_issue", "list", "has_next"))
        for episode in items(result, "list")[:1]:
            checks += check_fields(episode, _PUBLISHED, optional=("item.start_sale_dt", "item.hidden"))
        data, where = await self._get(_ABOUT, {"series_id": series}, where=f"artists of {series}")
        return checks + check_fields(_result(data, where), ("author_list",))

    async def _list(self, tab: int, day: Weekday | None) -> list[Listing]:
        listings: list[Listing] = []
        for page_no in range(PAGES):
            data, where = await self._get(
                _LIST, _list_query(tab, page_no), where=f"the list of {day or 'finished'}"
            )
            page = parse_list(data, where=where, tab=day)
            listings += page.listings
            if page.last:
                break
        return listings

    async def _episodes(self, series: str, *, cursor: int, newest_first: bool) -> EpisodePage:
        query = _episode_query(series, cursor, newest_first=newest_first)
        data, where = await self._get(_EPISODES, query, where=f"episodes of {series}")
        return parse_episodes(data, where=where, images=self._origins.images[0])

    async def _credits(self, webtoon: Webtoon, known: Known) -> tuple[Credit, ...]:
        """Ask for the roles unless they are known; where there is no such answer, they stay guesses."""
        if known.webtoon and not known.whole:
            return known.webtoon.credits
        series = webtoon.platform_id
        try:
            data, where = await self._get(_ABOUT, {"series_id": series}, where=f"artists of {series}")
        except NotThere:
            return webtoon.credits
        return parse_about(data, where=where) or webtoon.credits

    async def _get(self, path: str, query: dict[str, str | int], *, where: str) -> tuple[bytes, str]:
        return (await self._client.get(f"{self._origins.api}{path}", params=query)).data, where


def _list_query(tab: int, page: int) -> dict[str, str | int]:
    query: dict[str, str | int] = {"category_uid": _WEBTOONS, "page": page, "tab_uid": tab, "screen_uid": 52}
    return {**query, "bm": "A", "subcategory_uid": 0} if page else query


def _episode_query(series: str, cursor: int, *, newest_first: bool = True) -> dict[str, str | int]:
    return {
        "series_id": series,
        "cursor_index": cursor,
        "cursor_direction": "NEXT",  # "INIT" would sort for an account
        "window_size": _WINDOW,
        "sort_type": "desc" if newest_first else "asc",
    }


def parse_list(data: bytes, *, where: str, tab: Weekday | None = None) -> ListPage:
    """Read a page of a day's list, without novels and books; `tab` is its day."""
    result = _result(data, where)
    entries = items(result, "list")
    listings = sift([entry for entry in entries if _is_webtoon(entry)], lambda entry: _listing(entry, tab))
    return ListPage(listings=listings, last=flag(result, "is_end") or not entries)


def parse_episodes(data: bytes, *, where: str, images: str) -> EpisodePage:
    """Read a page of episodes without the hidden ones; `images` is the origin of their thumbnails."""
    result = _result(data, where)
    listing = _listing(child(result, "series_item"), None)
    entries = items(result, "list")
    shown = [entry for entry in entries if not flag(entry, "item.hidden", default=False)]
    episodes = sift(shown, lambda entry: _episode(child(entry, "item"), listing.webtoon, images=images))
    more = flag(result, "has_next") and bool(entries)
    return EpisodePage(
        listing=listing, episodes=episodes, cursor=number(entries[-1], "cursor_index") if more else None
    )


def parse_about(data: bytes, *, where: str) -> tuple[Credit, ...]:
    """Read who made a webtoon; a publisher is nobody."""
    entries = items(_result(data, where), "author_list")
    credited = sift(entries, _credits)
    return tuple(dict.fromkeys(credit for credits_ in credited for credit in credits_))


def _result(data: bytes, where: str) -> Node:
    """Open the envelope."""
    envelope = read_json(data, platform=Platform.KAKAOPAGE, where=where)
    code = number(envelope, "result_code")
    if code:
        raise SourceError(platform=Platform.KAKAOPAGE, fault=f"{where} says code {code}.")
    return child(envelope, "result")


def _is_webtoon(entry: Node) -> bool:
    return number(entry, "category_uid", default=_WEBTOONS) == _WEBTOONS


def _is_open_webtoon(entry: Node) -> bool:
    return _is_webtoon(entry) and number(entry, "age_grade", default=0) < _ADULT


def _listing(node: Node, tab: Weekday | None) -> Listing:
    series, issue = identity(node, "series_id"), text(node, "on_issue")
    if issue not in _STATUS:
        raise changed(node, "on_issue")
    grade = _age_grade(number(node, "age_grade"))
    webtoon = Webtoon(
        platform=Platform.KAKAOPAGE,
        platform_id=series,
        title=text(node, "title"),
        credits=tuple(guess_credits(text(node, "authors", default=""))),
        synopsis=text(node, "description", default=""),
        genres=tuple(filter(None, (text(node, "sub_category", default=""),))),
        weekdays=_weekdays(text(node, "pub_period", default=""), tab),
        age_grade=grade,
        status=_STATUS[issue],
        url=f"https://page.kakao.com/content/{quote(series, safe='')}",
    )
    newest = text(node, "last_slide_added_dt", default="")
    return Listing(
        webtoon=webtoon,
        mark=f"{newest} {issue}" if newest else "",
        gated=grade is AgeGrade.ADULT,
    )


def _weekdays(shown: str, tab: Weekday | None) -> tuple[Weekday, ...]:
    """Read "월, 화, 일" and add the day in whose list it stood, which alone counts where nothing is shown."""
    days = {_DAYS[day.strip()] for day in shown.split(",") if day.strip() in _DAYS}
    days |= {tab} if tab else set()
    return tuple(day for day in Weekday if day in days)


def _age_grade(years: int) -> AgeGrade:
    return next((grade for age, grade in _OF_AGE if years >= age), AgeGrade.ALL)


def _credits(node: Node) -> tuple[Credit, ...]:
    """Read the people of one role; one name may hold several."""
    role = _ROLES.get(text(node, "role"))
    names = text(node, "name").replace("，", ",").split(",")
    return tuple(credit_all(names, role)) if role else ()


def _episode(node: Node, webtoon: Webtoon, *, images: str) -> Episode:
    identity(node, "product_id")
    return Episode(
        number=number(node, "order_value"),
        title=text(node, "title").removeprefix(f"{webtoon.title} "),
        published=korean_day(text(node, "start_sale_dt", default="")),
        thumbnail_url=_address(text(node, "thumbnail"), images),
    )


def _address(kid: str, images: str) -> str:
    """Make the address of a picture; its slashes stay as they are."""
    return f"{images}/download/resource?kid={quote(kid)}&filename=o1/dims/resize/384"
