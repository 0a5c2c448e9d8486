"""E3: artists never trained on, known by a few thumbnails of one webtoon and asked with another."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

import numpy as np

from model import scoring
from model.arrays import FloatArray, IntArray
from model.contenders import Material, Reading
from model.evaluation import fit_temperature
from model.evaluation_records import Figure, Regime, Score
from model.index import best_means
from model.naming import NEAR
from model.newcomers import DRAWS, Asking, Newcomers, ask, enrol
from model.painters import BEST
from model.protocol import Part
from model.ranking import Ranks, rank_webtoons

ENROLLED = (1, 5, 10, 50)

# By how many pictures make a query and how many thumbnails each artist is known by.
Temperatures = Mapping[tuple[int, int], float]


def rehearse(material: Material, reading: Reading, *, fused: int) -> Temperatures:
    """Fit what turns scores of newcomers to probabilities, without looking at any newcomer.

    Artists who are trained on play the new ones: they are enrolled with thumbnails of one webtoon for
    training and asked with another one for validation, or with later episodes where there is no other.
    A generation has the temperature of its calibration.
    """
    if reading.serving is not None:
        temperature = reading.serving.calibration.temperature
        return dict.fromkeys(product((1, fused), ENROLLED), temperature)
    asking = material.rows(Part.WEBTOONS_VALIDATION)
    if not len(asking):
        asking = material.rows(Part.EPISODES_VALIDATION)
    if not len(asking):
        return {}
    training = material.rows(Part.TRAINING)
    players = enrol(material, reading, known=training, enrolment=_one_webtoon_each(material, training))
    temperatures = {}
    for count in (1, fused):
        asked = ask(players, material, reading, rows=asking, count=count)
        right = np.tile(players.right(asked.queries), DRAWS)
        for enrolled in ENROLLED:
            scores = np.concatenate(list(players.scores(asked, enrolled=enrolled)))
            temperatures[count, enrolled] = fit_temperature(scores, right)
    return temperatures


def judge_enrolment(
    material: Material, reading: Reading, *, name: str, grey: bool, fused: int, temperatures: Temperatures
) -> list[Score]:
    """Score a method with 1, 5, 10 and 50 thumbnails of each new artist, asked with one or `fused` pictures.

    Artists are named among the new ones, and once more among all; webtoons are ranked among all that are
    known or enrolled.
    Figures are means over five draws of thumbnails.
    """
    enrolment, asking = material.rows(Part.ENROLMENT), material.rows(Part.ARTISTS)
    if not len(enrolment) or not len(asking):
        return []
    newcomers = enrol(material, reading, known=material.rows(Part.TRAINING), enrolment=enrolment)
    scores = []
    for count in (1, fused):
        asked = ask(newcomers, material, reading, rows=asking, count=count)
        for enrolled in ENROLLED:
            temperature = temperatures.get((count, enrolled), NEAR)
            score = _score(newcomers, asked, enrolled=enrolled, temperature=temperature)
            scores.append(replace(score, method=name, grey=grey, pictures=count))
    return scores


def _one_webtoon_each(material: Material, rows: IntArray) -> IntArray:
    """Choose of `rows` those of each artist's first webtoon among them."""
    table = material.table
    first = [
        table.webtoons[rows][table.artists[rows] == artist].min() for artist in np.unique(table.artists[rows])
    ]
    return rows[np.isin(table.webtoons[rows], first)]


def _score(newcomers: Newcomers, asked: Asking, *, enrolled: int, temperature: float) -> Score:
    """Score one number of thumbnails; whose score it is remains to be filled in."""
    figures = _figures(newcomers, asked, enrolled=enrolled)
    top1, top5, among_all, precision, first, first_ten = (
        scoring.macro(each, asked.queries) for each in figures
    )
    ece, nll = _honesty(newcomers, asked, enrolled=enrolled, temperature=temperature)
    return Score(
        method="",
        regime=Regime.ARTISTS,
        enrolled=enrolled,
        queries=len(asked.similarities),
        top1=top1,
        top5=top5,
        map10=precision,
        recall1=first,
        recall10=first_ten,
        ece=ece,
        nll=nll,
        artists=len(newcomers.places),
        among_all=among_all,
    )


def _figures(newcomers: Newcomers, asked: Asking, *, enrolled: int) -> tuple[FloatArray, ...]:
    """Return what a score has of each query [q], means over draws.

    Top-1 and top-5 among the new artists, top-1 among all, precision, first and first ten of webtoons.
    """
    gallery = newcomers.gallery
    webtoons = asked.average(best_means(asked.similarities, gallery.index.starts, count=BEST))
    artists = asked.average(gallery.painters.scores(asked.similarities))
    right = newcomers.right(asked.queries)
    relevant = gallery.owners[None] == asked.queries.artists[:, None]
    draws = []
    for scores in newcomers.scores(asked, enrolled=enrolled):
        webtoons[:, newcomers.places] = scores
        ranks: Ranks = rank_webtoons(webtoons, relevant, hidden=np.zeros_like(relevant))
        named = [scoring.is_among_first(scores, right, count=count) for count in (1, 5)]
        artists[:, newcomers.artists] = scores
        everyone = newcomers.name(asked, artists)
        named.append(scoring.is_among_first(everyone, newcomers.artists[right], count=1))
        draws.append([*named, ranks.precision, ranks.first, ranks.first_ten])
    return tuple(np.mean(draws, axis=0, dtype=np.float32))


def _honesty(
    newcomers: Newcomers, asked: Asking, *, enrolled: int, temperature: float
) -> tuple[Figure, Figure]:
    """Return calibration error and surprise over all draws."""
    scores = np.concatenate(list(newcomers.scores(asked, enrolled=enrolled)))
    chances = scoring.probabilities(np.asarray(scores / temperature, np.float32))
    right = np.tile(newcomers.right(asked.queries), DRAWS)
    webtoons = np.tile(asked.queries.webtoons, DRAWS)
    return (
        scoring.calibration_error(chances, right, webtoons=webtoons),
        scoring.surprise(chances, right, webtoons=webtoons),
    )
