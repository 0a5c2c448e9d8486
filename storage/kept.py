"""How an answer lies in a column: as JSON that names webtoons by their ids."""

import json
from collections.abc import Mapping
from typing import Any

from storage.answers import Answer, ArtistSet, ArtistShare, Duplicate, Familiarity, Match
from storage.records import StoredWebtoon
from storage.values import clean

VERSION = 1

Parts = dict[str, Any]


def to_text(answer: Answer) -> str:
    """Write an answer."""
    parts: Parts = {
        "version": VERSION,
        "matches": [[m.rank, m.stored.id, m.score, m.picture, m.episode] for m in answer.matches],
        "artists": [[a.artist, a.probability, a.trained] for a in answer.artists],
        "familiarity": answer.familiarity,
        "generation": answer.generation,
        "crops": answer.crops,
        "seconds": dict(answer.seconds),
        "pictures": answer.pictures,
        "one_of": [list(answer.one_of.artists), answer.one_of.coverage] if answer.one_of else None,
        "duplicates": [[d.place, d.stored.id, d.picture, d.episode] for d in answer.duplicates],
    }
    return clean(json.dumps(parts, ensure_ascii=False, separators=(",", ":")))


def read_parts(text: str) -> Parts | None:
    """Read what `to_text` wrote; None for what another version of it did."""
    parts: Parts = json.loads(text)
    return parts if parts["version"] == VERSION else None


def webtoon_ids(parts: Parts) -> set[int]:
    """Name the webtoons that an answer is about."""
    return {row[1] for row in (*parts["matches"], *parts["duplicates"])}


def to_answer(parts: Parts, *, webtoons: Mapping[int, StoredWebtoon]) -> Answer:
    """Build the answer again; what is about a webtoon that has gone is left out."""
    return Answer(
        matches=tuple(
            Match(rank=rank, stored=webtoons[webtoon], score=score, picture=picture, episode=episode)
            for rank, webtoon, score, picture, episode in parts["matches"]
            if webtoon in webtoons
        ),
        artists=tuple(
            ArtistShare(artist=artist, probability=probability, trained=trained)
            for artist, probability, trained in parts["artists"]
        ),
        familiarity=Familiarity(parts["familiarity"]),
        generation=parts["generation"],
        crops=parts["crops"],
        seconds=parts["seconds"],
        pictures=parts["pictures"],
        one_of=_one_of(parts["one_of"]),
        duplicates=tuple(
            Duplicate(place=place, stored=webtoons[webtoon], picture=picture, episode=episode)
            for place, webtoon, picture, episode in parts["duplicates"]
            if webtoon in webtoons
        ),
    )


def _one_of(found: tuple[list[str], float] | None) -> ArtistSet | None:
    if found is None:
        return None
    artists, coverage = found
    return ArtistSet(artists=tuple(artists), coverage=coverage)
