"""What a method's vectors are worth."""

import numpy as np
import pytest

from model.arrays import unit
from model.contenders import Reading, Sheet
from model.enrolling import rehearse
from model.evaluation_records import Regime, Score, Strangers
from model.judging import Verdict, judge
from model.protocol import Part
from tests.model.materials import make_material, make_vectors

MATERIAL = make_material()
HANDS = make_vectors(MATERIAL, hand=2, hero=0)
HEROES = make_vectors(MATERIAL, hand=0, hero=2)


@pytest.fixture(scope="module")
def knows_hands() -> Verdict:
    """Judge vectors that know who drew a picture, and nothing else."""
    return judge(Sheet(colour=Reading(vectors=HANDS)), MATERIAL, name="hands")


@pytest.fixture(scope="module")
def knows_heroes() -> Verdict:
    """Judge vectors that know the webtoon only."""
    return judge(Sheet(colour=Reading(vectors=HEROES)), MATERIAL, name="heroes")


def score(verdict: Verdict, regime: Regime, *, pictures: int = 1, enrolled: int | None = None) -> Score:
    """Find one score."""
    found = [
        one
        for one in verdict.scores
        if (one.regime, one.pictures, one.enrolled) == (regime, pictures, enrolled)
    ]
    assert len(found) == 1
    return found[0]


def test_who_knows_hands_is_right_everywhere(knows_hands: Verdict) -> None:
    """Vectors of the hand name artists and find webtoons in every regime, new artists too."""
    for regime in (Regime.IMAGES, Regime.EPISODES, Regime.WEBTOONS):
        found = score(knows_hands, regime)
        assert found.top1.value > 0.95
        assert found.map10.value > 0.95
    enrolled = score(knows_hands, Regime.ARTISTS, enrolled=10)
    assert enrolled.top1.value > 0.95
    assert enrolled.recall1.value > 0.9


def test_who_knows_heroes_fails_on_other_webtoons(knows_heroes: Verdict) -> None:
    """Vectors of the hero shine on later episodes, and are as good as chance on unseen webtoons."""
    assert score(knows_heroes, Regime.EPISODES).top1.value > 0.95
    assert score(knows_heroes, Regime.WEBTOONS).top1.value < 0.4
    assert score(knows_heroes, Regime.WEBTOONS).recall1.value < 0.4


def test_more_thumbnails_make_new_artists_known_better() -> None:
    """With weak vectors fifty thumbnails name more than one does, and five pictures more than one."""
    weak = make_vectors(MATERIAL, hand=0.6, hero=0)
    verdict = judge(Sheet(colour=Reading(vectors=weak)), MATERIAL, name="weak")
    one, fifty = (score(verdict, Regime.ARTISTS, enrolled=k).top1.value for k in (1, 50))
    assert fifty > one
    single, five = (score(verdict, Regime.WEBTOONS, pictures=n).top1.value for n in (1, 5))
    assert five > single


def test_probabilities_are_calibrated_on_validation(knows_hands: Verdict) -> None:
    """Temperatures come from validation, and hold on later episodes."""
    found = score(knows_hands, Regime.EPISODES)
    assert found.ece is not None
    assert found.ece.value < 0.05


def test_new_artists_probabilities_are_worth_something() -> None:
    """Of new artists too the shares say about how often they are right, and beat an even guess."""
    weak = make_vectors(MATERIAL, hand=0.6, hero=0)
    verdict = judge(Sheet(colour=Reading(vectors=weak)), MATERIAL, name="weak")
    found = score(verdict, Regime.ARTISTS, enrolled=10)
    newcomers = len(np.unique(MATERIAL.table.artists[MATERIAL.rows(Part.ARTISTS)]))
    assert found.ece is not None
    assert found.nll is not None
    assert found.ece.value < 0.05
    assert found.nll.value < np.log(newcomers) / 2


def test_new_artists_are_named_among_all_too() -> None:
    """Beside the choice among the new artists stands the harder one among all."""
    weak = make_vectors(MATERIAL, hand=0.6, hero=0)
    found = score(
        judge(Sheet(colour=Reading(vectors=weak)), MATERIAL, name="weak"), Regime.ARTISTS, enrolled=10
    )
    assert found.artists == len(np.unique(MATERIAL.table.artists[MATERIAL.rows(Part.ARTISTS)]))
    assert found.among_all is not None
    assert 0 < found.among_all.value < found.top1.value


def test_rehearsal_looks_at_no_newcomer() -> None:
    """What turns scores of new artists to shares stays the same whatever those artists draw."""
    weak = make_vectors(MATERIAL, hand=0.6, hero=1)
    other = weak.copy()
    new = MATERIAL.rows(Part.ENROLMENT, Part.ARTISTS)
    other[new] = other[np.random.default_rng(2).permutation(new)]
    fitted, again = (rehearse(MATERIAL, Reading(vectors=vectors), fused=5) for vectors in (weak, other))
    assert fitted == again
    assert len(set(fitted.values())) > 1


def test_strangers_are_told_apart() -> None:
    """Impostors that lie nowhere near are all noticed; unknown hands mostly."""
    random = np.random.default_rng(1).normal(size=(50, 32))
    impostors = (random / np.linalg.norm(random, axis=1, keepdims=True)).astype(np.float32)
    sheet = Sheet(colour=Reading(vectors=HANDS), impostors=Reading(vectors=impostors))
    found = {one.against: one for one in judge(sheet, MATERIAL, name="hands").open_sets}
    assert found[Strangers.IMPOSTORS].auroc.value > 0.95
    assert found[Strangers.ARTISTS].auroc.value > 0.8
    assert found[Strangers.ARTISTS].strangers == len(MATERIAL.rows(Part.ARTISTS))


def test_a_head_that_is_sure_of_everybody_hides_no_strangers() -> None:
    """Strangers are told by the style's part of a vector, however sure of them the head's part is."""
    heads = unit(np.random.default_rng(0).normal(size=(len(MATERIAL.table), 16)).astype(np.float32))
    strangers = MATERIAL.rows(Part.ARTISTS)
    heads[strangers] = heads[MATERIAL.rows(Part.TRAINING)[: len(strangers)]]
    whole = np.concatenate([HANDS * 0.5, heads * 0.75**0.5], axis=1)
    readings = (
        Reading(vectors=HANDS),
        Reading(vectors=whole, style=HANDS.shape[1]),
        Reading(vectors=whole),
    )
    alone, told, hidden = (
        judge(Sheet(colour=reading), MATERIAL, name="head").open_sets[0].auroc.value for reading in readings
    )
    assert told == pytest.approx(alone, abs=1e-3)
    assert hidden < told - 0.2


def test_a_classifier_is_judged_by_its_logits() -> None:
    """Logits alone name artists where a method has them, and vectors find webtoons."""
    known = MATERIAL.known
    logits = np.random.default_rng(0).normal(size=(len(MATERIAL.table), len(known))).astype(np.float32)
    reading = Reading(vectors=HANDS, logits=logits)
    alone = judge(Sheet(colour=reading), MATERIAL, name="head")
    assert score(alone, Regime.EPISODES).top1.value < 0.4
    assert score(alone, Regime.EPISODES).recall1.value > 0.9


def test_grey_is_scored_apart() -> None:
    """Vectors of grey copies get lines of their own, with the temperatures of colour."""
    sheet = Sheet(colour=Reading(vectors=HANDS), grey=Reading(vectors=HEROES))
    scores = judge(sheet, MATERIAL, name="mixed").scores
    found = {one.grey: one for one in scores if (one.regime, one.pictures) == (Regime.WEBTOONS, 1)}
    assert found[False].top1.value > 0.9
    assert found[True].top1.value < 0.4
