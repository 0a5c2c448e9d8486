"""The whole range a hand may have, before an archetype narrows it."""

import math

from scraper.studio.dice import Dice
from scraper.studio.palette import hsv, mix
from scraper.studio.style import (
    RGB,
    Backdrop,
    Behind,
    Build,
    Eyes,
    Features,
    Fill,
    Finish,
    Hair,
    HairInk,
    Line,
    LineColor,
    Mouth,
    Nose,
    Palette,
    Printing,
    Shade,
    Shading,
    Style,
    Texture,
)

WHITE: RGB = (255, 255, 255)


def any_style(dice: Dice) -> Style:
    """Draw a plain, coloured, outlined hand with everything in its middle range."""
    return Style(
        archetype="",
        line=any_line(dice),
        build=any_build(dice),
        features=any_features(dice),
        hair=any_hair(dice),
        palette=any_palette(dice),
        shading=any_shading(dice),
        behind=any_behind(dice),
        finish=any_finish(dice),
    )


def dark(dice: Dice) -> RGB:
    """Pick an ink: mostly black, sometimes of a deep hue."""
    if dice.chance(0.5):
        return (dice.number(8, 34), dice.number(8, 30), dice.number(10, 38))
    return hsv(dice.unit(), dice.between(0.3, 0.7), dice.between(0.18, 0.36))


def any_line(dice: Dice) -> Line:
    """Draw a clean inked line."""
    weight = dice.between(0.8, 2.2)
    return Line(
        weight=weight,
        detail=weight * dice.between(0.75, 1.1),
        variation=dice.between(0.0, 0.7),
        wobble=dice.between(0.08, 0.3) if dice.chance(0.4) else 0.0,
        passes=1,
        folds=dice.between(0.2, 1.0) if dice.chance(0.5) else 0.0,
        gaps=0.0,
        color_from=LineColor.LOCAL if dice.chance(0.15) else LineColor.FIXED,
        color=dark(dice),
        opacity=dice.between(0.9, 1.0),
        softness=dice.pick((0.0, 0.0, 0.0, 0.4)),
        grain=0.0,
        contour=0.0,
        distance=dice.between(0.3, 1.0),
    )


def any_build(dice: Dice) -> Build:
    """Draw proportions from gag to grown."""
    return Build(
        heads=dice.between(3.6, 7.0),
        head_width=dice.between(0.76, 0.98),
        jaw=dice.between(0.25, 0.75),
        chin=dice.between(0.2, 0.8),
        neck=dice.between(0.08, 0.24),
        shoulders=dice.between(0.62, 0.95),
        limbs=dice.between(0.11, 0.2),
        hands=dice.between(0.13, 0.2),
        angular=dice.unit(),
        facets=dice.pick((2, 3)) if dice.chance(0.06) else 1,
    )


def any_features(dice: Dice) -> Features:
    """Draw a face's idiom."""
    return Features(
        eyes=dice.pick((Eyes.SHOJO, Eyes.SHONEN, Eyes.NARROW, Eyes.ALMOND, Eyes.BEAD)),
        eye_size=dice.between(0.10, 0.16),
        eye_width=dice.between(0.8, 1.15),
        eye_apart=dice.between(0.42, 0.54),
        eye_height=dice.between(0.05, 0.12),
        iris=dice.unit(),
        sparkle=dice.number(0, 2),
        lash=dice.unit(),
        brow=dice.between(0.8, 2.4),
        nose=dice.pick((Nose.DOT, Nose.TICK, Nose.HOOK, Nose.WEDGE, Nose.NONE)),
        nose_size=dice.between(0.05, 0.11),
        mouth=dice.pick((Mouth.LINE, Mouth.FILLED, Mouth.LIPS, Mouth.SMALL)),
        mouth_size=dice.between(0.09, 0.17),
        mouth_height=dice.between(0.29, 0.34),
        blush=dice.pick((0.0, 0.0, 0.25, 0.45)),
        blush_lines=dice.number(2, 4) if dice.chance(0.2) else 0,
        ears=dice.between(0.8, 1.3),
    )


def any_hair(dice: Dice) -> Hair:
    """Draw a way of doing hair."""
    return Hair(
        ink=dice.pick(tuple(HairInk)),
        volume=dice.between(0.0, 1.2),
        points=dice.unit(),
        strands=dice.number(4, 11),
        shine=dice.unit(),
    )


def any_palette(dice: Dice) -> Palette:
    """Draw a palette: natural, pastel, vivid, muted, earthy or of few colours."""
    families = {
        "natural": (dice.between(0.85, 1.1), dice.between(0.9, 1.1), dice.between(-8, 8)),
        "pastel": (dice.between(0.5, 0.75), dice.between(0.55, 0.7), dice.between(34, 56)),
        "vivid": (dice.between(1.3, 1.8), dice.between(1.0, 1.25), dice.between(-6, 14)),
        "muted": (dice.between(0.45, 0.7), dice.between(0.75, 0.95), dice.between(-14, 12)),
        "deep": (dice.between(0.8, 1.2), dice.between(0.85, 1.1), dice.between(-30, -12)),
    }
    saturation, contrast, lift = families[
        dice.pick(("natural", "natural", "vivid", "vivid", "pastel", "muted", "deep"))
    ]
    tint = hsv(dice.unit(), dice.between(0.3, 0.8), dice.between(0.5, 1.0))
    return Palette(
        fill=Fill.COLOR,
        hue=dice.middle(-0.06, 0.06),
        saturation=saturation,
        contrast=contrast,
        lift=lift,
        tint=tint,
        tint_strength=dice.between(0.04, 0.2) if dice.chance(0.35) else 0.0,
        stops=gradient(dice),
        map_strength=dice.pick((0.2, 0.35, 0.5, 0.9)) if dice.chance(0.14) else 0.0,
        anchors=few_colors(dice) if dice.chance(0.1) else (),
        paper=paper_color(dice),
    )


def paper_color(dice: Dice) -> RGB:
    """Pick a paper: white, cream or faintly tinted."""
    if dice.chance(0.62):
        return WHITE
    return mix(WHITE, hsv(dice.pick((0.1, 0.12, 0.08, 0.6, 0.95)), 0.4, 0.9), dice.between(0.1, 0.45))


def gradient(dice: Dice) -> tuple[RGB, ...]:
    """Draw three stops from dark to light."""
    hue = dice.unit()
    other = hue + dice.pick((0.08, -0.1, 0.33, 0.5))
    return (
        hsv(hue, dice.between(0.4, 0.8), dice.between(0.08, 0.28)),
        hsv(other, dice.between(0.2, 0.7), dice.between(0.5, 0.75)),
        hsv(other + 0.05, dice.between(0.03, 0.25), dice.between(0.93, 1.0)),
    )


def few_colors(dice: Dice) -> tuple[RGB, ...]:
    """Draw a limited palette of four to seven colours, dark to light."""
    hue, count = dice.unit(), dice.number(3, 6)
    colors: list[RGB] = [(246, 212, 184)]
    for k in range(count):
        value = 0.16 + 0.82 * k / (count - 1)
        spread = dice.pick((0.0, 0.08, 0.3, 0.5, 0.62))
        colors.append(hsv(hue + spread, dice.between(0.25, 0.75) * (1.15 - 0.8 * value), value))
    return tuple(colors)


def any_shading(dice: Dice) -> Shading:
    """Draw a way of shading."""
    kind = dice.weighted(
        (
            (Shade.FLAT, 0.2),
            (Shade.CEL, 0.4),
            (Shade.SOFT, 0.2),
            (Shade.HATCH, 0.08),
            (Shade.SCREENTONE, 0.06),
            (Shade.WATERCOLOR, 0.06),
        )
    )
    return Shading(
        kind=kind,
        strength=dice.between(0.35, 0.8),
        depth=dice.between(0.10, 0.30),
        light=dice.pick((-2.2, -1.9, -2.5, -0.9, -0.6, -1.2)) + dice.between(-0.2, 0.2),
        color=hsv(
            dice.pick((0.62, 0.7, 0.78, 0.95, 0.05)), dice.between(0.15, 0.55), dice.between(0.45, 0.7)
        ),
        pitch=dice.between(2.6, 4.6),
        angle=dice.between(0, math.pi),
        rim=dice.between(0.3, 1.0) if dice.chance(0.25) else 0.0,
        gloss=dice.between(0.4, 1.0) if dice.chance(0.1) else 0.0,
        ambient=dice.between(0.1, 0.4) if dice.chance(0.25) else 0.0,
        drop=0.0,
        printing=Printing.PLAIN,
        print_pitch=dice.between(3.0, 5.0),
        print_strength=0.0,
    )


def any_behind(dice: Dice) -> Behind:
    """Draw habits for backgrounds: each hand has two or three that it falls back on."""
    kinds = dice.some(tuple(Backdrop), 3)
    habits = tuple((kind, dice.between(0.3, 1.0)) for kind in kinds)
    if dice.chance(0.2):
        habits = ((Backdrop.PAPER, dice.between(3, 8)),)
    return Behind(
        habits=((Backdrop.PLACE, dice.between(0.2, 1.2)), *habits),
        detail=dice.unit(),
        fade=dice.between(0.15, 0.5) if dice.chance(0.25) else 0.0,
        blur=dice.between(0.8, 2.2) if dice.chance(0.25) else 0.0,
        motif=dice.number(0, 5),
        busy=dice.unit(),
    )


def any_finish(dice: Dice) -> Finish:
    """Draw a clean finish, or one with some texture and grading."""
    textured = dice.chance(0.22)
    return Finish(
        texture=dice.pick((Texture.PAPER, Texture.CANVAS, Texture.WASH, Texture.SPRAY))
        if textured
        else Texture.SMOOTH,
        texture_strength=dice.between(0.15, 0.5),
        texture_scale=dice.between(1, 4),
        grain=dice.between(0.008, 0.03) if dice.chance(0.2) else 0.0,
        warp=0.0,
        warp_scale=dice.between(2, 6),
        edge=0.0,
        shadows=hsv(dice.unit(), 0.6, 0.7),
        lights=hsv(dice.unit(), 0.35, 0.8),
        grade=dice.between(0.05, 0.18) if dice.chance(0.35) else 0.0,
        contrast=dice.between(0.97, 1.14),
        saturation=dice.between(0.95, 1.25),
        vignette=dice.between(0.2, 0.6) if dice.chance(0.1) else 0.0,
        bloom=dice.between(0.2, 0.6) if dice.chance(0.12) else 0.0,
        sharpness=dice.pick((0.0, 0.0, 0.4, 0.8, -0.35)),
        smear=0,
        pixel=0,
    )
