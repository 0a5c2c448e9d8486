"""Errors of a process that serves: its settings, ports and tokens."""

from storage.errors.base import GrimcheError


class SettingsError(GrimcheError):
    """A setting is missing or wrong; `faults` lists all of them by name."""

    key = "error-settings"
    sentence = "These settings need mending: {faults}"


class CannotListen(GrimcheError):
    """The web chat cannot listen on `port` of `host`; `fault` says why."""

    key = "error-cannot-listen"
    sentence = "The web chat cannot listen on {host}, port {port}: {fault}; choose another with --port."


class WebhookCannotListen(CannotListen):
    """The webhook cannot listen on `port` of `host`; `fault` says why."""

    key = "error-webhook-cannot-listen"
    sentence = (
        "The webhook cannot listen on {host}, port {port}: {fault}; "
        "choose another with GRIMCHE_TELEGRAM_WEBHOOK_PORT."
    )


class MetricsCannotListen(CannotListen):
    """The metrics cannot listen on `port` of `host`; `fault` says why."""

    key = "error-metrics-cannot-listen"
    sentence = (
        "The metrics cannot listen on {host}, port {port}: {fault}; choose another with GRIMCHE_METRICS_PORT."
    )


class TokenRefused(GrimcheError):
    """A chat network does not know the bot of the token in `setting`, or does not any more."""

    key = "error-token-refused"
    sentence = "{door} refuses the token; check {setting}, or get a new token."


class SecondPoller(GrimcheError):
    """Another process reads what this bot is sent."""

    key = "error-second-poller"
    sentence = "Another process reads the messages of this bot; stop it, or use another token here."
