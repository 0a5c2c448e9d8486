"""Remove what is kept of somebody, once they are sure."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.telegram.calls import Call, Handler, Press, command, pressed
from bot.telegram.context import DOOR
from bot.telegram.html import escape


def handlers() -> list[Handler]:
    """Make the handlers of the command and of its buttons."""
    return [
        command("forgetme", ask, for_banned=True),
        pressed(r"^forget:[0-9]{1,16}:(yes|no)$", _press, for_banned=True),
    ]


async def ask(call: Call) -> None:
    """Ask whether somebody is sure."""
    buttons = [
        InlineKeyboardButton(
            call.texts.format(f"chat-forget-{word}"), callback_data=f"forget:{call.user.id}:{word}"
        )
        for word in ("yes", "no")
    ]
    await call.say("chat-forget-ask", keyboard=InlineKeyboardMarkup([buttons]))


async def _press(press: Press) -> None:
    _, user_id, word = press.words.split(":")
    if int(user_id) != press.user.id:
        await press.notice("chat-not-yours", alert=True)
        return
    text = press.texts.format("chat-forget-kept")
    if word == "yes":
        chat_id = press.message.chat.id if press.is_private else None
        count = await press.parts.ledger.forget(DOOR, press.person, chat_id=chat_id)
        text = press.texts.format("chat-forgotten", count=count)
    await press.notice()
    await press.query.edit_message_text(escape(text))
