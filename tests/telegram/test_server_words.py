"""The local Telegram against the unmodified library: words, their markup, and buttons."""

import pytest
from telegram import Bot, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from tests.telegram_server import Message, Person


@pytest.fixture(autouse=True)
async def greeting(mina: Person) -> Message:
    """Let Mina begin to talk to the bot."""
    return await mina.sends(mina.private, text="/start")


async def test_a_text_of_4096_characters_is_sent(bot: Bot, mina: Person) -> None:
    """Characters are counted after the markup is read."""
    await bot.send_message(mina.id, f"<b>{'가' * 4096}</b>", parse_mode="HTML")
    answer = await mina.private.answer()
    assert (len(answer.text), answer.html[:4]) == (4096, "<b>가")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("가" * 4097, "Message is too long"),
        ("", "Message text is empty"),
        ("<b> </b>", "Message text is empty"),
    ],
    ids=["long", "empty", "blank"],
)
async def test_texts_have_bounds(bot: Bot, mina: Person, text: str, why: str) -> None:
    """A text has from 1 to 4096 characters that are not blank."""
    with pytest.raises(BadRequest, match=why):
        await bot.send_message(mina.id, text, parse_mode="HTML")


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("a < b", 'unsupported start tag "" at byte offset 2'),
        ("가<div>", 'unsupported start tag "div" at byte offset 3'),
        ("<b>open", 'can\'t find end tag corresponding to start tag "b"'),
        ("<b", "unclosed start tag at byte offset 0"),
        ("shut</b>", "unexpected end tag at byte offset 4"),
        ("<b>x</i>", 'unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "unclosed end tag at byte offset 4"),
        ('<span class="big">x</span>', 'tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href>x</a>", 'expected equal sign in declaration of an attribute of the tag "a"'),
        ('<a ="x">x</a>', 'empty attribute name in the tag "a" at byte offset 0'),
    ],
)
async def test_bad_html_is_refused(bot: Bot, mina: Person, html: str, why: str) -> None:
    """Markup that Telegram cannot read is refused with the place of the trouble."""
    with pytest.raises(BadRequest) as refused:
        await bot.send_message(mina.id, html, parse_mode="HTML")
    assert refused.value.message.lower().startswith(f"can't parse entities: {why}")


async def test_html_becomes_entities(bot: Bot, mina: Person) -> None:
    """Tags become entities in UTF-16, escapes become signs, unknown escapes stay."""
    html = '😀 <b>굵게 <i>둘</i></b> <a href="https://x.test/?a=1&amp;b=2">&lt;여기&gt;</a> &nbsp; &#65;'
    sent = await bot.send_message(mina.id, html, parse_mode="HTML")
    assert sent.text == "😀 굵게 둘 <여기> &nbsp; A"
    assert [(each.type, each.offset, each.length) for each in sent.entities] == [
        ("bold", 3, 4),
        ("italic", 6, 1),
        ("text_link", 8, 4),
    ]


async def test_all_supported_tags_are_read(bot: Bot, mina: Person) -> None:
    """The tags that the documentation lists are taken, nested ones too."""
    html = (
        "<strong>a</strong><em>b</em><ins>c</ins><del>d</del><tg-spoiler>e</tg-spoiler><code>f</code>"
        '<pre><code class="language-python">g</code></pre><blockquote expandable>h</blockquote>'
        '<span class="tg-spoiler">i</span><u>j</u><s>k</s><strike>l</strike>'
    )
    sent = await bot.send_message(mina.id, html, parse_mode="HTML")
    assert sent.text == "abcdefghijkl"
    assert {each.type for each in sent.entities} >= {"expandable_blockquote", "spoiler", "pre", "underline"}


async def test_other_parse_modes_are_refused(bot: Bot, mina: Person) -> None:
    """A parse mode that the server does not know is refused."""
    with pytest.raises(BadRequest, match="Unsupported parse_mode"):
        await bot.send_message(mina.id, "x", parse_mode="BBCode")


async def test_buttons_are_kept(bot: Bot, mina: Person) -> None:
    """A keyboard with data of 64 bytes and with links is shown."""
    buttons = [InlineKeyboardButton("왜?", callback_data="가" * 21 + "x")]
    links = [InlineKeyboardButton("열기", url="https://webtoon.test/1")]
    await bot.send_message(mina.id, "x", reply_markup=InlineKeyboardMarkup([buttons, links]))
    answer = await mina.private.answer()
    assert answer.labels == ("왜?", "열기")
    assert answer.buttons[1].url == "https://webtoon.test/1"


@pytest.mark.parametrize(
    ("button", "why"),
    [
        (InlineKeyboardButton("x", callback_data="가" * 22), "BUTTON_DATA_INVALID"),
        (InlineKeyboardButton("x", callback_data="x" * 65), "BUTTON_DATA_INVALID"),
        (InlineKeyboardButton("x"), "text buttons are unallowed in the inline keyboard"),
        (InlineKeyboardButton(" ", callback_data="x"), 'can\'t find field "text"'),
        (InlineKeyboardButton("x", url="not an address"), "is invalid: wrong http url"),
        (InlineKeyboardButton("x", url="https://localhost"), "is invalid: wrong http url"),
        (InlineKeyboardButton("x", callback_data="x", url="https://a.test"), "exactly one action field"),
        (InlineKeyboardButton("x", callback_data="x", style="loud"), "BUTTON_STYLE_INVALID"),
    ],
)
async def test_bad_buttons_are_refused(
    bot: Bot, mina: Person, button: InlineKeyboardButton, why: str
) -> None:
    """A button says something and does one thing."""
    with pytest.raises(BadRequest, match=f"(?i){why}"):
        await bot.send_message(mina.id, "x", reply_markup=InlineKeyboardMarkup([[button]]))


async def test_keyboards_have_at_most_100_buttons(bot: Bot, mina: Person) -> None:
    """More buttons than anybody could press are refused."""
    rows = [[InlineKeyboardButton("x", callback_data="x")]] * 101
    with pytest.raises(BadRequest, match="Reply markup is too long"):
        await bot.send_message(mina.id, "x", reply_markup=InlineKeyboardMarkup(rows))


async def test_a_reply_can_be_asked_for(bot: Bot, mina: Person) -> None:
    """A forced reply is taken with a short hint, and refused with a long one."""
    await bot.send_message(mina.id, "x", reply_markup=ForceReply(selective=True))
    assert (await mina.private.answer()).markup == {"force_reply": True, "selective": True}
    with pytest.raises(BadRequest, match="placeholder is too long"):
        await bot.send_message(mina.id, "x", reply_markup=ForceReply(input_field_placeholder="x" * 65))
