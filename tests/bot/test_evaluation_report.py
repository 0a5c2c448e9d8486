from dataclasses import replace
from pathlib import Path

import pytest

from bot.evaluation_job import REPORT, Wish, _epochs_of, run
from bot.settings import load_settings
from model import generations
from model.evaluation_records import Epoch


@pytest.mark.slow
def test_stored_vectors_are_shown_with_their_thumbnails(filled_data: Path, tmp_path: Path) -> None:
    """Without any training the report has the catalogue's own thumbnails on its style map."""
    out = tmp_path / "evaluation"
    found = run(load_settings({"data": filled_data}), Wish(), out=out, tell=lambda _what, _share: None)
    page = (out / REPORT).read_text(encoding="utf-8")
    assert found.style_map
    assert page.count("data:image/jpeg;base64,") >= len(found.style_map)
    assert 'class="missing"' not in page


def test_training_of_a_stored_generation_is_read_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """How a generation's training went stands in its folder; the starter's folder does not say."""
    settings, starter = load_settings({"data": tmp_path}), generations.starter()
    assert _epochs_of(settings, starter.id) == ()
    made = replace(starter, manifest=replace(starter.manifest, files={"epochs.json": ""}))
    text = b'[{"seconds": 2.0, "loss": 1.5, "validation": 0.5}]'
    monkeypatch.setattr(generations, "find", lambda _folder, _name: made)
    monkeypatch.setattr(generations, "read_file", lambda _folder, _made, *, name: text if name else b"")
    assert _epochs_of(settings, starter.id) == (Epoch(seconds=2.0, loss=1.5, validation=0.5),)
