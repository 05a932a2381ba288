"""Comparison: a table of papers and their concepts by kind."""

from collections.abc import Callable

import pytest

from paperconcepts.errors import UnknownNameError
from paperconcepts.graph import ResearchGraph
from paperconcepts.query import ComparedPaper, compare_papers

MakeGraph = Callable[..., ResearchGraph]
TYPES = {"net": "Model", "bench": "Dataset", "sorting": "Task", "speed": "Metric", "new-bench": "Dataset"}


@pytest.fixture(scope="module")
def graph(graph_of: MakeGraph) -> ResearchGraph:
    return graph_of(
        {
            "t:1": (
                "2023",
                {"tree": "introduces", "bench": "evaluates_on", "speed": "measures", "sorting": "addresses"},
            ),
            "t:2": ("2024-05", {"net": "uses", "heap": "compares", "array": "uses", "bench": "mentions"}),
            "t:3": (None, {"new-bench": "introduces", "bench": "uses"}),
        },
        types=TYPES,
    )


def test_row(graph: ResearchGraph) -> None:
    """What a paper introduces stands apart, the rest by kind; mere mentions do not count."""
    assert compare_papers(graph, ["t:1"]) == [
        ComparedPaper("t:1", "Paper t:1", "2023", ("tree",), (), (), ("bench",), ("sorting",), ("speed",))
    ]
    (second,) = compare_papers(graph, ["t:2"])
    assert (second.methods, second.models, second.datasets) == (("array", "heap"), ("net",), ())


def test_papers_of_a_concept(graph: ResearchGraph) -> None:
    """A concept stands for its papers, without mere mentions, newest first and undated last."""
    assert [row.paper_id for row in compare_papers(graph, ["bench"])] == ["t:1", "t:3"]
    assert [row.paper_id for row in compare_papers(graph, ["bench"], roles=["uses"])] == ["t:3"]
    assert [row.paper_id for row in compare_papers(graph, ["bench"], roles=["mentions"])] == ["t:2"]


def test_several_names(graph: ResearchGraph) -> None:
    """Papers and concepts can be mixed; a paper stands once."""
    assert [row.paper_id for row in compare_papers(graph, ["t:1", "bench", "net"])] == ["t:2", "t:1", "t:3"]
    assert compare_papers(graph, "t:1") == compare_papers(graph, ["t:1"])
    assert compare_papers(graph, []) == []


def test_wrong_words(graph: ResearchGraph) -> None:
    """Unknown names and roles are errors."""
    with pytest.raises(UnknownNameError, match="No concept or paper 'zzz' in this graph"):
        compare_papers(graph, ["bench", "zzz"])
    with pytest.raises(ValueError, match="'evaluates'"):
        compare_papers(graph, ["bench"], roles=["evaluates"])
