"""The JSON of the command line; names and types stay, new names may come.

An answer::

    {"generation": str, "familiarity": "close" | "loose" | "none", "crops": int,
     "seconds": {stage: float},
     "artists": [{"artist": str, "probability": 0..1, "trained": bool}],
     "matches": [{"rank": int, "score": 0..1, "id": int, "title": str, "artists": [str],
                  "platform": str, "platform_id": str, "episode": int, "url": str,
                  "picture": sha256}],
     "one_of": {"artists": [str], "coverage": 0..1} | null,
     "duplicates": [{"place": int, "id": int, "title": str, "episode": int, "picture": sha256}]}

A duplicate is a picture of the query, by its place from 0, that the catalogue holds.  The state::

    {"version": str, "generation": str, "vectors": int, "data": str, "data_bytes": int,
     "disk_free": int, "disk_total": int,
     "serving": [{"pid": int, "version": str, "started": ISO 8601, "at": ISO 8601, "uptime": float,
                  "doors": [{"door": str, "state": "open" | "away" | "broken" | "closed",
                             "since": ISO 8601, "why": str}],
                  "running": int, "waiting": int, "rejected": int, "memory": int, "lag": float,
                  "faults": [{"when": ISO 8601, "reference": str, "sentence": str}], "stuck": bool}],
     "counts": {"webtoons": int, "artists": int, "episodes": int, "pictures": int,
                "picture_bytes": int},
     "jobs": [{"id": int, "kind": str, "who": str, "state": str, "progress": 0..1,
               "figures": {name: number | str}, "error": str, "started": ISO 8601,
               "finished": ISO 8601 | null}]}
"""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.heartbeat import Seen
    from bot.standing import Status
    from storage.answers import Answer, Duplicate, Match
    from storage.records import Job
    from storage.usage import Complaint, Figures


def answer_json(answer: "Answer") -> str:
    """Write an answer as JSON."""
    return _dump(
        {
            "generation": answer.generation,
            "familiarity": answer.familiarity,
            "crops": answer.crops,
            "seconds": dict(answer.seconds),
            "artists": [asdict(share) for share in answer.artists],
            "matches": [_match(match) for match in answer.matches],
            "one_of": asdict(answer.one_of) if answer.one_of else None,
            "duplicates": [_duplicate(found) for found in answer.duplicates],
        }
    )


def status_json(status: "Status") -> str:
    """Write the state as JSON."""
    return _dump(
        {
            "version": status.version,
            "generation": status.generation,
            "vectors": status.vectors,
            "data": str(status.data),
            "data_bytes": status.data_bytes,
            "disk_free": status.disk_free,
            "disk_total": status.disk_total,
            "serving": [_process(seen) for seen in status.processes],
            "counts": asdict(status.counts),
            "jobs": [_job(job) for job in status.jobs],
        }
    )


def stats_json(figures: "Figures", complaints: "Sequence[Complaint]") -> str:
    """Write how much the bots are used as JSON; the names are those of the fields in `storage.usage`."""
    whole = {**asdict(figures), "complaints": [asdict(each) for each in complaints]}
    return json.dumps(whole, ensure_ascii=False, indent=2, default=lambda moment: moment.isoformat())


def _process(seen: "Seen") -> dict[str, Any]:
    """Write a process as its heartbeat file has it."""
    from bot.heartbeat import beat_json  # noqa: PLC0415  only the state has processes

    beat: dict[str, Any] = json.loads(beat_json(seen.beat))
    return {**beat, "uptime": seen.beat.uptime, "stuck": seen.is_stuck}


def _match(match: "Match") -> dict[str, Any]:
    webtoon = match.stored.webtoon
    return {
        "rank": match.rank,
        "score": match.score,
        "id": match.stored.id,
        "title": webtoon.title,
        "artists": webtoon.painters,
        "platform": webtoon.platform,
        "platform_id": webtoon.platform_id,
        "episode": match.episode,
        "url": webtoon.url,
        "picture": match.picture,
    }


def _duplicate(found: "Duplicate") -> dict[str, Any]:
    return {
        "place": found.place,
        "id": found.stored.id,
        "title": found.stored.webtoon.title,
        "episode": found.episode,
        "picture": found.picture,
    }


def _job(job: "Job") -> dict[str, Any]:
    return {
        "id": job.id,
        "kind": job.kind,
        "who": job.who,
        "state": job.state,
        "progress": job.progress,
        "figures": job.figures,
        "error": job.error,
        "started": job.started.isoformat(),
        "finished": job.finished.isoformat() if job.finished else None,
    }


def _dump(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
