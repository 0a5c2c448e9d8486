from hypothesis import given
from hypothesis import strategies as st

from bot import texts
from bot.telegram.captions import CAPTION, caption, details, match_caption, summary
from bot.telegram.html import length
from bot.texts import Language
from storage.answers import Familiarity
from storage.records import Credit
from tests.telegram.answers import answer

EN = texts.get(Language.EN)
KO = texts.get(Language.KO)


def test_the_best_match_comes_first_with_a_link() -> None:
    """A line holds rank, linked title, artists, platform and number, below the word for it."""
    lines = caption(answer(), EN).splitlines()
    assert lines[:2] == [
        "<b>very close</b>",
        '1. <a href="https://comic.example/1">Title 1</a> · Artist 1 · Naver Webtoon · 80%',
    ]


def test_each_word_for_a_score_is_said_once() -> None:
    """Matches that are alike to the same degree stand together."""
    said = caption(answer((0.8, 0.7, 0.6, 0.4)), KO).splitlines()
    assert [line for line in said if line.startswith("<b>") and ":" not in line] == [
        "<b>아주 비슷함</b>",
        "<b>비슷함</b>",
        "<b>조금 비슷함</b>",
    ]


def test_artists_come_with_their_probability() -> None:
    """The likeliest artists close the caption."""
    assert caption(answer(), EN).endswith("<b>Likeliest artists</b>: Artist 1 62%")


def test_a_weak_answer_says_so_before_all_else() -> None:
    """Nobody takes what is only nearest for a find."""
    assert caption(answer(familiarity=Familiarity.NONE), EN).startswith("Nothing in the catalogue")


def test_a_close_answer_needs_no_banner() -> None:
    """What is sure is said without ado."""
    assert EN.format("familiarity-close") not in caption(answer(), EN)


def test_ten_long_titles_fit() -> None:
    """Titles become shorter until all ten lines fit into a caption."""
    said = caption(answer([0.5] * 10, title="Very long title & more of it " * 9), EN)
    assert length(said) <= CAPTION
    assert "\n10. " in said


@given(title=st.text(max_size=200), artist=st.text(max_size=200), header=st.text(max_size=200))
def test_any_names_fit_into_a_caption(title: str, artist: str, header: str) -> None:
    """Whatever pages call their works, the caption keeps to the limit."""
    found = answer([0.5] * 10, title=title, credits=(Credit(artist=artist),), synopsis=title * 20)
    assert length(caption(found, KO, header=header, footer="a" * 90)) <= CAPTION
    assert length(details(found, found.matches[0], texts=KO)) <= CAPTION


def test_titles_cannot_bring_markup() -> None:
    """A title with tags is shown with them."""
    assert "&lt;b&gt;x&lt;/b&gt;" in caption(answer(title="<b>x</b>"), EN)


def test_addresses_of_other_kinds_are_no_links() -> None:
    """Only web addresses become links."""
    assert "<a " not in caption(answer(url="javascript:alert(1)"), EN)


def test_a_picture_of_an_album_says_its_word_itself() -> None:
    """No heading stands above the pictures of an album."""
    found = answer()
    assert match_caption(found, found.matches[1], texts=EN).endswith("close 60%")


def test_the_text_beside_an_album_lists_no_matches() -> None:
    """What stands under the pictures is not said again."""
    said = summary(answer(), EN)
    assert said.startswith("<b>Webtoons drawn like this</b>")
    assert "Title 1" not in said


def test_details_tell_what_is_known() -> None:
    """Title, artists, platform, score, episode, genres and synopsis stand under the thumbnail."""
    found = answer(genres=("drama",), synopsis="A & B meet.")
    assert details(found, found.matches[0], texts=EN).splitlines() == [
        '<b>1. <a href="https://comic.example/1">Title 1</a></b>',
        "Artist 1 · Naver Webtoon",
        "very close · <b>80%</b>",
        "Episode 1 · drama",
        "",
        "<i>A &amp; B meet.</i>",
    ]
