"""What happens when people act: messages are written, and the bot is told as far as it may know."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tests.telegram_server.answers import Answer
from tests.telegram_server.contents import Said, content_of, extras_of
from tests.telegram_server.messages import Message

if TYPE_CHECKING:
    from tests.telegram_server.chats import Chat
    from tests.telegram_server.people import Person
    from tests.telegram_server.world import Question

Json = dict[str, Any]


def plain(message: Message | Answer) -> Message:
    """Give the message itself."""
    return message.message if isinstance(message, Answer) else message


def send(person: "Person", chat: "Chat", content: Json, *, extras: Json, said: Said) -> Message:
    """Write one message and tell the bot."""
    message = write(person, chat, content, extras=extras, said=said)
    person.world.tell(message)
    return message


def write(person: "Person", chat: "Chat", content: Json, *, extras: Json, said: Said) -> Message:
    """Write one message."""
    world, sender = person.world, world_person(person)
    if chat.is_private:
        assert chat.person is not None
        assert chat.person.id == person.id, "this is somebody else's chat"
        sender.has_begun = True
        if sender.has_blocked:
            sender.has_blocked = False
            world.change_bot(chat, by=sender, status="member")
    else:
        assert chat.member(person).is_inside, f"{person} is not in {chat.title}"
    if person.is_hidden and not chat.is_private:
        # https://core.telegram.org/bots/api#message (sender_chat): "the supergroup itself for messages
        # sent by its anonymous administrators"; `from` is the user GroupAnonymousBot
        assert chat.member(person).is_admin
        chat.members[person.id].anonymous = True
        extras, sender = {**extras, "sender_chat": chat.as_json()}, world.hidden
    message = world.post(chat, sender, content, extras=extras)
    answered = said.get("reply_to")
    if answered is not None and plain(answered).chat is chat:
        message.reply_to = plain(answered)
    return message


async def send_album(person: "Person", chat: "Chat", pictures: Sequence[bytes], said: Said) -> Message:
    """Write several pictures at once: updates of their own that share a media_group_id."""
    group = person.world.name("1")
    messages: list[Message] = []
    caption = said.pop("caption", "")
    for place, data in enumerate(pictures):
        one: Said = {"photo": data, "caption": caption if not place else ""}
        if "reply_to" in said:
            one["reply_to"] = said["reply_to"]
        content = await content_of(person.world, one)
        extras = {**extras_of(chat, one), "media_group_id": group}
        messages.append(write(person, chat, content, extras=extras, said=one))
    for message in messages:
        message.album = messages
        person.world.tell(message)
    return messages[0]


def world_person(person: "Person") -> "Person":
    """Give the person themselves, also for one who hides."""
    return person.world.people.get(person.id, person)


def button(message: Message, label: str) -> Json:
    """Find a button by all or a part of what it says."""
    rows = (message.markup or {}).get("inline_keyboard", [])
    buttons: list[Json] = [each for row in rows for each in row]
    exact = [each for each in buttons if each["text"] == label]
    found = exact or [each for each in buttons if label in each["text"]]
    assert found, f"no button says {label!r}, but {[each['text'] for each in buttons]}"
    assert "callback_data" in found[0], f"{label!r} opens {found[0]}"
    return found[0]


def press(person: "Person", message: Message, data: str) -> "Question":
    """Press a button: https://core.telegram.org/bots/api#callbackquery."""
    world = person.world
    name, question = world.ask(world_person(person), message=message)
    where: Json = {"inline_message_id": message.inline_id}
    if not message.inline_id:
        where = {"message": message.as_json()}
        if message.deleted:  # https://core.telegram.org/bots/api#inaccessiblemessage
            where = {"message": {"chat": message.chat.as_json(), "message_id": message.id, "date": 0}}
    sender = world_person(person).as_json()
    payload = {"id": name, "from": sender, "chat_instance": str(message.chat.id), "data": data, **where}
    world.updates.push("callback_query", payload)
    return question


async def wait(question: "Question", seconds: float, why: str) -> Any:  # noqa: ANN401 - as the question is
    """Wait for what the bot answers."""
    try:
        async with asyncio.timeout(seconds):
            return await asyncio.shield(question.answered)
    except TimeoutError:
        raise AssertionError(why) from None


def choose(person: "Person", result: Json, chat: "Chat") -> Message:
    """Put a result of an inline query into a chat."""
    world = person.world
    content = world.inline_contents[result["id"]]
    message = world.post(chat, person, dict(content.content), extras={"via_bot": world.bot.as_json()})
    message.markup, message.source = content.markup, content.source
    message.inline_id = world.name("BQAAA")
    world.inline_messages[message.inline_id] = message
    world.tell(message)
    if world.inline_feedback:  # https://core.telegram.org/bots/inline#collecting-feedback
        chosen = {"result_id": result["id"], "from": person.as_json(), "query": ""}
        world.updates.push("chosen_inline_result", {**chosen, "inline_message_id": message.inline_id})
    return message


def mentioning(person: "Person", said: Said) -> Said:
    """Let words mention the bot, in the caption where there is a picture."""
    name, where = f"@{person.world.bot.username}", "text" if "text" in said else "caption"
    words = str(said.get(where, ""))
    mention: Any = {where: words if name in words else f"{name} {words}".strip()}
    return {**said, **mention}


def ask_guest(person: "Person", chat: "Chat", content: Json, *, extras: Json, said: Said) -> Message:
    """Mention the bot in a chat where it need not be, which asks it for one message."""
    world = person.world
    message = write(person, chat, content, extras=extras, said=said)
    if not world.guest_mode:
        return message
    name, _ = world.ask(world_person(person), message=message)
    world.updates.push("guest_message", {**message.as_json(), "guest_query_id": name})
    return message
