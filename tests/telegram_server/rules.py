"""The limits of the Bot API, each beside the address of its documentation."""

# https://core.telegram.org/bots/api#sendmessage "1-4096 characters after entities parsing"
TEXT = 4096
# https://core.telegram.org/bots/api#sendphoto "0-1024 characters after entities parsing"
CAPTION = 1024
# https://core.telegram.org/bots/api#formatting-options: what goes beyond is dropped in silence
ENTITIES = 100
# https://core.telegram.org/bots/api#inlinekeyboardbutton "1-64 bytes"
CALLBACK_DATA = 64
# https://core.telegram.org/bots/api#copytextbutton "1-256 characters"
COPY_TEXT = 256
# https://limits.tginfo.me/en: at most 100 buttons, eight in a row
BUTTONS = 100
# https://core.telegram.org/bots/api#forcereply "1-64 characters"
PLACEHOLDER = 64
# https://core.telegram.org/bots/api#sendmediagroup "must include 2-10 items"
ALBUM = range(2, 11)
# https://core.telegram.org/bots/api#sending-files "10 MB max size for photos, 50 MB for other files"
PHOTO_BYTES = 10 << 20
FILE_BYTES = 50 << 20
# https://core.telegram.org/bots/api#getfile "bots can download files of up to 20MB in size"
DOWNLOAD_BYTES = 20 << 20
# https://core.telegram.org/bots/api#sendphoto "must not exceed 10000 in total", "ratio must be at most 20"
PHOTO_SIDES = 10_000
PHOTO_RATIO = 20
# https://core.telegram.org/api/files#image-thumbnail-types: the boxes of the types s, m, x, y and w
PHOTO_BOXES = {"s": 90, "m": 320, "x": 800, "y": 1280, "w": 2560}
# https://core.telegram.org/bots/api#answercallbackquery "0-200 characters"
CALLBACK_TEXT = 200
# Seconds in which a pressed button, or a query, can be answered: https://core.telegram.org/bots/faq
CALLBACK_SECONDS = 15.0
# https://core.telegram.org/bots/api#answerinlinequery "No more than 50 results per query are allowed"
INLINE_RESULTS = 50
# https://core.telegram.org/bots/api#inlinequeryresultarticle "1-64 Bytes"; next_offset likewise
RESULT_ID = 64
NEXT_OFFSET = 64
# https://core.telegram.org/bots/api#setmycommands "At most 100 commands"
COMMANDS = 100
# https://core.telegram.org/bots/api#botcommand "1-32 characters", "1-256 characters"
COMMAND = 32
COMMAND_DESCRIPTION = 256
# https://core.telegram.org/bots/api#setmyname, #setmydescription, #setmyshortdescription
NAME = 64
DESCRIPTION = 512
SHORT_DESCRIPTION = 120
# https://core.telegram.org/bots/api#getupdates "Values between 1-100 are accepted. Defaults to 100."
UPDATES = 100
# Seconds that one call may wait for updates: https://github.com/tdlib/telegram-bot-api (Client.cpp)
POLL_SECONDS = 50
# https://core.telegram.org/bots/api#setwebhook "1-256 characters. Only A-Z, a-z, 0-9, _ and - are allowed"
SECRET = 256
WEBHOOK_PORTS = {443, 80, 88, 8443}
# https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
PER_SECOND = 30
PER_CHAT_SECOND = 1
PER_GROUP_MINUTE = 20
# https://core.telegram.org/bots/api#getupdates: what is not sent unless it is asked for
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
# https://core.telegram.org/bots/api#sendchataction
CHAT_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
