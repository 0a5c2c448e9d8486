"""Archetypes from the edges: doodles, brush ink, woodcut, collage, airbrush, film, neon, pixels."""

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

_BLACK = (16, 15, 18)


def doodle_hand(style: Style, dice: Dice) -> Style:
    """Thin scrawls on white: stick limbs, dots for eyes, hardly a fill."""
    weight = dice.between(0.6, 1.3)
    return replace(
        style,
        line=replace(
            style.line,
            weight=weight,
            detail=weight,
            variation=dice.between(0, 0.4),
            wobble=dice.between(0.4, 1.1),
            color=dice.pick((_BLACK, _BLACK, (40, 50, 120), (90, 90, 96))),
            color_from=LineColor.FIXED,
            passes=dice.pick((1, 1, 2)),
        ),
        build=replace(
            style.build,
            heads=dice.between(2.6, 4.4),
            limbs=dice.between(0.025, 0.07),
            hands=dice.between(0.04, 0.1),
            shoulders=dice.between(0.3, 0.55),
            head_width=dice.between(0.9, 1.1),
            jaw=dice.between(0.7, 1.0),
        ),
        features=replace(
            style.features,
            eyes=dice.pick((Eyes.DOT, Eyes.DOT, Eyes.BEAD, Eyes.GOGGLE)),
            nose=dice.pick((Nose.NONE, Nose.TICK, Nose.DOT)),
            mouth=Mouth.LINE,
            blush=0.0,
            ears=dice.pick((0.0, 0.8)),
        ),
        hair=replace(style.hair, ink=dice.pick((HairInk.FLAT, HairInk.STRANDS))),
        palette=replace(style.palette, fill=dice.pick((Fill.PAPER, Fill.PAPER, Fill.SPOT)), map_strength=0.0),
        shading=replace(
            style.shading, kind=dice.pick((Shade.FLAT, Shade.FLAT, Shade.HATCH)), rim=0.0, ambient=0.0
        ),
        behind=replace(
            style.behind, habits=((Backdrop.PAPER, 1.4), (Backdrop.PLACE, 0.6)), fade=0.0, blur=0.0
        ),
        finish=replace(style.finish, vignette=0.0, bloom=0.0, grade=0.0, texture_strength=0.2),
    )


def sumi_hand(style: Style, dice: Dice) -> Style:
    """Draw with a wet brush: very uneven black lines with dry breaks, grey or pale washes."""
    weight = dice.between(1.6, 3.4)
    return replace(
        style,
        line=replace(
            style.line,
            weight=weight,
            detail=weight * dice.between(0.6, 0.9),
            variation=dice.between(0.9, 1.4),
            gaps=dice.between(0.3, 0.9),
            grain=dice.between(0.1, 0.5),
            wobble=dice.between(0.1, 0.4),
            color=_BLACK,
            color_from=LineColor.FIXED,
            opacity=dice.between(0.85, 1.0),
            softness=dice.between(0.2, 0.6),
        ),
        palette=replace(
            style.palette,
            saturation=dice.pick((0.0, 0.15, 0.6)),
            contrast=dice.between(0.5, 0.7),
            lift=dice.between(40, 64),
        ),
        shading=replace(style.shading, kind=Shade.WATERCOLOR, strength=dice.between(0.4, 0.8), rim=0.0),
        behind=replace(
            style.behind, habits=((Backdrop.PAPER, 1.2), (Backdrop.PLACE, 0.8)), fade=dice.between(0.2, 0.5)
        ),
        finish=replace(
            style.finish,
            texture=dice.pick((Texture.PAPER, Texture.WASH)),
            texture_strength=dice.between(0.3, 0.7),
            warp=0.3,
        ),
    )


def woodcut_hand(style: Style, dice: Dice) -> Style:
    """Carved: faceted shapes, tones made of lines, one or two inks."""
    colored = dice.chance(0.4)
    return replace(
        style,
        line=replace(
            style.line,
            weight=dice.between(1.6, 3.0),
            variation=dice.between(0.6, 1.2),
            color=_BLACK,
            gaps=0.2,
        ),
        build=replace(style.build, facets=dice.number(2, 3), angular=0.9),
        palette=replace(
            style.palette,
            saturation=dice.between(0.6, 1.2) if colored else 0.0,
            contrast=dice.between(1.1, 1.5),
            paper=dice.pick(((244, 234, 214), (250, 248, 240), (232, 222, 200))),
            stops=((24, 20, 20), (130, 120, 110), (246, 238, 220)),
        ),
        shading=replace(
            style.shading,
            kind=dice.pick((Shade.HATCH, Shade.BLACK, Shade.CROSSHATCH)),
            printing=Printing.LINES,
            print_pitch=dice.between(2.6, 4.4),
            print_strength=dice.between(0.3, 0.6) if colored else dice.between(0.8, 1.0),
        ),
        finish=replace(
            style.finish, texture=Texture.PAPER, texture_strength=dice.between(0.2, 0.5), bloom=0.0
        ),
    )


def collage_hand(style: Style, dice: Dice) -> Style:
    """Cut paper: lineless flat shapes with a tooth, casting small shadows."""
    return replace(
        style,
        line=replace(
            style.line, weight=0.0, detail=dice.between(1.0, 1.8), wobble=dice.between(0.0, 0.3), opacity=0.9
        ),
        build=replace(style.build, facets=dice.pick((1, 1, 2, 3)), heads=dice.between(2.6, 5.0)),
        features=replace(
            style.features,
            eyes=dice.pick((Eyes.DOT, Eyes.BEAD, Eyes.GOGGLE, Eyes.BUTTON)),
            nose=dice.pick((Nose.WEDGE, Nose.BUTTON, Nose.NONE)),
        ),
        hair=replace(style.hair, ink=dice.pick((HairInk.FLAT, HairInk.BLOCKS))),
        shading=replace(
            style.shading, kind=dice.pick((Shade.FLAT, Shade.SOFT)), drop=dice.between(0.4, 1.0), rim=0.0
        ),
        behind=replace(
            style.behind,
            habits=((Backdrop.PLACE, 1.0), (Backdrop.FLAT, 0.8), (Backdrop.PATTERN, 0.6)),
            blur=0.0,
        ),
        finish=replace(
            style.finish,
            texture=dice.pick((Texture.PAPER, Texture.SPRAY, Texture.CANVAS)),
            texture_strength=dice.between(0.2, 0.55),
            bloom=0.0,
        ),
    )


def airbrush_hand(style: Style, dice: Dice) -> Style:
    """Smooth volumes without lines: broad soft shadows and gloss."""
    return replace(
        style,
        line=replace(
            style.line,
            weight=dice.pick((0.0, 0.0, 0.5)),
            detail=dice.between(0.8, 1.2),
            color_from=LineColor.LOCAL,
            softness=dice.between(0.3, 0.7),
        ),
        shading=replace(
            style.shading,
            kind=Shade.SOFT,
            strength=dice.between(0.7, 1.0),
            depth=dice.between(0.35, 0.55),
            pitch=dice.between(3.0, 6.0),
            rim=dice.pick((0.0, 0.5, 1.0)),
            gloss=dice.between(0.4, 1.0),
            ambient=dice.between(0.0, 0.4),
        ),
        behind=replace(
            style.behind,
            habits=((Backdrop.HAZE, 0.8), (Backdrop.GRADIENT, 0.8), (Backdrop.PLACE, 0.8)),
            blur=dice.between(1.5, 3.0),
        ),
        finish=replace(
            style.finish,
            texture=Texture.SMOOTH,
            bloom=dice.between(0.2, 0.7),
            sharpness=dice.pick((0.0, -0.4)),
        ),
    )


def film_hand(style: Style, dice: Dice) -> Style:
    """Old animation: thin dark lines, two tones, faded colours, film grain and a soft lens."""
    return replace(
        style,
        line=replace(style.line, weight=dice.between(0.8, 1.3), variation=0.2, wobble=0.0, softness=0.3),
        features=replace(style.features, eyes=dice.pick((Eyes.SHONEN, Eyes.SHOJO, Eyes.BEAD))),
        palette=replace(
            style.palette,
            saturation=dice.between(0.8, 1.15),
            contrast=dice.between(0.85, 1.05),
            tint=dice.pick(((240, 200, 140), (190, 200, 150), (230, 170, 160))),
            tint_strength=dice.between(0.06, 0.18),
        ),
        shading=replace(style.shading, kind=Shade.CEL, strength=dice.between(0.35, 0.6)),
        behind=replace(
            style.behind, habits=((Backdrop.PLACE, 1.6), (Backdrop.SPEED, 0.3), (Backdrop.GRADIENT, 0.3))
        ),
        finish=replace(
            style.finish,
            grain=dice.between(0.02, 0.06),
            vignette=dice.between(0.2, 0.8),
            sharpness=dice.between(-0.8, -0.3),
            bloom=dice.between(0.1, 0.5),
            texture=dice.pick((Texture.SMOOTH, Texture.SPRAY)),
        ),
    )


def neon_hand(style: Style, dice: Dice) -> Style:
    """Night colours: a dark gradient map, luminous lines and rims."""
    hue = dice.unit()
    lines = hsv(hue + 0.5, dice.between(0.3, 0.8), 1.0) if dice.chance(0.5) else (10, 8, 24)
    return replace(
        style,
        line=replace(
            style.line, weight=dice.between(0.8, 1.8), color=lines, color_from=LineColor.FIXED, opacity=0.95
        ),
        palette=replace(
            style.palette,
            saturation=dice.between(0.8, 1.5),
            contrast=dice.between(0.8, 1.1),
            lift=dice.between(-60, -20),
            stops=(hsv(hue, 0.8, 0.1), hsv(hue + 0.12, 0.8, 0.55), hsv(hue + 0.3, 0.4, 1.0)),
            map_strength=dice.between(0.4, 0.9),
        ),
        shading=replace(
            style.shading,
            kind=dice.pick((Shade.CEL, Shade.SOFT)),
            rim=dice.between(0.6, 1.2),
            depth=dice.between(0.2, 0.35),
        ),
        finish=replace(
            style.finish, bloom=dice.between(0.5, 1.0), saturation=dice.between(1.0, 1.3), grain=0.0
        ),
    )


def pixel_hand(style: Style, dice: Dice) -> Style:
    """Coarse pixels of few colours."""
    weight = dice.pick((0.0, 1.6, 2.2))
    return replace(
        style,
        line=replace(
            style.line, weight=weight, detail=dice.between(1.8, 2.6), variation=0.0, wobble=0.0, softness=0.0
        ),
        features=replace(
            style.features, eyes=dice.pick((Eyes.BEAD, Eyes.DOT, Eyes.BUTTON, Eyes.SHONEN)), nose=Nose.NONE
        ),
        hair=replace(style.hair, ink=dice.pick((HairInk.FLAT, HairInk.BLOCKS))),
        palette=replace(style.palette, saturation=dice.between(0.9, 1.5)),
        shading=replace(
            style.shading,
            kind=dice.pick((Shade.CEL, Shade.FLAT)),
            printing=Printing.STEPS,
            print_pitch=dice.between(1, 5),
            print_strength=1.0,
        ),
        behind=replace(style.behind, blur=0.0),
        finish=replace(
            style.finish,
            pixel=dice.number(2, 4),
            texture=Texture.SMOOTH,
            grain=0.0,
            bloom=0.0,
            sharpness=0.0,
            vignette=0.0,
        ),
    )
