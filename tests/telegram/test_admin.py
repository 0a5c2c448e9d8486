"""Conversations with the bot's admins, and with who would like to be one."""

import pytest

from bot import texts
from bot.telegram.context import DOOR, Parts
from bot.texts import Language
from tests.telegram_server import Chat, Person, TelegramServer

pytestmark = pytest.mark.usefixtures("door")

KO = texts.get(Language.KO)
EN = texts.get(Language.EN)

COMMANDS = ("status", "stats", "ban 1001", "unban 1001", "scrape", "retrain", "rollback", "generations")


@pytest.fixture
def second(server: TelegramServer, mina: Person, jun: Person, boss: Person) -> Chat:
    """Found a group with the bot, its admin, and Jun as the group's owner."""
    return server.group("Second", [mina, jun, boss], admins=[jun])


async def is_banned(parts: Parts, person: Person) -> bool:
    """Look a ban up."""
    return await parts.ledger.is_banned(DOOR, parts.ledger.person(DOOR, person.id))


@pytest.mark.parametrize("command", COMMANDS)
async def test_others_are_told_that_it_is_not_for_them(
    mina: Person, jun: Person, second: Chat, parts: Parts, command: str
) -> None:
    """In private it is one sentence, in a group nothing; being a group's admin does not help."""
    await mina.sends(mina.private, text=f"/{command}")
    assert (await mina.private.answer()).text == KO.format("chat-admins-only")
    await jun.sends(second, text=f"/{command}@grimche_bot")
    await jun.anonymous.sends(second, text=f"/{command}@grimche_bot")
    await second.silent()
    assert not await is_banned(parts, mina)


async def test_status_says_how_it_stands(boss: Person) -> None:
    """Version, generation, catalogue and the latest jobs are said."""
    await boss.sends(boss.private, text="/status")
    text = (await boss.private.answer()).text
    assert "12 webtoons, 5 artists, 48 episodes, 48 thumbnails" in text
    assert "scrape" in text


@pytest.mark.parametrize("words", ["", " 30", " 0", " 99999999999", " many"])
async def test_stats_count_what_was_asked(
    boss: Person, mina: Person, thumbnails: list[bytes], words: str
) -> None:
    """Questions, people, seconds and a line for each day, whatever is said about the days."""
    await mina.sends(mina.private, photo=thumbnails[0])
    await mina.private.settled()
    await boss.sends(boss.private, text=f"/stats{words}")
    answer = await boss.private.answer()
    assert "Questions: 1, answered 1, failed 0" in answer.text
    assert "People: 1" in answer.text
    assert "█" in answer.text
    assert (await boss.private.answer()).photo


async def test_stats_list_complaints(boss: Person, mina: Person, thumbnails: list[bytes]) -> None:
    """An answer that got a thumb down is listed with its generation and what was found."""
    await mina.sends(mina.private, photo=thumbnails[0])
    answer = await mina.private.answer()
    await mina.presses(answer, "👎")
    await boss.sends(boss.private, text="/stats")
    text = (await boss.private.answer()).text
    assert "1 answers, 👍 0  👎 1" in text
    assert EN.format("chat-complaints") in text


async def test_stats_of_nothing_are_said_too(boss: Person) -> None:
    """A new bot has no days to show."""
    await boss.sends(boss.private, text="/stats")
    assert "Questions: 0" in (await boss.private.answer()).text


async def test_a_ban_by_number_shuts_somebody_out(
    boss: Person, mina: Person, parts: Parts, thumbnails: list[bytes]
) -> None:
    """Who is banned is told so once, and who is let in again is answered."""
    await boss.sends(boss.private, text=f"/ban {mina.id} spam & <b>more</b>")
    done = await boss.private.answer()
    assert done.text == EN.format("chat-banned-because", id=str(mina.id), reason="spam & <b>more</b>")
    assert await is_banned(parts, mina)
    await mina.sends(mina.private, photo=thumbnails[0])
    assert (await mina.private.settled()).text == KO.format("error-banned")

    await boss.presses(done, EN.format("chat-unban"))
    assert (await boss.private.answer()).labels == (EN.format("chat-ban"),)
    await mina.sends(mina.private, photo=thumbnails[0])
    assert (await mina.private.settled()).photo


async def test_a_ban_holds_for_commands_and_buttons(
    boss: Person, mina: Person, thumbnails: list[bytes]
) -> None:
    """Nothing is left but what is kept of oneself."""
    await mina.sends(mina.private, photo=thumbnails[0])
    answer = await mina.private.settled()
    await boss.sends(boss.private, text=f"/ban {mina.id}")
    await boss.private.answer()
    for command in ("webtoon 공주", "feedback 풀어 주세요", "settings"):
        await mina.sends(mina.private, text=f"/{command}")
    said = await mina.private.answers()
    assert {each.text for each in said} == {KO.format("error-banned")}
    pressed = await mina.presses(answer, KO.format("chat-more-like", rank=1))
    assert (pressed.text, pressed.alert) == (KO.format("error-banned"), True)
    await mina.sends(mina.private, text="/forgetme")
    assert (await mina.private.answer()).text == KO.format("chat-forget-ask")


async def test_a_ban_by_reply_means_who_wrote(boss: Person, mina: Person, second: Chat, parts: Parts) -> None:
    """In a group a reply names somebody; what follows the command is the reason."""
    nuisance = await mina.sends(second, text="/help")
    await second.answer()
    await boss.sends(second, text="/ban shouting", reply_to=nuisance)
    answer = await second.answer()
    assert answer.text == EN.format("chat-banned-because", id=str(mina.id), reason="shouting")
    assert await is_banned(parts, mina)
    await boss.sends(second, text="/unban", reply_to=nuisance)
    assert (await second.answer()).text == EN.format("chat-unbanned", id=str(mina.id))
    assert not await is_banned(parts, mina)
    await boss.sends(second, text="/unban", reply_to=nuisance)
    assert (await second.answer()).text == EN.format("chat-not-banned", id=str(mina.id))


async def test_a_ban_by_forwarded_message_means_who_wrote_it(
    boss: Person, mina: Person, parts: Parts
) -> None:
    """An admin forwards a nuisance to the bot and replies to it."""
    forwarded = await boss.sends(boss.private, text="spam", forward_from=mina)
    await boss.private.answer()
    await boss.sends(boss.private, text="/ban", reply_to=forwarded)
    assert (await boss.private.answer()).text == EN.format("chat-banned", id=str(mina.id))
    assert await is_banned(parts, mina)


async def test_admins_and_groups_cannot_be_banned(boss: Person, jun: Person, second: Chat) -> None:
    """Nobody locks the admins out, nor all who write as groups with one ban."""
    await boss.sends(boss.private, text=f"/ban {boss.id}")
    assert (await boss.private.answer()).text == EN.format("chat-ban-admin")
    hidden = await jun.anonymous.sends(second, text="/help@grimche_bot")
    await second.answer()
    await boss.sends(second, text="/ban", reply_to=hidden)
    assert (await second.answer()).text == EN.format("chat-ban-nobody")
    for words in ("", " @mina", " 12a"):
        await boss.sends(boss.private, text=f"/ban{words}")
        assert (await boss.private.answer()).text == EN.format("chat-ban-usage")
    await boss.sends(boss.private, text="/unban")
    assert (await boss.private.answer()).text == EN.format("chat-unban-usage")


async def test_forged_bans_are_refused(boss: Person, mina: Person, jun: Person, parts: Parts) -> None:
    """Who is no admin cannot press what only admins can, nor can an admin press away an admin."""
    await mina.sends(mina.private, text="/help")
    answer = await mina.private.answer()
    for data in (f"ban:{jun.id}", f"unban:{mina.id}"):
        pressed = await mina.presses_data(answer, data)
        assert (pressed.text, pressed.alert) == (KO.format("chat-admins-only"), True)
    assert not await is_banned(parts, jun)

    await boss.sends(boss.private, text="/help")
    pressed = await boss.presses_data(await boss.private.answer(), f"ban:{boss.id}")
    assert pressed.text == EN.format("chat-ban-admin")
    assert not await is_banned(parts, boss)
