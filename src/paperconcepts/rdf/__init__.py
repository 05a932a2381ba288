"""Graphs as RDF: Turtle, N-Triples, rdflib, SHACL and SPARQL. The only home of rdflib and Oxigraph."""

from paperconcepts.rdf.detail import DEFAULT_LICENCE, DetailLevel
from paperconcepts.rdf.namespaces import DEFAULT_BASE, ONTOLOGY, PREFIXES
from paperconcepts.rdf.queries import query_graph, query_rdf
from paperconcepts.rdf.results import QueryResult, RdfTerm, format_rows
from paperconcepts.rdf.validation import validate_rdf
from paperconcepts.rdf.writers import (
    RDF_SYNTAXES,
    graph_to_rdf,
    rdf_blocks,
    write_ntriples,
    write_rdf,
    write_turtle,
)

__all__ = [
    "DEFAULT_BASE",
    "DEFAULT_LICENCE",
    "ONTOLOGY",
    "PREFIXES",
    "RDF_SYNTAXES",
    "DetailLevel",
    "QueryResult",
    "RdfTerm",
    "format_rows",
    "graph_to_rdf",
    "query_graph",
    "query_rdf",
    "rdf_blocks",
    "validate_rdf",
    "write_ntriples",
    "write_rdf",
    "write_turtle",
]
