"""Say an answer under its sheet: the best match first, one line each."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from bot.plain import cut
from bot.telegram.html import bold, escape, length, link
from bot.texts import Texts
from bot.words import AnswerWords, MatchWords, answer_words
from storage.answers import Answer, Match

CAPTION: Final = 1024  # characters: https://core.telegram.org/bots/api#sendphoto
WIDTHS: Final = (56, 40, 28, 20, 14, 9)  # of a name, the widest that lets all lines fit
SYNOPSIS: Final = 320


def caption(answer: Answer, texts: Texts, *, header: str = "", footer: str = "") -> str:
    """Say the whole answer as HTML of at most 1024 characters; `header` and `footer` are plain text."""
    words = answer_words(answer, texts)
    for width in WIDTHS:
        said = _compose(words, texts, header=cut(header, 2 * width), footer=footer, width=width)
        if length(said) <= CAPTION:
            return said
    return _compose(words, texts, header=cut(header, 20), footer="", width=WIDTHS[-1], lines=5)


def summary(answer: Answer, texts: Texts, *, header: str = "", footer: str = "") -> str:
    """Say what an album cannot: the banner and the artists."""
    words = answer_words(answer, texts)
    return _compose(
        words, texts, header=header or texts.format("answer-title"), footer=footer, width=56, lines=0
    )


def match_caption(answer: Answer, match: Match, *, texts: Texts) -> str:
    """Say one match in a line, for the picture of an album."""
    return _line(_words_of(answer, match, texts=texts), 56, word=True)


def details(answer: Answer, match: Match, *, texts: Texts) -> str:
    """Say all that is known about one match."""
    words = _words_of(answer, match, texts=texts)
    webtoon = match.stored.webtoon
    facts = " · ".join([texts.format("match-episode", episode=words.episode), *webtoon.genres[:4]])
    lines = [
        f"<b>{words.rank}. {link(cut(words.title, 120), words.url)}</b>",
        escape(" · ".join(part for part in (cut(words.artists, 120), words.platform) if part)),
        f"{escape(words.word)} · {bold(texts.format('score-value', percent=words.percent))}",
        escape(cut(facts, 160)),
    ]
    synopsis = cut(webtoon.synopsis, SYNOPSIS)
    return "\n".join([*lines, *(["", f"<i>{escape(synopsis)}</i>"] if synopsis else [])])


def _words_of(answer: Answer, match: Match, *, texts: Texts) -> MatchWords:
    return next(words for words in answer_words(answer, texts).matches if words.rank == match.rank)


def _compose(
    words: AnswerWords, texts: Texts, *, header: str, footer: str, width: int, lines: int | None = None
) -> str:
    blocks = [
        [bold(header)] if header else [],
        [escape(sentence) for sentence in (words.banner, *words.duplicates[:2]) if sentence],
        list(_lines(words.matches[:lines], width)),
        [_artists(words, texts, width=width)] if words.artists else [],
        [escape(footer)] if footer else [],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _lines(matches: Sequence[MatchWords], width: int) -> Iterator[str]:
    """Say the matches one by one, below the word for their scores."""
    for word, alike in groupby(matches, key=lambda match: match.word):
        yield bold(word)
        yield from (_line(match, width) for match in alike)


def _line(match: MatchWords, width: int, *, word: bool = False) -> str:
    percent = f"{match.word} {match.percent}%" if word else f"{match.percent}%"
    parts = [link(cut(match.title, width), match.url), *map(escape, _rest(match, width)), escape(percent)]
    return f"{match.rank}. {' · '.join(parts)}"


def _rest(match: MatchWords, width: int) -> list[str]:
    return [part for part in (cut(match.artists, max(width // 2, 8)), cut(match.platform, width)) if part]


def _artists(words: AnswerWords, texts: Texts, *, width: int) -> str:
    shares = " · ".join(
        texts.format("answer-artist-share", artist=cut(artist, width), percent=percent)
        for artist, percent in words.artists
    )
    return f"{bold(texts.format('answer-artists'))}: {escape(shares)}"
