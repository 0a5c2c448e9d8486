"""How a set is divided for a generation that is to serve."""

from dataclasses import replace

from model.protocol import Rules, Split, Table, draw_serving_split

SPLIT = "split.json"
# What serves shall know every artist and nearly every webtoon: no unknown artists, no random images, and one
# webtoon held out of every fifth artist who has two.
SERVING = Rules(unknown=0.0, spared=0.2, images=0.0)


def serving_split(table: Table, *, seed: int = 2020) -> Split:
    """Divide a set so that every artist is trained on, and nearly every webtoon.

    One webtoon of every fifth artist who has two chooses the checkpoint.  Of every other webtoon the last
    fifth in time is held out, and compares generations; only sequels of those that choose are left out.
    """
    return draw_serving_split(table, replace(SERVING, seed=seed))
