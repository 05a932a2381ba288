"""Spans of surfaces and their comparison."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.evaluation.spans import count_agreements, find_surfaces, spans_to_forms, trim_span

_WORDS = st.text(alphabet="aB1 -é", min_size=1, max_size=6)


def _slices(text: str, surfaces: list[list[str]]) -> list[list[str]]:
    return [[text[slice(*span)] for span in sorted(spans)] for spans in find_surfaces(surfaces, text)]


def test_longest_surface_first() -> None:
    """A place that a longer surface covers is not given to a shorter one, whoever owns them."""
    assert _slices("BERT score and BERT", [["BERT"], ["BERT score"]]) == [["BERT"], ["BERT score"]]


def test_whole_words_with_case() -> None:
    """A surface counts as written and between characters that are neither letters nor digits."""
    assert _slices("LoRA, LoRAs, lora, Q-LoRA, xLoRA", [["LoRA"]]) == [["LoRA", "LoRA"]]


def test_pattern_characters() -> None:
    """A surface is text, not a pattern."""
    assert _slices("F1 (E^3) C++ a.b acb", [["E^3", "C++"], ["a.b"]]) == [["E^3", "C++"], ["a.b"]]


@given(st.lists(st.lists(_WORDS, max_size=3), max_size=4), st.text(alphabet="aB1 -é", max_size=40))
def test_spans_are_surfaces_and_never_overlap(surfaces: list[list[str]], text: str) -> None:
    """Every span slices to a surface of its concept, on word boundaries, and no character belongs to two."""
    found = find_surfaces(surfaces, text)
    covered: set[int] = set()
    for names, spans in zip(surfaces, found, strict=True):
        for start, end in spans:
            assert text[start:end] in names
            assert not any(c.isascii() and c.isalnum() for c in (text[start - 1 : start], text[end : end + 1]) if c)
            assert not covered & set(range(start, end))
            covered.update(range(start, end))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("the GLUE benchmark", "GLUE"),
        ("Our data set", "data set"),
        ("a GLUE data  set", "GLUE data  set"),
        ("GLUE data set", "GLUE"),
        ("an approach", "approach"),
        ("AB models", "AB"),
        ("A models", "models"),
        ("X models", "X models"),
        ("model", "model"),
        ("theory", "theory"),
        ("these corpora", "corpora"),
        ("diffusion model framework", "diffusion model"),
    ],
)
def test_trimming(text: str, kept: str) -> None:
    """One article and one closing head noun go, but never so that fewer than two characters stay before it."""
    start, end = trim_span(text, (0, len(text)))
    assert text[start:end] == kept


def _agree(text: str, one: str, other: str) -> tuple[int, int]:
    forms = [spans_to_forms([(text.index(part), text.index(part) + len(part))], text) for part in (one, other)]
    return count_agreements(*forms)


def test_agreement() -> None:
    """Equal up to article and head noun is the same; overlap with the same last word, plural or not, is near."""
    text = "the large QuokkaBench datasets, hop rates"
    assert _agree(text, "the large QuokkaBench datasets", "large QuokkaBench") == (1, 0)
    assert _agree(text, "QuokkaBench dataset", "large QuokkaBench datasets") == (0, 1)
    assert _agree(text, "hop rate", "hop rates") == (0, 1)
    assert _agree(text, "large QuokkaBench", "the large") == (0, 0)
    assert _agree(text, "QuokkaBench", "hop rates") == (0, 0)
