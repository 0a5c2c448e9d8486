"""Archetypes that live by shapes."""

from dataclasses import replace

from scraper.studio.dice import Dice
from scraper.studio.palette import hsv
from scraper.studio.style import (
    Backdrop,
    Eyes,
    Fill,
    HairInk,
    LineColor,
    Mouth,
    Nose,
    Printing,
    Shade,
    Style,
    Texture,
)


def gag_hand(style: Style, dice: Dice) -> Style:
    """Round and simple: big heads, dots for eyes, flat colours."""
    weight = dice.between(1.6, 3.2)
    return replace(
        style,
        line=replace(
            style.line,
            weight=weight,
            detail=weight * 0.9,
            variation=dice.between(0, 0.25),
            wobble=dice.between(0, 0.3),
        ),
        build=replace(
            style.build,
            heads=dice.between(2.1, 3.4),
            head_width=dice.between(0.95, 1.16),
            jaw=dice.between(0.7, 1.0),
            limbs=dice.between(0.12, 0.18),
            neck=dice.between(0.0, 0.06),
        ),
        features=replace(
            style.features,
            eyes=dice.pick((Eyes.DOT, Eyes.BEAD, Eyes.GOGGLE, Eyes.BUTTON)),
            nose=dice.pick((Nose.NONE, Nose.DOT, Nose.BUTTON)),
            mouth=dice.pick((Mouth.WIDE, Mouth.LINE, Mouth.FILLED)),
            blush=dice.pick((0.0, 0.5, 0.8)),
            eye_size=dice.between(0.08, 0.14),
        ),
        hair=replace(
            style.hair,
            ink=dice.pick((HairInk.FLAT, HairInk.SHINE, HairInk.FLAT)),
            points=dice.between(0, 0.5),
        ),
        shading=replace(style.shading, kind=dice.pick((Shade.FLAT, Shade.FLAT, Shade.CEL)), rim=0.0),
    )


def vector_hand(style: Style, dice: Dice) -> Style:
    """Flat shapes without outlines, few vivid colours, geometric."""
    outlined = dice.chance(0.3)
    weight = dice.between(1.8, 3.4) if outlined else 0.0
    return replace(
        style,
        line=replace(
            style.line,
            weight=weight,
            detail=dice.between(1.2, 2.2),
            variation=0.0,
            wobble=0.0,
            opacity=1.0,
            softness=0.0,
        ),
        build=replace(
            style.build,
            heads=dice.between(2.6, 6.0),
            head_width=dice.between(0.86, 1.06),
            jaw=dice.between(0.4, 1.0),
        ),
        features=replace(
            style.features,
            eyes=dice.pick((Eyes.DOT, Eyes.BEAD, Eyes.BUTTON, Eyes.GOGGLE)),
            nose=dice.pick((Nose.WEDGE, Nose.NONE, Nose.BUTTON)),
            mouth=dice.pick((Mouth.LINE, Mouth.FILLED, Mouth.WIDE)),
        ),
        hair=replace(style.hair, ink=HairInk.FLAT, points=dice.between(0, 0.6)),
        palette=replace(
            style.palette,
            saturation=dice.between(0.9, 1.6),
            contrast=dice.between(0.9, 1.2),
            map_strength=0.0,
        ),
        shading=replace(
            style.shading,
            kind=dice.pick((Shade.FLAT, Shade.FLAT, Shade.CEL)),
            strength=dice.between(0.25, 0.5),
            rim=0.0,
            ambient=0.0,
        ),
        behind=replace(
            style.behind,
            habits=(
                (Backdrop.PAPER, dice.between(0.3, 5.0)),
                (Backdrop.FLAT, 1.0),
                (Backdrop.PLACE, 0.7),
                (Backdrop.BURST, 0.3),
                (Backdrop.PATTERN, 0.3),
            ),
            blur=0.0,
            fade=0.0,
        ),
        finish=replace(
            style.finish,
            texture=dice.pick((Texture.SMOOTH, Texture.SMOOTH, Texture.SPRAY)),
            grain=0.0,
            vignette=0.0,
            bloom=0.0,
            sharpness=0.0,
        ),
    )


def print_hand(style: Style, dice: Dice) -> Style:
    """Old print: colour dots or riso stipple on tinted paper."""
    kind = dice.pick((Printing.COLOR_DOTS, Printing.STIPPLE, Printing.STEPS, Printing.DOTS, Printing.LINES))
    return replace(
        style,
        line=replace(
            style.line,
            weight=dice.between(1.2, 2.4),
            variation=dice.between(0.2, 0.8),
            wobble=dice.between(0.1, 0.4),
        ),
        palette=replace(
            style.palette,
            saturation=dice.between(1.0, 1.7),
            contrast=dice.between(0.9, 1.2),
            map_strength=dice.pick((0.0, 0.5, 0.9)),
        ),
        shading=replace(
            style.shading,
            printing=kind,
            print_pitch=dice.between(2.4, 5.0),
            print_strength=dice.between(0.5, 1.0),
        ),
        finish=replace(
            style.finish,
            texture=dice.pick((Texture.PAPER, Texture.SPRAY)),
            texture_strength=dice.between(0.3, 0.7),
            grain=dice.between(0.0, 0.04),
            saturation=dice.between(0.8, 1.3),
        ),
    )


def icon_hand(style: Style, dice: Dice) -> Style:
    """White shapes on black (or another two colours), cut apart by gaps."""
    low, high = (
        ((0, 0, 0), (255, 255, 255))
        if dice.chance(0.75)
        else (hsv(dice.unit(), 0.6, 0.25), hsv(dice.unit(), 0.1, 0.98))
    )
    weight = dice.between(1.2, 3.6)
    return replace(
        style,
        line=replace(
            style.line,
            weight=weight,
            detail=weight * dice.between(0.7, 1.2),
            variation=dice.between(0.0, 0.9),
            color=low,
            color_from=LineColor.FIXED,
            opacity=1.0,
            softness=0.0,
            contour=0.0,
            distance=1.0,
        ),
        features=replace(style.features, blush=0.0),
        palette=replace(style.palette, fill=Fill.ICON, stops=(low, low, high), anchors=(), paper=low),
        shading=replace(
            style.shading,
            kind=dice.pick((Shade.FLAT, Shade.BLACK, Shade.HATCH, Shade.FLAT)),
            rim=0.0,
            ambient=0.0,
            printing=Printing.PLAIN,
            pitch=dice.between(3.2, 6.0),
        ),
        behind=replace(style.behind, blur=0.0, fade=0.0),
        finish=replace(
            style.finish,
            texture=Texture.SMOOTH,
            grain=0.0,
            grade=0.0,
            vignette=0.0,
            bloom=0.0,
            saturation=1.0,
            contrast=1.0,
            sharpness=0.0,
        ),
    )


def sticker_hand(style: Style, dice: Dice) -> Style:
    """Bold contour round the figures, bright fills, thick ink."""
    weight = dice.between(1.0, 2.0)
    return replace(
        style,
        line=replace(
            style.line,
            weight=weight,
            detail=weight * 1.1,
            contour=dice.between(1.0, 3.0),
            wobble=0.0,
            color=(dice.number(8, 40), dice.number(8, 30), dice.number(8, 50)),
            color_from=LineColor.FIXED,
            opacity=1.0,
        ),
        build=replace(style.build, heads=dice.between(2.2, 4.0), head_width=dice.between(0.9, 1.1)),
        features=replace(
            style.features,
            eyes=dice.pick((Eyes.GOGGLE, Eyes.BUTTON, Eyes.BEAD, Eyes.SHOJO)),
            eye_size=dice.between(0.12, 0.18),
            nose=dice.pick((Nose.NONE, Nose.BUTTON, Nose.DOT)),
        ),
        palette=replace(
            style.palette,
            saturation=dice.between(1.2, 1.8),
            contrast=dice.between(1.0, 1.2),
            lift=dice.between(0, 20),
        ),
        shading=replace(
            style.shading,
            kind=dice.pick((Shade.CEL, Shade.FLAT, Shade.SOFT)),
            strength=dice.between(0.3, 0.6),
        ),
        behind=replace(
            style.behind,
            habits=(
                (Backdrop.PAPER, dice.between(0.3, 5.0)),
                (Backdrop.FLAT, 0.8),
                (Backdrop.BURST, 0.6),
                (Backdrop.PATTERN, 0.5),
            ),
        ),
    )
