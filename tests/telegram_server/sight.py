"""What of a chat the bot gets to see: https://core.telegram.org/bots/features#privacy-mode."""

from typing import TYPE_CHECKING

from tests.telegram_server.messages import Message

if TYPE_CHECKING:
    from tests.telegram_server.world import World

_SERVICE = ("new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id")


def sees(world: "World", message: Message) -> bool:
    """Say whether the bot is told of a message."""
    chat = message.chat
    if chat.is_private:
        return not (chat.person is not None and chat.person.has_blocked)
    if not chat.member(world.bot).is_inside:
        return False
    if any(kind in message.content for kind in _SERVICE) or "via_bot" in message.extras:
        return True
    if message.sender.is_bot and message.sender is not world.hidden:
        return False  # https://core.telegram.org/bots/faq#why-doesn-39t-my-bot-see-messages-from-other-bots
    return not chat.privacy_mode or _is_meant(world, message)


def _is_meant(world: "World", message: Message) -> bool:
    """In privacy mode: replies to the bot, and commands for it or, if it spoke last of the bots, for all."""
    if message.reply_to is not None and message.reply_to.sender is world.bot:
        return True
    command = next((each for each in message.entities if each["type"] == "bot_command"), None)
    if command is None or command["offset"]:
        return False
    _, _, addressee = message.text[: command["length"]].partition("@")
    if addressee:
        return addressee.lower() == world.bot.username.lower()
    return message.chat.last_bot == world.bot.id
