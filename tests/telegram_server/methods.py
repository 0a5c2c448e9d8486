"""Which methods the local Telegram has, by their names in small letters.

https://core.telegram.org/bots/api#making-requests "All methods in the Bot API are case-insensitive."
"""

from tests.telegram_server import (
    methods_chats,
    methods_editing,
    methods_profile,
    methods_queries,
    methods_sending,
    methods_updates,
    rules,
)
from tests.telegram_server.methods_profile import Method, getter, setter

METHODS: dict[str, Method] = {
    "getme": methods_chats.get_me,
    "getupdates": methods_updates.get_updates,
    "setwebhook": methods_updates.set_webhook,
    "deletewebhook": methods_updates.delete_webhook,
    "getwebhookinfo": methods_updates.get_webhook_info,
    "getfile": methods_chats.get_file,
    "getchat": methods_chats.get_chat,
    "getchatmember": methods_chats.get_member,
    "getchatmembercount": methods_chats.get_member_count,
    "getchatadministrators": methods_chats.get_administrators,
    "leavechat": methods_chats.leave_chat,
    "sendmessage": methods_sending.send_message,
    "sendphoto": methods_sending.send_photo,
    "senddocument": methods_sending.send_document,
    "sendmediagroup": methods_sending.send_media_group,
    "sendchataction": methods_sending.send_chat_action,
    "forwardmessage": methods_sending.forward_message,
    "copymessage": methods_sending.copy_message,
    "editmessagetext": methods_editing.edit_text,
    "editmessagecaption": methods_editing.edit_caption,
    "editmessagemedia": methods_editing.edit_media,
    "editmessagereplymarkup": methods_editing.edit_markup,
    "deletemessage": methods_editing.delete_message,
    "deletemessages": methods_editing.delete_messages,
    "setmessagereaction": methods_editing.set_reaction,
    "answercallbackquery": methods_queries.answer_callback,
    "answerinlinequery": methods_queries.answer_inline,
    "answerguestquery": methods_queries.answer_guest,
    "setmycommands": methods_profile.set_commands,
    "getmycommands": methods_profile.get_commands,
    "deletemycommands": methods_profile.delete_commands,
    "setmyname": setter("name", rules.NAME),
    "setmydescription": setter("description", rules.DESCRIPTION),
    "setmyshortdescription": setter("short_description", rules.SHORT_DESCRIPTION),
    "getmyname": getter("name"),
    "getmydescription": getter("description"),
    "getmyshortdescription": getter("short_description"),
}
