from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import whitening
from model.arrays import ArraysDamaged, FloatArray, pack, unpack
from model.whitening import Prior, Whitening, fit, fit_prior
from storage.errors import GenerationCorrupt


def rows(count: int, *, seed: int = 0, size: int = 60, shift: float = 0.0) -> FloatArray:
    """Make statistics with a few strong directions and channels of very different scale."""
    generator = np.random.default_rng(seed)
    mixing = np.random.default_rng(99).standard_normal((20, size)) * np.geomspace(3, 0.3, 20)[:, None]
    scale = np.geomspace(0.01, 100, size)
    values = generator.standard_normal((count, 20)) @ mixing + generator.standard_normal((count, size)) * 0.1
    return ((values + shift) * scale).astype(np.float32)


@pytest.fixture(scope="module")
def prior() -> Prior:
    """Give a prior of two thousand pictures that counts as two hundred."""
    return fit_prior(rows(2000, seed=1), weight=200, rank=16)


def alike(one: Whitening, other: Whitening) -> float:
    """Compare the similarities that two fits give to pictures neither has seen; 1 is the same."""
    pictures = rows(60, seed=7)
    first, second = (each.apply(pictures) for each in (one, other))
    upper = np.triu_indices(60, 1)
    return float(np.corrcoef((first @ first.T)[upper], (second @ second.T)[upper])[0, 1])


def test_unit_vectors(prior: Prior) -> None:
    """Vectors have length 1 and no more dimensions than wanted."""
    vectors = fit(rows(300), prior, dimensions=12).apply(rows(10, seed=3))
    assert vectors.shape == (10, 12)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)


def test_nearly_half_whitened() -> None:
    """Each coordinate is divided by its deviation to the power of 0.4: not whole, and not half."""
    catalogue = rows(20_000)[: whitening.FIT_ROWS]
    nothing = replace(fit_prior(catalogue, weight=0), eigenvalues=np.zeros(60, np.float32))
    fitted = fit(catalogue, nothing, dimensions=8)
    coordinates = ((catalogue - fitted.mean) * fitted.scale) @ fitted.basis
    standard = (catalogue - catalogue.mean(axis=0)) / catalogue.std(axis=0)
    eigenvalues = np.linalg.eigvalsh(np.cov(standard.T))[::-1][:8]
    np.testing.assert_allclose(coordinates.var(axis=0), eigenvalues**0.6, rtol=0.02)


def test_a_large_catalogue_wins(prior: Prior) -> None:
    """With many pictures the fit is the catalogue's own, whatever the prior says."""
    other = replace(prior, basis=np.roll(prior.basis, 7, axis=0), mean=prior.mean + 5)
    many = rows(5000, seed=2)
    assert alike(fit(many, prior), fit(many, other)) > 0.97


def test_nothing_is_the_prior(prior: Prior) -> None:
    """Without pictures the fit is the prior's."""
    fitted = fit(np.zeros((0, 60), np.float32), prior)
    np.testing.assert_array_equal(fitted.mean, prior.mean)
    assert alike(fitted, fit(rows(5000, seed=2), prior)) > 0.95


@pytest.mark.parametrize("count", [1, 2, 10, 50])
def test_a_small_catalogue_does_no_harm(prior: Prior, count: int) -> None:
    """A few pictures leave the fit near that of the world they come from."""
    truth = fit(rows(8000, seed=4), replace(prior, weight=0))
    assert alike(fit(rows(count, seed=5), prior), truth) > 0.9


def test_mean_follows_quickly(prior: Prior) -> None:
    """Where a catalogue looks unlike the training pictures, its mean is soon its own."""
    strange = rows(15, seed=6, shift=3)
    fitted = fit(strange, prior)
    towards = np.median((fitted.mean - prior.mean) / (strange.mean(axis=0) - prior.mean))
    assert 0.6 < towards < 0.9


@pytest.mark.parametrize("count", [1, 5, 100])
def test_identical_pictures(prior: Prior, count: int) -> None:
    """A catalogue of one picture over and over gives finite unit vectors."""
    same = np.repeat(rows(1), count, axis=0)
    vectors = fit(same, prior).apply(np.concatenate([same, rows(3, seed=8)]))
    assert np.isfinite(vectors).all()
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-4)


def test_silent_channel(prior: Prior) -> None:
    """A channel that never changes in the catalogue does not become the loudest."""
    silent = rows(500)
    silent[:, 3] = 0.5
    weight = np.abs(fit(silent, prior).basis * fit(silent, prior).scale[:, None])[3].max()
    assert weight * prior.deviation[3] < 20


def test_large_catalogues_are_sampled(prior: Prior, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fit on a part of a large catalogue is near the fit on all of it."""
    everything = fit(rows(4000), prior)
    monkeypatch.setattr(whitening, "FIT_ROWS", 1000)
    assert alike(fit(rows(4000), prior), everything) > 0.99


def test_subspace_iteration(prior: Prior, monkeypatch: pytest.MonkeyPatch) -> None:
    """The quick decomposition gives the vectors of the exact one."""
    exact = fit(rows(900), prior, dimensions=10)
    monkeypatch.setattr(whitening, "_EXACT_SIDE", 1)
    quick = fit(rows(900), prior, dimensions=10)
    assert alike(quick, exact) > 0.9999


def test_head(prior: Prior) -> None:
    """With a head, the squared length is shared out between style and head as the weight says."""
    heads = np.eye(4, 5, dtype=np.float32) * 7
    both = np.concatenate([rows(4, seed=3), heads], axis=1)
    vectors = fit(rows(300), prior, dimensions=12, head_weight=0.3).apply(both)
    assert vectors.shape == (4, 17)
    np.testing.assert_allclose((vectors[:, 12:] ** 2).sum(axis=1), 0.3, rtol=1e-4)
    np.testing.assert_allclose((vectors[:, :12] ** 2).sum(axis=1), 0.7, rtol=1e-4)


def test_head_without_weight(prior: Prior) -> None:
    """A head of weight 0 leaves the vector to style."""
    both = np.concatenate([rows(4, seed=3), np.ones((4, 5), np.float32)], axis=1)
    fitted = fit(both, prior, dimensions=12)
    np.testing.assert_array_equal(fitted.apply(both), fitted.apply(both[:, :60]))


def test_palette(prior: Prior) -> None:
    """Colours have their part of the squared length behind the head's, whose weight they do not touch."""
    colours = np.abs(np.random.default_rng(3).normal(size=(4, 64))).astype(np.float32)
    whole = np.concatenate([rows(4, seed=3), np.eye(4, 5, dtype=np.float32), colours], axis=1)
    vectors = fit(rows(300), prior, dimensions=12, head_weight=0.3, palette_weight=0.2).apply(whole)
    assert vectors.shape == (4, 12 + 5 + 64)
    parts = np.split(vectors**2, [12, 17], axis=1)
    sums = [part.sum(axis=1) for part in parts]
    np.testing.assert_allclose(sums, np.array([[0.5], [0.3], [0.2]]).repeat(4, axis=1), rtol=1e-4)


def test_fits_from_before_the_palette(prior: Prior) -> None:
    """A fit that was written before colours were kept is read as one without them."""
    old = fit(rows(100), prior)
    arrays = unpack(old.to_bytes(), {"mean": 1, "scale": 1, "basis": 2, "head_weight": 1})
    again = Whitening.from_bytes(pack(arrays), generation="g")
    assert again.palette_weight == 0
    np.testing.assert_array_equal(again.apply(rows(5)), old.apply(rows(5)))


def test_round_trip(prior: Prior) -> None:
    """What was written is read, and makes the same vectors."""
    fitted = fit(rows(100), prior, head_weight=0.25, palette_weight=0.125)
    again = Whitening.from_bytes(fitted.to_bytes(), generation="g")
    pictures = np.concatenate([rows(5, seed=3), np.eye(5, 64, dtype=np.float32)], axis=1)
    np.testing.assert_array_equal(again.apply(pictures), fitted.apply(pictures))
    assert (again.head_weight, again.palette_weight) == (0.25, 0.125)
    assert fitted.to_bytes() == again.to_bytes()


def test_prior_round_trip(prior: Prior) -> None:
    """A prior is read as it was written, its basis to half precision."""
    again = Prior.from_bytes(prior.to_bytes())
    assert again.weight == prior.weight
    assert np.abs(again.basis - prior.basis).max() < 1e-3
    np.testing.assert_array_equal(again.mean, prior.mean)


@given(st.data())
def test_changed_bytes(data: st.DataObject) -> None:
    """A transform with any byte changed or missing is read or refused as corrupt, and nothing else."""
    small = Whitening(
        mean=np.zeros(4, np.float32), scale=np.ones(4, np.float32), basis=np.eye(4, 2, dtype="f4")
    )
    changed = bytearray(small.to_bytes())
    for place in data.draw(st.lists(st.integers(0, len(changed) - 1), max_size=4)):
        changed[place] = data.draw(st.integers(0, 255))
    end = data.draw(st.just(len(changed)) | st.integers(0, len(changed)))
    with suppress(GenerationCorrupt):
        fitted = Whitening.from_bytes(bytes(changed[:end]), generation="g")
        assert fitted.basis.shape[0] == len(fitted.mean)


WRONG = {
    "length": {"mean": np.zeros(5, np.float32)},
    "axes": {"mean": np.zeros((4, 1), np.float32)},
    "whole numbers": {"mean": np.zeros(4, np.int32)},
    "not finite": {"mean": np.full(4, np.nan, np.float32)},
    "no deviation": {"deviation": np.zeros(4, np.float32)},
    "eigenvalue below 0": {"eigenvalues": np.full(2, -1, np.float32)},
    "two weights": {"weight": np.ones(2, np.float32)},
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_priors(name: str) -> None:
    """Arrays that cannot be a prior are refused."""
    right = {
        "mean": np.zeros(4, np.float32),
        "deviation": np.ones(4, np.float32),
        "basis": np.eye(4, 2, dtype=np.float32),
        "eigenvalues": np.ones(2, np.float32),
        "weight": np.ones(1, np.float32),
    }
    assert Prior.from_bytes(pack(right)).weight == 1
    with pytest.raises(ArraysDamaged):
        Prior.from_bytes(pack(right | WRONG[name]))


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\5\6" + bytes(18), b"no archive at all"])
def test_no_arrays(data: bytes) -> None:
    """What is no archive, or an empty one, is refused."""
    with pytest.raises(ArraysDamaged):
        unpack(data, {"mean": 1})


def test_compressed_arrays() -> None:
    """A compressed archive is refused, for a small one could unpack to any size."""
    import io  # noqa: PLC0415 - only this test writes one

    buffer = io.BytesIO()
    np.savez_compressed(buffer, mean=np.zeros(1_000_000, np.float32))
    with pytest.raises(ArraysDamaged, match="compressed"):
        unpack(buffer.getvalue(), {"mean": 1})
