"""Results and unasserted relations of a graph: found by name, kept when the graph is filtered."""

from dataclasses import replace

import pytest

from paperconcepts.errors import UnknownNameError
from paperconcepts.graph import ResearchGraph, among_concepts, build_graph, keep_believed
from paperconcepts.model import Evidence, LinkedPaper, Predicate, Relation, Result, Status
from paperconcepts.pipeline import keep_confident
from paperconcepts.vocabulary import Vocabulary

Corpus = tuple[LinkedPaper, ...]


def _evidence(paper_id: str, start: int, status: Status = Status.ASSERTED) -> Evidence:
    return Evidence(paper_id, "abstract", 0, 30, ((3, 5),), "5", start, start + 1, "result:value", "1", 0.7, status)


def _result(paper_id: str, start: int, metric: str | None, dataset: str | None = None) -> Result:
    subject = "pouch-tuning" if paper_id == "test:1" else "wombatnet"
    return Result(paper_id, subject, metric, dataset, None, "5", "%", "at", _evidence(paper_id, start))


@pytest.fixture
def corpus(tiny_corpus: Corpus) -> Corpus:
    """The tiny corpus with three results and two relations that are not asserted."""
    first, second, *rest = tiny_corpus
    hedged = Relation(
        "wombatnet", Predicate.EXTENDS, "pouch-tuning", 0.7, (_evidence(second.paper.id, 3, Status.HEDGED),)
    )
    denied = Relation(
        "wombatnet", Predicate.OUTPERFORMS, "pouch-tuning", 0.7, (_evidence(second.paper.id, 3, Status.NEGATED),)
    )
    return (
        replace(first, results=(_result("test:1", 3, "hop-rate", "quokkabench"), _result("test:1", 9, "hop-rate"))),
        replace(
            second,
            results=(_result(second.paper.id, 3, None, "quokkabench"),),
            unasserted=(hedged, denied),
        ),
        *rest,
    )


@pytest.fixture
def graph(corpus: Corpus, tiny_vocabulary: Vocabulary) -> ResearchGraph:
    """Its graph."""
    return build_graph(corpus, vocabulary=tiny_vocabulary)


def test_all_results(graph: ResearchGraph, corpus: Corpus) -> None:
    """Without a name all results come, by paper and place."""
    assert graph.results() == [*corpus[1].results, *corpus[0].results]


def test_results_by_any_name(graph: ResearchGraph, corpus: Corpus) -> None:
    """Papers and concepts are found by id, label or alias; all that are named must agree."""
    first, second = corpus[0].results
    (third,) = corpus[1].results
    assert graph.results(paper="Pouch Tuning for Small Models") == [first, second]
    assert graph.results(dataset="Quokka Bench") == [third, first]
    assert graph.results(metric="HR") == [first, second]
    assert graph.results(metric="hop rate", dataset="QuokkaBench") == [first]
    assert graph.results(subject="WombatNet") == [third]
    assert graph.results(baseline="WombatNet") == []


@pytest.mark.parametrize("field", ["paper", "dataset", "metric", "subject", "baseline"])
def test_unknown_name(graph: ResearchGraph, field: str) -> None:
    """A name that nothing bears is an error, not an empty answer."""
    with pytest.raises(UnknownNameError):
        graph.results(**{field: "no such thing at all"})


def test_unasserted_relations(graph: ResearchGraph, corpus: Corpus) -> None:
    """Hedged and denied relations are no edges, and are found by paper and status."""
    hedged, denied = corpus[1].unasserted
    assert graph.unasserted_relations() == [hedged, denied]
    assert graph.unasserted_relations(status="hedged") == [hedged]
    assert graph.unasserted_relations(paper="2205.00001", status="negated") == [denied]
    assert graph.unasserted_relations(paper="test:1") == []
    assert not graph.graph.has_edge("wombatnet", "pouch-tuning", key="outperforms")
    with pytest.raises(ValueError, match="perhaps"):
        graph.unasserted_relations(status="perhaps")


def test_filtered_graph(graph: ResearchGraph, corpus: Corpus) -> None:
    """Concepts that were filtered out are named by no result; a result without its metric is gone."""
    kept = keep_believed(graph, types=["Dataset", "Method"])
    (third,) = corpus[1].results
    assert kept.results() == [replace(third, subject=None)]
    assert kept.unasserted_relations() == []


def test_confident_papers(corpus: Corpus) -> None:
    """A paper that loses concepts loses them in its results and unasserted relations, too."""
    assert keep_confident(corpus[1], 0.5) == corpus[1]
    bare = keep_confident(corpus[1], 0.99)
    assert (bare.results, bare.unasserted) == ((), ())


def test_among_concepts(corpus: Corpus) -> None:
    """A result keeps what is left of it; without metric, dataset and baseline it says nothing."""
    first, second = corpus[0].results
    assert among_concepts(first, {"pouch-tuning", "hop-rate", "quokkabench"}) == first
    assert among_concepts(first, {"hop-rate"}) == replace(first, subject=None, dataset=None)
    assert among_concepts(second, {"pouch-tuning"}) is None
