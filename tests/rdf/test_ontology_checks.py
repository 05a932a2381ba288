"""Checks of the ontology after OOPS!'s catalogue of pitfalls and ROBOT's report, both as rules of our own."""

import re
from itertools import combinations

import pytest
import rdflib
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD
from rdflib.collection import Collection

from paperconcepts.graph import ResearchGraph
from paperconcepts.model import ConceptType, Predicate, Role
from paperconcepts.rdf import ONTOLOGY, PREFIXES, graph_to_rdf
from paperconcepts.rdf.namespaces import PREDICATE_NAMES, ROLE_NAMES
from paperconcepts.vocabulary.location import ontology_path

PC = rdflib.Namespace(ONTOLOGY)
NAME = rdflib.URIRef(ONTOLOGY.removesuffix("#"))
VANN = rdflib.Namespace("http://purl.org/vocab/vann/")
BIBO = rdflib.Namespace(PREFIXES["bibo"])
Node = rdflib.term.Node


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_path("paperconcepts.ttl"))


@pytest.fixture(scope="module")
def terms(ontology: rdflib.Graph) -> dict[rdflib.URIRef, set[Node]]:
    """Each term of the ontology with its types."""
    found = {node for node in ontology.subjects(RDFS.isDefinedBy, NAME) if isinstance(node, rdflib.URIRef)}
    return {node: set(ontology.objects(node, RDF.type)) for node in found}


def properties(terms: dict[rdflib.URIRef, set[Node]]) -> list[rdflib.URIRef]:
    kinds = {OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property}
    return sorted(term for term, types in terms.items() if types & kinds)


def classes(terms: dict[rdflib.URIRef, set[Node]]) -> list[rdflib.URIRef]:
    return sorted(term for term, types in terms.items() if OWL.Class in types)


def test_header(ontology: rdflib.Graph) -> None:
    """P38, P41 and all that FAIR headers recommend; no prior version is named because there is none."""
    for term in (
        *(VANN.preferredNamespaceUri, VANN.preferredNamespacePrefix, RDFS.label, DCTERMS.title, DCTERMS.description),
        *(OWL.versionIRI, OWL.versionInfo, DCTERMS.created, DCTERMS.modified, DCTERMS.creator, DCTERMS.contributor),
        *(DCTERMS.license, DCTERMS.publisher, DCTERMS.bibliographicCitation, DCTERMS.abstract, BIBO.status),
    ):
        assert ontology.value(NAME, term) is not None, term
    version = str(ontology.value(NAME, OWL.versionInfo))
    assert str(ontology.value(NAME, OWL.versionIRI)) == f"{NAME}/{version}"
    assert version in str(ontology.value(NAME, DCTERMS.bibliographicCitation))
    dates = [ontology.value(NAME, term) for term in (DCTERMS.created, DCTERMS.issued, DCTERMS.modified)]
    assert all(isinstance(date, rdflib.Literal) and date.datatype == XSD.date for date in dates)
    assert dates == sorted(dates, key=str)
    assert list(ontology.subjects(RDF.type, OWL.Ontology)) == [NAME]


def test_p08_every_term_is_annotated(ontology: rdflib.Graph, terms: dict[rdflib.URIRef, set[Node]]) -> None:
    """One English label, comment and definition, one ontology and one example each, none of them empty or repeated."""
    for term in terms:
        for annotation in (RDFS.label, RDFS.comment, SKOS.definition):
            (text,) = ontology.objects(term, annotation)
            assert isinstance(text, rdflib.Literal)
            assert text.language == "en", (term, annotation)
            assert str(text) == str(text).strip() != "", (term, annotation)
        assert list(ontology.objects(term, RDFS.isDefinedBy)) == [NAME]
        assert ontology.value(term, RDFS.comment) != ontology.value(term, SKOS.definition)


def test_annotations_are_sentences(ontology: rdflib.Graph, terms: dict[rdflib.URIRef, set[Node]]) -> None:
    """Definitions and comments begin with a capital and end with a full stop; labels do neither."""
    for term in terms:
        for annotation in (RDFS.comment, SKOS.definition):
            text = str(ontology.value(term, annotation))
            assert text[0].isupper() or text[0].isdigit(), (term, text)
            assert text.endswith("."), (term, text)
            assert "  " not in text
        assert not str(ontology.value(term, RDFS.label)).endswith(".")


def test_examples_are_turtle_that_uses_the_term(ontology: rdflib.Graph, terms: dict[rdflib.URIRef, set[Node]]) -> None:
    """Each example is read by a parser, speaks of its term, and of no term of ours that is not defined."""
    kinds = "assertion authorship concept evidence mention paper relation result run sentence source text".split()
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    head += "".join(f"@prefix {kind}: <https://example.org/{kind}/> .\n" for kind in kinds)
    for term in terms:
        (example,) = ontology.objects(term, VANN.example)
        graph = rdflib.Graph().parse(data=head + str(example), format="turtle")
        used = {node for triple in graph for node in triple if isinstance(node, rdflib.URIRef)}
        assert term in used, term
        assert {node for node in used if str(node).startswith(ONTOLOGY)} <= set(terms), term


def test_p04_nothing_stands_alone(ontology: rdflib.Graph, terms: dict[rdflib.URIRef, set[Node]]) -> None:
    """Each class is used by a property, a list or another class; each property leads from somewhere to somewhere."""
    for term in classes(terms):
        assert [s for s in ontology.subjects(None, term) if s != term] or ontology.value(term, RDFS.subClassOf), term


def test_p10_top_classes_exclude_each_other(ontology: rdflib.Graph, terms: dict[rdflib.URIRef, set[Node]]) -> None:
    """Every two classes of which neither is below the other exclude each other, but for the kinds of concepts."""
    lists = [set(Collection(ontology, node)) for node in ontology.objects(None, OWL.members)]
    above = {term: set(ontology.transitive_objects(term, RDFS.subClassOf)) for term in classes(terms)}
    for one, two in combinations(classes(terms), 2):
        if one in above[two] or two in above[one] or PC.Concept in above[one] & above[two]:
            continue
        assert any(
            up in members and other in members and up != other
            for members in lists for up in above[one] for other in above[two]
        ), (one, two)  # fmt: skip


def test_p11_p19_one_domain_and_one_range(ontology: rdflib.Graph, terms: dict[rdflib.URIRef, set[Node]]) -> None:
    """Exactly one of each, as several would mean all at once; a general one has a reason beside it."""
    general = {OWL.Thing, RDFS.Resource, RDFS.Literal, RDF.Property, rdflib.URIRef(PREFIXES["prov"] + "Entity")}
    for term in properties(terms):
        ends = [*ontology.objects(term, RDFS.domain), *ontology.objects(term, RDFS.range)]
        assert len(ends) == 2, term
        assert len(list(ontology.objects(term, RDFS.domain))) == 1, term
        if set(ends) & general:
            assert ontology.value(term, SKOS.scopeNote) is not None, term


def test_ends_fit_the_kind_of_property(ontology: rdflib.Graph, terms: dict[rdflib.URIRef, set[Node]]) -> None:
    """Object properties lead to classes, datatype properties to datatypes; both to declared ones."""
    for term in properties(terms):
        end = ontology.value(term, RDFS.range)
        if OWL.DatatypeProperty in terms[term]:
            assert str(end).startswith(str(XSD)) or (end, RDF.type, RDFS.Datatype) in ontology, term
        elif OWL.ObjectProperty in terms[term]:
            assert (end, RDF.type, OWL.Class) in ontology, term


def test_p05_p13_inverses(ontology: rdflib.Graph, terms: dict[rdflib.URIRef, set[Node]]) -> None:
    """Inverses swap domain and range; the general role has one."""
    pairs = list(ontology.subject_objects(OWL.inverseOf))
    assert len(pairs) == 2
    for one, two in pairs:
        assert ontology.value(one, RDFS.domain) == ontology.value(two, RDFS.range)
        assert ontology.value(one, RDFS.range) == ontology.value(two, RDFS.domain)
    assert ontology.value(PC.involves, OWL.inverseOf) == PC.involvedIn


def test_p06_no_cycles(ontology: rdflib.Graph, terms: dict[rdflib.URIRef, set[Node]]) -> None:
    """No term is above itself."""
    for term in terms:
        for up in (RDFS.subClassOf, RDFS.subPropertyOf):
            assert all(term not in ontology.transitive_objects(node, up) for node in ontology.objects(term, up)), term


def test_p22_names_follow_one_convention(ontology: rdflib.Graph, terms: dict[rdflib.URIRef, set[Node]]) -> None:
    """Classes begin with a capital, all else does not; the label is the name in words."""
    for term, types in terms.items():
        name = str(term).removeprefix(ONTOLOGY)
        assert re.fullmatch(r"[A-Z][A-Za-z]*" if OWL.Class in types else r"[a-z][A-Za-z0-9]*", name), name
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
        assert str(ontology.value(term, RDFS.label)).lower().replace("-", "") == words, name


def test_p32_labels_and_definitions_differ(ontology: rdflib.Graph, terms: dict[rdflib.URIRef, set[Node]]) -> None:
    """No two classes and no two other terms share a label, no two terms a definition."""
    labels = [(OWL.Class in types, str(ontology.value(term, RDFS.label))) for term, types in terms.items()]
    assert len(labels) == len(set(labels))
    definitions = [str(ontology.value(term, SKOS.definition)) for term in terms]
    assert len(definitions) == len(set(definitions))


def test_p34_p35_every_term_is_typed(ontology: rdflib.Graph) -> None:
    """Superclasses, super-properties, domains and ranges of other vocabularies are declared too, under one type."""
    known = set(ontology.subjects(RDF.type))
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf):
        for node in ontology.objects(None, predicate):
            assert node in known or str(node).startswith((str(XSD), str(RDFS))), node
    for node in ontology.subjects(RDF.type):
        if isinstance(node, rdflib.URIRef) and not str(node).startswith(str(NAME)):
            assert len(list(ontology.predicate_objects(node))) == 1, node


def test_sub_properties_are_no_wider(ontology: rdflib.Graph, terms: dict[rdflib.URIRef, set[Node]]) -> None:
    """The domain and range of a sub-property lie within those of the property above it."""
    for term in properties(terms):
        for above in ontology.objects(term, RDFS.subPropertyOf):
            for end in (RDFS.domain, RDFS.range):
                wide = ontology.value(above, end)
                assert wide is None or wide in ontology.transitive_objects(ontology.value(term, end), RDFS.subClassOf)


def test_terms_of_others_are_not_equated(ontology: rdflib.Graph) -> None:
    """No owl:sameAs, no equivalence with a class of another vocabulary, no SKOS mapping between classes."""
    for predicate in (OWL.sameAs, OWL.equivalentProperty, SKOS.exactMatch, SKOS.closeMatch, OWL.imports):
        assert list(ontology.subject_objects(predicate)) == []
    assert all(isinstance(node, rdflib.BNode) for node in ontology.objects(None, OWL.equivalentClass))


def test_the_ontology_names_what_the_code_names(ontology: rdflib.Graph) -> None:
    """Roles, predicates and kinds are those of the model, no more and no less."""
    assert set(ontology.subjects(RDFS.subPropertyOf, PC.involves)) == {PC[ROLE_NAMES[role]] for role in Role}
    assert set(ontology.subjects(RDFS.subPropertyOf, PC.relatesTo)) == {PC[PREDICATE_NAMES[p]] for p in Predicate}
    assert set(ontology.subjects(RDFS.subClassOf, PC.Concept)) == {PC[kind] for kind in ConceptType}


# Terms of other vocabularies that our data and shapes may use, after those vocabularies.
FOREIGN = {
    "bibo": "doi status",
    "dcat": "Dataset Distribution distribution landingPage",
    "dcterms": "abstract created creator date description format identifier issued license publisher rights title",
    "fabio": "hasArXivId Preprint",
    "itsrdf": "taClassRef taConfidence taIdentRef",
    "nif": "Context OffsetBasedString Sentence anchorOf beginIndex endIndex isString referenceContext",
    "prov": "Activity Entity SoftwareAgent used wasAssociatedWith wasDerivedFrom wasGeneratedBy",
    "schema": "ScholarlyArticle mentions name position sameAs softwareVersion url",
    "skos": "Concept ConceptScheme altLabel broader definition inScheme prefLabel",
    "void": "Dataset class classPartition classes dataDump entities exampleResource property propertyPartition subset "
    "triples uriSpace vocabulary",
}
SPACES = {**PREFIXES, "dcat": "http://www.w3.org/ns/dcat#", "void": "http://rdfs.org/ns/void#"}


def test_every_term_in_use_exists(
    ontology: rdflib.Graph, terms: dict[rdflib.URIRef, set[Node]], graph: ResearchGraph
) -> None:
    """Properties, classes and datatypes of data and shapes are defined here, or known of their own vocabulary."""
    shapes = rdflib.Graph().parse(ontology_path("shapes.ttl"))
    data = graph_to_rdf(graph)
    used = set(data.predicates()) | set(data.objects(None, RDF.type))
    used |= {node for node in set(shapes.objects()) | set(shapes.subjects()) if str(node).startswith(ONTOLOGY)}
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    named = ("path", "class", "targetClass", "lessThan", "disjoint")
    used |= {node for name in named for node in shapes.objects(None, sh[name])}
    known = set(terms) | {rdflib.URIRef(SPACES[p] + name) for p, names in FOREIGN.items() for name in names.split()}
    known |= {RDF.type, RDFS.label, RDFS.comment, RDFS.seeAlso}
    assert {node for node in used if isinstance(node, rdflib.URIRef)} - known == set()
