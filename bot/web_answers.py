"""Render answers, search results and errors as the JSON that the page reads."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from bot.words import artists_of, closeness, is_adult, safe_link, shown_artists
from storage.answers import Answer, ArtistShare, Duplicate, Familiarity, Match
from storage.errors import GrimcheError
from storage.records import Counts, StoredWebtoon


def answer_json(answer: Answer) -> str:
    """Render an answer; probabilities and scores are in 0..1, times in seconds."""
    return _dump(
        {
            "familiarity": answer.familiarity,
            "matches": [_match(match, answer.familiarity) for match in answer.matches],
            "artists": [_share(share) for share in shown_artists(answer.artists)],
            "one_of": asdict(answer.one_of) if answer.one_of else None,
            "duplicates": [_duplicate(found) for found in answer.duplicates],
            "generation": answer.generation,
            "crops": answer.crops,
            "seconds": {stage: round(time, 6) for stage, time in answer.seconds.items()},
        }
    )


def search_json(webtoons: Sequence[tuple[StoredWebtoon, str | None]]) -> str:
    """Render the webtoons that a title search found, each with the sha256 of a thumbnail."""
    return _dump({"webtoons": [{**_webtoon(stored), "picture": cover} for stored, cover in webtoons]})


def samples_json(pictures: Sequence[str], counts: Counts) -> str:
    """Render the pictures to try, by their sha256, and how much the catalogue holds."""
    return _dump(
        {
            "pictures": list(pictures),
            "webtoons": counts.webtoons,
            "artists": counts.artists,
            "thumbnails": counts.pictures,
        }
    )


def error_json(error: GrimcheError, sentence: str, *, reference: str = "", picture: int | None = None) -> str:
    """Render an error; `picture` is the position of the faulty one among several, from 0."""
    return _dump(
        {
            "error": {
                "key": error.key,
                "sentence": sentence,
                "values": error.values,
                "reference": reference,
                "picture": picture,
            }
        }
    )


def texts_json(language: str, messages: Mapping[str, str]) -> str:
    """Render the texts of a language."""
    return _dump({"language": language, "messages": dict(messages)})


def _match(match: Match, familiarity: Familiarity) -> dict[str, object]:
    return {
        "rank": match.rank,
        "score": round(match.score, 4),
        "word": closeness(match.score, familiarity=familiarity),
        "picture": match.picture,
        "episode": match.episode,
        "webtoon": _webtoon(match.stored),
    }


def _duplicate(found: Duplicate) -> dict[str, object]:
    return {
        "place": found.place,
        "title": found.stored.webtoon.title,
        "episode": found.episode,
        "picture": found.picture,
    }


def _webtoon(stored: StoredWebtoon) -> dict[str, object]:
    return {
        "id": stored.id,
        "title": stored.webtoon.title,
        "artists": artists_of(stored),
        "platform": stored.webtoon.platform,
        "episodes": stored.episodes,
        "adult": is_adult(stored),
        "url": safe_link(stored.webtoon.url),
    }


def _share(share: ArtistShare) -> dict[str, object]:
    return {"artist": share.artist, "probability": round(share.probability, 4), "trained": share.trained}


def _dump(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
