"""Communities: groups of concepts, their names, and that chance plays no part."""

import random
from collections.abc import Callable

import pytest

from paperconcepts.graph import ResearchGraph
from paperconcepts.query import find_communities

MakeGraph = Callable[..., ResearchGraph]
Papers = dict[str, tuple[str | None, dict[str, str]]]


def _two_fields() -> Papers:
    """Four papers on graphs, three on speech, one on both; "model" is in all of them, "lone" in one."""
    fields = [("node", "edge", "walk")] * 4 + [("sound", "voice", "pitch")] * 3 + [("node", "voice")]
    papers: Papers = {f"t:{n}": ("2024", dict.fromkeys((*found, "model"), "uses")) for n, found in enumerate(fields)}
    papers["t:9"] = ("2024", {"lone": "uses", "model": "uses"})
    papers["t:a"] = ("2024", {})
    return papers


def test_groups(graph_of: MakeGraph) -> None:
    """Concepts of one field are one community; the largest comes first, each paper counts in one of them."""
    found = find_communities(graph_of(_two_fields()), types=["Method"])
    assert [set(row.members) - {"model"} for row in found.rows] == [
        {"node", "edge", "walk"},
        {"sound", "voice", "pitch"},
    ]
    assert [row.number for row in found.rows] == [1, 2]
    assert sum(row.papers for row in found.rows) <= 9
    assert found.rows[0].papers >= 4
    assert 0 < found.modularity < 1


def test_label(graph_of: MakeGraph) -> None:
    """The label is the three concepts whose ties lie most in the community; a bridge comes after them."""
    papers = _two_fields()
    papers["t:b"] = ("2024", dict.fromkeys(("node", "voice"), "uses"))
    first = find_communities(graph_of(papers)).rows[0]
    assert first.label == ", ".join(first.labels[:3])
    assert first.concepts == len(first.members) == len(first.labels)
    assert set(first.members[:2]) == {"edge", "walk"}


def test_too_little(graph_of: MakeGraph) -> None:
    """Concepts without company, and communities that are too small, are unplaced."""
    papers = {"t:1": ("2024", {"a": "uses", "b": "uses"}), "t:2": ("2024", {"a": "uses", "b": "uses"}),
              "t:3": ("2024", {"c": "uses"}), "t:4": ("2024", {"c": "uses"})}  # fmt: skip
    assert find_communities(graph_of(papers)).unplaced == ("a", "b", "c")
    (only,) = find_communities(graph_of(papers), min_size=2).rows
    assert (only.members, only.papers) == (("a", "b"), 2)
    assert find_communities(graph_of(papers), min_size=2).unplaced == ("c",)


def test_nothing(graph_of: MakeGraph) -> None:
    """A graph without concepts has no communities."""
    found = find_communities(graph_of({"t:1": (None, {})}))
    assert (found.rows, found.modularity, found.unplaced) == ((), 0.0, ())


def _chance() -> Papers:
    choose = random.Random(11)  # noqa: S311 - invented papers
    concepts = [f"c{number}" for number in range(25)]
    return {f"t:{n:03}": ("2024", dict.fromkeys(choose.sample(concepts, 4), "uses")) for n in range(80)}


@pytest.mark.parametrize("seed", range(5))
def test_order_of_papers(graph_of: MakeGraph, seed: int) -> None:
    """Papers and concepts in any order give the same communities."""
    expected = find_communities(graph_of(_chance()))
    assert len(expected.rows) > 1
    order = random.Random(seed)  # noqa: S311 - any order will do
    papers = [(paper, date, list(roles.items())) for paper, (date, roles) in _chance().items()]
    order.shuffle(papers)
    for _, _, roles in papers:
        order.shuffle(roles)
    shuffled: Papers = {paper: (date, dict(roles)) for paper, date, roles in papers}
    assert find_communities(graph_of(shuffled)) == expected


def test_resolution(graph_of: MakeGraph) -> None:
    """A finer resolution gives more communities, a coarser one fewer."""
    graph = graph_of(_chance())
    coarse, normal, fine = (
        len(find_communities(graph, min_size=2, resolution=resolution).rows) for resolution in (0.2, 1.0, 3.0)
    )
    assert coarse < normal < fine
