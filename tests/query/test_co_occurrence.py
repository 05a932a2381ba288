"""Co-occurrence: counts, Jaccard and mutual information, against hand-made numbers and NetworkX."""

import math
from collections.abc import Callable

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.errors import ConfigurationError, UnknownNameError
from paperconcepts.graph import ResearchGraph
from paperconcepts.query import ConceptPair, RelatedConcept, co_occurrence_graph, co_occurrences, related_concepts
from paperconcepts.query.co_occurrence import association

MakeGraph = Callable[..., ResearchGraph]
CORPORA = st.lists(st.sets(st.sampled_from("abcdef"), max_size=5), min_size=1, max_size=12)


def test_hand_computed(eight_papers: ResearchGraph) -> None:
    """Two shared of eight papers, two and four of them: Jaccard 2/4, PMI log2(2*8/(2*4)) = 1, NPMI 1/log2(8/2)."""
    pairs = {(row.first, row.second): row for row in co_occurrences(eight_papers)}
    assert pairs["a", "b"] == ConceptPair("a", "a", "b", "b", 2, 0.5, 1.0, 0.5)
    # c and d: 2 shared, 4 and 3 papers of 8; the paper without concepts does not count.
    assert pairs["c", "d"].jaccard == 0.4
    assert pairs["c", "d"].pmi == round(math.log2(2 * 8 / (4 * 3)), 4)
    assert pairs["b", "d"].pmi == round(math.log2(1 * 8 / (4 * 3)), 4) < 0
    assert set(pairs) == {("a", "b"), ("b", "d"), ("c", "d")}


def test_order(eight_papers: ResearchGraph) -> None:
    """The chosen weight decides the order, then papers, then ids."""
    assert [row.first + row.second for row in co_occurrences(eight_papers)] == ["ab", "cd", "bd"]
    by_papers = co_occurrences(eight_papers, sort_by="papers")
    assert [(row.first + row.second, row.papers) for row in by_papers] == [("ab", 2), ("cd", 2), ("bd", 1)]


def test_limits(eight_papers: ResearchGraph) -> None:
    """Support, shared papers, types and roles leave out; totals stay those of the chosen roles."""
    assert [row.first + row.second for row in co_occurrences(eight_papers, min_shared=2)] == ["ab", "cd"]
    assert [row.first + row.second for row in co_occurrences(eight_papers, min_support=3)] == ["cd", "bd"]
    assert [row.first + row.second for row in co_occurrences(eight_papers, types=["Method"])] == ["ab"]
    assert co_occurrences(eight_papers, types=["Method"])[0].pmi == 1.0
    without_mentions = co_occurrences(eight_papers, roles=["introduces", "uses", "evaluates_on", "studies"])
    assert {row.first + row.second: row.papers for row in without_mentions} == {"ab": 1, "bd": 1, "cd": 1}


def test_related(eight_papers: ResearchGraph) -> None:
    """Related concepts have the same numbers as the pairs, with the support of the other one."""
    rows = related_concepts(eight_papers, "d")
    assert [(row.concept_id, row.papers, row.support) for row in rows] == [("c", 2, 4), ("b", 1, 4)]
    assert isinstance(rows[0], RelatedConcept)
    assert [row.concept_id for row in related_concepts(eight_papers, "d", types=["Method"])] == ["b"]
    assert related_concepts(eight_papers, "d", min_shared=3) == []


def test_related_agrees_with_co_occurring(tiny_graph: ResearchGraph) -> None:
    """By papers, related concepts are those of ``graph.co_occurring``."""
    rows = related_concepts(tiny_graph, "PouT", sort_by="papers")
    expected = {row.concept_id: row.papers for row in tiny_graph.co_occurring("PouT", limit=None)}
    assert {row.concept_id: row.papers for row in rows} == expected


def test_wrong_words(eight_papers: ResearchGraph) -> None:
    """Unknown weights, types, roles and names are errors, not empty answers."""
    with pytest.raises(ConfigurationError, match="unknown weight 'pnmi'; known weights: npmi, pmi, jaccard, papers"):
        co_occurrences(eight_papers, sort_by="pnmi")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="'Methods'"):
        co_occurrences(eight_papers, types=["Methods"])
    with pytest.raises(ValueError, match="'use'"):
        related_concepts(eight_papers, "a", roles=["use"])
    with pytest.raises(UnknownNameError, match="No concept 'zzz'"):
        related_concepts(eight_papers, "zzz")


def test_graph(eight_papers: ResearchGraph) -> None:
    """The projection has every concept as a node, also a lone one, and the weights of the pairs on its edges."""
    projection = co_occurrence_graph(eight_papers, min_shared=2)
    assert projection.nodes["d"] == {"label": "d", "concept_type": "Dataset", "support": 3}
    assert projection.edges["a", "b"] == {"papers": 2, "weight": 2, "jaccard": 0.5, "pmi": 1.0, "npmi": 0.5}
    assert sorted(projection.edges) == [("a", "b"), ("c", "d")]
    lonely = co_occurrence_graph(eight_papers, types=["Dataset"])
    assert (list(lonely.nodes), lonely.number_of_edges()) == (["d"], 0)


@given(CORPORA)
def test_networkx_agrees(graph_of: MakeGraph, corpus: list[set[str]]) -> None:
    """Shared papers and Jaccard are those of NetworkX' projections of the bipartite graph."""
    graph = graph_of({f"t:{n}": (None, dict.fromkeys(found, "uses")) for n, found in enumerate(corpus)})
    bipartite = nx.Graph()
    bipartite.add_nodes_from(f"t:{n}" for n in range(len(corpus)))
    bipartite.add_edges_from((f"t:{n}", one) for n, found in enumerate(corpus) for one in found)
    concepts = {node for node in bipartite if ":" not in node}
    counts = nx.bipartite.weighted_projected_graph(bipartite, concepts)
    jaccard = nx.bipartite.overlap_weighted_projected_graph(bipartite, concepts, jaccard=True)
    rows = co_occurrences(graph)
    assert {(row.first, row.second): row.papers for row in rows} == {
        (min(pair), max(pair)): counts.edges[pair]["weight"] for pair in counts.edges
    }
    for row in rows:
        assert row.jaccard == pytest.approx(jaccard.edges[row.first, row.second]["weight"], abs=1e-4)
    assert set(co_occurrence_graph(graph).edges) == {(row.first, row.second) for row in rows}


@given(st.data())
def test_bounds(data: st.DataObject) -> None:
    """Normalised PMI lies between -1 and 1, is 1 where both always come together, and has the sign of PMI."""
    total = data.draw(st.integers(1, 500))
    first, second = data.draw(st.integers(1, total)), data.draw(st.integers(1, total))
    shared = data.draw(st.integers(max(1, first + second - total), min(first, second)))
    found = association(shared, first, second, total)
    assert -1 <= found.npmi <= 1
    assert 0 < found.jaccard <= 1
    assert (found.npmi == 1) == (shared == first == second)
    assert found.pmi * found.npmi >= 0
