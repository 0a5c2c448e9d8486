from dataclasses import replace

import numpy as np
import pytest

from model.calibrating import calibrate
from model.calibration import Calibration
from model.finder import Finder
from model.painters import painters_of, shares
from model.trials import Named, Nearest, Shelf, Trials, run_trials
from model.whitening import Whitening
from storage.answers import Familiarity
from storage.records import Credit, Platform, StoredWebtoon, Webtoon
from tests.model.shelf import NEW, SEEN, picture_of

DEFAULT = Calibration(temperature=0.08, close=0.6, loose=0.35)
SIZE = 16
PLAIN = Whitening(
    mean=np.zeros(SIZE, np.float32), scale=np.ones(SIZE, np.float32), basis=np.eye(SIZE, dtype=np.float32)
)


def webtoons(painters: list[tuple[str, ...]]) -> dict[int, StoredWebtoon]:
    """Make webtoons 0, 1, ... with these painters."""
    return {
        number: StoredWebtoon(
            id=number,
            webtoon=Webtoon(
                platform=Platform.FOLDER,
                platform_id=str(number),
                title=str(number),
                credits=tuple(Credit(artist=name) for name in names),
            ),
            episodes=1,
            first_seen=SEEN,
            last_seen=SEEN,
        )
        for number, names in enumerate(painters)
    }


def shelf_of(artists: int, episodes: int, *, spread: float = 0.6, copies: int = 1) -> Shelf:
    """Make a shelf of artists with two webtoons each, whose rows lie around the artist's centre.

    What is no drawing lies four times as far out.
    """
    generator = np.random.default_rng(0)
    ids = np.repeat(np.arange(2 * artists), episodes)
    centres = generator.standard_normal((artists, SIZE))
    rows = (centres[ids // 2] + spread * generator.standard_normal((len(ids), SIZE))).astype(np.float32)
    return Shelf(
        rows=np.repeat(rows, copies, axis=0),
        webtoon_ids=np.repeat(ids, copies),
        episodes=np.tile(np.arange(episodes * copies), 2 * artists),
        webtoons=webtoons([(f"artist {number // 2}",) for number in range(2 * artists)]),
        others=4 * generator.standard_normal((18, SIZE)).astype(np.float32),
    )


def calibrated(shelf: Shelf) -> Calibration:
    """Calibrate on a shelf."""
    return calibrate(run_trials(shelf, lambda _: PLAIN), DEFAULT)


def trials_of(shelf: Shelf) -> Trials:
    """Run the trials of a shelf that has some."""
    found = run_trials(shelf, lambda _: PLAIN)
    assert found is not None
    return found


def familiarities(part: Nearest, calibration: Calibration) -> list[Familiarity]:
    """Say how near each query of a part is."""
    pairs = zip(part.similarities.tolist(), part.lengths.tolist(), strict=True)
    return [calibration.familiarity(calibration.nearness(*pair)) for pair in pairs]


def test_thresholds() -> None:
    """Held-out pictures of known painters are mostly close, and hardly any stranger's is."""
    shelf = shelf_of(20, 12)
    found, trials = calibrated(shelf), trials_of(shelf)
    known, strangers = (familiarities(part, found) for part in (trials.known, trials.strangers))
    assert known.count(Familiarity.CLOSE) > 0.6 * len(known)
    assert strangers.count(Familiarity.CLOSE) < 0.2 * len(strangers)


def test_no_drawings() -> None:
    """What is no drawing is nobody's, however near it lies to something by its direction alone."""
    shelf = shelf_of(20, 12)
    found, others = calibrated(shelf), trials_of(shelf).others
    assert found.pull > 0
    assert familiarities(others, found).count(Familiarity.NONE) > 0.5 * len(others.lengths)
    middling = float(np.exp(found.usual))
    assert found.known(found.nearness(0.7, 4 * middling)) < found.known(found.nearness(0.7, middling))


def test_known_is_a_chance() -> None:
    """Of pictures by known painters nearly all count as known, of strangers' few."""
    shelf = shelf_of(20, 12)
    found, trials = calibrated(shelf), trials_of(shelf)
    means = []
    for part in (trials.known, trials.strangers):
        pairs = zip(part.similarities.tolist(), part.lengths.tolist(), strict=True)
        means.append(np.mean([found.known(found.nearness(*pair)) for pair in pairs]))
    assert means[0] > 0.85
    assert means[1] < 0.2


def test_temperature_follows_difficulty() -> None:
    """Where artists are hard to tell apart, shares are more even."""
    easy, hard = (calibrated(shelf_of(12, 10, spread=spread)).temperature for spread in (0.5, 3.0))
    assert easy < hard


def test_shares_are_honest() -> None:
    """Of held-out pictures, about as many are by the likeliest artist as the shares say."""
    shelf = shelf_of(20, 12, spread=1.6)
    found = calibrated(shelf)
    for part in trials_of(shelf).named:
        given = shares(part.scores, found.temperature)
        assert abs(given.max(axis=1).mean() - (given.argmax(axis=1) == part.painters).mean()) < 0.12


def test_reach() -> None:
    """Nine of ten right painters have at least the share that a set asks for, and not all of them."""
    shelf = shelf_of(20, 12, spread=1.6)
    found = calibrated(shelf)
    right = np.concatenate(
        [
            shares(part.scores, found.temperature)[np.arange(len(part.painters)), part.painters]
            for part in trials_of(shelf).named
        ]
    )
    assert 0.9 <= (right >= found.reach).mean() < 0.93


def test_no_promise_from_few() -> None:
    """Fewer than thirty queries promise no set."""
    nearest = Nearest(np.full(20, 0.9, np.float32), np.ones(20, np.float32))
    named = Named(np.eye(20, dtype=np.float32), np.arange(20))
    trials = Trials(known=nearest, strangers=nearest, others=nearest, named=(named,))
    assert calibrate(trials, DEFAULT).reach == 0


def test_one_picture() -> None:
    """A single picture tells nothing, so everything is the default's."""
    two = shelf_of(1, 1)
    one = replace(two, rows=two.rows[:1], webtoon_ids=two.webtoon_ids[:1], episodes=two.episodes[:1])
    assert calibrated(one) == DEFAULT


def test_one_artist() -> None:
    """With one artist there is nobody to tell apart, but there are episodes to compare."""
    found = calibrated(shelf_of(1, 30))
    assert found.temperature == DEFAULT.temperature
    assert found.close != DEFAULT.close
    assert found.loose <= found.close


def test_few_pictures_change_little() -> None:
    """A handful of pictures moves the default only a part of the way."""
    few = calibrated(shelf_of(3, 2))
    assert abs(few.close - DEFAULT.close) < 0.15
    assert 0.3 < few.temperature / DEFAULT.temperature < 2


def test_nobody_known() -> None:
    """Without painters there is nothing to learn."""
    shelf = shelf_of(3, 4)
    assert calibrated(replace(shelf, webtoons=webtoons([()] * 6))) == DEFAULT


def test_repeated_pictures_are_no_evidence() -> None:
    """A thumbnail that was used again for another episode is not asked for."""
    once, twice = (trials_of(shelf_of(10, 10, copies=copies)) for copies in (1, 3))
    assert abs(np.median(once.known.similarities) - np.median(twice.known.similarities)) < 0.05


def test_two_painters() -> None:
    """A webtoon with two painters counts for both."""
    painters = painters_of(np.array([0, 0, 1]), webtoons([("a", "b", "a"), ("b",)]))
    assert painters.names == ("a", "b")
    scores = painters.scores(np.array([0.9, 0.3, 0.6], dtype=np.float32))
    np.testing.assert_allclose(scores, [0.6, 0.6], rtol=1e-6)


def test_shares_of_nobody() -> None:
    """Where everything is left out there are no shares."""
    assert shares(np.full(3, -np.inf, dtype=np.float32), 0.1).tolist() == [0, 0, 0]


def test_shares_of_a_batch() -> None:
    """Shares add up to 1 in each row, and whoever is left out has none."""
    found = shares(np.array([[0.5, -np.inf, 0.5], [900, -900, 0]], dtype=np.float32), 0.01)
    np.testing.assert_allclose(found, [[0.5, 0.0, 0.5], [1.0, 0.0, 0.0]])


@pytest.mark.parametrize("artist", range(3))
def test_familiarity_of_drawings(finder: Finder, artist: int) -> None:
    """New pictures by known hands are not called strange."""
    assert finder.find([picture_of(artist, NEW)]).familiarity is not Familiarity.NONE


def test_guessed_painters_are_no_evidence() -> None:
    """Pictures of a webtoon whose painter is a guess are asked neither as known nor as a stranger's."""
    shelf = shelf_of(6, 6)
    whole = trials_of(shelf)
    credited = shelf.webtoons[0].webtoon
    guesses = tuple(replace(credit, guessed=True) for credit in credited.credits)
    doubtful = replace(shelf.webtoons[0], webtoon=replace(credited, credits=guesses))
    found = trials_of(replace(shelf, webtoons={**shelf.webtoons, 0: doubtful}))
    assert len(found.strangers.lengths) == len(whole.strangers.lengths) - 6
    assert sum(len(named.painters) for named in found.named) < sum(len(n.painters) for n in whole.named)
