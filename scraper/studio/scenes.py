"""Casts of webtoons and compositions of pictures, the same for every artist."""

import functools
from dataclasses import replace

from scraper.studio.content import (
    Age,
    Bubble,
    Character,
    Clothes,
    Cut,
    Effect,
    Extra,
    Fringe,
    Mood,
    Person,
    Place,
    Pose,
    Scene,
    Shot,
    Species,
    Thing,
    Time,
    Weather,
)
from scraper.studio.dice import Dice
from scraper.studio.palette import hsv, mix
from scraper.studio.style import RGB

_WIDTH = 202 / 120
_SKINS: tuple[RGB, ...] = ((255, 224, 200), (250, 214, 186), (238, 192, 158), (208, 154, 116), (150, 102, 74))
_HAIRS: tuple[tuple[RGB, float], ...] = (
    ((44, 38, 46), 5),
    ((88, 58, 44), 4),
    ((140, 92, 58), 3),
    ((222, 180, 104), 3),
    ((190, 84, 54), 2),
    ((232, 232, 238), 1.5),
    ((96, 110, 190), 1),
    ((226, 132, 162), 1),
    ((120, 76, 150), 1),
    ((72, 148, 130), 0.8),
)
_OLD_HAIRS: tuple[RGB, ...] = ((196, 196, 200), (228, 226, 222), (128, 128, 134))
_SHOTS = (
    (Shot.EYES, 0.06),
    (Shot.FACE, 0.26),
    (Shot.BUST, 0.28),
    (Shot.HALF, 0.14),
    (Shot.FULL, 0.10),
    (Shot.VIEW, 0.07),
    (Shot.THING, 0.12),
)
_SPECIES = ((Species.HUMAN, 0.8), *((kind, 0.04) for kind in Species if kind is not Species.HUMAN))
_AGES = ((Age.CHILD, 0.15), (Age.TEEN, 0.4), (Age.ADULT, 0.35), (Age.OLD, 0.1))
_BEARDED = frozenset({Cut.SHORT, Cut.SPIKY, Cut.BALD, Cut.CURLY})
_TIMES = ((Time.DAY, 0.58), (Time.DUSK, 0.18), (Time.NIGHT, 0.24))
_WEATHERS = (
    (Weather.CLEAR, 0.55),
    (Weather.CLOUDS, 0.2),
    (Weather.RAIN, 0.08),
    (Weather.SNOW, 0.07),
    (Weather.PETALS, 0.1),
)
_NUMBERS: dict[Shot, tuple[tuple[int, float], ...]] = {
    Shot.EYES: ((1, 1.0),),
    Shot.FACE: ((1, 0.8), (2, 0.2)),
    Shot.BUST: ((1, 0.5), (2, 0.42), (3, 0.08)),
    Shot.HALF: ((1, 0.35), (2, 0.45), (3, 0.2)),
    Shot.FULL: ((1, 0.25), (2, 0.4), (3, 0.35)),
    Shot.VIEW: ((0, 0.7), (1, 0.3)),
    Shot.THING: ((0, 1.0),),
}
# For each shot: a head's height (in a full shot and a view: the body's), and the head's middle.
_FRAMING: dict[Shot, tuple[tuple[float, float], tuple[float, float]]] = {
    Shot.EYES: ((1.35, 1.8), (0.36, 0.46)),
    Shot.FACE: ((0.74, 0.98), (0.47, 0.58)),
    Shot.BUST: ((0.46, 0.60), (0.36, 0.46)),
    Shot.HALF: ((0.29, 0.37), (0.27, 0.36)),
    Shot.FULL: ((0.84, 0.94), (0.04, 0.08)),
    Shot.VIEW: ((0.28, 0.42), (0.5, 0.56)),
}


def cast_of(dice: Dice) -> tuple[Character, ...]:
    """Invent the two to five characters of a webtoon."""
    return tuple(_character(dice) for _ in range(dice.number(2, 5)))


def _cloth(dice: Dice) -> RGB:
    if dice.chance(0.3):
        grey = dice.pick((38, 60, 110, 170, 236))
        return (grey, grey, min(255, grey + 6))
    return hsv(dice.unit(), dice.between(0.25, 0.85), dice.between(0.4, 0.96))


def _character(dice: Dice) -> Character:
    species, age = dice.weighted(_SPECIES), dice.weighted(_AGES)
    hair = dice.pick(_OLD_HAIRS) if age is Age.OLD else dice.weighted(_HAIRS)
    if species is not Species.HUMAN:
        hair = hsv(dice.unit(), dice.between(0.1, 0.6), dice.between(0.55, 0.95))
    cut = dice.weighted([(cut, 0.12 if cut is Cut.BALD else 1.0) for cut in Cut])
    extra = dice.weighted([(extra, 4.0 if extra is Extra.NONE else 1.0) for extra in Extra])
    if extra is Extra.BEARD and (cut not in _BEARDED or age in {Age.CHILD, Age.TEEN}):
        extra = Extra.NONE
    return Character(
        species=species,
        age=age,
        cut=cut,
        fringe=dice.pick(tuple(Fringe)),
        hair=hair,
        eyes=hsv(dice.pick((0.07, 0.08, 0.1, 0.33, 0.58, 0.6, 0.78, 0.97)), 0.65, dice.between(0.35, 0.75)),
        skin=mix(dice.pick(_SKINS), dice.pick(_SKINS), 0.3),
        clothes=dice.pick(tuple(Clothes)),
        cloth=_cloth(dice),
        accent=_cloth(dice),
        legs=_cloth(dice),
        extra=extra,
        skirt=dice.chance(0.35),
        broad=dice.between(0.88, 1.14),
        side=dice.pick((-1.0, 1.0)),
    )


def compose(dice: Dice, cast: tuple[Character, ...]) -> Scene:
    """Compose one picture with characters of a cast."""
    shot = dice.weighted(_SHOTS)
    people = _people(dice, shot, cast=cast)
    return Scene(
        shot=shot,
        place=dice.pick(tuple(Place)),
        time=dice.weighted(_TIMES),
        weather=dice.weighted(_WEATHERS),
        people=people,
        thing=dice.pick(tuple(Thing)) if shot is Shot.THING else None,
        thing_color=_cloth(dice),
        thing_tilt=dice.middle(-0.5, 0.5),
        bubbles=_bubbles(dice, people),
        effect=_effect(dice) if dice.chance(0.12) else None,
        horizon=dice.between(0.55, 0.72),
        habit=dice.unit(),
        seed=dice.number(0, 2**31),
    )


def _people(dice: Dice, shot: Shot, *, cast: tuple[Character, ...]) -> tuple[Person, ...]:
    number = min(dice.weighted(_NUMBERS[shot]), len(cast))
    who = dice.some(cast, number)
    if not who:
        return ()
    sizes, heights = _FRAMING[shot]
    crowd = 1.0 if number == 1 or shot in {Shot.FULL, Shot.VIEW} else 0.9 if number == 2 else 0.8  # noqa: PLR2004 - a pair is two
    size, y = dice.between(*sizes) * crowd, dice.between(*heights)
    places = _places(dice, number)
    people = tuple(
        _person(dice, one, at=(x, y + dice.between(-0.03, 0.03)), size=size)
        for one, x in zip(who, places, strict=True)
    )
    return tuple(_facing(person) for person in people) if shot is Shot.EYES else people


def _facing(person: Person) -> Person:
    """Turn somebody towards a camera that is near enough to see only the eyes."""
    return replace(person, turn=person.turn * 0.4, behind=False, x=_WIDTH / 2 + (person.x - _WIDTH / 2) * 0.5)


def _places(dice: Dice, number: int) -> list[float]:
    if number == 1:
        return [_WIDTH * dice.pick((0.5, 0.5, 0.36, 0.64)) + dice.between(-0.08, 0.08)]
    step = _WIDTH / number
    return [step * (spot + 0.5) + dice.between(-0.05, 0.05) for spot in range(number)]


def _person(dice: Dice, character: Character, *, at: tuple[float, float], size: float) -> Person:
    turn = dice.weighted(((0.0, 0.3), (0.42, 0.26), (-0.42, 0.26), (1.0, 0.07), (-1.0, 0.07)))
    pose = dice.pick(tuple(Pose))
    return Person(
        character=character,
        x=at[0],
        y=at[1],
        size=size * (0.92 if character.age is Age.CHILD else 1.0),
        turn=turn + (dice.between(-0.12, 0.12) if abs(turn) < 1 else 0.0),
        behind=dice.chance(0.05),
        tilt=dice.middle(-0.2, 0.2),
        mirror=dice.chance(0.5),
        pose=pose,
        mood=dice.pick(tuple(Mood)),
        thing=dice.pick((Thing.CUP, Thing.BOOK, Thing.PHONE, Thing.SWORD, Thing.FLOWER, Thing.LETTER))
        if pose is Pose.HOLD
        else None,
    )


def _bubbles(dice: Dice, people: tuple[Person, ...]) -> tuple[Bubble, ...]:
    if len(people) not in {1, 2} or not dice.chance(0.26):
        return ()
    alone = len(people) == 1
    left = people[0].x > _WIDTH / 2 if alone else dice.chance(0.5)
    width = dice.between(0.34, 0.5) if alone else dice.between(0.28, 0.36)
    x = (width / 2 + 0.04 if left else _WIDTH - width / 2 - 0.04) if alone else _WIDTH / 2
    return (
        Bubble(
            x=x,
            y=dice.between(0.15, 0.22),
            width=width,
            height=dice.between(0.2, 0.28),
            tail=0.12 if left else -0.12,
            lines=dice.number(2, 3),
            loud=dice.chance(0.25),
        ),
    )


def _effect(dice: Dice) -> Effect:
    return Effect(
        x=dice.pick((0.24, _WIDTH - 0.24)),
        y=dice.between(0.62, 0.8),
        size=dice.between(0.16, 0.28),
        tilt=dice.between(-0.35, 0.35),
        letters=tuple(dice.number(0, 5) for _ in range(dice.number(1, 3))),
        color=hsv(dice.unit(), 0.8, 0.95),
    )


@functools.lru_cache(maxsize=512)
def _cast(seed: int, artist: int, webtoon: int) -> tuple[Character, ...]:
    return cast_of(Dice(seed, "cast", artist, webtoon))


def scene_of(seed: int, artist: int, *, webtoon: int, episode: int) -> Scene:
    """Compose the picture of one episode; nothing in it depends on the artist's style."""
    dice = Dice(seed, "scene", artist, webtoon, episode)
    return compose(dice, _cast(seed, artist, webtoon))
