"""A local KakaoPage: the shapes of its gateway, and its image host that takes keys for pictures."""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from aiohttp import web

from scraper.origins import Origins
from storage.records import Weekday
from tests.platforms.server import LocalServer
from tests.platforms.world import Instalment, Person, Work, World, file_name

PER_PAGE = 25
_DAYS = dict(zip(Weekday, "월화수목금토일", strict=True))
_NEVER = "1980-01-01T00:00:00+09:00"
_FIRST_PRODUCT = 60_000_000


class KakaoPage(LocalServer):
    """Publish a world's works through the gateway; `rename` gives fields of every answer other names."""

    def __init__(self, world: World, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Know the world, and listen to nobody yet."""
        super().__init__(clock=clock)
        self.world = world
        self.rename: Mapping[str, str] = {}
        gateway = "/api/gateway"
        self.routes += [
            web.get(f"{gateway}/view/v2/landing/dayofweek", self._list),
            web.get(f"{gateway}/api/v2/content/product/list", self._episodes),
            web.get(f"{gateway}/api/v1/content/about", self._about),
        ]

    async def _list(self, request: web.Request) -> web.Response:
        day = list(Weekday)[int(request.query["tab_uid"]) - 1]
        page = int(request.query["page"])
        works = [work for work in self.world.works if day in work.weekdays and not work.finished]
        shown = works[page * PER_PAGE : (page + 1) * PER_PAGE]
        listed = [_listed(work) for work in shown] + [_novel(page)]
        return self._answer({"list": listed, "is_end": (page + 1) * PER_PAGE >= len(works)})

    async def _episodes(self, request: web.Request) -> web.Response:
        work = self._work(request)
        cursor, size = int(request.query["cursor_index"]), int(request.query["window_size"])
        newest_first = request.query["sort_type"] == "desc"
        ordered = sorted(work.instalments, key=lambda each: each.no, reverse=newest_first)
        shown = ordered[cursor : cursor + size]
        return self._answer(
            {
                "series_item": {
                    **_series(work),
                    "thumbnail": "cover/key",
                    "description": work.synopsis,
                    "on_sale_count": len(ordered),
                },
                "total_count": len(ordered),
                "has_next": cursor + size < len(ordered),
                "has_prev": cursor > 0,
                "list": [
                    {"cursor_index": cursor + place, "item": _product(work, each)}
                    for place, each in enumerate(shown, start=1)
                ],
            }
        )

    async def _about(self, request: web.Request) -> web.Response:
        work = self._work(request)
        roles = (
            ("writer", work.writers),
            ("illustrator", work.painters),
            ("original_author", work.originals),
        )
        return self._answer(
            {
                "author_list": [{"name": _joined(people), "role": role} for role, people in roles if people],
                "theme_keyword_list": [{"uid": 1, "title": "회귀"}],
                "description": work.synopsis,
                "detail": {"publisher_name": "출판사", "category_list": ["웹툰"]},
            }
        )

    def _work(self, request: web.Request) -> Work:
        work = self.world.work(int(request.query["series_id"]))
        if work is None:
            raise web.HTTPNotFound
        return work

    def _answer(self, result: object) -> web.Response:
        envelope = {
            "result_code": 0,
            "message": "성공",
            "message_key": "api_common_success",
            "result": result,
        }
        return web.json_response(renamed(envelope, self.rename))


class KakaoPageImages(LocalServer):
    """Give pictures for their keys, to those who come from KakaoPage."""

    def __init__(self, world: World, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Know the world, and listen to nobody yet."""
        super().__init__(clock=clock)
        self.world = world
        self.routes.append(web.get("/download/resource", self._picture))

    async def _picture(self, request: web.Request) -> web.Response:
        if request.query.get("filename") != "o1/dims/resize/384":
            raise web.HTTPNotFound
        work_id, _, rest = request.query["kid"].partition("/")
        found = find(self.world, work_id, name=rest)
        return web.Response(body=found, content_type="image/jpeg")


def origins(api: LocalServer, images: LocalServer) -> Origins:
    """Say where the local platform is."""
    return Origins(api=api.origin, images=(images.origin,), pages=api.origin)


def find(world: World, work_id: str, *, name: str) -> bytes:
    """Draw the picture of a work that was uploaded under `name`."""
    work = world.work(int(work_id)) if work_id.isdecimal() else None
    for instalment in work.instalments if work else ():
        if work and file_name(work, instalment) == name:
            return world.thumbnail(work, instalment)
    raise web.HTTPNotFound


def renamed(value: object, names: Mapping[str, str]) -> object:
    """Give fields other names, wherever they are."""
    if isinstance(value, dict):
        return {names.get(key, key): renamed(inner, names) for key, inner in value.items()}
    return [renamed(inner, names) for inner in value] if isinstance(value, list) else value


def _series(work: Work) -> dict[str, object]:
    return {
        "series_id": work.id,
        "category_uid": 10,
        "category": "웹툰",
        "sub_category": work.genre,
        "title": work.title,
        "age_grade": work.age,
        "on_issue": "N" if work.finished else "P" if work.resting else "Y",
        "authors": _joined((*work.writers, *work.painters, *work.originals)),
        "is_waitfree": False,
    }


def _listed(work: Work) -> dict[str, object]:
    newest = max((each.published for each in work.instalments), default=None)
    return {
        **_series(work),
        "badge": "BT02" if work.up else "BT99",
        "pub_period": ", ".join(_DAYS[day] for day in work.weekdays),
        "last_slide_added_dt": f"{newest}T22:00:00.{len(work.instalments):06}+09:00" if newest else None,
        "service_property": {"view_count": 12},
        "operator_property": {"is_book": False, "self_censorship": False},
        "asset_property": {"card_img": "a/b/c"},
    }


def _novel(page: int) -> dict[str, object]:
    return {
        "series_id": 900 + page,
        "category_uid": 11,
        "category": "웹소설",
        "title": "소설",
        "age_grade": 0,
    }


def _product(work: Work, instalment: Instalment) -> dict[str, object]:
    evening_before = instalment.published - timedelta(days=1)
    return {
        "uid": work.id + instalment.place,
        "product_id": _FIRST_PRODUCT + instalment.place,
        "title": f"{work.title} {instalment.title}",
        "thumbnail": f"{work.id}/{file_name(work, instalment)}",
        "is_free": not instalment.paid,
        "age_grade": work.age,
        "slide_type": "SD03",
        "start_sale_dt": f"{evening_before}T22:01:03+09:00",
        "free_change_dt": _NEVER,
        "order_value": instalment.no,
        "hidden": False,
        "waitfree_blocked": False,
    }


def _joined(people: Sequence[Person]) -> str:
    return ",".join(dict.fromkeys(person.name for person in people))
