"""Send answers: one message for each, changed in place where it stands already, files uploaded once."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from telegram import (
    Bot,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    MaybeInaccessibleMessage,
    Message,
    ReplyParameters,
)
from telegram.error import BadRequest, TelegramError

from bot.memory import Place

if TYPE_CHECKING:
    from bot.ledger import Ledger

NOTE_AFTER: Final = 1.5  # seconds: who is answered sooner needs no word about the queue

File = str | bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A picture to send; Telegram keeps it by `name`, and `make` makes it where Telegram has it not.

    What has no name is sent each time.
    """

    name: str
    make: Callable[[], Awaitable[bytes]]
    caption: str = ""
    has_spoiler: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The message that is answered."""

    chat_id: int
    message_id: int
    thread_id: int | None = None
    is_group: bool = False


def target_of(message: MaybeInaccessibleMessage) -> Target:
    """Read where an answer to a message belongs."""
    thread = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
    return Target(
        chat_id=message.chat.id,
        message_id=message.message_id,
        thread_id=thread,
        is_group=message.chat.type != message.chat.PRIVATE,
    )


class Reply:
    """The one answer to a message: a note at first perhaps, where it takes long, which becomes the answer."""

    def __init__(self, bot: Bot, ledger: "Ledger", target: Target, *, place: Place | None = None) -> None:
        self._bot = bot
        self._ledger = ledger
        self.target = target
        self._stands = place.message_id if place else None
        self._is_text = place.is_text if place else False
        self._settled = asyncio.Event()
        self._noting: asyncio.Task[None] | None = None

    @property
    def place(self) -> Place:
        """Where the answer stands by now."""
        return Place(message_id=self._stands, is_text=self._is_text)

    def stand(self, place: Place | None) -> None:
        """Take the place of an earlier answer, unless a note has been sent already."""
        if place is not None and self._stands is None:
            self._stands, self._is_text = place.message_id, place.is_text

    def note(self, text: str) -> None:
        """Say something about the wait, if it is long."""
        self._noting = asyncio.create_task(self._note(text))

    async def say(self, text: str, *, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Answer with text."""
        await self._settle()
        if self._stands is not None and self._is_text and await self._edit_text(text, keyboard):
            return
        await self._clear()
        sent = await self._bot.send_message(
            self.target.chat_id,
            text,
            reply_markup=keyboard,
            reply_parameters=self._reply_parameters(),
            message_thread_id=self.target.thread_id,
        )
        self._stands, self._is_text = sent.message_id, True

    async def show(self, upload: Upload, *, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Answer with a picture and what is said under it."""
        await self._settle()

        async def send(file: File) -> Message:
            if self._stands is not None and (edited := await self._edit_media(upload, file, keyboard)):
                return edited
            await self._clear()
            return await self._bot.send_photo(
                self.target.chat_id,
                file,
                caption=upload.caption,
                has_spoiler=upload.has_spoiler,
                reply_markup=keyboard,
                reply_parameters=self._reply_parameters(),
                message_thread_id=self.target.thread_id,
            )

        sent = await send_file(self._bot, self._ledger, upload, send)
        self._stands, self._is_text = sent.message_id, False

    async def show_album(
        self, uploads: Sequence[Upload], text: str, *, keyboard: InlineKeyboardMarkup | None = None
    ) -> None:
        """Answer with an album, and with a text for the buttons that an album cannot have."""
        await self._settle()
        await self._clear()
        await self._send_album(uploads)
        await self.say(text, keyboard=keyboard)

    async def withdraw(self) -> None:
        """Take a note back that nothing came of."""
        await self._settle()
        if self._is_text:
            await self._clear()

    async def _note(self, text: str) -> None:
        try:
            await asyncio.wait_for(self._settled.wait(), NOTE_AFTER)
        except TimeoutError:
            with contextlib.suppress(TelegramError):
                await self.say_quietly(text)

    async def say_quietly(self, text: str) -> None:
        """Send a first word that makes no sound: the answer will take its place."""
        if self._stands is not None:
            return
        sent = await self._bot.send_message(
            self.target.chat_id,
            text,
            disable_notification=True,
            reply_parameters=self._reply_parameters(),
            message_thread_id=self.target.thread_id,
        )
        self._stands, self._is_text = sent.message_id, True

    async def _settle(self) -> None:
        """Let a note that is on its way arrive, so that it is not left behind."""
        self._settled.set()
        if self._noting is not None:
            await self._noting

    async def _edit_text(self, text: str, keyboard: InlineKeyboardMarkup | None) -> bool:
        try:
            await self._bot.edit_message_text(text, self.target.chat_id, self._stands, reply_markup=keyboard)
        except BadRequest as error:
            return "not modified" in error.message
        return True

    async def _edit_media(
        self, upload: Upload, file: File, keyboard: InlineKeyboardMarkup | None
    ) -> Message | None:
        media = _media(upload, file)
        try:
            edited = await self._bot.edit_message_media(
                media, self.target.chat_id, self._stands, reply_markup=keyboard
            )
        except BadRequest as error:
            if is_wrong_file(error):
                raise
            return None
        return edited if isinstance(edited, Message) else None

    async def _send_album(self, uploads: Sequence[Upload]) -> None:
        bot = str(self._bot.id)
        known = [await self._ledger.upload(bot, upload.name) for upload in uploads]
        try:
            await self._send_group(uploads, known)
        except BadRequest as error:
            if not is_wrong_file(error):
                raise
            await self._send_group(uploads, [None] * len(uploads))

    async def _send_group(self, uploads: Sequence[Upload], known: Sequence[str | None]) -> None:
        files = [name or await upload.make() for upload, name in zip(uploads, known, strict=True)]
        sent = await self._bot.send_media_group(
            self.target.chat_id,
            [_media(upload, file) for upload, file in zip(uploads, files, strict=True)],
            reply_parameters=self._reply_parameters(),
            message_thread_id=self.target.thread_id,
        )
        for upload, message, name in zip(uploads, sent, known, strict=True):
            if name is None:
                await _keep(self._ledger, self._bot, upload, message)

    async def _clear(self) -> None:
        """Remove what stands and cannot become the answer."""
        if self._stands is not None:
            with contextlib.suppress(BadRequest):
                await self._bot.delete_message(self.target.chat_id, self._stands)
            self._stands = None

    def _reply_parameters(self) -> ReplyParameters:
        # People delete their message while we search; the answer comes all the same.
        return ReplyParameters(self.target.message_id, allow_sending_without_reply=True)


async def send_file(
    bot: Bot, ledger: "Ledger", upload: Upload, send: Callable[[File], Awaitable[Message]]
) -> Message:
    """Send a picture by the name that Telegram has for it, or its bytes where it has none any more."""
    known = await ledger.upload(str(bot.id), upload.name) if upload.name else None
    if known is not None:
        try:
            return await send(known)
        except BadRequest as error:
            if not is_wrong_file(error):
                raise
            await ledger.drop(str(bot.id), upload.name)
    sent = await send(await upload.make())
    await _keep(ledger, bot, upload, sent)
    return sent


def is_wrong_file(error: BadRequest) -> bool:
    """Tell whether Telegram does not know a file any more that it gave a name to."""
    text = error.message.lower()
    return "file" in text and any(word in text for word in ("wrong", "invalid", "expired"))


def _media(upload: Upload, file: File) -> InputMediaPhoto:
    return InputMediaPhoto(file, caption=upload.caption, has_spoiler=upload.has_spoiler)


async def _keep(ledger: "Ledger", bot: Bot, upload: Upload, sent: Message) -> None:
    if upload.name and sent.photo:
        await ledger.uploaded(str(bot.id), upload.name, sent.photo[-1].file_id)
