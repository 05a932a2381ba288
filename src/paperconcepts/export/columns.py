"""The columns that describe nodes and edges, named alike in every file that has columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from paperconcepts.export.property_graph import Drawable, Edge, Node

__all__ = [
    "EDGE_COLUMNS",
    "LINK_COLUMNS",
    "NODE_COLUMNS",
    "Column",
    "Value",
    "edge_columns",
    "known_values",
    "say_relation",
]

Value = str | int | float | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in files, the attribute of :class:`Node` or :class:`Edge` it shows, and its type."""

    name: str
    attribute: str
    type: Literal["string", "integer", "double", "list"]


# Not among them: what each format has a place of its own for (id, label, position, size, colour, weight).
# No column is called "type" or "id": viewers take these names for themselves.
NODE_COLUMNS = (
    Column("kind", "kind", "string"),
    Column("concept_type", "concept_type", "string"),
    Column("year", "year", "integer"),
    Column("date", "date", "string"),
    Column("degree", "degree", "integer"),
    Column("support", "support", "integer"),
    Column("url", "url", "string"),
    Column("aliases", "aliases", "list"),
    Column("community", "community", "integer"),
)
EDGE_COLUMNS = (
    Column("relation", "relation", "string"),
    Column("edge_kind", "kind", "string"),
    Column("confidence", "confidence", "double"),
    Column("date", "date", "string"),
    Column("evidence", "evidence", "string"),
)

# The links of a projection are not believed more or less, they are stronger or weaker.
LINK_COLUMNS = tuple(
    Column("strength", "confidence", "double") if column.name == "confidence" else column for column in EDGE_COLUMNS
)


def edge_columns(graph: Drawable) -> tuple[Column, ...]:
    """The columns of the edges of ``graph``: those of a projection are named after what they mean there."""
    return EDGE_COLUMNS if graph.directed else LINK_COLUMNS


def known_values(item: Node | Edge, columns: tuple[Column, ...]) -> Iterator[tuple[int, Column, Value]]:
    """Yield the number, the column and the value of each column of ``item`` whose value is known."""
    for number, column in enumerate(columns):
        value: Value = getattr(item, column.attribute)
        # Of what is empty only a number is known, but for a year.
        if value or (value == 0 and column.name != "year"):
            yield number, column, value


def say_relation(relation: str) -> str:
    """A relation as a label shows it.

    Examples:
        >>> say_relation("evaluates_on")
        'evaluates on'
    """
    return relation.replace("_", " ")
