"""A sentence in which concepts and numbers are signs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.linking.marked_sentence import METRIC, NUMBER, SHARE, TIMES, Mark, mark_sentence
from paperconcepts.model import ConceptType, Mention, Sentence


def numbers(text: str) -> list[tuple[str, str]]:
    """The numbers of a text without mentions, with their units."""
    marked = mark_sentence(text, Sentence("abstract", 0, len(text)), [])
    return [(mark.number, mark.unit) for mark in marked.marks.values()] if marked else []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("by 5.2% here", [("5.2", "%")]),
        ("by 5.2 % here", [("5.2", "%")]),
        ("by 5 per cent", [("5", "%")]),
        ("by 5 percent", [("5", "%")]),
        ("by 5 percentage points", [("5", "points")]),
        ("by 5 absolute points", [("5", "points")]),
        ("by 2.5x", [("2.5", "x")]),
        ("by 2.5×", [("2.5", "x")]),
        ("2.5 times as much", [("2.5", "x")]),
        ("a 3-fold gain", [("3", "x")]),
        ("4,039 tokens", [("4,039", "")]),
        ("+4.76 of it", [("4.76", "")]),
        ("3.0% to 14.6% of it", [("3.0-14.6", "%")]),
        ("90-95% of it", [("90-95", "%")]),
        ("30%–65% of it", [("30-65", "%")]),
        ("between 1.7 and 2.3 of it", [("1.7-2.3", "")]),
        ("5% and 7% of it", [("5", "%"), ("7", "%")]),
        ("70.1 and 65.2", [("70.1", ""), ("65.2", "")]),
    ],
)
def test_numbers(text: str, found: list[tuple[str, str]]) -> None:
    """A number is read with its unit; a range is one number."""
    assert numbers(text) == found


@pytest.mark.parametrize(
    "text",
    ["in 2023", "GPT-4", "7B", "top-1", "pass@5", "Table 3", "(1) one", "512x512", "x2", "v1.2.3", "1/38", "4K", "no"],
)
def test_names_and_labels_are_no_numbers(text: str) -> None:
    """Years, versions, sizes and numbers of tables stay text."""
    assert numbers(text) == []


def test_a_number_that_touches_a_name_is_part_of_it() -> None:
    """ "Llama-3" with "Llama" as the mention has no number."""
    text = "On Llama-3 it is 5%."
    mention = Mention("abstract", 3, 8, "Llama", ConceptType.MODEL, "catalogue", 0.9)
    marked = mark_sentence(text, Sentence("abstract", 0, len(text)), [(mention, "llama", ConceptType.MODEL)])
    assert marked is not None
    assert [mark.number for mark in marked.marks.values()] == ["", "5"]


def test_a_number_inside_a_mention_is_part_of_it() -> None:
    """ "ARC 2" is one concept."""
    text = "On ARC 2 it is good."
    mention = Mention("abstract", 3, 8, "ARC 2", ConceptType.DATASET, "catalogue", 0.9)
    marked = mark_sentence(text, Sentence("abstract", 0, len(text)), [(mention, "arc-2", ConceptType.DATASET)])
    assert marked is not None
    assert list(marked.marks.values()) == [Mark(marked.text[3], 3, 8, "arc-2", 0.9)]


@given(st.lists(st.sampled_from(["accuracy", "5.2", "3%", "2x", " ", "\n", "  ", "to", "-", "a", "\ue000", "."])))
def test_places(pieces: list[str]) -> None:
    """Every mark's place in the original text is what it stands for; signs stand where marks are."""
    text = " ".join(pieces)
    mentions = []
    start = 0
    for piece in pieces:
        if piece == "accuracy":
            mention = Mention("abstract", start, start + 8, piece, ConceptType.METRIC, "catalogue", 0.9)
            mentions.append((mention, "accuracy", ConceptType.METRIC))
        start += len(piece) + 1
    marked = mark_sentence(text, Sentence("abstract", 0, len(text)), mentions)
    if marked is None:
        assert not any(piece in ("5.2", "3%", "2x") for piece in pieces)
        return
    signs = {METRIC, SHARE, TIMES, NUMBER}
    assert [place for place, sign in enumerate(marked.text) if sign in signs] == sorted(marked.marks)
    for mark in marked.marks.values():
        surface = text[mark.start : mark.end]
        assert surface == "accuracy" if mark.sign == METRIC else surface[0].isdigit()
