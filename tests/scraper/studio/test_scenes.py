"""What pictures show, apart from the hands that draw them."""

import ast
from collections import Counter
from pathlib import Path

from scraper.studio import scene_of, scenes, style_of
from scraper.studio.content import Shot
from scraper.studio.dice import Dice
from scraper.studio.scenes import cast_of, compose


def test_content_does_not_know_the_style() -> None:
    """Scenes are composed without reading a style: the module imports nothing of it but the colour type."""
    tree = ast.parse(Path(scenes.__file__).read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names = {alias.name for node in imports if node.module == "scraper.studio.style" for alias in node.names}
    modules = {node.module for node in imports}
    assert names == {"RGB"}
    assert not modules & {"scraper.studio.styles", "scraper.studio.archetypes", "scraper.studio.defaults"}


def test_content_follows_its_own_seed() -> None:
    """The same throws give the same scene, whoever the artist is."""
    one = compose(Dice("content", 4), cast_of(Dice("cast", 4)))
    other = compose(Dice("content", 4), cast_of(Dice("cast", 4)))
    assert one == other
    assert compose(Dice("content", 5), cast_of(Dice("cast", 4))) != one


def test_content_is_alike_for_all_hands() -> None:
    """Hair colours are spread alike over artists of dark and of light palettes."""
    groups: dict[bool, Counter[bool]] = {True: Counter(), False: Counter()}
    for artist in range(1500):
        bright = style_of(0, artist).palette.lift > 5
        for person in scene_of(0, artist, webtoon=0, episode=0).people:
            groups[bright][sum(person.character.hair) > 300] += 1
    shares = [counter[True] / counter.total() for counter in groups.values()]
    assert abs(shares[0] - shares[1]) < 0.08


def test_a_webtoon_has_its_cast() -> None:
    """Two to five characters recur through a webtoon, and another webtoon has others."""
    casts = [
        {
            person.character
            for episode in range(60)
            for person in scene_of(0, 9, webtoon=webtoon, episode=episode).people
        }
        for webtoon in range(2)
    ]
    assert all(2 <= len(cast) <= 5 for cast in casts)
    assert not casts[0] & casts[1]


def test_every_shot_occurs() -> None:
    """Close-ups and busts are common, and every shot occurs."""
    shots = Counter(scene_of(0, artist, webtoon=0, episode=0).shot for artist in range(400))
    assert set(shots) == set(Shot)
    assert shots[Shot.FACE] + shots[Shot.BUST] > 160


def test_views_and_things_show_nobody_near() -> None:
    """A thing is shown alone."""
    scenes_of_things = [
        scene for scene in (scene_of(0, k, webtoon=0, episode=0) for k in range(300)) if scene.thing
    ]
    assert scenes_of_things
    assert all(not scene.people for scene in scenes_of_things)
