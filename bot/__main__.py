"""Run the command line: the boundary that turns every end into an exit code and one sentence."""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn, TextIO

import click

from bot.cli import cli
from bot.cli.context import Context, clean
from storage.errors import GrimcheError, SettingsError, Stopped

DONE, NOT_POSSIBLE, UNEXPECTED, INTERRUPTED = 0, 1, 3, 130


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        _let_pass_anything(stream)
    _hold_back_what_is_ignored()
    signal.signal(signal.SIGTERM, _interrupt)
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    shared = Context()
    try:
        with cli.make_context("grimche", list(arguments), obj=shared) as context:
            cli.invoke(context)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _say("Stopped.", code=INTERRUPTED)
    except Exception as error:  # noqa: BLE001  the one place that catches whatever is left
        return _end(error, shared, arguments=arguments)
    return DONE


def _end(error: Exception, shared: Context, *, arguments: Sequence[str]) -> int:
    """Tell the user what ended the command, and return the exit code."""
    match error:
        case click.exceptions.Exit():
            return error.exit_code
        case click.ClickException():
            error.show()
            return NOT_POSSIBLE
        case Stopped():
            return _say(_sentence(error, shared), code=INTERRUPTED)
        case GrimcheError():
            return _say(_sentence(error, shared), code=NOT_POSSIBLE)
        case BrokenPipeError():
            return _stop_writing()
        case _:
            return _report(error, shared, arguments=arguments)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    """Take a request to end like Ctrl-C, which asyncio and every `finally` know how to handle."""
    signal.raise_signal(signal.SIGINT)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _hold_back_what_is_ignored() -> None:
    """Let Ctrl-C wait where it is ignored, as shells start what runs in the background.

    asyncio only ends its tasks in order when it may handle Ctrl-C, and where that is ignored it does not.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _let_pass_anything(stream: TextIO) -> None:
    """Show escapes where a terminal's encoding has no Hangul, instead of failing."""
    stream.reconfigure(errors="backslashreplace")  # type: ignore[attr-defined]  # it is a TextIOWrapper


def _sentence(error: GrimcheError, shared: Context) -> str:
    """Say the error in the user's language; settings that cannot be read name none."""
    return str(error) if isinstance(error, SettingsError) else shared.texts.error(error)


def _say(sentence: str, *, code: int) -> int:
    click.echo(clean(sentence), err=True)
    return code


def _stop_writing() -> int:
    """End quietly when the reader had enough, as with `| head`."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def _report(error: Exception, shared: Context, *, arguments: Sequence[str]) -> int:
    from bot.crash import write_report  # noqa: PLC0415  hopefully never needed

    report = write_report(error, folder=_logs(shared), command=["grimche", *arguments])
    place = f" Please report it with {report.path}." if report.path else ""
    return _say(f"Something went wrong (reference {report.reference}).{place}", code=UNEXPECTED)


def _logs(shared: Context) -> Path | None:
    try:
        return shared.settings.logs
    except GrimcheError:
        return None


if __name__ == "__main__":
    main()
