"""The merge of what all components found."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.extraction.span_merge import Candidate, merge_candidates, repeat_names
from paperconcepts.model import ConceptType

METHOD, MODEL, DATASET = ConceptType.METHOD, ConceptType.MODEL, ConceptType.DATASET
SOURCES = (
    "definition catalogue tagger name:called name:title name:proposed name:headed name:versioned name:shape "
    "name:repeat term:learning"
).split()
CANDIDATES = st.lists(
    st.builds(
        lambda start, length, label, source, confidence: Candidate(start, start + length, label, source, confidence),
        st.integers(0, 40),
        st.integers(1, 9),
        st.sampled_from([None, METHOD, MODEL, DATASET]),
        st.sampled_from(SOURCES),
        st.floats(0.1, 0.9),
    ),
    max_size=25,
)


@settings(deadline=None, max_examples=300)
@given(CANDIDATES, st.randoms(use_true_random=False))
def test_contract(candidates: list[Candidate], random: object) -> None:
    """Sorted, apart, made of spans that were found, maximal, and the same for every order of the candidates."""
    merged = merge_candidates(candidates)
    assert all(left.end <= right.start for left, right in pairwise(merged))
    assert {(c.start, c.end) for c in merged} <= {(c.start, c.end) for c in candidates}
    assert all(0 < c.confidence <= 0.99 for c in merged)
    for lost in candidates:
        winners = [c for c in merged if c.start < lost.end and lost.start < c.end]
        assert winners
        assert max(c.end - c.start for c in winners) >= lost.end - lost.start
    spans = [(c.start, c.end) for c in merged]
    assert [(c.start, c.end) for c in merge_candidates(reversed(candidates))] == spans


def test_longest_wins() -> None:
    """A longer span beats a shorter one, whatever their sources."""
    short = Candidate(4, 8, METHOD, "definition", 0.9, "known")
    long = Candidate(0, 8, DATASET, "term:corpus", 0.3)
    assert merge_candidates([short, long]) == [long]


def test_first_of_equal_length_wins() -> None:
    """Of two spans of one length that overlap the left one is kept."""
    assert [
        c.start
        for c in merge_candidates([Candidate(2, 6, METHOD, "catalogue", 0.8), Candidate(0, 4, METHOD, "term:x", 0.3)])
    ] == [0]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("definition", "catalogue"),
        ("catalogue", "name:called"),
        ("name:called", "name:shape"),
        ("name:title", "term:model"),
        ("name:shape", "name:repeat"),
        ("name:repeat", "term:model"),
    ],
)
def test_source_of_one_span(better: str, worse: str) -> None:
    """Of equal spans the source that knows more gives the source, in either order."""
    pair = [Candidate(0, 4, METHOD, better, 0.5), Candidate(0, 4, MODEL, worse, 0.9)]
    for candidates in (pair, pair[::-1]):
        (found,) = merge_candidates(candidates)
        assert (found.source, found.label) == (better, METHOD)


def test_open_type_and_identity_are_inherited() -> None:
    """A type or an identity that the best source leaves open is taken from the next one that has it."""
    (found,) = merge_candidates(
        [Candidate(0, 4, None, "definition", 0.5), Candidate(0, 4, DATASET, "catalogue", 0.5, "known")]
    )
    assert (found.source, found.label, found.concept_id) == ("definition", DATASET, "known")


def test_agreement_raises_confidence() -> None:
    """Two sources together are surer than either, and never certain."""
    both = merge_candidates([Candidate(0, 4, METHOD, "catalogue", 0.8), Candidate(0, 4, METHOD, "name:shape", 0.6)])
    assert 0.8 < both[0].confidence <= 0.99


def test_nothing() -> None:
    """No candidates, no mentions."""
    assert merge_candidates([]) == []


def _repeated(text: str, *names: str, source: str = "name:shape") -> list[tuple[int, str]]:
    found = [Candidate(text.index(n), text.index(n) + len(n), MODEL, source, 0.7) for n in names]
    return sorted((c.start, text[c.start : c.end]) for c in repeat_names(text, found))


def test_repeat() -> None:
    """A name is found again wherever it stands as a whole word, in the same letters."""
    text = "HopNet beats xHopNet, HopNets, hopnet and HopNet-2; HopNet."
    assert _repeated(text, "HopNet") == [(42, "HopNet"), (52, "HopNet")]


def test_repeat_many_words_and_marks() -> None:
    """Names of several words, and names that share their first word, are each found."""
    text = "Dig-and-Hop, Dig Deep; Dig-and-Hop; Dig Deep"
    assert _repeated(text, "Dig-and-Hop", "Dig Deep") == [(23, "Dig-and-Hop"), (36, "Dig Deep")]


def test_repeat_takes_type_and_source() -> None:
    """A repeated name keeps type and identity of its origin, with its own source."""
    text = "HopNet and HopNet"
    (found,) = repeat_names(text, [Candidate(0, 6, MODEL, "name:called", 0.88, "hopnet")])
    assert (found.start, found.label, found.source, found.concept_id) == (11, MODEL, "name:repeat", "hopnet")


@pytest.mark.parametrize("name", ["hop", "AI", "model"])
def test_not_repeated(name: str) -> None:
    """Lower-case words and names of two letters are not repeated."""
    assert _repeated(f"{name} and {name}", name) == []
