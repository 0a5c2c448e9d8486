"""What TensorFlow may say."""

import logging

import pytest

from model.quiet import hush_tensorflow


def test_warnings_are_kept_back(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """TensorFlow's warnings, as of networks that are traced anew, do not reach the terminal; faults do."""
    monkeypatch.delenv("TF_CPP_MIN_LOG_LEVEL", raising=False)
    said = pytest.importorskip("tensorflow").get_logger()
    before = said.level
    try:
        hush_tensorflow()
        handler = logging.StreamHandler()
        said.addHandler(handler)
        said.warning("5 out of the last 5 calls triggered retracing")
        said.error("a fault")
    finally:
        said.removeHandler(handler)
        said.setLevel(before)
    assert capsys.readouterr().err == "a fault\n"
