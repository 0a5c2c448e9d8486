"""The settings for who operates it: log, metrics and backups."""

from typing import Annotated, Literal

from pydantic import Field
from pydantic_settings import BaseSettings

LogLevel = Literal["debug", "info", "warning", "error"]
LogFormat = Literal["text", "json"]
Port = Annotated[int, Field(ge=0, le=65535)]


class OperatingSettings(BaseSettings):
    """What can be set about watching and keeping it."""

    log_level: LogLevel = Field(
        default="warning", description="How much is logged: debug, info, warning or error."
    )
    log_format: LogFormat = Field(
        default="text", description="How the log is written: text, or json with one object a line."
    )
    metrics_port: Port = Field(
        default=0, description="Port for /metrics (Prometheus) and /health; 0: neither is served."
    )
    metrics_host: str = Field(
        default="127.0.0.1",
        description="Address of the metrics; anything but 127.0.0.1 opens them to others.",
    )
    backups: str = Field(
        default="", description="Folder for the daily backups; empty: backups in the data folder."
    )
    keep_backups: int = Field(default=7, ge=1, le=1000, description="Daily backups that are kept.")
