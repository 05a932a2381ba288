"""The names of the RDF export: namespaces, prefixes, and the property of each role and predicate."""

import re

from paperconcepts.errors import ConfigurationError
from paperconcepts.model import Predicate, Role

__all__ = [
    "DATA_KINDS",
    "DEFAULT_BASE",
    "ONTOLOGY",
    "PREDICATE_NAMES",
    "PREFIXES",
    "ROLE_NAMES",
    "camel_case",
    "check_base",
    "prefixes_for",
]

DEFAULT_BASE = "https://w3id.org/paperconcepts/"

# The vocabulary keeps its name whatever the base of the data, so that graphs of two houses can be merged.
ONTOLOGY = "https://w3id.org/paperconcepts/ontology#"

PREFIXES = {
    "bibo": "http://purl.org/ontology/bibo/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "fabio": "http://purl.org/spar/fabio/",
    "itsrdf": "http://www.w3.org/2005/11/its/rdf#",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "pc": ONTOLOGY,
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# A constant number of flat namespaces: rdflib's Turtle writer slows down with every new one.
DATA_KINDS = (
    "agent",
    "assertion",
    "authorship",
    "concept",
    "dataset",
    "evidence",
    "graph",
    "mention",
    "paper",
    "relation",
    "result",
    "run",
    "sentence",
    "source",
    "text",
)

_BASE = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?/(?:[A-Za-z0-9._~/-]*[/#])?\Z")


def camel_case(name: str) -> str:
    """Turn a name with underscores into the local name of a property.

    Examples:
        >>> camel_case("evaluates_on"), camel_case("is_a")
        ('evaluatesOn', 'isA')
    """
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


ROLE_NAMES = {role: camel_case(role) for role in Role}
PREDICATE_NAMES = {predicate: camel_case(predicate) for predicate in Predicate}


def check_base(base: str) -> str:
    """Return ``base`` if IRIs can be made by appending to it.

    Raises:
        ConfigurationError: it is not an absolute http(s) IRI that ends with a slash or a hash.

    Examples:
        >>> check_base("https://example.org/kg/")
        'https://example.org/kg/'
        >>> check_base("https://example.org/kg")
        Traceback (most recent call last):
        ...
        paperconcepts.errors.ConfigurationError: base IRI 'https://example.org/kg' must be ...
    """
    if not _BASE.match(base):
        raise ConfigurationError(
            f"base IRI {base!r} must be an http(s) IRI of plain characters that ends with '/' or '#', "
            f"for example {DEFAULT_BASE}"
        )
    return base


def prefixes_for(base: str) -> dict[str, str]:
    """Return all prefixes of an export with this base, sorted by prefix.

    Examples:
        >>> prefixes_for("https://example.org/")["paper"]
        'https://example.org/paper/'
    """
    data = {kind: f"{check_base(base)}{kind}/" for kind in DATA_KINDS}
    return dict(sorted({**PREFIXES, **data}.items()))
