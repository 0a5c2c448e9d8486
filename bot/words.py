"""Say an answer in a language, without a word of any door."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from storage.answers import Answer, ArtistSet, ArtistShare, Familiarity, Match
from storage.records import AgeGrade, StoredWebtoon

if TYPE_CHECKING:
    from bot.texts import Texts

ARTISTS_SHOWN = 5
LEAST_SHARE = 0.05  # where everybody has a few per cent, nobody is likely

# Measured on sample catalogues: webtoons of one hand lie above 0.65, of unlike hands below 0.35.
_WORDS = ((0.65, "very-close"), (0.5, "close"), (0.35, "loose"), (0.0, "far"))
_FIRST_WORD = {Familiarity.CLOSE: 0, Familiarity.LOOSE: 1, Familiarity.NONE: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchWords:
    """A match as it is read; `url` is empty where there is none that may become a link."""

    rank: int
    webtoon_id: int
    title: str
    artists: str
    platform: str
    word: str
    percent: int
    url: str
    adult: bool
    picture: str
    episode: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWords:
    """An answer as it is read; `banner` is empty for a close one, `one_of` where nothing is promised.

    `artists` are names with the per cent of their probability.
    """

    familiarity: Familiarity
    banner: str
    artists: tuple[tuple[str, int], ...]
    one_of: str
    duplicates: tuple[str, ...]
    matches: tuple[MatchWords, ...]


def answer_words(answer: Answer, texts: "Texts") -> AnswerWords:
    """Say an answer."""
    is_close = answer.familiarity is Familiarity.CLOSE
    return AnswerWords(
        familiarity=answer.familiarity,
        banner="" if is_close else texts.format(f"familiarity-{answer.familiarity}"),
        artists=tuple(
            (share.artist, round(share.probability * 100)) for share in shown_artists(answer.artists)
        ),
        one_of=one_of(answer.one_of, texts) if answer.one_of else "",
        duplicates=duplicates(answer, texts),
        matches=tuple(_match(match, answer.familiarity, texts=texts) for match in answer.matches),
    )


def one_of(found: ArtistSet, texts: "Texts") -> str:
    """Say which artists one of whom it was."""
    return texts.format(
        "answer-one-of-one" if len(found.artists) == 1 else "answer-one-of-several",
        count=len(found.artists),
        percent=round(found.coverage * 100),
        artists=", ".join(found.artists),
    )


def duplicates(answer: Answer, texts: "Texts") -> tuple[str, ...]:
    """Say which pictures of the query are of the catalogue."""
    return tuple(
        texts.format(
            "answer-duplicate-of" if answer.pictures > 1 else "answer-duplicate",
            number=found.place + 1,
            episode=found.episode,
            title=found.stored.webtoon.title,
        )
        for found in answer.duplicates
    )


def without_adult(answer: Answer) -> tuple[Answer, int]:
    """Leave out the works for adults, rank the others anew, and count what was left out.

    The answer that is kept of the question has them still: look ranks up in what this makes of it.
    """
    rest = [match for match in answer.matches if not is_adult(match.stored)]
    tame = replace(
        answer,
        matches=tuple(replace(match, rank=rank) for rank, match in enumerate(rest, start=1)),
        duplicates=tuple(found for found in answer.duplicates if not is_adult(found.stored)),
    )
    return tame, len(answer.matches) - len(rest)


def is_adult(stored: StoredWebtoon) -> bool:
    """Tell whether a work is for adults only."""
    return stored.webtoon.age_grade is AgeGrade.ADULT


def has_adult(answer: Answer) -> bool:
    """Tell whether an answer shows a work for adults."""
    shown = [match.stored for match in answer.matches] + [found.stored for found in answer.duplicates]
    return any(map(is_adult, shown))


def closeness(score: float, *, familiarity: Familiarity) -> str:
    """Say a score in a word, which is the end of a text's id; never better than the answer as a whole."""
    return next(word for least, word in _WORDS[_FIRST_WORD[familiarity] :] if score >= least)


def artists_of(stored: StoredWebtoon) -> list[str]:
    """Name the painters, or everybody where none is known."""
    return list(stored.webtoon.painters or dict.fromkeys(credit.artist for credit in stored.webtoon.credits))


def shown_artists(shares: Sequence[ArtistShare]) -> Sequence[ArtistShare]:
    """Leave out the artists who hardly count, which may be all of them."""
    return [share for share in shares[:ARTISTS_SHOWN] if share.probability >= LEAST_SHARE]


def safe_link(url: str) -> str:
    """Return an address that may become a link: titles and addresses come from other people's pages."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.hostname else ""


def _match(match: Match, familiarity: Familiarity, *, texts: "Texts") -> MatchWords:
    webtoon = match.stored.webtoon
    return MatchWords(
        rank=match.rank,
        webtoon_id=match.stored.id,
        title=webtoon.title,
        artists=", ".join(artists_of(match.stored)),
        platform=texts.format(f"platform-{webtoon.platform}"),
        word=texts.format(f"score-{closeness(match.score, familiarity=familiarity)}"),
        percent=round(match.score * 100),
        url=safe_link(webtoon.url),
        adult=is_adult(match.stored),
        picture=match.picture,
        episode=match.episode,
    )
