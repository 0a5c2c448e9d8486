from collections.abc import AsyncIterator
from io import BytesIO
from typing import cast

import discord
import pytest
from discord import ui

from tests.discord.bots import Plain, running
from tests.discord.scenes import command, drawing, files, gallery, layout, on_component
from tests.discord.test_doors import until
from tests.discord_server import Channel, DiscordServer, Guild, Person


@pytest.fixture
async def client(server: DiscordServer, readers: Guild) -> AsyncIterator[Plain]:  # noqa: ARG001  has to be there
    """Run the library and nothing else."""
    async with running(server, Plain()) as client:
        yield client


@pytest.fixture
def failures(client: Plain) -> list[int]:
    """Collect the codes with which commands of the bot were refused."""
    codes: list[int] = []

    async def note(_: discord.Interaction, error: Exception) -> None:
        cause = getattr(error, "original", error)
        codes.append(cause.code if isinstance(cause, discord.HTTPException) else -1)

    client.tree.error(note)
    return codes


async def test_a_deferred_answer_comes_with_pictures(client: Plain, mina: Person, general: Channel) -> None:
    """Ten pictures and buttons come by an edit, and the bot is seen thinking till then."""

    async def handle(interaction: discord.Interaction) -> None:
        await interaction.response.defer(thinking=True)
        row: ui.ActionRow[ui.LayoutView] = ui.ActionRow(ui.Button(label="Why", custom_id="why"))
        view = layout(ui.Container(ui.TextDisplay("Ten"), gallery(10), row))
        await interaction.edit_original_response(view=view, attachments=files(10))

    command(client, handle)
    await client.tree.sync()
    asked = await mina.uses("/ask", where=general)
    reply = await asked.reply()
    assert asked.was_deferred
    assert not asked.ephemeral
    assert reply.text == "Ten"
    assert reply.images == tuple(drawing(number) for number in range(10))
    assert reply.spoilers == (False, True, *[False] * 8)
    assert reply.labels == ("Why",)
    assert reply.is_v2


async def test_what_was_deferred_as_private_stays_private(
    client: Plain, mina: Person, general: Channel
) -> None:
    """The flag of the deferral counts for the edit, and nobody else can press."""

    async def handle(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        view = layout(ui.ActionRow(ui.Button(label="Share", custom_id="share")))
        await interaction.edit_original_response(view=view)

    command(client, handle)
    on_component(client, lambda each: each.response.edit_message(view=layout(ui.TextDisplay("shared"))))
    await client.tree.sync()
    asked = await mina.uses("/ask", where=general)
    reply = await asked.reply()
    assert asked.ephemeral
    assert reply.ephemeral
    jun = next(person for person in general.world.people.values() if person.name == "Jun")
    with pytest.raises(AssertionError, match="somebody else"):
        await jun.presses(reply, "Share")
    assert (await (await mina.presses(reply, "Share")).reply()).text == "shared"
    assert all(message.author.name != "grimche" for message in client.messages)


async def test_a_late_answer_is_unknown(
    server: DiscordServer, client: Plain, mina: Person, general: Channel, failures: list[int]
) -> None:
    """After three seconds the app gives up, and the answer finds nothing."""
    server.world.answer_seconds = 0.2

    async def handle(interaction: discord.Interaction) -> None:
        server.passes(1.0)
        await interaction.response.defer()

    command(client, handle)
    await client.tree.sync()
    asked = await mina.uses("/ask", where=general)
    assert asked.failed
    await until(lambda: failures)
    assert failures == [10062]
    with pytest.raises(AssertionError, match="did not respond"):
        await asked.reply()


async def test_a_token_lasts_a_quarter_of_an_hour(
    server: DiscordServer, client: Plain, mina: Person, general: Channel, failures: list[int]
) -> None:
    """Then what it opens is closed."""

    async def handle(interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        server.passes(899.0)
        await interaction.edit_original_response(content="in time")
        server.passes(2.0)
        await interaction.edit_original_response(content="too late")

    command(client, handle)
    await client.tree.sync()
    reply = await (await mina.uses("/ask", where=general)).settled()
    assert reply.content == "in time"
    assert failures == [50027]


async def test_one_first_response_is_taken(client: Plain, mina: Person, general: Channel) -> None:
    """A second one is refused, as is an edit before the first."""
    codes: list[int] = []

    async def handle(interaction: discord.Interaction) -> None:
        try:
            await interaction.edit_original_response(content="too early")
        except discord.NotFound as error:
            codes.append(error.code)
        await interaction.response.send_message("one")
        interaction.response._response_type = None  # the library would stop it
        try:
            await interaction.response.send_message("two")
        except discord.HTTPException as error:
            codes.append(error.code)

    command(client, handle)
    await client.tree.sync()
    reply = await (await mina.uses("/ask", where=general)).settled()
    assert reply.content == "one"
    assert codes == [10015, 40060]


async def test_the_first_follow_up_fills_the_deferral(client: Plain, mina: Person, general: Channel) -> None:
    """What said that the bot is thinking becomes the follow-up, and the next one is a message of its own."""

    async def handle(interaction: discord.Interaction) -> None:
        await interaction.response.defer(thinking=True)
        await interaction.followup.send("one")
        await interaction.followup.send("two", ephemeral=True)

    command(client, handle)
    await client.tree.sync()
    asked = await mina.uses("/ask", where=general)
    first, second = await asked.reply(), await asked.reply()
    assert first.message is asked.interaction.original
    assert (first.content, first.ephemeral) == ("one", False)
    assert (second.content, second.ephemeral) == ("two", True)


async def test_a_button_can_change_its_message(client: Plain, mina: Person, general: Channel) -> None:
    """Deferring an update and editing leaves pictures that are shown by their address."""

    async def handle(interaction: discord.Interaction) -> None:
        view = layout(gallery(2), ui.ActionRow(ui.Button(label="More", custom_id="more")))
        await interaction.response.send_message(view=view, files=files(2))

    async def more(interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        assert interaction.message
        view = ui.LayoutView.from_message(interaction.message)
        view.add_item(ui.TextDisplay("more"))
        await interaction.edit_original_response(view=view)

    command(client, handle)
    on_component(client, more)
    await client.tree.sync()
    reply = await (await mina.uses("/ask", where=general)).reply()
    changed = await (await mina.presses(reply, "More")).reply()
    assert changed.message is reply.message
    assert changed.text == "more"
    assert changed.images == (drawing(0), drawing(1))


async def test_a_form_is_filled_in(client: Plain, mina: Person, general: Channel) -> None:
    """What is written into a form comes back as an interaction of its own."""

    class Form(ui.Modal, title="Feedback"):
        words: ui.Label["Form"] = ui.Label(text="Words", component=ui.TextInput(max_length=5))

        async def on_submit(self, interaction: discord.Interaction) -> None:
            assert isinstance(self.words.component, ui.TextInput)
            await interaction.response.send_message(f"thanks for {self.words.component.value}")

    async def handle(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Form())

    command(client, handle)
    await client.tree.sync()
    asked = await mina.uses("/ask", where=general)
    assert (asked.modal.title, asked.modal.fields) == ("Feedback", ("Words",))
    with pytest.raises(AssertionError, match="does not take"):
        await mina.submits(asked, "too much")
    assert (await (await mina.submits(asked, "hello")).reply()).content == "thanks for hello"


async def test_menus_name_what_they_are_used_on(
    client: Plain, mina: Person, jun: Person, general: Channel
) -> None:
    """A menu of a message shows all of it, whatever the intents; one of a person brings the avatar."""
    taken: list[bytes] = []

    @client.tree.context_menu(name="Find similar art")
    async def find(interaction: discord.Interaction, message: discord.Message) -> None:
        taken.extend([await each.read() for each in message.attachments])
        await interaction.response.send_message(message.content)

    @client.tree.context_menu(name="Avatar")
    async def avatar(interaction: discord.Interaction, user: discord.User) -> None:
        taken.append(await user.display_avatar.read())
        await interaction.response.send_message(user.name)

    await client.tree.sync()
    jun.wears(drawing(7))
    message = await jun.writes(general, text="look", images=[drawing(1), drawing(2)])
    assert (await (await mina.uses_menu("Find similar art", on=message)).reply()).content == "look"
    assert (await (await mina.uses_user_menu("Avatar", on=jun, where=general)).reply()).content == "jun"
    assert taken == [drawing(1), drawing(2), drawing(7)]


async def test_a_menu_is_chosen_from(client: Plain, mina: Person, general: Channel) -> None:
    """Options are picked by what they say, channels and people as they are."""

    async def handle(interaction: discord.Interaction) -> None:
        options = [discord.SelectOption(label=f"More like {n}", value=str(n)) for n in range(3)]
        words: ui.ActionRow[ui.LayoutView] = ui.ActionRow(ui.Select(custom_id="like", options=options))
        rooms: ui.ActionRow[ui.LayoutView] = ui.ActionRow(ui.ChannelSelect(custom_id="rooms"))
        await interaction.response.send_message(view=layout(words, rooms))

    async def picked(interaction: discord.Interaction) -> None:
        assert interaction.data
        values = cast("list[str]", interaction.data.get("values", []))
        await interaction.response.send_message(" ".join(values))

    command(client, handle)
    on_component(client, picked)
    await client.tree.sync()
    reply = await (await mina.uses("/ask", where=general)).reply()
    assert (await (await mina.picks(reply, "like 2")).reply()).content == "2"
    assert (await (await mina.picks(reply, general)).reply()).content == str(general.id)
    with pytest.raises(AssertionError, match="no menu has"):
        await mina.picks(reply, "like 9")


@pytest.mark.parametrize("sizes", [[10 << 20 | 1], [9 << 20] * 3])
async def test_files_that_are_too_large_are_refused(
    client: Plain, mina: Person, general: Channel, failures: list[int], sizes: list[int]
) -> None:
    """A file has 10 MiB at most, and a request 25."""

    async def handle(interaction: discord.Interaction) -> None:
        large = [discord.File(BytesIO(b"x" * size), f"{n}.bin") for n, size in enumerate(sizes)]
        await interaction.response.defer()
        try:
            await interaction.edit_original_response(attachments=large)
        finally:
            await interaction.edit_original_response(content="sorry")

    command(client, handle)
    await client.tree.sync()
    assert (await (await mina.uses("/ask", where=general)).settled()).content == "sorry"
    assert failures == [40005]


async def test_addresses_of_files_expire(
    server: DiscordServer, client: Plain, mina: Person, general: Channel
) -> None:
    """A day later, or when a test says so, an attachment is gone; the media proxy can make it smaller."""
    message = await mina.writes(general, images=[drawing(1)], mentions_bot=True)
    await server.rests()
    attachment = client.messages[-1].attachments[0]
    assert await attachment.read() == drawing(1)
    assert await attachment.read(use_cached=True) == drawing(1)
    small = await client.http.get_from_cdn(f"{attachment.proxy_url}format=webp&width=20")
    assert small[8:12] == b"WEBP"
    server.expires_links()
    with pytest.raises(discord.NotFound):
        await attachment.read()
    fresh = server.world.files.link(message.attachments[0])
    assert await client.http.get_from_cdn(fresh) == drawing(1)
    server.passes(90_000)
    with pytest.raises(discord.NotFound):
        await client.http.get_from_cdn(fresh)
