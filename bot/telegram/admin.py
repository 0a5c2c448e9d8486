"""What only the bot's admins may do: their numbers stand in the settings, and are looked at each time."""

import contextlib
import functools
from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import TelegramError

from bot.figures import status_text
from bot.office import COMMANDS
from bot.plain import cut
from bot.telegram import jobs
from bot.telegram.banning import BAN, PATTERN, Target, opposite, target_of
from bot.telegram.calls import Call, Handler, Press, Run, command, pressed
from bot.telegram.context import DOOR
from bot.telegram.html import escape
from bot.telegram.languages import texts_of
from bot.telegram.stats import stats

REASON: Final = 200


def handlers() -> list[Handler]:
    """Make the handlers of the admins' commands and buttons."""
    return [
        _command("status", status),
        _command("stats", stats),
        _command("ban", ban),
        _command("unban", unban),
        *(_command(name, functools.partial(jobs.call, name=name)) for name in COMMANDS),
        pressed(PATTERN, _press),
        pressed(jobs.PATTERN, jobs.press),
    ]


async def status(call: Call) -> None:
    """Say how Grimche stands."""
    await call.tell(escape(status_text(await call.parts.service.status(), call.texts)))


async def ban(call: Call) -> None:
    """Shut somebody out."""
    target = target_of(call.message, words=call.words)
    if target is None:
        await call.say("chat-ban-usage")
    elif target.user_id is None:
        await call.say("chat-ban-nobody")
    elif target.user_id in call.parts.admins:
        await call.say("chat-ban-admin")
    else:
        await _shut_out(call, target.user_id)
        await _say_banned(call, target.user_id, target=target)


async def unban(call: Call) -> None:
    """Let somebody in again."""
    target = target_of(call.message, words=call.words)
    if target is None or target.user_id is None:
        await call.say("chat-unban-usage")
        return
    was_banned = await call.parts.ledger.unban(DOOR, call.parts.ledger.person(DOOR, target.user_id))
    await call.say("chat-unbanned" if was_banned else "chat-not-banned", id=str(target.user_id))


def _command(name: str, run: Run) -> Handler:
    """Make the handler of a command for admins: to others it says so, and nothing in groups."""

    async def guarded(call: Call) -> None:
        if call.is_admin:
            await run(call)
        elif call.is_private:
            await call.say("chat-admins-only")

    return command(name, guarded)


async def _press(press: Press) -> None:
    """Ban or lift a ban by a button, which then does the opposite."""
    if not press.is_admin:
        await press.notice("chat-admins-only", alert=True)
        return
    sign, _, number = press.words.partition(":")
    if int(number) in press.parts.admins:
        await press.notice("chat-ban-admin", alert=True)
        return
    if sign == BAN:
        await _shut_out(press, int(number))
    else:
        await press.parts.ledger.unban(DOOR, press.parts.ledger.person(DOOR, int(number)))
    await press.notice("chat-banned" if sign == BAN else "chat-unbanned", id=number)
    await press.query.edit_message_reply_markup(_keyboard(press, opposite(sign), int(number)))


async def _shut_out(call: Call, user_id: int) -> None:
    ledger = call.parts.ledger
    await ledger.ban(DOOR, ledger.person(DOOR, user_id), by=ledger.person(DOOR, call.user.id))


async def _say_banned(call: Call, user_id: int, *, target: Target) -> None:
    """Say so, also to the other admins: the reason is not kept anywhere else."""
    reason, keyboard = cut(target.reason, REASON), _keyboard(call, opposite(BAN), user_id)
    if reason:
        await call.say("chat-banned-because", keyboard=keyboard, id=str(user_id), reason=reason)
    else:
        await call.say("chat-banned", keyboard=keyboard, id=str(user_id))
    for admin in sorted(call.parts.admins - {call.user.id}):
        texts = await texts_of(call.parts, chat_id=admin, user=None)
        name, why = cut(call.user.full_name, 64), reason or texts.format("chat-no-reason")
        text = texts.format("chat-ban-told", admin=name, id=str(user_id), reason=why)
        with contextlib.suppress(TelegramError):  # they have not begun a chat with us, or left it
            await call.bot.send_message(admin, escape(text))


def _keyboard(call: Call, sign: str, user_id: int) -> InlineKeyboardMarkup:
    label = call.texts.format(f"chat-{sign}")
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=f"{sign}:{user_id}")]])
