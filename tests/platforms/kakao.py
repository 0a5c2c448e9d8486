"""A local Kakao Webtoon: the shapes of its gateway, and image hosts that want an ending in each name."""

import time
from collections.abc import Callable, Mapping

from aiohttp import web

from storage.records import Weekday
from tests.platforms.kakaopage import find, renamed
from tests.platforms.server import LocalServer
from tests.platforms.world import Instalment, Work, World, file_name


class Kakao(LocalServer):
    """Publish a world's works; `images` is the host that its answers name.

    With `token`, it wants one, and `rename` gives fields of every answer other names.
    """

    def __init__(
        self, world: World, *, images: LocalServer, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Know the world, and listen to nobody yet."""
        super().__init__(clock=clock)
        self.world = world
        self.images = images
        self.token = False
        self.rename: Mapping[str, str] = {}
        self.routes += [
            web.get("/section/v2/timetables/days", self._list),
            web.get("/decorator/v2/decorator/contents/{id}", self._webtoon),
            web.get("/episode/v2/views/content-home/contents/{id}/episodes", self._episodes),
        ]

    async def _list(self, request: web.Request) -> web.Response:
        placement = request.query["placement"]
        name = placement.removeprefix("timetable_")
        if name not in {*Weekday, "completed"}:
            raise web.HTTPNotFound
        listed = [
            work
            for work in self.world.works
            if (work.finished if name == "completed" else name in work.weekdays and not work.finished)
        ]
        group = {"cards": [_card(work) for work in listed]}
        section = {
            "id": 1,
            "title": name,
            "module": "WEEKDAYS",
            "placement": placement,
            "cardGroups": [group],
        }
        return self._answer(request, {"data": [section]})

    async def _webtoon(self, request: web.Request) -> web.Response:
        work = self._work(request)
        detail = {**_content(work), "synopsis": work.synopsis, "genre": work.genre, "status": "SELLING"}
        return self._answer(request, {"data": detail})

    async def _episodes(self, request: web.Request) -> web.Response:
        work = self._work(request)
        if work.adult:
            raise web.HTTPUnauthorized
        offset, limit = int(request.query["offset"]), int(request.query["limit"])
        newest_first = sorted(work.instalments, key=lambda each: -each.no)
        shown = newest_first[offset : offset + limit]
        last = offset + limit >= len(newest_first)
        pagination = {"offset": offset, "limit": limit, "totalCount": len(newest_first), "last": last}
        episodes = [self._episode(work, each) for each in shown]
        return self._answer(request, {"data": {"episodes": episodes}, "meta": {"pagination": pagination}})

    def _episode(self, work: Work, instalment: Instalment) -> dict[str, object]:
        return {
            "id": 80_000 + instalment.place,
            "contentId": work.id,
            "no": instalment.no,
            "title": instalment.title,
            "serialStartDateTime": f"{instalment.published}T13:00:00.000Z",
            "useType": "WAIT_FOR_FREE" if instalment.paid else "FREE",
            "ageLimit": work.age,
            "adult": work.adult,
            "readable": not instalment.paid,
            "asset": {"thumbnailImage": f"{self.images.origin}/P/EO/{work.id}/{file_name(work, instalment)}"},
        }

    def _work(self, request: web.Request) -> Work:
        work = self.world.work(int(request.match_info["id"]))
        if work is None:
            raise web.HTTPNotFound
        return work

    def _answer(self, request: web.Request, answer: object) -> web.Response:
        if not request.headers.get("Accept-Language"):
            raise web.HTTPForbidden
        if self.token:
            answer = {"errors": [{"errorType": "GATEWAY_TOKEN_CHECK_FAILURE"}]}
        return web.json_response(renamed(answer, self.rename))


class KakaoImages(LocalServer):
    """Give pictures under their names with an ending; without one there is nothing."""

    def __init__(self, world: World, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Know the world, and listen to nobody yet."""
        super().__init__(clock=clock)
        self.world = world
        self.ending = "webp"
        self.routes.append(web.get("/P/EO/{id}/{name}.{ending}", self._picture))

    async def _picture(self, request: web.Request) -> web.Response:
        if request.match_info["ending"] != self.ending:
            raise web.HTTPNotFound
        found = find(self.world, request.match_info["id"], name=request.match_info["name"])
        return web.Response(body=found, content_type="image/jpeg")


def _card(work: Work) -> dict[str, object]:
    return {
        "id": f"card-{work.id}",
        "content": _content(work),
        "sorting": {"popularity": 480, "views": 377, "createdAt": 95},
        "genreFilters": ["all", "ACTION_WUXIA"],
        "additional": {"adult": work.adult, "new": False, "up": work.up, "rest": work.resting, "label": ""},
    }


def _content(work: Work) -> dict[str, object]:
    roles = (("AUTHOR", work.writers), ("ILLUSTRATOR", work.painters), ("ORIGINAL_STORY", work.originals))
    people = [(person.name, role) for role, persons in roles for person in persons]
    people.append(("카카오웹툰 스튜디오", "PUBLISHER"))
    return {
        "id": work.id,
        "seoId": work.title.replace(" ", "-"),
        "title": work.title,
        "adult": work.adult,
        "ageLimit": work.age,
        "authors": [{"name": n, "type": role, "order": o} for o, (n, role) in enumerate(people, start=1)],
        "badges": [
            {"title": "EPISODES_NOT_PUBLISHING" if work.resting else "FREE_PUBLISHING", "type": "INFO"}
        ],
        "seoKeywords": ["#액션/무협"],
    }
