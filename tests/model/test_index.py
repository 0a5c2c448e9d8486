import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from model.arrays import FloatArray, IntArray, unit
from model.index import Index, best_first, best_means, starts_of


def some_rows(count: int, *, groups: int = 10, seed: int = 0) -> tuple[FloatArray, IntArray]:
    """Make unit vectors that lie around a centre for each group."""
    generator = np.random.default_rng(seed)
    group = np.sort(generator.integers(0, groups, count)) * 7
    centres = generator.standard_normal((groups, 16))
    return unit((centres[group // 7] + generator.standard_normal((count, 16))).astype(np.float32)), group


def test_exact() -> None:
    """A query is compared with every row, less what each owes to being a hub."""
    vectors, groups = some_rows(500)
    index = Index(vectors, groups)
    query = unit(np.random.default_rng(1).standard_normal(16).astype(np.float32))
    cosines = vectors @ query
    np.testing.assert_allclose(index.similarities(query), cosines - index.excess, atol=1e-6)


def test_half_precision() -> None:
    """Vectors as stored, in half precision, give nearly the same similarities."""
    vectors, groups = some_rows(300)
    stored, whole = Index(vectors.astype(np.float16), groups), Index(vectors, groups)
    assert np.abs(stored.similarities(vectors[5]) - whole.similarities(vectors[5])).max() < 2e-3


def test_scale_of_cosines() -> None:
    """Taking hubs off leaves the similarities on the scale of cosines: on average nothing is taken."""
    vectors, groups = some_rows(400)
    index = Index(vectors, groups)
    cosines = vectors @ vectors.T
    assert np.abs((cosines - index.similarities(vectors)).mean()) < 1e-5


def test_hubs() -> None:
    """A vector near to everybody is taken down by half of what it is nearer to its neighbours."""
    vectors, groups = some_rows(400)
    hub = unit(vectors.sum(axis=0))
    index = Index(np.concatenate([vectors, hub[None]]), np.append(groups, 99))
    taken = (hub @ np.concatenate([vectors, hub[None]]).T - index.similarities(hub))[-1]
    nearness = np.sort(vectors @ hub)[-10:].mean()
    cosines = np.where(groups[:, None] == groups, -np.inf, vectors @ vectors.T)
    cosines = np.concatenate([cosines, (vectors @ hub)[:, None]], axis=1)
    usual = (np.sort(cosines, axis=1)[:, -10:].mean(axis=1).sum() + nearness) / 401
    assert taken == pytest.approx((nearness - usual) / 2, abs=1e-4)
    assert taken > 0.04


def test_own_webtoon_makes_no_hub() -> None:
    """Being near to one's own webtoon is no fault."""
    vectors, groups = some_rows(40, groups=2)
    together = unit(np.ones((30, 16), np.float32) + vectors[:30] * 0.01)
    index = Index(np.concatenate([vectors, together]), np.append(groups, np.full(30, 99)))
    excess = (vectors[0] @ index.vectors.T) - index.similarities(vectors[0])
    assert excess[40:].mean() < 0.1


def test_styles_alone() -> None:
    """How alike styles are is their cosine, whatever a head behind them says and whoever is a hub."""
    vectors, groups = some_rows(60)
    heads = np.tile(unit(np.ones(4, np.float32)), (60, 1))
    index = Index(np.concatenate([vectors * 0.6, heads * 0.8], axis=1), groups, style=16)
    query = np.concatenate([vectors[7] * 0.6, heads[7] * 0.8])
    similarities, alike = index.compare(query)
    np.testing.assert_allclose(alike, vectors @ vectors[7], atol=1e-5)
    np.testing.assert_allclose(similarities, index.similarities(query))
    assert similarities.min() > 0.64 + alike.min() * 0.36 - 0.1


@pytest.mark.parametrize("count", [1, 2, 3])
def test_tiny(count: int) -> None:
    """One, two or three rows of one webtoon can be searched."""
    vectors, _ = some_rows(count)
    index = Index(vectors, np.zeros(count, np.int64))
    similarities = index.similarities(vectors[0])
    assert best_first(similarities, 10).tolist()[0] == 0
    assert similarities[0] == pytest.approx(1, abs=1e-5)


def test_many_rows_are_compared_with_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a large catalogue hubs are found against a part of it, with nearly the same result."""
    vectors, groups = some_rows(2000)
    whole = Index(vectors, groups).similarities(vectors[3])
    monkeypatch.setattr("model.index._PAIRS", 2000 * 500)
    part = Index(vectors, groups).similarities(vectors[3])
    assert np.corrcoef(whole, part)[0, 1] > 0.995


def test_starts() -> None:
    """Runs of equal numbers are found."""
    assert starts_of(np.array([3, 3, 5, 9, 9, 9])).tolist() == [0, 2, 3]
    assert starts_of(np.array([], dtype=np.int64)).tolist() == []


def test_best_means() -> None:
    """The largest values of each group are averaged, equal ones once, left-out ones never."""
    values = np.array([0.9, 0.5, 0.1, 0.3, 0.8, 0.8, 0.2, -np.inf], dtype=np.float32)
    means = best_means(values, np.array([0, 3, 4, 7]), count=2)
    np.testing.assert_allclose(means, [0.7, 0.3, 0.5, -np.inf], rtol=1e-6)
    assert values[0] == np.float32(0.9)


@given(arrays(np.float32, st.integers(1, 30), elements=st.floats(-1, 1, width=16)), st.integers(1, 40))
def test_best_first(values: FloatArray, k: int) -> None:
    """The largest come first, equal ones in their order among those chosen."""
    chosen = best_first(values, k)
    assert values[chosen].tolist() == sorted(values.tolist(), reverse=True)[:k]
