"""The way back from an RDF export to the nodes and edges of the graph that it was made from."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import unquote

from paperconcepts.errors import SourceError
from paperconcepts.model import ConceptType
from paperconcepts.rdf.iris import decode_curie
from paperconcepts.rdf.namespaces import DEFAULT_BASE, ONTOLOGY, PREDICATE_NAMES, PREFIXES, ROLE_NAMES, check_base

__all__ = ["NodesAndEdges", "read_rdf"]

Edge: TypeAlias = tuple[str, str, str, dict[str, Any]]
_TYPE, _LABEL = PREFIXES["rdf"] + "type", PREFIXES["rdfs"] + "label"
_PREF_LABEL = PREFIXES["skos"] + "prefLabel"
_PAPER = ONTOLOGY + "Paper"
_KINDS = {ONTOLOGY + kind: str(kind) for kind in ConceptType}
# The direct property of each role and relation: what kind of edge it is, and its key.
_DIRECT = {ONTOLOGY + name: ("assertion", str(role)) for role, name in ROLE_NAMES.items()}
_DIRECT |= {ONTOLOGY + name: ("relation", str(predicate)) for predicate, name in PREDICATE_NAMES.items()}
_ENDS = {
    ONTOLOGY + "Assertion": (ONTOLOGY + "paper", ONTOLOGY + "role", ONTOLOGY + "concept"),
    ONTOLOGY + "ConceptRelation": (ONTOLOGY + "subject", ONTOLOGY + "predicate", ONTOLOGY + "object"),
}
_WANTED = {
    _TYPE, _LABEL, _PREF_LABEL, *_DIRECT, *(name for ends in _ENDS.values() for name in ends),
    *(ONTOLOGY + name for name in ("year", "confidence", "support")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NodesAndEdges:
    """What an RDF file says of the graph, ready for ``add_nodes_from`` and ``add_edges_from`` of a MultiDiGraph.

    Attributes:
        nodes: (id, attributes), sorted: ``kind`` and ``label``, of a paper ``year``, of a concept ``concept_type``.
        edges: (from, to, key, attributes), sorted: ``kind``, and where the file holds nodes of statements
            ``confidence`` and ``support``.
    """

    nodes: list[tuple[str, dict[str, Any]]]
    edges: list[Edge]


def read_rdf(path: str | Path, *, base: str = DEFAULT_BASE) -> NodesAndEdges:
    """Read an export in any of its syntaxes, told by the suffix; ``base`` is that of its data.

    Raises:
        SourceError: the file is missing or malformed, or of no known kind.
        ConfigurationError: ``base`` is not a usable IRI.

    Examples:
        >>> import pathlib, tempfile
        >>> from paperconcepts.examples import example_graph
        >>> from paperconcepts.rdf import write_turtle
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "graph.ttl"
        >>> write_turtle(example_graph(), target, level="core")
        >>> found = read_rdf(target)
        >>> len(found.edges) == example_graph().graph.number_of_edges()
        True
        >>> dict(found.nodes)["low-rank-adaptation"]["label"]
        'Low-Rank Adaptation'
    """
    check_base(base)
    told = _told(Path(path))
    ids = {iri: name for iri in told if (name := _id(iri, base)) is not None}
    nodes = [(name, attributes) for iri, name in ids.items() if (attributes := _attributes(told[iri]))]
    statements = dict(filter(None, map(_statement, told.values())))
    edges = []
    for iri, name in ids.items():
        for predicate, targets in told[iri].items():
            if predicate in _DIRECT:
                kind, key = _DIRECT[predicate]
                for target in targets:
                    known = statements.get((iri, predicate, target), {})
                    edges.append((name, ids.get(target, target), key, {"kind": kind, **known}))
    return NodesAndEdges(sorted(nodes, key=lambda node: node[0]), sorted(edges, key=lambda edge: edge[:3]))


_Properties: TypeAlias = dict[str, list[str]]


def _told(path: Path) -> dict[str, _Properties]:
    import pyoxigraph

    told: dict[str, _Properties] = defaultdict(lambda: defaultdict(list))
    try:
        for quad in pyoxigraph.parse(path=path):
            if quad.predicate.value in _WANTED:
                subject, term = quad.subject, quad.object
                if isinstance(subject, pyoxigraph.NamedNode) and not isinstance(term, pyoxigraph.Triple):
                    values = told[subject.value][quad.predicate.value]
                    # A triple may stand in several graphs.
                    if term.value not in values:
                        values.append(term.value)
    except (OSError, SyntaxError, ValueError) as error:
        raise SourceError(f"cannot be read as RDF: {error}", file=str(path)) from error
    return told


def _id(iri: str, base: str) -> str | None:
    if iri.startswith(base + "paper/"):
        return decode_curie(iri[len(base) + 6 :])
    return unquote(iri[len(base) + 8 :]) if iri.startswith(base + "concept/") else None


def _attributes(told: _Properties) -> dict[str, Any]:
    types = told.get(_TYPE, ())
    if _PAPER in types:
        year = told.get(ONTOLOGY + "year")
        return {"kind": "paper", "label": told[_LABEL][0], "year": int(year[0]) if year else None}
    kinds = [_KINDS[name] for name in types if name in _KINDS]
    return {"kind": "concept", "label": told[_PREF_LABEL][0], "concept_type": kinds[0]} if kinds else {}


def _statement(told: _Properties) -> tuple[tuple[str, ...], dict[str, Any]] | None:
    for name in told.get(_TYPE, ()):
        if name in _ENDS:
            triple = tuple(told[end][0] for end in _ENDS[name])
            confidence, support = told[ONTOLOGY + "confidence"][0], told[ONTOLOGY + "support"][0]
            return triple, {"confidence": float(confidence), "support": int(support)}
    return None
