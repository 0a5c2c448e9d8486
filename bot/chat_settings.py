"""The settings of the chat networks."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings

Port = Annotated[int, Field(ge=0, le=65535)]

_TELEGRAM_TOKEN = re.compile(r"[0-9]{3,20}:[\w-]{30,100}", re.ASCII)
_API = re.compile(r"https?://[^\s/?#@]+(/[^\s?#]*)?", re.IGNORECASE)
_WEBHOOK = re.compile(r"https://[^\s/?#@]+(/[^\s?#]*)?", re.IGNORECASE)
_GATEWAY = re.compile(r"wss?://[^\s/?#@]+(/[^\s?#]*)?", re.IGNORECASE)
_WEBHOOK_SECRET = re.compile(r"[\w-]{1,256}", re.ASCII)
_ADMIN = re.compile(r"(telegram|discord):([0-9]{1,20})")


def _telegram_token(value: SecretStr) -> SecretStr:
    if value.get_secret_value() and not _TELEGRAM_TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError("needs the token as BotFather gave it, like 123456:ABC-DEF")
    return value


def _api(value: str) -> str:
    if not _API.fullmatch(value):
        raise ValueError("needs an address like https://api.telegram.org/bot")
    return value


def _webhook(value: str) -> str:
    if value and not _WEBHOOK.fullmatch(value):
        raise ValueError("needs an https address that Telegram can reach")
    return value


def _webhook_secret(value: SecretStr) -> SecretStr:
    if value.get_secret_value() and not _WEBHOOK_SECRET.fullmatch(value.get_secret_value()):
        raise ValueError("needs 1 to 256 letters, digits, _ and -")
    return value


def _gateway(value: str) -> str:
    if value and not _GATEWAY.fullmatch(value):
        raise ValueError("needs an address like wss://gateway.discord.gg/")
    return value


def _admins(value: str) -> str:
    if value and not all(_ADMIN.fullmatch(name.strip()) for name in value.split(",")):
        raise ValueError("needs numbers of users, like telegram:123,discord:456")
    return value


TelegramToken = Annotated[SecretStr, AfterValidator(_telegram_token)]
Api = Annotated[str, AfterValidator(_api)]
Webhook = Annotated[str, AfterValidator(_webhook)]
WebhookSecret = Annotated[SecretStr, AfterValidator(_webhook_secret)]
Gateway = Annotated[str, AfterValidator(_gateway)]
AdminList = Annotated[str, AfterValidator(_admins)]


class ChatSettings(BaseSettings):
    """What can be set of the doors of chat networks; a door without a token stays shut."""

    telegram_token: TelegramToken = Field(
        default=SecretStr(""), description="Token of the Telegram bot, as BotFather gives it; empty: no bot."
    )
    telegram_api: Api = Field(
        default="https://api.telegram.org/bot", description="Where Telegram's Bot API is; it can be your own."
    )
    telegram_files: Api = Field(
        default="https://api.telegram.org/file/bot",
        description="Where the files of Telegram's Bot API are.",
    )
    telegram_webhook: Webhook = Field(
        default="",
        description="Public https address to which Telegram shall send messages; empty: they are fetched.",
    )
    telegram_webhook_secret: WebhookSecret = Field(
        default=SecretStr(""),
        description="Secret that Telegram sends along to the webhook; empty: a new one at each start.",
    )
    telegram_webhook_host: str = Field(
        default="127.0.0.1", description="Address on which the webhook listens, behind your TLS proxy."
    )
    telegram_webhook_port: Port = Field(
        default=8443, description="Port of the webhook; 0 takes any free one."
    )
    telegram_rate: float = Field(
        default=30,
        gt=0,
        le=1000,
        description="Messages a second, at most; Telegram lets bots send 30, and more to those that pay.",
    )
    discord_token: SecretStr = Field(
        default=SecretStr(""),
        description="Token of the Discord bot, from the developer portal; empty: no bot.",
    )
    discord_api: Api = Field(
        default="https://discord.com/api/v10", description="Where Discord's API is, with its version."
    )
    discord_gateway: Gateway = Field(
        default="", description="Where Discord's gateway is; empty: where Discord says."
    )
    discord_admin_guild: int = Field(
        default=0,
        ge=0,
        description="Number of the Discord server in which admins have their commands; 0: in none.",
    )
    discord_shards: int = Field(
        default=0,
        ge=0,
        le=16_384,
        description="Connections to Discord's gateway; 0: as many as Discord recommends.",
    )
    admins: AdminList = Field(
        default="",
        description="Numbers of the admins, with commas between, such as telegram:123,discord:456.",
    )
    web: bool = Field(
        default=False,
        description="Whether to serve the web chat beside the bots; without any bot it is served anyway.",
    )
    person_per_minute: int = Field(
        default=12, ge=1, le=10_000, description="Questions a minute, at most, of one person to the bots."
    )
    chat_per_minute: int = Field(
        default=30, ge=1, le=10_000, description="Questions a minute, at most, in one chat of the bots."
    )

    def admins_of(self, door: str) -> frozenset[int]:
        """List the user numbers of a door's admins."""
        named = (_ADMIN.fullmatch(name.strip()) for name in self.admins.split(","))
        return frozenset(int(found[2]) for found in named if found and found[1] == door)

    @property
    def networks(self) -> tuple[str, ...]:
        """The chat networks that have a token."""
        known = {"telegram": self.telegram_token, "discord": self.discord_token}
        return tuple(name for name, token in known.items() if token.get_secret_value())

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be logged."""
        known = (self.telegram_token, self.telegram_webhook_secret, self.discord_token)
        return tuple(value.get_secret_value() for value in known if value.get_secret_value())
