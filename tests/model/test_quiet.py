"""What TensorFlow and LiteRT may say."""

import logging
import os
import tempfile

import pytest

from model import quiet
from model.quiet import GREETING, hush_tensorflow, ungreeted


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


@pytest.fixture
def not_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let LiteRT greet, as in a process that has just begun."""
    monkeypatch.setattr(quiet, "_greeted", False)


@pytest.mark.usefixtures("not_yet")
def test_the_greeting_alone_is_kept_back(capfd: pytest.CaptureFixture[str]) -> None:
    """What the process says while LiteRT greets is said afterwards, whole and in order."""
    with ungreeted():
        os.write(2, b"one\n" + GREETING + b" for CPU.\ntwo\n")
    assert capfd.readouterr().err == "one\ntwo\n"


@pytest.mark.usefixtures("not_yet")
def test_a_failure_takes_no_words_away(capfd: pytest.CaptureFixture[str]) -> None:
    """Where the network cannot be opened, what was said goes out as well, and the output is open again."""

    def fail() -> None:
        os.write(2, b"one\n")
        raise RuntimeError

    with pytest.raises(RuntimeError), ungreeted():
        fail()
    os.write(2, b"two\n")
    assert capfd.readouterr().err == "one\ntwo\n"


@pytest.mark.usefixtures("not_yet")
def test_nowhere_to_keep_words(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a folder for temporary files the greeting is heard, and nothing else changes."""
    with monkeypatch.context() as patched:
        patched.setattr(tempfile, "tempdir", "/nowhere")
        with ungreeted():
            os.write(2, GREETING)
    assert capfd.readouterr().err == GREETING.decode()
