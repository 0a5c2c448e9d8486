"""Answer pictures: from a message to its one answer."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any, ParamSpec, TypeVar

from telegram import Bot, MaybeInaccessibleMessage, Message, Update, User
from telegram.constants import ChatType
from telegram.ext import BaseHandler, ContextTypes, MessageHandler, filters

from bot.desk import Answered, Asked
from bot.memory import Place
from bot.telegram.answers import View, deliver, shown_of, view_of
from bot.telegram.context import DOOR, Parts, parts_of
from bot.telegram.downloads import Downloads
from bot.telegram.errors import Refusals
from bot.telegram.html import escape
from bot.telegram.incoming import Source, is_addressed, is_reply_to, lasting_name, sources_near, sources_of
from bot.telegram.intake import note, until_noted
from bot.telegram.languages import choices_of, texts_of
from bot.telegram.outgoing import Reply, target_of
from bot.turns import Told

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


class _Asking(filters.MessageFilter):
    """Messages with a picture, and in groups those that ask us about the one that they reply to."""

    def filter(self, message: Message) -> bool:
        if _is_by_bot(message):
            return False
        if message.chat.type == ChatType.PRIVATE:
            return bool(sources_of(message))
        own = any(not source.url for source in sources_of(message))
        return own or (_is_addressed(message) and bool(_pictures(message)))


class _Mentioning(filters.MessageFilter):
    """Messages that name us in a group and ask nothing; replies to us may be mere thanks."""

    def filter(self, message: Message) -> bool:
        is_reply = is_reply_to(message, message.get_bot().id)
        return not _is_by_bot(message) and not is_reply and _is_addressed(message)


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """Make the handlers of pictures, in private chats and in groups."""
    kinds = filters.UpdateType.MESSAGE | filters.UpdateType.EDITED_MESSAGE
    # The queue bounds them, and who waits in it shall not hold up commands and buttons.
    return [MessageHandler(kinds & ~filters.COMMAND & _Asking(), until_noted(answer_picture))]


def last_handlers() -> list[BaseHandler[Any, Any, Any]]:
    """Make the handler of what nothing else takes: it says what to send."""
    private = filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL & ~filters.VIA_BOT
    return [MessageHandler(filters.UpdateType.MESSAGE & (private | _Mentioning()), say_hint)]


async def say_hint(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say what can be sent to us."""
    message, parts = update.effective_message, parts_of(context)
    if message is not None:
        texts = await texts_of(parts, chat_id=message.chat.id, user=message.from_user)
        await Reply(context.bot, parts.ledger, target_of(message)).say(escape(texts.format("chat-hint")))


async def answer_picture(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer a message with a picture; of an album, the first message for all."""
    message, parts = update.effective_message, parts_of(context)
    if message is None or message.from_user is None:
        return
    if update.edited_message and not _is_changed(parts, message):
        return
    messages = await parts.albums.collect(message)
    if messages and await _is_meant(parts, messages):
        pictures = [source for each in messages for source in _pictures(each)]
        await answer_message(parts, context.bot, messages[0], asker=message.from_user, pictures=pictures)


async def answer_message(
    parts: Parts, bot: Bot, message: Message, *, asker: User, pictures: Sequence[Source]
) -> None:
    """Answer `message` with what is drawn like the pictures, which may lie in another message.

    Signs of life, the queue, caches and every foreseen error are taken care of; it returns when the answer
    has been delivered, so that handlers which call it should not block (`until_noted`).
    """
    async with parts.asking.in_order(person_of(parts, message, asker=asker)) as let_in:

        def placed() -> None:
            note()
            let_in()

        await _answer(parts, bot, message, asker=asker, pictures=pictures, placed=placed)


async def _answer(
    parts: Parts,
    bot: Bot,
    message: Message,
    *,
    asker: User,
    pictures: Sequence[Source],
    placed: Callable[[], None],
) -> None:
    key, name = (message.chat.id, message.message_id), lasting_name(pictures)
    parts.memory.keep_place(key, place=replace(parts.memory.place(key) or Place(), name=name))
    reply = Reply(bot, parts.ledger, target_of(message))
    view = await view_of(parts, reply.target, user=asker)
    downloads = Downloads(bot, pictures, fetcher=parts.fetcher)
    has_urls = any(source.url for source in pictures)
    asked = replace(
        asked_by(parts, message, asker=asker),
        sources=tuple(source.file_id for source in pictures if source.file_id),
        unique="" if has_urls else name,
    )

    async def send(answered: Answered) -> None:
        if has_urls:
            parts.memory.keep_addresses(answered.token, [source.url for source in pictures])
        shown = await shown_of(parts.service, answered, view=view)
        # An earlier answer to this message may have been sent while this one waited for its turn.
        reply.stand(parts.memory.place(key))
        await deliver(parts.service, reply, shown, view=view, fetch=downloads.fetch)
        parts.memory.keep_place(key, place=replace(reply.place, name=name))

    refusals = Refusals(parts, reply, texts=view.texts, person=asked.person, fetched=downloads.fetched)
    told = teller(parts, reply, view=view, person=asked.person)
    async with parts.asking.question(asked.person), refusals, parts.signs.at_work(bot, reply.target):
        await parts.desk.similar(
            asked, fetch=_after(placed, downloads.fetch), told=_after(placed, told), send=_after(placed, send)
        )
    parts.memory.keep_place(key, place=replace(reply.place, name=name))


def _after(
    step: Callable[[], None], then: Callable[_Given, Awaitable[_Result]]
) -> Callable[_Given, Awaitable[_Result]]:
    """Take a step before something is done."""

    def do(*args: _Given.args, **kwargs: _Given.kwargs) -> Awaitable[_Result]:
        step()
        return then(*args, **kwargs)

    return do


async def answer_like(
    parts: Parts, bot: Bot, message: MaybeInaccessibleMessage, *, asker: User, webtoon_id: int
) -> None:
    """Answer `message` with what is drawn like a webtoon of the catalogue; the same is taken care of."""
    reply = Reply(bot, parts.ledger, target_of(message))
    view = await view_of(parts, reply.target, user=asker)
    asked = asked_by(parts, message, asker=asker)

    async def fetch() -> Sequence[bytes]:
        return ()

    async def send(answered: Answered) -> None:
        shown = await shown_of(parts.service, answered, view=view, liked=webtoon_id)
        await deliver(parts.service, reply, shown, view=view, fetch=fetch)

    refusals = Refusals(parts, reply, texts=view.texts, person=asked.person)
    told = teller(parts, reply, view=view, person=asked.person)
    async with parts.asking.question(asked.person), refusals, parts.signs.at_work(bot, reply.target):
        await parts.desk.like(asked, webtoon_id, told=_after(note, told), send=_after(note, send))


def person_of(parts: Parts, message: MaybeInaccessibleMessage, *, asker: User) -> str:
    """Hash who asks; whoever writes as a group or a channel is that."""
    by_chat = message.sender_chat if isinstance(message, Message) else None
    return parts.ledger.person(DOOR, by_chat.id if by_chat else asker.id)


def asked_by(parts: Parts, message: MaybeInaccessibleMessage, *, asker: User) -> Asked:
    """Make a question of somebody about nothing yet."""
    return Asked(
        door=DOOR,
        chat_id=str(message.chat.id),
        message_id=str(message.message_id),
        person=person_of(parts, message, asker=asker),
        exempt=asker.id in parts.admins,
    )


def teller(parts: Parts, reply: Reply, *, view: View, person: str) -> Told:
    """Make what says the place in the queue; who sends many pictures hears it for one of them."""

    async def tell(place: int) -> None:
        if parts.asking.has_one(person):
            reply.note(view.texts.format("chat-waiting", place=place))

    return tell


def _is_by_bot(message: Message) -> bool:
    """Tell whether a machine wrote a message; what goes through a bot, our inline results too, is its."""
    sender = message.from_user
    return message.via_bot is not None or (
        sender is not None and sender.is_bot and message.sender_chat is None
    )


def _is_changed(parts: Parts, message: Message) -> bool:
    """Tell whether an edited message shows other pictures than those that were answered."""
    if message.media_group_id is not None:
        return False
    place = parts.memory.place((message.chat.id, message.message_id))
    return place is None or place.name != lasting_name(_pictures(message))


async def _is_meant(parts: Parts, messages: Sequence[Message]) -> bool:
    """Tell whether a chat wants an answer: groups, unless they chose otherwise, only where they ask us."""
    chat = messages[0].chat
    if chat.type == ChatType.PRIVATE or any(map(_is_addressed, messages)):
        return True
    return (await choices_of(parts, chat.id)).automatic


def _is_addressed(message: Message) -> bool:
    bot = message.get_bot()
    return is_addressed(message, bot.id, bot.username)


def _pictures(message: Message) -> tuple[Source, ...]:
    """List the pictures that a message asks about; our own sheets are none of them."""
    to_us = is_reply_to(message, message.get_bot().id)
    return sources_of(message) if to_us else sources_near(message)
