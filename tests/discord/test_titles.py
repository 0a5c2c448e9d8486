"""Titles and names: proposed while they are typed, found, offered where several fit."""

import pytest

from bot import texts
from bot.discord.context import Parts
from bot.settings import Settings
from bot.texts import Language
from storage.errors import DatabaseLocked
from storage.records import AgeGrade, StoredWebtoon
from tests.discord_server import Channel, DiscordServer, Guild, Person
from tests.discord_server.replies import walk
from tests.telegram.changing import change_webtoon

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("door")]

KO = texts.get(Language.KO)
EN = texts.get(Language.EN)


@pytest.fixture
async def webtoon(parts: Parts) -> StoredWebtoon:
    """Take a webtoon of the catalogue."""
    return await parts.service.webtoon(1)


@pytest.fixture
async def adult(settings: Settings) -> StoredWebtoon:
    """Let a webtoon of the catalogue be for adults."""
    return await change_webtoon(settings.database, 1, age_grade=AgeGrade.ADULT)


async def test_titles_are_proposed_by_a_part(mina: Person, general: Channel, webtoon: StoredWebtoon) -> None:
    """A part of the title brings it, with who drew it; the choice is answered like the title."""
    title = webtoon.webtoon.title
    proposed = await mina.completes("/like", title=title[1:3], where=general)
    assert f"{title} · {webtoon.webtoon.painters[0]}" in proposed
    value = proposed.values[list(proposed).index(f"{title} · {webtoon.webtoon.painters[0]}")]
    asked = await mina.uses("/like", title=value, where=general)
    reply = await asked.settled()
    assert KO.format("answer-like-title", title=title) in reply.text
    assert reply.images


async def test_what_begins_so_is_proposed_first(jun: Person, general: Channel, parts: Parts) -> None:
    """Titles that begin with what was typed come before those that only contain it."""
    stored = await parts.service.search("의", limit=30)
    first = stored[-1].webtoon.title[0]
    proposed = await jun.completes("/like", title=first, where=general)
    begins = [name.startswith(first) for name in proposed]
    assert begins[0]
    assert begins == sorted(begins, reverse=True)
    assert len(proposed) <= 25


async def test_names_are_proposed_by_a_part(jun: Person, general: Channel, webtoon: StoredWebtoon) -> None:
    """A part of an artist's name brings the whole of it."""
    name = webtoon.webtoon.painters[0]
    proposed = await jun.completes("/artist", name=name[:2], where=general)
    assert name in proposed
    assert len(proposed) <= 25


@pytest.mark.parametrize("typed", ["", "%", '"', "없는 제목", "a" * 100, "webtoon:1", "\\"])
async def test_strange_words_propose_nothing_and_harm_nothing(
    jun: Person, general: Channel, typed: str
) -> None:
    """What fits nothing brings an empty list."""
    assert list(await jun.completes("/like", title=typed, where=general)) == []


async def test_the_banned_are_proposed_nothing(mina: Person, general: Channel, parts: Parts) -> None:
    """Who may not ask does not search either."""
    await parts.ledger.ban("discord", parts.ledger.person("discord", mina.id), by="")
    assert list(await mina.completes("/like", title="의", where=general)) == []
    assert list(await mina.completes("/artist", name="김", where=general)) == []


async def test_a_card_says_what_is_known(mina: Person, general: Channel, webtoon: StoredWebtoon) -> None:
    """Who drew it and where it is, its newest thumbnail, and buttons that lead on."""
    asked = await mina.uses("/webtoon", title=webtoon.webtoon.title, where=general)
    card = await asked.settled()
    assert webtoon.webtoon.title in card.text
    assert KO.format("chat-credit-painter", names=webtoon.webtoon.painters[0]) in card.text
    assert KO.format("chat-episodes", count=4) in card.text
    assert len(card.images) == 1
    assert card.spoilers == (False,)

    pressed = await mina.presses(card, KO.format("chat-more-like-this"))
    answer = await pressed.settled()
    assert KO.format("answer-like-title", title=webtoon.webtoon.title) in answer.text


async def test_a_card_leads_to_its_artist_and_back(
    jun: Person, general: Channel, parts: Parts, webtoon: StoredWebtoon
) -> None:
    """The artist's works are shown with thumbnails, and one of them can be chosen."""
    name = webtoon.webtoon.painters[0]
    card = await (await jun.uses("/webtoon", title=webtoon.webtoon.title, where=general)).settled()
    works = await (await jun.presses(card, EN.format("chat-more-by", artist=name))).settled()
    count = len(await parts.service.search(name, limit=50))
    assert EN.format("chat-artist-works", artist=name, count=count) in works.text
    assert len(works.images) == count

    chosen = await jun.picks(works, webtoon.webtoon.title)
    assert webtoon.webtoon.title in (await chosen.settled()).text


async def test_several_titles_are_offered(jun: Person, general: Channel, parts: Parts) -> None:
    """Where several fit, one is chosen from a list."""
    found = await parts.service.search("의", limit=30)
    assert len(found) > 1
    offer = await (await jun.uses("/like", title="의", where=general)).settled()
    assert EN.format("chat-which", title="의") in offer.text
    picked = await jun.picks(offer, found[0].webtoon.title)
    assert EN.format("answer-like-title", title=found[0].webtoon.title) in (await picked.settled()).text


async def test_an_artist_is_found(jun: Person, general: Channel, webtoon: StoredWebtoon) -> None:
    """The whole name shows the works."""
    name = webtoon.webtoon.painters[0]
    works = await (await jun.uses("/artist", name=name, where=general)).settled()
    assert name in works.text
    assert works.images


async def test_several_artists_are_offered(jun: Person, general: Channel, parts: Parts) -> None:
    """Where several names fit, one is chosen from a list, which leads to what they drew."""
    painters = [(await parts.service.webtoon(number)).webtoon.painters[0] for number in range(1, 13)]
    letter = next(letter for letter in "".join(painters) if len({n for n in painters if letter in n}) > 1)
    offer = await (await jun.uses("/artist", name=letter, where=general)).settled()
    assert EN.format("chat-which-artist", name=letter) in offer.text
    name = offer.selects[0].options[0]
    assert name in (await (await jun.picks(offer, name)).settled()).text


async def test_a_database_in_trouble_proposes_nothing(
    jun: Person, general: Channel, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While somebody types, nothing is said of it; the command itself says it."""

    async def fail(*_: object, **__: object) -> None:
        raise DatabaseLocked(path="grimche.db")

    monkeypatch.setattr(parts.service, "search", fail)
    assert list(await jun.completes("/like", title="의", where=general)) == []
    assert list(await jun.completes("/artist", name="김", where=general)) == []
    said = await (await jun.uses("/webtoon", title="의", where=general)).settled()
    assert said.text.startswith("Another process is writing")


async def test_what_is_not_there_is_said(mina: Person, general: Channel) -> None:
    """A title and a name that nobody has get a sentence each, and no mark-up of theirs is shown as such."""
    asked = await mina.uses("/webtoon", title="**없는** 제목", where=general)
    assert "\\*\\*없는\\*\\* 제목" in (await asked.settled()).text
    asked = await mina.uses("/artist", name="아무도 아님", where=general)
    assert KO.format("chat-no-artist", name="아무도 아님") in (await asked.settled()).text


async def test_works_for_adults_stay_in_their_channels(
    jun: Person, readers: Guild, general: Channel, adult: StoredWebtoon
) -> None:
    """Elsewhere they are neither proposed nor shown; in an age-restricted channel they are, covered."""
    title, private = adult.webtoon.title, readers.channel("night", nsfw=True)
    assert not any(title in name for name in await jun.completes("/webtoon", title=title, where=general))
    for command in ("/webtoon", "/like"):
        for words in (title, f"webtoon:{adult.id}"):
            refused = await (await jun.uses(command, title=words, where=general)).settled()
            assert refused.text == EN.format("discord-adult-elsewhere")

    assert any(title in name for name in await jun.completes("/webtoon", title=title, where=private))
    card = await (await jun.uses("/webtoon", title=title, where=private)).settled()
    assert EN.format("chat-for-adults") in card.text
    assert card.spoilers == (True,)


@pytest.mark.parametrize(
    "carried", ["like:99999", "card:99999", "by:1:77", "by:99999", "card:1:2:3", "like::", "like:"]
)
async def test_what_leads_nowhere_is_said(
    jun: Person, general: Channel, webtoon: StoredWebtoon, carried: str
) -> None:
    """A button of a webtoon that has gone, or of another version, is answered with a sentence."""
    card = await (await jun.uses("/webtoon", title=webtoon.webtoon.title, where=general)).settled()
    label = EN.format("chat-more-like-this")
    button = next(each for each in walk(card.message.components) if each.get("label") == label)
    button["custom_id"] = carried
    pressed = await jun.presses(card.message, label)
    assert (await pressed.settled()).text == EN.format("error-expired")


async def test_it_works_where_only_the_asker_has_it(
    server: DiscordServer, jun: Person, boss: Person, webtoon: StoredWebtoon
) -> None:
    """Installed by a person, it answers in other people's servers."""
    elsewhere = server.guild("Elsewhere", [jun, boss], owner=boss, locale="ko", installed=False)
    channel = elsewhere.channel("talk")
    asked = await jun.uses(
        "/like", title=webtoon.webtoon.title, private=True, where=channel, installed="user"
    )
    answer = await asked.settled()
    assert EN.format("answer-like-title", title=webtoon.webtoon.title) in answer.text
    assert answer.ephemeral
