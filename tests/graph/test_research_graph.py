"""The research graph: a public NetworkX graph with sorted, typed views."""

import networkx as nx
import pytest

from paperconcepts.errors import UnknownNameError
from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.model import LinkedPaper, Role
from paperconcepts.vocabulary import CatalogueEntry, Vocabulary


def test_public_graph(tiny_graph: ResearchGraph) -> None:
    """The NetworkX graph is there for any other question."""
    assert type(tiny_graph.graph) is nx.MultiDiGraph
    assert nx.number_weakly_connected_components(tiny_graph.graph) == 2


def test_repr(tiny_graph: ResearchGraph) -> None:
    """A graph shows its size."""
    assert repr(tiny_graph) == "<ResearchGraph: 4 papers, 5 concepts, 14 edges>"


def test_sorted_views(tiny_graph: ResearchGraph) -> None:
    """Papers and concepts come by id, assertions by paper and strength, relations by triple."""
    papers = [paper.id for paper in tiny_graph.papers()]
    concepts = [node.concept.id for node in tiny_graph.concepts()]
    assertions = [(a.paper_id, a.role.rank, a.concept_id) for a in tiny_graph.assertions()]
    relations = [(r.subject, str(r.predicate), r.object) for r in tiny_graph.relations()]
    for view in (papers, concepts, assertions, relations):
        assert view == sorted(view)
    assert (len(papers), len(concepts), len(assertions), len(relations)) == (4, 5, 10, 4)


def test_items_are_kept(tiny_graph: ResearchGraph, tiny_corpus: tuple[LinkedPaper, ...]) -> None:
    """Papers and assertions come out as they went in."""
    assert {paper.id: paper for paper in tiny_graph.papers()} == {item.paper.id: item.paper for item in tiny_corpus}
    assert set(tiny_graph.assertions()) == {assertion for item in tiny_corpus for assertion in item.assertions}


@pytest.mark.parametrize(
    "name",
    [
        "arxiv:2205.00001",
        "2205.00001",
        "doi:10.1000/wombat",
        "WombatNet: Digging Deeper",
        "wombatnet: digging-deeper",
    ],
)
def test_paper_by_any_name(tiny_graph: ResearchGraph, name: str) -> None:
    """A paper is found by id, bare id, identifier and title."""
    assert tiny_graph.paper(name).id == "arxiv:2205.00001"


def test_paper_by_input_id(tiny_graph: ResearchGraph) -> None:
    """A paper is found by the id that its input record bore."""
    assert tiny_graph.paper("row-1").id == "test:1"


def test_unknown_paper(tiny_graph: ResearchGraph) -> None:
    """An unknown paper suggests near titles."""
    with pytest.raises(UnknownNameError, match=r"'Wombat Net, digging deep'.*Did you mean: WombatNet: Digging"):
        tiny_graph.paper("Wombat Net, digging deep")


def test_a_concept_is_no_paper(tiny_graph: ResearchGraph) -> None:
    """Papers and concepts are looked up apart."""
    with pytest.raises(UnknownNameError):
        tiny_graph.paper("PouT")
    with pytest.raises(UnknownNameError):
        tiny_graph.concept("test:1")


def test_concepts_of(tiny_graph: ResearchGraph) -> None:
    """What a paper does, strongest role first."""
    assert [(a.role, a.concept_id) for a in tiny_graph.concepts_of("2205.00001")] == [
        (Role.INTRODUCES, "wombatnet"),
        (Role.EVALUATES_ON, "quokkabench"),
        (Role.USES, "pouch-tuning"),
    ]
    assert tiny_graph.concepts_of("sha:0123456789abcdef") == []


def test_aliases_come_from_the_vocabulary_of_the_build(tiny_corpus: tuple[LinkedPaper, ...]) -> None:
    """An alias that no paper uses is looked up in the vocabulary the graph was built with, and only there."""
    known = next(item.concept for paper in tiny_corpus for item in paper.concepts)
    entry = CatalogueEntry(known, ("Unheard Of",), "", ())
    graph = build_graph(tiny_corpus, vocabulary=Vocabulary([entry]))
    assert graph.concept("unheard of").concept.id == known.id
    with pytest.raises(UnknownNameError):
        build_graph(tiny_corpus, vocabulary=Vocabulary([])).concept("unheard of")
