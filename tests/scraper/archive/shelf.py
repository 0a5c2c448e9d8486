"""Save what a recorded case holds, as an archive has it."""

from pathlib import Path

CASES = Path(__file__).parents[1] / "cases"


def save(folder: Path, name: str, case: str) -> None:
    """Save a case's body under a name."""
    (body,) = (CASES / case).glob("body.*")
    put(folder, name, body.read_bytes())


def put(folder: Path, name: str, data: bytes) -> None:
    """Save a file, with the folders above it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
