from dataclasses import replace
from datetime import timedelta

from storage import chats, people, uploads
from storage.database import Connection
from storage.notes import first_note, get_note, save_note
from storage.people import Relay
from storage.queries import QueryState, add_query, get_query, save_answer
from tests.storage.examples import SEEN, a_made, a_query

ME = "p" * 32
OTHER = "q" * 32
RELAY = Relay(chat_id="4200042", message_id="9")


async def test_ban(connection: Connection) -> None:
    """A ban holds at its own door until it is lifted; banning twice is no fault."""
    await people.ban(connection, "telegram", person=ME, by="telegram:1")
    await people.ban(connection, "telegram", person=ME, by="telegram:2")
    assert await people.list_banned(connection) == {("telegram", ME)}
    await people.unban(connection, "discord", person=ME)
    assert await people.list_banned(connection) == {("telegram", ME)}
    await people.unban(connection, "telegram", person=ME)
    assert await people.list_banned(connection) == set()


async def test_relay(connection: Connection) -> None:
    """The admins' copy leads back to the message, at its own door."""
    await people.save_relay(connection, "telegram", admin_message="5", relay=RELAY, person=ME)
    assert await people.get_relay(connection, "telegram", admin_message="5") == RELAY
    assert await people.get_relay(connection, "discord", admin_message="5") is None


async def test_forget(connection: Connection) -> None:
    """Questions, relays, sheets and the private chat's choices go; other people's stay."""
    for name, person, digest in (("mine", ME, "a" * 64), ("other", OTHER, "b" * 64)):
        await add_query(connection, replace(a_query(name), person=person))
        made = a_made(digest=digest)
        await save_answer(connection, name, made=made, state=QueryState.ANSWERED)
        await uploads.save_upload(connection, "bot", name=f"sheet:{digest}:ko", file_id=name)
        await people.save_relay(connection, "telegram", admin_message=name, relay=RELAY, person=person)
        await chats.save_chat(connection, chats.Chat(door="telegram", chat_id=person, language="ko"))
    await uploads.save_upload(connection, "bot", name="a" * 64, file_id="a thumbnail")
    assert await people.forget(connection, "telegram", person=ME, chat_id="") == 4
    assert await get_query(connection, "mine") is None
    assert await get_query(connection, "other")
    assert await uploads.get_upload(connection, "bot", name=f"sheet:{'a' * 64}:ko") is None
    assert await uploads.get_upload(connection, "bot", name=f"sheet:{'b' * 64}:ko") == "other"
    assert await uploads.get_upload(connection, "bot", name="a" * 64) == "a thumbnail"
    assert await people.get_relay(connection, "telegram", admin_message="mine") is None
    assert await people.get_relay(connection, "telegram", admin_message="other") == RELAY
    assert await chats.get_chat(connection, "telegram", chat_id=ME) is None
    assert await chats.get_chat(connection, "telegram", chat_id=OTHER)


async def test_forget_by_chat(connection: Connection) -> None:
    """Relays without a person go by their private chat; without a chat none is touched."""
    await people.save_relay(connection, "telegram", admin_message="5", relay=RELAY, person="")
    assert await people.forget(connection, "telegram", person=ME, chat_id="") == 0
    assert await people.forget(connection, "telegram", person=ME, chat_id=RELAY.chat_id) == 1


async def test_forget_at_one_door(connection: Connection) -> None:
    """What is known of the same hash at another door stays, and so does a ban."""
    await add_query(connection, replace(a_query(), door="discord"))
    await people.ban(connection, "telegram", person=ME, by="telegram:1")
    assert await people.forget(connection, "telegram", person=ME, chat_id="") == 0
    assert await people.list_banned(connection) == {("telegram", ME)}


async def test_expire(connection: Connection) -> None:
    """What is older than a moment goes, what is not stays, and bans and choices stay for good."""
    await add_query(connection, a_query("old"))
    await add_query(connection, replace(a_query("new"), asked=SEEN + timedelta(seconds=1)))
    await chats.save_chat(connection, chats.Chat(door="telegram", chat_id=ME, language="ko"))
    await people.ban(connection, "telegram", person=ME, by="telegram:1")
    assert await people.expire(connection, SEEN + timedelta(seconds=1)) == 1
    assert await get_query(connection, "old") is None
    assert await get_query(connection, "new")
    await people.save_relay(connection, "telegram", admin_message="5", relay=RELAY, person=ME)
    await uploads.save_upload(connection, "bot", name="a" * 64, file_id="a thumbnail")
    future = SEEN + timedelta(days=365_000)
    assert await people.expire(connection, future) == 3
    assert await chats.get_chat(connection, "telegram", chat_id=ME)
    assert await people.list_banned(connection)


async def test_uploads(connection: Connection) -> None:
    """A file's name is each bot's own, is renewed, and can be dropped."""
    await uploads.save_upload(connection, "bot", name="sheet", file_id="AgAD")
    await uploads.save_upload(connection, "bot", name="sheet", file_id="BgAD")
    assert await uploads.get_upload(connection, "bot", name="sheet") == "BgAD"
    assert await uploads.get_upload(connection, "other", name="sheet") is None
    await uploads.drop_upload(connection, "bot", name="sheet")
    assert await uploads.get_upload(connection, "bot", name="sheet") is None


async def test_notes(connection: Connection) -> None:
    """A note holds until it is replaced; a first note replaces nothing."""
    assert await first_note(connection, "salt", value="one") == "one"
    assert await first_note(connection, "salt", value="two") == "one"
    await save_note(connection, "salt", value="three")
    assert await get_note(connection, "salt") == "three"
    assert await get_note(connection, "other") is None
