"""Look whether the fields of an answer are where they were."""

from collections.abc import Iterable

from scraper.fields import Node, has
from scraper.markup import Element, select
from scraper.sources.listing import FieldCheck
from storage.errors import ShapeChanged


def check_fields(node: Node, required: Iterable[str], *, optional: Iterable[str] = ()) -> list[FieldCheck]:
    """Look for fields by their paths below `node`."""
    return [
        FieldCheck(
            where=node.where,
            field=f"{node.path}.{path}" if node.path else path,
            known=has(node, path),
            required=needed,
        )
        for paths, needed in ((required, True), (optional, False))
        for path in paths
    ]


def check_parts(
    element: Element, required: Iterable[str], *, optional: Iterable[str] = ()
) -> list[FieldCheck]:
    """Look for parts of a page by their selectors below `element`."""
    return [
        FieldCheck(
            where=element.where, field=selector, known=bool(select(element, selector)), required=needed
        )
        for selectors, needed in ((required, True), (optional, False))
        for selector in selectors
    ]


def missing(fault: ShapeChanged) -> FieldCheck:
    """Say which field kept the check from going on."""
    return FieldCheck(where=str(fault.values["where"]), field=str(fault.values["field"]), known=False)
