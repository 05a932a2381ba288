"""Lineage: chains of extends and is_a with dates and evidence."""

from collections.abc import Callable

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.errors import ConfigurationError, UnknownNameError
from paperconcepts.examples import example_graph
from paperconcepts.graph import ResearchGraph
from paperconcepts.model import Predicate
from paperconcepts.query import trace_lineage

MakeGraph = Callable[..., ResearchGraph]
Shape = list[tuple[int, str, str, bool]]


@pytest.fixture(scope="module")
def family(graph_of: MakeGraph) -> ResearchGraph:
    """Child extends parent (twice stated) and is one by the catalogue; two cousins; parent extends grand and uncle."""
    every = dict.fromkeys(("child", "parent", "grand", "uncle", "cousin", "toddler"), "uses")
    papers = {
        "t:1": ("2020", {"grand": "introduces", "uncle": "uses"}),
        "t:2": ("2022-01", every),
        "t:3": (None, every),
    }
    relations = [
        ("t:2", "child", "extends", "parent"),
        ("t:3", "child", "extends", "parent"),
        ("t:2", "parent", "extends", "grand"),
        ("t:2", "parent", "extends", "uncle"),
        ("t:2", "uncle", "is_a", "grand"),
        ("t:2", "cousin", "extends", "uncle"),
        ("t:3", "toddler", "is_a", "child"),
        ("t:3", "toddler", "used_for", "parent"),
        ("t:3", "toddler", "part_of", "grand"),
    ]
    return graph_of(papers, relations=relations, broader={"child": ("parent",), "parent": ()})


def _shape(graph: ResearchGraph, name: str, **choices: object) -> Shape:
    return [(r.depth, r.via, r.concept_id, r.repeated) for r in trace_lineage(graph, name, **choices)]  # type: ignore[arg-type]


def test_up(family: ResearchGraph) -> None:
    """Upwards each concept is followed by what it builds on, and stands in full at its nearest place."""
    assert _shape(family, "child", direction="up") == [
        (1, "child", "parent", False),
        (2, "parent", "grand", False),
        (2, "parent", "uncle", False),
        (3, "uncle", "grand", True),
        (1, "child", "parent", True),
    ]


def test_down(family: ResearchGraph) -> None:
    """Downwards are the concepts that build on it."""
    assert _shape(family, "grand", direction="down", depth=2) == [
        (1, "grand", "uncle", False),
        (2, "uncle", "cousin", False),
        (2, "uncle", "parent", True),
        (1, "grand", "parent", False),
        (2, "parent", "child", False),
        (2, "parent", "child", True),
    ]


def test_both(family: ResearchGraph) -> None:
    """Both directions are the rows of one after those of the other."""
    rows = trace_lineage(family, "parent")
    up, down = trace_lineage(family, "parent", direction="up"), trace_lineage(family, "parent", direction="down")
    assert rows == [*up, *down]
    assert {row.direction for row in up} == {"up"}


def test_evidence(family: ResearchGraph) -> None:
    """A row has the date and support of its concept, and the papers and the catalogue behind the step."""
    rows = {(row.predicate, row.concept_id): row for row in trace_lineage(family, "child", direction="up")}
    extends = rows[Predicate.EXTENDS, "parent"]
    assert (extends.papers, extends.catalogue, extends.confidence) == (("t:2", "t:3"), False, 0.96)
    assert (extends.first_seen, extends.support, extends.label) == ("2022-01", 2, "parent")
    is_a = rows[Predicate.IS_A, "parent"]
    assert (is_a.papers, is_a.catalogue) == ((), True)
    assert rows[Predicate.EXTENDS, "grand"].first_seen == "2020"


def test_relations(family: ResearchGraph) -> None:
    """Only the chosen relations are followed."""
    assert _shape(family, "toddler", predicates=["part_of"]) == [(1, "toddler", "grand", False)]
    assert _shape(family, "toddler", predicates="is_a", direction="up", depth=1) == [(1, "toddler", "child", False)]


def test_circle(graph_of: MakeGraph) -> None:
    """A circle ends where it began, a concept that extends itself is no step."""
    papers = {"t:1": ("2020", {"a": "uses", "b": "uses", "c": "uses"})}
    steps = [("a", "b"), ("b", "c"), ("c", "a"), ("a", "a")]
    graph = graph_of(papers, relations=[("t:1", one, "extends", other) for one, other in steps])
    assert _shape(graph, "a", direction="up", depth=99) == [
        (1, "a", "b", False), (2, "b", "c", False), (3, "c", "a", True),
    ]  # fmt: skip


def test_alone(family: ResearchGraph) -> None:
    """A concept without relations has no lineage."""
    assert trace_lineage(family, "grand", direction="up") == []


def test_wrong_words(family: ResearchGraph) -> None:
    """Unknown directions, depths, relations and names are errors."""
    with pytest.raises(ConfigurationError, match="unknown direction 'left'; known directions: up, down, both"):
        trace_lineage(family, "child", direction="left")  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match="depth is 0; it must be at least 1"):
        trace_lineage(family, "child", depth=0)
    with pytest.raises(ValueError, match="'beats'"):
        trace_lineage(family, "child", predicates=["beats"])
    with pytest.raises(UnknownNameError, match="No concept 'niece'"):
        trace_lineage(family, "niece")


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=15), st.integers(1, 7))
def test_networkx_agrees(graph_of: MakeGraph, steps: list[tuple[str, str]], depth: int) -> None:
    """The concepts and their nearest depth are those of a breadth-first search; every step stands once."""
    papers = {"t:1": ("2020", dict.fromkeys("abcdef", "uses"))}
    graph = graph_of(papers, relations=[("t:1", one, "extends", other) for one, other in sorted(set(steps))])
    digraph = nx.DiGraph((one, other) for one, other in steps if one != other)
    digraph.add_nodes_from("abcdef")
    for direction, oriented in (("up", digraph), ("down", digraph.reverse())):
        rows = trace_lineage(graph, "a", direction=direction, depth=depth)  # type: ignore[arg-type]
        nearest = nx.single_source_shortest_path_length(oriented, "a", cutoff=depth)
        assert {row.concept_id: row.depth for row in rows if not row.repeated} | {"a": 0} == nearest
        walked = [(row.via, row.concept_id) for row in rows]
        assert len(walked) == len(set(walked))
        assert set(walked) == {(one, other) for one, other in oriented.edges if nearest.get(one, depth) < depth}


def test_weak_relations_are_left_out_on_request() -> None:
    """With ``min_confidence`` every step is believed that far or stated by the catalogue; others end their branch."""
    graph = example_graph()
    every = trace_lineage(graph, "GPT-3")
    believed = trace_lineage(graph, "GPT-3", min_confidence=0.5)
    assert 0 < len(believed) < len(every)
    assert [row for row in believed if row.confidence < 0.5 and not row.catalogue] == []
    steps = {(row.direction, row.via, row.concept_id, row.predicate) for row in every}
    assert {(row.direction, row.via, row.concept_id, row.predicate) for row in believed} <= steps
