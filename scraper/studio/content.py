"""What a picture shows, apart from the hand that draws it."""

from dataclasses import dataclass
from enum import StrEnum

from scraper.studio.style import RGB


class Species(StrEnum):
    """What kind of creature a character is."""

    HUMAN = "human"
    CAT = "cat"
    BEAR = "bear"
    RABBIT = "rabbit"
    BIRD = "bird"
    ROBOT = "robot"


class Cut(StrEnum):
    """How hair is cut."""

    SHORT = "short"
    SPIKY = "spiky"
    BOB = "bob"
    LONG = "long"
    PONYTAIL = "ponytail"
    TWINTAILS = "twintails"
    BUN = "bun"
    CURLY = "curly"
    BALD = "bald"


class Fringe(StrEnum):
    """How hair falls on the forehead."""

    STRAIGHT = "straight"
    PARTED = "parted"
    SWEPT = "swept"
    ZIGZAG = "zigzag"
    BACK = "back"


class Clothes(StrEnum):
    """What is worn."""

    TEE = "tee"
    HOODIE = "hoodie"
    SUIT = "suit"
    DRESS = "dress"
    UNIFORM = "uniform"
    COAT = "coat"
    ARMOR = "armor"
    STRIPES = "stripes"


class Extra(StrEnum):
    """What a character always wears besides."""

    NONE = "none"
    GLASSES = "glasses"
    CAP = "cap"
    SCARF = "scarf"
    HEADPHONES = "headphones"
    RIBBON = "ribbon"
    EARRINGS = "earrings"
    SCAR = "scar"
    BEARD = "beard"
    WITCH_HAT = "witch_hat"


class Age(StrEnum):
    """How old a character is."""

    CHILD = "child"
    TEEN = "teen"
    ADULT = "adult"
    OLD = "old"


class Mood(StrEnum):
    """What a face shows."""

    CALM = "calm"
    HAPPY = "happy"
    LAUGHING = "laughing"
    ANGRY = "angry"
    SAD = "sad"
    CRYING = "crying"
    SURPRISED = "surprised"
    SLY = "sly"
    WINK = "wink"
    SHOUTING = "shouting"


class Pose(StrEnum):
    """What arms and legs do."""

    STAND = "stand"
    WAVE = "wave"
    HIPS = "hips"
    CROSSED = "crossed"
    POINT = "point"
    CHEER = "cheer"
    RUN = "run"
    HOLD = "hold"
    CHIN = "chin"


class Shot(StrEnum):
    """How near the camera is."""

    EYES = "eyes"
    FACE = "face"
    BUST = "bust"
    HALF = "half"
    FULL = "full"
    VIEW = "view"
    THING = "thing"


class Place(StrEnum):
    """Where a picture plays."""

    ROOM = "room"
    SCHOOL = "school"
    STREET = "street"
    FOREST = "forest"
    HILLS = "hills"
    SEA = "sea"
    CITY = "city"
    CASTLE = "castle"
    CAFE = "cafe"


class Time(StrEnum):
    """The time of day."""

    DAY = "day"
    DUSK = "dusk"
    NIGHT = "night"


class Weather(StrEnum):
    """The weather."""

    CLEAR = "clear"
    CLOUDS = "clouds"
    RAIN = "rain"
    SNOW = "snow"
    PETALS = "petals"


class Thing(StrEnum):
    """A thing that is held or shown."""

    CUP = "cup"
    BOOK = "book"
    PHONE = "phone"
    SWORD = "sword"
    FLOWER = "flower"
    LETTER = "letter"
    KEY = "key"
    CAKE = "cake"
    POTION = "potion"
    GEM = "gem"
    BALL = "ball"
    LAMP = "lamp"
    FISH = "fish"
    MUSHROOM = "mushroom"
    HOUSE = "house"
    CLOCK = "clock"
    CROWN = "crown"
    HEART = "heart"
    STAR = "star"
    UMBRELLA = "umbrella"
    CAR = "car"
    ROCKET = "rocket"
    APPLE = "apple"
    SKULL = "skull"
    BELL = "bell"
    BIRD = "bird"
    CAT = "cat"
    GEAR = "gear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """Somebody who recurs through a webtoon."""

    species: Species
    age: Age
    cut: Cut
    fringe: Fringe
    hair: RGB
    eyes: RGB
    skin: RGB
    clothes: Clothes
    cloth: RGB
    accent: RGB
    legs: RGB
    extra: Extra
    skirt: bool
    broad: float
    side: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A character in one picture. `size` is a head's height, or all of the body's in a full shot."""

    character: Character
    x: float
    y: float
    size: float
    turn: float
    behind: bool
    tilt: float
    mirror: bool
    pose: Pose
    mood: Mood
    thing: Thing | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """A speech bubble and how it is filled with writing."""

    x: float
    y: float
    width: float
    height: float
    tail: float
    lines: int
    loud: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Effect lettering: some large letter-like shapes."""

    x: float
    y: float
    size: float
    tilt: float
    letters: tuple[int, ...]
    color: RGB


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One picture's content. `habit` says which of its habits a hand shows; `seed` is for small chances."""

    shot: Shot
    place: Place
    time: Time
    weather: Weather
    people: tuple[Person, ...]
    thing: Thing | None
    thing_color: RGB
    thing_tilt: float
    bubbles: tuple[Bubble, ...]
    effect: Effect | None
    horizon: float
    habit: float
    seed: int
