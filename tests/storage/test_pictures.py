from dataclasses import replace

import pytest

from storage.catalogue import save_episode
from storage.database import Connection, transaction
from storage.pictures import (
    drop_unshown,
    get_picture,
    list_placeholders,
    mark_placeholders,
    sample_pictures,
    save_picture,
    save_pictures,
)
from storage.records import AgeGrade
from tests.storage.examples import a_picture, a_webtoon, an_episode, save_all


@pytest.mark.parametrize("phash", [0, 1, 2**63 - 1, 2**63, 2**64 - 1])
async def test_comes_back_as_it_was(connection: Connection, phash: int) -> None:
    """Every field of a picture is kept, the hash over its whole unsigned range."""
    picture = replace(a_picture(), phash=phash)
    await save_picture(connection, picture)
    assert await get_picture(connection, picture.sha256) == picture


async def test_is_kept_once(connection: Connection) -> None:
    """The bytes that are there stay what they are."""
    await save_picture(connection, a_picture())
    before = connection.total_changes
    await save_picture(connection, replace(a_picture(), format="PNG"))
    assert connection.total_changes == before
    assert await get_picture(connection, a_picture().sha256) == a_picture()


async def test_many_are_kept_once(connection: Connection) -> None:
    """Of many pictures only those count that were not there, each once."""
    await save_picture(connection, a_picture(0))
    some = [a_picture(number) for number in (0, 1, 2, 1)]
    assert await save_pictures(connection, some) == 2
    assert await save_pictures(connection, some) == 0
    assert await save_pictures(connection, []) == 0
    assert [await get_picture(connection, picture.sha256) for picture in some] == some


async def test_an_unknown_name_finds_nothing(connection: Connection) -> None:
    """A picture that is not there is None."""
    assert await get_picture(connection, "0" * 64) is None


async def test_a_sample_is_spread_over_webtoons(connection: Connection) -> None:
    """Every webtoon gives one picture before any gives a second, and it is the same each time."""
    for title, pictures in {"가": range(20), "나": range(20, 22), "다": [22]}.items():
        await save_all(connection, a_webtoon(title), pictures=list(pictures))
    of_webtoon = {a_picture(n).sha256: "가나다"[(n >= 20) + (n >= 22)] for n in range(23)}
    sample = await sample_pictures(connection, 5)
    assert sorted(of_webtoon[sha256] for sha256 in sample[:3]) == ["가", "나", "다"]
    assert sorted(of_webtoon[sha256] for sha256 in sample[3:]) == ["가", "나"]
    assert await sample_pictures(connection, 5) == sample
    assert await sample_pictures(connection, 3) == sample[:3]


async def test_a_sample_is_for_everybody_as_long_as_it_can_be(connection: Connection) -> None:
    """Works for adults come last, also where another work shows the same picture."""
    await save_all(connection, replace(a_webtoon("가"), age_grade=AgeGrade.ADULT), pictures=[0, 1])
    await save_all(connection, a_webtoon("나"), pictures=[1, 2, 3])
    sample = await sample_pictures(connection, 9)
    assert sorted(sample[:2]) == sorted(a_picture(n).sha256 for n in (2, 3))
    assert sorted(sample[2:]) == sorted(a_picture(n).sha256 for n in (0, 1))


async def test_a_sample_has_no_doubles(connection: Connection) -> None:
    """A picture that two webtoons show comes once; one that none shows does not come."""
    await save_all(connection, a_webtoon("가"), pictures=[0, 1])
    webtoon_id = await save_all(connection, a_webtoon("나"), pictures=[1, 0])
    await save_episode(connection, webtoon_id, episode=an_episode(3), picture=None)
    await save_picture(connection, a_picture(2))
    assert sorted(await sample_pictures(connection, 9)) == sorted(a_picture(n).sha256 for n in (0, 1))


async def test_shared_thumbnails_are_placeholders(connection: Connection) -> None:
    """What many episodes or several webtoons show is marked; when it is shown less, the mark goes."""
    async with transaction(connection):
        await save_all(connection, a_webtoon("a"), pictures=[1, 1, 1, 1, 1, 2, 2, 2, 2, 3])
        await save_all(connection, a_webtoon("b"), pictures=[3, 2])
        await save_all(connection, a_webtoon("c"), pictures=[3])
        assert await mark_placeholders(connection) == 3
    assert await list_placeholders(connection) == {a_picture(n).sha256 for n in (1, 2, 3)}
    assert await sample_pictures(connection, 9) == []
    async with transaction(connection):
        await connection.rows("DELETE FROM webtoons WHERE title = 'b'")
        await mark_placeholders(connection)
    assert await list_placeholders(connection) == {a_picture(1).sha256}


async def test_unshown_pictures_are_dropped(connection: Connection) -> None:
    """A picture that was replaced goes, unless another episode shows it."""
    async with transaction(connection):
        await save_all(connection, a_webtoon(), pictures=[1, 2])
        await save_picture(connection, a_picture(3))
        await drop_unshown(connection, [a_picture(n).sha256 for n in (2, 3)])
    assert await get_picture(connection, a_picture(2).sha256) is not None
    assert await get_picture(connection, a_picture(3).sha256) is None
