"""getUpdates, setWebhook, deleteWebhook and getWebhookInfo.

https://core.telegram.org/bots/api#getting-updates
"""

import re
from typing import Any
from urllib.parse import urlsplit

from tests.telegram_server import rules
from tests.telegram_server.refusals import bad_request, conflict
from tests.telegram_server.webhooks import Webhook
from tests.telegram_server.wire import Query
from tests.telegram_server.world import World

Json = dict[str, Any]

_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


async def get_updates(world: World, query: Query) -> list[Json]:
    """https://core.telegram.org/bots/api#getupdates."""
    if world.webhook is not None:
        raise conflict(_ACTIVE)
    _allow(world, query)
    limit = query.integer("limit", rules.UPDATES)
    if not 1 <= limit <= rules.UPDATES:
        limit = rules.UPDATES
    seconds = min(max(0, query.integer("timeout")), rules.POLL_SECONDS)
    return list(await world.updates.poll(query.integer("offset"), limit=limit, seconds=seconds))


async def set_webhook(world: World, query: Query) -> bool:
    """https://core.telegram.org/bots/api#setwebhook."""
    url, secret = query.text("url"), query.text("secret_token")
    if not url:
        return await delete_webhook(world, query)
    _check(url, secret, given="secret_token" in query.values)
    _allow(world, query)
    if query.flag("drop_pending_updates"):
        world.updates.drop()
    world.updates.interrupt(conflict("terminated by setWebhook request"))
    if world.webhook is not None:
        world.webhook.stop()
    world.webhook = Webhook(
        world.updates, url, secret=secret, to=world.routes, connections=query.integer("max_connections", 40)
    )
    return True


async def delete_webhook(world: World, query: Query) -> bool:
    """https://core.telegram.org/bots/api#deletewebhook."""
    if query.flag("drop_pending_updates"):
        world.updates.drop()
    if world.webhook is not None:
        world.webhook.stop()
    world.webhook = None
    return True


async def get_webhook_info(world: World, _query: Query) -> Json:
    """https://core.telegram.org/bots/api#webhookinfo."""
    hook, waiting = world.webhook, len(world.updates.pending)
    shown: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": waiting}
    if world.updates.allowed:
        shown["allowed_updates"] = sorted(world.updates.allowed)
    if hook is not None:
        shown |= {"url": hook.url, "max_connections": hook.connections}
        if hook.last_error:
            shown |= {"last_error_date": hook.last_error_at, "last_error_message": hook.last_error}
    return shown


def _allow(world: World, query: Query) -> None:
    """Take over which kinds are wanted; without a word it stays as it was."""
    allowed = query.structure("allowed_updates")
    if allowed is not None:
        world.updates.allowed = frozenset(allowed)


def _check(url: str, secret: str, *, given: bool) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in rules.WEBHOOK_PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if given and secret:
        if len(secret) > rules.SECRET:
            raise bad_request("secret token must be at most 256 characters long")
        if not re.fullmatch(r"[A-Za-z0-9_-]+", secret):
            raise bad_request("secret token contains unallowed characters")
