from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from model import generations as on_disk
from model import whitening
from model.calibration import Calibration
from model.embedding import embed_catalogue
from model.finder import Finder
from model.generations import Generation
from model.serving import load_finder, serving_generation
from storage import catalogue, generations, vectors
from storage.answers import Familiarity
from storage.database import Connection, connect, transaction
from storage.errors import (
    DamagedPicture,
    EmptyCatalogue,
    GenerationCorrupt,
    GenerationMismatch,
    GenerationMissing,
    WebtoonNotFound,
)
from storage.records import Platform, Webtoon
from tests.model.drawings import hand, strip, write
from tests.model.shelf import NEW, SEEN, Shelf, fill, name_of, picture_of, with_head

NOWHERE = Path("nowhere")
BACKWARDS = '{"temperature": 0.1, "close": 0.2, "loose": 0.5}'


def titles(finder: Finder, *pictures: bytes) -> list[str]:
    """Name the webtoons that are found."""
    return [match.stored.webtoon.title for match in finder.find(pictures).matches]


@pytest.mark.parametrize("artist", range(3))
def test_the_hand_is_found(finder: Finder, artist: int) -> None:
    """For a new picture by a known hand, this hand's webtoons come first, and the hand itself."""
    answer = finder.find([picture_of(artist, NEW)])
    assert {match.stored.webtoon.title for match in answer.matches[:2]} == {
        f"웹툰 {artist}-0",
        f"웹툰 {artist}-1",
    }
    assert answer.artists[0].artist == name_of(artist)
    assert answer.artists[0].probability > 0.5


def test_a_stranger_is_nobody_s(finder: Finder) -> None:
    """Noise is nobody's drawing: less is left for the artists than a hand of theirs gets."""
    noise = np.random.default_rng(0).integers(0, 256, (120, 202, 3), dtype=np.uint8)
    stranger, friend = (finder.find([data]) for data in (write(Image.fromarray(noise)), picture_of(0, NEW)))
    assert stranger.familiarity is not Familiarity.CLOSE
    given = [sum(share.probability for share in answer.artists) for answer in (stranger, friend)]
    assert given[0] < given[1] * 0.7


def test_form_of_an_answer(finder: Finder) -> None:
    """Ranks rise, scores fall from 1 to 0, shares leave room for strangers, and each stage has its time."""
    answer = finder.find([picture_of(0, NEW)])
    assert [match.rank for match in answer.matches] == [1, 2, 3, 4, 5, 6]
    scores = [match.score for match in answer.matches]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert 0.5 < sum(share.probability for share in answer.artists) < 1
    assert not any(share.trained for share in answer.artists)
    assert (answer.crops, answer.generation) == (1, finder.generation.id)
    assert set(answer.seconds) == {"decode", "encode", "search"}


async def test_the_picture_that_shows_why(finder: Finder, opened: Connection) -> None:
    """A picture of the catalogue finds itself: its webtoon, its episode, its thumbnail."""
    answer = finder.find([picture_of(1, 102)])
    assert answer.familiarity is Familiarity.CLOSE
    best = answer.matches[0]
    assert (best.stored.webtoon.title, best.episode) == ("웹툰 1-1", 2)
    episodes = await catalogue.list_episodes(opened, best.stored.id)
    assert best.picture == next(each.picture for each in episodes if each.episode.number == 2)


def test_top(finder: Finder) -> None:
    """As many webtoons are found as are wanted, or as there are."""
    assert len(finder.find([picture_of(0, NEW)], top=2).matches) == 2
    assert len(finder.find([picture_of(0, NEW)], top=99).matches) == 6


def test_several_pictures(finder: Finder) -> None:
    """Several pictures count alike: two of one hand outvote one of another."""
    pictures = [picture_of(1, NEW), picture_of(2, NEW), picture_of(2, NEW + 1)]
    assert titles(finder, *pictures)[0].startswith("웹툰 2")
    assert finder.find(pictures).crops == 3
    assert titles(finder, *pictures) == titles(finder, *reversed(pictures))


def test_strip(finder: Finder) -> None:
    """A strip is looked at panel by panel."""
    assert finder.find([write(strip(202, [120, 120, 120]))]).crops == 3


def test_a_bad_picture(finder: Finder) -> None:
    """One bad picture among several is refused as such."""
    with pytest.raises(DamagedPicture):
        finder.find([picture_of(0, NEW), picture_of(0, NEW)[:300]])


async def test_like(finder: Finder, opened: Connection) -> None:
    """The webtoons most like one are by its hand, and it is not among them."""
    stored = await catalogue.find_webtoon(opened, Platform.FOLDER, platform_id="1-0")
    assert stored is not None
    answer = finder.like(stored.id)
    assert answer.matches[0].stored.webtoon.title == "웹툰 1-1"
    assert stored.id not in [match.stored.id for match in answer.matches]
    assert len(answer.matches) == 5
    assert answer.artists[0].artist == name_of(1)
    assert (answer.crops, set(answer.seconds)) == (0, {"search"})


async def test_like_leaves_seasons_out(finder: Finder, opened: Connection) -> None:
    """Other seasons of the same webtoon are no answer."""
    stored = await catalogue.find_webtoon(opened, Platform.FOLDER, platform_id="0-0")
    assert stored is not None
    found = [match.stored.webtoon.title for match in finder.like(stored.id).matches]
    assert sorted(found) == ["웹툰 1-0", "웹툰 1-1", "웹툰 2-0", "웹툰 2-1"]


async def test_like_alone(database: Path, connection: Connection, generation: Generation) -> None:
    """A webtoon with nothing beside it is like none."""
    await fill(database, Shelf(artists=1))
    await embed_catalogue(database, generation)
    stored = await catalogue.find_webtoon(connection, Platform.FOLDER, platform_id="0-0")
    assert stored is not None
    answer = (await load_finder(database, NOWHERE)).like(stored.id)
    assert (answer.matches, answer.artists, answer.familiarity) == ((), (), Familiarity.NONE)


@pytest.mark.parametrize("webtoon_id", [0, 7, 99_999])
def test_like_nothing(finder: Finder, webtoon_id: int) -> None:
    """A webtoon that is not there is not found."""
    with pytest.raises(WebtoonNotFound):
        finder.like(webtoon_id)


async def test_like_without_pictures(ready: Path, generation: Generation) -> None:
    """A webtoon without pictures cannot be compared, and is named."""
    async with connect(ready) as connection, transaction(connection):
        webtoon = Webtoon(platform=Platform.FOLDER, platform_id="bare", title="그림 없음")
        bare = await catalogue.save_webtoon(connection, webtoon, seen=SEEN)
    await embed_catalogue(ready, generation)
    with pytest.raises(WebtoonNotFound, match="그림 없음"):
        (await load_finder(ready, NOWHERE)).like(bare)


async def test_nothing_embedded(database: Path, generation: Generation) -> None:
    """A catalogue in which nothing is embedded is empty: without a generation, a fit, or a vector."""
    with pytest.raises(EmptyCatalogue):
        await load_finder(database, NOWHERE)
    await embed_catalogue(database, generation)
    with pytest.raises(EmptyCatalogue):
        await load_finder(database, NOWHERE)


async def refit(database: Path, generation: Generation, **values: bytes | str) -> None:
    """Change what is stored of the fit."""
    async with connect(database) as connection, transaction(connection):
        row = await generations.current(connection)
        assert row is not None
        parts = {"transform": row.transform, "calibration": row.calibration, "fitted_on": 24} | values
        await generations.save_fit(connection, generation.id, **parts)


@pytest.mark.parametrize("values", [{"transform": b"PK"}, {"calibration": "[]"}, {"calibration": BACKWARDS}])
async def test_damaged_fit(ready: Path, generation: Generation, values: dict[str, bytes | str]) -> None:
    """A damaged transform or calibration is named as a damaged generation."""
    await refit(ready, generation, **values)
    with pytest.raises(GenerationCorrupt):
        await load_finder(ready, NOWHERE)


async def test_fit_for_other_vectors(ready: Path, generation: Generation) -> None:
    """A transform to vectors of another length than those stored does not fit."""
    short = replace(generation, manifest=replace(generation.manifest, dimensions=5))
    fitted = whitening.fit(np.zeros((0, 1), np.float32), short.prior, dimensions=5)
    await refit(ready, generation, transform=fitted.to_bytes())
    with pytest.raises(GenerationMismatch, match="256"):
        await load_finder(ready, NOWHERE)


async def test_another_network_of_the_same_name(
    database: Path, connection: Connection, generation: Generation
) -> None:
    """Statistics of another length than the generation makes do not fit."""
    async with transaction(connection):
        await generations.register(connection, generation.id, dimensions=7)
        await generations.promote(connection, generation.id)
    fitted = whitening.fit(np.zeros((0, 1), np.float32), generation.prior)
    calibration = generation.manifest.calibration.to_json()
    await refit(database, generation, transform=fitted.to_bytes(), calibration=calibration)
    with pytest.raises(GenerationMismatch, match="holds 7 statistics"):
        await load_finder(database, NOWHERE)


async def test_missing_generation(database: Path, connection: Connection) -> None:
    """A current generation whose folder is gone is named."""
    async with transaction(connection):
        await generations.register(connection, "lost-1", dimensions=7)
        await generations.promote(connection, "lost-1")
    with pytest.raises(GenerationMissing, match="lost-1"):
        await load_finder(database, NOWHERE)
    with pytest.raises(GenerationMissing, match="lost-1"):
        await serving_generation(database, NOWHERE)


async def test_serving_generation(
    database: Path, generation: Generation, tmp_path: Path, finder: Finder
) -> None:
    """The current generation serves, whoever did before; until there is one, the one that Grimche ships."""
    assert (await serving_generation(database, NOWHERE)).id == generation.id
    folder = tmp_path / "generations"
    own = replace(generation.manifest, id="own-1")
    made = on_disk.save(
        folder / "own-1",
        own,
        encoder=generation.encoder,
        prior=generation.prior,
        extra={on_disk.COMPANION: generation.companion or b""},
    )
    await fill(database, Shelf(episodes=1))
    await embed_catalogue(database, made)
    assert (await serving_generation(database, folder)).id == "own-1"
    assert (await load_finder(database, folder, before=finder)).encoder.generation.id == "own-1"


async def test_stamp(finder: Finder, opened: Connection) -> None:
    """A finder knows from what state of the catalogue it was made."""
    assert finder.stamp == await vectors.stamp(opened)


async def test_encoder_goes_on(finder: Finder, ready: Path) -> None:
    """A finder of a generation that goes on serving has the encoder of the one before."""
    assert (await load_finder(ready, NOWHERE, before=finder)).encoder is finder.encoder


async def test_trained_artists(database: Path, tmp_path: Path, generation: Generation) -> None:
    """Artists whom the network was trained on share by its head; the others keep their shares."""
    labels = (name_of(0), "nobody here", name_of(1))
    headed = with_head(generation, labels, weight=0.2)
    await fill(database)
    parts = {"encoder": headed.encoder, "prior": headed.prior, "classes": headed.classes}
    on_disk.save(tmp_path / headed.id, headed.manifest, **parts)
    await embed_catalogue(database, headed)
    answer = (await load_finder(database, tmp_path)).find([picture_of(2, NEW)])
    found = {share.artist: share for share in answer.artists}
    assert [found[name_of(artist)].trained for artist in range(3)] == [True, True, False]
    assert 0.5 < sum(share.probability for share in answer.artists) < 1
    assert found[name_of(2)].probability > 0.5


async def test_webtoons_without_painters(ready: Path, generation: Generation) -> None:
    """A webtoon whose painter is unknown is found; it gives nobody a share."""
    async with connect(ready) as connection, transaction(connection):
        for stored in await catalogue.list_webtoons(connection):
            await catalogue.save_webtoon(connection, replace(stored.webtoon, credits=()), seen=SEEN)
    await embed_catalogue(ready, generation)
    answer = (await load_finder(ready, NOWHERE)).find([picture_of(0, NEW)])
    assert (len(answer.matches), answer.artists) == (6, ())


async def test_no_trained_artist_here(database: Path, tmp_path: Path, generation: Generation) -> None:
    """A network that was trained on other people's artists says nothing of those that are here."""
    headed = with_head(generation, ("nobody here",), weight=0.2)
    await fill(database, Shelf(episodes=1))
    parts = {"encoder": headed.encoder, "prior": headed.prior, "classes": headed.classes}
    on_disk.save(tmp_path / headed.id, headed.manifest, **parts)
    await embed_catalogue(database, headed)
    answer = (await load_finder(database, tmp_path)).find([picture_of(2, NEW)])
    assert not any(share.trained for share in answer.artists)


async def test_all_pictures_gone(ready: Path, opened: Connection) -> None:
    """A fit without any vector left is an empty catalogue."""
    async with transaction(opened):
        await opened.rows("DELETE FROM vectors")
    with pytest.raises(EmptyCatalogue):
        await load_finder(ready, NOWHERE)


async def test_like_keeps_others_shares(finder: Finder, opened: Connection) -> None:
    """An artist whose only nearness is the webtoon in question has no share in what it is like."""
    stored = await catalogue.find_webtoon(opened, Platform.FOLDER, platform_id="0-0")
    assert stored is not None
    assert name_of(0) not in [share.artist for share in finder.like(stored.id).artists]


async def test_noise_among_drawings(finder: Finder) -> None:
    """Noise sent with a drawing does not change whose the drawing is."""
    noise = np.random.default_rng(0).integers(0, 256, (120, 202, 3), dtype=np.uint8)
    answer = finder.find([picture_of(1, NEW), write(Image.fromarray(noise))])
    assert answer.artists[0].artist == name_of(1)


@pytest.mark.parametrize("scale", [0.8, 1, 2])
def test_duplicate(finder: Finder, scale: float) -> None:
    """A picture of the catalogue in another size and format is recognised and close."""
    image = hand(1, 102)
    image = image.resize((round(image.width * scale), round(image.height * scale)))
    answer = finder.find([picture_of(0, NEW), write(image, "JPEG", quality=85)])
    (found,) = answer.duplicates
    assert (found.place, found.stored.webtoon.title, found.episode) == (1, "웹툰 1-1", 2)
    assert answer.familiarity is Familiarity.CLOSE


def test_no_duplicate(finder: Finder) -> None:
    """A new picture by a known hand is none of the catalogue's."""
    assert [finder.find([picture_of(artist, NEW)]).duplicates for artist in range(3)] == [(), (), ()]


async def test_one_of(ready: Path, generation: Generation) -> None:
    """The artists who may have drawn it are named from the share on that the calibration says."""
    async with connect(ready, read_only=True) as connection:
        row = await generations.current(connection)
    assert row is not None
    assert row.calibration is not None
    calibration = Calibration.from_json(row.calibration)
    assert calibration.reach == 0
    for reach, count in ((0.0, 0), (0.99, 1), (1e-30, 3)):
        await refit(ready, generation, calibration=replace(calibration, reach=reach).to_json())
        found = (await load_finder(ready, NOWHERE)).find([picture_of(0, NEW)]).one_of
        assert (len(found.artists) if found else 0) == count
        assert found is None or (found.artists[0], found.coverage) == (name_of(0), 0.9)


async def test_one_of_holds_the_first(database: Path, tmp_path: Path, generation: Generation) -> None:
    """Whom the head puts first is among those who may have drawn it, also where similarity says another."""
    headed = with_head(generation, (name_of(0), name_of(1)), weight=0.2)
    await fill(database)
    parts = {"encoder": headed.encoder, "prior": headed.prior, "classes": headed.classes}
    on_disk.save(tmp_path / headed.id, headed.manifest, **parts)
    await embed_catalogue(database, headed)
    sure = Calibration(reach=0.99, loose=-1.0, middle=-1.0)
    await refit(database, headed, calibration=sure.to_json())
    finder = await load_finder(database, tmp_path)
    answers = [finder.find([picture_of(artist, NEW)]) for artist in (0, 1)]
    assert all(answer.one_of and answer.one_of.artists[0] == answer.artists[0].artist for answer in answers)
    assert max(len(answer.one_of.artists) for answer in answers if answer.one_of) > 1


async def test_one_of_nobody(ready: Path, generation: Generation) -> None:
    """Of a picture that is rather by nobody of the catalogue it is not said who drew it."""
    async with connect(ready, read_only=True) as connection:
        row = await generations.current(connection)
    assert row is not None
    assert row.calibration is not None
    sure = replace(Calibration.from_json(row.calibration), reach=0.99, loose=-1.0)
    for middle, said in ((-1.0, True), (2.0, False)):
        await refit(ready, generation, calibration=replace(sure, middle=middle).to_json())
        found = (await load_finder(ready, NOWHERE)).find([picture_of(0, NEW)])
        assert found.familiarity is not Familiarity.NONE
        assert (found.one_of is not None) == said
