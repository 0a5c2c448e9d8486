"""Every command, called in Korean and English, in a private chat and in a group."""

import pytest

from bot import texts
from bot.texts import Language, Texts
from tests.telegram_server import Chat, Person, TelegramServer

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("door")]

TITLE = "작은 공주의 하루"
MENTION = "@grimche_bot"

# What is called, and the text that the answer begins with, in private and where it differs in a group.
COMMANDS = (
    ("start", "chat-hello", "chat-help-group"),
    ("help", "chat-help", "chat-help-group"),
    ("privacy", "chat-privacy", ""),
    ("similar", "chat-usage-similar", ""),
    (f"similar {TITLE}", "answer-like-title", ""),
    ("similar Xyzzy", "error-webtoon-not-found", ""),
    ("like", "chat-usage-like", ""),
    (f"like {TITLE}", "answer-like-title", ""),
    ("why", "chat-usage-why", ""),
    ("webtoon", "chat-usage-webtoon", ""),
    ("webtoon 비밀", "chat-which", ""),
    ("artist", "chat-usage-artist", ""),
    ("artist Xyzzy", "chat-no-artist", ""),
    ("settings", "chat-settings", ""),
    ("language", "chat-choose-language", ""),
    ("feedback", "chat-feedback-ask", ""),
    ("feedback Xyzzy", "chat-feedback-sent", ""),
    ("forgetme", "chat-forget-ask", ""),
    ("status", "chat-admins-only", "-"),
    ("stats", "chat-admins-only", "-"),
    ("ban 1", "chat-admins-only", "-"),
    ("unban 1", "chat-admins-only", "-"),
    ("scrape", "chat-admins-only", "-"),
)
# The same for an admin of the bot; what begins jobs is tested with the jobs.
ADMIN_COMMANDS = (
    ("ban", "chat-ban-usage"),
    ("ban 77", "chat-banned"),
    ("unban", "chat-unban-usage"),
    ("unban 77", "chat-not-banned"),
)
VALUES = {"title": TITLE, "name": "Xyzzy", "mention": MENTION, "id": "77"}


@pytest.fixture(params=list(Language))
def language(request: pytest.FixtureRequest) -> Language:
    """Call in each language."""
    return Language(request.param)


@pytest.fixture
def caller(server: TelegramServer, language: Language) -> Person:
    """Let somebody come who reads the language."""
    return server.person("Caller", language=language)


@pytest.fixture
async def group(server: TelegramServer, caller: Person, boss: Person) -> Chat:
    """Found a group that both decide for; the bot's admin has begun a chat with it."""
    await boss.sends(boss.private, text="/privacy")
    await boss.private.answer()
    return server.group("Readers", [caller, boss], admins=[caller, boss])


@pytest.mark.parametrize(
    ("command", "private", "in_group"), COMMANDS, ids=[command for command, *_ in COMMANDS]
)
async def test_every_command_is_answered(
    caller: Person, group: Chat, language: Language, command: str, private: str, in_group: str
) -> None:
    """Once, in the caller's language, in groups in reply; but not there what only the bot's admins may."""
    name, _, words = command.partition(" ")
    for chat, expected in ((caller.private, private), (group, in_group or private)):
        called = await caller.sends(chat, text=f"/{name}{'' if chat.is_private else MENTION} {words}".strip())
        answers = await chat.answers()
        if expected == "-":
            assert answers == []
            continue
        (answer,) = answers
        assert answer.words.startswith(_said(texts.get(language), expected, words=words))
        assert chat.is_private or answer.reply_to is called


@pytest.mark.parametrize(
    ("command", "expected"), ADMIN_COMMANDS, ids=[command for command, _ in ADMIN_COMMANDS]
)
async def test_every_command_of_admins_is_answered(
    boss: Person, group: Chat, language: Language, command: str, expected: str
) -> None:
    """In their language, wherever they call."""
    boss.language = language
    for chat in (boss.private, group):
        await boss.sends(chat, text=f"/{command}")
        (answer,) = await chat.answers()
        assert answer.text == texts.get(language).format(expected, **VALUES)


@pytest.mark.parametrize("command", ["about", "status", "stats", "webtoon", "artist"])
async def test_figures_and_cards_are_said_in_each_language(
    boss: Person, group: Chat, language: Language, command: str
) -> None:
    """Korean readers see Korean words, others see none but those of titles and names."""
    boss.language = language
    names = {"webtoon": TITLE, "artist": await _painter(boss)}
    for chat in (boss.private, group):
        await boss.sends(chat, text=f"/{command} {names.get(command, '')}".strip())
        said = "\n".join(answer.words for answer in await chat.answers())
        assert said
        own = {"about": "웹툰", "status": "세대", "stats": "질문", "webtoon": "그림", "artist": "편"}[command]
        assert (own in said.replace(TITLE, "")) is (language is Language.KO)


async def _painter(person: Person) -> str:
    """Ask who drew the webtoon."""
    offered = (await person.asks_inline(TITLE))[0]
    return str(offered["description"]).partition(" · ")[0]


def _said(said: Texts, name: str, *, words: str) -> str:
    return said.format(name, **{**VALUES, "title": words or TITLE}).split("\n\n")[0]
