"""Filtering: what is believed too little goes, with all that only it held up; papers stay."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.examples import example_graph
from paperconcepts.export.records import linked_papers
from paperconcepts.graph import ResearchGraph, build_graph, keep_believed, support_of
from paperconcepts.model import Assertion, Concept, ConceptType, LinkedConcept, LinkedPaper, Paper, Predicate, Role
from paperconcepts.vocabulary import CatalogueEntry, Vocabulary


def _content(graph: ResearchGraph) -> tuple[list[Any], list[Any]]:
    """Nodes and edges with all that they carry, in the order in which they stand there."""
    return list(graph.graph.nodes(data=True)), list(graph.graph.edges(keys=True, data=True))


def _triples(graph: ResearchGraph) -> set[tuple[str, str, str]]:
    return {(relation.subject, str(relation.predicate), relation.object) for relation in graph.relations()}


def _method(concept_id: str, *broader: str) -> Concept:
    return Concept(id=concept_id, label=concept_id, type=ConceptType.METHOD, broader=broader, catalogued=True)


def _study(paper_id: str, concept: Concept) -> LinkedPaper:
    assertion = Assertion(paper_id, Role.STUDIES, concept.id, 0.5, (), ())
    return LinkedPaper(Paper(id=paper_id), (LinkedConcept(concept, ()),), (assertion,), ())


def test_nothing_asked_nothing_lost(tiny_graph: ResearchGraph) -> None:
    """Without thresholds the graph stays as it is, in a new object."""
    found = keep_believed(tiny_graph)
    assert found.graph is not tiny_graph.graph
    assert _content(found) == _content(tiny_graph)


def test_support_counts_papers(tiny_graph: ResearchGraph) -> None:
    """Concepts of fewer papers go, relations of fewer papers too, and the paper that loses everything stays."""
    found = keep_believed(tiny_graph, min_support=2)
    assert [node.concept.id for node in found.concepts()] == ["pouch-tuning", "quokkabench", "wombatnet"]
    assert [paper.id for paper in found.papers()] == [paper.id for paper in tiny_graph.papers()]
    assert _triples(found) == {("wombatnet", "extends", "pouch-tuning")}


def test_catalogue_needs_no_paper(tiny_graph: ResearchGraph) -> None:
    """What the catalogue says stays as long as both concepts do."""
    assert ("pouch-tuning", "is_a", "model-tuning") in _triples(keep_believed(tiny_graph, types=["Method"]))
    assert ("pouch-tuning", "is_a", "model-tuning") not in _triples(keep_believed(tiny_graph, min_support=2))


def test_catalogue_joins_what_is_left() -> None:
    """Where a concept between two others goes, the catalogue joins those two."""
    chain = [_method("top"), _method("middle", "top"), _method("low", "middle")]
    papers = [_study(f"t:{number}", chain[place]) for number, place in enumerate((0, 0, 1, 2, 2))]
    graph = build_graph(papers, vocabulary=Vocabulary(CatalogueEntry(concept, (), "", ()) for concept in chain))
    assert _triples(graph) == {("low", "is_a", "middle"), ("middle", "is_a", "top")}
    assert _triples(keep_believed(graph, min_support=2)) == {("low", "is_a", "top")}


def test_relation_of_a_paper_that_no_longer_has_both(tiny_graph: ResearchGraph) -> None:
    """A paper whose own edge is gone gives no evidence any more; confidence and support are made anew."""
    found = keep_believed(tiny_graph, roles=[role for role in Role if role is not Role.MENTIONS])
    (extends,) = (relation for relation in found.relations() if relation.predicate is Predicate.EXTENDS)
    assert [evidence.paper_id for evidence in extends.evidence] == ["arxiv:2205.00001"]
    edge = found.graph.edges["wombatnet", "pouch-tuning", "extends"]
    assert (edge["confidence"], edge["support"], edge["item"]) == (0.7, 1, extends)


def test_concept_node_is_made_anew(tiny_graph: ResearchGraph) -> None:
    """Support, first date and aliases of a concept are those of the papers that still have it."""
    node = keep_believed(tiny_graph, roles=["uses"]).concept("pouch-tuning")
    assert (node.support, node.first_seen) == (1, "2022-05")
    assert [(alias.text, alias.paper_id) for alias in node.aliases] == [("PouT", "arxiv:2205.00001")]


def test_alias_of_another_paper(tiny_corpus: tuple[LinkedPaper, ...], tiny_vocabulary: Vocabulary) -> None:
    """A form that a paper owes to another paper's definition stays with it."""
    second = tiny_corpus[1]
    concepts = tuple(
        replace(item, aliases=(replace(item.aliases[0], reason="definition elsewhere", paper_id="test:1"),))
        if item.concept.id == "pouch-tuning"
        else item
        for item in second.concepts
    )
    graph = build_graph([tiny_corpus[0], replace(second, concepts=concepts)], vocabulary=tiny_vocabulary)
    aliases = keep_believed(graph, roles=["uses"]).concept("pouch-tuning").aliases
    assert ("PouT", "definition elsewhere", "test:1") in {(a.text, a.reason, a.paper_id) for a in aliases}
    assert {a.text for a in aliases} == {"PouT"}


@pytest.mark.parametrize(
    ("options", "edges"),
    [
        ({"roles": "introduces"}, {"introduces"}),
        ({"roles": [Role.INTRODUCES, "uses"]}, {"introduces", "uses"}),
        ({"roles": []}, set()),
    ],
)
def test_roles(tiny_graph: ResearchGraph, options: dict[str, Any], edges: set[str]) -> None:
    """Roles are given as values or names, one or several; none at all leaves no edge from a paper."""
    assert {str(item.role) for item in keep_believed(tiny_graph, **options).assertions()} == edges


def test_types_and_predicates(tiny_graph: ResearchGraph) -> None:
    """Types choose the concepts, predicates the relations."""
    found = keep_believed(tiny_graph, types=[ConceptType.MODEL, "Dataset"])
    assert {node.concept.id for node in found.concepts()} == {"wombatnet", "quokkabench"}
    assert _triples(found) == {("wombatnet", "evaluated_on", "quokkabench")}
    assert {triple[1] for triple in _triples(keep_believed(tiny_graph, predicates=["is_a"]))} == {"is_a"}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"min_confidence": 1.1}, "min_confidence is 1.1; give a number from 0 to 1"),
        ({"min_confidence": float("nan")}, "min_confidence is nan"),
        ({"min_support": 0}, "min_support is 0; give a number of papers, 1 or more"),
        ({"roles": ["usess"]}, "'usess' is not a valid Role"),
        ({"types": ["Methods"]}, "'Methods' is not a valid ConceptType"),
    ],
)
def test_wrong_settings(tiny_graph: ResearchGraph, options: dict[str, Any], message: str) -> None:
    """A threshold out of range and an unknown name are errors that name the value."""
    with pytest.raises(ValueError, match=message):
        keep_believed(tiny_graph, **options)


THRESHOLDS = {"min_confidence": st.sampled_from([0.0, 0.3, 0.5, 0.7, 0.9]), "min_support": st.integers(1, 4)}


@settings(deadline=None, max_examples=20)
@given(**THRESHOLDS)
def test_what_is_kept(min_confidence: float, min_support: int) -> None:
    """Every kept edge meets the thresholds, every concept has its papers, every removed edge or its end does not."""
    graph = example_graph()
    found = keep_believed(graph, min_confidence=min_confidence, min_support=min_support)
    kept = {(item.paper_id, item.concept_id) for item in found.assertions()}
    before = {(item.paper_id, item.concept_id) for item in graph.assertions()}
    left = {node.concept.id for node in found.concepts()}
    assert all(node.support == sum(end == node.concept.id for _, end in kept) for node in found.concepts())
    assert all(node.support >= min_support for node in found.concepts())
    for item in graph.assertions():
        stays = item.confidence >= min_confidence and item.concept_id in left
        assert ((item.paper_id, item.concept_id) in kept) == stays
    for relation in found.relations():
        assert {relation.subject, relation.object} <= left
        assert relation.confidence >= min_confidence
        papers = {evidence.paper_id for evidence in relation.evidence}
        assert "" in papers or len(papers) >= min_support
        for paper in papers - {""}:
            had = {(paper, relation.subject), (paper, relation.object)} & before
            assert had
            assert had <= kept


@settings(deadline=None, max_examples=20)
@given(**THRESHOLDS)
def test_twice_is_once(min_confidence: float, min_support: int) -> None:
    """What is kept would be kept again."""
    once = keep_believed(example_graph(), min_confidence=min_confidence, min_support=min_support)
    assert _content(keep_believed(once, min_confidence=min_confidence, min_support=min_support)) == _content(once)


@settings(deadline=None, max_examples=20)
@given(**THRESHOLDS)
def test_a_filtered_graph_is_a_graph(min_confidence: float, min_support: int) -> None:
    """Taken apart into papers and built again, a filtered graph is the same but for what the filter left out."""
    found = keep_believed(example_graph(), min_confidence=min_confidence, min_support=min_support)
    again = keep_believed(build_graph(linked_papers(found)), min_confidence=min_confidence, min_support=min_support)
    assert _content(again) == _content(found)
    assert all(data["support"] == support_of(data["item"].evidence)
               for *_, data in found.graph.edges(data=True) if data["kind"] == "relation")  # fmt: skip
