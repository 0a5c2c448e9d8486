"""What is said of generations, before any markup."""

from bot import texts
from bot.generations_job import Line
from bot.retrain_words import LISTED, list_notice
from bot.texts import Language


def test_a_list_names_the_newest_and_what_serves() -> None:
    """Of many generations the last ones are shown, and the serving one however old it is."""
    lines = [Line(id="starter"), Line(id="old", serves=True), *(Line(id=f"g{n}") for n in range(9))]
    said = list_notice(lines, texts.get(Language.EN), shipped="starter").text.splitlines()[1:]
    assert [line.split(",")[0] for line in said] == [
        *("○ starter", "● old"),
        *(f"○ g{n}" for n in range(9 - (LISTED - 2), 9)),
    ]
