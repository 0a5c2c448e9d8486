import numpy as np
import pytest

from model.arrays import FloatArray, IntArray, unit
from model.calibrating import calibrate
from model.calibration import Calibration
from model.finder import Finder
from model.index import Index
from model.painters import Painters, painters_of, shares
from storage.answers import Familiarity
from storage.records import Credit, Platform, StoredWebtoon, Webtoon
from tests.model.shelf import NEW, SEEN, picture_of

DEFAULT = Calibration(temperature=0.08, close=0.6, loose=0.35)


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


def catalogue(artists: int, episodes: int, *, spread: float = 0.6) -> tuple[Index, IntArray, Painters]:
    """Make an index of artists with two webtoons each, whose vectors lie around the artist's centre."""
    generator = np.random.default_rng(0)
    ids = np.repeat(np.arange(2 * artists), episodes)
    centres = generator.standard_normal((artists, 16))
    vectors = unit(
        (centres[ids // 2] + spread * generator.standard_normal((len(ids), 16))).astype(np.float32)
    )
    painters = painters_of(ids, webtoons([(f"artist {number // 2}",) for number in range(2 * artists)]))
    return Index(vectors, ids), np.tile(np.arange(episodes), 2 * artists), painters


def test_thresholds() -> None:
    """Episodes of known webtoons are mostly close, other artists' mostly not close but loose."""
    index, episodes, painters = catalogue(20, 12)
    found = calibrate(index, episodes, painters=painters, default=DEFAULT)
    own, strangers = [], []
    for row in range(0, len(index), 7):
        similarities = index.similarities(index.vectors[row])
        similarities[row] = -np.inf
        mine = slice(row // 24 * 24, row // 24 * 24 + 24)
        own.append(found.familiarity(float(similarities[mine].max())))
        similarities[mine] = -np.inf
        strangers.append(found.familiarity(float(similarities.max())))
    assert own.count(Familiarity.CLOSE) > 0.6 * len(own)
    assert strangers.count(Familiarity.CLOSE) < 0.2 * len(strangers)
    assert strangers.count(Familiarity.NONE) < 0.2 * len(strangers)


def test_temperature_follows_difficulty() -> None:
    """Where artists are hard to tell apart, shares are more even."""
    easy, hard = (catalogue(12, 10, spread=spread) for spread in (0.5, 3.0))
    warm = [
        calibrate(index, episodes, painters=painters, default=DEFAULT).temperature
        for index, episodes, painters in (easy, hard)
    ]
    assert warm[0] < warm[1]


def test_shares_are_honest() -> None:
    """Of new pictures, about as many are by the likeliest artist as the shares say."""
    index, episodes, painters = catalogue(20, 12, spread=1.6)
    found = calibrate(index, episodes, painters=painters, default=DEFAULT)
    generator = np.random.default_rng(5)
    centres = np.random.default_rng(0).standard_normal((20, 16))
    truth = generator.integers(0, 20, 400)
    queries = unit((centres[truth] + 1.6 * generator.standard_normal((400, 16))).astype(np.float32))
    given = shares(painters.scores(index.similarities(queries)), found.temperature)
    right = [
        painters.names[best] == f"artist {artist}"
        for best, artist in zip(given.argmax(1), truth, strict=True)
    ]
    assert abs(given.max(axis=1).mean() - np.mean(right)) < 0.12


def test_one_picture() -> None:
    """A single picture tells nothing, so everything is the default's."""
    index, episodes, painters = catalogue(1, 1)
    one = Index(index.vectors[:1], np.zeros(1, np.int64))
    only = painters_of(np.zeros(1, np.int64), webtoons([("a",)]))
    assert calibrate(one, episodes[:1], painters=only, default=DEFAULT) == DEFAULT
    assert len(painters.names) == 1


def test_one_artist() -> None:
    """With one artist there is nobody to tell apart, but there are episodes to compare."""
    index, episodes, painters = catalogue(1, 30)
    found = calibrate(index, episodes, painters=painters, default=DEFAULT)
    assert found.temperature == DEFAULT.temperature
    assert found.close != DEFAULT.close
    assert found.loose <= found.close


def test_few_pictures_change_little() -> None:
    """Four pictures move the default only a part of the way."""
    index, episodes, painters = catalogue(2, 1)
    few = calibrate(index, episodes, painters=painters, default=DEFAULT)
    assert abs(few.close - DEFAULT.close) < 0.1
    assert 0.4 < few.temperature / DEFAULT.temperature < 1.5


def test_nobody_known() -> None:
    """Without painters there is nothing to learn."""
    index, episodes, _ = catalogue(3, 4)
    nobody = painters_of(np.repeat(np.arange(6), 4), webtoons([()] * 6))
    assert nobody.names == ()
    assert calibrate(index, episodes, painters=nobody, default=DEFAULT) == DEFAULT


def test_repeated_pictures_are_no_evidence() -> None:
    """A thumbnail that was used again for another episode does not make everything else look far."""
    index, episodes, painters = catalogue(10, 10)
    ids = np.repeat(np.arange(20), 20)
    again = Index(np.repeat(index.vectors, 2, axis=0), ids)
    owners = painters_of(ids, webtoons([(f"artist {number // 2}",) for number in range(20)]))
    once = calibrate(index, episodes, painters=painters, default=DEFAULT)
    twice = calibrate(again, np.tile(np.arange(20), 20), painters=owners, default=DEFAULT)
    assert abs(once.close - twice.close) < 0.05


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
    found: FloatArray = shares(np.array([[0.5, -np.inf, 0.5], [900, -900, 0]], dtype=np.float32), 0.01)
    np.testing.assert_allclose(found, [[0.5, 0, 0.5], [1, 0, 0]])


@pytest.mark.parametrize("artist", range(3))
def test_familiarity_of_drawings(finder: Finder, artist: int) -> None:
    """New pictures by known hands are not called strange."""
    assert finder.find([picture_of(artist, NEW)]).familiarity is not Familiarity.NONE
