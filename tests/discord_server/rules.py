"""The limits of Discord's API, each beside the address of its documentation."""

# Seconds: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback
# "you must send an initial response within 3 seconds", "Interaction tokens are valid for 15 minutes"
ANSWER_SECONDS = 3.0
TOKEN_SECONDS = 900.0
# Where only the user has installed it: .../receiving-and-responding#followup-messages "limited to 5"
USER_FOLLOW_UPS = 5
# https://discord.com/developers/docs/resources/message#create-message-jsonform-params
CONTENT = 2000
EMBEDS = 10
NONCE = 25
# https://discord.com/developers/docs/resources/message#embed-object-embed-limits
EMBED_CHARACTERS = 6000
EMBED_TITLE, EMBED_DESCRIPTION, EMBED_FIELDS = 256, 4096, 25
EMBED_FIELD_NAME, EMBED_FIELD_VALUE, EMBED_FOOTER, EMBED_AUTHOR = 256, 1024, 2048, 256
# https://discord.com/developers/docs/reference#uploading-files: "10 MiB", "25 MiB" per request
FILES = 10
FILE_BYTES = 10 << 20
REQUEST_BYTES = 25 << 20
FILE_DESCRIPTION = 1024
# https://discord.com/developers/docs/resources/guild#guild-object-premium-tier: what boosts allow
TIER_BYTES = {0: FILE_BYTES, 1: FILE_BYTES, 2: 50 << 20, 3: 100 << 20}
# https://discord.com/developers/docs/reference#signed-attachment-cdn-urls
LINK_SECONDS = 86_400
# https://discord.com/developers/docs/components/reference
COMPONENTS = 40
SHOWN_CHARACTERS = 4000
GALLERY = range(1, 11)
ALT_TEXT = 1024
SECTION = range(1, 4)
ROWS, BUTTONS = 5, 5
CUSTOM_ID = range(1, 101)
LABEL = 80
URL = 512
OPTIONS = range(1, 26)
OPTION_TEXT = 100
PLACEHOLDER = 150
MODAL_TITLE = 45
MODAL_ROWS = range(1, 6)
INPUT_LABEL = 45
INPUT_VALUE = 4000
# https://discord.com/developers/docs/interactions/application-commands#application-command-object
NAME = range(1, 33)
DESCRIPTION = range(1, 101)
CHOICES = 25
CHOICE_NAME = range(1, 101)
CHOICE_VALUE = 100
COMMAND_CHARACTERS = 8000
# So many of each type, in all and in a server: .../application-commands#registering-a-command
COMMANDS = {1: 100, 2: 15, 3: 15}
# https://discord.com/developers/docs/interactions/application-commands#registering-a-command
CREATES_PER_DAY = 200
# https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
GLOBAL_PER_SECOND = 50
# Requests and seconds per bucket; Discord names them in its headers, and these are what it was seen to name.
BUCKETS: dict[str, tuple[int, float]] = {
    "send_message": (5, 5.0),
    "edit_message": (5, 5.0),
    "edit_original": (5, 2.0),
    "follow_up": (5, 2.0),
    "edit_follow_up": (5, 2.0),
    "delete_follow_up": (5, 2.0),
    "typing": (5, 5.0),
}
OTHER_BUCKET = (50, 1.0)
# https://discord.com/developers/docs/events/gateway#rate-limiting: events that a bot sends in a minute
GATEWAY_EVENTS = 120
HEARTBEAT_SECONDS = 41.25
# https://discord.com/developers/docs/events/gateway#sharding
GUILDS_PER_SHARD = 2500
# https://discord.com/developers/docs/reference#locales
_LOCALES = """
id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th
zh-CN ja zh-TW ko
"""
LOCALES = frozenset(_LOCALES.split())
# https://discord.com/developers/docs/events/gateway#list-of-intents
GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 0, 1 << 9, 1 << 12, 1 << 15
PRIVILEGED = (1 << 1) | (1 << 8) | MESSAGE_CONTENT
ALL_INTENTS = (1 << 17) - 1 | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25)
# https://discord.com/developers/docs/resources/message#message-object-message-flags
SUPPRESS_EMBEDS, EPHEMERAL, LOADING, SILENT, V2 = 1 << 2, 1 << 6, 1 << 7, 1 << 12, 1 << 15
# https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags
PERMISSIONS = {
    "administrator": 1 << 3,
    "manage_channels": 1 << 4,
    "manage_guild": 1 << 5,
    "add_reactions": 1 << 6,
    "view_channel": 1 << 10,
    "send_messages": 1 << 11,
    "manage_messages": 1 << 13,
    "embed_links": 1 << 14,
    "attach_files": 1 << 15,
    "read_message_history": 1 << 16,
    "mention_everyone": 1 << 17,
    "manage_roles": 1 << 28,
    "use_application_commands": 1 << 31,
    "send_messages_in_threads": 1 << 38,
    "use_external_apps": 1 << 50,
}
EVERY_PERMISSION = sum(PERMISSIONS.values())
# What a new server lets everyone do.
USUAL = (
    "add_reactions",
    "view_channel",
    "send_messages",
    "embed_links",
    "attach_files",
    "read_message_history",
    "use_application_commands",
    "send_messages_in_threads",
    "use_external_apps",
)
