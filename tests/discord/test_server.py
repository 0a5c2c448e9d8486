import asyncio
from collections.abc import AsyncIterator

import aiohttp
import discord
import pytest
from discord import app_commands

from tests.discord.bots import Plain, addressed, running
from tests.discord.scenes import command, drawing
from tests.discord_server import Channel, DiscordServer, Guild, Person


@pytest.fixture
async def client(server: DiscordServer, readers: Guild) -> AsyncIterator[Plain]:  # noqa: ARG001  has to be there
    """Run the library and nothing else."""
    async with running(server, Plain()) as client:
        yield client


async def test_the_library_is_told_of_servers_that_have_the_bot(server: DiscordServer, client: Plain) -> None:
    """A server without the bot is not mentioned."""
    owner = server.person("Owner")
    server.guild("Elsewhere", [], owner=owner, installed=False)
    assert [guild.name for guild in client.guilds] == ["Readers"]


async def test_a_wrong_token_is_refused(server: DiscordServer) -> None:
    """Logging in with another token is 401."""
    async with addressed(server), Plain() as client:
        with pytest.raises(discord.LoginFailure):
            await client.login("another")


async def test_a_revoked_token_ends_the_connection(server: DiscordServer) -> None:
    """4004 is fatal, and further calls are 401."""
    async with addressed(server), Plain() as client:
        await client.login(server.token)
        connected = asyncio.create_task(client.connect())
        await client.wait_until_ready()
        await server.revokes()
        with pytest.raises(discord.ConnectionClosed) as caught:
            await connected
    assert caught.value.code == 4004


async def test_others_than_bots_are_kept_out(server: DiscordServer) -> None:
    """A request that does not say that it is a bot's is refused."""
    async with aiohttp.ClientSession() as session:
        answer = await session.get(
            f"{server.api}/users/@me", headers={"Authorization": f"Bot {server.token}"}
        )
        assert answer.status == 403


async def test_commands_are_kept_as_they_were_synced(server: DiscordServer, client: Plain) -> None:
    """What the library syncs can be looked at in every language."""

    class Korean(app_commands.Translator):
        async def translate(
            self,
            string: app_commands.locale_str,
            locale: discord.Locale,
            context: app_commands.TranslationContextTypes,  # noqa: ARG002  the library's
        ) -> str | None:
            return "물어보기" if locale is discord.Locale.korean and string.message == "ask" else None

    async def handle(interaction: discord.Interaction) -> None: ...

    command(client, handle)
    await client.tree.set_translator(Korean())
    await client.tree.sync()
    assert list(server.commands()) == ["ask"]
    assert list(server.commands(locale="ko")) == ["물어보기"]


@pytest.mark.parametrize(
    ("described", "field"),
    [
        ({"name": "Ask", "description": "d"}, "name"),
        ({"name": "a b", "description": "d"}, "name"),
        ({"name": "a" * 33, "description": "d"}, "name"),
        ({"name": "ask", "description": ""}, "description"),
        ({"name": "ask", "description": "d" * 101}, "description"),
        ({"name": "ask", "description": "d", "name_localizations": {"kr": "물어보기"}}, "kr"),
        ({"name": "ask", "description": "d", "description_localizations": {"ko": "가" * 101}}, "ko"),
        ({"name": "Menu", "type": 3, "description": "d"}, "description"),
        ({"name": "ask", "description": "d", "contexts": [3]}, "contexts"),
        ({"name": "ask", "description": "d", "integration_types": []}, "integration_types"),
        (
            {"name": "ask", "description": "d", "options": [{"type": 3, "name": "X", "description": "d"}]},
            "name",
        ),
        (
            {
                "name": "ask",
                "description": "d",
                "options": [
                    {"type": 3, "name": "a", "description": "d"},
                    {"type": 3, "name": "b", "description": "d", "required": True},
                ],
            },
            "Required",
        ),
        (
            {
                "name": "ask",
                "description": "d",
                "options": [
                    {
                        "type": 3,
                        "name": "a",
                        "description": "d",
                        "autocomplete": True,
                        "choices": [{"name": "x", "value": "x"}],
                    }
                ],
            },
            "autocomplete",
        ),
    ],
)
async def test_faulty_commands_are_refused(
    server: DiscordServer, client: Plain, described: dict[str, object], field: str
) -> None:
    """Names, descriptions, languages, options, contexts and installations have their rules."""
    with pytest.raises(discord.HTTPException) as caught:
        await client.http.bulk_upsert_global_commands(server.bot.id, [described])
    assert caught.value.code == 50035
    assert field in str(caught.value)


async def test_only_so_many_menus_are_taken(server: DiscordServer, client: Plain) -> None:
    """Fifteen menus of messages are allowed, and no two of one name."""
    menus = [{"name": f"Menu {number}", "type": 3} for number in range(16)]
    for faulty in (menus, [menus[0], menus[0]]):
        with pytest.raises(discord.HTTPException):
            await client.http.bulk_upsert_global_commands(server.bot.id, faulty)
    await client.http.bulk_upsert_global_commands(server.bot.id, menus[:15])


async def test_a_command_of_a_server_stays_there(
    server: DiscordServer, client: Plain, readers: Guild, office: Guild, boss: Person
) -> None:
    """What is synced to a server is not offered in another."""

    async def handle(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("yes")

    command(client, handle)
    guild = discord.Object(office.id)
    client.tree.copy_global_to(guild=guild)
    await client.tree.sync(guild=guild)
    assert list(server.commands(office)) == ["ask"]
    await (await boss.uses("/ask", where=office.channel("desk"))).reply()
    with pytest.raises(AssertionError, match="no command"):
        await boss.uses("/ask", where=readers.channel("general"))


async def test_an_app_offers_a_command_where_it_says(
    client: Plain, readers: Guild, mina: Person, jun: Person
) -> None:
    """Contexts, installations, permissions and age decide, unless a use is forged."""

    @client.tree.command(name="ask", description="Ask")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.default_permissions(manage_guild=True)
    async def ask(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("yes")

    await client.tree.sync()
    general = readers.channel("general")
    with pytest.raises(AssertionError, match="not offered"):
        await mina.uses("/ask", where=mina.dm)
    with pytest.raises(AssertionError, match="not offered"):
        await mina.uses("/ask", where=general)
    with pytest.raises(AssertionError, match="installation"):
        await jun.uses("/ask", where=general, installed="user")
    assert (await (await jun.uses("/ask", where=general)).reply()).content == "yes"
    assert (await (await mina.uses("/ask", where=general, forged=True)).reply()).content == "yes"
    readers.grants(mina, "manage_guild")
    assert (await (await mina.uses("/ask", where=general)).reply()).content == "yes"


async def test_a_user_installation_works_where_the_bot_is_not(
    server: DiscordServer, client: Plain, mina: Person
) -> None:
    """Somebody takes the bot along to another's server and to conversations, and five follow-ups at most."""

    @client.tree.command(name="ask", description="Ask")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def ask(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"{interaction.is_user_integration()} {interaction.guild_id}")
        for number in range(6):
            await interaction.followup.send(str(number))

    failures: list[Exception] = []

    async def note(_: discord.Interaction, error: app_commands.AppCommandError) -> None:
        failures.append(error)

    client.tree.error(note)
    await client.tree.sync()
    server.world.flood.enabled = False
    elsewhere = server.guild("Elsewhere", [mina], owner=server.person("Owner"), installed=False)
    asked = await mina.uses("/ask", where=elsewhere.channel("general"))
    assert (await asked.reply()).content == f"True {elsewhere.id}"
    together = server.conversation(mina, server.person("Friend"))
    assert (await (await mina.uses("/ask", where=together)).reply()).content == "True None"
    await server.rests()
    assert len(server.calls("follow_up")) == 12
    assert ["40094" in str(failure) for failure in failures] == [True, True]


async def test_options_reach_the_bot(client: Plain, mina: Person, general: Channel) -> None:
    """Files, texts, people and choices arrive as what they are."""
    taken: list[object] = []

    @client.tree.command(name="ask", description="Ask")
    @app_commands.choices(size=[app_commands.Choice(name="Large", value="l")])
    async def ask(
        interaction: discord.Interaction,
        image: discord.Attachment,
        size: app_commands.Choice[str],
        who: discord.Member,
        private: bool = False,  # noqa: FBT001, FBT002  as the library has options
    ) -> None:
        taken.extend([await image.read(), image.content_type, size.value, who.name, private])
        await interaction.response.send_message("yes", ephemeral=private)

    await client.tree.sync()
    asked = await mina.uses("/ask", image=drawing(), size="Large", who=mina, private=True, where=general)
    assert (await asked.reply()).ephemeral
    assert taken == [drawing(), "image/png", "l", "mina", True]
    with pytest.raises(AssertionError, match="asks for"):
        await mina.uses("/ask", image=drawing(), where=general)


async def test_what_is_offered_while_somebody_writes(client: Plain, mina: Person, general: Channel) -> None:
    """Autocomplete gives names and values."""

    async def offer(_: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{current} 하나", value="1")]

    @client.tree.command(name="like", description="Ask")
    @app_commands.autocomplete(title=offer)
    async def like(interaction: discord.Interaction, title: str) -> None:
        await interaction.response.send_message(title)

    await client.tree.sync()
    choices = await mina.completes("/like", title="달", where=general)
    assert list(choices) == ["달 하나"]
    assert choices.values == ("1",)
