"""Terms of art by their head nouns."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.extraction.terms import find_terms
from paperconcepts.model import ConceptType


@pytest.mark.parametrize(
    ("text", "term", "label"),
    [
        ("We improve code generation.", "code generation", ConceptType.TASK),
        ("by contrastive learning of hops", "contrastive learning", ConceptType.METHOD),
        ("an outcome reward model", "outcome reward model", ConceptType.MODEL),
        ("for sentiment classification", "sentiment classification", ConceptType.TASK),
        ("with knowledge distillation", "knowledge distillation", ConceptType.METHOD),
        ("a graph transformer", "graph transformer", ConceptType.MODEL),
        ("the pouch accuracy", "pouch accuracy", ConceptType.METRIC),
        ("of machine translation", "machine translation", ConceptType.TASK),
    ],
)
def test_head_noun(text: str, term: str, label: ConceptType) -> None:
    """A run of content words that ends in a head noun is a term of the head's type."""
    assert [(text[t.start : t.end], t.label) for t in find_terms(text)] == [(term, label)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "generation",
        "we propose the learning",
        "language models",
        "the method of the model",
        "this is a very good classification",
        "hop, classification",
    ],
)
def test_no_term(text: str) -> None:
    """A bare head, a general term, or a head after a function word is no term."""
    assert find_terms(text) == []


def test_head_goes_on() -> None:
    """A head noun inside a longer noun phrase does not end the term there."""
    text = "a machine translation classifier"
    assert [text[t.start : t.end] for t in find_terms(text)] == ["machine translation classifier"]


def test_plural() -> None:
    """The plural of a head is the head."""
    (term,) = find_terms("graph transformers")
    assert term.head == "transformer"


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.sampled_from(
            ["code ", "generation ", "learning", "the ", "contrastive ", "-", "'", "é", "模型", "\n", ", ", "models "]
        )
        | st.text(max_size=4),
        max_size=20,
    ).map("".join)
)
def test_spans(text: str) -> None:
    """Terms are in order, apart, inside the text, and of at most four words."""
    position = 0
    for term in find_terms(text):
        assert position <= term.start < term.end <= len(text)
        assert len(text[term.start : term.end].split(" ")) <= 4
        assert 0 < term.confidence < 1
        position = term.end
