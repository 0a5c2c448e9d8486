"""Every public storage function that takes a connection, called once with small arguments.

In each example catalogue there is webtoon 1, whose episode 1 shows picture 0, and generation `g`.
"""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from storage import (
    artists,
    catalogue,
    chats,
    followers,
    generations,
    health,
    jobs,
    news,
    notes,
    people,
    pictures,
    queries,
    search,
    uploads,
    usage,
    vectors,
    visits,
)
from storage.database import Connection, connect, snapshot, transaction
from storage.queries import QueryState
from storage.records import Credit, JobKind, JobState, Platform
from tests.storage.examples import (
    SEEN,
    a_made,
    a_picture,
    a_query,
    a_webtoon,
    an_episode,
    save_all,
    values,
)

Call = Callable[[Connection], Awaitable[object]]

ROWS = [(a_picture().sha256, values(*range(4000)))]
LONG = "가" * 9000  # fills more than the free space of a page


async def _iterate(connection: Connection) -> object:
    return [part async for part in vectors.iter_statistics(connection, "g", batch=1)]


def _follower(message_id: str) -> followers.Follower:
    return followers.Follower(job=1, door="web", chat_id="1", message_id=message_id, language="ko")


async def _look(connection: Connection) -> None:
    async with snapshot(connection):
        await catalogue.count(connection)


async def _join_artists(connection: Connection) -> None:
    await artists.find_or_add(connection, Credit(artist=LONG), platform=Platform.SAMPLE)
    await artists.join_artists(connection, LONG, artist="SIU")


async def _transact(connection: Connection) -> None:
    async with transaction(connection):
        await chats.save_chat(connection, chats.Chat(door="web", chat_id="1", language=LONG))


READING: dict[str, Call] = {
    "artists.count_thumbnails": artists.count_thumbnails,
    "catalogue.find_webtoon": lambda c: catalogue.find_webtoon(c, Platform.SAMPLE, platform_id="1"),
    "catalogue.get_webtoon": lambda c: catalogue.get_webtoon(c, 1),
    "catalogue.list_webtoons": catalogue.list_webtoons,
    "catalogue.list_episodes": lambda c: catalogue.list_episodes(c, 1),
    "catalogue.count": catalogue.count,
    "chats.get_chat": lambda c: chats.get_chat(c, "web", chat_id="1"),
    "database.snapshot": _look,
    "followers.list_followers": followers.list_followers,
    "news.waiting": lambda c: news.waiting(c, "web"),
    "generations.current": generations.current,
    "generations.list_generations": generations.list_generations,
    "generations.number_of": lambda c: generations.number_of(c, "g"),
    "generations.promotions": generations.promotions,
    "health.examine": health.examine,
    "jobs.get": lambda c: jobs.get(c, 1),
    "jobs.is_stop_asked": lambda c: jobs.is_stop_asked(c, 1),
    "jobs.last": lambda c: jobs.last(c, JobKind.EMBED),
    "jobs.latest": lambda c: jobs.latest(c, 5),
    "jobs.recent": jobs.recent,
    "jobs.until_free": lambda c: jobs.until_free(c, JobKind.BACKUP),
    "jobs.running": lambda c: jobs.running(c, JobKind.EMBED),
    "notes.get_note": lambda c: notes.get_note(c, "salt"),
    "people.get_relay": lambda c: people.get_relay(c, "web", admin_message="1"),
    "people.list_banned": people.list_banned,
    "pictures.get_picture": lambda c: pictures.get_picture(c, a_picture().sha256),
    "pictures.get_pictures": lambda c: pictures.get_pictures(c, [a_picture().sha256]),
    "pictures.list_hashes": pictures.list_hashes,
    "pictures.list_placeholders": pictures.list_placeholders,
    "pictures.sample_pictures": lambda c: pictures.sample_pictures(c, 3),
    "queries.find_known": lambda c: queries.find_known(c, "web", unique="u", stamp="g"),
    "queries.find_same": lambda c: queries.find_same(c, "d", stamp="g"),
    "queries.get_query": lambda c: queries.get_query(c, "token"),
    "queries.list_unfinished": lambda c: queries.list_unfinished(c, "web"),
    "search.search": lambda c: search.search(c, "신의"),
    "search.search by index": lambda c: search.search(c, "신의 탑"),
    "uploads.get_upload": lambda c: uploads.get_upload(c, "bot", name="sheet"),
    "usage.count_queries": lambda c: usage.count_queries(c, SEEN),
    "usage.list_complaints": lambda c: usage.list_complaints(c, SEEN),
    "vectors.list_shown": vectors.list_shown,
    "vectors.count_statistics": lambda c: vectors.count_statistics(c, "g"),
    "vectors.count_to_embed": lambda c: vectors.count_to_embed(c, "g"),
    "vectors.iter_statistics": _iterate,
    "vectors.load_statistics": lambda c: vectors.load_statistics(c, "g"),
    "vectors.load_vectors": lambda c: vectors.load_vectors(c, "g"),
    "vectors.names_to_embed": lambda c: vectors.names_to_embed(c, "g"),
    "vectors.pictures_to_embed": lambda c: vectors.pictures_to_embed(c, "g", limit=3),
    "vectors.stamp": vectors.stamp,
    "visits.last_new_episode": lambda c: visits.last_new_episode(c, Platform.SAMPLE),
    "visits.list_visited": lambda c: visits.list_visited(c, Platform.SAMPLE),
}

WRITING: dict[str, Call] = {
    "artists.find_or_add": lambda c: artists.find_or_add(c, Credit(artist=LONG), platform=Platform.SAMPLE),
    "artists.join_artists": _join_artists,
    "catalogue.save_webtoon": lambda c: catalogue.save_webtoon(c, a_webtoon(LONG), seen=SEEN),
    "catalogue.save_episode": lambda c: catalogue.save_episode(
        c, 1, episode=an_episode(title=LONG), picture=a_picture().sha256
    ),
    "catalogue.save_episodes": lambda c: catalogue.save_episodes(
        c, 1, shown=[(an_episode(title=LONG), a_picture().sha256)]
    ),
    "catalogue.save_series_group": lambda c: catalogue.save_series_group(c, 1, series_group=LONG),
    "chats.save_chat": lambda c: chats.save_chat(c, chats.Chat(door="web", chat_id="1", language=LONG)),
    "database.transaction": _transact,
    "followers.follow": lambda c: followers.follow(c, _follower(LONG)),
    "followers.move": lambda c: followers.move(c, 1, to=1),
    "followers.unfollow": lambda c: followers.unfollow(c, _follower("1")),
    "news.add": lambda c: news.add(c, "web", said=json.dumps(LONG), known=[]),
    "news.know": lambda c: news.know(c, 1, known=[1]),
    "news.remove": lambda c: news.remove(c, 1),
    "generations.register": lambda c: generations.register(c, LONG, dimensions=3),
    "generations.discard": lambda c: generations.discard(c, "g"),
    "generations.promote": lambda c: generations.promote(c, "g", who=LONG),
    "generations.save_scores": lambda c: generations.save_scores(c, "g", scores=json.dumps(LONG)),
    "generations.save_fit": lambda c: generations.save_fit(
        c, "g", transform=LONG.encode(), calibration="{}", fitted_on=1
    ),
    "jobs.start": lambda c: jobs.start(c, JobKind.SCRAPE, who=LONG),
    "jobs.ask_to_stop": lambda c: jobs.ask_to_stop(c, JobKind.EMBED),
    "jobs.advance": lambda c: jobs.advance(c, 1, progress=0.5, figures={"note": LONG}),
    "jobs.finish": lambda c: jobs.finish(c, 1, state=JobState.DONE, figures={"note": LONG}),
    "notes.first_note": lambda c: notes.first_note(c, "salt", value=LONG),
    "notes.save_note": lambda c: notes.save_note(c, "salt", value=LONG),
    "people.ban": lambda c: people.ban(c, "web", person="p", by=LONG),
    "people.unban": lambda c: people.unban(c, "web", person="p"),
    "people.forget": lambda c: people.forget(c, "web", person="p", chat_id=""),
    "people.expire": lambda c: people.expire(c, SEEN),
    "people.save_relay": lambda c: people.save_relay(
        c, "web", admin_message="1", relay=people.Relay(chat_id="1", message_id=LONG), person="p"
    ),
    "pictures.save_picture": lambda c: pictures.save_picture(c, a_picture(1, size=9000)),
    "pictures.save_pictures": lambda c: pictures.save_pictures(c, [a_picture(1, size=9000)]),
    "pictures.mark_placeholders": pictures.mark_placeholders,
    "pictures.drop_unshown": lambda c: pictures.drop_unshown(c, [LONG]),
    "queries.add_query": lambda c: queries.add_query(c, a_query("other", message_id=LONG)),
    "queries.finish_query": lambda c: queries.finish_query(c, "token", state=QueryState.FAILED),
    "queries.save_answer": lambda c: queries.save_answer(
        c, "token", made=a_made(stamp=LONG), state=QueryState.ANSWERED
    ),
    "queries.save_verdict": lambda c: queries.save_verdict(c, "token", verdict=1),
    "uploads.drop_upload": lambda c: uploads.drop_upload(c, "bot", name="sheet"),
    "uploads.save_upload": lambda c: uploads.save_upload(c, "bot", name="sheet", file_id=LONG),
    "vectors.save_statistics": lambda c: vectors.save_statistics(c, "g", rows=ROWS),
    "vectors.save_vectors": lambda c: vectors.save_vectors(c, "g", rows=ROWS),
    "visits.mark_gone": lambda c: visits.mark_gone(c, 1),
    "visits.mark_seen": lambda c: visits.mark_seen(c, [1], seen=datetime.now(UTC)),
    "visits.save_visit": lambda c: visits.save_visit(c, 1, mark=LONG, visited=SEEN, whole=True),
}

# These need no more room than there is.
IN_PLACE = {
    "followers.move",
    "followers.unfollow",
    "generations.discard",
    "jobs.ask_to_stop",
    "news.know",
    "news.remove",
    "people.expire",
    "people.forget",
    "people.unban",
    "pictures.drop_unshown",
    "pictures.mark_placeholders",
    "queries.finish_query",
    "queries.save_verdict",
    "uploads.drop_upload",
    "visits.mark_gone",
    "visits.mark_seen",
}


async def fill(path: Path) -> None:
    """Fill a prepared database with what the calls are about."""
    async with connect(path) as connection, transaction(connection):
        await save_all(connection, a_webtoon(), pictures=[0])
        await generations.register(connection, "g", dimensions=3)
        await jobs.start(connection, JobKind.EMBED, who="somebody")
        await queries.add_query(connection, a_query())
