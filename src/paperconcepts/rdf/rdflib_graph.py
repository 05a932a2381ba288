"""A graph as one of rdflib, for those who go on working with it there."""

import json
from typing import TYPE_CHECKING

from paperconcepts.graph import ResearchGraph
from paperconcepts.rdf.detail import DEFAULT_LICENCE, DetailLevel
from paperconcepts.rdf.namespaces import DEFAULT_BASE, prefixes_for
from paperconcepts.rdf.terms import Term, split_literal
from paperconcepts.rdf.triples import describe_graph

if TYPE_CHECKING:
    import rdflib

__all__ = ["graph_to_rdf"]


def graph_to_rdf(
    graph: ResearchGraph, *, base: str = DEFAULT_BASE, level: str = DetailLevel.FULL, licence: str = DEFAULT_LICENCE
) -> "rdflib.Graph":
    """Return the graph as an :class:`rdflib.Graph` with the usual prefixes bound: the triples that the writers write.

    Raises:
        ConfigurationError: ``base`` or ``licence`` is not a usable IRI, or there is no such level.

    Examples:
        >>> from paperconcepts.graph import build_graph
        >>> rdf = graph_to_rdf(build_graph([]), base="https://example.org/")
        >>> sorted(str(subject) for subject in set(rdf.subjects()))[-2:]
        ['https://example.org/dataset/Run', 'https://example.org/run/paperconcepts-...']
    """
    # rdflib takes a third of a second to import, and the writers do not need it.
    import rdflib

    rdf = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in prefixes_for(base).items():
        rdf.bind(prefix, namespace)
    for subject, pairs, _ in describe_graph(graph, base=base, level=level, licence=licence):
        node = rdflib.URIRef(subject[1:-1])
        for predicate, term in pairs:
            rdf.add((node, rdflib.URIRef(predicate[1:-1]), _node(term)))
    return rdf


def _node(term: Term) -> "rdflib.term.Node":
    import rdflib

    if term[0] == "<":
        return rdflib.URIRef(term[1:-1])
    text, datatype, language = split_literal(term)
    # normalize=False: rdflib would else rewrite the text of a number, unless a global says otherwise.
    return rdflib.Literal(json.loads(text), datatype=datatype or None, lang=language or None, normalize=False)
