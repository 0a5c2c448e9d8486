import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.web_answers import answer_json, error_json, samples_json, search_json
from storage.answers import Answer, ArtistSet, ArtistShare, Duplicate, Familiarity, Match
from storage.errors import FileTooLarge
from storage.records import AgeGrade, Counts, Credit, Platform, Role, StoredWebtoon, Webtoon

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def stored(
    *,
    url: str = "",
    age_grade: AgeGrade = AgeGrade.ALL,
    credits: tuple[Credit, ...] = (Credit(artist="김서윤"),),  # noqa: A002  the record's own word
) -> StoredWebtoon:
    """Make a webtoon of the catalogue."""
    webtoon = Webtoon(
        platform=Platform.NAVER,
        platform_id="7",
        title="화산의 <b>검객</b>",
        credits=credits,
        url=url,
        age_grade=age_grade,
    )
    return StoredWebtoon(id=3, webtoon=webtoon, episodes=40, first_seen=NOW, last_seen=NOW)


def answer(*shares: ArtistShare, webtoon: StoredWebtoon | None = None) -> Answer:
    """Make an answer with one match."""
    match = Match(rank=1, stored=webtoon or stored(), score=0.912345, picture="ab" * 32, episode=12)
    return Answer(
        matches=(match,),
        artists=shares,
        familiarity=Familiarity.LOOSE,
        generation="starter",
        crops=2,
        seconds={"decode": 0.001, "encode": 0.0052345678, "search": 0.0},
    )


def rendered_webtoon(webtoon: StoredWebtoon) -> dict[str, object]:
    """Render a webtoon as part of an answer."""
    return json.loads(answer_json(answer(webtoon=webtoon)))["matches"][0]["webtoon"]


def test_answer_has_everything_the_page_shows() -> None:
    """An answer is rendered with its match, artists, familiarity, generation, crops and times."""
    share = ArtistShare(artist="김서윤", probability=0.75, trained=True)
    assert json.loads(answer_json(answer(share))) == {
        "familiarity": "loose",
        "matches": [
            {
                "rank": 1,
                "score": 0.9123,
                "word": "close",
                "picture": "ab" * 32,
                "episode": 12,
                "webtoon": {
                    "id": 3,
                    "title": "화산의 <b>검객</b>",
                    "artists": ["김서윤"],
                    "platform": "naver",
                    "episodes": 40,
                    "adult": False,
                    "url": "",
                },
            }
        ],
        "artists": [{"artist": "김서윤", "probability": 0.75, "trained": True}],
        "one_of": None,
        "duplicates": [],
        "generation": "starter",
        "crops": 2,
        "seconds": {"decode": 0.001, "encode": 0.005235, "search": 0.0},
    }


def test_five_artists_at_most() -> None:
    """Of many artists the first five are shown."""
    shares = [ArtistShare(artist=str(n), probability=0.1, trained=False) for n in range(8)]
    assert [share["artist"] for share in json.loads(answer_json(answer(*shares)))["artists"]] == [*"01234"]


def test_artists_who_hardly_count_are_left_out() -> None:
    """An artist below five per cent is left out."""
    shares = [
        ArtistShare(artist=str(n), probability=share, trained=False) for n, share in enumerate((0.05, 0.049))
    ]
    assert [share["artist"] for share in json.loads(answer_json(answer(*shares)))["artists"]] == ["0"]


def test_only_painters_are_named() -> None:
    """The writer of a webtoon is not named as the one who drew it."""
    both = (Credit(artist="글", role=Role.WRITER), Credit(artist="그림"))
    assert rendered_webtoon(stored(credits=both))["artists"] == ["그림"]


def test_everybody_is_named_where_no_painter_is_known() -> None:
    """A webtoon without a painter names whoever made it, once."""
    both = (Credit(artist="하나", role=Role.WRITER), Credit(artist="하나", role=Role.ORIGINAL))
    assert rendered_webtoon(stored(credits=both))["artists"] == ["하나"]


@pytest.mark.parametrize("url", ["https://comic.example/1", "http://comic.example"])
def test_addresses_become_links(url: str) -> None:
    """A web address is passed on."""
    assert rendered_webtoon(stored(url=url))["url"] == url


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//comic.example", "https://", "http://[", "ftp://a.b/c"],
)
def test_nothing_else_becomes_a_link(url: str) -> None:
    """What a platform calls an address is not passed on when it is none of the web."""
    assert rendered_webtoon(stored(url=url))["url"] == ""


def test_adult_webtoons_are_marked() -> None:
    """The page learns which thumbnails to veil."""
    assert rendered_webtoon(stored(age_grade=AgeGrade.ADULT))["adult"] is True


def test_search_results_have_covers() -> None:
    """A webtoon that was found has a thumbnail, or none."""
    found = json.loads(search_json([(stored(), "cd" * 32), (stored(), None)]))["webtoons"]
    assert [webtoon["picture"] for webtoon in found] == ["cd" * 32, None]


def test_samples_tell_how_much_there_is() -> None:
    """The samples come with the catalogue's figures."""
    counts = Counts(webtoons=30, artists=12, episodes=1500, pictures=1490, picture_bytes=9)
    assert json.loads(samples_json(["ab" * 32], counts)) == {
        "pictures": ["ab" * 32],
        "webtoons": 30,
        "artists": 12,
        "thumbnails": 1490,
    }


def test_errors_can_be_said_in_another_language() -> None:
    """An error is rendered with its key and values, so that the page can say it again."""
    error = FileTooLarge(size=31, maximum=20)
    assert json.loads(error_json(error, str(error), reference="ab12", picture=2)) == {
        "error": {
            "key": "error-file-too-large",
            "sentence": "The file is too large (31 MB); 20 MB are the limit.",
            "values": {"size": 31, "maximum": 20},
            "reference": "ab12",
            "picture": 2,
        }
    }


def test_what_is_promised_and_recognised() -> None:
    """The set of artists and the pictures that the catalogue holds are rendered for the page."""
    found = replace(
        answer(),
        one_of=ArtistSet(artists=("김서윤", "A"), coverage=0.9),
        duplicates=(Duplicate(place=1, stored=stored(), picture="cd" * 32, episode=12),),
    )
    rendered = json.loads(answer_json(found))
    assert rendered["one_of"] == {"artists": ["김서윤", "A"], "coverage": 0.9}
    assert rendered["duplicates"] == [
        {"place": 1, "title": "화산의 <b>검객</b>", "episode": 12, "picture": "cd" * 32}
    ]
