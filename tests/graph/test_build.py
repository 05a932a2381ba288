"""Building a graph: a fold over papers in which their order makes no difference."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.graph.belief import CATALOGUE_RULE
from paperconcepts.graph.catalogue_edges import catalogue_edges
from paperconcepts.model import (
    Alias,
    Assertion,
    Concept,
    ConceptType,
    Evidence,
    LinkedConcept,
    LinkedPaper,
    Paper,
    Predicate,
    Relation,
    Role,
)
from paperconcepts.vocabulary import CatalogueEntry, Vocabulary


def _bytes(graph: ResearchGraph) -> bytes:
    """Everything in a graph, in the order in which it stands there."""
    nodes = [[node, {key: repr(value) for key, value in data.items()}] for node, data in graph.graph.nodes(data=True)]
    edges = [
        [source, target, key, {name: repr(value) for name, value in data.items()}]
        for source, target, key, data in graph.graph.edges(keys=True, data=True)
    ]
    return json.dumps([nodes, edges]).encode()


def _evidence(paper_id: str, confidence: float) -> Evidence:
    return Evidence(paper_id, "abstract", 0, 1, (), "", -1, -1, "rule", "1", confidence)


def _study(paper_id: str, concept: Concept, issued: str | None = None) -> LinkedPaper:
    assertion = Assertion(paper_id, Role.STUDIES, concept.id, 0.5, (), ())
    return LinkedPaper(Paper(id=paper_id, issued=issued), (LinkedConcept(concept, ()),), (assertion,), ())


def _method(concept_id: str, *broader: str) -> Concept:
    return Concept(id=concept_id, label=concept_id.upper(), type=ConceptType.METHOD, broader=broader, catalogued=True)


def _vocabulary(*concepts: Concept) -> Vocabulary:
    return Vocabulary(CatalogueEntry(concept, (), "", ()) for concept in concepts)


def _is_a(graph: ResearchGraph) -> set[tuple[str, str]]:
    return {(r.subject, r.object) for r in graph.relations() if r.predicate is Predicate.IS_A}


@settings(deadline=None, max_examples=24)
@given(order=st.permutations(range(4)))
def test_order_makes_no_difference(
    order: list[int], tiny_corpus: tuple[LinkedPaper, ...], tiny_vocabulary: Vocabulary, tiny_graph: ResearchGraph
) -> None:
    """Papers in any order, also from an iterator, give the same nodes and edges in the same order."""
    shuffled = build_graph((tiny_corpus[index] for index in order), vocabulary=tiny_vocabulary)
    assert _bytes(shuffled) == _bytes(tiny_graph)


def test_nodes(tiny_graph: ResearchGraph) -> None:
    """Papers and concepts are nodes with kind and label; only concepts have no colon in their id."""
    nodes = dict(tiny_graph.graph.nodes(data=True))
    papers = {node for node, data in nodes.items() if data["kind"] == "paper"}
    assert papers == {"test:1", "arxiv:2205.00001", "doi:10.1000/survey", "sha:0123456789abcdef"}
    assert set(nodes) - papers == {"hop-rate", "model-tuning", "pouch-tuning", "quokkabench", "wombatnet"}
    assert nodes["arxiv:2205.00001"]["label"] == "WombatNet: Digging Deeper"
    assert nodes["arxiv:2205.00001"]["year"] == 2022
    assert nodes["sha:0123456789abcdef"]["year"] is None
    assert (nodes["hop-rate"]["label"], nodes["hop-rate"]["concept_type"]) == ("hop rate", "Metric")


def test_edges(tiny_graph: ResearchGraph) -> None:
    """An edge's key is its role or predicate; it carries kind, confidence, support and the item itself."""
    role = tiny_graph.graph.edges["test:1", "pouch-tuning", "introduces"]
    assert (role["kind"], role["confidence"], role["support"]) == ("assertion", 0.8, 1)
    assert isinstance(role["item"], Assertion)
    relation = tiny_graph.graph.edges["wombatnet", "pouch-tuning", "extends"]
    assert (relation["kind"], relation["support"]) == ("relation", 2)
    assert isinstance(relation["item"], Relation)


def test_relations_gather_evidence(tiny_graph: ResearchGraph) -> None:
    """One triple in two papers is one edge with both pieces of evidence, believed more than either."""
    (relation,) = (r for r in tiny_graph.relations() if r.predicate is Predicate.EXTENDS)
    assert [evidence.paper_id for evidence in relation.evidence] == ["arxiv:2205.00001", "doi:10.1000/survey"]
    assert relation.confidence == 0.91


def test_concept_nodes(tiny_graph: ResearchGraph) -> None:
    """A concept knows its aliases by paper, its papers' number and the earliest date of one."""
    node = tiny_graph.concept("pouch-tuning")
    assert (node.support, node.first_seen) == (3, "2021-03-01")
    assert [(alias.text, alias.reason, alias.paper_id) for alias in node.aliases] == [
        ("PouT", "catalogue", "arxiv:2205.00001"),
        ("PouT", "definition", "test:1"),
        ("pouch tuning", "label", "doi:10.1000/survey"),
        ("pouch tuning", "label", "test:1"),
    ]


def test_no_date() -> None:
    """A concept whose papers have no date was never first seen."""
    graph = build_graph([_study("a:1", _method("x"))], vocabulary=_vocabulary())
    assert graph.concept("x").first_seen is None


def test_no_papers() -> None:
    """No papers make an empty graph."""
    graph = build_graph([], vocabulary=_vocabulary(_method("a"), _method("b", "a")))
    assert (graph.papers(), graph.concepts(), list(graph.relations())) == ([], [], [])


def test_duplicate_paper(tiny_corpus: tuple[LinkedPaper, ...], tiny_vocabulary: Vocabulary) -> None:
    """Two papers with one id are an error that names the id and the remedy."""
    with pytest.raises(ValueError, match="test:1 occurs twice; merge its records with merge_papers"):
        build_graph([*tiny_corpus, tiny_corpus[0]], vocabulary=tiny_vocabulary)


def test_is_a_nearest_present_ancestor(tiny_graph: ResearchGraph) -> None:
    """The chain pouch < gentle < model tuning < model adaptation has the nearest ancestor that a paper has."""
    assert _is_a(tiny_graph) == {("pouch-tuning", "model-tuning")}
    (relation,) = (r for r in tiny_graph.relations() if r.predicate is Predicate.IS_A)
    assert [(e.rule, e.paper_id, e.field, e.spans) for e in relation.evidence] == [(CATALOGUE_RULE, "", "", ())]
    assert relation.confidence == 0.99


@pytest.mark.parametrize(
    ("broader", "present", "edges"),
    [
        ({"d": ("c",), "c": ("b",), "b": ("a",)}, "dca", {("d", "c"), ("c", "a")}),
        ({"d": ("b", "c"), "b": ("a",), "c": ("a",)}, "da", {("d", "a")}),
        ({"d": ("b", "c"), "b": ("a",), "c": ("a",)}, "dbc", {("d", "b"), ("d", "c")}),
        ({"d": ("b", "c"), "b": ("a",)}, "d", set()),
        ({"a": ("b",), "b": ("a",)}, "ab", {("a", "b"), ("b", "a")}),
        ({"a": ("b",), "b": ("a",)}, "a", set()),
        ({"a": ("a",)}, "a", set()),
        ({"a": ("unknown",)}, "a", set()),
    ],
)
def test_is_a_shapes(broader: dict[str, tuple[str, ...]], present: str, edges: set[tuple[str, str]]) -> None:
    """Chains skip the absent, diamonds give one edge, cycles end and nothing is below itself."""
    concepts = {name: _method(name, *broader.get(name, ())) for name in "abcd"}
    papers = [_study(f"t:{name}", concepts[name]) for name in present]
    assert _is_a(build_graph(papers, vocabulary=_vocabulary(*concepts.values()))) == edges


def test_is_a_of_text_and_catalogue() -> None:
    """What both a text and the catalogue say is one edge with both reasons."""
    a, b = _method("a"), _method("b", "a")
    relation = Relation("b", Predicate.IS_A, "a", 0.6, (_evidence("t:1", 0.6),))
    papers = [replace(_study("t:1", b), relations=(relation,)), _study("t:2", a)]
    (found,) = build_graph(papers, vocabulary=_vocabulary(a, b)).relations()
    assert [evidence.rule for evidence in found.evidence] == [CATALOGUE_RULE, "rule"]
    assert found.confidence == 0.99


def test_readings_by_majority() -> None:
    """Papers that type or spell a new concept differently: the commonest reading wins."""
    model = Concept(id="x", label="X", type=ConceptType.MODEL)
    task = Concept(id="x", label="X", type=ConceptType.TASK)
    graph = build_graph([_study("t:1", task), _study("t:2", model), _study("t:3", model)], vocabulary=_vocabulary())
    assert graph.concept("x").concept is model


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_readings_that_tie(order: str) -> None:
    """A tie goes by type and label, whoever comes first."""
    readings = {
        "a": Concept(id="x", label="X", type=ConceptType.TASK),
        "b": Concept(id="x", label="X", type=ConceptType.MODEL),
    }
    papers = [_study(f"t:{number}", readings[name]) for number, name in enumerate(order)]
    assert build_graph(papers, vocabulary=_vocabulary()).concept("x").concept.type is ConceptType.MODEL


def test_catalogue_reading_wins() -> None:
    """The catalogue's reading of a concept wins over any number of others."""
    curated = _method("x")
    other = Concept(id="x", label="X", type=ConceptType.DATASET)
    papers = [_study("t:1", other), _study("t:2", other), _study("t:3", curated)]
    assert build_graph(papers, vocabulary=_vocabulary()).concept("x").concept is curated


def test_same_alias_once() -> None:
    """Aliases of one concept are a set over papers."""
    alias = Alias("x", "label", "t:1", 0.9)
    first = _study("t:1", _method("x"))
    papers = [
        replace(first, concepts=(LinkedConcept(_method("x"), (alias,)),)),
        replace(_study("t:2", _method("x")), concepts=(LinkedConcept(_method("x"), (alias,)),)),
    ]
    assert build_graph(papers, vocabulary=_vocabulary()).concept("x").aliases == (alias,)


def test_is_a_of_the_catalogue_keeps_to_a_kind() -> None:
    """A concept that is read as another kind has no is_a edge; those above it in the catalogue are tried."""
    concepts = {name: _method(name, *broader) for name, broader in {"a": ("b",), "b": ("c",), "c": ()}.items()}
    vocabulary = Vocabulary(CatalogueEntry(concept, (), "", ()) for concept in concepts.values())
    types = dict.fromkeys(concepts, ConceptType.METHOD) | {"b": ConceptType.TASK}
    assert [edge[:2] for edge in catalogue_edges(types, vocabulary)] == [("a", "c")]
