"""Keep TensorFlow from talking to the user."""

import logging
import os


def hush_tensorflow() -> None:
    """Let it say faults only; to be called before it is imported.

    It greets with what the machine lacks, and warns that networks are traced anew, which they are on purpose:
    pictures come in several sizes.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    logging.getLogger("tensorflow").setLevel(logging.ERROR)
