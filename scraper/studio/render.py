"""One scene, drawn by one hand."""

from dataclasses import replace

import numpy as np
from PIL import Image, ImageFilter

from scraper.studio.backdrop import draw_backdrop
from scraper.studio.canvas import SCALE, Canvas, Pen
from scraper.studio.content import Person, Scene, Shot
from scraper.studio.dice import Dice
from scraper.studio.figure import draw_person
from scraper.studio.finish import edged, graded, polished, smeared, surface, warped
from scraper.studio.lettering import draw_bubble, draw_effect
from scraper.studio.palette import tone_of
from scraper.studio.shading import Picture, Sheet, inked, printed, shade
from scraper.studio.shapes import Frame
from scraper.studio.style import RGB, Fill, Style
from scraper.studio.textures import Field
from scraper.studio.things import draw_thing

SIZE = (202, 120)


def render(style: Style, scene: Scene, *, size: tuple[int, int] = SIZE) -> Image.Image:
    """Draw a scene in a style; RGB."""
    canvas = Canvas(size, _ground(style))
    pen = Pen(canvas, style, tone_of(style.palette), Dice(scene.seed, "pen"))
    draw_backdrop(pen, scene)
    behind = _behind(canvas, style)
    _draw_front(pen, scene)
    sheet = _develop(canvas, style, scene=scene, behind=behind)
    picture = shade(sheet, style)
    picture = printed(picture, style, seed=scene.seed)
    picture = edged(picture, style)
    picture = surface(picture, style, seed=scene.seed)
    picture = smeared(picture, style)
    picture = inked(picture, sheet, style)
    picture = warped(picture, style, seed=scene.seed)
    return polished(graded(picture, style, seed=scene.seed), style)


def _ground(style: Style) -> RGB:
    return style.palette.stops[0] if style.palette.fill is Fill.ICON else style.palette.paper


def _draw_front(pen: Pen, scene: Scene) -> None:
    for person in sorted(scene.people, key=_nearness):
        draw_person(pen, person, shot=scene.shot)
    if scene.thing:
        middle = pen.canvas.width / 2 + (scene.habit - 0.5) * 0.3
        stand = pen.at(Frame(middle, 0.54, 0.74, scene.thing_tilt))
        draw_thing(stand, scene.thing, at=(0.0, 0.0), size=1.0, color=scene.thing_color)
    if scene.effect and scene.shot is not Shot.EYES:
        draw_effect(pen, scene.effect)
    for bubble in scene.bubbles:
        draw_bubble(pen, bubble, seed=scene.seed)


def _nearness(person: Person) -> float:
    return person.size


def _behind(canvas: Canvas, style: Style) -> Picture | None:
    """Take the background away when the hand blurs or fades it; returns it at the picture's size."""
    behind = style.behind
    if not behind.blur and not behind.fade:
        return None
    image = canvas.color.reduce(SCALE)
    if behind.blur:
        image = image.filter(ImageFilter.GaussianBlur(behind.blur))
    paper = np.array(style.palette.paper, dtype=np.float32) / 255
    picture = np.asarray(image, dtype=np.float32) / 255
    return picture + (paper - picture) * behind.fade


def _layer(image: Image.Image) -> Field:
    return np.asarray(image.reduce(SCALE), dtype=np.float32) / 255


def _develop(canvas: Canvas, style: Style, *, scene: Scene, behind: Picture | None) -> Sheet:
    color, marks = _layer(canvas.color), _layer(canvas.marks)
    figure = marks[..., 2]
    if behind is not None:
        share = figure[..., None]
        color = color * share + behind * (1 - share)
    sheet = Sheet(
        color=color,
        ink=_layer(canvas.ink),
        shadow=marks[..., 0],
        light=marks[..., 1],
        figure=figure,
        seed=scene.seed % 100_003,
    )
    return _contoured(sheet, canvas, style)


def _contoured(sheet: Sheet, canvas: Canvas, style: Style) -> Sheet:
    """Draw a heavy line round the figures where the hand does so."""
    if not style.line.contour:
        return sheet
    figure = canvas.marks.getchannel(2).reduce(SCALE)
    grown = (
        np.asarray(figure.filter(ImageFilter.MaxFilter(2 * round(style.line.contour) + 1)), dtype=np.float32)
        / 255
    )
    return replace(sheet, ink=np.maximum(sheet.ink, np.clip(grown - sheet.figure, 0, 1)))
