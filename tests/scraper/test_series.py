from datetime import UTC, datetime

import pytest

from scraper.series import base_title, join_series
from storage.records import Credit, Platform, StoredWebtoon, Webtoon

NOW = datetime(2026, 10, 1, tzinfo=UTC)


def stored(
    number: int, title: str, *people: str, platform: Platform = Platform.NAVER, group: str = ""
) -> StoredWebtoon:
    """Make a webtoon of the catalogue."""
    webtoon = Webtoon(
        platform=platform,
        platform_id=str(number),
        title=title,
        credits=tuple(Credit(artist=name) for name in people),
        series_group=group,
    )
    return StoredWebtoon(id=number, webtoon=webtoon, episodes=0, first_seen=NOW, last_seen=NOW)


@pytest.mark.parametrize(
    "title", ["달빛 학교", "달빛학교 시즌2", "달빛 학교 [시즌 3]", "달빛 학교 2부", "달빛 학교 (외전)"]
)
def test_seasons_have_one_base(title: str) -> None:
    """The season and the spaces do not count."""
    assert base_title(title) == "달빛학교"


@pytest.mark.parametrize("title", ["시즌2", "2부", "1기"])
def test_a_title_that_is_a_season(title: str) -> None:
    """A title that is nothing but a season stays what it is."""
    assert base_title(title) == title


def test_seasons_and_platforms_are_joined() -> None:
    """What shares its title and somebody is one series, on whatever platform; others stand alone."""
    found = join_series(
        [
            stored(1, "봄", "김"),
            stored(2, "봄 시즌2", "김", "이"),
            stored(3, "봄", "이", platform=Platform.KAKAOPAGE),
            stored(4, "봄", "박"),
            stored(5, "여름", "김", group="joined:x"),
            stored(6, "봄", "김", platform=Platform.FOLDER),
            stored(7, "봄", "김", group="given"),
        ]
    )
    group = "joined:kakaopage:3"
    assert found == {1: group, 2: group, 3: group, 4: "", 5: ""}
