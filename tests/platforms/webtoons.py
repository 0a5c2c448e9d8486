"""A local webtoons.com: its pages, the JSON of its mobile host, and its image host that wants a Referer."""

import html
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from aiohttp import web

from storage.records import Weekday
from tests.platforms.kakaopage import find, renamed
from tests.platforms.server import LocalServer
from tests.platforms.world import Instalment, Person, Work, World, file_name

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CARD = """<li><a href="https://www.webtoons.com{path}?title_no={id}" class="link _originals_title_a"
 data-title-no="{id}" data-webtoon-type="WEBTOON"><div class="image_wrap"><img src="/cover.jpg"
 alt="">{badge}</div><div class="info_text">
<div class="genre">{genre}</div><strong class="title">{title}</strong>
<div class="view_count">1.1M</div></div></a></li>"""
_UP = '<span class="badge_up2">UP</span>'
_WORK = """<!doctype html><html lang="en"><body><div id="wrap"><div class="detail_header"><div class="info">
<h2 class="genre">{genre}</h2><h1 class="subj">{title}</h1>
<div class="author_area">{names}<button type="button">author info</button></div></div></div>
<div id="_asideDetail"><p class="day_info">EVERY {day}</p><p class="summary">{synopsis}</p></div>
<div class="ly_wrap _authorInfoLayer"><div class="_authorInnerContent">{people}</div></div></div>
</body></html>"""


class Webtoons(LocalServer):
    """Publish a world's works, pages and JSON on one host.

    `rename` gives fields of the JSON other names, and replaces words in the pages.
    """

    def __init__(self, world: World, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Know the world, and listen to nobody yet."""
        super().__init__(clock=clock)
        self.world = world
        self.rename: Mapping[str, str] = {}
        self.per_page = 1000
        self.routes += [
            web.get("/en/originals/{day}", self._list),
            web.get("/en/{genre}/{slug}/list", self._work),
            web.get("/api/v1/webtoon/{id}/episodes", self._episodes),
        ]

    async def _list(self, request: web.Request) -> web.Response:
        name = request.match_info["day"]
        if name not in {*_DAYS, "complete"}:
            raise web.HTTPNotFound
        day = list(Weekday)[_DAYS.index(name)] if name in _DAYS else None
        listed = [
            work
            for work in self.world.works
            if (day in work.weekdays and not work.finished if day else work.finished) and not work.adult
        ]
        cards = "".join(
            _CARD.format(
                path=_path(work),
                id=work.id,
                badge=_UP if work.up else "",
                genre=html.escape(work.genre),
                title=html.escape(work.title),
            )
            for work in listed
        )
        return self._page(
            f'<!doctype html><html lang="en"><body><ul class="webtoon_list">{cards}</ul></body></html>'
        )

    async def _work(self, request: web.Request) -> web.Response:
        work = self._found(request.query["title_no"])
        roles = (
            ("Original work by", work.originals),
            ("Written by", work.writers),
            ("Art by", work.painters),
        )
        people = "".join(
            f'<p class="by">{said}</p><h3 class="title">{_joined(persons)}</h3>'
            for said, persons in roles
            if persons
        )
        page = _WORK.format(
            genre=html.escape(work.genre),
            title=html.escape(work.title),
            names=_joined((*work.writers, *work.painters)),
            day=_DAYS[list(Weekday).index(work.weekdays[0])].upper(),
            synopsis=html.escape(work.synopsis),
            people=people,
        )
        return self._page(page)

    async def _episodes(self, request: web.Request) -> web.Response:
        work = self._found(request.match_info["id"])
        start = int(request.query.get("cursor", 0))
        shown = work.instalments[start : start + self.per_page]
        following = start + self.per_page
        answer = {
            "result": {
                "episodeList": [_episode(work, each) for each in shown],
                "nextCursor": following if following < len(work.instalments) else 0,
            },
            "success": True,
        }
        return web.json_response(renamed(answer, self.rename))

    def _found(self, key: str) -> Work:
        work = self.world.work(int(key))
        if work is None:
            raise web.HTTPNotFound
        return work

    def _page(self, text: str) -> web.Response:
        for word, other in self.rename.items():
            text = text.replace(word, other)
        return web.Response(text=text, content_type="text/html")


class WebtoonsImages(LocalServer):
    """Give pictures to those who come from webtoons.com."""

    def __init__(self, world: World, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Know the world, and listen to nobody yet."""
        super().__init__(clock=clock)
        self.world = world
        self.routes.append(web.get("/{id}/{name}.jpg", self._picture))

    async def _picture(self, request: web.Request) -> web.Response:
        if request.headers.get("Referer") != "https://www.webtoons.com/":
            raise web.HTTPForbidden
        found = find(self.world, request.match_info["id"], name=request.match_info["name"])
        return web.Response(body=found, content_type="image/jpeg")


def _path(work: Work) -> str:
    return f"/en/fantasy/work-{work.id}/list"


def _joined(people: Sequence[Person]) -> str:
    return html.escape(", ".join(dict.fromkeys(person.name for person in people)))


def _episode(work: Work, instalment: Instalment) -> dict[str, object]:
    day = datetime(*instalment.published.timetuple()[:3], hour=4, tzinfo=UTC)
    return {
        "episodeNo": instalment.no,
        "thumbnail": f"/{work.id}/{file_name(work, instalment)}.jpg",
        "episodeTitle": instalment.title,
        "viewerLink": f"/en/fantasy/work-{work.id}/x/viewer?title_no={work.id}&episode_no={instalment.no}",
        "exposureDateMillis": int(day.timestamp() * 1000),
        "displayUp": False,
        "hasBgm": False,
    }
