import pytest

from storage.database import Connection
from storage.errors import GenerationMissing, GenerationServes
from storage.generations import (
    current,
    discard,
    list_generations,
    promote,
    promotions,
    register,
    save_fit,
    save_scores,
)


async def test_begins_empty(connection: Connection) -> None:
    """No generation serves before one is promoted."""
    await register(connection, "a", dimensions=3)
    assert await current(connection) is None


async def test_is_registered_once(connection: Connection) -> None:
    """A generation that is there stays what it is."""
    await register(connection, "a", dimensions=3)
    await register(connection, "a", dimensions=4)
    (row,) = await list_generations(connection)
    assert (row.id, row.dimensions, row.current, row.revision) == ("a", 3, False, 0)
    assert (row.transform, row.calibration, row.fitted_on, row.scores) == (None, None, 0, None)
    assert row.created.tzinfo is not None


async def test_one_serves_at_a_time(connection: Connection) -> None:
    """Promoting one retires the one before; promoting it again changes nothing."""
    for generation in ("a", "b"):
        await register(connection, generation, dimensions=3)
        await promote(connection, generation)
        await promote(connection, generation)
    assert [(row.id, row.current) for row in await list_generations(connection)] == [
        ("b", True),
        ("a", False),
    ]
    row = await current(connection)
    assert row
    assert row.id == "b"


async def test_a_fit_is_kept_and_counted(connection: Connection) -> None:
    """The last fit replaces the one before and makes a new revision."""
    await register(connection, "a", dimensions=3)
    for revision in (1, 2):
        await save_fit(
            connection,
            "a",
            transform=b"\x00" * revision,
            calibration=f"[{revision}]",
            fitted_on=10 * revision,
        )
        (row,) = await list_generations(connection)
        assert row.revision == revision
        assert row.transform == b"\x00" * revision
        assert (row.calibration, row.fitted_on) == (f"[{revision}]", 10 * revision)


async def test_strangers_are_refused(connection: Connection) -> None:
    """A generation that nobody registered is neither promoted nor fitted, and the old one serves on."""
    await register(connection, "a", dimensions=3)
    await promote(connection, "a")
    with pytest.raises(GenerationMissing, match="Generation b"):
        await promote(connection, "b")
    with pytest.raises(GenerationMissing, match="Generation b"):
        await save_fit(connection, "b", transform=b"", calibration="{}", fitted_on=0)
    row = await current(connection)
    assert row
    assert row.id == "a"


async def test_remembers_what_has_served(connection: Connection) -> None:
    """Each promotion is noted with who wanted it, the newest first; promoting the same again is not."""
    for generation in ("a", "b", "b", "a"):
        await register(connection, generation, dimensions=3)
        await promote(connection, generation, who=f"admin {generation}")
    noted = [(each.generation, each.who) for each in await promotions(connection)]
    assert noted == [("a", "admin a"), ("b", "admin b"), ("a", "admin a")]


async def test_discards_what_does_not_serve(connection: Connection) -> None:
    """A discarded generation is gone with its history; the one that serves, and strangers, are refused."""
    for generation in ("a", "b"):
        await register(connection, generation, dimensions=3)
        await promote(connection, generation)
    await discard(connection, "a")
    assert [row.id for row in await list_generations(connection)] == ["b"]
    assert [each.generation for each in await promotions(connection)] == ["b"]
    with pytest.raises(GenerationServes):
        await discard(connection, "b")
    with pytest.raises(GenerationMissing):
        await discard(connection, "a")


async def test_keeps_scores(connection: Connection) -> None:
    """The last scores replace those before."""
    await register(connection, "a", dimensions=3)
    for scores in ('{"top1": 0.5}', '{"top1": 0.6}'):
        await save_scores(connection, "a", scores=scores)
        (row,) = await list_generations(connection)
        assert row.scores == scores
