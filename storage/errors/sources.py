"""Errors of platforms that answer badly."""

from storage.errors.base import GrimcheError


class SourceError(GrimcheError):
    """A `platform` answered badly; `fault` says how."""

    key = "error-source"
    sentence = "{platform} cannot be read: {fault}"


class Gated(SourceError):
    """What `where` names is only for readers who log in, such as adults."""

    key = "error-gated"
    sentence = "{platform} shows {where} only to readers who log in."


class NotThere(SourceError):
    """The platform has nothing at `where`."""

    key = "error-not-there-any-more"
    sentence = "{platform} has nothing at {where}."


class NoAnswer(SourceError):
    """The `host` gave no usable answer to one request, after all its retries; `fault` is the last one's."""

    key = "error-no-answer"
    sentence = "{platform} gave no usable answer: {host} {fault}."


class ShapeChanged(SourceError):
    """The `field` of `where`, a path such as "articleList[3].no", is missing or of another kind."""

    key = "error-shape-changed"
    sentence = "{platform} has changed its interface: {field} of {where} is not as it was."


class RunEnded(SourceError):
    """Nothing more is to be had of the platform in this run."""

    key = "error-run-ended"
    sentence = "Nothing more could be had of {platform}."


class HostRefused(RunEnded):
    """The `host` refuses us again and again; `fault` says how."""

    key = "error-host-refused"
    sentence = "{platform} wants no more requests: {host} {fault}; wait a day, and lower the rate."


class RobotsForbid(HostRefused):
    """The robots.txt of `host` forbids us to fetch `path`."""

    key = "error-robots-forbid"
    sentence = "{platform} does not want {path} to be fetched: the robots.txt of {host} forbids it."


class HostUnreachable(RunEnded):
    """The `host` has not answered several requests in a row; `fault` is the last one's."""

    key = "error-host-unreachable"
    sentence = "{platform} does not answer: {host} {fault}; try again later."


class BudgetSpent(RunEnded):
    """The run has made as many requests (`maximum`) as it may."""

    key = "error-budget-spent"
    sentence = "The run has made the {maximum} requests that it may; the next one continues."
