import json
from dataclasses import replace

import pytest

from bot import texts
from bot.telegram.captions import caption
from bot.texts import Language
from bot.web_answers import answer_json
from bot.words import answer_words, closeness, has_adult, is_adult, safe_link, without_adult
from storage.answers import ArtistSet, ArtistShare, Duplicate, Familiarity
from storage.records import AgeGrade, Credit, Platform, Role, StoredWebtoon, Webtoon
from tests.storage.examples import SEEN, an_answer

SIU = Credit(artist="SIU")
EN, KO = texts.get(Language.EN), texts.get(Language.KO)


def a_stored(
    number: int = 1,
    *,
    adult: bool = False,
    url: str = "",
    credited: tuple[Credit, ...] = (Credit(artist="SIU"),),
) -> StoredWebtoon:
    """Describe a webtoon of the catalogue."""
    webtoon = Webtoon(
        platform=Platform.NAVER,
        platform_id=str(number),
        title=f"신의 탑 {number}",
        credits=tuple(credited),
        age_grade=AgeGrade.ADULT if adult else AgeGrade.FIFTEEN,
        url=url,
    )
    return StoredWebtoon(id=number, webtoon=webtoon, episodes=3, first_seen=SEEN, last_seen=SEEN)


def a_duplicate(stored: StoredWebtoon, *, place: int = 0) -> Duplicate:
    """Describe a picture of the query that the catalogue holds."""
    return Duplicate(place=place, stored=stored, picture="b" * 64, episode=7)


def test_a_match_in_both_languages() -> None:
    """A match is said with its platform and closeness in words, its score in per cent."""
    stored = a_stored(url="https://comic.naver.com/webtoon/list?titleId=1")
    answer = an_answer(stored)
    answer = replace(answer, matches=(replace(answer.matches[0], score=0.666),))
    (english,) = answer_words(answer, EN).matches
    (korean,) = answer_words(answer, KO).matches
    assert (english.rank, english.webtoon_id, english.title, english.artists) == (1, 1, "신의 탑 1", "SIU")
    assert (english.platform, english.word, english.percent) == ("Naver Webtoon", "very close", 67)
    assert (korean.platform, korean.word, korean.percent) == ("네이버 웹툰", "아주 비슷함", 67)
    assert (english.url, english.picture, english.episode) == (stored.webtoon.url, "a" * 64, 1)
    assert not english.adult


@pytest.mark.parametrize(
    ("familiarity", "english", "korean"),
    [
        (Familiarity.CLOSE, "", ""),
        (Familiarity.LOOSE, "Nothing is quite like it", "꼭 닮은 그림체는 없지만"),
        (Familiarity.NONE, "Nothing in the catalogue is drawn like this", "이런 그림체의 웹툰은 아직 없어요"),
    ],
)
def test_banner(familiarity: Familiarity, english: str, korean: str) -> None:
    """All but a close answer carry a banner."""
    answer = an_answer(a_stored(), familiarity=familiarity)
    for spoken, begins in ((EN, english), (KO, korean)):
        words = answer_words(answer, spoken)
        assert words.familiarity is familiarity
        assert words.banner.startswith(begins)
        assert bool(words.banner) is bool(begins)


def test_artists() -> None:
    """The likeliest artists are named with their per cent, those who hardly count are not."""
    shares = [("SIU", 0.515), ("조석", 0.2), ("a", 0.009), ("b", 0.05), ("c", 0.04), ("d", 0.03)]
    artists = tuple(ArtistShare(artist=name, probability=share, trained=False) for name, share in shares)
    words = answer_words(replace(an_answer(), artists=artists), EN)
    assert words.artists == (("SIU", 52), ("조석", 20), ("b", 5))
    assert answer_words(replace(an_answer(), artists=()), EN).artists == ()


def test_nobody_is_likely() -> None:
    """Where the likeliest artist has a per cent, no door names anybody as likely, in either language."""
    nobody = tuple(ArtistShare(artist="SIU", probability=share, trained=False) for share in (0.049, 0.01))
    answer = replace(an_answer(), artists=nobody, familiarity=Familiarity.LOOSE)
    for spoken, likeliest in ((EN, "Likeliest artists"), (KO, "그렸을 가능성이 높은 작가")):
        assert spoken.format("answer-artists") == likeliest
        assert answer_words(answer, spoken).artists == ()
        assert likeliest not in caption(answer, spoken)
    assert json.loads(answer_json(answer))["artists"] == []


def test_one_of() -> None:
    """A promised set of artists is a sentence; without one there is none."""
    promised = replace(an_answer(), one_of=ArtistSet(artists=("SIU", "조석"), coverage=0.9))
    assert answer_words(promised, EN).one_of == (
        "If an artist of the catalogue drew it, it was one of these 2 (90% sure): SIU, 조석."
    )
    assert "2명 가운데" in answer_words(promised, KO).one_of
    assert answer_words(an_answer(), EN).one_of == ""


def test_duplicates() -> None:
    """A picture of the catalogue is said to be one, by its number only where there are several."""
    answer = replace(an_answer(), duplicates=(a_duplicate(a_stored(), place=1),))
    assert answer_words(answer, EN).duplicates == ("This is the thumbnail of episode 7 of “신의 탑 1”.",)
    several = replace(answer, pictures=2)
    assert answer_words(several, KO).duplicates == ("2번째 그림은 「신의 탑 1」 7화의 섬네일이에요.",)


def test_artists_of_a_match() -> None:
    """Painters are named, or everybody where none is known."""
    writer = Credit(artist="글", role=Role.WRITER)
    for credited, named in (((writer, Credit(artist="그림")), "그림"), ((writer,), "글"), ((), "")):
        assert answer_words(an_answer(a_stored(credited=credited)), EN).matches[0].artists == named


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://",
        "//example.org",
        "http://[",
        "tg://user?id=1",
        "ftp://e.org",
    ],
)
def test_unsafe_links(url: str) -> None:
    """What is no address of a page becomes no link."""
    assert safe_link(url) == ""
    assert answer_words(an_answer(a_stored(url=url)), EN).matches[0].url == ""


def test_without_adult() -> None:
    """Works for adults are left out and counted, and the others move up."""
    stored = [a_stored(number, adult=number in {1, 3}) for number in range(1, 5)]
    answer = replace(an_answer(*stored), duplicates=(a_duplicate(stored[0]), a_duplicate(stored[1], place=1)))
    assert has_adult(answer)
    tame, left_out = without_adult(answer)
    assert [(match.rank, match.stored.id) for match in tame.matches] == [(1, 2), (2, 4)]
    assert [match.score for match in tame.matches] == [answer.matches[1].score, answer.matches[3].score]
    assert tame.duplicates == (answer.duplicates[1],)
    assert left_out == 2
    assert not has_adult(tame)
    assert without_adult(tame) == (tame, 0)


def test_adult() -> None:
    """Only the highest age grade is for adults, wherever in the answer it is."""
    assert is_adult(a_stored(adult=True))
    assert not is_adult(a_stored())
    assert has_adult(replace(an_answer(a_stored()), duplicates=(a_duplicate(a_stored(2, adult=True)),)))
    assert answer_words(an_answer(a_stored(adult=True)), EN).matches[0].adult


@pytest.mark.parametrize(
    ("score", "word"),
    [(1.0, "very-close"), (0.65, "very-close"), (0.64, "close"), (0.4, "loose"), (0.0, "far")],
)
def test_scores_have_words(score: float, word: str) -> None:
    """Each score has a word beside its number."""
    assert closeness(score, familiarity=Familiarity.CLOSE) == word


@pytest.mark.parametrize(("familiarity", "word"), [(Familiarity.LOOSE, "close"), (Familiarity.NONE, "far")])
def test_words_do_not_outdo_the_answer(familiarity: Familiarity, word: str) -> None:
    """No card says more than the answer as a whole does."""
    assert closeness(0.9, familiarity=familiarity) == word
