import hashlib
from pathlib import Path

import pyoxigraph
import pytest

from paperconcepts.errors import ConfigurationError
from paperconcepts.graph import ResearchGraph
from paperconcepts.rdf import ONTOLOGY, rdf_blocks, write_rdf

NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
DATASET = "https://w3id.org/paperconcepts/dataset"


def triples(graph: ResearchGraph, level: str) -> set[tuple[str, str, str]]:
    """The triples of a level, read by Oxigraph; those of the data set's description, which counts them, left out."""
    lines = "".join(rdf_blocks(graph, "nt", level=level))
    found = set()
    for quad in pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_TRIPLES):
        assert isinstance(quad.subject, pyoxigraph.NamedNode)
        assert isinstance(quad.object, pyoxigraph.NamedNode | pyoxigraph.Literal)
        if not quad.subject.value.startswith(DATASET):
            found.add((quad.subject.value, quad.predicate.value, quad.object.value))
    return found


def classes(found: set[tuple[str, str, str]]) -> set[str]:
    return {term.removeprefix(ONTOLOGY) for _, predicate, term in found if predicate == TYPE and ONTOLOGY in term}


KINDS = {"Method", "Model", "Dataset", "Task", "Metric"}
CORE = {"Paper", "Concept", "Run", "SourceDocument", *KINDS}
EVIDENCE = CORE | {"Assertion", "ConceptRelation", "Result", "Evidence", "Sentence", "Mention", "TextField"}


def test_each_level_has_its_classes(graph: ResearchGraph) -> None:
    """Core has things and facts, evidence the nodes that tell why, full the authorships too."""
    assert classes(triples(graph, "core")) == CORE
    assert classes(triples(graph, "evidence")) == EVIDENCE
    assert classes(triples(graph, "full")) == EVIDENCE | {"Authorship"}


def test_a_higher_level_holds_the_lower_ones(graph: ResearchGraph) -> None:
    """What a level says stands in the next, too."""
    core, evidence, full = (triples(graph, level) for level in ("core", "evidence", "full"))
    assert core < evidence < full


def test_no_level_points_to_what_it_does_not_describe(graph: ResearchGraph) -> None:
    """Every IRI of the data that is an object is a subject, too."""
    for level in ("core", "evidence", "full"):
        found = triples(graph, level)
        subjects = {subject for subject, _, _ in found}
        ours = {term for _, _, term in found if term.startswith("https://w3id.org/paperconcepts/")}
        assert {term for term in ours if not term.startswith(ONTOLOGY)} <= subjects, level


def test_evidence_holds_digests_and_no_texts(graph: ResearchGraph) -> None:
    """Without the texts, their SHA-256 lets others check theirs; with them it is that of what stands there."""
    assert not {row for row in triples(graph, "evidence") if row[1] == NIF + "isString"}
    digests = {row[0]: row[2] for row in triples(graph, "evidence") if row[1] == ONTOLOGY + "sha256"}
    texts = {row[0]: row[2] for row in triples(graph, "full") if row[1] == NIF + "isString"}
    assert digests == {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}
    assert len(texts) == 3


def test_evidence_holds_the_mentions_of_evidence_only(graph: ResearchGraph) -> None:
    """A mention at this level is one that evidence points to."""
    found = triples(graph, "evidence")
    mentions = {row[0] for row in found if row[1:] == (TYPE, ONTOLOGY + "Mention")}
    evidence = {row[0] for row in found if row[1:] == (TYPE, ONTOLOGY + "Evidence")}
    assert mentions == {row[2] for row in found if row[0] in evidence and row[1] == ONTOLOGY + "hasMention"}


def test_wrong_settings_are_told_before_anything_is_written(graph: ResearchGraph, tmp_path: Path) -> None:
    """An unknown level, syntax, base or licence raises, and no file appears."""
    target = tmp_path / "graph.ttl"
    for settings in ({"level": "all"}, {"base": "no base"}, {"licence": "CC0"}):
        with pytest.raises(ConfigurationError):
            write_rdf(graph, target, "ttl", **settings)
    with pytest.raises(ConfigurationError, match=r"unknown RDF syntax 'rdfxml'\. Known: ttl, nt"):
        write_rdf(graph, target, "rdfxml")
    assert list(tmp_path.iterdir()) == []
