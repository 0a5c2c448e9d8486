"""Say everything in the user's language: Fluent files, one per language, with the same ids."""

from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle

    from storage.errors import GrimcheError


class Language(StrEnum):
    """A language that Grimche speaks."""

    EN = "en"
    KO = "ko"


class Texts:
    """The sentences of one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._bundle = _bundle(language)

    def format(self, message: str, **values: str | float) -> str:
        """Fill the sentence named `message`; LookupError: it or a value is missing, which is a bug."""
        if not self._bundle.has_message(message):
            raise LookupError(f"no text {message!r} in {self.language}")
        pattern = self._bundle.get_message(message).value
        text, faults = self._bundle.format_pattern(pattern, values)
        if faults:
            raise LookupError(f"text {message!r} in {self.language}: {faults[0]}")
        return str(text)

    def error(self, error: "GrimcheError") -> str:
        """Say in one sentence what was wrong and what to do."""
        return self.format(error.key, **error.values)


@cache
def get(language: Language) -> Texts:
    """Return the texts of a language; they are read on the first call."""
    return Texts(language)


def source(language: Language) -> str:
    """Return the language's Fluent file as it stands."""
    return files(__package__).joinpath(f"{language}.ftl").read_text(encoding="utf-8")


def _bundle(language: Language) -> "FluentBundle":
    # Imported here because Babel, below it, would slow every start of the command line.
    from fluent.runtime import FluentBundle, FluentResource  # noqa: PLC0415

    # Isolation marks are invisible characters around values; terminals and chats show them as boxes.
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(source(language)))
    return bundle
