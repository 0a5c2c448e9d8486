"""Run the protocol: method after method, with everything that was found so far after each of them."""

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import numpy as np

from model.arrays import FloatArray, unit
from model.contenders import Contender, Material, Reading, Sheet, Tell, read_all
from model.evaluation_records import Epoch, Evaluation, Method, Regime, Tool
from model.findings import artists_of, confusion_of, hard_pairs_of, of_regime, reliability_of, style_map_of
from model.judging import Verdict, judge
from model.protocol import parts_of
from storage.errors import GrimcheError

_SHOWN = (Regime.EPISODES, Regime.WEBTOONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What an evaluation says of itself: its generation and the method shown in detail.

    The generation is the one whose vectors are judged, or the starter where everything is trained.
    """

    generation: str
    main: str
    tools: tuple[Tool, ...] = ()
    created: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))


def evaluate(
    material: Material, contenders: Sequence[Contender], *, heading: Heading, tell: Tell
) -> Iterator[Evaluation]:
    """Let every contender learn and be judged; yield what is known after each, complete after the last.

    A method that cannot be trained on this set stays in the list with its fault, without scores.
    """
    begin = time.perf_counter()
    found = _empty(material, heading)
    for place, contender in enumerate(contenders):
        try:
            method = contender.learn(material, tell=_named(tell, contender.name))
            sheet = read_all(contender, material, tell=_named(tell, contender.name))
        except GrimcheError as error:
            found = replace(found, methods=(*found.methods, Method(name=contender.name, fault=str(error))))
        else:
            verdict = judge(sheet, material, name=contender.name)
            found = _with(found, verdict, method=method)
            if contender.name == heading.main:
                found = _with_details(found, verdict, material, vectors=sheet.colour.vectors)
        complete = place == len(contenders) - 1
        found = replace(found, complete=complete, seconds=time.perf_counter() - begin)
        yield found


def evaluate_stored(
    material: Material, stored: Reading, *, heading: Heading, epochs: tuple[Epoch, ...] = ()
) -> Evaluation:
    """Judge what a catalogue holds, beside chance: in colour only, without impostors.

    `epochs` are those of the training, whenever that was, that the vectors come from.
    """
    begin = time.perf_counter()
    found = _empty(material, heading)
    random = np.random.default_rng(0).normal(size=(len(stored.vectors), 64)).astype(np.float32)
    chance = Reading(vectors=unit(random))
    methods = ((Method(name="chance"), chance), (Method(name=heading.main, epochs=epochs), stored))
    for method, own in methods:
        verdict = judge(Sheet(colour=own), material, name=method.name)
        found = _with(found, verdict, method=method)
    found = _with_details(found, verdict, material, vectors=stored.vectors)
    return replace(found, complete=True, seconds=time.perf_counter() - begin)


def fingerprint(material: Material) -> str:
    """Name the data and the split: what a figure must share with another to be compared with it."""
    digest = hashlib.sha256(material.split.to_json().encode())
    for array in (material.table.artists, material.table.webtoons, material.table.episodes):
        digest.update(array.tobytes())
    digest.update(material.table.hashes.tobytes())
    return digest.hexdigest()[:16]


def _empty(material: Material, heading: Heading) -> Evaluation:
    return Evaluation(
        created=heading.created,
        generation=heading.generation,
        main=heading.main,
        complete=False,
        seconds=0.0,
        fingerprint=fingerprint(material),
        parts=parts_of(material.table, material.marks),
        tools=heading.tools,
    )


def _with(found: Evaluation, verdict: Verdict, *, method: Method) -> Evaluation:
    return replace(
        found,
        methods=(*found.methods, replace(method, hubness=verdict.hubness)),
        scores=(*found.scores, *verdict.scores),
        open_sets=(*found.open_sets, *verdict.open_sets),
    )


def _with_details(
    found: Evaluation, verdict: Verdict, material: Material, *, vectors: FloatArray
) -> Evaluation:
    asked = [each for regime in _SHOWN for each in of_regime(verdict.asked, regime)]
    name = found.main
    return replace(
        found,
        confusions=tuple(confusion_of(each, material, method=name) for each in asked),
        reliabilities=tuple(reliability_of(each, method=name) for each in asked),
        artists=tuple(one for each in asked for one in artists_of(each, material, method=name)),
        hard_pairs=tuple(one for each in asked for one in hard_pairs_of(each, material, method=name)),
        style_map=style_map_of(vectors, material),
    )


def _named(tell: Tell, name: str) -> Tell:
    return lambda what, share: tell(f"{name}: {what}", share)
