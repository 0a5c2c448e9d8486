"""The local Telegram against the unmodified library: buttons, inline and guest queries, commands."""

import asyncio
from collections.abc import Sequence

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResult,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InlineQueryResultPhoto,
    InputMediaPhoto,
    InputTextMessageContent,
    Update,
)
from telegram.error import BadRequest

from tests.telegram.conftest import drawing
from tests.telegram_server import Answer, Chat, Person, TelegramServer

OLD = "Query is too old and response timeout expired or query id is invalid"
BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("Why?", callback_data="w:1")]])


@pytest.fixture
async def offered(bot: Bot, mina: Person) -> Answer:
    """Let the bot offer Mina a button."""
    await mina.sends(mina.private, text="/start")
    await bot.get_updates(offset=(await _next(bot)).update_id + 1)
    await bot.send_message(mina.id, "x", reply_markup=BUTTONS)
    return await mina.private.answer()


async def test_a_pressed_button_is_answered(bot: Bot, mina: Person, offered: Answer) -> None:
    """Who presses a button sees what the bot answers."""
    press = asyncio.create_task(mina.presses(offered, "Why"))
    query = (await _next(bot)).callback_query
    assert query
    assert (query.data, query.from_user.id, query.message) == ("w:1", mina.id, query.message)
    await query.answer("Because", show_alert=True)
    answer = await press
    assert (answer.text, answer.alert) == ("Because", True)


async def test_a_button_is_answered_once(bot: Bot, mina: Person, offered: Answer) -> None:
    """A second answer, and one to nobody's press, is refused."""
    press = asyncio.create_task(mina.presses(offered, "Why?"))
    query = (await _next(bot)).callback_query
    assert query
    await query.answer()
    await press
    for id_ in (query.id, "1"):
        with pytest.raises(BadRequest, match=OLD):
            await bot.answer_callback_query(id_)


async def test_an_old_press_is_not_answered(
    server: TelegramServer, bot: Bot, mina: Person, offered: Answer
) -> None:
    """An answer that comes too late is refused."""
    press = asyncio.create_task(mina.presses(offered, "Why?"))
    query = (await _next(bot)).callback_query
    assert query
    server.expires_questions()
    with pytest.raises(BadRequest, match=OLD):
        await query.answer()
    press.cancel()


async def test_answers_to_buttons_are_short(bot: Bot, mina: Person, offered: Answer) -> None:
    """More than 200 characters do not fit."""
    press = asyncio.create_task(mina.presses(offered, "Why?"))
    query = (await _next(bot)).callback_query
    assert query
    with pytest.raises(BadRequest, match="Message_too_long"):
        await query.answer("가" * 201)
    await query.answer("가" * 200)
    assert len((await press).text) == 200


async def test_a_forged_press_arrives(bot: Bot, mina: Person, offered: Answer) -> None:
    """A client can send data that no button has."""
    press = asyncio.create_task(mina.presses_data(offered, "admin:1"))
    query = (await _next(bot)).callback_query
    assert query
    assert query.data == "admin:1"
    await query.answer()
    await press


async def test_a_press_on_a_deleted_message_has_no_text(bot: Bot, mina: Person, offered: Answer) -> None:
    """Of a message that is gone only its place is told."""
    mina.deletes(offered)
    press = asyncio.create_task(mina.presses(offered, "Why?"))
    query = (await _next(bot)).callback_query
    assert query
    assert query.message
    assert not query.message.is_accessible
    await query.answer()
    await press


async def test_an_inline_query_is_answered(bot: Bot, mina: Person, readers: Chat) -> None:
    """What is offered can be taken into a chat."""
    ask = asyncio.create_task(mina.asks_inline("제목"))
    query = (await _next(bot)).inline_query
    assert query
    assert query.query == "제목"
    await query.answer([_article("1", "<b>첫째</b>"), _article("2", "둘째")], cache_time=5, next_offset="2")
    answer = await ask
    assert (answer.titles, answer.next_offset, answer.cache_seconds) == (("1", "2"), "2", 5)
    taken = await mina.chooses(answer[0], readers)
    assert (taken.text, taken.extras["via_bot"]["username"]) == ("첫째", "grimche_bot")
    assert await bot.edit_message_text("셋째", inline_message_id=taken.inline_id)
    assert taken.text == "셋째"


def _article(id_: str, text: str = "x") -> InlineQueryResultArticle:
    return InlineQueryResultArticle(id_, id_ or "x", InputTextMessageContent(text, parse_mode="HTML"))


@pytest.mark.parametrize(
    ("results", "why"),
    [
        ([_article(str(number)) for number in range(51)], "RESULTS_TOO_MUCH"),
        ([_article("1"), _article("1")], "RESULT_ID_DUPLICATE"),
        ([_article("가" * 22)], "RESULT_ID_INVALID"),
        ([_article("")], "RESULT_ID_INVALID"),
        ([_article("1", "<b>")], "Can't parse entities"),
        ([_article("1", "x" * 4097)], "MESSAGE_TOO_LONG"),
        ([InlineQueryResultPhoto("1", "ftp://a.test/b", "https://a.test/b")], "WEBDOCUMENT_URL_INVALID"),
        ([InlineQueryResultCachedPhoto("1", "AgACAgIAAxkBnobodyknowsthisone")], "wrong remote file"),
    ],
    ids=["51", "twice", "long id", "no id", "html", "long", "ftp", "file"],
)
async def test_bad_inline_answers_are_refused(
    bot: Bot, mina: Person, results: Sequence[InlineQueryResult], why: str
) -> None:
    """At most fifty results, each with an id of its own and something right to say."""
    ask = asyncio.create_task(mina.asks_inline("x"))
    query = (await _next(bot)).inline_query
    assert query
    with pytest.raises(BadRequest, match=f"(?i){why}"):
        await bot.answer_inline_query(query.id, results)
    ask.cancel()


async def test_a_guest_answers_once(server: TelegramServer, bot: Bot, mina: Person) -> None:
    """Where it is mentioned but no member, the bot says one thing, and may change it."""
    group = server.group("Others", [mina], bot="")
    asked = await mina.asks_guest(group, photo=drawing(), caption="이거")
    message = (await _next(bot)).guest_message
    assert message
    assert (message.caption, len(message.photo) > 1) == ("@grimche_bot 이거", True)
    sent = await message.answer_guest_query(_article("1", "손님"))
    answer = await group.answer()
    assert (answer.text, answer.reply_to) == ("손님", asked)
    with pytest.raises(BadRequest, match=OLD):
        await message.answer_guest_query(_article("1"))
    media = InputMediaPhoto(drawing())
    with pytest.raises(BadRequest, match="Wrong file identifier"):
        await bot.edit_message_media(media, inline_message_id=sent.inline_message_id)
    await bot.edit_message_text("더", inline_message_id=sent.inline_message_id)
    assert (await group.answer()).text == "더"
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(group.id, "x")


async def test_commands_are_kept_per_scope_and_language(server: TelegramServer, bot: Bot) -> None:
    """Each scope and language has commands of its own."""
    await bot.set_my_commands([("help", "Help")])
    await bot.set_my_commands([("help", "도움말")], language_code="ko")
    await bot.set_my_commands([("similar", "찾기")], BotCommandScopeAllGroupChats(), "ko")
    await bot.set_my_commands([("ban", "Ban")], BotCommandScopeChat(42))
    assert server.commands() == {"help": "Help"}
    assert server.commands("default", "ko") == {"help": "도움말"}
    assert server.commands("all_group_chats", "ko") == {"similar": "찾기"}
    assert server.commands("chat:42") == {"ban": "Ban"}
    await bot.delete_my_commands(BotCommandScopeChat(42))
    assert await bot.get_my_commands(BotCommandScopeChat(42)) == ()
    assert await bot.get_my_commands() == (BotCommand("help", "Help"),)


@pytest.mark.parametrize(
    ("commands", "language", "why"),
    [
        ([("Help", "Help")], "", "BOT_COMMAND_INVALID"),
        ([("x" * 33, "Help")], "", "BOT_COMMAND_INVALID"),
        ([("help", "")], "", "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([("help", "x" * 257)], "", "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([("help", "Help")] * 101, "", "BOT_COMMANDS_TOO_MUCH"),
        ([("help", "Help")], "ko-KR", "LANG_CODE_INVALID"),
    ],
)
async def test_bad_commands_are_refused(
    bot: Bot, commands: list[tuple[str, str]], language: str, why: str
) -> None:
    """Commands are small letters with a description, in a language of two letters."""
    with pytest.raises(BadRequest, match=f"(?i){why}"):
        await bot.set_my_commands(commands, language_code=language)


async def test_the_bot_describes_itself(server: TelegramServer, bot: Bot) -> None:
    """Name and descriptions are kept per language, and have bounds."""
    await bot.set_my_name("그림체", language_code="ko")
    await bot.set_my_description("설명", language_code="ko")
    await bot.set_my_short_description("Short")
    assert (await bot.get_my_name("ko")).name == "그림체"
    assert (await bot.get_my_name("en")).name == "Grimche"
    assert (await bot.get_my_description("ko")).description == "설명"
    assert (await bot.get_my_short_description("ko")).short_description == "Short"
    assert server.text("description", "ko") == "설명"
    with pytest.raises(BadRequest, match="Short description is too long"):
        await bot.set_my_short_description("x" * 121)


async def _next(bot: Bot) -> Update:
    (update,) = await bot.get_updates(timeout=5)
    return update
