from pathlib import Path

import pytest

from bot.__main__ import run


def test_too_little_to_train_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty catalogue cannot be trained on, which ends with 1 and one sentence, and starts nothing."""
    assert run(["--data", str(tmp_path / "data"), "train", "--epochs", "1"]) == 1
    assert "Training is not possible: " in capsys.readouterr().err
    assert not (tmp_path / "data" / "logs").exists()
