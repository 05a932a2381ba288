"""The benchmarks of alias resolution: their scores and their synthetic corpora."""

import pytest
from alias_quality import BCubed, score_clusters
from alias_resolution import make_corpus, measure

from paperconcepts.linking import resolve_aliases


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("a", 1), ("a", 1), ("b", 2)], BCubed(3, 1.0, 1.0)),
        ([("a", 1), ("a", 2)], BCubed(2, 1.0, 0.5)),
        ([("a", 1), ("b", 1)], BCubed(2, 0.5, 1.0)),
        ([], BCubed(0, 0.0, 0.0)),
    ],
)
def test_b_cubed(pairs: list[tuple[str, int]], expected: BCubed) -> None:
    """Clusters that are torn cost recall, clusters that are mixed cost precision."""
    assert score_clusters(pairs) == expected


def test_synthetic_corpus() -> None:
    """The corpus is the same each time, has the surfaces asked for, and every mention and sentence is in its text."""
    papers = make_corpus(400)
    assert make_corpus(400) == papers
    assert 380 <= len({m.text for item in papers for a in item.assertions for m in a.mentions}) <= 400
    for item in papers:
        for assertion in item.assertions:
            assert all(item.paper.abstract[m.start : m.end] == m.text for m in assertion.mentions)
    assert resolve_aliases(papers) == resolve_aliases(papers[::-1])


def test_measure() -> None:
    """Resolution joins some of the names, and none of them is lost."""
    seconds, before, after = measure(400)
    assert seconds > 0
    assert 0 < after < before
