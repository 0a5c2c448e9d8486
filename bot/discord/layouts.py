"""Lay an answer out: what is said, the thumbnails, the list, and what can be asked on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from discord import MediaGalleryItem, ui

from bot.buttons import Sign
from bot.discord.components import Act, MoreLike
from bot.discord.languages import View
from bot.discord.markdown import bold, escape, heading, link, small
from bot.discord.pages import MOST_FILES, MOST_TEXT, REQUEST_LIMIT, Item, Page, Upload
from bot.plain import cut
from bot.texts import Texts
from bot.words import AnswerWords, MatchWords, answer_words
from storage.answers import Answer, Familiarity, Match
from storage.records import Picture

WIDTHS: Final = (56, 40, 28, 20, 14, 9)  # of a name, the widest that lets all lines fit
SYNOPSIS: Final = 320
LABEL: Final = 100  # characters: https://discord.com/developers/docs/components/reference#string-select
_COLOURS: Final = {Familiarity.CLOSE: 0x2E8B57, Familiarity.LOOSE: 0xC58B1B, Familiarity.NONE: 0x808080}


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around an answer, as plain text; `shares` is for one that only its asker sees."""

    header: str
    footer: str
    shares: bool


def answer_page(
    answer: Answer,
    view: View,
    *,
    token: str,
    pictures: Sequence[Picture],
    around: Around,
) -> Page:
    """Lay out an answer; `pictures` are its thumbnails, as far as there are any."""
    words = answer_words(answer, view.texts)
    uploads = _uploads(pictures, limit=view.place.limit)
    above, listed = _fitting(words, view.texts, header=around.header, footer=around.footer)
    gallery = _gallery(words.matches, uploads)
    parts: list[Item] = [ui.TextDisplay(above), *gallery, *([ui.TextDisplay(listed)] if listed else [])]
    box: Item = ui.Container(*parts, accent_colour=_COLOURS[answer.familiarity])
    rows = [
        _more(words.matches, view.texts, token=token),
        _buttons(words, view.texts, token=token, shares=around.shares),
    ]
    return Page(items=[box, *(row for row in rows if row)], uploads=list(uploads.values()))


def details_page(
    answer: Answer, match: Match, view: View, *, token: str, pictures: Sequence[Picture]
) -> Page:
    """Lay out all that is known about one match, with buttons to its neighbours."""
    texts, pages = view.texts, len(answer.matches)
    words = next(words for words in answer_words(answer, texts).matches if words.rank == match.rank)
    uploads = _uploads(pictures, limit=view.place.limit)
    box: Item = ui.Container(
        ui.TextDisplay(_details(words, match, texts)),
        *_gallery([words], uploads),
        accent_colour=_COLOURS[answer.familiarity],
    )
    turning = [
        Act.make("◀", Sign.TURN, token, (match.rank - 2) % pages + 1),
        Act.make("▶", Sign.TURN, token, match.rank % pages + 1),
    ]
    row: Item = ui.ActionRow(
        *(turning if pages > 1 else []),
        Act.make(texts.format("chat-more-like", rank=match.rank), Sign.MORE, token, match.rank),
        Act.make(texts.format("chat-why", rank=match.rank), Sign.WHY, token, match.rank),
    )
    return Page(items=[box, row], uploads=list(uploads.values()))


def _details(words: MatchWords, match: Match, texts: Texts) -> str:
    webtoon = match.stored.webtoon
    facts = " · ".join([texts.format("match-episode", episode=words.episode), *webtoon.genres[:4]])
    synopsis = cut(webtoon.synopsis, SYNOPSIS)
    lines = [
        f"### {words.rank}\\. {link(cut(words.title, 120), words.url)}",
        escape(" · ".join(part for part in (cut(words.artists, 120), words.platform) if part)),
        f"{escape(words.word)} · {bold(texts.format('score-value', percent=words.percent))}",
        escape(cut(facts, 160)),
        *(["", escape(synopsis)] if synopsis else []),
    ]
    return "\n".join(lines)


def _fitting(words: AnswerWords, texts: Texts, *, header: str, footer: str) -> tuple[str, str]:
    """Say the answer above and below its pictures, within what one message may say."""
    for width in WIDTHS:
        above = _above(words, texts, header=cut(header, 2 * width), width=width)
        listed = "\n".join([*_lines(words.matches, width), *([small(cut(footer, 300))] if footer else [])])
        if len(above) + len(listed) <= MOST_TEXT:
            break
    # No address of a platform is so long that its line would fill what is left without it.
    return above[:MOST_TEXT], listed if len(above) + len(listed) <= MOST_TEXT else _bare(words)


def _bare(words: AnswerWords) -> str:
    return "\n".join(f"{match.rank}. {escape(cut(match.title, WIDTHS[-1]))}" for match in words.matches)


def _above(words: AnswerWords, texts: Texts, *, header: str, width: int) -> str:
    said = [words.banner, *words.duplicates[:2]]
    lines = [heading(header), *(escape(sentence) for sentence in said if sentence)]
    if words.artists:
        shares = " · ".join(
            texts.format("answer-artist-share", artist=cut(artist, width), percent=percent)
            for artist, percent in words.artists
        )
        lines.append(f"{bold(texts.format('answer-artists'))}: {escape(shares)}")
    return "\n".join(lines)


def _lines(matches: Sequence[MatchWords], width: int) -> Iterator[str]:
    """Say the matches one by one, below the word for their scores."""
    for word, alike in groupby(matches, key=lambda match: match.word):
        yield bold(word)
        yield from (_line(match, width) for match in alike)


def _line(match: MatchWords, width: int) -> str:
    rest = [cut(match.artists, max(width // 2, 8)), cut(match.platform, width), f"{match.percent}%"]
    said = [link(cut(match.title, width), match.url), *map(escape, filter(None, rest))]
    return f"{match.rank}. {' · '.join(said)}"


def _uploads(pictures: Sequence[Picture], *, limit: int) -> dict[str, Upload]:
    """Make the files of thumbnails by their sha256, without those that Discord would refuse."""
    uploads: dict[str, Upload] = {}
    total = 0
    for place, picture in enumerate(pictures[:MOST_FILES], start=1):
        size = len(picture.data)
        if size <= limit and total + size <= REQUEST_LIMIT:
            name = f"{place}.{picture.format.lower()}"
            uploads[picture.sha256] = Upload(name=name, data=picture.data)
            total += size
    return uploads


def _gallery(matches: Sequence[MatchWords], uploads: dict[str, Upload]) -> list[Item]:
    items = [
        MediaGalleryItem(
            uploads[match.picture].url,
            description=cut(f"{match.rank}. {match.title}", LABEL),
            spoiler=match.adult,
        )
        for match in matches
        if match.picture in uploads
    ]
    return [ui.MediaGallery(*items)] if items else []


def _more(matches: Sequence[MatchWords], texts: Texts, *, token: str) -> Item | None:
    if not matches:
        return None
    return ui.ActionRow(MoreLike.make(matches, texts, token=token))


def _buttons(words: AnswerWords, texts: Texts, *, token: str, shares: bool) -> Item:
    about = [
        Act.make(texts.format("chat-why", rank=1), Sign.WHY, token, 1),
        Act.make(texts.format("chat-details"), Sign.DETAILS, token, 1),
    ]
    judging = [Act.make("👍", Sign.VERDICT, token, 1), Act.make("👎", Sign.VERDICT, token, -1)]
    share = [Act.make(texts.format("discord-share"), Sign.SHARE, token)]
    return ui.ActionRow(*(about if words.matches else []), *judging, *(share if shares else []))
