"""Find webtoons by parts of their titles and of their artists' names."""

import json

from storage.catalogue import STORED_WEBTOONS, stored_webtoon
from storage.database import Connection
from storage.records import StoredWebtoon
from storage.values import title_of

_LONGEST = 100  # characters of a query that are looked at
_PIECE = 3  # characters that the trigram index needs

# :short is a JSON array of LIKE patterns, each of which the title or a name must fit.
_FITS_SHORT = """
NOT EXISTS (
    SELECT 1 FROM json_each(:short) AS part
    WHERE webtoon_search.title NOT LIKE part.value ESCAPE '\\'
    AND webtoon_search.artists NOT LIKE part.value ESCAPE '\\')
"""

# Titles that begin so, those that contain it, and last what only fits an artist; the whole title is the
# shortest of those that begin so.
_BEST_FIRST = """
ORDER BY
    CASE instr(lower(webtoon_search.title), lower(:whole)) WHEN 1 THEN 0 WHEN 0 THEN 2 ELSE 1 END,
    length(webtoon_search.title), webtoons.title, webtoons.id
LIMIT :limit
"""

_JOINED = f"{STORED_WEBTOONS} JOIN webtoon_search ON webtoon_search.rowid = webtoons.id"
_BY_INDEX = f"{_JOINED} WHERE webtoon_search MATCH :long AND {_FITS_SHORT} {_BEST_FIRST}"
_BY_SCAN = f"{_JOINED} WHERE {_FITS_SHORT} {_BEST_FIRST}"


async def search(connection: Connection, text: str, *, limit: int = 10) -> list[StoredWebtoon]:
    """Find webtoons whose title or artist contains `text`, spaces and case aside.

    The same title comes first, then titles that begin so, then the others.  Where nothing contains the
    whole text, its words may lie apart.
    """
    words = title_of(text)[:_LONGEST].split()
    whole = "".join(words)
    if not whole:
        return []
    found = await _find(connection, [whole], whole=whole, limit=limit)
    if not found and len(words) > 1:
        found = await _find(connection, words, whole=whole, limit=limit)
    return found


async def _find(connection: Connection, parts: list[str], *, whole: str, limit: int) -> list[StoredWebtoon]:
    """Find webtoons that contain all `parts`, those long enough by the index."""
    long = " AND ".join(_quoted(part) for part in parts if len(part) >= _PIECE)
    short = json.dumps([_pattern(part) for part in parts if len(part) < _PIECE])
    sql = _BY_INDEX if long else _BY_SCAN
    values = {"long": long, "short": short, "whole": whole, "limit": limit}
    return [stored_webtoon(row) for row in await connection.rows(sql, values)]


def _quoted(part: str) -> str:
    """Make a string of FTS5, inside which nothing is an operator."""
    doubled = part.replace('"', '""')
    return f'"{doubled}"'


def _pattern(part: str) -> str:
    """Make a LIKE pattern for texts that contain `part`."""
    for sign in "\\%_":
        part = part.replace(sign, f"\\{sign}")
    return f"%{part}%"
