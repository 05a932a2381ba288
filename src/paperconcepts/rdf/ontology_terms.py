"""The ontology as plain data: what its Turtle says of each class, property and individual, for the page about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paperconcepts.rdf.namespaces import ONTOLOGY, PREFIXES

if TYPE_CHECKING:
    import rdflib

__all__ = ["Ontology", "OntologyTerm", "read_ontology"]

_EXTRA = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "fair4ml": "https://w3id.org/fair4ml/",
    "mls": "http://www.w3.org/ns/mls#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
}
_NAMESPACES = {namespace: prefix for prefix, namespace in {**PREFIXES, **_EXTRA}.items()}


@dataclass(frozen=True, slots=True)
class OntologyTerm:
    """A term with what is said of it; names of other terms are prefixed names.

    Attributes:
        name: the local name.
        kind: "class", "property" or "individual".
        label: its name in words.
        definition: what it means.
        comment: what else there is to know.
        example: Turtle that uses it.
        above: the superclasses, super-properties or classes of the term.
        domain: the classes of which one must hold for the subject.
        range: the classes, individuals or values of which one must hold for the object.
        inverse: the inverse property, or "".
        traits: "functional" and "symmetric", where they hold.
        note: a reason for an unusual domain or range, or "".
        see_also: related terms of other vocabularies.
    """

    name: str
    kind: str
    label: str
    definition: str
    comment: str
    example: str
    above: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    inverse: str
    traits: tuple[str, ...]
    note: str
    see_also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ontology:
    """The header of an ontology, as pairs of a property and its values, and its terms, by kind and name."""

    header: tuple[tuple[str, tuple[str, ...]], ...]
    terms: tuple[OntologyTerm, ...]

    def of_kind(self, kind: str) -> list[OntologyTerm]:
        """The terms that are classes, properties or individuals."""
        return [term for term in self.terms if term.kind == kind]


def read_ontology(path: str | Path) -> Ontology:
    """Read the terms of the paperconcepts ontology, or of another file about the same namespace.

    Examples:
        >>> from paperconcepts.vocabulary.location import ontology_path
        >>> ontology = read_ontology(ontology_path("paperconcepts.ttl"))
        >>> term = next(term for term in ontology.terms if term.name == "evaluatesOn")
        >>> term.kind, term.above, term.domain, term.range
        ('property', ('pc:involves',), ('pc:Paper',), ('pc:Dataset',))
    """
    import rdflib

    graph = rdflib.Graph().parse(path, format="turtle")
    home = rdflib.URIRef(ONTOLOGY.removesuffix("#"))
    header: dict[str, list[str]] = {}
    for predicate, value in graph.predicate_objects(home):
        header.setdefault(_name(predicate), []).append(_name(value) if isinstance(value, rdflib.URIRef) else str(value))
    nodes = {node for node in graph.subjects(rdflib.RDFS.isDefinedBy, home) if isinstance(node, rdflib.URIRef)}
    terms = sorted((_term(graph, node) for node in nodes), key=lambda term: (term.kind, term.name))
    return Ontology(tuple((name, tuple(sorted(values))) for name, values in sorted(header.items())), tuple(terms))


def _term(graph: "rdflib.Graph", node: "rdflib.URIRef") -> OntologyTerm:
    from rdflib import OWL, RDF, RDFS, SKOS, URIRef

    types = set(graph.objects(node, RDF.type))
    kind = "class" if OWL.Class in types else "individual" if OWL.NamedIndividual in types else "property"
    up = {"class": RDFS.subClassOf, "property": RDFS.subPropertyOf, "individual": RDF.type}[kind]
    above = sorted(_name(term) for term in graph.objects(node, up) if term != OWL.NamedIndividual)
    traits = {OWL.FunctionalProperty: "functional", OWL.SymmetricProperty: "symmetric"}

    def text(predicate: URIRef) -> str:
        return str(graph.value(node, predicate) or "")

    inverse = graph.value(node, OWL.inverseOf) or graph.value(None, OWL.inverseOf, node)
    return OntologyTerm(
        name=str(node).removeprefix(ONTOLOGY),
        kind=kind,
        label=text(RDFS.label),
        definition=text(SKOS.definition),
        comment=text(RDFS.comment),
        example=text(URIRef(_EXTRA["vann"] + "example")),
        above=tuple(above),
        domain=tuple(_members(graph, graph.value(node, RDFS.domain))),
        range=tuple(_members(graph, graph.value(node, RDFS.range))),
        inverse=_name(inverse) if inverse is not None else "",
        traits=tuple(sorted(name for trait, name in traits.items() if trait in types)),
        note=text(SKOS.scopeNote),
        see_also=tuple(sorted(_name(term) for term in graph.objects(node, RDFS.seeAlso))),
    )


def _members(graph: "rdflib.Graph", node: "rdflib.term.Node | None") -> Iterator[str]:
    """The class, or the members of the union or enumeration that a node without a name stands for."""
    from rdflib import OWL, BNode
    from rdflib.collection import Collection

    if node is None:
        return
    if not isinstance(node, BNode):
        yield _name(node)
        return
    for predicate in (OWL.unionOf, OWL.oneOf):
        items = graph.value(node, predicate)
        if items is not None:
            yield from map(_name, Collection(graph, items))


def _name(term: "rdflib.term.Node") -> str:
    """A prefixed name where the namespace is known; a literal in quotes."""
    import rdflib

    if isinstance(term, rdflib.Literal):
        return f'"{term}"'
    text = str(term)
    cut = max(text.rfind("/"), text.rfind("#")) + 1
    prefix = _NAMESPACES.get(text[:cut])
    return f"{prefix}:{text[cut:]}" if prefix and cut < len(text) else text
