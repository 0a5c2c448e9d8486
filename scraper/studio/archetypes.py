"""Archetypes of hands: what each narrows of the whole range."""

from collections.abc import Callable
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

_BLACK = (14, 13, 18)


def _shonen(style: Style, dice: Dice) -> Style:
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


def _gag(style: Style, dice: Dice) -> Style:
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


def _painterly(style: Style, dice: Dice) -> Style:
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
            warp=dice.between(0.3, 0.8),
            warp_scale=dice.between(2, 5),
            smear=dice.number(0, 1),
            bloom=dice.pick((0.0, 0.3, 0.5)),
            grade=dice.between(0.1, 0.35),
            sharpness=dice.pick((0.0, 0.6)),
        ),
    )


def _shojo(style: Style, dice: Dice) -> Style:
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
            eye_size=dice.between(0.14, 0.2),
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


def _noir(style: Style, dice: Dice) -> Style:
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


def _pencil(style: Style, dice: Dice) -> Style:
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


def _vector(style: Style, dice: Dice) -> Style:
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
                (Backdrop.PAPER, 0.8),
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


def _manga(style: Style, dice: Dice) -> Style:
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


def _print(style: Style, dice: Dice) -> Style:
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


def _icon(style: Style, dice: Dice) -> Style:
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


def _lineart(style: Style, dice: Dice) -> Style:
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


def _watercolor(style: Style, dice: Dice) -> Style:
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
            warp=dice.between(0.2, 0.7),
            warp_scale=dice.between(2, 5),
        ),
    )


def _webtoon(style: Style, dice: Dice) -> Style:
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


def _sticker(style: Style, dice: Dice) -> Style:
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
            eye_size=dice.between(0.13, 0.2),
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
                (Backdrop.PAPER, 0.9),
                (Backdrop.FLAT, 0.8),
                (Backdrop.BURST, 0.6),
                (Backdrop.PATTERN, 0.5),
            ),
        ),
    )


def _chalk(style: Style, dice: Dice) -> Style:
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


ARCHETYPES: dict[str, tuple[Callable[[Style, Dice], Style], float]] = {
    "shonen": (_shonen, 1.1),
    "gag": (_gag, 1.2),
    "painterly": (_painterly, 1.2),
    "shojo": (_shojo, 1.1),
    "noir": (_noir, 0.8),
    "pencil": (_pencil, 1.0),
    "vector": (_vector, 1.2),
    "manga": (_manga, 1.0),
    "print": (_print, 0.8),
    "icon": (_icon, 0.9),
    "lineart": (_lineart, 0.9),
    "watercolor": (_watercolor, 1.0),
    "webtoon": (_webtoon, 1.3),
    "sticker": (_sticker, 0.8),
    "chalk": (_chalk, 0.4),
}
