"""Explanations: each edge with its sentence and the names marked in it."""

from dataclasses import replace

import pytest

from paperconcepts.errors import UnknownNameError
from paperconcepts.graph import ResearchGraph
from paperconcepts.model import Role
from paperconcepts.query import explain


def test_sentence_and_span(tiny_graph: ResearchGraph) -> None:
    """An explanation has the sentence itself and spans that count from its beginning."""
    (found,) = explain(tiny_graph, "test:1", "QuokkaBench")
    assert (found.role, found.concept_id, found.label) == (Role.EVALUATES_ON, "quokkabench", "QuokkaBench")
    assert found.sentence == "It is tested on QuokkaBench."
    assert [found.sentence[start:end] for start, end in found.spans] == ["QuokkaBench"]


def test_marked(tiny_graph: ResearchGraph) -> None:
    """The mentions stand between marks."""
    (found,) = explain(tiny_graph, "2205.00001", "PouT")
    assert found.marked() == "WombatNet extends [PouT] with “burrows” 🦘 and more."
    assert found.marked("<b>", "</b>").count("<b>PouT</b>") == 1


@pytest.mark.parametrize(
    ("spans", "marked"),
    [
        ((), "It is tested on QuokkaBench."),
        (((16, 27), (16, 27)), "It is tested on [QuokkaBench]."),
        (((16, 27), (0, 2)), "[It] is tested on [QuokkaBench]."),
        (((16, 22), (16, 27)), "It is tested on [Quokka]Bench."),
        (((16, 27), (22, 27)), "It is tested on [QuokkaBench]."),
        (((0, 2), (2, 5)), "[It][ is] tested on QuokkaBench."),
    ],
)
def test_marks_never_cross(tiny_graph: ResearchGraph, spans: tuple[tuple[int, int], ...], marked: str) -> None:
    """Spans in any order, doubled or overlapping, are marked once and the text stays whole."""
    (found,) = explain(tiny_graph, "test:1", "QuokkaBench")
    found = replace(found, spans=spans)
    assert found.marked() == marked
    assert found.marked("", "") == found.sentence


def test_no_edge(tiny_graph: ResearchGraph) -> None:
    """Without an edge there is nothing to explain."""
    with pytest.raises(UnknownNameError, match="No edge"):
        explain(tiny_graph, "test:1", "WombatNet")
