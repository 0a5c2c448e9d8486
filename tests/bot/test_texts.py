import re
import string

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from bot import texts
from bot.texts import Language
from storage import answers, errors, records


class Variables(Visitor):
    """Collect the names of the variables in a message."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: D102, N802  the library's name
        self.names.add(node.id.name)


def variables(language: Language) -> dict[str, set[str]]:
    """Map each id of a language to its variables."""
    found = {}
    for entry in FluentParser().parse(texts.source(language)).body:
        assert not isinstance(entry, ast.Junk), entry.content
        if isinstance(entry, ast.Message):
            assert entry.id.name not in found
            visitor = Variables()
            visitor.visit(entry)
            found[entry.id.name] = visitor.names
    return found


def every_error() -> list[type[errors.GrimcheError]]:
    """List the whole error tree."""
    found = [errors.GrimcheError]
    for error in found:
        found.extend(error.__subclasses__())
    return found


def example(error: type[errors.GrimcheError]) -> errors.GrimcheError:
    """Make an error with a value for each field of its sentence."""
    fields = {name for _, name, _, _ in string.Formatter().parse(error.sentence) if name}
    return error(**dict.fromkeys(fields, "x"))


def test_same_ids_and_variables() -> None:
    """English and Korean have the same ids, and each id the same variables."""
    assert variables(Language.EN) == variables(Language.KO)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("error", every_error(), ids=lambda error: error.__name__)
def test_every_error_has_a_sentence(error: type[errors.GrimcheError], language: Language) -> None:
    """Every error is said in every language, filled from the values its own sentence needs."""
    sentence = texts.get(language).error(example(error))
    assert sentence
    assert "{" not in sentence


def test_english_errors_read_the_same_in_logs() -> None:
    """The English text of an error is its `str`, so that logs and people say the same."""
    plain = {e.__name__: str(example(e)) for e in every_error() if e is not errors.GrimcheError}
    said = {
        e.__name__: texts.get(Language.EN).error(example(e)) for e in every_error() if e.__name__ in plain
    }
    assert {name: said[name].replace("×", "x") for name in said} == plain


def test_korean_is_korean() -> None:
    """No sentence of the Korean file was left in English."""
    bare = re.findall(r"^([\w-]+) = ([^가-힣{]+)$", texts.source(Language.KO), re.MULTILINE)
    assert [name for name, _ in bare] == ["platform-webtoons"]


@pytest.mark.parametrize("language", list(Language))
def test_words_for_closed_sets(language: Language) -> None:
    """Every familiarity and every platform has its words."""
    ids = variables(language)
    wanted = {f"familiarity-{f}" for f in answers.Familiarity} | {f"platform-{p}" for p in records.Platform}
    assert wanted <= ids.keys()


def test_no_isolation_marks() -> None:
    """Values stand in the text without invisible marks around them."""
    assert texts.get(Language.EN).format("match-rank", rank=3) == "No. 3"


def test_missing_text_is_a_bug() -> None:
    """An unknown id is refused instead of shown to a user."""
    with pytest.raises(LookupError, match="no-such-text"):
        texts.get(Language.EN).format("no-such-text")


def test_missing_value_is_a_bug() -> None:
    """A sentence without its value is refused instead of shown with a hole."""
    with pytest.raises(LookupError, match="rank"):
        texts.get(Language.KO).format("match-rank")
