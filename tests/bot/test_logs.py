import json
import logging
import sys
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path

import pytest

from bot import logs
from bot.crash import write_report
from bot.settings import load_settings

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"  # noqa: S105  nobody's
ADDRESS = f"https://api.telegram.org/bot{TOKEN}/getMe"


class Log:
    """Sets the log up as if it were the first time, and keeps what is written."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self._written = StringIO()

    @property
    def text(self) -> str:
        """What was written."""
        return self._written.getvalue()

    def start(self, level: str, secrets: Sequence[str] = (), *, as_json: bool = False) -> None:
        """Log from a level on."""
        self._monkeypatch.setattr(logging.getLogger(), "handlers", [])  # without pytest's own
        self._monkeypatch.setattr(sys, "stderr", self._written)
        logs.set_up(level, secrets, as_json=as_json)


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[Log]:
    """Give a log to set up; all of it is undone afterwards."""
    loggers = [logging.getLogger(name) for name in ("", *logs.CHATTY, *logs.INDISCREET)]
    levels = [logger.level for logger in loggers]
    factory = logging.getLogRecordFactory()
    monkeypatch.setattr(logs, "_known", set())
    monkeypatch.setattr(logs, "_pattern", logs._pattern)
    yield Log(monkeypatch)
    logging.setLogRecordFactory(factory)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def fail(text: str) -> None:
    """Raise an error about a text, which was caused by another."""
    raise ValueError(text) from ConnectionError(text)


@pytest.mark.parametrize("secrets", [[TOKEN], []], ids=["known", "recognised"])
def test_token_is_never_written(log: Log, secrets: list[str]) -> None:
    """A token is hidden in message, arguments, objects, errors with their causes, and stacks."""
    log.start("debug", secrets)
    logger = logging.getLogger("some.library")
    logger.debug("GET %s", ADDRESS)
    logger.info(ADDRESS)
    logger.info("%(url)s", {"url": ADDRESS})
    logger.warning("%r", [Path(ADDRESS)])
    logger.warning("encoded %s", TOKEN.replace(":", "%3A"))
    logger.error("stack", stack_info=True, extra={"url": ADDRESS})
    try:
        fail(ADDRESS)
    except ValueError:
        logger.exception("failed")
    written = log.text
    assert "AAHdq" not in written
    assert written.count(logs.HIDDEN) >= 7
    assert "ConnectionError: https://api.telegram.org/bot[secret]/getMe" in written


def test_json_lines(log: Log) -> None:
    """As JSON, each line is one object with time in UTC, level, logger, message and reference."""
    log.start("info", as_json=True)
    logging.getLogger("bot.doors").warning("두 줄\nbroke (reference 0123abcd); it opens again")
    (line,) = log.text.splitlines()
    found = json.loads(line)
    assert found.pop("time").endswith("+00:00")
    assert found == {
        "level": "warning",
        "logger": "bot.doors",
        "message": "두 줄\nbroke (reference 0123abcd); it opens again",
        "reference": "0123abcd",
    }


def test_token_is_never_in_json(log: Log) -> None:
    """A token is hidden in JSON as in text, also in tracebacks, stacks and arguments."""
    log.start("debug", [TOKEN], as_json=True)
    logger = logging.getLogger("some.library")
    logger.warning("%r", {"url": ADDRESS}, stack_info=True)
    try:
        fail(ADDRESS)
    except ValueError:
        logger.exception("failed at %s", ADDRESS)
    assert "AAHdq" not in log.text
    first, second = (json.loads(line) for line in log.text.splitlines())
    assert "stack" in first
    assert second["error"].count(logs.HIDDEN) >= 2


def test_every_handler_has_clean_records(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another handler is given, whoever added it, is clean as well."""
    log.start("info")
    records: list[logging.LogRecord] = []
    handler = logging.Handler()
    monkeypatch.setattr(handler, "emit", records.append)
    logger = logging.getLogger("some.library")
    logger.addHandler(handler)
    try:
        logger.info("GET %s", ADDRESS)
    finally:
        logger.removeHandler(handler)
    (record,) = records
    assert "AAHdq" not in str(vars(record))
    assert "AAHdq" not in log.text


def test_message_that_does_not_fit_its_arguments(log: Log) -> None:
    """What logging itself says about a faulty call is clean too."""
    log.start("info")
    logging.getLogger("some.library").info("%d and %d", ADDRESS, ADDRESS)
    assert "Logging error" in log.text
    assert "AAHdq" not in log.text


def test_any_secret_is_hidden(log: Log) -> None:
    """A secret without the looks of one is hidden once it is known; a word is none."""
    log.start("info", ["my-webhook-secret", "a", ""])
    logging.getLogger("some.library").info("a wrong my-webhook-secret came")
    assert log.text.endswith("a wrong [secret] came\n")


def test_discord_token_is_recognised() -> None:
    """A token of Discord is recognised, and no name of a module, address or moment is taken for one."""
    token = "MTExMTExMTExMTExMTExMTEx.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789"  # noqa: S105  nobody's
    assert logs.redact(f"Bot {token}") == "Bot [secret]"
    plain = "2026-11-24 03:41:43,120 bot.telegram.queries http://127.0.0.1:8080/picture/" + "0f" * 32
    assert logs.redact(plain) == plain


def test_libraries_are_quiet(log: Log) -> None:
    """Requests of the networks' libraries are told at debug only."""
    log.start("info")
    logging.getLogger("httpx").info("HTTP Request: GET %s", ADDRESS)
    assert log.text == ""
    log.start("debug")
    logging.getLogger("httpx").info("HTTP Request: GET %s", ADDRESS)
    assert "HTTP Request: GET https://api.telegram.org/bot[secret]" in log.text


@pytest.mark.parametrize("name", ["telegram.ext.ExtBot", "discord.gateway", "aiosqlite"])
def test_messages_of_users_are_never_told(log: Log, name: str) -> None:
    """Not even at debug do libraries write down what users have sent."""
    log.start("debug")
    logging.getLogger(name).debug("Processing update %s", {"text": "a secret of a user"})
    assert log.text == ""


def test_errors_are_told_at_error(log: Log) -> None:
    """Who wants errors only is not told the libraries' warnings."""
    log.start("error")
    logging.getLogger("telegram").warning("retrying")
    logging.getLogger("telegram").error("gave up")
    assert "retrying" not in log.text
    assert "gave up" in log.text


def test_settings_hide_their_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings show no secret, however they are printed, and name those to be hidden."""
    monkeypatch.setenv("GRIMCHE_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("GRIMCHE_TELEGRAM_WEBHOOK_SECRET", "my-webhook-secret")
    settings = load_settings()
    shown = f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert "AAHdq" not in shown
    assert "webhook-secret" not in shown
    assert settings.secrets == (TOKEN, "my-webhook-secret")


def test_report_of_a_crash_is_clean(tmp_path: Path) -> None:
    """The report that users are asked to pass on holds no token."""
    try:
        fail(ADDRESS)
    except ValueError as error:
        report = write_report(error, folder=tmp_path, command=["grimche", TOKEN])
    assert report.path is not None
    text = report.path.read_text(encoding="utf-8")
    assert "AAHdq" not in text
    assert "ConnectionError: https://api.telegram.org/bot[secret]/getMe" in text
