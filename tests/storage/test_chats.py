from storage.chats import Chat, get_chat, save_chat
from storage.database import Connection


async def test_comes_back_as_it_was(connection: Connection) -> None:
    """Language and choices are kept, with their types."""
    chat = Chat(
        door="telegram", chat_id="-100", language="ko", choices={"top": 5, "sheet": True, "이름": "값"}
    )
    await save_chat(connection, chat)
    assert await get_chat(connection, "telegram", chat_id="-100") == chat
    kept = await get_chat(connection, "telegram", chat_id="-100")
    assert kept
    assert kept.choices["sheet"] is True


async def test_belongs_to_its_door(connection: Connection) -> None:
    """The same id at another door is another chat."""
    await save_chat(connection, Chat(door="telegram", chat_id="1"))
    assert await get_chat(connection, "discord", chat_id="1") is None


async def test_the_last_choice_holds(connection: Connection) -> None:
    """Saving again replaces everything, and None takes the language back."""
    await save_chat(connection, Chat(door="web", chat_id="1", language="ko", choices={"top": 5}))
    await save_chat(connection, Chat(door="web", chat_id="1", choices={"sheet": False}))
    assert await get_chat(connection, "web", chat_id="1") == Chat(
        door="web", chat_id="1", choices={"sheet": False}
    )
