import pytest
from telegram import InlineKeyboardMarkup

from bot import buttons, texts
from bot.buttons import Pressed, Sign
from bot.telegram import keyboards
from bot.texts import Language

EN = texts.get(Language.EN)
TOKEN = "abcdefghijkl-_01"  # noqa: S105  names a question


def labels(keyboard: InlineKeyboardMarkup) -> list[list[str]]:
    """Read what the buttons say, row by row."""
    return [[button.text for button in row] for row in keyboard.inline_keyboard]


def test_a_private_answer_has_all_buttons() -> None:
    """More like the first ones, why, details, thumbs and another picture."""
    assert labels(keyboards.under_answer(TOKEN, EN, matches=10, compact=False)) == [
        ["Like no. 1", "Like no. 2", "Like no. 3"],
        ["Why no. 1?", "Details"],
        ["👍", "👎", "Next picture"],
    ]


def test_a_group_gets_fewer_buttons() -> None:
    """In a group the row of webtoons is left to the details."""
    rows = labels(keyboards.under_answer(TOKEN, EN, matches=5, compact=True))
    assert rows[0] == ["Why no. 1?", "Details"]


def test_there_are_no_buttons_for_missing_matches() -> None:
    """Two matches bring two buttons."""
    rows = labels(keyboards.under_answer(TOKEN, EN, matches=2, compact=False))
    assert rows[0] == ["Like no. 1", "Like no. 2"]


@pytest.mark.parametrize(("page", "back", "on"), [(1, 3, 2), (2, 1, 3), (3, 2, 1)])
def test_pages_go_round(page: int, back: int, on: int) -> None:
    """After the last match comes the first one."""
    first, _, last = keyboards.under_details(TOKEN, EN, page=page, pages=3).inline_keyboard[0]
    pressed = [buttons.read(str(button.callback_data)) for button in (first, last)]
    assert pressed == [Pressed(sign=Sign.DETAILS, token=TOKEN, number=n) for n in (back, on)]


@pytest.mark.parametrize("language", list(Language))
def test_what_buttons_carry_fits(language: Language) -> None:
    """Telegram takes 64 bytes at most."""
    said = texts.get(language)
    boards = [
        keyboards.under_answer(TOKEN, said, matches=10, compact=False),
        keyboards.under_details(TOKEN, said, page=10, pages=10),
        keyboards.under_folded(TOKEN, said),
    ]
    carried = [
        str(button.callback_data) for board in boards for row in board.inline_keyboard for button in row
    ]
    assert max(len(data.encode()) for data in carried) <= 64
    assert None not in [buttons.read(data) for data in carried]


@pytest.mark.parametrize(
    "data",
    [
        "",
        "m",
        f"x:{TOKEN}:1",
        f"m:{TOKEN[1:]}:1",
        f"m:{TOKEN}:",
        f"m:{TOKEN}:1;",
        f"m:{TOKEN}:99999",
        "m:':1",
    ],
)
def test_what_no_button_of_ours_carries_is_not_read(data: str) -> None:
    """People can send what they like as a press."""
    assert buttons.read(data) is None
