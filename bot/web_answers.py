"""Render answers, search results and errors as the JSON that the page reads."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from urllib.parse import urlsplit

from storage.answers import Answer, ArtistShare, Duplicate, Familiarity, Match
from storage.errors import GrimcheError
from storage.records import Counts, StoredWebtoon

ARTISTS_SHOWN = 5
LEAST_SHARE = 0.01

# Measured on sample catalogues: webtoons of one hand lie above 0.65, of unlike hands below 0.35.
_WORDS = ((0.65, "very-close"), (0.5, "close"), (0.35, "loose"), (0.0, "far"))
_FIRST_WORD = {Familiarity.CLOSE: 0, Familiarity.LOOSE: 1, Familiarity.NONE: 3}


def answer_json(answer: Answer) -> str:
    """Render an answer; probabilities and scores are in 0..1, times in seconds."""
    return _dump(
        {
            "familiarity": answer.familiarity,
            "matches": [_match(match, answer.familiarity) for match in answer.matches],
            "artists": [_share(share) for share in _shown(answer.artists)],
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


def closeness(score: float, *, familiarity: Familiarity) -> str:
    """Say a score in a word, which is the end of a text's id; never better than the answer as a whole."""
    return next(word for least, word in _WORDS[_FIRST_WORD[familiarity] :] if score >= least)


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
        "artists": _artists(stored),
        "platform": stored.webtoon.platform,
        "episodes": stored.episodes,
        "adult": stored.webtoon.age_grade == "adult",
        "url": _safe_link(stored.webtoon.url),
    }


def _artists(stored: StoredWebtoon) -> list[str]:
    """Name the painters, or everybody where none is known."""
    return list(stored.webtoon.painters or dict.fromkeys(credit.artist for credit in stored.webtoon.credits))


def _shown(shares: Sequence[ArtistShare]) -> Sequence[ArtistShare]:
    """Leave out the artists who hardly count, but never the first."""
    return [*shares[:1], *(share for share in shares[1:ARTISTS_SHOWN] if share.probability >= LEAST_SHARE)]


def _share(share: ArtistShare) -> dict[str, object]:
    return {"artist": share.artist, "probability": round(share.probability, 4), "trained": share.trained}


def _safe_link(url: str) -> str:
    """Return an address that may become a link: titles and addresses come from other people's pages."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.hostname else ""


def _dump(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
