"""The one base of all errors, and how one that another process recorded is made again."""

from typing import ClassVar


class GrimcheError(Exception):
    """Carry one sentence that says what was wrong and what to do."""

    key: ClassVar[str] = "error-unexpected"
    sentence: ClassVar[str] = "Something went wrong."

    def __init__(self, **values: str | int) -> None:
        """Fill the sentence with `values`."""
        self.values = values
        super().__init__(self.sentence.format_map(values))


def restored(key: str, values: dict[str, str | int]) -> GrimcheError:
    """Make the error of a `key` again, as another process recorded it; one that is unknown says little."""
    kinds = [GrimcheError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
        if kind.key == key:
            return kind(**values)
    return GrimcheError()
