"""How a set is divided for a generation that is to serve."""

from dataclasses import replace

from model.protocol import Part, Rules, Split, Table, draw_split

SPLIT = "split.json"
# What serves shall know every artist and nearly every webtoon: no unknown artists, no random images.
SERVING = Rules(unknown=0.0, images=0.0)
# Of the webtoons that the protocol would ask for, one of so many chooses the checkpoint instead.
_CHOOSING = 5


def serving_split(table: Table, *, seed: int = 2020) -> Split:
    """Divide a set so that nearly everything is trained on.

    Of the webtoons that would be E2 every fifth is for validation, unless others are; the rest is
    trained on whole.  Of every other webtoon the last fifth in time is held out as ever, and compares
    generations.
    """
    split = draw_split(table, replace(SERVING, seed=seed))
    spared = any(span.part == Part.WEBTOONS_VALIDATION for span in split.spans)
    asked = sorted({span.webtoon for span in split.spans if span.part == Part.WEBTOONS})
    chosen = set() if spared else set(asked[::_CHOOSING][: len(asked) // 2])
    spans = []
    for span in split.spans:
        if span.part == Part.WEBTOONS:
            part = Part.WEBTOONS_VALIDATION if span.webtoon in chosen else Part.TRAINING
            spans.append(replace(span, part=part))
        else:
            spans.append(span)
    return replace(split, spans=tuple(spans))
