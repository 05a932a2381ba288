"""Similarity: papers by their concepts, concepts by their company."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.errors import UnknownNameError
from paperconcepts.graph import ResearchGraph
from paperconcepts.model import Role
from paperconcepts.query import SimilarConcept, SimilarPaper, similar, similar_concepts, similar_papers
from paperconcepts.query.similarity import ROLE_WEIGHTS

MakeGraph = Callable[..., ResearchGraph]


def test_by_hand(graph_of: MakeGraph) -> None:
    """The cosine of idf times role weight: "a" in two of four papers, "b" in one, "c" in all."""
    graph = graph_of(
        {
            "t:1": ("2024", {"a": "introduces", "b": "uses", "c": "uses"}),
            "t:2": ("2023", {"a": "mentions", "c": "uses", "d": "uses"}),
            "t:3": ("2022", {"c": "introduces"}),
            "t:4": ("2021", {"c": "uses", "d": "mentions"}),
        }
    )
    (row,) = similar_papers(graph, "t:1")
    one = {"a": math.log(2) * 1.0, "b": math.log(4) * 0.8}
    other = {"a": math.log(2) * 0.3, "d": math.log(2) * 0.8}
    norms = math.hypot(*one.values()) * math.hypot(*other.values())
    assert row == SimilarPaper("t:2", "Paper t:2", "2023", round(one["a"] * other["a"] / norms, 4), ("a",))


def test_what_all_share_says_nothing(graph_of: MakeGraph) -> None:
    """A concept that all papers have makes no two papers similar."""
    graph = graph_of({f"t:{n}": (None, {"c": "uses"}) for n in range(3)})
    assert similar_papers(graph, "t:0") == []


def test_shared_and_limit(graph_of: MakeGraph) -> None:
    """The weightiest shared concept comes first; the limit cuts; equal scores are ordered by id."""
    papers = {f"t:{n}": (None, {"common": "uses", "rare": "uses"}) for n in range(3)}
    papers |= {f"t:{n}": (None, {"common": "uses"}) for n in range(3, 6)} | {"t:6": (None, {"other": "uses"})}
    rows = similar_papers(graph_of(papers), "t:0")
    assert [(row.paper_id, row.score, row.shared) for row in rows[:2]] == [
        ("t:1", 1.0, ("rare", "common")), ("t:2", 1.0, ("rare", "common")),
    ]  # fmt: skip
    assert [row.paper_id for row in rows] == ["t:1", "t:2", "t:3", "t:4", "t:5"]
    assert similar_papers(graph_of(papers), "t:0", limit=2) == rows[:2]


def test_role_weights(graph_of: MakeGraph) -> None:
    """Every role has a weight; others can be given, and a role that is missing weighs nothing."""
    assert set(ROLE_WEIGHTS) == set(Role)
    papers = {"t:1": (None, {"a": "uses"}), "t:2": (None, {"a": "mentions"}), "t:3": (None, {"b": "uses"})}
    graph = graph_of(papers)
    assert [row.paper_id for row in similar_papers(graph, "t:1")] == ["t:2"]
    assert similar_papers(graph, "t:1", role_weights={Role.USES: 1.0}) == []


def test_paper_without_concepts(eight_papers: ResearchGraph) -> None:
    """A paper without concepts resembles none."""
    assert similar_papers(eight_papers, "t:9") == []


@given(st.lists(st.sets(st.sampled_from("abcdef"), max_size=4), min_size=2, max_size=8))
def test_all_pairs_agree(graph_of: MakeGraph, corpus: list[set[str]]) -> None:
    """The index of shared concepts finds what comparing all papers finds, and similarity is symmetric."""
    graph = graph_of({f"t:{n}": (None, dict.fromkeys(found, "uses")) for n, found in enumerate(corpus)})
    total = sum(bool(found) for found in corpus)
    idf = {one: math.log(total / sum(one in found for found in corpus)) for found in corpus for one in found}
    expected = {}
    for m, one in enumerate(corpus):
        for n, other in enumerate(corpus):
            dot = sum(idf[c] ** 2 for c in one & other)
            if m != n and dot > 0:
                norms = math.sqrt(sum(idf[c] ** 2 for c in one) * sum(idf[c] ** 2 for c in other))
                expected[f"t:{m}", f"t:{n}"] = pytest.approx(dot / norms, abs=1e-4)
    found_scores = {
        (f"t:{m}", row.paper_id): row.score
        for m in range(len(corpus))
        for row in similar_papers(graph, f"t:{m}", limit=None)
    }
    assert found_scores == expected
    assert all(found_scores[other, one] == score for (one, other), score in found_scores.items())


def _company(graph_of: MakeGraph) -> ResearchGraph:
    """ "tea" and "coffee" never meet but keep the same company; "paint" keeps another."""
    papers = {}
    for number in range(3):
        papers[f"t:tea{number}"] = (None, dict.fromkeys(("tea", "cup", "hot"), "uses"))
        papers[f"t:coffee{number}"] = (None, dict.fromkeys(("coffee", "cup", "hot"), "uses"))
        papers[f"t:paint{number}"] = (None, dict.fromkeys(("paint", "wall"), "uses"))
    return graph_of(papers, types={"cup": "Dataset", "hot": "Metric", "wall": "Dataset"})


def test_same_company(graph_of: MakeGraph) -> None:
    """Concepts that never meet are similar if they keep the same company; those with other company are not."""
    (row,) = similar_concepts(_company(graph_of), "tea")
    assert (row.concept_id, row.together, set(row.shared)) == ("coffee", 0, {"cup", "hot"})
    assert row.score == 1.0


def test_types_of_similar_concepts(graph_of: MakeGraph) -> None:
    """The answer has concepts of the same type unless others are asked for."""
    graph = _company(graph_of)
    assert {row.concept_id for row in similar_concepts(graph, "tea", types=["Dataset", "Metric"])} == {"cup", "hot"}
    assert similar_concepts(graph, "tea", min_support=4) == []


def test_either(eight_papers: ResearchGraph) -> None:
    """A name may be a paper's or a concept's; an unknown one is an error that speaks of both."""
    assert {type(row) for row in similar(eight_papers, "t:1")} == {SimilarPaper}
    assert {type(row) for row in similar(eight_papers, "a")} <= {SimilarConcept}
    with pytest.raises(UnknownNameError, match="No paper or concept 'zzz' in this graph"):
        similar(eight_papers, "zzz")
