"""A local Naver Webtoon: its lists, what it says of a webtoon, its pages of episodes, and its image host."""

import time
from collections.abc import Callable, Mapping, Sequence

from aiohttp import web

from scraper.origins import Origins
from storage.records import Weekday
from tests.platforms.kakaopage import renamed
from tests.platforms.server import LocalServer
from tests.platforms.world import TODAY, Instalment, Person, Work, World, file_name

PER_PAGE = 20
REFERER = "https://comic.naver.com/"
_DAYS = dict(
    zip(
        Weekday,
        ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"),
        strict=True,
    )
)
_AGES = {0: "RATE_ALL", 12: "RATE_12", 15: "RATE_15", 19: "RATE_18"}


class Naver(LocalServer):
    """Publish a world's works; `rename` gives fields of every answer other names, `lost` ids answer 404.

    `images` is the origin of the image host that addresses name.
    """

    def __init__(
        self, world: World, *, images: str = "", clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Know the world, and listen to nobody yet."""
        super().__init__(clock=clock)
        self.world = world
        self.images = images
        self.rename: Mapping[str, str] = {}
        self.lost: set[int] = set()
        self.unlisted: set[int] = set()
        self.routes += [
            web.get("/api/webtoon/titlelist/weekday", self._week),
            web.get("/api/webtoon/titlelist/finished", self._finished),
            web.get("/api/article/list/info", self._info),
            web.get("/api/article/list", self._episodes),
        ]

    async def _week(self, request: web.Request) -> web.Response:
        if request.query.get("week") == "dailyPlus":
            daily = [self._listed(work) for work in self._serialised() if _daily(work)]
            return self._answer({"titleList": daily})
        week = {
            name: [
                self._listed(work) for work in self._serialised() if day in work.weekdays and not _daily(work)
            ]
            for day, name in _DAYS.items()
        }
        return self._answer({"titleListMap": week})

    async def _finished(self, request: web.Request) -> web.Response:
        page = int(request.query["page"])
        works = [work for work in self.world.works if work.finished]
        shown = works[(page - 1) * PER_PAGE : page * PER_PAGE]
        pages = -(-len(works) // PER_PAGE)
        return self._answer(
            {"titleList": [self._listed(work) for work in shown], "pageInfo": {"totalPages": pages}}
        )

    async def _info(self, request: web.Request) -> web.Response:
        work = self._work(request)
        return self._answer(
            {
                "titleId": work.id,
                "thumbnailUrl": f"{self.images}/webtoon/{work.id}/thumbnail/thumbnail_IMAG21_0.jpg",
                "titleName": work.title,
                "webtoonLevelCode": "WEBTOON",
                "rest": work.resting,
                "finished": work.finished,
                "dailyPass": False,
                "publishDayOfWeekList": [] if _daily(work) else [_DAYS[day] for day in work.weekdays],
                "communityArtists": _artists(work),
                "synopsis": work.synopsis,
                "favoriteCount": 12,
                "age": {"type": _AGES[work.age], "description": "이용가"},
                "curationTagList": [
                    {"id": 1, "tagName": work.genre, "urlPath": "/", "curationType": "GENRE_FANTASY"},
                    {"id": 2, "tagName": "회귀", "urlPath": "/", "curationType": "CUSTOM_TAG"},
                ],
                "gfpAdCustomParam": {"displayAuthor": _shown(work), "adultYn": "Y" if work.adult else "N"},
                "new": False,
            }
        )

    async def _episodes(self, request: web.Request) -> web.Response:
        work, page = self._work(request), int(request.query.get("page", "1"))
        if work.adult:
            return web.Response(status=401, text="<html>로그인</html>", content_type="text/html")
        newest = list(reversed(work.free))
        pages = max(1, -(-len(newest) // PER_PAGE))
        page = min(page, pages)
        shown = newest[(page - 1) * PER_PAGE : page * PER_PAGE]
        paid = list(reversed(work.paid)) if page == 1 else []
        return self._answer(
            {
                "titleId": work.id,
                "totalCount": len(work.instalments),
                "finished": work.finished,
                "articleList": [self._article(work, each) for each in shown],
                "chargeFolderArticleList": [self._article(work, each) for each in paid],
                "pageInfo": {
                    "totalRows": len(newest),
                    "pageSize": PER_PAGE,
                    "page": page,
                    "nextPage": page + 1 if page < pages else 0,
                    "totalPages": pages,
                },
                "sort": "DESC",
            }
        )

    def _serialised(self) -> Sequence[Work]:
        return [work for work in self.world.works if not work.finished and work.id not in self.unlisted]

    def _work(self, request: web.Request) -> Work:
        work = self.world.work(int(request.query["titleId"]))
        if work is None or work.id in self.lost:
            raise web.HTTPNotFound
        return work

    def _listed(self, work: Work) -> dict[str, object]:
        people = {"writers": work.writers, "painters": work.painters, "novelOriginAuthors": work.originals}
        return {
            "titleId": work.id,
            "titleName": work.title,
            "author": _shown(work),
            **{key: [{"id": one.id, "name": one.name} for one in named] for key, named in people.items()},
            "thumbnailUrl": f"{self.images}/webtoon/{work.id}/thumbnail/thumbnail_IMAG21_0.jpg",
            "up": work.up,
            "rest": work.resting,
            "finish": work.finished,
            "bm": False,
            "adult": work.adult,
            "starScore": 9.9,
            "viewCount": 0,
        }

    def _article(self, work: Work, instalment: Instalment) -> dict[str, object]:
        name = f"thumbnail_202x120_{file_name(work, instalment)}.jpg"
        return {
            "no": instalment.no,
            "thumbnailUrl": f"{self.images}/webtoon/{work.id}/{instalment.no}/{name}",
            "subtitle": instalment.title,
            "starScore": 9.9,
            "charge": instalment.paid,
            "serviceDateDescription": _date(instalment),
            "thumbnailClock": instalment.paid,
            "thumbnailLock": False,
        }

    def _answer(self, body: object) -> web.Response:
        return web.json_response(renamed(body, self.rename))


class NaverImages(LocalServer):
    """Give thumbnails to those who come from Naver; others get 403."""

    def __init__(self, world: World, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Know the world, and listen to nobody yet."""
        super().__init__(clock=clock)
        self.world = world
        self.routes.append(web.get("/webtoon/{title}/{no}/{name}", self._picture))

    async def _picture(self, request: web.Request) -> web.Response:
        if request.headers.get("Referer") != REFERER:
            raise web.HTTPForbidden
        work = self.world.work(int(request.match_info["title"]))
        for instalment in work.instalments if work else ():
            wanted = f"thumbnail_202x120_{file_name(work, instalment)}.jpg" if work else ""
            if (
                work
                and str(instalment.no) == request.match_info["no"]
                and wanted == request.match_info["name"]
            ):
                return web.Response(body=self.world.thumbnail(work, instalment), content_type="image/jpeg")
        raise web.HTTPNotFound


def origins(api: LocalServer, images: LocalServer) -> Origins:
    """Say where the local platform is."""
    return Origins(api=api.origin, images=(images.origin,))


def _daily(work: Work) -> bool:
    """Every ninth work has no weekday and appears on all of them."""
    return work.id % 9 == 0


def _artists(work: Work) -> list[dict[str, object]]:
    roles: dict[Person, list[str]] = {}
    for people, role in (
        (work.writers, "ARTIST_WRITER"),
        (work.painters, "ARTIST_PAINTER"),
        (work.originals, "ARTIST_NOVEL_ORIGIN"),
    ):
        for one in people:
            roles.setdefault(one, []).append(role)
    return [{"artistId": one.id, "name": one.name, "artistTypeList": named} for one, named in roles.items()]


def _shown(work: Work) -> str:
    groups = [
        ", ".join(one.name for one in people) for people in (work.writers, work.painters, work.originals)
    ]
    return " / ".join(dict.fromkeys(filter(None, groups)))


def _date(instalment: Instalment) -> str:
    if instalment.paid:
        return "3일 후 무료"
    day = instalment.published
    return "00:10" if day == TODAY else f"{day:%y.%m.%d}"
