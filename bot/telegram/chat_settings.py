"""Let a chat choose its language, the form of its answers and how many there are."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot import texts as all_texts
from bot.choices import AUTO, LANGUAGE_NAMES, ChatChoices, Form, language_called
from bot.telegram.answers import GROUP_RESULTS
from bot.telegram.calls import Call, Handler, Press, command, pressed
from bot.telegram.context import DOOR
from bot.telegram.html import escape
from bot.telegram.languages import choices_of, language_of
from bot.texts import Texts
from storage.errors import Expired

RESULTS: Final = (3, 5, 10)
RESULTS_IN_GROUP: Final = (1, 3, 5)
MARK: Final = "✓ "


def handlers() -> list[Handler]:
    """Make the handlers of the commands and of the buttons."""
    return [
        command("settings", settings),
        command("language", language),
        pressed(r"^set:(language|form|results|automatic|open|done):[a-z0-9]{0,8}$", _press),
    ]


async def settings(call: Call) -> None:
    """Show what the chat has chosen, with buttons to choose otherwise."""
    if await _may_decide(call):
        choices = await choices_of(call.parts, call.message.chat_id)
        await call.say(
            "chat-settings", keyboard=keyboard_of(choices, call.texts, is_group=not call.is_private)
        )


async def language(call: Call) -> None:
    """Show the languages only."""
    if await _may_decide(call):
        choices = await choices_of(call.parts, call.message.chat_id)
        await call.say(
            "chat-choose-language", keyboard=InlineKeyboardMarkup([_languages(choices, call.texts)])
        )


def keyboard_of(choices: ChatChoices, texts: Texts, *, is_group: bool) -> InlineKeyboardMarkup:
    """Make the buttons for all choices of a chat; a mark stands at what is chosen."""
    rows = [_languages(choices, texts), _results(choices, texts, is_group=is_group)]
    rows.append([_automatic(choices, texts)] if is_group else _forms(choices, texts))
    return InlineKeyboardMarkup([*rows, [_button(texts.format("chat-done"), "done")]])


async def _may_decide(call: Call) -> bool:
    if await call.parts.rights.may_write_for(call.bot, call.message):
        return True
    await call.say("chat-group-admins-only")
    return False


async def _press(press: Press) -> None:
    """Change a choice; who pressed has to decide for the chat now, not only when the buttons came."""
    chat = press.message.chat
    if not await press.parts.rights.may_decide(press.bot, chat, user_id=press.user.id):
        await press.notice("chat-group-admins-only", alert=True)
        return
    _, name, value = press.words.split(":")
    choices = await choices_of(press.parts, chat.id)
    changed = _changed(choices, name, value=value)
    if changed != choices:
        await press.parts.ledger.choose(DOOR, chat.id, changed)
    await press.notice("chat-chosen" if changed != choices else "")
    texts = all_texts.get(changed.language or language_of(press.user) or press.parts.language)
    if name == "done":
        await press.query.edit_message_text(escape(texts.format("chat-settings-done")))
    elif changed != choices or name == "open":
        keyboard = keyboard_of(changed, texts, is_group=not press.is_private)
        await press.query.edit_message_text(escape(texts.format("chat-settings")), reply_markup=keyboard)


def _changed(choices: ChatChoices, name: str, *, value: str) -> ChatChoices:
    """Choose otherwise; raises Expired for what no button of ours says."""
    try:
        return _CHANGES[name](choices, value)
    except ValueError as error:
        raise Expired from error


def _change_results(choices: ChatChoices, value: str) -> ChatChoices:
    if int(value) not in {*RESULTS, *RESULTS_IN_GROUP}:
        raise ValueError(value)
    return replace(choices, results=int(value))


def _change_language(choices: ChatChoices, value: str) -> ChatChoices:
    return replace(choices, language=language_called(value))


_CHANGES: Final[Mapping[str, Callable[[ChatChoices, str], ChatChoices]]] = MappingProxyType(
    {
        "language": _change_language,
        "form": lambda choices, value: replace(choices, form=Form(value)),
        "results": _change_results,
        "automatic": lambda choices, value: replace(choices, automatic=value == "on"),
        "open": lambda choices, _: choices,
        "done": lambda choices, _: choices,
    }
)


def _languages(choices: ChatChoices, texts: Texts) -> list[InlineKeyboardButton]:
    return [
        *(
            _button(name, "language", value, is_chosen=choices.language is value)
            for value, name in LANGUAGE_NAMES.items()
        ),
        _button(texts.format("chat-language-auto"), "language", AUTO, is_chosen=choices.language is None),
    ]


def _forms(choices: ChatChoices, texts: Texts) -> list[InlineKeyboardButton]:
    return [
        _button(texts.format(f"chat-form-{form}"), "form", form, is_chosen=choices.form is form)
        for form in Form
    ]


def _results(choices: ChatChoices, texts: Texts, *, is_group: bool) -> list[InlineKeyboardButton]:
    shown = min(choices.results, GROUP_RESULTS) if is_group else choices.results
    return [
        _button(texts.format("chat-results", count=count), "results", str(count), is_chosen=count == shown)
        for count in (RESULTS_IN_GROUP if is_group else RESULTS)
    ]


def _automatic(choices: ChatChoices, texts: Texts) -> InlineKeyboardButton:
    value = "off" if choices.automatic else "on"
    return _button(texts.format("chat-automatic"), "automatic", value, is_chosen=choices.automatic)


def _button(label: str, name: str, value: str = "", *, is_chosen: bool = False) -> InlineKeyboardButton:
    return InlineKeyboardButton(f"{MARK}{label}" if is_chosen else label, callback_data=f"set:{name}:{value}")
