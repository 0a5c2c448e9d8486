"""Why a match is one, as the JSON of the command line and of the web chat; names and types stay.

Areas are [left, top, right, bottom] in shares of 0..1: of the picture, or for patches of what was looked at
in it.  A heat map adds up to the similarity; it is empty where the generation cannot say where it looked::

    {"similarity": -1..1, "sample": int, "picture": int, "asked": sha256 | "",
     "match": {"rank": int, "score": 0..1, "id": int, "title": str, "artists": [str], "episode": int,
               "picture": sha256},
     "patches": [{"query": area, "thumbnail": area, "part": float}],
     "query": side, "thumbnail": side}
    side: {"area": area, "heat": [[float]], "palette": [{"colour": "#rrggbb", "share": 0..1}],
           "traits": {name: 0..1}}
"""

import json

from storage.answers import Area, Colour, Match, Side, Why


def why_json(why: Why) -> str:
    """Write as JSON."""
    value = {
        "similarity": round(why.similarity, 6),
        "sample": why.sample,
        "picture": why.picture,
        "asked": why.asked,
        "match": _match(why.match),
        "patches": [
            {"query": _area(pair.query), "thumbnail": _area(pair.thumbnail), "part": round(pair.part, 6)}
            for pair in why.patches
        ],
        "query": _side(why.query),
        "thumbnail": _side(why.thumbnail),
    }
    return json.dumps(value, ensure_ascii=False)


def hexadecimal(colour: Colour) -> str:
    """Write a colour as CSS does."""
    return f"#{colour.red:02x}{colour.green:02x}{colour.blue:02x}"


def _match(match: Match) -> dict[str, object]:
    webtoon = match.stored.webtoon
    return {
        "rank": match.rank,
        "score": match.score,
        "id": match.stored.id,
        "title": webtoon.title,
        "artists": list(webtoon.painters),
        "episode": match.episode,
        "picture": match.picture,
    }


def _side(side: Side) -> dict[str, object]:
    return {
        "area": _area(side.area),
        "heat": [[round(value, 7) for value in row] for row in side.heat],
        "palette": [{"colour": hexadecimal(tone), "share": round(tone.share, 4)} for tone in side.palette],
        "traits": {measured.trait.value: round(measured.percentile, 4) for measured in side.measured},
    }


def _area(area: Area) -> list[float]:
    return [round(side, 6) for side in (area.left, area.top, area.right, area.bottom)]
