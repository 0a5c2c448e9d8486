"""Archetypes that live by their lines."""

from dataclasses import replace

from scraper.studio.dice import Dice
from scraper.studio.style import (
    Backdrop,
    Eyes,
    Fill,
    HairInk,
    LineColor,
    Nose,
    Printing,
    Shade,
    Style,
    Texture,
)

_BLACK = (14, 13, 18)


def shonen_hand(style: Style, dice: Dice) -> Style:
    """Clean ink with swelling lines, hard cel shadows, spiky hair."""
    return replace(
        style,
        line=replace(style.line, weight=dice.between(1.2, 2.2), variation=dice.between(0.5, 1.0), wobble=0.0),
        build=replace(style.build, jaw=dice.between(0.1, 0.4), heads=dice.between(5.2, 7.0)),
        features=replace(
            style.features,
            eyes=dice.pick((Eyes.SHONEN, Eyes.SHONEN, Eyes.NARROW)),
            brow=dice.between(1.8, 3.2),
        ),
        hair=replace(
            style.hair,
            points=dice.between(0.6, 1.0),
            ink=dice.pick((HairInk.BLOCKS, HairInk.SHINE, HairInk.STRANDS)),
        ),
        shading=replace(
            style.shading, kind=Shade.CEL, strength=dice.between(0.55, 0.95), depth=dice.between(0.2, 0.36)
        ),
    )


def noir_hand(style: Style, dice: Dice) -> Style:
    """Black and white, or nearly: solid shadows and heavy brush lines."""
    grey = dice.between(0.0, 0.15) if dice.chance(0.7) else dice.between(0.2, 0.5)
    return replace(
        style,
        line=replace(
            style.line,
            weight=dice.between(1.4, 2.8),
            variation=dice.between(0.6, 1.2),
            color=_BLACK,
            color_from=LineColor.FIXED,
            opacity=1.0,
        ),
        features=replace(
            style.features,
            eyes=dice.pick((Eyes.NARROW, Eyes.ALMOND, Eyes.SHONEN)),
            nose=dice.pick((Nose.HOOK, Nose.WEDGE, Nose.TICK)),
            blush=0.0,
            brow=dice.between(1.6, 3.0),
        ),
        palette=replace(
            style.palette,
            saturation=grey,
            contrast=dice.between(1.2, 1.7),
            lift=dice.between(-30, 20),
            map_strength=dice.pick((0.0, 0.0, 0.7)),
            tint_strength=0.0,
        ),
        shading=replace(
            style.shading,
            kind=dice.pick((Shade.BLACK, Shade.BLACK, Shade.CROSSHATCH)),
            strength=0.9,
            depth=dice.between(0.25, 0.5),
        ),
        behind=replace(
            style.behind,
            habits=(
                (Backdrop.PLACE, 1.0),
                (Backdrop.FLAT, 0.5),
                (Backdrop.SPEED, 0.3),
                (Backdrop.PAPER, 0.3),
            ),
        ),
        finish=replace(
            style.finish,
            contrast=dice.between(1.1, 1.4),
            vignette=dice.pick((0.0, 0.6)),
            texture=dice.pick((Texture.SMOOTH, Texture.SPRAY, Texture.PAPER)),
        ),
    )


def pencil_hand(style: Style, dice: Dice) -> Style:
    """Several loose strokes, grain, coloured pencil that does not cover the paper."""
    return replace(
        style,
        line=replace(
            style.line,
            weight=dice.between(0.7, 1.3),
            wobble=dice.between(0.2, 0.7),
            passes=dice.number(2, 3),
            grain=dice.between(0.4, 0.9),
            color=dice.pick(((52, 50, 56), (70, 62, 60), (60, 70, 110), (110, 70, 60))),
            opacity=dice.between(0.6, 0.95),
            variation=0.4,
        ),
        palette=replace(
            style.palette,
            fill=dice.pick((Fill.COLOR, Fill.COLOR, Fill.PAPER)),
            saturation=dice.between(0.4, 1.2),
            lift=dice.between(10, 40),
        ),
        shading=replace(
            style.shading,
            kind=dice.pick((Shade.HATCH, Shade.CROSSHATCH, Shade.SOFT)),
            strength=dice.between(0.3, 0.8),
            pitch=dice.between(2.2, 3.4),
        ),
        behind=replace(
            style.behind,
            habits=((Backdrop.PAPER, 1.0), (Backdrop.PLACE, 0.8), (Backdrop.FLAT, 0.3)),
            fade=dice.between(0.2, 0.6),
        ),
        finish=replace(
            style.finish,
            texture=Texture.CRAYON,
            texture_strength=dice.between(0.2, 0.5),
            texture_scale=dice.between(1, 3),
            warp=dice.between(0.0, 0.6),
            sharpness=0.3,
        ),
    )


def manga_hand(style: Style, dice: Dice) -> Style:
    """Black ink on white paper with screentone."""
    dots = dice.chance(0.7)
    return replace(
        style,
        line=replace(
            style.line,
            color=_BLACK,
            color_from=LineColor.FIXED,
            variation=dice.between(0.4, 1.0),
            weight=dice.between(0.8, 1.8),
            opacity=1.0,
        ),
        palette=replace(
            style.palette,
            saturation=0.0,
            contrast=dice.between(1.0, 1.4),
            lift=dice.between(10, 60),
            tint_strength=0.0,
            map_strength=0.0,
            anchors=(),
            paper=(255, 255, 255),
            stops=(_BLACK, (128, 128, 128), (255, 255, 255)),
            fill=dice.pick((Fill.COLOR, Fill.COLOR, Fill.SPOT)),
        ),
        shading=replace(
            style.shading,
            kind=dice.pick((Shade.SCREENTONE, Shade.HATCH, Shade.FLAT, Shade.BLACK)),
            pitch=dice.between(2.4, 3.4),
            strength=dice.between(0.4, 0.8),
            printing=Printing.DOTS if dots else Printing.PLAIN,
            print_pitch=dice.between(2.3, 3.4),
            print_strength=dice.between(0.7, 1.0) if dots else 0.0,
            angle=dice.pick((0.785, 0.785, 0.5, 1.1)),
            ambient=0.0,
        ),
        behind=replace(
            style.behind,
            habits=(
                (Backdrop.PAPER, 0.9),
                (Backdrop.SPEED, 0.6),
                (Backdrop.PLACE, 0.7),
                (Backdrop.GRADIENT, 0.3),
            ),
        ),
        finish=replace(style.finish, saturation=0.0, grade=0.0, texture=Texture.SMOOTH, grain=0.0, bloom=0.0),
    )


def lineart_hand(style: Style, dice: Dice) -> Style:
    """Outlines only, on paper, with a spot of black or colour."""
    return replace(
        style,
        line=replace(
            style.line,
            weight=dice.between(0.7, 2.6),
            wobble=dice.between(0.0, 0.6),
            variation=dice.between(0.0, 0.8),
            gaps=dice.pick((0.0, 0.0, 0.3, 0.6)),
        ),
        palette=replace(style.palette, fill=dice.pick((Fill.PAPER, Fill.SPOT, Fill.SPOT)), map_strength=0.0),
        shading=replace(
            style.shading,
            kind=dice.pick((Shade.FLAT, Shade.HATCH, Shade.FLAT, Shade.CROSSHATCH)),
            rim=0.0,
            ambient=0.0,
        ),
        behind=replace(
            style.behind, habits=((Backdrop.PAPER, 1.2), (Backdrop.PLACE, 0.8)), fade=0.0, blur=0.0
        ),
        finish=replace(
            style.finish,
            texture=dice.pick((Texture.SMOOTH, Texture.PAPER)),
            vignette=0.0,
            bloom=0.0,
            grade=dice.pick((0.0, 0.1)),
        ),
    )


def chalk_hand(style: Style, dice: Dice) -> Style:
    """Pale lines on a dark ground."""
    ground = dice.pick(((24, 30, 44), (30, 44, 38), (16, 14, 20), (44, 28, 40), (24, 40, 90)))
    ink = dice.pick(((244, 244, 238), (250, 236, 200), (200, 232, 250), (255, 190, 190)))
    return replace(
        style,
        line=replace(
            style.line,
            weight=dice.between(0.9, 1.8),
            color=ink,
            color_from=LineColor.FIXED,
            grain=dice.between(0.2, 0.8),
            wobble=dice.between(0.1, 0.5),
            passes=dice.number(1, 2),
            contour=0.0,
        ),
        palette=replace(style.palette, fill=Fill.NEGATIVE, paper=ground),
        shading=replace(style.shading, kind=dice.pick((Shade.FLAT, Shade.HATCH)), rim=0.0),
        behind=replace(style.behind, habits=((Backdrop.PAPER, 1.0), (Backdrop.PLACE, 0.8)), fade=0.0),
        finish=replace(style.finish, texture=dice.pick((Texture.PAPER, Texture.SPRAY, Texture.SMOOTH))),
    )
