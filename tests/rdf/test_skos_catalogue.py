"""The catalogue as SKOS: whole, right, and the same concepts as in graphs."""

from collections import Counter
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import OWL, RDF, SKOS

from paperconcepts.errors import ConfigurationError
from paperconcepts.model import Concept, ConceptType
from paperconcepts.rdf import ONTOLOGY, validate_rdf
from paperconcepts.rdf.skos_catalogue import catalogue_turtle, write_catalogue
from paperconcepts.vocabulary import CatalogueEntry, Vocabulary, load_catalogue

PC = rdflib.Namespace(ONTOLOGY)
CONCEPT = rdflib.Namespace("https://w3id.org/paperconcepts/concept/")


@pytest.fixture(scope="module")
def shipped() -> rdflib.Graph:
    return rdflib.Graph().parse(data="".join(catalogue_turtle()), format="turtle")


def test_every_concept_is_there(shipped: rdflib.Graph) -> None:
    """Labels, aliases, kind and broader concepts are those of the catalogue; nothing else is."""
    entries = {CONCEPT[entry.concept.id]: entry for entry in load_catalogue()}
    assert set(shipped.subjects(RDF.type, PC.Concept)) == set(entries)
    for node, entry in entries.items():
        assert [str(label) for label in shipped.objects(node, SKOS.prefLabel)] == [entry.concept.label]
        assert {str(label) for label in shipped.objects(node, SKOS.altLabel)} == {*entry.aliases} - {
            entry.concept.label
        }
        assert (node, RDF.type, PC[entry.concept.type]) in shipped
        assert set(shipped.objects(node, SKOS.broader)) == {CONCEPT[name] for name in entry.concept.broader}


def test_one_preferred_label_a_language(shipped: rdflib.Graph) -> None:
    """SKOS S14; and no label is preferred and alternative at once (S13)."""
    counts = Counter((node, label.language) for node, label in shipped.subject_objects(SKOS.prefLabel))  # type: ignore[attr-defined]
    assert set(counts.values()) == {1}
    assert {language for _, language in counts} == {"en"}
    assert not set(shipped.subject_objects(SKOS.prefLabel)) & set(shipped.subject_objects(SKOS.altLabel))


def test_no_label_clashes_within_a_kind(shipped: rdflib.Graph) -> None:
    """No two concepts of a kind share a preferred label, and a shared name has context words to tell them apart."""
    kinds = {
        node: kind for node, kind in shipped.subject_objects(RDF.type) if str(kind)[len(ONTOLOGY) :] in {*ConceptType}
    }
    preferred = Counter((kinds[node], str(label)) for node, label in shipped.subject_objects(SKOS.prefLabel))
    assert [key for key, count in preferred.items() if count > 1] == []
    bearers: dict[tuple[object, str], set[rdflib.term.Node]] = {}
    for predicate in (SKOS.prefLabel, SKOS.altLabel):
        for node, label in shipped.subject_objects(predicate):
            bearers.setdefault((kinds[node], str(label)), set()).add(node)
    for key, nodes in bearers.items():
        without = [node for node in nodes if (node, SKOS.scopeNote, None) not in shipped]
        assert len(nodes) == 1 or len(without) <= 1, key


def test_the_hierarchy_is_a_hierarchy(shipped: rdflib.Graph) -> None:
    """Broader leads to concepts, never back; narrower is its inverse; who has no broader one is a top concept."""
    above = {node: set(shipped.objects(node, SKOS.broader)) for node in shipped.subjects(RDF.type, PC.Concept)}
    assert set().union(*above.values()) <= set(above)
    for node in above:
        assert node not in above[node]
    # A graph without a cycle can be taken apart from the top.
    left = dict(above)
    while left:
        top = [node for node, parents in left.items() if not parents & set(left)]
        assert top
        for node in top:
            del left[node]
    assert {(b, a) for a, b in shipped.subject_objects(SKOS.broader)} == set(shipped.subject_objects(SKOS.narrower))
    tops = set(shipped.subjects(SKOS.topConceptOf))
    assert (
        tops
        == {node for node, parents in above.items() if not parents}
        == set(shipped.objects(None, SKOS.hasTopConcept))
    )


def test_matches_are_curated(shipped: rdflib.Graph) -> None:
    """There is no owl:sameAs, and no match that is not in a column of the catalogue: it has none so far."""
    assert list(shipped.subject_objects(OWL.sameAs)) == []
    matches = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
    assert [match for match in matches if (None, match, None) in shipped] == []


def test_the_catalogue_breaks_no_rule(tmp_path: Path, shipped: rdflib.Graph) -> None:
    """The shipped catalogue has no finding; writing it twice gives the same bytes."""
    write_catalogue(tmp_path / "one.ttl")
    write_catalogue(tmp_path / "two.ttl")
    assert (tmp_path / "one.ttl").read_bytes() == (tmp_path / "two.ttl").read_bytes()
    report = validate_rdf(tmp_path / "one.ttl", rules="invariants")
    assert (report.findings, report.triples) == ((), len(shipped))


def test_shapes_hold_for_a_catalogue(tmp_path: Path, tiny_vocabulary: Vocabulary) -> None:
    """A catalogue alone fits the shapes: it has no counts of papers."""
    write_catalogue(tmp_path / "tiny.ttl", vocabulary=tiny_vocabulary, base="https://example.org/")
    assert validate_rdf(tmp_path / "tiny.ttl").findings == ()


def test_a_wrong_base_leaves_no_file(tmp_path: Path) -> None:
    """The base is checked before anything is written."""
    with pytest.raises(ConfigurationError, match="base IRI"):
        write_catalogue(tmp_path / "a.ttl", base="no iri")
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=12), min_size=2, max_size=5, unique=True))
def test_any_label_survives(names: list[str]) -> None:
    """Quotes, backslashes, line ends and control characters come back as they were."""
    names = [name.encode("utf-8", "replace").decode("utf-8") for name in names]
    concept = Concept(id="soup", label=names[0], type=ConceptType.METHOD, definition=names[-1], catalogued=True)
    text = "".join(catalogue_turtle(Vocabulary([CatalogueEntry(concept, tuple(names[1:]), "", ())])))
    graph = rdflib.Graph().parse(data=text, format="turtle")
    assert str(graph.value(CONCEPT.soup, SKOS.prefLabel)) == names[0]
    assert {str(label) for label in graph.objects(CONCEPT.soup, SKOS.altLabel)} == {*names[1:]} - {names[0]}
