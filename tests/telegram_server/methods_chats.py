"""getMe, getChat, getChatMember, getChatAdministrators, getChatMemberCount, leaveChat, getFile.

https://core.telegram.org/bots/api#available-methods
"""

from typing import Any

from tests.telegram_server import rules
from tests.telegram_server.chats import Chat
from tests.telegram_server.refusals import bad_request, forbidden
from tests.telegram_server.sending import find_chat
from tests.telegram_server.wire import Query
from tests.telegram_server.world import World

Json = dict[str, Any]


async def get_me(world: World, _query: Query) -> Json:
    """https://core.telegram.org/bots/api#getme."""
    return {
        **world.bot.as_json(),
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy_mode,
        "supports_inline_queries": world.inline_mode,
        "supports_guest_queries": world.guest_mode,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_chat(world: World, query: Query) -> Json:
    """https://core.telegram.org/bots/api#getchat."""
    chat = find_chat(world, query)
    gifts = {
        "unlimited_gifts": False,
        "limited_gifts": False,
        "unique_gifts": False,
        "premium_subscription": False,
        "gifts_from_channels": False,
    }
    full = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
    return {**_inside(world, chat).as_json(), **full}


async def get_member(world: World, query: Query) -> Json:
    """https://core.telegram.org/bots/api#getchatmember."""
    chat = _inside(world, find_chat(world, query))
    id_ = query.integer("user_id")
    person = world.bot if id_ == world.bot.id else world.people.get(id_)
    if person is None:
        raise bad_request("invalid user_id specified" if id_ <= 0 else "user not found")
    if chat.is_private:
        return {"user": person.as_json(), "status": "member"}
    return chat.member(person).as_json()


async def get_administrators(world: World, query: Query) -> list[Json]:
    """https://core.telegram.org/bots/api#getchatadministrators: all but other bots."""
    chat = _inside(world, find_chat(world, query))
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    shown = (m for m in chat.members.values() if not m.person.is_bot or m.person is world.bot)
    return [member.as_json() for member in shown if member.is_admin]


async def get_member_count(world: World, query: Query) -> int:
    """https://core.telegram.org/bots/api#getchatmembercount."""
    chat = _inside(world, find_chat(world, query))
    return 2 if chat.is_private else sum(member.is_inside for member in chat.members.values())


async def leave_chat(world: World, query: Query) -> bool:
    """https://core.telegram.org/bots/api#leavechat."""
    chat = _inside(world, find_chat(world, query))
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    world.change_bot(chat, by=world.bot, status="left")
    return True


async def get_file(world: World, query: Query) -> Json:
    """https://core.telegram.org/bots/api#getfile."""
    stored = world.files.by_id.get(query.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id" if query.text("file_id") else "file_id is empty")
    size = stored.json.get("file_size", 0)
    if size > rules.DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    shown = {"file_id": stored.id, "file_unique_id": stored.unique, "file_path": stored.path}
    return shown | ({"file_size": size} if size else {})


def _inside(world: World, chat: Chat) -> Chat:
    if not chat.is_private and not chat.member(world.bot).is_inside:
        raise forbidden(f"bot is not a member of the {chat.kind} chat")
    return chat
