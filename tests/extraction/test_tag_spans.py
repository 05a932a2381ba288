"""Probabilities of spans agree with the sum over all legal tag sequences, done the slow way."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.extraction.tag_spans import tag_spans
from paperconcepts.model import ConceptType

TAGS = ["O", *(f"{place}-{label}" for label in ConceptType for place in "BILU")]
SHORT = ["O", "B-Method", "I-Method", "L-Method", "U-Method", "B-Task", "I-Task", "L-Task", "U-Task"]


def _legal(sequence: tuple[str, ...]) -> bool:
    opened = ""
    for tag in sequence:
        if (tag[0] in "IL") != bool(opened) or (opened and tag[2:] != opened):
            return False
        opened = tag[2:] if tag[0] in "BI" else ""
    return not opened


def _spans(sequence: tuple[str, ...]) -> list[tuple[int, int]]:
    found, start = [], 0
    for number, tag in enumerate(sequence):
        start = number if tag[0] in "BU" else start
        if tag[0] in "LU":
            found.append((start, number + 1))
    return found


@given(st.integers(0, 10_000), st.integers(1, 4))
def test_equals_the_sum_over_sequences(seed: int, length: int) -> None:
    """A span's probability is the share of the sequences that hold it."""
    rows = np.zeros((length, len(TAGS)))
    rows[:, [TAGS.index(tag) for tag in SHORT]] = np.random.default_rng(seed).dirichlet(np.ones(len(SHORT)), length)
    total, mass = 0.0, dict[tuple[int, int], float]()
    for sequence in product(SHORT, repeat=length):
        if _legal(sequence):
            weight = float(np.prod([rows[n, TAGS.index(tag)] for n, tag in enumerate(sequence)]))
            total += weight
            for span in _spans(sequence):
                mass[span] = mass.get(span, 0.0) + weight
    found = {(span.first, span.end): span.probability for span in tag_spans(rows, TAGS)}
    for span, weight in mass.items():
        if weight / total > 0.021:
            assert found[span] == pytest.approx(weight / total)


def test_words_surely_outside_give_nothing() -> None:
    """Text without concepts costs and gives nothing."""
    rows = np.zeros((50, len(TAGS)))
    rows[:, 0] = 1.0
    assert tag_spans(rows, TAGS) == []


def test_long_uncertain_stretches() -> None:
    """A text of nothing but concepts is cut into stretches; probabilities stay what they are."""
    rows = np.full((5_000, len(TAGS)), 0.001)
    rows[:, TAGS.index("U-Model")] = 0.98
    spans = tag_spans(rows, TAGS)
    assert len(spans) == 5_000
    assert all(0.9 < span.probability <= 1.0 for span in spans)


def test_label_is_the_likeliest_type() -> None:
    """The type of a span is the one with the greatest share."""
    rows = np.zeros((1, len(TAGS)))
    rows[0, [TAGS.index("U-Model"), TAGS.index("U-Dataset")]] = 0.4, 0.6
    [span] = tag_spans(rows, TAGS)
    assert span.label is ConceptType.DATASET
    assert sum(span.shares) == pytest.approx(1.0)
