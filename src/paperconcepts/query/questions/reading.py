"""Turn the rows of a SPARQL answer into the dataclasses that the Python functions return."""

from collections.abc import Callable
from dataclasses import fields
from types import NoneType
from typing import Annotated, Any, TypeVar, get_args, get_type_hints

from paperconcepts.errors import QueryError
from paperconcepts.model import ConceptType, Predicate, Role, Status
from paperconcepts.rdf.iris import decode_curie
from paperconcepts.rdf.namespaces import DEFAULT_BASE, ONTOLOGY, PREDICATE_NAMES, ROLE_NAMES
from paperconcepts.rdf.results import QueryResult

__all__ = ["ConceptId", "PaperId", "typed_rows"]

PaperId = Annotated[str, "paper"]
"""The id of a paper; in RDF its IRI."""

ConceptId = Annotated[str, "concept"]
"""The id of a concept; in RDF its IRI."""

_Row = TypeVar("_Row")

# What an IRI of the vocabulary stands for, by the type of the field.
_NAMED: dict[object, dict[str, Any]] = {
    Role: {ONTOLOGY + name: role for role, name in ROLE_NAMES.items()},
    Predicate: {ONTOLOGY + name: predicate for predicate, name in PREDICATE_NAMES.items()},
    ConceptType: {ONTOLOGY + kind: kind for kind in ConceptType},
    Status: {ONTOLOGY + status: status for status in Status},
}


def typed_rows(result: QueryResult, row_type: type[_Row], *, base: str = DEFAULT_BASE) -> list[_Row]:
    """Return the rows of a SELECT as instances of a dataclass whose fields are its variables, in their order.

    Raises:
        QueryError: variables and fields differ, or a cell does not fit its field.

    Examples:
        >>> from dataclasses import dataclass
        >>> from paperconcepts.rdf import RdfTerm
        >>> @dataclass
        ... class Row:
        ...     paper: PaperId
        ...     year: int | None
        >>> cell = RdfTerm("uri", "https://w3id.org/paperconcepts/paper/arxiv_2106.09685")
        >>> typed_rows(QueryResult(("paper", "year"), ((cell, None),)), Row)
        [Row(paper='arxiv:2106.09685', year=None)]
    """
    names = tuple(field.name for field in fields(row_type))  # type: ignore[arg-type] # a dataclass, as said
    if names != result.variables:
        raise QueryError(f"the variables {result.variables} are not the fields of {row_type.__name__}: {names}")
    hints = get_type_hints(row_type, include_extras=True)
    readers = [_reader(hints[name], base) for name in names]
    return [
        row_type(*(None if term is None else read(term.value) for read, term in zip(readers, row, strict=True)))
        for row in result.bindings
    ]


def _reader(hint: Any, base: str) -> Callable[[str], Any]:
    """The function from the text of a term to the value of a field of this type."""
    parts = [part for part in get_args(hint) if part is not NoneType]
    if NoneType in get_args(hint):
        return _reader(parts[0], base)
    if hint is PaperId:
        return lambda iri: decode_curie(iri.removeprefix(f"{base}paper/"))
    if hint is ConceptId:
        return lambda iri: iri.removeprefix(f"{base}concept/")
    if hint in _NAMED:
        return _NAMED[hint].__getitem__
    plain: Callable[[str], Any] = hint
    return plain
