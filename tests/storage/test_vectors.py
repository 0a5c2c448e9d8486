import struct
from dataclasses import replace

import numpy as np
import pytest

from storage.catalogue import save_episode, save_webtoon
from storage.database import Connection, transaction
from storage.errors import GenerationMismatch, GenerationMissing
from storage.generations import promote, register, save_fit
from storage.pictures import mark_placeholders, save_picture
from storage.records import Credit
from storage.vectors import (
    FloatArray,
    count_to_embed,
    from_blob,
    iter_statistics,
    load_statistics,
    load_vectors,
    pictures_to_embed,
    save_statistics,
    save_vectors,
    stamp,
    to_blob,
)
from tests.storage.examples import SEEN, a_picture, a_webtoon, an_episode, save_all, values

SHA256 = [a_picture(number).sha256 for number in range(10)]


@pytest.fixture
async def ready(connection: Connection) -> Connection:
    """Give a catalogue whose webtoons 1 and 2 show the pictures 0, 1, 2 and 2, 3, and generation `g`."""
    await save_all(connection, a_webtoon("나"), pictures=[0, 1, 2])
    await save_all(connection, a_webtoon("가"), pictures=[2, 3])
    await save_picture(connection, a_picture(9))  # which no episode shows
    await register(connection, "g", dimensions=2)
    await promote(connection, "g")
    return connection


def rows(*numbers: int) -> list[tuple[str, FloatArray]]:
    """Make values that tell their picture's number."""
    return [(SHA256[number], values(number, 0.5)) for number in numbers]


class TestBytes:
    """The byte format."""

    def test_is_little_endian_half_precision(self) -> None:
        """The blob is what struct calls '<e', one value after the other."""
        assert to_blob(values(1, -2.5, 0)) == struct.pack("<3e", 1, -2.5, 0)
        assert from_blob(struct.pack("<2e", 0.5, -8)).tolist() == [0.5, -8]

    def test_goes_round(self) -> None:
        """Every finite half-precision number comes back, bit by bit."""
        numbers = np.arange(2**16, dtype=np.uint16).view(np.float16)
        finite = numbers[np.isfinite(numbers)]
        assert from_blob(to_blob(finite.astype(np.float32))).tobytes() == finite.tobytes()

    def test_cuts_what_is_too_large(self) -> None:
        """Values beyond the range become its ends."""
        assert from_blob(to_blob(values(1e9, -1e9))).tolist() == [65504, -65504]

    @pytest.mark.parametrize("value", [np.nan, np.inf])
    def test_refuses_what_is_no_number(self, value: float) -> None:
        """A fault of the encoder is not stored."""
        with pytest.raises(ValueError, match="finite"):
            to_blob(values(1, value))


class TestToEmbed:
    """Which pictures lack statistics."""

    async def test_are_those_that_episodes_show(self, ready: Connection) -> None:
        """Pictures come once each, with their bytes, in the order of their names."""
        found = await pictures_to_embed(ready, "g", limit=9)
        assert found == sorted((SHA256[n], a_picture(n).data) for n in range(4))
        assert await count_to_embed(ready, "g") == 4

    async def test_are_not_those_that_have_some(self, ready: Connection) -> None:
        """A picture is done once its statistics are there, for that generation only."""
        await save_statistics(ready, "g", rows=rows(0, 2))
        assert {sha256 for sha256, _ in await pictures_to_embed(ready, "g", limit=9)} == {
            SHA256[1],
            SHA256[3],
        }
        assert await count_to_embed(ready, "g") == 2
        assert await count_to_embed(ready, "another") == 4

    async def test_come_in_parts(self, ready: Connection) -> None:
        """A caller goes through them by passing the last name seen."""
        first = [sha256 for sha256, _ in await pictures_to_embed(ready, "g", limit=3)]
        rest = [sha256 for sha256, _ in await pictures_to_embed(ready, "g", limit=3, after=first[-1])]
        assert first + rest == sorted(SHA256[:4])


class TestStatistics:
    """What the encoder says of each picture."""

    async def test_come_back(self, ready: Connection) -> None:
        """Names and values come in the order of the names."""
        await save_statistics(ready, "g", rows=rows(0, 1, 3))
        names, loaded = await load_statistics(ready, "g")
        assert names == sorted(SHA256[n] for n in (0, 1, 3))
        assert loaded.dtype == np.float32
        assert [(SHA256[int(row[0])], row[1]) for row in loaded] == [(name, 0.5) for name in names]

    async def test_none_are_an_empty_array(self, ready: Connection) -> None:
        """Without pictures there are no rows."""
        names, loaded = await load_statistics(ready, "g")
        assert names == []
        assert loaded.shape == (0, 0)

    async def test_a_limit_gives_the_same_sample(self, ready: Connection) -> None:
        """A sample is as long as asked and does not depend on the order of saving."""
        await save_statistics(ready, "g", rows=rows(3, 2, 0, 1))
        names, loaded = await load_statistics(ready, "g", limit=2)
        assert names == sorted(SHA256[:4])[:2]
        assert loaded.shape == (2, 2)

    async def test_come_in_batches(self, ready: Connection) -> None:
        """The batches together are everything, also while others are written."""
        await save_statistics(ready, "g", rows=rows(0, 1, 2))
        names: list[str] = []
        async for part, loaded in iter_statistics(ready, "g", batch=2):
            assert len(part) == len(loaded) <= 2
            names += part
            async with transaction(ready):
                await save_vectors(ready, "g", rows=[(name, values(1)) for name in part])
        assert names == sorted(SHA256[:3])

    async def test_belong_to_their_generation(self, ready: Connection) -> None:
        """Another generation's are neither seen nor replaced."""
        await register(ready, "other", dimensions=2)
        await save_statistics(ready, "other", rows=rows(1))
        await save_statistics(ready, "g", rows=[(SHA256[1], values(7, 7))])
        assert (await load_statistics(ready, "other"))[1].tolist() == [[1, 0.5]]

    async def test_of_a_stranger_are_refused(self, ready: Connection) -> None:
        """Nothing is kept for a generation that nobody registered."""
        with pytest.raises(GenerationMissing):
            await save_statistics(ready, "stranger", rows=rows(1))


class TestVectors:
    """What the index is built from."""

    async def test_come_by_webtoon_and_episode(self, ready: Connection) -> None:
        """Each episode whose picture has a vector gives a row, in order of the catalogue's ids."""
        await save_vectors(ready, "g", rows=rows(3, 2, 0))
        table = await load_vectors(ready, "g")
        assert table.webtoon_ids.tolist() == [1, 1, 2, 2]
        assert table.episode_numbers.tolist() == [1, 3, 1, 2]
        assert table.pictures == tuple(SHA256[n] for n in (0, 2, 2, 3))
        assert table.vectors.tolist() == [[0, 0.5], [2, 0.5], [2, 0.5], [3, 0.5]]
        assert table.vectors.dtype == np.float16
        assert table.webtoon_ids.dtype == np.int64

    async def test_none_are_an_empty_table(self, ready: Connection) -> None:
        """Without vectors every column is empty."""
        table = await load_vectors(ready, "g")
        assert table.vectors.shape == (0, 0)
        assert (table.webtoon_ids.size, table.episode_numbers.size, table.pictures) == (0, 0, ())

    async def test_are_replaced(self, ready: Connection) -> None:
        """A new vector takes the place of the old one, of another length too when all are new."""
        await save_vectors(ready, "g", rows=rows(0, 1))
        await save_vectors(ready, "g", rows=[(SHA256[n], values(9, 9, 9)) for n in (0, 1)])
        assert (await load_vectors(ready, "g")).vectors.tolist() == [[9, 9, 9]] * 2

    async def test_of_several_lengths_are_refused(self, ready: Connection) -> None:
        """A half-finished change of the length is noticed."""
        await save_vectors(ready, "g", rows=[(SHA256[0], values(1, 2, 3, 4)), (SHA256[1], values(1, 2))])
        with pytest.raises(GenerationMismatch, match="differ in length"):
            await load_vectors(ready, "g")

    async def test_of_a_stranger_are_refused(self, ready: Connection) -> None:
        """A generation that nobody registered has none to load."""
        with pytest.raises(GenerationMissing):
            await load_vectors(ready, "stranger")


class TestStamp:
    """When an index must be built anew."""

    async def test_needs_a_current_generation(self, connection: Connection) -> None:
        """Nothing serves, so there is nothing to stamp."""
        assert await stamp(connection) is None

    async def test_counts_vectors(self, ready: Connection) -> None:
        """The stamp names the generation and counts its fits and vectors, each vector once."""
        await save_fit(ready, "g", transform=b"", calibration="{}", fitted_on=4)
        await save_vectors(ready, "g", rows=rows(0, 1))
        await save_vectors(ready, "g", rows=rows(1, 2))
        await ready.rows("DELETE FROM pictures WHERE sha256 = :sha256", {"sha256": SHA256[9]})
        found = await stamp(ready)
        assert found
        assert (found.generation, found.revision, found.vectors) == ("g", 1, 3)

    async def test_forgets_removed_vectors(self, ready: Connection) -> None:
        """A picture that leaves the catalogue takes its vector along."""
        await save_vectors(ready, "g", rows=rows(0, 1))
        await ready.rows("DELETE FROM webtoons WHERE id = 1")
        await ready.rows("DELETE FROM pictures WHERE sha256 = :sha256", {"sha256": SHA256[0]})
        found = await stamp(ready)
        assert found
        assert found.vectors == 1

    @pytest.mark.parametrize(
        "change",
        [
            pytest.param(lambda c: save_vectors(c, "g", rows=rows(3)), id="a vector more"),
            pytest.param(
                lambda c: save_vectors(c, "g", rows=[(SHA256[0], values(5, 5))]), id="another vector"
            ),
            pytest.param(
                lambda c: save_fit(c, "g", transform=b"", calibration="{}", fitted_on=1), id="another fit"
            ),
            pytest.param(lambda c: promote(c, "h"), id="another generation"),
            pytest.param(
                lambda c: save_episode(c, 2, episode=an_episode(7), picture=SHA256[0]), id="an episode more"
            ),
            pytest.param(
                lambda c: save_episode(c, 1, episode=an_episode(1), picture=SHA256[9]), id="another picture"
            ),
            pytest.param(lambda c: c.rows("DELETE FROM webtoons WHERE id = 1"), id="a webtoon less"),
            pytest.param(lambda c: c.rows("DELETE FROM vectors"), id="no vectors"),
            pytest.param(
                lambda c: save_webtoon(c, a_webtoon("다른", platform_id="나"), seen=SEEN), id="another title"
            ),
            pytest.param(
                lambda c: save_webtoon(c, a_webtoon("나", painters=["새"]), seen=SEEN), id="another painter"
            ),
            pytest.param(
                lambda c: save_webtoon(c, replace(a_webtoon("나"), credits=()), seen=SEEN), id="no painter"
            ),
        ],
    )
    async def test_changes(self, ready: Connection, change) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        """Whatever an answer shows or is found by makes another stamp."""
        await register(ready, "h", dimensions=2)
        await save_vectors(ready, "g", rows=rows(0, 1, 2))
        before = await stamp(ready)
        await change(ready)
        assert await stamp(ready) != before

    async def test_stays(self, ready: Connection) -> None:
        """What is saved again unchanged, seen later, or belongs to others leaves the stamp alone."""
        await register(ready, "h", dimensions=2)
        await save_vectors(ready, "g", rows=rows(0, 1, 2))
        before = await stamp(ready)
        await save_all(ready, a_webtoon("나"), pictures=[0, 1, 2])
        await save_webtoon(ready, a_webtoon("나"), seen=SEEN.replace(year=2027))
        await save_webtoon(ready, replace(a_webtoon("새"), credits=(Credit(artist="누구"),)), seen=SEEN)
        await save_episode(ready, 1, episode=an_episode(9), picture=None)
        await save_vectors(ready, "h", rows=rows(0))
        await save_statistics(ready, "g", rows=rows(0))
        assert await stamp(ready) == before


async def test_placeholders_are_no_evidence(ready: Connection) -> None:
    """A thumbnail that many episodes share is neither embedded nor searched, and an index notices."""
    await save_vectors(ready, "g", rows=rows(0, 1, 2, 3))
    before = await stamp(ready)
    for number in range(4, 8):
        await save_episode(ready, 1, episode=an_episode(number), picture=SHA256[2])
    assert await mark_placeholders(ready) == 1
    assert set((await load_vectors(ready, "g")).pictures) == {SHA256[n] for n in (0, 1, 3)}
    assert {sha256 for sha256, _ in await pictures_to_embed(ready, "g", limit=9)} == {
        SHA256[n] for n in (0, 1, 3)
    }
    assert await count_to_embed(ready, "g") == 3
    assert await stamp(ready) != before
