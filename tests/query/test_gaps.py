"""Gaps: tasks and methods that are both frequent and hardly ever combined."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.errors import ConfigurationError, UnknownNameError
from paperconcepts.graph import ResearchGraph
from paperconcepts.query import find_gaps

MakeGraph = Callable[..., ResearchGraph]
TYPES = {"sorting": "Task", "search": "Task", "net": "Model", "bench": "Dataset", "tiny-net": "Model"}


def _papers(*found: tuple[str, ...]) -> dict[str, tuple[str | None, dict[str, str]]]:
    return {f"t:{n:02}": (None, dict.fromkeys(names, "uses")) for n, names in enumerate(found)}


def test_by_hand(graph_of: MakeGraph) -> None:
    """Four of ten papers each, never together: 1.6 would be expected; a pair that meets is no gap."""
    graph = graph_of(
        _papers(*[("sorting", "tree")] * 3, ("sorting",), *[("net", "bench")] * 4, ("tree",), ("bench",)), types=TYPES
    )
    (gap,) = find_gaps(graph)
    assert (gap.task_id, gap.method_id, gap.type) == ("sorting", "net", "Model")
    assert (gap.task_papers, gap.method_papers, gap.expected, gap.observed, gap.narrower) == (4, 4, 1.6, 0, 0)


def test_far_less_than_expected(graph_of: MakeGraph) -> None:
    """One paper where 12.5 are expected is a gap, and is not if gaps must be empty."""
    graph = graph_of(_papers(("sorting", "tree"), *[("sorting",)] * 24, *[("tree",)] * 24, ("net",)), types=TYPES)
    (gap,) = find_gaps(graph)
    assert (gap.expected, gap.observed) == (12.5, 1)
    assert find_gaps(graph, max_ratio=0) == []
    assert find_gaps(graph, min_expected=12.6) == []


def test_narrower_concepts_close_a_gap(graph_of: MakeGraph) -> None:
    """A narrower model with the task closes the gap of the broader one; where it is rare it is counted."""
    rows = [*[("sorting",)] * 5, *[("net",)] * 5, ("sorting", "tiny-net")]
    closed = graph_of(_papers(*rows), types=TYPES, broader={"tiny-net": ("net",), "net": ()})
    assert find_gaps(closed) == []
    assert [gap.method_id for gap in find_gaps(graph_of(_papers(*rows), types=TYPES))] == ["net"]
    many = [*[("sorting",)] * 20, *[("net",)] * 20, ("sorting", "tiny-net")]
    (gap,) = find_gaps(graph_of(_papers(*many), types=TYPES, broader={"tiny-net": ("net",), "net": ()}))
    assert (gap.observed, gap.narrower) == (0, 1)


def test_of_a_concept(graph_of: MakeGraph) -> None:
    """Only the gaps of one task or method, which may be as rare as it likes."""
    graph = graph_of(
        _papers(*[("sorting",)] * 4, *[("net",)] * 4, *[("search",)] * 3, ("tree",), ("bench",)), types=TYPES
    )
    assert {(gap.task_id, gap.method_id) for gap in find_gaps(graph)} == {("sorting", "net"), ("search", "net")}
    assert [gap.task_id for gap in find_gaps(graph, concept="search")] == ["search"]
    rare = find_gaps(graph, concept="tree", min_expected=0)
    assert [(gap.task_id, gap.expected) for gap in rare] == [("sorting", 0.31), ("search", 0.23)]


def test_within(graph_of: MakeGraph) -> None:
    """Only pairs of the given concepts, given in any form."""
    graph = graph_of(_papers(*[("sorting",)] * 4, *[("net",)] * 4, *[("search",)] * 4), types=TYPES)
    assert [gap.task_id for gap in find_gaps(graph, within=iter(["search", "net"]))] == ["search"]
    assert find_gaps(graph, within=["search"]) == []


def test_wrong_words(graph_of: MakeGraph) -> None:
    """A concept of another type, tasks among the methods, a senseless ratio and unknown names are errors."""
    graph = graph_of(_papers(*[("sorting", "bench", "net")] * 3), types=TYPES)
    with pytest.raises(ConfigurationError, match="'bench' is a Dataset; gaps lie between a Task and one of: Method, M"):
        find_gaps(graph, concept="bench")
    with pytest.raises(ConfigurationError, match="leave Task out"):
        find_gaps(graph, types=["Task", "Method"])
    with pytest.raises(ConfigurationError, match="the ratio is 1; it must be at least 0 and below 1"):
        find_gaps(graph, max_ratio=1)
    with pytest.raises(UnknownNameError, match="No concept 'zzz'"):
        find_gaps(graph, concept="zzz")
    assert find_gaps(graph_of({}, types=TYPES)) == []


NAMES = ("t1", "t2", "t3", "m1", "m2", "m3", "m4")


@given(st.lists(st.sets(st.sampled_from(NAMES), max_size=3), min_size=1, max_size=25), st.integers(1, 5))
def test_all_pairs_agree(graph_of: MakeGraph, corpus: list[set[str]], limit: int) -> None:
    """The search that stops early finds what looking at all pairs finds."""
    graph = graph_of(_papers(*map(tuple, corpus)), types={"t1": "Task", "t2": "Task", "t3": "Task"})
    total = sum(bool(found) for found in corpus)
    support = {name: sum(name in found for found in corpus) for name in NAMES}
    expected = []
    for task in NAMES[:3]:
        for method in NAMES[3:]:
            both = sum({task, method} <= found for found in corpus)
            if support[task] >= 2 and support[method] >= 2 and both == 0:
                expected.append((-support[task] * support[method] / total, task, method))
    found = find_gaps(graph, min_support=2, min_expected=0, max_ratio=0, limit=None)
    assert [(gap.task_id, gap.method_id) for gap in found] == [(task, method) for _, task, method in sorted(expected)]
    assert find_gaps(graph, min_support=2, min_expected=0, max_ratio=0, limit=limit) == found[:limit]
