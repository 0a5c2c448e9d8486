"""Build the body that a recipe names."""

import keras

from model.applications import build_application
from model.lite import build_lite
from model.network import MomentPooling, build_encoder
from model.recipe import Body, Recipe


def build_body(recipe: Recipe) -> keras.Model:
    """Build the encoder of `recipe` with random weights: pictures [n, h, w, 3] to pooled statistics."""
    if recipe.body is Body.LITE:
        return build_lite()
    if recipe.body is Body.RESIDUAL:
        return build_encoder(recipe.widths, blocks=recipe.blocks)
    return build_application(recipe.body)


def channels(encoder: keras.Model) -> tuple[int, ...]:
    """Return the widths of an encoder's pooled stages, in the order of its statistics."""
    pooled = [layer for layer in encoder.layers if isinstance(layer, MomentPooling)]
    return tuple(layer.output.shape[-1] // 2 for layer in pooled)
