import pytest

from scraper.sources.people import guess_credits, person
from storage.records import Role


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("김 작가", "김 작가"),
        ("나푼달(REDICE STUDIO)", "나푼달"),
        ("REDICE STUDIO", ""),
        ("스튜디오 봄", ""),
        ("(주)봄", ""),
        ("와이랩 엔터테인먼트", ""),
        ("SIU", "SIU"),
        ("김(그림)", "김(그림)"),
        ("", ""),
    ],
)
def test_companies_are_no_people(name: str, expected: str) -> None:
    """A company is nobody, and one in brackets behind a name is left away."""
    assert person(name) == expected


@pytest.mark.parametrize(
    ("shown", "painters"),
    [
        ("P콩", ["P콩"]),
        ("스캠퍼 / 집사", ["집사"]),
        ("하파랑,나전 / 농말 / 심심", ["농말"]),
        ("채밀/수냥냥/윤쏨 / 서순배 / 윤쏨", ["서순배"]),
        ("REDICE STUDIO / 집사", ["집사"]),
        (" / ", []),
    ],
)
def test_roles_are_guessed(shown: str, painters: list[str]) -> None:
    """The groups between slashes stand for roles, and everything is marked as a guess."""
    found = guess_credits(shown)
    assert [credit.artist for credit in found if credit.role is Role.PAINTER] == painters
    assert all(credit.guessed for credit in found)
