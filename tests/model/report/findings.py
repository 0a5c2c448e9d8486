"""An evaluation with a little of everything."""

from datetime import UTC, datetime

import numpy as np

from model.evaluation_records import (
    ArtistScore,
    Bin,
    Confusion,
    Epoch,
    Evaluation,
    Figure,
    HardPair,
    Method,
    OpenSet,
    Part,
    Regime,
    Reliability,
    Score,
    Shown,
    Strangers,
    StylePoint,
    Tool,
)

ARTISTS = ("김민서", "<script>alert(1)</script>", "O'Neill & Söhne")


def figure(value: float) -> Figure:
    """Give a share its interval."""
    return Figure(value=value, low=value - 0.05, high=value + 0.05)


def score(method: str, regime: Regime, top1: float, **values: object) -> Score:
    """Score a method."""
    enrolled = 10 if regime is Regime.ARTISTS else None
    figures = {name: figure(0.8) for name in ("top5", "map10", "recall1", "recall10")}
    return Score(
        **{"method": method, "regime": regime, "queries": 240, "enrolled": enrolled, "top1": figure(top1)}
        | figures
        | values
    )


def shown(row: int) -> Shown:
    """Name a row."""
    return Shown(row=row, artist=ARTISTS[row % 3], webtoon="달빛 학교", episode=row)


def crop_of(row: int) -> np.ndarray | None:
    """Draw a row's crop; one has gone."""
    return None if row == 1 else np.full((120, 200, 3), 40 * row, np.uint8)


def findings() -> Evaluation:
    """Find something for every section."""
    epochs = tuple(Epoch(seconds=2.5, loss=3 / place, validation=0.2 * place) for place in (1, 2, 3))
    return Evaluation(
        created=datetime(2026, 1, 2, tzinfo=UTC),
        generation="starter-9",
        main="recipe",
        complete=True,
        seconds=600,
        fingerprint="abc",
        parts=(Part(name="training", artists=3, webtoons=6, pictures=100),),
        methods=(
            Method(
                name="recipe", trained=True, seconds=8, views=300, parameters=5, hubness=0.1, epochs=epochs
            ),
            Method(name="original 35x21", trained=True, fault="it diverged"),
            Method(name="chance"),
        ),
        scores=(
            *(score("recipe", regime, 0.9) for regime in Regime),
            *(score("chance", regime, 0.1) for regime in Regime),
            score("recipe", Regime.EPISODES, 0.77, grey=True),
            score("recipe", Regime.EPISODES, 0.99, pictures=5),
            score("recipe", Regime.ARTISTS, 0.44, enrolled=1),
        ),
        open_sets=(
            OpenSet(
                method="recipe", against=Strangers.ARTISTS, strangers=9, auroc=figure(0.91), fpr95=figure(0.3)
            ),
        ),
        confusions=(
            Confusion(
                method="recipe",
                regime=Regime.EPISODES,
                artists=ARTISTS,
                counts=((5, 0, 1), (0, 4, 0), (2, 0, 3)),
            ),
        ),
        reliabilities=(
            Reliability(
                method="recipe", regime=Regime.EPISODES, bins=(Bin(confidence=0.6, accuracy=0.5, queries=20),)
            ),
        ),
        artists=tuple(
            ArtistScore(
                method="recipe",
                regime=Regime.EPISODES,
                artist=artist,
                queries=9,
                top1=0.5,
                mistaken_for=ARTISTS[0],
            )
            for artist in ARTISTS
        ),
        hard_pairs=(
            HardPair(
                method="recipe", regime=Regime.EPISODES, query=shown(0), nearest=shown(1), similarity=0.83
            ),
        ),
        style_map=tuple(StylePoint(shown=shown(row), x=row / 5, y=1 - row / 5) for row in range(6)),
        tools=(Tool(name="numpy", version="2.4.6"),),
    )
