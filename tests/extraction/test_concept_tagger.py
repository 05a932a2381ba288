"""The tagger: exact, deterministic, safe with any text."""

import time
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.extraction.concept_tagger import ConceptTagger, Tagged
from paperconcepts.extraction.role_reader import load_reader_weights
from paperconcepts.extraction.tagger_weights import load_weights

DATA = files("paperconcepts") / "data"
TAGGER = ConceptTagger()


def test_size_of_the_weights() -> None:
    """The weights stay far below what a wheel may hold."""
    assert len((DATA / "concept_tagger.npz").read_bytes()) < 35_000_000


def test_products_are_exact() -> None:
    """No sum of a layer can leave the whole numbers that float32 holds exactly: fewer than 2**24."""
    weights = load_weights()
    reader = load_reader_weights()
    layers = (weights.mix, weights.out, *weights.convolutions, reader.context, reader.out, *reader.convolutions)
    for matrix in (layer.matrix for layer in layers):
        assert np.array_equal(matrix, np.rint(matrix))
        assert np.abs(matrix).sum(axis=0).max() * 127 < 2**24


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=200), st.integers(0, 50))
def test_any_text(text: str, title_end: int) -> None:
    """Each word has probabilities that sum to one, whatever the text."""
    tagged = TAGGER.tag(text, title_end)
    assert len(tagged.spans) == len(tagged.probabilities) == len(tagged.roles)
    assert np.allclose(tagged.probabilities.sum(axis=1), 1.0)
    assert np.allclose(tagged.roles.sum(axis=1), 1.0)


def test_what_was_read_before_does_not_matter() -> None:
    """A text has the same probabilities, to the last bit, alone and after others, from a fresh tagger or a used one."""
    text = "We propose PouchNet, a network that hops better than BERT on ImageNet."
    expected = ConceptTagger().tag(text).probabilities
    for other in ("", "Other words.", "A " * 3_000, text):
        TAGGER.tag(other)
    assert np.array_equal(TAGGER.tag(text).probabilities, expected)


@pytest.mark.parametrize("text", ["a" * 1_000_000, "∑∫𝔄 " * 250_000, "(" * 1_000_000, "word " * 200_000])
def test_hostile_texts_are_cheap(text: str) -> None:
    """A million characters of anything cost about a second at most, for only the beginning is read."""
    began = time.process_time()
    TAGGER.tag(text)
    assert time.process_time() - began < 3.0


WORDS = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4)), max_size=8)


@given(WORDS, st.integers(0, 30), st.integers(1, 30))
def test_words_in_a_stretch(gaps: list[tuple[int, int]], start: int, length: int) -> None:
    """The words of a stretch are all that share a character with it."""
    spans, position = [], 0
    for gap, size in gaps:
        spans.append((position + gap, position + gap + size))
        position += gap + size
    tagged = Tagged(spans, np.zeros((len(spans), 21)), np.zeros((len(spans), 9)))
    first, end = tagged.words_in(start, start + length)
    assert list(range(first, end)) == [n for n, (a, b) in enumerate(spans) if a < start + length and b > start]
