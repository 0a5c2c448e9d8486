from pathlib import Path

import pytest

from bot.evaluation_job import REPORT, Wish, run
from bot.settings import load_settings


@pytest.mark.slow
def test_stored_vectors_are_shown_with_their_thumbnails(filled_data: Path, tmp_path: Path) -> None:
    """Without any training the report has the catalogue's own thumbnails on its style map."""
    out = tmp_path / "evaluation"
    found = run(load_settings({"data": filled_data}), Wish(), out=out, tell=lambda _what, _share: None)
    page = (out / REPORT).read_text(encoding="utf-8")
    assert found.style_map
    assert page.count("data:image/jpeg;base64,") >= len(found.style_map)
    assert 'class="missing"' not in page
