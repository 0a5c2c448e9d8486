"""Keep TensorFlow and LiteRT from talking to the user."""

import logging
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

GREETING = b"INFO: Created TensorFlow Lite XNNPACK delegate"

_greeting = threading.Lock()
_greeted = False


def hush_tensorflow() -> None:
    """Let it say faults only; to be called before it is imported.

    It greets with what the machine lacks, and warns that networks are traced anew, which they are on purpose:
    pictures come in several sizes.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    logging.getLogger("tensorflow").setLevel(logging.ERROR)


@contextmanager
def ungreeted() -> Iterator[None]:
    """Keep LiteRT's greeting, which no setting turns off, from the process's error output.

    What else is said there meanwhile, by any thread, is said a moment later.
    """
    global _greeted  # noqa: PLW0603  it greets once in a process
    with _greeting:
        if _greeted:
            yield
            return
        _greeted = True
        with ExitStack() as opened:
            try:
                kept = os.dup(2)
                opened.callback(os.close, kept)
                heard = opened.enter_context(tempfile.TemporaryFile())
            except OSError:  # there is no error output to keep clean, or no place to keep what it is told
                yield
                return
            os.dup2(heard.fileno(), 2)
            try:
                yield
            finally:
                os.dup2(kept, 2)
                heard.seek(0)
                with suppress(OSError):  # nobody reads it
                    os.write(kept, b"".join(line for line in heard if not line.startswith(GREETING)))
