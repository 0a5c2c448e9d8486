"""What may stand under a message: https://core.telegram.org/bots/api#inlinekeyboardmarkup and its kin."""

import re
from typing import Any

from tests.telegram_server import rules
from tests.telegram_server.refusals import bad_request
from tests.telegram_server.wire import Query

Json = dict[str, Any]

_DOES = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_STYLES = {"danger", "success", "primary"}


def read_markup(query: Query) -> Json | None:
    """Read the markup of a message that is sent, and refuse what Telegram refuses."""
    markup = query.structure("reply_markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    return check(markup)


def check(markup: Json) -> Json:
    """Refuse a markup that Telegram refuses."""
    if "inline_keyboard" in markup:
        buttons = [button for row in markup["inline_keyboard"] for button in row]
        for button in buttons:
            _check_inline_button(button)
        if len(buttons) > rules.BUTTONS:
            raise bad_request("reply markup is too long")
    elif "keyboard" in markup:
        _reply_keyboard(markup)
    elif not (markup.get("remove_keyboard") or markup.get("force_reply")):
        raise bad_request("can't parse reply keyboard markup JSON object")
    placeholder = markup.get("input_field_placeholder", "")
    if len(placeholder) > rules.PLACEHOLDER:
        raise bad_request("input field placeholder is too long")
    return markup


def read_inline(query: Query) -> Json | None:
    """Read the markup of a message that is edited, which only an inline keyboard can be."""
    markup = read_markup(query)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup if markup and any(markup["inline_keyboard"]) else None


def _check_inline_button(button: Json) -> None:
    if not str(button.get("text", "")).strip():
        raise _unparsed('Can\'t find field "text"')
    does = [name for name in _DOES if name in button]
    if not does or button.get("callback_data") == "":
        raise _unparsed("Text buttons are unallowed in the inline keyboard")
    if len(does) > 1:
        raise bad_request("can't parse inline keyboard button: exactly one action field must be used")
    if len(button.get("callback_data", "").encode()) > rules.CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if button.get("style", "primary") not in _STYLES:
        raise bad_request("BUTTON_STYLE_INVALID")
    if "copy_text" in button and not 1 <= len(button["copy_text"].get("text", "")) <= rules.COPY_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    _check_address(button.get("url"))


def _check_address(url: str | None) -> None:
    """Refuse an address that no button may open; a bare host is taken for http."""
    if url is None:
        return
    if not re.fullmatch(r"(?:(?:https?|tg|ton)://)?[^\s:/?#]+(?::\d+)?(?:[/?#]\S*)?", url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    host = re.sub(r"^(?:https?|tg|ton)://", "", url).partition("/")[0]
    if "." not in host and not url.startswith(("tg://", "ton://")):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _reply_keyboard(markup: Json) -> None:
    buttons = [button for row in markup["keyboard"] for button in row]
    texts = [button if isinstance(button, str) else button.get("text", "") for button in buttons]
    if not texts or not all(texts):
        raise bad_request("can't parse keyboard button: Text can't be empty")


def _unparsed(why: str) -> Exception:
    return bad_request(f"can't parse inline keyboard button: {why}")
