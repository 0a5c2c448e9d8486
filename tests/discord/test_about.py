"""What the bot says about itself, the language of answers, forgetting, and words to the admins."""

import re
from typing import Any

import pytest

from bot import texts
from bot.discord.context import DOOR, Parts
from bot.texts import Language
from storage.records import StoredWebtoon
from tests.discord_server import Channel, DiscordServer, Person, Reply

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("door")]

KO = texts.get(Language.KO)
EN = texts.get(Language.EN)


@pytest.fixture
async def webtoon(parts: Parts) -> StoredWebtoon:
    """Take a webtoon of the catalogue."""
    return await parts.service.webtoon(1)


@pytest.mark.parametrize("command", ["help", "about", "privacy"])
@pytest.mark.parametrize("is_direct", [False, True])
async def test_words_about_the_bot(
    mina: Person, jun: Person, general: Channel, command: str, *, is_direct: bool
) -> None:
    """What it is, can do and keeps is said to who asks alone, as their app has it and its commands."""
    said = {}
    for person, language in ((mina, KO), (jun, EN)):
        asked = await person.uses(f"/{command}", where=person.dm if is_direct else general)
        reply = await asked.settled()
        assert reply.ephemeral
        said[language] = reply.text
    assert "그림" in said[KO]
    assert "그림" not in said[EN]
    assert not re.search("/[a-z]", said[KO])


async def test_admins_are_told_more(boss: Person, jun: Person, general: Channel) -> None:
    """Who is no admin does not read of admins' commands."""
    assert "/ban" in (await (await boss.uses("/help", where=general)).settled()).text
    assert "/ban" not in (await (await jun.uses("/help", where=general)).settled()).text


async def test_about_says_what_is_known(jun: Person) -> None:
    """Licence, generation and the size of the catalogue are said."""
    text = (await (await jun.uses("/about", where=jun.dm)).settled()).text
    assert "MIT" in text
    assert "12 webtoons by 5 artists, 48 thumbnails" in text


async def test_a_language_is_chosen_for_oneself(mina: Person, general: Channel) -> None:
    """It holds everywhere, and for nobody else; the app's comes back when it is wanted."""
    chosen = await (await mina.uses("/language", language="English", where=general)).settled()
    assert chosen.text == EN.format("discord-language-chosen")
    assert chosen.ephemeral
    for where in (general, mina.dm):
        assert "MIT" in (await (await mina.uses("/about", where=where)).settled()).text
        assert "Catalogue" in (await (await mina.uses("/about", where=where)).settled()).text
    back = await (await mina.uses("/language", language="auto", where=mina.dm)).settled()
    assert back.text == KO.format("discord-language-chosen")
    assert "카탈로그" in (await (await mina.uses("/about", where=general)).settled()).text


async def test_a_language_that_is_none_of_ours_is_that_of_the_server(
    server: DiscordServer, jun: Person
) -> None:
    """Where Grimche does not speak that of the app, the server's is taken, else the usual one."""
    marie = server.person("Marie", locale="fr")
    korean = server.guild("Korean", [marie, jun], owner=jun, locale="ko")
    channel = korean.channel("all")
    assert "카탈로그" in (await (await marie.uses("/about", where=channel)).settled()).text
    assert "Catalogue" in (await (await marie.uses("/about", where=marie.dm)).settled()).text


async def test_forgetting_is_asked_for_first(
    mina: Person, general: Channel, parts: Parts, thumbnails: list[bytes]
) -> None:
    """Who is sure is forgotten with all that was kept, and nothing goes before."""
    await (await mina.uses("/language", language="English", where=general)).settled()
    await (await mina.uses("/similar", image=thumbnails[0], where=general)).settled()
    ask = await (await mina.uses("/forgetme", where=general)).settled()
    assert ask.ephemeral
    assert ask.text == EN.format("chat-forget-ask")
    kept = await (await mina.presses(ask, EN.format("chat-forget-no"))).settled()
    assert kept.text == EN.format("chat-forget-kept")
    assert (await parts.ledger.choices(DOOR, mina.id)).language is Language.EN

    ask = await (await mina.uses("/forgetme", where=general)).settled()
    gone = await (await mina.presses(ask, EN.format("chat-forget-yes"))).settled()
    assert gone.text.startswith(EN.format("chat-forgotten", count=2)[:4])
    assert not gone.labels
    assert (await parts.ledger.choices(DOOR, mina.id)).language is None
    again = await (await mina.uses("/forgetme", where=general)).settled()
    gone = await (await mina.presses(again, KO.format("chat-forget-yes"))).settled()
    assert gone.text == KO.format("chat-forgotten", count=0)


async def test_the_banned_may_read_and_be_forgotten(
    mina: Person, general: Channel, parts: Parts, webtoon: StoredWebtoon
) -> None:
    """A ban leaves what is about oneself, and nothing else."""
    await parts.ledger.ban(DOOR, parts.ledger.person(DOOR, mina.id), by="")
    uses: list[tuple[str, dict[str, Any]]] = [
        ("webtoon", {"title": webtoon.webtoon.title}),
        ("feedback", {"words": "풀어 주세요"}),
        ("language", {"language": "ko"}),
        ("about", {}),
    ]
    for command, options in uses:
        said = await (await mina.uses(f"/{command}", where=general, **options)).settled()
        assert said.text == KO.format("error-banned")
    kept = (await (await mina.uses("/privacy", where=general)).settled()).text
    assert f"/{KO.format('discord-name-forgetme')}" in kept
    ask = await (await mina.uses("/forgetme", where=general)).settled()
    assert ask.text == KO.format("chat-forget-ask")


async def test_feedback_goes_to_the_admin_and_the_answer_back(
    mina: Person, boss: Person, general: Channel
) -> None:
    """An admin replies to what was brought, and the reply arrives as a direct message."""
    sent = await (await mina.uses("/feedback", words="최고예요 **&** @everyone", where=general)).settled()
    assert sent.ephemeral
    assert sent.text == KO.format("discord-feedback-sent")
    brought = await boss.dm.answer()
    assert "From Mina:" in brought.text
    assert str(mina.id) in brought.text
    assert "최고예요 \\*\\*&\\*\\*" in brought.text
    assert not brought.pings

    await boss.writes(boss.dm, text="Thank __you__!", reply_to=brought)
    assert (await boss.dm.answer()).text == EN.format("chat-feedback-answered")
    answer = await mina.dm.answer()
    assert EN.format("chat-feedback-answer") in answer.text
    assert "Thank \\_\\_you\\_\\_!" in answer.text


async def test_feedback_that_cannot_be_answered(mina: Person, boss: Person, general: Channel) -> None:
    """Who takes no direct messages is named as out of reach."""
    await (await mina.uses("/feedback", words="안녕하세요", where=general)).settled()
    brought = await boss.dm.answer()
    mina.blocks()
    await boss.writes(boss.dm, text="hello", reply_to=brought)
    assert (await boss.dm.answer()).text == EN.format("chat-feedback-unreachable")


async def test_feedback_without_an_admin_in_reach(mina: Person, boss: Person, general: Channel) -> None:
    """It is not said to have arrived where it has not."""
    boss.blocks()
    said = await (await mina.uses("/feedback", words="거기 있어요?", where=general)).settled()
    assert said.text == KO.format("chat-feedback-nobody")


async def test_feedback_is_rare(jun: Person, general: Channel) -> None:
    """Three messages in ten minutes, and no more."""
    for _ in range(3):
        said = await (await jun.uses("/feedback", words="again", where=general)).settled()
        assert said.text == EN.format("discord-feedback-sent")
    said = await (await jun.uses("/feedback", words="again", where=general)).settled()
    assert "please ask again in" in said.text


async def test_an_admin_bans_by_what_was_brought(
    mina: Person, boss: Person, general: Channel, parts: Parts
) -> None:
    """The button below shuts its writer out and then does the opposite; the words stay."""
    await (await mina.uses("/feedback", words="광고", where=general)).settled()
    brought = await boss.dm.answer()
    said = await (await boss.presses(brought, EN.format("chat-ban"))).settled()
    assert await parts.ledger.is_banned(DOOR, parts.ledger.person(DOOR, mina.id))
    assert said.text == EN.format("chat-banned", id=str(mina.id))
    after = Reply(brought.message)
    assert (after.text, after.labels) == (brought.text, (EN.format("chat-unban"),))

    await (await boss.presses(brought.message, EN.format("chat-unban"))).settled()
    assert not await parts.ledger.is_banned(DOOR, parts.ledger.person(DOOR, mina.id))


async def test_a_reply_of_others_is_no_answer(jun: Person) -> None:
    """Only admins' replies go anywhere."""
    help_ = await (await jun.uses("/help", where=jun.dm)).settled()
    await jun.writes(jun.dm, text="thanks", reply_to=help_)
    assert EN.format("chat-hint") in (await jun.dm.answer()).text
