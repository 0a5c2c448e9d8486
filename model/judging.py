"""From a method's readings to its figures: ranks artists and webtoons as a query does, and scores them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model import scoring
from model.arrays import FloatArray, IntArray, unit
from model.contenders import Material, Reading, Sheet
from model.enrolling import judge_enrolment, rehearse
from model.evaluation import fit_temperature
from model.evaluation_records import Figure, OpenSet, Regime, Score, Strangers
from model.gallery import Found, Gallery, open_gallery
from model.naming import NEAR, SURE, log_chances
from model.open_set import Familiar, auroc, false_positives
from model.protocol import Part
from model.ranking import Ranks, rank_webtoons
from model.scoring import Queries
from model.served import answer, trained_in
from model.trained import Trained

FUSED = 5
_KNOWN = {
    Regime.IMAGES: Part.IMAGES,
    Regime.EPISODES: Part.EPISODES,
    Regime.WEBTOONS: Part.WEBTOONS,
}


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
    """One method under one condition, colour or grey; a generation knows artists that it was `trained` on."""

    name: str
    grey: bool
    material: Material
    reading: Reading
    gallery: Gallery
    trained: Trained | None

    def queries(self, rows: IntArray) -> Queries:
        table = self.material.table
        return Queries(artists=table.artists[rows], webtoons=table.webtoons[rows])

    def columns(self, artists: IntArray) -> IntArray:
        return np.searchsorted(self.gallery.artists, artists).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Answers:
    """What groups of pictures found; `speaking` [q, a] is what speaks for artists, or their shares."""

    queries: Queries
    found: Found
    speaking: FloatArray


def judge(sheet: Sheet, material: Material, *, name: str) -> Verdict:
    """Score a method in all regimes, in colour and grey as far as it was read, with one and five pictures."""
    colour = _bench(sheet.colour, material, name=name, grey=False)
    naming = {count: _naming_temperature(colour, count) for count in (1, FUSED)}
    scores, asked = _judge_known(colour, naming)
    temperatures = rehearse(material, sheet.colour, fused=FUSED)
    scores += judge_enrolment(
        material, sheet.colour, name=name, grey=False, fused=FUSED, temperatures=temperatures
    )
    open_sets = _judge_strangers(colour, sheet.impostors)
    if sheet.grey is not None:
        grey = _bench(sheet.grey, material, name=name, grey=True)
        scores += _judge_known(grey, naming)[0]
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


def _bench(reading: Reading, material: Material, *, name: str, grey: bool) -> _Bench:
    gallery = open_gallery(material.table, reading, rows=material.rows(Part.TRAINING))
    trained = None if reading.serving is None else trained_in(gallery, material, reading.serving)
    return _Bench(name=name, grey=grey, material=material, reading=reading, gallery=gallery, trained=trained)


def _ask(bench: _Bench, rows: IntArray, *, count: int) -> _Answers:
    """Ask with single pictures, or with groups of several of one webtoon fused."""
    queries = bench.queries(rows)
    groups = np.arange(len(rows))[:, None]
    if count > 1:
        groups, queries = scoring.fuse(queries, count)
    members = rows[groups]
    if bench.reading.serving is not None:
        found = answer(bench.gallery, bench.reading, members, trained=bench.trained)
        return _Answers(queries=queries, found=found, speaking=found.artists)
    found = bench.gallery.ask(unit(bench.reading.vectors[members].mean(axis=1)))
    head = bench.reading.logits
    if head is None:
        return _Answers(queries=queries, found=found, speaking=found.artists)
    said = log_chances(head[members.ravel()]).reshape(*members.shape, -1).mean(axis=1)
    return _Answers(queries=queries, found=found, speaking=said)


def _naming_temperature(bench: _Bench, count: int) -> float | None:
    """Fit on validation what turns that to shares which speaks for artists; None for what are shares."""
    if bench.reading.serving is not None:
        return None
    rows, head = bench.material.rows(Part.EPISODES_VALIDATION), bench.reading.logits is not None
    if not len(rows):
        return SURE if head else NEAR
    answers = _ask(bench, rows, count=count)
    return fit_temperature(answers.speaking, bench.columns(answers.queries.artists))


def _judge_known(bench: _Bench, naming: Mapping[int, float | None]) -> tuple[list[Score], list[Asked]]:
    scores, asked = [], []
    for regime, part in _KNOWN.items():
        rows = bench.material.rows(part)
        if not len(rows):
            continue
        for count, temperature in naming.items():
            answers = _ask(bench, rows, count=count)
            chances = answers.speaking
            if temperature is not None:
                chances = scoring.probabilities(np.asarray(chances / temperature, np.float32))
            scores.append(_score(bench, answers, chances, regime=regime, count=count))
            if count == 1:
                asked.append(_asked(bench, answers, chances, regime=regime, rows=rows))
    return scores, asked


def _score(bench: _Bench, answers: _Answers, chances: FloatArray, *, regime: Regime, count: int) -> Score:
    queries = answers.queries
    right, webtoons = bench.columns(queries.artists), queries.webtoons
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
        ece=scoring.calibration_error(chances, right, webtoons=webtoons),
        nll=scoring.surprise(chances, right, webtoons=webtoons),
        told=_told(bench, answers, chances, right=right),
        artists=chances.shape[1],
    )


def _told(bench: _Bench, answers: _Answers, chances: FloatArray, *, right: IntArray) -> Figure | None:
    """Judge the shares as the bot tells them, less what it leaves for somebody else."""
    serving = bench.reading.serving
    if serving is None:
        return None
    known = [serving.calibration.known(near) for near in answers.found.nearness.tolist()]
    told = chances * np.array(known, np.float32)[:, None]
    return scoring.calibration_error(told, right, webtoons=answers.queries.webtoons)


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
    table = bench.material.table
    rows, strangers = bench.material.rows(Part.EPISODES), bench.material.rows(Part.ARTISTS)
    if not len(rows):
        return []
    known = _familiar(bench, bench.reading[rows], webtoons=table.webtoons[rows])
    against = {}
    if len(strangers):
        own = table.webtoons[strangers]
        against[Strangers.ARTISTS] = _familiar(bench, bench.reading[strangers], webtoons=own)
    if impostors is not None:
        each = np.arange(len(impostors.vectors))
        against[Strangers.IMPOSTORS] = _familiar(bench, impostors, webtoons=each)
    return [
        OpenSet(
            method=bench.name,
            against=kind,
            grey=bench.grey,
            strangers=len(others.values),
            auroc=auroc(known, others),
            fpr95=false_positives(known, others),
        )
        for kind, others in against.items()
    ]


def _familiar(bench: _Bench, reading: Reading, *, webtoons: IntArray) -> Familiar:
    """Say how familiar pictures are: as the bot does, by the nearest style, or a classifier's best chance."""
    if reading.serving is not None:
        each = np.arange(len(reading.vectors))[:, None]
        values = answer(bench.gallery, reading, each, trained=None).nearness
    elif reading.logits is not None:
        values = np.asarray(log_chances(reading.logits).max(axis=1))
    else:
        values = bench.gallery.ask(reading.vectors).nearness
    return Familiar(values=values, webtoons=webtoons)
