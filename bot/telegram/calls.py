"""Take commands and pressed buttons on: who called, in which language, with which words."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from telegram import Bot, CallbackQuery, InlineKeyboardMarkup, Message, Update, User
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes, filters

from bot.telegram.context import DOOR, Parts, parts_of
from bot.telegram.html import escape
from bot.telegram.intake import until_noted
from bot.telegram.languages import texts_of
from bot.telegram.queries import person_of
from bot.texts import Texts
from storage.errors import Banned, Expired, GrimcheError

if TYPE_CHECKING:
    from bot.rates import Windows

Handler = BaseHandler[Any, Any, Any]

NOTICE: Final = 200  # characters: https://core.telegram.org/bots/api#answercallbackquery


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A command that somebody called; `words` is what follows its name.

    For a button, `message` is the one above it and `words` what the button carries.
    """

    parts: Parts
    bot: Bot
    message: Message
    user: User
    texts: Texts
    words: str

    @property
    def is_private(self) -> bool:
        """Whether it is the chat of one person with the bot."""
        return self.message.chat.type == self.message.chat.PRIVATE

    @property
    def person(self) -> str:
        """Who called, as the ledger knows them."""
        return person_of(self.parts, self.message, asker=self.user)

    @property
    def is_admin(self) -> bool:
        """Whether an admin of the bot called, in their own name."""
        return self.user.id in self.parts.admins

    def check(self, windows: "Windows") -> None:
        """Raise SlowDown where this is too often, and count it otherwise; admins may."""
        if self.is_admin:
            return
        now = time.monotonic()
        windows.check(self.person, chat=str(self.message.chat_id), now=now)
        windows.count(self.person, chat=str(self.message.chat_id), now=now)

    async def say(
        self, message: str, *, keyboard: InlineKeyboardMarkup | None = None, **values: str | float
    ) -> None:
        """Answer with one of the texts."""
        await self.tell(escape(self.texts.format(message, **values)), keyboard=keyboard)

    async def tell(self, text: str, *, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Answer with HTML."""
        await self.message.reply_html(text, reply_markup=keyboard)


@dataclass(frozen=True, slots=True, kw_only=True)
class Press(Call):
    """A button that somebody pressed; it has to be answered, or it keeps turning."""

    query: CallbackQuery

    async def notice(self, message: str = "", *, alert: bool = False, **values: str | float) -> None:
        """Answer the press, with a text in front of the chat or without one."""
        text = self.texts.format(message, **values) if message else None
        await self.query.answer(text and text[:NOTICE], show_alert=alert)


Run = Callable[[Call], Awaitable[None]]
RunPressed = Callable[[Press], Awaitable[None]]
Context = ContextTypes.DEFAULT_TYPE


def command(
    name: str, run: Run, *, for_banned: bool = False, block: bool = True, asks: bool = False
) -> Handler:
    """Make the handler of a command; `for_banned` lets those in who may not ask.

    One that `asks` about pictures holds others up until its question is noted down, and then does not.
    """

    async def handle(update: Update, context: Context) -> None:
        message = update.message
        if message is None or message.from_user is None:
            return
        call = await call_of(context, message)
        await admit(call, for_banned=for_banned)
        await run(call)

    callback = until_noted(handle) if asks else handle
    return CommandHandler(name, callback, filters.UpdateType.MESSAGE, block=block)


def pressed(pattern: str, run: RunPressed, *, for_banned: bool = False, block: bool = True) -> Handler:
    """Make the handler of buttons that carry what fits the pattern; errors are shown over the chat."""

    async def handle(update: Update, context: Context) -> None:
        query = update.callback_query
        if query is None:
            return
        parts = parts_of(context)
        above = query.message
        texts = await texts_of(
            parts, chat_id=above.chat.id if above else query.from_user.id, user=query.from_user
        )
        if not isinstance(above, Message):  # it is too old to be seen, or stands in a chat without us
            await query.answer(texts.error(Expired())[:NOTICE], show_alert=True)
            return
        press = Press(
            parts=parts,
            bot=context.bot,
            message=above,
            user=query.from_user,
            texts=texts,
            words=query.data or "",
            query=query,
        )
        try:
            await admit(press, for_banned=for_banned)
            await run(press)
        except GrimcheError as error:
            await query.answer(texts.error(error)[:NOTICE], show_alert=True)

    return CallbackQueryHandler(handle, pattern=pattern, block=block)


async def call_of(context: Context, message: Message) -> Call:
    """Read a message as a call; its sender has to be known."""
    parts, user = parts_of(context), message.from_user
    if user is None:
        raise LookupError("a message of nobody")
    return Call(
        parts=parts,
        bot=context.bot,
        message=message,
        user=user,
        texts=await texts_of(parts, chat_id=message.chat_id, user=user),
        words=_words(message),
    )


async def admit(call: Call, *, for_banned: bool = False) -> None:
    """Raise Banned, or SlowDown for who calls without end."""
    if for_banned:
        return
    if await call.parts.ledger.is_banned(DOOR, call.person):
        raise Banned
    call.check(call.parts.pace.calls)


def _words(message: Message) -> str:
    """Leave the command out of a text."""
    text = message.text or message.caption or ""
    entities = message.entities or message.caption_entities
    first = entities[0] if entities else None
    return text[first.length :].strip() if first and first.type == first.BOT_COMMAND else text.strip()
