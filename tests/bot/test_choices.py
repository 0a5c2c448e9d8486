import pytest

from bot.choices import ChatChoices, Form, chat_of, choices_of
from bot.texts import Language
from storage.chats import Chat


def test_comes_back_as_it_was() -> None:
    """What was chosen is read as it was."""
    choices = ChatChoices(language=Language.KO, form=Form.ALBUM, results=5, automatic=True)
    of_server = ChatChoices(is_private=True, channels=frozenset("ab"), automatic_in=frozenset("c"))
    assert choices_of(chat_of("telegram", "1", choices=choices)) == choices
    assert choices_of(chat_of("discord", "1", choices=of_server)) == of_server


def test_nothing_chosen() -> None:
    """A chat that chose nothing has the usual."""
    assert choices_of(None) == choices_of(Chat(door="telegram", chat_id="1")) == ChatChoices()


@pytest.mark.parametrize(
    ("language", "choices"),
    [
        ("tlh", {}),
        (None, {"form": "hologram"}),
        (None, {"form": 3}),
        (None, {"results": 0}),
        (None, {"results": 11}),
        (None, {"results": "5"}),
        (None, {"results": True}),
        (None, {"automatic": 1}),
        (None, {"automatic": "yes", "colour": "blue"}),
        (None, {"private": 1, "channels": "general", "automatic_in": 3}),
    ],
)
def test_what_is_not_understood(language: str | None, choices: dict[str, str | int | bool]) -> None:
    """What another version or a fault left there is taken as the usual."""
    chat = Chat(door="telegram", chat_id="1", language=language, choices=choices)
    assert choices_of(chat) == ChatChoices()
