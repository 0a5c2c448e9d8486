"""A catalogue of a platform is filled, kept current at little cost, and answers."""

from pathlib import Path

import pytest

from benchmarks.catch_up import catch_up


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_a_second_scrape_costs_little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first scrape brings everything; the second asks for what changed, and new episodes are found."""
    for name in ("NAVER_ORIGIN", "NAVER_IMAGE_ORIGINS", "API_RATE", "IMAGE_RATE"):
        monkeypatch.setenv(f"GRIMCHE_{name}", "")  # so that what the run sets ends with the test
    result = await catch_up(tmp_path / "data", works=30, episodes=600, changed=4, drawings=22)
    readable = 30 - result.first.gated
    assert (result.first.episodes, result.first.gated > 0) == (20 * readable, True)
    # Two robots.txt, two lists, and of each work that changed a page and a thumbnail.
    assert (result.second.requests, result.second.episodes) == (2 + 2 + 2 * 4, 4)
    assert result.second.requests < 0.03 * result.first.requests
    assert result.found == 1
