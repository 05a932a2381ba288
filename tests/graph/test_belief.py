"""Belief: independent papers strengthen an edge, one paper has a doubt that its rules share."""

import math
import random as random_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.graph import ResearchGraph, combined_confidence, support_of
from paperconcepts.graph.belief import CATALOGUE_RULE, HIGHEST_BELIEF, NAME_RULES, SHARED_DOUBT, is_of_catalogue
from paperconcepts.linking.versions import VERSION_RULE
from paperconcepts.model import Evidence, Status

ROUNDING = 1e-4


def _evidence(
    paper_id: str, confidence: float, rule: str = "rule", start: int = 0, status: Status = Status.ASSERTED
) -> Evidence:
    return Evidence(paper_id, "abstract", start, start + 9, (), "", -1, -1, rule, "1", confidence, status)


PIECES = st.builds(
    _evidence, st.sampled_from(["", "p:1", "p:2", "p:3"]), st.floats(0, 1), st.sampled_from("rst"),
    st.sampled_from([0, 10, 20]), st.sampled_from([Status.ASSERTED, Status.ASSERTED, Status.HEDGED, Status.NEGATED]),
)  # fmt: skip
EVIDENCE = st.lists(PIECES, max_size=8)


@pytest.mark.parametrize(
    ("evidence", "belief"),
    [
        ([], 0.0),
        ([("p", 0.5)], 0.5),
        ([("p", 0.5), ("p", 0.4), ("p", 0.5)], 0.5),
        ([("p", 0.5), ("q", 0.5)], 0.75),
        ([("p", 1.0)], 0.99),
        ([("p", 0.9), ("q", 0.9), ("r", 0.9)], 0.99),
        ([("p", 0.6, "a"), ("p", 0.6, "b")], 0.7765),
        ([("p", 0.6, "a", 0), ("p", 0.6, "a", 10)], 0.7765),
        ([("p", 0.6, "a"), ("p", 0.6, "b"), ("q", 0.5)], 0.8882),
        ([("p", 0.9, "a"), ("p", 0.9, "b")], 0.9),
    ],
)
def test_formula(evidence: list[tuple[str, float]], belief: float) -> None:
    """Papers multiply their doubts; rules and sentences of one paper share a part of theirs; nothing is certain."""
    assert combined_confidence(_evidence(*item) for item in evidence) == belief


@settings(deadline=None, max_examples=200)
@given(EVIDENCE, st.randoms(use_true_random=False))
def test_no_order(evidence: list[Evidence], random: random_module.Random) -> None:
    """The order of the evidence makes no difference, to the last digit."""
    shuffled = list(evidence)
    random.shuffle(shuffled)
    assert combined_confidence(shuffled) == combined_confidence(evidence)


@settings(deadline=None, max_examples=200)
@given(EVIDENCE, PIECES)
def test_more_evidence_never_lowers_belief(evidence: list[Evidence], more: Evidence) -> None:
    """A further piece of evidence raises belief or leaves it as it is."""
    assert combined_confidence([*evidence, more]) >= combined_confidence(evidence)


@settings(deadline=None, max_examples=200)
@given(EVIDENCE.filter(bool), st.integers(0), st.floats(0, 1))
def test_surer_evidence_never_lowers_belief(evidence: list[Evidence], number: int, confidence: float) -> None:
    """A piece that is surer raises belief or leaves it as it is."""
    place = number % len(evidence)
    item = evidence[place]
    surer = _evidence(item.paper_id, max(item.confidence, confidence), item.rule, item.start, item.status)
    changed = [*evidence[:place], surer, *evidence[place + 1 :]]
    assert combined_confidence(changed) >= combined_confidence(evidence)


@settings(deadline=None, max_examples=200)
@given(EVIDENCE)
def test_bounds(evidence: list[Evidence]) -> None:
    """Belief lies between that in the best asserted piece and that in as many independent pieces, and is below 1."""
    asserted = [item.confidence for item in evidence if item.status is Status.ASSERTED]
    belief = combined_confidence(evidence)
    independent = 1 - math.prod(1 - confidence for confidence in asserted)
    assert min(HIGHEST_BELIEF, max(asserted, default=0.0)) - ROUNDING <= belief <= HIGHEST_BELIEF
    assert belief <= independent + ROUNDING


@settings(deadline=None, max_examples=100)
@given(st.lists(st.floats(0, 1 - SHARED_DOUBT), min_size=1, max_size=9))
def test_one_paper_has_a_shared_doubt(confidences: list[float]) -> None:
    """However many rules of one paper agree, the doubt that they share remains."""
    evidence = [_evidence("p", confidence, f"rule-{number}") for number, confidence in enumerate(confidences)]
    assert combined_confidence(evidence) <= 1 - SHARED_DOUBT + ROUNDING


@pytest.mark.parametrize("status", [Status.HEDGED, Status.NEGATED])
def test_what_is_not_asserted(status: Status) -> None:
    """Evidence that hedges or denies adds no belief."""
    weak, strong = _evidence("p", 0.5), _evidence("q", 0.9, status=status)
    assert combined_confidence([strong]) == 0.0
    assert combined_confidence([weak, strong]) == 0.5


def test_support() -> None:
    """Support counts papers: not their sentences, and not the catalogue."""
    entry = Evidence("", "", 0, 0, (), "", -1, -1, CATALOGUE_RULE, "1", 0.99)
    assert support_of([entry, _evidence("p", 0.5), _evidence("p", 0.5, start=10), _evidence("q", 0.1)]) == 2
    assert support_of([entry]) == 0
    assert [is_of_catalogue(item) for item in (entry, _evidence("p", 0.5))] == [True, False]


def test_edges_bear_belief_and_support(tiny_graph: ResearchGraph) -> None:
    """Confidence and support of a relation are those of its evidence; the catalogue's edge has no paper behind it."""
    for source, target, data in tiny_graph.graph.edges(data=True):
        if data["kind"] == "relation":
            evidence = data["item"].evidence
            found = (combined_confidence(evidence), support_of(evidence))
            assert (data["confidence"], data["support"]) == found, (source, target)
    assert tiny_graph.graph.edges["pouch-tuning", "model-tuning", "is_a"]["support"] == 0
    assert tiny_graph.graph.edges["wombatnet", "pouch-tuning", "extends"]["support"] == 2


def test_a_name_is_one_witness() -> None:
    """What a rule reads from a name alone counts once, with its surest piece; what papers say counts beside it."""
    names = [_evidence(f"p:{number}", 0.8 + number / 100, "version:family", number) for number in range(5)]
    assert combined_confidence(names) == 0.84
    assert combined_confidence([*names, _evidence("p:1", 0.5), _evidence("p:2", 0.5)]) == 0.96
    assert support_of(names) == 5
    assert VERSION_RULE in NAME_RULES
