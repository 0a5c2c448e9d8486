"""How a bot answers: https://discord.com/developers/docs/interactions/receiving-and-responding."""

from typing import TYPE_CHECKING, Any

from tests.discord_server import rules
from tests.discord_server.commands import check_choices
from tests.discord_server.drafts import put
from tests.discord_server.interactions import AUTOCOMPLETE, COMPONENT, SUBMIT, Interaction
from tests.discord_server.messages import Message
from tests.discord_server.modals import read_modal
from tests.discord_server.refusals import Refused, invalid, unknown
from tests.discord_server.wire import Query

if TYPE_CHECKING:
    from tests.discord_server.world import World

Json = dict[str, Any]

# .../receiving-and-responding#interaction-response-object-interaction-callback-type
SAY, DEFER, DEFER_UPDATE, UPDATE, OFFER, MODAL = 4, 5, 6, 7, 8, 9
_ALLOWED = {
    AUTOCOMPLETE: {OFFER},
    COMPONENT: {SAY, DEFER, DEFER_UPDATE, UPDATE, MODAL},
    SUBMIT: {SAY, DEFER, DEFER_UPDATE, UPDATE},
}
_USUAL = {SAY, DEFER, MODAL}


async def callback(world: "World", query: Query) -> Json | None:
    """Take the first response: once, and within three seconds."""
    interaction = world.interactions.get(query.id("interaction"))
    if interaction is None or interaction.token != query.names["token"]:
        raise unknown("interaction", 10062)
    if interaction.answer_kind:
        raise Refused("Interaction has already been acknowledged.", code=40060)
    if interaction.failed or world.now() - interaction.begun > world.answer_seconds:
        raise unknown("interaction", 10062)
    kind, data = query.json.get("type"), query.json.get("data") or {}
    if kind not in _ALLOWED.get(interaction.kind, _USUAL) or (kind == UPDATE and not interaction.source):
        why = "Value must be one of the types that this interaction allows."
        raise invalid("type", why, code="BASE_TYPE_CHOICES")
    _answer(world, interaction, kind, data, query)
    interaction.acknowledge(kind)
    if query.arguments.get("with_response") not in {"1", "true"}:
        return None
    return _resource(interaction, kind)


def _answer(world: "World", interaction: Interaction, kind: int, data: Json, query: Query) -> None:
    if kind == OFFER:
        check_choices(data.get("choices") or [], "data.choices", is_text=_is_text(interaction))
        interaction.choices = data.get("choices") or []
    elif kind == MODAL:
        interaction.modal = read_modal(data)
        world.thinking.discard(interaction.id)
    elif kind in {SAY, DEFER}:
        _begin(world, interaction, kind, data, query)
    else:
        interaction.original = interaction.source
        if kind == UPDATE and interaction.source is not None:
            _change(world, interaction, interaction.source, data, query)
        elif interaction.kind == COMPONENT:  # nothing more has to come
            world.thinking.discard(interaction.id)


def _begin(world: "World", interaction: Interaction, kind: int, data: Json, query: Query) -> None:
    """Write the message that answers, or say that the bot is thinking."""
    flags = int(data.get("flags") or 0)
    if kind == DEFER and flags & ~rules.EPHEMERAL:
        # "Only the EPHEMERAL flag may be set"; components come with the edit
        raise invalid("data.flags", "Only EPHEMERAL may be set when deferring", code="BASE_TYPE_CHOICES")
    message = _message(world, interaction, flags)
    if kind == DEFER:
        message.flags |= rules.LOADING
    else:
        put(message, data, query.uploads, limit=_limit(interaction))
    interaction.original = _posted(world, interaction, message)


def _message(world: "World", interaction: Interaction, flags: int) -> Message:
    """Make a message that answers an interaction, which is nowhere yet."""
    metadata = {
        "id": str(interaction.id),
        "type": interaction.kind,
        "user": interaction.person.as_json(),
        "authorizing_integration_owners": interaction.owners,
    }
    message = Message(
        channel=interaction.channel,
        id=world.snowflake(),
        timestamp=world.timestamp(),
        author=world.bot,
        extras={"interaction_metadata": metadata, "application_id": str(world.bot.id)},
    )
    channel, bot_user = interaction.channel, interaction.is_user_installed
    can_use_apps = channel.permissions(interaction.person) & rules.PERMISSIONS["use_external_apps"]
    # https://discord.com/developers/docs/topics/permissions: USE_EXTERNAL_APPS, "When disabled, users will
    # still be allowed to use their apps but the responses will be ephemeral"
    if flags & rules.EPHEMERAL or (bot_user and channel.guild and not can_use_apps):
        message.flags |= rules.EPHEMERAL
        message.seen_by = interaction.person
    return message


def _posted(world: "World", interaction: Interaction, message: Message) -> Message:
    interaction.channel.messages[message.id] = message
    world.told(message, interaction)
    if not message.is_loading:
        world.tell(message)
    return message


def _change(world: "World", interaction: Interaction, message: Message, data: Json, query: Query) -> None:
    was_loading = message.is_loading
    put(message, data, query.uploads, limit=_limit(interaction))
    message.flags &= ~rules.LOADING
    message.edited = None if was_loading else world.timestamp()
    world.told(message, interaction)
    world.tell(message, "MESSAGE_UPDATE")


def _resource(interaction: Interaction, kind: int) -> Json:
    """Say what came of it: .../receiving-and-responding#interaction-callback-response-object."""
    shown: Json = {"interaction": {"id": str(interaction.id), "type": interaction.kind}}
    message = interaction.original
    if message is not None and kind in {SAY, DEFER, UPDATE}:
        shown["interaction"] |= {
            "response_message_id": str(message.id),
            "response_message_loading": message.is_loading,
            "response_message_ephemeral": message.is_ephemeral,
        }
        shown["resource"] = {"type": kind, "message": message.as_json()}
    return shown


def _limit(interaction: Interaction) -> int:
    guild = interaction.channel.guild
    return rules.TIER_BYTES[guild.tier if guild else 0]


def _is_text(interaction: Interaction) -> bool:
    return all(each["type"] in {1, 2, 3} for each in interaction.data.get("options", ()) if "focused" in each)


def _alive(world: "World", query: Query) -> Interaction:
    """Find the interaction of a token, which lasts a quarter of an hour and begins with a response."""
    interaction = world.tokens.get(query.names["token"])
    if interaction is None or query.id("application") != world.bot.id:
        raise unknown("Webhook", 10015)
    if world.now() - interaction.begun > rules.TOKEN_SECONDS:
        raise Refused("Invalid Webhook Token", status=401, code=50027)
    if not interaction.answer_kind:
        raise unknown("Webhook", 10015)
    return interaction


def _named(world: "World", query: Query) -> tuple[Interaction, Message]:
    """Find the message that a path names: @original, or a follow-up's id."""
    interaction = _alive(world, query)
    message = interaction.original
    if query.names.get("message", "@original") != "@original":
        found = interaction.channel.messages.get(query.id("message"))
        message = found if found is not None and found.author is world.bot else None
    if message is None or message.deleted:
        raise unknown("Message", 10008)
    return interaction, message


async def get_original(world: "World", query: Query) -> Json:
    """Give the message that answers."""
    return _named(world, query)[1].as_json()


async def edit_original(world: "World", query: Query) -> Json:
    """Change the message that answers, or write it after a deferral."""
    interaction, message = _named(world, query)
    _change(world, interaction, message, query.json, query)
    return message.as_json()


async def delete_original(world: "World", query: Query) -> None:
    """Take the message that answers away."""
    interaction, message = _named(world, query)
    message.deleted = True
    interaction.channel.messages.pop(message.id, None)
    world.thinking.discard(interaction.id)


async def follow_up(world: "World", query: Query) -> Json:
    """Write another message; the first one after a deferral fills the message that says so.

    .../receiving-and-responding#followup-messages; what was said to be ephemeral, or not, stays so.
    """
    interaction = _alive(world, query)
    original = interaction.original
    if original is not None and original.is_loading:
        _change(world, interaction, original, query.json, query)
        return original.as_json()
    if interaction.is_user_installed and interaction.follow_ups >= rules.USER_FOLLOW_UPS:
        raise Refused("Maximum number of follow up messages reached", code=40094)
    message = _message(world, interaction, int(query.json.get("flags") or 0))
    put(message, query.json, query.uploads, limit=_limit(interaction))
    interaction.follow_ups += 1
    return _posted(world, interaction, message).as_json()
