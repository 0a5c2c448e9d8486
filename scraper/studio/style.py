"""What makes one artist's hand, apart from anything the artist draws."""

from dataclasses import dataclass
from enum import StrEnum

RGB = tuple[int, int, int]


class Eyes(StrEnum):
    """The idiom of eyes."""

    DOT = "dot"
    BEAD = "bead"
    GOGGLE = "goggle"
    SHOJO = "shojo"
    SHONEN = "shonen"
    NARROW = "narrow"
    ALMOND = "almond"
    BUTTON = "button"


class Nose(StrEnum):
    """The idiom of noses."""

    NONE = "none"
    DOT = "dot"
    TICK = "tick"
    HOOK = "hook"
    WEDGE = "wedge"
    BUTTON = "button"


class Mouth(StrEnum):
    """The idiom of mouths."""

    LINE = "line"
    FILLED = "filled"
    LIPS = "lips"
    WIDE = "wide"
    SMALL = "small"


class HairInk(StrEnum):
    """How hair is rendered."""

    FLAT = "flat"
    STRANDS = "strands"
    BLOCKS = "blocks"
    SHINE = "shine"


class LineColor(StrEnum):
    """Where the colour of a line comes from."""

    FIXED = "fixed"
    LOCAL = "local"


class Fill(StrEnum):
    """What fills the shapes between the lines."""

    COLOR = "color"
    PAPER = "paper"
    SPOT = "spot"
    ICON = "icon"
    NEGATIVE = "negative"


class Shade(StrEnum):
    """How shadow is rendered."""

    FLAT = "flat"
    CEL = "cel"
    SOFT = "soft"
    HATCH = "hatch"
    CROSSHATCH = "crosshatch"
    SCREENTONE = "screentone"
    WATERCOLOR = "watercolor"
    BLACK = "black"


class Printing(StrEnum):
    """How tones reach the paper."""

    PLAIN = "plain"
    DOTS = "dots"
    LINES = "lines"
    STIPPLE = "stipple"
    COLOR_DOTS = "color_dots"
    STEPS = "steps"


class Backdrop(StrEnum):
    """What is done behind the figures."""

    PAPER = "paper"
    FLAT = "flat"
    GRADIENT = "gradient"
    SPEED = "speed"
    PATTERN = "pattern"
    BURST = "burst"
    PLACE = "place"
    HAZE = "haze"


class Texture(StrEnum):
    """The surface that colour lies on."""

    SMOOTH = "smooth"
    PAPER = "paper"
    CANVAS = "canvas"
    BRUSH = "brush"
    CRAYON = "crayon"
    WASH = "wash"
    SPRAY = "spray"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Lines; weights in pixels of a thumbnail 120 high, 0 is lineless."""

    weight: float
    detail: float
    variation: float
    wobble: float
    passes: int
    folds: float
    gaps: float
    color_from: LineColor
    color: RGB
    opacity: float
    softness: float
    grain: float
    contour: float
    distance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """Proportions of bodies and heads, in head heights."""

    heads: float
    head_width: float
    jaw: float
    chin: float
    neck: float
    shoulders: float
    limbs: float
    hands: float
    angular: float
    facets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """The idiom of faces, in head heights."""

    eyes: Eyes
    eye_size: float
    eye_width: float
    eye_apart: float
    eye_height: float
    iris: float
    sparkle: int
    lash: float
    brow: float
    nose: Nose
    nose_size: float
    mouth: Mouth
    mouth_size: float
    mouth_height: float
    blush: float
    blush_lines: int
    ears: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hair:
    """How hair is drawn, whatever the cut."""

    ink: HairInk
    volume: float
    points: float
    strands: int
    shine: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """What becomes of a thing's own colour. `stops` is a gradient map from dark to light."""

    fill: Fill
    hue: float
    saturation: float
    contrast: float
    lift: float
    tint: RGB
    tint_strength: float
    stops: tuple[RGB, ...]
    map_strength: float
    anchors: tuple[RGB, ...]
    paper: RGB


@dataclass(frozen=True, slots=True, kw_only=True)
class Shading:
    """Light and shadow."""

    kind: Shade
    strength: float
    depth: float
    light: float
    color: RGB
    pitch: float
    angle: float
    rim: float
    gloss: float
    ambient: float
    drop: float
    printing: Printing
    print_pitch: float
    print_strength: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """Habits behind the figures: weights of what is done, how much detail, how far it fades."""

    habits: tuple[tuple[Backdrop, float], ...]
    detail: float
    fade: float
    blur: float
    motif: int
    busy: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """What happens to the whole sheet at last."""

    texture: Texture
    texture_strength: float
    texture_scale: float
    grain: float
    warp: float
    warp_scale: float
    edge: float
    shadows: RGB
    lights: RGB
    grade: float
    contrast: float
    saturation: float
    vignette: float
    bloom: float
    sharpness: float
    smear: int
    pixel: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One artist's hand."""

    archetype: str
    line: Line
    build: Build
    features: Features
    hair: Hair
    palette: Palette
    shading: Shading
    behind: Behind
    finish: Finish
