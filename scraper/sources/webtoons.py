"""Ask webtoons.com: lists and works are pages of HTML, episodes come as JSON from its mobile host.

Only the originals are asked for: among what everybody may publish there, artists are rarely named.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import urlsplit

from scraper.fields import Node, changed, flag, has, items, number, read_json, text
from scraper.markup import Element, attribute, lost, read_html, select, select_one, words
from scraper.moments import day_of_milliseconds
from scraper.sift import sift
from scraper.sources.checks import check_fields, check_parts, missing
from scraper.sources.listing import FieldCheck, Known, Listing, Visit
from scraper.sources.paging import PAGES, by_number, keep_known, merge, merge_all
from scraper.sources.people import credit_all, guess_credits
from storage.errors import Gated, ShapeChanged, SourceError
from storage.records import Credit, Episode, Platform, Role, Status, Webtoon, Weekday

if TYPE_CHECKING:
    from scraper.client import Client
    from scraper.origins import Origins

HEADERS: Final = MappingProxyType({"Referer": "https://www.webtoons.com/"})
LANGUAGE = "en"

_PUBLIC = "https://www.webtoons.com"
_EPISODES = "/api/v1/webtoon/{}/episodes"
_DAYS = dict(
    zip(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), Weekday, strict=True)
)
_COMPLETE = "complete"
_WINDOW = 1000
_WORK = re.compile(r"/[a-z]{2}(-[a-z]+)?/[\w-]+/[\w%-]+/list", re.ASCII)
_THUMBNAIL = re.compile(r"/[^/\\\s][^\\\s]*|https?://[^\\\s]+", re.ASCII)
_CARDS = "li a"
_LISTED = ("ul.webtoon_list", "a[data-title-no]", ".title")
_PUBLISHED = ("episodeNo", "thumbnail")
_UP = "[class*='badge_up']"
_LOGIN = "form[action*='login'], form[action*='ageGate']"
_PEOPLE = "div._authorInnerContent"
_AREA = "div.author_area"
_BOTH = (Role.WRITER, Role.PAINTER)
_BY = {
    **dict.fromkeys(("art", "drawn", "illustrated", "artist"), (Role.PAINTER,)),
    **dict.fromkeys(("original", "novel"), (Role.ORIGINAL,)),
    **dict.fromkeys(("adapted", "written", "story", "writer"), (Role.WRITER,)),
    "created": _BOTH,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodePage:
    """A page of a webtoon's episodes; `cursor` asks for the next one and is 0 when there is none."""

    episodes: tuple[Episode, ...]
    cursor: int


class WebtoonsSource:
    """List what webtoons.com serialises in English, day by day, and with `finished` also what has ended."""

    platform: ClassVar[Platform] = Platform.WEBTOONS
    keeps_numbers: ClassVar[bool] = True
    lists_all: ClassVar[bool] = True

    def __init__(self, client: "Client", *, origins: "Origins", finished: bool = False) -> None:
        """Ask nothing yet; the client has to know the origins."""
        self._client = client
        self._origins = origins
        self._lists = [*_DAYS, *((_COMPLETE,) if finished else ())]

    async def webtoons(self) -> Sequence[Listing]:
        """List the webtoons of all days; one that is serialised on several has all of them."""
        pages = [await self._list(name) for name in self._lists]
        return merge_all([listing for page in pages for listing in page])

    async def visit(self, listing: Listing, *, known: Known) -> Visit:
        """Ask for all episodes, which is one request, and for the webtoon's own page unless it is known."""
        webtoon = await self._complete(listing, known)
        episodes, cursor = list[Episode](), 0
        for _ in range(PAGES):
            page = await self._episodes(webtoon.platform_id, cursor=cursor)
            episodes += page.episodes
            if page.cursor <= cursor:
                break
            cursor = page.cursor
        return Visit(webtoon=keep_known(webtoon, known), episodes=by_number(episodes))

    async def look_up(self, webtoon: Webtoon) -> Listing:
        """Read a webtoon's own page, where its artists stand."""
        where = f"webtoon {webtoon.platform_id}"
        path = urlsplit(webtoon.url).path
        data = await self._get(self._origins.pages, path, {"title_no": webtoon.platform_id})
        return parse_work(data, where=where, key=webtoon.platform_id, path=path)

    async def thumbnail(self, webtoon: Webtoon, *, episode: Episode) -> bytes:
        """Fetch the picture."""
        del webtoon
        return (await self._client.get(episode.thumbnail_url, kinds=("image/",))).data

    async def check(self) -> Sequence[FieldCheck]:
        """Look at the first webtoon of the lists, its page and its episodes."""
        try:
            return await self._check()
        except ShapeChanged as fault:
            return [missing(fault)]

    async def _check(self) -> Sequence[FieldCheck]:
        for name in _DAYS:
            data = await self._get(self._origins.pages, _list_path(name), {})
            listings = parse_list(data, where=f"the list of {name}", name=name)
            if listings:
                checks = check_parts(_page(data, f"the list of {name}"), _LISTED, optional=(".genre", _UP))
                return checks + await self._check_webtoon(listings[0].webtoon)
        return [FieldCheck(where="the lists", field="a[data-title-no]", known=False)]

    async def _check_webtoon(self, webtoon: Webtoon) -> list[FieldCheck]:
        key, path = webtoon.platform_id, urlsplit(webtoon.url).path
        page = _page(await self._get(self._origins.pages, path, {"title_no": key}), f"webtoon {key}")
        checks = check_parts(page, (".subj", _AREA), optional=(_PEOPLE, "p.summary", "p.day_info"))
        data = await self._get(self._origins.api, _EPISODES.format(key), {"pageSize": _WINDOW})
        answer = _result(data, f"episodes of {key}")
        checks += check_fields(answer, ("result.episodeList", "result.nextCursor"))
        for episode in items(answer, "result.episodeList")[:1]:
            checks += check_fields(episode, _PUBLISHED, optional=("episodeTitle", "exposureDateMillis"))
        return checks

    async def _list(self, name: str) -> tuple[Listing, ...]:
        data = await self._get(self._origins.pages, _list_path(name), {})
        return parse_list(data, where=f"the list of {name}", name=name)

    async def _complete(self, listing: Listing, known: Known) -> Webtoon:
        """Add what the lists do not say, from what is known or from the webtoon's own page."""
        if known.webtoon and not known.whole:
            return replace(listing.webtoon, credits=known.webtoon.credits, synopsis=known.webtoon.synopsis)
        return merge(listing, await self.look_up(listing.webtoon)).webtoon

    async def _episodes(self, key: str, *, cursor: int) -> EpisodePage:
        query = {"pageSize": _WINDOW} | ({"cursor": cursor} if cursor else {})
        data = await self._get(self._origins.api, _EPISODES.format(key), query)
        return parse_episodes(data, where=f"episodes of {key}", images=self._origins.images[0])

    async def _get(self, origin: str, path: str, query: Mapping[str, str | int]) -> bytes:
        return (await self._client.get(f"{origin}{path}", params=query)).data


def parse_list(data: bytes, *, where: str, name: str = "") -> tuple[Listing, ...]:
    """Read the list called `name`, a day's in English or that of the finished webtoons."""
    cards = select(select_one(_page(data, where), "ul.webtoon_list"), _CARDS)
    # Where no card has a badge for new episodes, there may be none any more, and all have to be asked for.
    trusted = any(select(card, _UP) for card in cards)
    return sift(cards, lambda card: _listed(card, name, trusted=trusted))


def parse_work(data: bytes, *, where: str, key: str, path: str = "") -> Listing:
    """Read the page at `path` of the webtoon with the id `key`; raises `Gated` when it asks for a login."""
    page = _page(data, where)
    if select(page, _LOGIN):
        raise Gated(platform=Platform.WEBTOONS, where=where)
    genre, day = words(page, ".genre", default=""), words(page, "p.day_info", default="").casefold()
    webtoon = Webtoon(
        platform=Platform.WEBTOONS,
        platform_id=key,
        title=words(page, ".subj"),
        credits=_credits(page),
        synopsis=words(page, "p.summary", default=""),
        genres=(genre,) if genre else (),
        weekdays=tuple(weekday for weekday in Weekday if re.search(rf"\b{weekday}", day)),
        status=_status(day),
        url=_address(path, key) if path else "",
    )
    return Listing(webtoon=webtoon)


def parse_episodes(data: bytes, *, where: str, images: str) -> EpisodePage:
    """Read a page of episodes; `images` is the origin of their thumbnails."""
    answer = _result(data, where)
    episodes = sift(items(answer, "result.episodeList"), lambda entry: _episode(entry, images))
    return EpisodePage(episodes=episodes, cursor=number(answer, "result.nextCursor"))


def _page(data: bytes, where: str) -> Element:
    return read_html(data, platform=Platform.WEBTOONS, where=where)


def _result(data: bytes, where: str) -> Node:
    """Read an answer, which may say that there is nothing of the kind."""
    answer = read_json(data, platform=Platform.WEBTOONS, where=where)
    if not flag(answer, "success", default=True) and not has(answer, "result"):
        raise SourceError(platform=Platform.WEBTOONS, fault=f"{where} says that there is no such thing.")
    return answer


def _list_path(name: str) -> str:
    return f"/{LANGUAGE}/originals/{name}"


def _address(path: str, key: str) -> str:
    return f"{_PUBLIC}{path}?title_no={key}"


def _listed(card: Element, name: str, *, trusted: bool) -> Listing:
    key, path = attribute(card, "data-title-no"), _path(attribute(card, "href"))
    if not (key.isascii() and key.isdecimal()):
        raise lost(card, "@data-title-no")
    if not path:
        raise lost(card, "@href")
    genre = words(card, ".genre", default="")
    webtoon = Webtoon(
        platform=Platform.WEBTOONS,
        platform_id=key,
        title=words(card, ".title"),
        genres=(genre,) if genre else (),
        weekdays=(_DAYS[name],) if name in _DAYS else (),
        status=Status.FINISHED if name == _COMPLETE else Status.ONGOING,
        url=_address(path, key),
    )
    return Listing(
        webtoon=webtoon, mark=str(webtoon.status) if trusted else "", updated=bool(select(card, _UP))
    )


def _path(href: str) -> str:
    """Take the path of a webtoon's page out of a link, or nothing of a link to anything else."""
    try:
        path = urlsplit(href).path
    except ValueError:  # half a bracket
        return ""
    return path if _WORK.fullmatch(path) else ""


def _status(day: str) -> Status:
    if "complete" in day or re.search(r"\bend\b", day):
        return Status.FINISHED
    return Status.HIATUS if "hiatus" in day else Status.ONGOING


def _credits(page: Element) -> tuple[Credit, ...]:
    """Read who did what, or guess it where the page only shows names."""
    people = select(page, _PEOPLE)
    if people:
        roles = [words(by) for by in select(people[0], "p.by")]
        names = [words(name) for name in select(people[0], "h3.title")]
        credited = [_credited(role, name) for role, name in zip(roles, names, strict=False)]
        return tuple(dict.fromkeys(credit for credits_ in credited for credit in credits_))
    area = select_one(page, _AREA)
    linked = [words(name) for name in select(area, ".author")]
    own = " ".join(area.tag.find_all(string=True, recursive=False))
    return tuple(guess_credits(" / ".join(linked) or own.replace("...", " ")))


def _credited(said: str, names: str) -> list[Credit]:
    """Credit names that stand under words such as "Original work by"."""
    roles = next((_BY[word] for word in said.casefold().split() if word in _BY), None)
    people = names.split(",")
    credited = [credit_all(people, role, guessed=roles is None) for role in roles or _BOTH]
    return [credit for credits_ in credited for credit in credits_]


def _episode(node: Node, images: str) -> Episode:
    thumbnail = text(node, "thumbnail")
    if not _THUMBNAIL.fullmatch(thumbnail):
        raise changed(node, "thumbnail")
    return Episode(
        number=number(node, "episodeNo"),
        title=text(node, "episodeTitle", default=""),
        published=day_of_milliseconds(number(node, "exposureDateMillis", default=0)),
        thumbnail_url=thumbnail if thumbnail.startswith("http") else f"{images}{thumbnail}",
    )
