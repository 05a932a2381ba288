from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS

from paperconcepts.graph import ResearchGraph
from paperconcepts.model import ConceptType, Predicate, Role
from paperconcepts.rdf import ONTOLOGY, graph_to_rdf, query_graph
from paperconcepts.rdf.namespaces import PREDICATE_NAMES, ROLE_NAMES
from paperconcepts.rdf.read_only import check_read_only
from paperconcepts.vocabulary.location import ontology_path

PC = rdflib.Namespace(ONTOLOGY)
NAME = rdflib.URIRef("https://w3id.org/paperconcepts/ontology")
QUERIES = sorted(ontology_path("queries").glob("*.rq"))


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_path("paperconcepts.ttl"))


def own_terms(graph: rdflib.Graph) -> Iterator[rdflib.URIRef]:
    """All of our terms that a graph speaks of, in any place."""
    yield from {term for triple in graph for term in triple if isinstance(term, rdflib.URIRef) and term in PC}


def test_the_header_is_complete(ontology: rdflib.Graph) -> None:
    """Title, description, creator, dates, licence, version and preferred prefix are there."""
    vann = rdflib.Namespace("http://purl.org/vocab/vann/")
    for term in (
        *(DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.created, DCTERMS.license, RDFS.label),
        *(OWL.versionIRI, OWL.versionInfo, vann.preferredNamespacePrefix, vann.preferredNamespaceUri),
    ):
        assert ontology.value(NAME, term) is not None, term
    assert str(ontology.value(NAME, vann.preferredNamespaceUri)) == ONTOLOGY


def test_every_term_is_documented(ontology: rdflib.Graph) -> None:
    """Each term has type, one label, comment, definition and its ontology; each property domain and range."""
    terms = set(own_terms(ontology))
    assert len(terms) > 50
    for term in terms:
        types = set(ontology.objects(term, RDF.type))
        assert types, term
        for annotation in (RDFS.label, RDFS.comment, SKOS.definition):
            assert [getattr(text, "language", None) for text in ontology.objects(term, annotation)] == ["en"], (
                term,
                annotation,
            )
        assert ontology.value(term, RDFS.isDefinedBy) == NAME, term
        if OWL.Class not in types:
            assert len(list(ontology.objects(term, RDFS.domain))) == 1, term
            assert len(list(ontology.objects(term, RDFS.range))) == 1, term


def test_labels_and_definitions_are_unique(ontology: rdflib.Graph) -> None:
    """No two classes and no two properties share a label, no two terms a definition."""
    labels = [
        (OWL.Class in set(ontology.objects(t, RDF.type)), str(ontology.value(t, RDFS.label)))
        for t in own_terms(ontology)
    ]
    assert len(labels) == len(set(labels))
    definitions = [str(text) for text in ontology.objects(None, SKOS.definition)]
    assert len(definitions) == len(set(definitions))


def test_the_ontology_names_what_the_code_names(ontology: rdflib.Graph) -> None:
    """Roles, predicates and kinds are those of the model, no more and no less."""
    assert set(ontology.subjects(RDFS.subPropertyOf, PC.involves)) == {PC[ROLE_NAMES[role]] for role in Role}
    assert set(ontology.subjects(RDFS.subPropertyOf, PC.relatesTo)) == {PC[PREDICATE_NAMES[p]] for p in Predicate}
    assert set(ontology.subjects(RDFS.subClassOf, PC.Concept)) == {PC[kind] for kind in ConceptType}


def test_every_term_in_use_is_defined(ontology: rdflib.Graph, graph: ResearchGraph) -> None:
    """Data, shapes and queries use no term of ours that the ontology lacks, as the kind that it is."""
    shapes = rdflib.Graph().parse(ontology_path("shapes.ttl"))
    defined = set(ontology.subjects(RDFS.isDefinedBy, NAME))
    data = graph_to_rdf(graph)
    assert set(own_terms(data)) <= defined
    assert set(own_terms(shapes)) <= defined
    for predicate in {p for p in data.predicates() if str(p).startswith(ONTOLOGY)}:
        objects = {isinstance(term, rdflib.Literal) for term in data.objects(None, predicate)}
        if (predicate, RDF.type, OWL.ObjectProperty) in ontology:
            assert objects == {False}, predicate
        elif (predicate, RDF.type, OWL.DatatypeProperty) in ontology:
            assert objects == {True}, predicate


def test_the_data_fit_domains_and_ranges(ontology: rdflib.Graph, graph: ResearchGraph) -> None:
    """Subjects and objects have the classes that the ontology promises."""
    data = graph_to_rdf(graph)

    def classes(node: rdflib.term.Node) -> set[object]:
        return {
            up for kind in data.objects(node, RDF.type) for up in ontology.transitive_objects(kind, RDFS.subClassOf)
        }

    for subject, predicate, term in data:
        if not str(predicate).startswith(ONTOLOGY):
            continue
        domain, span = ontology.value(predicate, RDFS.domain), ontology.value(predicate, RDFS.range)
        if domain != OWL.Thing:
            assert domain in classes(subject), (predicate, subject)
        if isinstance(term, rdflib.Literal):
            assert span in (term.datatype or rdflib.XSD.string, RDFS.Resource), predicate
        elif span not in (RDF.Property, RDFS.Resource):
            assert span in classes(term), (predicate, term)


def test_there_are_eight_competency_questions() -> None:
    """One file for each question."""
    assert len(QUERIES) >= 8


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_queries_say_what_they_answer_and_run_anywhere(path: Path, graph: ResearchGraph) -> None:
    """A leading comment asks the question, all prefixes are declared, and our guard lets it pass."""
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert "?" in text.splitlines()[0]
    check_read_only(text)
    pyoxigraph.Store().query(text)


FILLED = {
    "aliases": [("concept/soup-tuning", "ontology#Method", "Soup Tuning", "SoupT")],
    "co-occurring-concepts": [
        ("concept/soup-tasting", "soup tasting", "2"),
        ("concept/bowl-bench", "BowlBench", "1"),
        ("concept/ladle-7b", "Ladle-7B", "1"),
        ("concept/slurps", "slurps", "1"),
        ("concept/tuning", "tuning", "1"),
    ],
    "concepts-per-year": [
        ("2024", "concept/bowl-bench", "BowlBench", "1"),
        ("2024", "concept/ladle-7b", "Ladle-7B", "1"),
        ("2024", "concept/slurps", "slurps", "1"),
        ("2024", "concept/soup-tasting", "soup tasting", "1"),
        ("2024", "concept/soup-tuning", "Soup Tuning", "1"),
        ("2024", "concept/tuning", "tuning", "1"),
        ("2025", "concept/soup-tasting", "soup tasting", "1"),
        ("2025", "concept/soup-tuning", "Soup Tuning", "1"),
    ],
    "datasets-for-task": [("concept/bowl-bench", "BowlBench", "1")],
    "evidence-of-edge": [
        (
            *("ontology#introduces", "0.85", "abstract", "0", "104"),
            "We introduce Soup Tuning (SoupT) for soup tasting. Ladle-7B beats tuning on BowlBench.\nWe report slurps.",
            *("We introduce", "cue:x"),
        )
    ],
    "introduced-by": [
        (
            *("paper/arxiv_2401.00001", "Soup Tuning: 𝛂 spoon for models", "2024", "0.85"),
            "We introduce Soup Tuning (SoupT) for soup tasting. Ladle-7B beats tuning on BowlBench.\nWe report slurps.",
        )
    ],
    "models-on-dataset": [("concept/ladle-7b", "Ladle-7B", "1")],
    "papers-using-concept": [
        ("paper/sha_00ff", "SoupT for soup tasting.", "2025", "ontology#uses", "0.85"),
        ("paper/arxiv_2401.00001", "Soup Tuning: 𝛂 spoon for models", "2024", "ontology#introduces", "0.85"),
    ],
}
NAMES = {
    '"question answering"': '"Soup Tasting"',
    '"LoRA"': '"soupt"',
    '"DPO"': '"soupt"',
    '"GSM8K"': '"bowlbench"',
    "arxiv:2305.18290": "arxiv:2401.00001",
}


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_two_engines_give_the_expected_rows(path: Path, graph: ResearchGraph) -> None:
    """Each question has its known answer, in rdflib as in Oxigraph."""
    text = path.read_text(encoding="utf-8")
    for old, new in NAMES.items():
        text = text.replace(old, new)
    base = "https://w3id.org/paperconcepts/"
    rows = [tuple((cell or "").removeprefix(base) for cell in row) for row in query_graph(graph, text).rows]
    assert rows == FILLED[path.stem]
    found = graph_to_rdf(graph).query(text)
    other = [tuple(str(cell).removeprefix(base) for cell in row) for row in found if isinstance(row, tuple)]
    assert other == rows
