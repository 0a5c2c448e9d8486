"""An internet on this machine: names and public addresses, with local servers behind them."""

from collections.abc import Sequence

from tests.platforms.server import LocalServer

PUBLIC = "93.184.216.34"


class LocalInternet:
    """Names as the test wants them, and what lies behind public addresses on ports of this machine."""

    def __init__(self, servers: dict[str, LocalServer]) -> None:
        self.names: dict[str, list[Sequence[str]]] = {"pictures.example.org": [[PUBLIC]]}
        self.asked: list[str] = []
        self._servers = servers

    async def look_up(self, host: str) -> Sequence[str]:
        """Answer with what is next for the host, and with the last again and again."""
        self.asked.append(host)
        answers = self.names.get(host)
        if answers is None:
            raise OSError("no such name")
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def route(self, address: str, port: int) -> tuple[str, int]:
        """Lead a public address to its server; any other is a fault of the guard."""
        assert port == 80
        host, _, local = self._servers[address].origin.removeprefix("http://").partition(":")
        return host, int(local)
