"""Read the settings from the environment and a `.env` file, and name every fault at once."""

import difflib
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.texts import Language
from storage.errors import SettingsError

PREFIX = "GRIMCHE_"

Port = Annotated[int, Field(ge=0, le=65535)]
LogLevel = Literal["debug", "info", "warning", "error"]


class Settings(BaseSettings):
    """What can be set; each field is the environment variable of its name with `GRIMCHE_` before it."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    data: Path = Field(default=Path("data"), description="Folder that holds everything Grimche writes.")
    language: Language = Field(default=Language.EN, description="Language of the answers: en or ko.")
    web_host: str = Field(
        default="127.0.0.1",
        description="Address on which the web chat listens; anything but 127.0.0.1 opens it to others.",
    )
    web_port: Port = Field(default=8080, description="Port of the web chat; 0 takes any free one.")
    web_upload_mb: int = Field(
        default=64, ge=1, le=1024, description="Largest upload to the web chat, in MB."
    )
    threads: int = Field(default=2, ge=1, le=64, description="Threads that look at pictures.")
    max_waiting: int = Field(
        default=32, ge=0, le=10_000, description="Queries that may wait for a thread; more are sent away."
    )
    max_pictures: int = Field(default=10, ge=1, le=100, description="Pictures that one query may hold.")
    log_level: LogLevel = Field(
        default="warning", description="How much is logged: debug, info, warning or error."
    )

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.data / "grimche.db"

    @property
    def generations(self) -> Path:
        """The folder of the generations that were trained here."""
        return self.data / "generations"

    @property
    def logs(self) -> Path:
        """The folder for reports of unexpected errors."""
        return self.data / "logs"


def load_settings(
    options: Mapping[str, object] = MappingProxyType({}), *, env_file: Path = Path(".env")
) -> Settings:
    """Read the settings: `options` that are not None win over the environment, and that over `env_file`.

    Raises SettingsError, which names every setting that is wrong or unknown.
    """
    given: dict[str, Any] = {name: value for name, value in options.items() if value is not None}
    faults = _unknown_names(env_file)
    try:
        settings = Settings(_env_file=env_file, **given)
    except ValidationError as error:
        raise SettingsError(faults="; ".join([*_wrong_values(error), *faults])) from error
    if faults:
        raise SettingsError(faults="; ".join(faults))
    return settings


def _wrong_values(error: ValidationError) -> list[str]:
    """Say what is wrong with each setting, never repeating the value: it could be a secret."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    return [f"{variable(str(fault['loc'][0]))} {_lower(fault['msg'])}" for fault in faults]


def _lower(message: str) -> str:
    return message.removeprefix("Input ").rstrip(".")


def variable(field: str) -> str:
    """Return the environment variable of a field."""
    return PREFIX + field.upper()


def _unknown_names(env_file: Path) -> list[str]:
    known = {variable(field) for field in Settings.model_fields}
    names = {name.upper() for name in (*os.environ, *_names_in(env_file)) if name.upper().startswith(PREFIX)}
    return [f"{name} is unknown{_suggestion(name, known)}" for name in sorted(names - known)]


def _names_in(env_file: Path) -> list[str]:
    from dotenv import dotenv_values  # noqa: PLC0415  only here, and pydantic-settings loads it lazily too

    return list(dotenv_values(env_file, encoding="utf-8")) if env_file.is_file() else []


def _suggestion(name: str, known: set[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f" (did you mean {near[0]}?)" if near else ""
