"""Why an edge is there, in a corpus of thousands of papers that all say so."""

import time

import pytest

from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.model import (
    Alias,
    Assertion,
    Concept,
    ConceptType,
    Evidence,
    LinkedConcept,
    LinkedPaper,
    Mention,
    Paper,
    Predicate,
    Relation,
    Role,
)
from paperconcepts.query import why_edge, why_node
from paperconcepts.vocabulary import Vocabulary

_TEXT = "Hop Net (HN) extends Dig Net (DN) in many ways."
_NAMES = {"hop-net": ("Hop Net", "HN"), "dig-net": ("Dig Net", "DN")}


def _graph(count: int) -> ResearchGraph:
    """A graph of papers that all define and relate the same two concepts."""
    papers = []
    for number in range(count):
        paper = Paper(id=f"x:{number:05}", title=f"Study {number}", abstract=_TEXT)
        whole = (0, len(_TEXT))
        concepts, assertions = [], []
        for key, (long, short) in sorted(_NAMES.items()):
            spans = [(_TEXT.index(name), _TEXT.index(name) + len(name)) for name in (long, short)]
            mentions = tuple(
                Mention("abstract", *span, _TEXT[slice(*span)], ConceptType.MODEL, "tagger", 0.9) for span in spans
            )
            evidence = Evidence(paper.id, "abstract", *whole, tuple(spans), "", -1, -1, "test", "1", 0.5)
            aliases = (Alias(long, "name", paper.id, 0.9), Alias(short, "definition", paper.id, 0.97))
            concepts.append(LinkedConcept(Concept(id=key, label=long, type=ConceptType.MODEL), aliases))
            assertions.append(Assertion(paper.id, Role.USES, key, 0.5, (evidence,), mentions))
        marked = tuple((m.start, m.end) for a in assertions for m in a.mentions)
        stated = Evidence(paper.id, "abstract", *whole, marked, "extends", 13, 20, "relation:extends", "1", 0.6)
        relation = Relation("hop-net", Predicate.EXTENDS, "dig-net", 0.6, (stated,))
        papers.append(LinkedPaper(paper, tuple(concepts), tuple(assertions), (relation,)))
    return build_graph(papers, vocabulary=Vocabulary([]))


def _seconds(graph: ResearchGraph, names: tuple[str, ...]) -> float:
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        answer = why_node(graph, *names) if len(names) == 1 else why_edge(graph, *names)
        times.append(time.perf_counter() - begin)
        assert answer.found
    return min(times)


@pytest.fixture(scope="module")
def graphs() -> tuple[ResearchGraph, ResearchGraph]:
    """The same graph of few and of eight times as many papers."""
    return _graph(300), _graph(2400)


@pytest.mark.parametrize("names", [("Hop Net", "Dig Net"), ("HN",)])
def test_time_is_linear(graphs: tuple[ResearchGraph, ResearchGraph], names: tuple[str, ...]) -> None:
    """An explanation of eight times as many papers takes about eight times as long, not sixty-four."""
    few, many = graphs
    assert _seconds(many, names) < 24 * _seconds(few, names) + 0.05
