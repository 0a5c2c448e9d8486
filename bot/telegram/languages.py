"""Choose the language and the settings of a chat."""

from telegram import User

from bot import texts
from bot.choices import ChatChoices
from bot.telegram.context import DOOR, Parts
from bot.texts import Language, Texts


async def choices_of(parts: Parts, chat_id: int) -> ChatChoices:
    """Read what a chat has chosen."""
    return await parts.ledger.choices(DOOR, str(chat_id))


async def texts_of(parts: Parts, *, chat_id: int, user: User | None) -> Texts:
    """Choose the texts: in the chat's language, else in the user's, else in the default one."""
    choices = await choices_of(parts, chat_id)
    return texts.get(choices.language or language_of(user) or parts.language)


def language_of(user: User | None) -> Language | None:
    """Read the language of a user's app; None where Grimche does not speak it."""
    code = (user.language_code or "") if user else ""
    return next((language for language in Language if language == code.lower().split("-")[0]), None)
