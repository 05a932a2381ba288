"""RDF is written as a stream: four times the papers take hardly more memory while lines of them are written."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from paperconcepts.examples import example_graph
from paperconcepts.export.records import linked_papers
from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.model import LinkedPaper
from paperconcepts.rdf import write_rdf

FEW = 80


def _renamed(linked: LinkedPaper, number: int) -> LinkedPaper:
    """The same paper under another id, with its concepts and what it says of them, without relations."""
    name = f"sha:{number:04x}{linked.paper.id.rpartition(':')[2]}"
    return replace(
        linked,
        paper=linked.paper.model_copy(update={"id": name, "identifiers": ()}),
        concepts=tuple(replace(item, aliases=()) for item in linked.concepts),
        assertions=tuple(
            replace(one, paper_id=name, evidence=tuple(replace(piece, paper_id=name) for piece in one.evidence))
            for one in linked.assertions
        ),
        relations=(),
        results=(),
        unasserted=(),
    )


def _papers() -> Iterator[LinkedPaper]:
    linked = list(linked_papers(example_graph()))
    for number in range(1_000):
        yield from (_renamed(item, number) for item in linked)


@pytest.fixture(scope="module")
def graphs() -> tuple[ResearchGraph, ResearchGraph]:
    """A graph, and one of four times as many papers."""
    papers = list(islice(_papers(), 4 * FEW))
    return build_graph(papers[:FEW]), build_graph(papers)


def _peak(graph: ResearchGraph, path: Path, syntax: str) -> int:
    write_rdf(graph, path, syntax)  # so that caches are filled and modules loaded
    tracemalloc.start()
    try:
        write_rdf(graph, path, syntax)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("syntax", ["nt", "nq", "rdf12"])
def test_memory_does_not_grow_with_the_file(
    syntax: str, graphs: tuple[ResearchGraph, ResearchGraph], tmp_path: Path
) -> None:
    """The file is about four times as large; the memory to write it is at most half as much again."""
    small, large = (_peak(graph, tmp_path / f"{place}.rdf", syntax) for place, graph in enumerate(graphs))
    sizes = [(tmp_path / f"{place}.rdf").stat().st_size for place in (0, 1)]
    assert sizes[1] > 3.5 * sizes[0] > 1_500_000
    assert large < 1.5 * small, (small, large)
