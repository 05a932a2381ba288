"""Communities."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.export.clusters import find_clusters


def test_separate_groups_are_found() -> None:
    """Cliques that hang together by one edge are communities; the largest is number 1, a lone node 0."""
    graph = nx.disjoint_union_all([nx.complete_graph(5), nx.complete_graph(8), nx.complete_graph(5)])
    graph.add_edges_from([(0, 5), (12, 13)])
    graph.add_node(18)
    first, second = zip(*graph.edges(), strict=True)
    assert find_clusters(19, first, second) == [2] * 5 + [1] * 8 + [3] * 5 + [0]


def test_weights_decide() -> None:
    """Of a ring the heavy edges hold together."""
    ring = [0, 1, 2, 3], [1, 2, 3, 0]
    assert find_clusters(4, *ring, [9.0, 0.1, 9.0, 0.1]) == [1, 1, 2, 2]
    assert find_clusters(4, *ring, [0.1, 9.0, 0.1, 9.0]) == [1, 2, 2, 1]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_groups_come_back(seed: int) -> None:
    """Of a graph of planted groups nearly every node is put with its group, as well as networkx does it."""
    graph = nx.planted_partition_graph(6, 40, 0.3, 0.01, seed=seed)
    first, second = zip(*graph.edges(), strict=True)
    found = find_clusters(len(graph), first, second)
    groups = [{node for node in graph if found[node] == one} for one in set(found)]
    theirs = nx.community.louvain_communities(graph, seed=seed)
    assert nx.community.modularity(graph, groups) > nx.community.modularity(graph, theirs) - 0.02


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 12), st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=30))
def test_numbers_are_sound(count: int, pairs: list[tuple[int, int]]) -> None:
    """Numbers go from 1 without a gap, by size; connected nodes have one, and the order of edges does not matter."""
    edges = [(one % count, other % count) for one, other in pairs]
    found = find_clusters(count, [one for one, _ in edges], [other for _, other in edges])
    linked = {end for one, other in edges if one != other for end in (one, other)}
    assert {node for node in range(count) if found[node]} == linked
    sizes = [found.count(number) for number in range(1, max(found, default=0) + 1)]
    assert 0 not in sizes
    assert sizes == sorted(sizes, reverse=True)
    edges.reverse()
    assert find_clusters(count, [one for one, _ in edges], [other for _, other in edges]) == found
