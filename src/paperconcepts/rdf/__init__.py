"""Graphs as RDF: Turtle, N-Triples, rdflib, SHACL and SPARQL. The only home of rdflib and Oxigraph."""

from paperconcepts.rdf.namespaces import DEFAULT_BASE, ONTOLOGY, PREFIXES
from paperconcepts.rdf.queries import query_graph, query_rdf
from paperconcepts.rdf.results import QueryResult, RdfTerm, format_rows
from paperconcepts.rdf.validation import validate_rdf
from paperconcepts.rdf.writers import graph_to_rdf, write_ntriples, write_turtle

__all__ = [
    "DEFAULT_BASE",
    "ONTOLOGY",
    "PREFIXES",
    "QueryResult",
    "RdfTerm",
    "format_rows",
    "graph_to_rdf",
    "query_graph",
    "query_rdf",
    "validate_rdf",
    "write_ntriples",
    "write_turtle",
]
