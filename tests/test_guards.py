"""The guards of conftest.py bite."""

import os
import socket
from pathlib import Path

import pytest


@pytest.mark.parametrize("host", ["192.0.2.1", "::2", "example.org"])
def test_outside_is_refused(host: str) -> None:
    """A test that opens a connection beyond this machine fails."""
    with pytest.raises(AssertionError, match=r"connect|look-up"):
        socket.create_connection((host, 80), timeout=0.1)


def test_listening_to_everybody_is_refused() -> None:
    """A test that listens on all interfaces fails."""
    with socket.socket() as listener, pytest.raises(AssertionError, match="bind"):
        listener.bind(("", 0))


def test_this_machine_is_reached() -> None:
    """A test may talk to its own servers."""
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass


def test_settings_do_not_leak_in(tmp_path: Path) -> None:
    """A test sees no GRIMCHE_ setting and no data folder of the developer."""
    assert not [name for name in os.environ if name.startswith("GRIMCHE_")]
    assert Path.cwd() == tmp_path
