"""What the studio draws."""

import hashlib
import io
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from scraper.studio import draw_jpeg, draw_thumbnail, render, scene_of, style_of
from scraper.studio.archetypes import ARCHETYPES
from scraper.studio.content import Mood, Scene, Shot, Thing
from scraper.studio.dice import Dice
from scraper.studio.style import Backdrop, Shade, Style
from scraper.studio.styles import make_style

_PRINT_DIGEST = """
import hashlib
from scraper.studio import draw_jpeg
digest = hashlib.sha256()
for artist in range(12):
    digest.update(draw_jpeg(3, artist, webtoon=1, episode=artist))
print(digest.hexdigest())
"""


def _scene(shot: Shot, *, people: int = 1) -> Scene:
    scenes = (scene_of(1, number, webtoon=0, episode=0) for number in range(1000))
    return next(scene for scene in scenes if scene.shot is shot and len(scene.people) == people)


def _pixels(style: Style, scene: Scene) -> bytes:
    return render(style, scene).tobytes()


def test_two_processes_draw_the_same_bytes() -> None:
    """Another process draws the same bytes, whatever its hash seed."""
    digest = hashlib.sha256()
    for artist in range(12):
        digest.update(draw_jpeg(3, artist, webtoon=1, episode=artist))
    run = subprocess.run(
        [sys.executable, "-c", _PRINT_DIGEST],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONHASHSEED": "7"},
    )
    assert run.stdout.strip() == digest.hexdigest()


def test_order_of_drawing_does_not_matter() -> None:
    """A thumbnail is the same whatever was drawn before it."""
    first = draw_thumbnail(0, 5, webtoon=0, episode=3).tobytes()
    draw_thumbnail(0, 6, webtoon=1, episode=1)
    assert draw_thumbnail(0, 5, webtoon=0, episode=3).tobytes() == first


@pytest.mark.parametrize("size", [(202, 120), (101, 60), (404, 240), (640, 200)])
def test_size_and_mode(size: tuple[int, int]) -> None:
    """A thumbnail has the asked size and is RGB."""
    picture = draw_thumbnail(0, 1, webtoon=0, episode=0, size=size)
    assert (picture.size, picture.mode) == (size, "RGB")


def test_jpeg() -> None:
    """A file is a JPEG of 202x120."""
    with Image.open(io.BytesIO(draw_jpeg(0, 1, webtoon=0, episode=0))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (202, 120))


def test_hands_differ_on_one_scene() -> None:
    """Twenty hands draw the same scene in twenty ways, each the same every time."""
    scene = _scene(Shot.BUST)
    drawings = [_pixels(style_of(0, artist), scene) for artist in range(20)]
    assert len(set(drawings)) == 20
    assert _pixels(style_of(0, 7), scene) == drawings[7]


@pytest.mark.parametrize("archetype", ARCHETYPES)
def test_every_archetype_draws_every_shot(archetype: str) -> None:
    """Every archetype draws every shot, and never a blank sheet."""
    style = make_style(archetype, Dice("test", archetype))
    for shot in Shot:
        scene = _scene(shot, people=0 if shot in {Shot.VIEW, Shot.THING} else 1)
        assert np.asarray(render(style, scene), dtype=float).std() > 3, shot


@pytest.mark.parametrize("kind", Shade)
def test_shades_show(kind: Shade) -> None:
    """Every way of shading but the flat one changes the drawing."""
    style = make_style("webtoon", Dice("shade"))
    flat = replace(style, shading=replace(style.shading, kind=Shade.FLAT, strength=0.8, depth=0.3))
    shaded = replace(flat, shading=replace(flat.shading, kind=kind))
    scene = _scene(Shot.FACE)
    assert (_pixels(flat, scene) == _pixels(shaded, scene)) == (kind is Shade.FLAT)


@pytest.mark.parametrize("thing", Thing)
def test_things_show(thing: Thing) -> None:
    """Every thing is drawn, and no two look the same."""
    style = make_style("vector", Dice("things"))
    scene = replace(_scene(Shot.THING, people=0), effect=None)
    others = [other for other in Thing if other is not thing][:1]
    assert _pixels(style, replace(scene, thing=thing)) != _pixels(style, replace(scene, thing=others[0]))


@pytest.mark.parametrize("mood", Mood)
def test_moods_show(mood: Mood) -> None:
    """A mood changes the face."""
    style = make_style("gag", Dice("moods"))
    scene = _scene(Shot.FACE)
    person = replace(scene.people[0], turn=0.0, behind=False)
    other = Mood.CALM if mood is not Mood.CALM else Mood.ANGRY
    drawings = {_pixels(style, replace(scene, people=(replace(person, mood=one),))) for one in (mood, other)}
    assert len(drawings) == 2


def test_every_kind_occurs() -> None:
    """Over many artists every archetype, shade and background habit occurs."""
    styles = [style_of(0, artist) for artist in range(600)]
    assert {style.archetype for style in styles} == set(ARCHETYPES)
    assert {style.shading.kind for style in styles} == set(Shade)
    assert {kind for style in styles for kind, _ in style.behind.habits} == set(Backdrop)


def test_styles_are_distinct() -> None:
    """Thousands of artists have hands of their own."""
    assert len({style_of(0, artist) for artist in range(3000)}) == 3000


def _statistics(picture: Image.Image) -> list[float]:
    pixels = np.asarray(picture, dtype=np.float64) / 255
    grey = pixels.mean(axis=2)
    steps = [np.abs(np.diff(grey[::k, ::k], axis=axis)) for k in (1, 2, 4) for axis in (0, 1)]
    colors = [
        *pixels.mean(axis=(0, 1)),
        *pixels.std(axis=(0, 1)),
        (pixels.max(axis=2) - pixels.min(axis=2)).mean(),
    ]
    return [*colors, *(step.mean() for step in steps), *(step.std() for step in steps)]


def test_hands_can_be_told_apart() -> None:
    """Pictures of one artist, from different webtoons, are nearer to each other than to other artists'."""
    artists, pictures = 30, 4
    table = np.array(
        [
            [_statistics(draw_thumbnail(0, artist, webtoon=k % 2, episode=k)) for k in range(pictures)]
            for artist in range(artists)
        ]
    )
    table = (table - table.mean(axis=(0, 1))) / table.std(axis=(0, 1))
    flat = table.reshape(artists * pictures, -1)
    distance = np.linalg.norm(flat[:, None] - flat[None], axis=2)
    owner = np.repeat(np.arange(artists), pictures)
    same = owner[:, None] == owner[None]
    within = distance[same & (distance > 0)].mean()
    assert within < 0.75 * distance[~same].mean()
