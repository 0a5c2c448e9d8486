"""Which routes the local Discord has, with the names by which tests know them.

https://discord.com/developers/docs/reference
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.discord_server import methods_application as application
from tests.discord_server import methods_channels as channels
from tests.discord_server import methods_interactions as interactions
from tests.discord_server.wire import Query

if TYPE_CHECKING:
    from tests.discord_server.world import World

Run = Callable[["World", Query], Awaitable[Any]]

_COMMANDS = "/applications/{application}/commands"
_IN_GUILD = "/applications/{application}/guilds/{guild}/commands"
_WEBHOOK = "/webhooks/{application}/{token}"
_MESSAGE = "/channels/{channel}/messages/{message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A route; one that is not `guarded` is opened by the token in its path."""

    name: str
    method: str
    path: str
    run: Run
    guarded: bool = True


def _guarded(name: str, method: str, path: str, run: Run) -> Route:
    return Route(name=name, method=method, path=path, run=run)


def _open(name: str, method: str, path: str, run: Run) -> Route:
    return Route(name=name, method=method, path=path, run=run, guarded=False)


ROUTES = (
    _guarded("login", "GET", "/users/@me", application.get_me),
    _guarded("get_application", "GET", "/oauth2/applications/@me", application.get_application),
    _guarded("get_application", "GET", "/applications/@me", application.get_application),
    _guarded("get_gateway", "GET", "/gateway/bot", application.get_gateway),
    _guarded("get_commands", "GET", _COMMANDS, application.get_commands),
    _guarded("sync", "PUT", _COMMANDS, application.sync),
    _guarded("add_command", "POST", _COMMANDS, application.add_command),
    _guarded("get_command", "GET", _COMMANDS + "/{command}", application.get_command),
    _guarded("remove_command", "DELETE", _COMMANDS + "/{command}", application.remove_command),
    _guarded("get_commands", "GET", _IN_GUILD, application.get_commands),
    _guarded("sync", "PUT", _IN_GUILD, application.sync),
    _guarded("add_command", "POST", _IN_GUILD, application.add_command),
    _guarded("get_command", "GET", _IN_GUILD + "/{command}", application.get_command),
    _guarded("remove_command", "DELETE", _IN_GUILD + "/{command}", application.remove_command),
    _open("callback", "POST", "/interactions/{interaction}/{token}/callback", interactions.callback),
    _open("follow_up", "POST", _WEBHOOK, interactions.follow_up),
    _open("get_original", "GET", _WEBHOOK + "/messages/{message:@original}", interactions.get_original),
    _open("edit_original", "PATCH", _WEBHOOK + "/messages/{message:@original}", interactions.edit_original),
    _open(
        "delete_original", "DELETE", _WEBHOOK + "/messages/{message:@original}", interactions.delete_original
    ),
    _open("get_follow_up", "GET", _WEBHOOK + "/messages/{message}", interactions.get_original),
    _open("edit_follow_up", "PATCH", _WEBHOOK + "/messages/{message}", interactions.edit_original),
    _open("delete_follow_up", "DELETE", _WEBHOOK + "/messages/{message}", interactions.delete_original),
    _guarded("send_message", "POST", "/channels/{channel}/messages", channels.send_message),
    _guarded("get_message", "GET", _MESSAGE, channels.get_message),
    _guarded("edit_message", "PATCH", _MESSAGE, channels.edit_message),
    _guarded("delete_message", "DELETE", _MESSAGE, channels.delete_message),
    _guarded("typing", "POST", "/channels/{channel}/typing", channels.typing),
    _guarded("get_channel", "GET", "/channels/{channel}", channels.get_channel),
    _guarded("open_dm", "POST", "/users/@me/channels", channels.open_dm),
    _guarded("leave_guild", "DELETE", "/users/@me/guilds/{guild}", channels.leave_guild),
    _guarded("get_user", "GET", "/users/{user}", channels.get_user),
    _guarded("get_guild", "GET", "/guilds/{guild}", channels.get_guild),
)
