"""Answers made by hand, as odd as they can be."""

from collections.abc import Sequence
from datetime import UTC, datetime

from storage.answers import Answer, ArtistShare, Familiarity, Match
from storage.records import AgeGrade, Credit, Platform, StoredWebtoon, Webtoon

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


def webtoon(number: int = 1, **about: object) -> StoredWebtoon:
    """Make a webtoon of the catalogue."""
    facts: dict[str, object] = {
        "platform": Platform.NAVER,
        "platform_id": str(number),
        "title": f"Title {number}",
        "credits": (Credit(artist=f"Artist {number}"),),
        "url": f"https://comic.example/{number}",
        **about,
    }
    return StoredWebtoon(
        id=number,
        webtoon=Webtoon(**facts),  # type: ignore[arg-type]  the facts are whatever a test wants
        episodes=3,
        first_seen=NOON,
        last_seen=NOON,
    )


def answer(
    scores: Sequence[float] = (0.8, 0.6, 0.4),
    *,
    familiarity: Familiarity = Familiarity.CLOSE,
    **about: object,
) -> Answer:
    """Make an answer with a match for each score, all of them about the same."""
    matches = [
        Match(
            rank=rank,
            stored=webtoon(rank, **about),
            score=score,
            picture=f"{rank:064x}",
            episode=rank,
        )
        for rank, score in enumerate(scores, start=1)
    ]
    return Answer(
        matches=tuple(matches),
        artists=(ArtistShare(artist="Artist 1", probability=0.62, trained=False),),
        familiarity=familiarity,
        generation="g",
        crops=1,
        seconds={},
    )


ADULT = {"age_grade": AgeGrade.ADULT}
