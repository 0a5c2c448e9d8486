"""Archetypes that live by light and paint."""

from dataclasses import replace

from scraper.studio.dice import Dice
from scraper.studio.palette import hsv
from scraper.studio.style import (
    Backdrop,
    Eyes,
    HairInk,
    LineColor,
    Mouth,
    Nose,
    Shade,
    Style,
    Texture,
)


def painterly_hand(style: Style, dice: Dice) -> Style:
    """No outlines, soft shadows, brush texture: paint on canvas."""
    return replace(
        style,
        line=replace(
            style.line,
            weight=dice.pick((0.0, 0.0, 0.6)),
            detail=dice.between(0.9, 1.4),
            color_from=LineColor.LOCAL,
            opacity=dice.between(0.6, 0.9),
            softness=dice.between(0.4, 0.9),
        ),
        features=replace(
            style.features,
            eyes=dice.pick((Eyes.ALMOND, Eyes.SHOJO, Eyes.BEAD)),
            nose=dice.pick((Nose.WEDGE, Nose.TICK, Nose.DOT)),
        ),
        shading=replace(
            style.shading,
            kind=dice.pick((Shade.SOFT, Shade.SOFT, Shade.WATERCOLOR)),
            strength=dice.between(0.6, 1.0),
            depth=dice.between(0.25, 0.45),
            rim=dice.pick((0.0, 0.5, 1.0)),
            ambient=dice.between(0.1, 0.5),
        ),
        behind=replace(
            style.behind,
            habits=((Backdrop.PLACE, 1.6), (Backdrop.HAZE, 0.7), (Backdrop.GRADIENT, 0.6)),
            blur=dice.between(0.6, 2.0),
            detail=dice.between(0.4, 1),
        ),
        finish=replace(
            style.finish,
            texture=dice.pick((Texture.BRUSH, Texture.CANVAS, Texture.BRUSH, Texture.WASH)),
            texture_strength=dice.between(0.25, 0.7),
            edge=dice.pick((0.0, 0.5, 1.0)),
            warp=dice.between(0.3, 0.8),
            warp_scale=dice.between(2, 5),
            smear=dice.number(0, 1),
            bloom=dice.pick((0.0, 0.3, 0.5)),
            grade=dice.between(0.05, 0.25),
            sharpness=dice.pick((0.0, 0.6)),
        ),
    )


def shojo_hand(style: Style, dice: Dice) -> Style:
    """Thin tinted lines, large sparkling eyes, pale colours, light."""
    weight = dice.between(0.5, 1.1)
    return replace(
        style,
        line=replace(
            style.line,
            weight=weight,
            detail=weight * dice.between(1.0, 1.3),
            variation=dice.between(0.3, 0.8),
            wobble=0.0,
            color=hsv(dice.pick((0.03, 0.9, 0.75, 0.6)), 0.5, dice.between(0.25, 0.5)),
        ),
        build=replace(
            style.build,
            jaw=dice.between(0.0, 0.35),
            chin=dice.between(0.0, 0.4),
            heads=dice.between(5.4, 7.4),
            shoulders=dice.between(0.55, 0.75),
        ),
        features=replace(
            style.features,
            eyes=Eyes.SHOJO,
            eye_size=dice.between(0.12, 0.165),
            sparkle=dice.number(1, 2),
            lash=dice.between(0.4, 1.0),
            brow=dice.between(0.5, 1.1),
            nose=dice.pick((Nose.DOT, Nose.TICK, Nose.NONE)),
            nose_size=dice.between(0.03, 0.06),
            mouth=dice.pick((Mouth.SMALL, Mouth.LINE, Mouth.LIPS)),
            mouth_size=dice.between(0.07, 0.11),
            blush=dice.between(0.2, 0.6),
        ),
        hair=replace(
            style.hair,
            ink=dice.pick((HairInk.STRANDS, HairInk.SHINE)),
            strands=dice.number(7, 15),
            volume=dice.between(0.4, 1.3),
        ),
        palette=replace(
            style.palette,
            saturation=dice.between(0.5, 1.0),
            contrast=dice.between(0.55, 0.85),
            lift=dice.between(16, 48),
        ),
        shading=replace(
            style.shading,
            kind=dice.pick((Shade.SOFT, Shade.CEL, Shade.WATERCOLOR)),
            strength=dice.between(0.2, 0.5),
        ),
        behind=replace(
            style.behind,
            habits=(
                (Backdrop.HAZE, 1.0),
                (Backdrop.GRADIENT, 0.8),
                (Backdrop.PATTERN, 0.7),
                (Backdrop.PLACE, 0.5),
            ),
            fade=dice.between(0.0, 0.4),
        ),
        finish=replace(style.finish, bloom=dice.between(0.1, 0.7), contrast=dice.between(0.9, 1.02)),
    )


def watercolor_hand(style: Style, dice: Dice) -> Style:
    """Washes with pools and rims on rough paper, thin broken lines."""
    return replace(
        style,
        line=replace(
            style.line,
            weight=dice.pick((0.0, 0.6, 0.9, 1.1)),
            detail=dice.between(0.8, 1.2),
            grain=dice.between(0.1, 0.5),
            wobble=dice.between(0.1, 0.5),
            gaps=dice.between(0.0, 0.5),
            color=hsv(dice.pick((0.06, 0.6, 0.9)), 0.4, 0.32),
        ),
        palette=replace(
            style.palette,
            saturation=dice.between(0.6, 1.3),
            contrast=dice.between(0.6, 0.8),
            lift=dice.between(24, 50),
        ),
        shading=replace(
            style.shading,
            kind=Shade.WATERCOLOR,
            strength=dice.between(0.4, 0.8),
            depth=dice.between(0.2, 0.4),
        ),
        behind=replace(
            style.behind,
            habits=(
                (Backdrop.PAPER, 0.7),
                (Backdrop.PLACE, 1.0),
                (Backdrop.GRADIENT, 0.6),
                (Backdrop.HAZE, 0.5),
            ),
            fade=dice.between(0.1, 0.45),
            blur=dice.pick((0.0, 1.0)),
        ),
        finish=replace(
            style.finish,
            texture=dice.pick((Texture.WASH, Texture.PAPER, Texture.WASH)),
            texture_strength=dice.between(0.25, 0.6),
            edge=dice.between(0.4, 1.4),
            warp=dice.between(0.2, 0.7),
            warp_scale=dice.between(2, 5),
        ),
    )


def webtoon_hand(style: Style, dice: Dice) -> Style:
    """Today's screen webtoon: thin lines of the fill's own colour, soft light, gradients."""
    weight = dice.between(0.7, 1.3)
    return replace(
        style,
        line=replace(
            style.line,
            weight=weight,
            detail=weight * 1.1,
            color_from=dice.pick((LineColor.LOCAL, LineColor.FIXED)),
            wobble=0.0,
            variation=dice.between(0.2, 0.6),
        ),
        features=replace(
            style.features,
            eyes=dice.pick((Eyes.SHOJO, Eyes.ALMOND, Eyes.SHONEN, Eyes.NARROW)),
            eye_size=dice.between(0.11, 0.16),
            nose=dice.pick((Nose.TICK, Nose.DOT, Nose.HOOK)),
            blush=dice.between(0, 0.4),
        ),
        hair=replace(
            style.hair,
            ink=dice.pick((HairInk.SHINE, HairInk.BLOCKS, HairInk.STRANDS)),
            volume=dice.between(0.3, 1.0),
        ),
        shading=replace(
            style.shading,
            kind=dice.pick((Shade.CEL, Shade.SOFT)),
            rim=dice.between(0.2, 1.0),
            ambient=dice.between(0.0, 0.35),
        ),
        behind=replace(
            style.behind,
            habits=(
                (Backdrop.PLACE, 1.2),
                (Backdrop.HAZE, 0.5),
                (Backdrop.GRADIENT, 0.7),
                (Backdrop.SPEED, 0.25),
            ),
            blur=dice.pick((0.0, 0.8, 1.6)),
            detail=dice.between(0.5, 1.0),
        ),
        finish=replace(style.finish, bloom=dice.between(0.0, 0.5), grade=dice.between(0.0, 0.25)),
    )
