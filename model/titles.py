"""Which webtoons a split speaks of: its numbers are those of one catalogue, and mean others in another."""

import json
from collections.abc import Mapping

TITLES = "titles.json"
_SAME = 0.9  # of the titles; some change in time


def print_titles(titles: Mapping[int, str]) -> bytes:
    """Write the titles of webtoons by number."""
    return json.dumps({str(number): title for number, title in titles.items()}, ensure_ascii=False).encode()


def are_of(noted: bytes, titles: Mapping[int, str]) -> bool:
    """Say whether what print_titles wrote names webtoons of the catalogue that has `titles`."""
    try:
        known = {int(number): title for number, title in json.loads(noted).items()}
    except (ValueError, AttributeError):
        return False
    same = sum(titles.get(number) == title for number, title in known.items())
    return bool(same >= _SAME * len(known))
