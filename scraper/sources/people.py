"""Tell who made a webtoon: people and not companies, with the roles that a platform says or that we guess."""

import re
from collections.abc import Iterable, Sequence

from storage.records import Credit, Role
from storage.values import title_of

# Parts between " / " stand for roles; inside one, people are parted by commas or by "/" without spaces.
_ROLES = re.compile(r"\s+/\s+")
_PEOPLE = re.compile(r"[,、，/]|\s+&\s+")
_BRACKETED = re.compile(r"\s*[(（\[]([^()（）\[\]]*)[)）\]]")
_INCORPORATED = re.compile(r"㈜|\(주\)|주식회사")
_COMPANY = re.compile(
    r"""
    (?:^|[\s(㈜])(?:studios?|entertainment|comics|media|corp|inc|ltd|co|company|publishing|team|lab|works)\.?$
    | 스튜디오 | 엔터테인먼트 | 엔터$ | 미디어$ | 출판사?$ | 코믹스$ | 컴퍼니$ | 웍스$ | 만화사$ | 콘텐츠$
    """,
    re.VERBOSE | re.IGNORECASE,
)


def person(name: str) -> str:
    """Clean a person's name of the studio in brackets behind it; empty for a company."""
    name = title_of(name)
    if _INCORPORATED.search(name) or _COMPANY.search(_BRACKETED.sub("", name) or name):
        return ""
    inside = _BRACKETED.search(name)
    return title_of(_BRACKETED.sub("", name)) if inside and _COMPANY.search(inside[1]) else name


def credit_all(names: Iterable[str], role: Role, *, guessed: bool = False) -> list[Credit]:
    """Credit everybody of `names` who is a person with `role`."""
    people = dict.fromkeys(filter(None, map(person, names)))
    return [Credit(artist=name, role=role, guessed=guessed) for name in people]


def guess_credits(display: str) -> Sequence[Credit]:
    """Guess the roles from a string that only shows names, such as "하파랑,나전 / 농말 / 심심".

    A single group wrote and drew; of two the first wrote and the second drew, though the first may have
    done both after the second's novel; of three they are writers, painters and authors of the original.
    All of it is marked as guessed.
    """
    groups = [_people(group) for group in _ROLES.split(display.strip())]
    match [group for group in groups if group]:
        case []:
            return ()
        case [everybody]:
            roles = [(everybody, Role.WRITER), (everybody, Role.PAINTER)]
        case [writers, painters]:
            roles = [(writers, Role.WRITER), (painters, Role.PAINTER)]
        case [writers, painters, *originals]:
            authors = [name for group in originals for name in group]
            roles = [(writers, Role.WRITER), (painters, Role.PAINTER), (authors, Role.ORIGINAL)]
    return tuple(credit for names, role in roles for credit in credit_all(names, role, guessed=True))


def _people(group: str) -> list[str]:
    return [name for name in map(person, _PEOPLE.split(group)) if name]
