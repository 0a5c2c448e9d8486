"""Read saved answers of webtoon.daum.net, which ended on 2021-08-01.

Lists (`list_serialized/{day}`, `list_finished`) hold webtoons under `data`, views (`view/{nickname}`) one
under `data.webtoon` with all of its episodes.  Null and missing keys are the same here.
"""

from collections.abc import Sequence

from scraper.archive.work import Work, in_order
from scraper.fields import Node, child, has, identity, items, number, read_json, text
from scraper.moments import written_day
from storage.errors import Gated, SourceError
from storage.records import AgeGrade, Credit, Episode, Platform, Role, Status, Webtoon, Weekday

_ROLES = {"story": Role.WRITER, "picture": Role.PAINTER}
_DAYS = frozenset(Weekday)
_OF_AGE = ((19, AgeGrade.ADULT), (15, AgeGrade.FIFTEEN), (12, AgeGrade.TWELVE))
_REFUSED = "403"  # a text inside an answer of status 200


def parse_daum(data: bytes, *, where: str) -> Sequence[Work]:
    """Read a list or a view, whichever it is; raises `ShapeChanged`, `Gated` or `SourceError`."""
    node = read_json(data, platform=Platform.DAUM, where=where)
    _check(node)
    return [_viewed(child(node, "data.webtoon"))] if has(node, "data.webtoon") else _listed(node)


def _check(node: Node) -> None:
    """Raise what the answer's own status says; those that are no text were never seen."""
    status = text(node, "result.status", default="")
    if status == _REFUSED:
        raise Gated(platform=node.platform, where=node.where)
    if status and status != "200":
        raise SourceError(platform=node.platform, fault=f"{node.where} says status {status[:20]}.")


def _listed(node: Node) -> Sequence[Work]:
    return [Work(webtoon=_webtoon(entry)) for entry in items(node, "data")]


def _viewed(node: Node) -> Work:
    episodes = (_episode(entry) for entry in items(node, "webtoonEpisodes"))
    return Work(webtoon=_webtoon(node), episodes=in_order(episodes))


def _webtoon(node: Node) -> Webtoon:
    nickname = identity(node, "nickname")
    return Webtoon(
        platform=Platform.DAUM,
        platform_id=nickname,
        title=text(node, "title"),
        credits=_credits(node),
        synopsis=text(node, "introduction", default=""),
        genres=tuple(filter(None, (text(g, "name", default="") for g in items(node, "cartoon.genres")))),
        weekdays=_weekdays(node),
        age_grade=_age_grade(number(node, "ageGrade", default=0)),
        status=_status(node),
    )


def _credits(node: Node) -> tuple[Credit, ...]:
    """List the artists by pen name; a sole one is there twice, once for each role."""
    artists = items(node, "cartoon.artists")
    named = ((_name(artist), _ROLES.get(text(artist, "artistType", default=""))) for artist in artists)
    return tuple(dict.fromkeys(Credit(artist=name, role=role) for name, role in named if name and role))


def _name(artist: Node) -> str:
    return text(artist, "penName", default="") or text(artist, "name", default="")


def _weekdays(node: Node) -> tuple[Weekday, ...]:
    days = (text(entry, "weekDay", default="") for entry in items(node, "webtoonWeeks", optional=True))
    return tuple(Weekday(day) for day in dict.fromkeys(days) if day in _DAYS)


def _age_grade(years: int) -> AgeGrade:
    return next((grade for age, grade in _OF_AGE if years >= age), AgeGrade.ALL)


def _status(node: Node) -> Status:
    if text(node, "finishYn", default="N") == "Y":
        return Status.FINISHED
    return Status.HIATUS if text(node, "restYn", default="N") == "Y" else Status.ONGOING


def _episode(node: Node) -> Episode:
    return Episode(
        number=number(node, "episode"),
        title=text(node, "title", default=""),
        published=written_day(text(node, "dateCreated", default="")[:8], pattern="%Y%m%d"),
        thumbnail_url=text(node, "thumbnailImage.url", default=""),
    )
