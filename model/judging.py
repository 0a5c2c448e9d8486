"""From a method's readings to its figures: ranks artists and webtoons as a query does, and scores them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from model import scoring
from model.arrays import FloatArray, IntArray, unit
from model.contenders import Material, Reading, Sheet
from model.enrolling import judge_enrolment, rehearse
from model.evaluation_records import OpenSet, Regime, Score, Strangers
from model.gallery import Found, Gallery, open_gallery
from model.naming import Clues, Naming, fit_naming, log_chances
from model.protocol import Part
from model.ranking import Ranks, rank_webtoons
from model.scoring import Queries

FUSED = 5
_KNOWN = {
    Regime.IMAGES: Part.IMAGES,
    Regime.EPISODES: Part.EPISODES,
    Regime.WEBTOONS: Part.WEBTOONS,
}
_CHOOSING = (Part.EPISODES_VALIDATION, Part.WEBTOONS_VALIDATION)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Asked:
    """Single queries of one regime: their `rows` [q], right artists and chances [q, a] by column."""

    regime: Regime
    rows: IntArray
    right: IntArray
    chances: FloatArray
    nearest: IntArray
    similarity: FloatArray


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Verdict:
    """What a method's readings are worth; `asked` are its single queries in colour."""

    scores: tuple[Score, ...]
    open_sets: tuple[OpenSet, ...]
    hubness: float
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Bench:
    """One method under one condition, colour or grey."""

    name: str
    blends: bool
    grey: bool
    material: Material
    reading: Reading
    gallery: Gallery

    def queries(self, rows: IntArray) -> Queries:
        table = self.material.table
        return Queries(artists=table.artists[rows], webtoons=table.webtoons[rows])

    def columns(self, artists: IntArray) -> IntArray:
        return np.searchsorted(self.gallery.artists, artists).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Answers:
    """What groups of pictures found, with the clues for naming their artists."""

    queries: Queries
    found: Found
    clues: Clues


def judge(sheet: Sheet, material: Material, *, name: str, blends: bool = False) -> Verdict:
    """Score a method in all regimes, in colour and grey as far as it was read, with one and five pictures."""
    colour = _bench(sheet.colour, material, name=name, blends=blends, grey=False)
    namings = {count: _choose_naming(colour, count) for count in (1, FUSED)}
    scores, asked = _judge_known(colour, namings)
    temperatures = rehearse(material, sheet.colour, fused=FUSED)
    scores += judge_enrolment(
        material, sheet.colour, name=name, grey=False, fused=FUSED, temperatures=temperatures
    )
    open_sets = _judge_strangers(colour, sheet.impostors)
    if sheet.grey is not None:
        grey = _bench(sheet.grey, material, name=name, blends=blends, grey=True)
        scores += _judge_known(grey, namings)[0]
        scores += judge_enrolment(
            material, sheet.grey, name=name, grey=True, fused=FUSED, temperatures=temperatures
        )
        open_sets += _judge_strangers(grey, sheet.grey_impostors)
    hubs = colour.gallery.occurrences(sheet.colour.vectors[material.rows(Part.EPISODES, Part.WEBTOONS)])
    return Verdict(
        scores=tuple(scores),
        open_sets=tuple(open_sets),
        hubness=scoring.skewness(hubs),
        asked=tuple(asked),
    )


def _bench(reading: Reading, material: Material, *, name: str, blends: bool, grey: bool) -> _Bench:
    gallery = open_gallery(material.table, reading, rows=material.rows(Part.TRAINING))
    return _Bench(name=name, blends=blends, grey=grey, material=material, reading=reading, gallery=gallery)


def _ask(bench: _Bench, rows: IntArray, *, count: int) -> _Answers:
    """Ask with single pictures, or with groups of several of one webtoon fused."""
    queries = bench.queries(rows)
    groups = np.arange(len(rows))[:, None]
    if count > 1:
        groups, queries = scoring.fuse(queries, count)
    members = rows[groups]
    found = bench.gallery.ask(unit(bench.reading.vectors[members].mean(axis=1)))
    head = bench.reading.logits
    if head is None:
        return _Answers(queries=queries, found=found, clues=Clues(near=found.artists))
    said = log_chances(head[members.ravel()]).reshape(*members.shape, -1).mean(axis=1)
    return _Answers(queries=queries, found=found, clues=Clues(near=found.artists, head=said))


def _choose_naming(bench: _Bench, count: int) -> Naming:
    rows = bench.material.rows(*_CHOOSING)
    if not len(rows):
        none = np.zeros((0, len(bench.gallery.artists)), np.float32)
        clues = Clues(near=none, head=None if bench.reading.logits is None else none)
        nobody = np.zeros(0, np.int64)
        return fit_naming(clues, nobody, blends=bench.blends, fitting=nobody)
    answers = _ask(bench, rows, count=count)
    episodes = bench.material.rows(Part.EPISODES_VALIDATION)
    later = np.unique(bench.material.table.webtoons[episodes])
    fitting = np.flatnonzero(np.isin(answers.queries.webtoons, later))
    right = bench.columns(answers.queries.artists)
    return fit_naming(answers.clues, right, blends=bench.blends, fitting=fitting)


def _judge_known(bench: _Bench, namings: dict[int, Naming]) -> tuple[list[Score], list[Asked]]:
    scores, asked = [], []
    for regime, part in _KNOWN.items():
        rows = bench.material.rows(part)
        if not len(rows):
            continue
        for count, naming in namings.items():
            answers = _ask(bench, rows, count=count)
            chances = naming.chances(answers.clues)
            scores.append(_score(bench, answers, chances, regime=regime, count=count))
            if count == 1:
                asked.append(_asked(bench, answers, chances, regime=regime, rows=rows))
    return scores, asked


def _score(bench: _Bench, answers: _Answers, chances: FloatArray, *, regime: Regime, count: int) -> Score:
    queries = answers.queries
    right = bench.columns(queries.artists)
    ranks = _ranks(bench, answers, regime=regime)
    return Score(
        method=bench.name,
        regime=regime,
        grey=bench.grey,
        pictures=count,
        queries=len(right),
        top1=scoring.macro(scoring.is_among_first(chances, right, count=1), queries),
        top5=scoring.macro(scoring.is_among_first(chances, right, count=5), queries),
        map10=scoring.macro(ranks.precision, queries),
        recall1=scoring.macro(ranks.first, queries),
        recall10=scoring.macro(ranks.first_ten, queries),
        ece=scoring.calibration_error(scoring.reliability(chances, right)),
        nll=scoring.surprise(chances, right),
    )


def _ranks(bench: _Bench, answers: _Answers, *, regime: Regime) -> Ranks:
    table = bench.material.table
    own = _groups(table.webtoons, table.groups, answers.queries.webtoons)
    return rank_webtoons(
        answers.found.webtoons,
        bench.gallery.owners[None] == answers.queries.artists[:, None],
        hidden=(bench.gallery.groups[None] == own[:, None]) & (regime is Regime.WEBTOONS),
    )


def _groups(webtoons: IntArray, groups: IntArray, wanted: IntArray) -> IntArray:
    """Say of which series each wanted webtoon is."""
    known, first = np.unique(webtoons, return_index=True)
    return groups[first[np.searchsorted(known, wanted)]]


def _asked(bench: _Bench, answers: _Answers, chances: FloatArray, *, regime: Regime, rows: IntArray) -> Asked:
    return Asked(
        regime=regime,
        rows=rows,
        right=bench.columns(answers.queries.artists),
        chances=chances,
        nearest=answers.found.nearest,
        similarity=answers.found.similarity,
    )


def _judge_strangers(bench: _Bench, impostors: Reading | None) -> list[OpenSet]:
    known = bench.material.rows(Part.EPISODES)
    strangers = bench.material.rows(Part.ARTISTS)
    readings = {
        Strangers.ARTISTS: bench.reading[strangers] if len(strangers) else None,
        Strangers.IMPOSTORS: impostors,
    }
    if not len(known):
        return []
    familiar = _confidence(bench, bench.reading[known])
    return [
        OpenSet(
            method=bench.name,
            against=against,
            grey=bench.grey,
            strangers=len(reading.vectors),
            auroc=scoring.auroc(familiar, confidence),
            fpr95=scoring.false_positives(familiar, confidence),
        )
        for against, reading, confidence in _confidences(bench, readings)
    ]


def _confidences(
    bench: _Bench, readings: dict[Strangers, Reading | None]
) -> Iterator[tuple[Strangers, Reading, FloatArray]]:
    for against, reading in readings.items():
        if reading is not None:
            yield against, reading, _confidence(bench, reading)


def _confidence(bench: _Bench, reading: Reading) -> FloatArray:
    """Return how familiar pictures are: by the nearest style, or the best chance of a mere classifier."""
    if reading.logits is not None and not bench.blends:
        return np.asarray(log_chances(reading.logits).max(axis=1))
    return bench.gallery.ask(reading.vectors).nearness
