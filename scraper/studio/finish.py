"""The last layer: surface, grain, warp, grading and light."""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageFilter

from scraper.studio.shading import Picture
from scraper.studio.style import Finish, Style, Texture
from scraper.studio.textures import Field, blurred, cut, fibres, grid, noise, paper, slanted, weave

_PLENTY = 0.05


def _scale(finish: Finish) -> int:
    return max(1, round(finish.texture_scale))


_TEXTURES: dict[Texture, Callable[[Finish], Field]] = {
    Texture.PAPER: lambda _: paper(),
    Texture.CANVAS: lambda _: weave(),
    Texture.BRUSH: lambda finish: fibres(_scale(finish) + 1),
    Texture.CRAYON: lambda finish: slanted(_scale(finish)),
    Texture.WASH: lambda finish: noise(4 + 3 * _scale(finish)),
    Texture.SPRAY: lambda _: noise(0),
}


def surface(picture: Picture, style: Style, *, seed: int) -> Picture:
    """Let the colours take the surface they lie on."""
    finish = style.finish
    if finish.texture is Texture.SMOOTH or finish.texture_strength <= 0:
        return picture
    tooth = cut(_TEXTURES[finish.texture](finish), size=_size(picture), at=seed + 11)[..., None]
    strength = finish.texture_strength
    if finish.texture is Texture.CRAYON:
        sheet = np.array(style.palette.paper, dtype=np.float32) / 255
        bare = np.clip(0.25 + 0.4 * tooth, 0, 1) * min(1.0, strength * 1.6)
        crayon: Picture = picture * (1 - bare) + sheet * bare
        return crayon
    if finish.texture is Texture.SPRAY:
        strength *= 0.6
    return np.clip(picture + tooth * strength * 0.16 * (0.3 + picture * (1.2 - picture)), 0, 1)


def edged(picture: Picture, style: Style) -> Picture:
    """Darken the rims of colours, as a drying wash does."""
    if not style.finish.edge:
        return picture
    grey = np.asarray(picture @ np.array((0.3, 0.59, 0.11), dtype=np.float32), dtype=np.float32)
    rim = np.clip(blurred(grey, 1.5) - grey, 0, 1)[..., None]
    return np.asarray(picture * (1 - np.minimum(0.6, rim * style.finish.edge * 2.5)), dtype=np.float32)


def _size(picture: Picture) -> tuple[int, int]:
    return int(picture.shape[0]), int(picture.shape[1])


def warped(picture: Picture, style: Style, *, seed: int) -> Picture:
    """Shift pixels along noise, as a rough edge or a wet brush does."""
    finish = style.finish
    if finish.warp < _PLENTY:
        return picture
    size = _size(picture)
    field = noise(max(1, round(finish.warp_scale)))
    x, y = grid(size)
    dx = cut(field, size=size, at=seed + 21) * finish.warp
    dy = cut(field, size=size, at=seed + 22) * finish.warp
    column = np.clip(x + dx + 0.5, 0, size[1] - 1).astype(np.intp)
    row = np.clip(y + dy + 0.5, 0, size[0] - 1).astype(np.intp)
    return np.asarray(picture[row, column], dtype=np.float32)


def smeared(picture: Picture, style: Style) -> Picture:
    """Work with a broad brush: small detail becomes patches."""
    if not style.finish.smear:
        return picture
    image = _image(picture).filter(ImageFilter.MedianFilter(2 * style.finish.smear + 1))
    return np.asarray(image, dtype=np.float32) / 255


def _image(picture: Picture) -> Image.Image:
    return Image.fromarray((np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8))


def graded(picture: Picture, style: Style, *, seed: int) -> Picture:
    """Grade colours, add bloom, vignette and grain."""
    finish = style.finish
    grey = (picture @ np.array((0.3, 0.59, 0.11), dtype=np.float32))[..., None]
    out = grey + (picture - grey) * finish.saturation
    out = (out - 0.5) * finish.contrast + 0.5
    if finish.grade:
        shadows = np.array(finish.shadows, dtype=np.float32) / 255 - 0.5
        lights = np.array(finish.lights, dtype=np.float32) / 255 - 0.5
        out = out + finish.grade * ((1 - grey) * shadows + grey * lights)
    if finish.vignette:
        x, y = grid(_size(picture))
        size = _size(picture)
        far = ((x / size[1] - 0.5) ** 2 + (y / size[0] - 0.5) ** 2) * 2
        out = out * (1 - finish.vignette * far[..., None])
    if finish.grain:
        out = out + cut(noise(0), size=_size(picture), at=seed + 31)[..., None] * finish.grain
    return np.clip(out, 0, 1)


def _sharpen(strength: float) -> ImageFilter.Kernel:
    around = -0.11 * strength
    return ImageFilter.Kernel((3, 3), [around] * 4 + [1 - 8 * around] + [around] * 4, scale=1)


def polished(picture: Picture, style: Style) -> Image.Image:
    """Return the picture as an image, with bloom, blur or sharpness of its reproduction."""
    finish = style.finish
    image = _image(picture)
    if finish.pixel:
        coarse = (image.width // finish.pixel, image.height // finish.pixel)
        return image.resize(coarse, Image.Resampling.BOX).resize(image.size, Image.Resampling.NEAREST)
    if finish.bloom:
        small = image.reduce(2).filter(ImageFilter.GaussianBlur(2))
        glow = small.resize(image.size, Image.Resampling.BILINEAR)
        lit = np.asarray(image, dtype=np.float32) / 255
        soft = np.asarray(glow, dtype=np.float32) / 255
        screened = 1 - (1 - lit) * (1 - soft * finish.bloom * 0.6)
        image = _image(screened)
    if finish.sharpness < -_PLENTY:
        image = image.filter(ImageFilter.GaussianBlur(-finish.sharpness))
    elif finish.sharpness > _PLENTY:
        image = image.filter(_sharpen(finish.sharpness))
    return image
