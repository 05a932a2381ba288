"""Questions: who uses it, why, with what, since when."""

import pytest

from paperconcepts.errors import UnknownNameError
from paperconcepts.graph import CoOccurrence, ResearchGraph, TimelineRow
from paperconcepts.model import ConceptType, Role

FIRST, SECOND, THIRD = "test:1", "arxiv:2205.00001", "doi:10.1000/survey"


def test_papers_using(tiny_graph: ResearchGraph) -> None:
    """Papers come newest first, without mere mentions; a year alone is older than a month of it."""
    rows = tiny_graph.papers_using("PouT")
    assert [(row.paper_id, row.role, row.issued) for row in rows] == [
        (SECOND, Role.USES, "2022-05"),
        (FIRST, Role.INTRODUCES, "2021-03-01"),
    ]
    assert rows[1].title == "Pouch Tuning for Small Models"
    assert rows[1].confidence == 0.8
    assert rows[1].evidence[0].paper_id == FIRST


def test_papers_using_in_roles(tiny_graph: ResearchGraph) -> None:
    """With roles given, exactly these count."""
    assert [row.paper_id for row in tiny_graph.papers_using("PouT", roles=(Role.MENTIONS,))] == [THIRD]
    assert [row.paper_id for row in tiny_graph.papers_using("PouT", roles=tuple(Role))] == [SECOND, THIRD, FIRST]
    assert tiny_graph.papers_using("PouT", roles=()) == []


@pytest.mark.parametrize("name", ["pouch-tuning", "Pouch Tuning", "pout", "pouch tunings"])
def test_any_name(tiny_graph: ResearchGraph, name: str) -> None:
    """Id, label and alias ask the same question."""
    assert tiny_graph.papers_using(name) == tiny_graph.papers_using("PouT")


@pytest.mark.parametrize("question", ["papers_using", "co_occurring", "timeline", "introduced_by", "concept"])
def test_unknown_concept(tiny_graph: ResearchGraph, question: str) -> None:
    """Every question about an unknown concept suggests near names."""
    with pytest.raises(UnknownNameError, match="Did you mean: WombatNet") as caught:
        getattr(tiny_graph, question)("WombatNett")
    assert caught.value.suggestions == ("WombatNet",)


def test_introduced_by(tiny_graph: ResearchGraph) -> None:
    """Only papers that introduce a concept are its origin."""
    assert [row.paper_id for row in tiny_graph.introduced_by("WombatNet")] == [SECOND]
    assert tiny_graph.introduced_by("QuokkaBench") == []


def test_co_occurring(tiny_graph: ResearchGraph) -> None:
    """Concepts of the same papers, most shared papers first, ties by id; never the concept itself."""
    assert tiny_graph.co_occurring("PouT") == [
        CoOccurrence("quokkabench", "QuokkaBench", ConceptType.DATASET, 3),
        CoOccurrence("wombatnet", "WombatNet", ConceptType.MODEL, 2),
        CoOccurrence("hop-rate", "hop rate", ConceptType.METRIC, 1),
        CoOccurrence("model-tuning", "model tuning", ConceptType.METHOD, 1),
    ]


def test_co_occurring_limit(tiny_graph: ResearchGraph) -> None:
    """A limit cuts the list; None gives all."""
    assert [row.concept_id for row in tiny_graph.co_occurring("PouT", limit=1)] == ["quokkabench"]
    assert len(tiny_graph.co_occurring("PouT", limit=None)) == 4


def test_timeline(tiny_graph: ResearchGraph) -> None:
    """Years oldest first, each with its papers by role, strongest first."""
    rows = tiny_graph.timeline("PouT")
    assert rows == [
        TimelineRow(2021, 1, {Role.INTRODUCES: 1}),
        TimelineRow(2022, 2, {Role.USES: 1, Role.MENTIONS: 1}),
    ]
    assert list(rows[1].roles) == [Role.USES, Role.MENTIONS]


def test_why(tiny_graph: ResearchGraph) -> None:
    """The evidence for an edge, under any name of its ends."""
    (evidence,) = tiny_graph.why("Pouch Tuning for Small Models", "PouT")
    assert (evidence.paper_id, evidence.field, evidence.start) == (FIRST, "abstract", 0)
    assert tiny_graph.why("row-1", "pouch tuning") == [evidence]


def test_why_without_an_edge(tiny_graph: ResearchGraph) -> None:
    """A paper that does not have a concept is an error that names both."""
    with pytest.raises(UnknownNameError, match="No edge 'test:1 -> wombatnet' in this graph"):
        tiny_graph.why(FIRST, "WombatNet")


def test_why_of_unknown_ends(tiny_graph: ResearchGraph) -> None:
    """An unknown paper or concept is an error of its kind."""
    with pytest.raises(UnknownNameError, match="No paper 'zzz'"):
        tiny_graph.why("zzz", "PouT")
    with pytest.raises(UnknownNameError, match="No concept 'zzz'"):
        tiny_graph.why(FIRST, "zzz")
