"""Read saved pages of comic.naver.com as they were until 2021, when their addresses ended in `.nhn`.

A week's page names the webtoons; a list page holds one webtoon and ten of its episodes.  Artists stand in one
text without roles, so that the roles are guesses.
"""

from collections.abc import Iterator, Sequence
from urllib.parse import parse_qs, urlsplit

from scraper.archive.work import Work, in_order, join
from scraper.markup import Element, attribute, lost, read_html, select, select_one, words
from scraper.moments import written_day
from scraper.sources.people import guess_credits
from storage.errors import Gated
from storage.records import AgeGrade, Episode, Platform, Webtoon, Weekday

_DAYS = frozenset(Weekday)
_AGES = {"12세": AgeGrade.TWELVE, "15세": AgeGrade.FIFTEEN, "18세": AgeGrade.ADULT}
_LOGIN = "form[action*='nidlogin'], form#frmNIDLogin"
_DAILY = "div.list_area li"
_INFO = "div.comicinfo div.detail"
_DIGITS = 15  # SQLite can hold more


def parse_nhn(data: bytes, *, where: str) -> Sequence[Work]:
    """Read a week's page or a list page; raises `ShapeChanged`, and `Gated` for one that asks for a login."""
    page = read_html(data, platform=Platform.NAVER, where=where)
    if select(page, _LOGIN):
        raise Gated(platform=Platform.NAVER, where=where)
    if select(page, _INFO):
        return [_listed(page)]
    return _week(page)


def _week(page: Element) -> Sequence[Work]:
    """Read what a week's page names; a webtoon of several days is there several times."""
    works: dict[str, Work] = {}
    for entry in select(page, _DAILY):
        query = _query(attribute(entry, "href", selector="a[href*='titleId=']", default=""))
        title = words(entry, "a.title", default="")
        if not title or not _is_number(query.get("titleId", "")):
            continue
        day = query.get("weekday", "")
        webtoon = Webtoon(
            platform=Platform.NAVER,
            platform_id=query["titleId"],
            title=title,
            weekdays=(Weekday(day),) if day in _DAYS else (),
        )
        work = Work(webtoon=webtoon)
        works[webtoon.platform_id] = join(works.get(webtoon.platform_id, work), work)
    if not works:
        raise lost(page, _DAILY)
    return list(works.values())


def _listed(page: Element) -> Work:
    info = select_one(page, _INFO)
    links = [(row, query) for row in select(page, "table.viewList tr") for query in _queries(row)]
    if not links:
        raise lost(page, "table.viewList td a")
    names = words(info, "span.wrt_nm", default="")
    webtoon = Webtoon(
        platform=Platform.NAVER,
        platform_id=links[0][1]["titleId"],
        title=_own_text(select_one(info, "h2")),
        credits=tuple(guess_credits(names)),
        synopsis=_lines(info),
        genres=_genres(words(info, "span.genre", default="")),
        weekdays=tuple(day for day in Weekday if day in {query.get("weekday") for _, query in links}),
        age_grade=_AGES.get(words(info, "span.age", default="")[:3], AgeGrade.ALL),
    )
    return Work(webtoon=webtoon, episodes=in_order(_episode(row, query) for row, query in links))


def _queries(row: Element) -> Iterator[dict[str, str]]:
    """Take what the row's link says; the first row is a banner, which has no title and leads elsewhere."""
    query = _query(attribute(row, "href", selector="td a[href*='no=']", default=""))
    if not select(row, "td.title"):
        return
    if _is_number(query.get("titleId", "")) and _is_number(query.get("no", "")):
        yield query


def _is_number(shown: str) -> bool:
    return shown.isascii() and shown.isdecimal() and len(shown) <= _DIGITS


def _query(address: str) -> dict[str, str]:
    try:
        parameters = parse_qs(urlsplit(address).query)
    except ValueError:  # half a bracket, or more parameters than anybody needs
        return {}
    return {name: values[0] for name, values in parameters.items()}


def _episode(row: Element, query: dict[str, str]) -> Episode:
    return Episode(
        number=int(query["no"]),
        title=words(row, "td.title"),
        published=written_day(words(row, "td.num", default=""), pattern="%Y.%m.%d"),
        thumbnail_url=attribute(row, "src", selector="td a img", default=""),
    )


def _own_text(heading: Element) -> str:
    """Take the heading without the artists' names in it."""
    own = heading.tag.find_all(string=True, recursive=False)
    return " ".join(" ".join(own).split())


def _lines(info: Element) -> str:
    """Read the synopsis with its line breaks, which are elements and would glue lines together."""
    found = select(info, "p.txt") or select(info, "p:nth-child(2)")
    if not found:
        return ""
    lines = (" ".join(line.split()) for line in found[0].tag.get_text("\n").splitlines())
    return "\n".join(line for line in lines if line)


def _genres(shown: str) -> tuple[str, ...]:
    """Leave out the first, which is the format: a story, episodes or an omnibus."""
    return tuple(genre.strip() for genre in shown.split(",")[1:] if genre.strip())
