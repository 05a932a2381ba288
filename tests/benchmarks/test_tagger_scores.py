"""The tagger alone: from tag probabilities to mentions, and how they are counted."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tagger_scores import decode, fold_types, score_tagger, tally_spans

from paperconcepts.evaluation import GoldDocument, GoldSpan, MentionGold, PaperText
from paperconcepts.extraction.concept_tagger import ConceptTagger, Tagged
from paperconcepts.model import ConceptType

TAGS = ("O", *(f"{place}-{kind}" for kind in ("Task", "Metric") for place in "BILU"))
Span = tuple[int, int, str]


def rows_of(*tags: str) -> NDArray[np.float64]:
    """Probabilities that leave no doubt of these tags."""
    return np.eye(len(TAGS))[[TAGS.index(tag) for tag in tags]]


def parse(path: tuple[str, ...]) -> list[Span] | None:
    """The spans of a tag sequence, read from left to right; None if it is not legal."""
    spans: list[Span] = []
    start: int | None = None
    for number, tag in enumerate(path):
        place, kind = tag[0], tag[2:]
        if (place in "IL") != (start is not None) or (place in "IL" and kind != path[number - 1][2:]):
            return None
        if place in "BU":
            start = number
        if place in "LU":
            assert start is not None
            spans.append((start, number + 1, kind))
            start = None
    return spans if start is None else None


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        (("O", "O"), []),
        (("U-Task", "U-Task"), [(0, 1, "Task"), (1, 2, "Task")]),
        (("B-Task", "I-Task", "L-Task", "U-Metric"), [(0, 3, "Task"), (3, 4, "Metric")]),
        (("O", "B-Task", "L-Task", "B-Metric", "L-Metric"), [(1, 3, "Task"), (3, 5, "Metric")]),
    ],
)
def test_certain_tags(tags: tuple[str, ...], spans: list[Span]) -> None:
    """Certain and legal tags are taken as they are; spans may touch."""
    assert decode(rows_of(*tags), TAGS) == spans


def test_no_words() -> None:
    """A text without words has no mentions."""
    assert decode(np.zeros((0, len(TAGS))), TAGS) == []


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.integers(1, 99), min_size=len(TAGS), max_size=len(TAGS)), min_size=1, max_size=4))
def test_the_likeliest_legal_sequence_wins(weights: list[list[int]]) -> None:
    """No legal tag sequence is likelier than the decoded one, among all that there are."""
    probabilities = np.array(weights, dtype=np.float64)
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    best: dict[tuple[Span, ...], float] = {}
    for path in product(range(len(TAGS)), repeat=len(weights)):
        spans = parse(tuple(TAGS[number] for number in path))
        if spans is not None:
            best[tuple(spans)] = float(np.prod(probabilities[range(len(path)), path]))
    found = tuple(decode(probabilities, TAGS))
    assert best[found] == pytest.approx(max(best.values()))


def test_folding_keeps_the_sum() -> None:
    """Folded probabilities still sum to one, and the folded type is gone."""
    rows = np.full((3, len(TAGS)), 1 / len(TAGS))
    folded, tags = fold_types(rows, TAGS, {"Metric": "Task"})
    assert tags == TAGS[:5]
    assert folded.sum(axis=1) == pytest.approx([1.0, 1.0, 1.0])


def test_each_side_is_counted_for_itself() -> None:
    """Two mentions inside one long gold mention are both right with overlap; the gold one is found once."""
    tallies = tally_spans({(0, 4, "Task"), (5, 9, "Task"), (20, 24, "Task")}, {(0, 9, "Task"), (20, 24, "Metric")})
    assert (tallies["strict"].right, tallies["strict"].predicted, tallies["strict"].gold) == (0, 3, 2)
    assert (tallies["overlap"].right, tallies["overlap"].found) == (2, 1)


class _StubTagger(ConceptTagger):
    """Tags the second word as a model, whatever it is."""

    def __init__(self) -> None:
        self.tags = ("O", "U-Method", "U-Model")

    def tag(self, text: str, title_end: int = 0) -> Tagged:
        assert text[title_end] == "\n"
        return Tagged([(0, 2), (3, 7)], np.array([[1.0, 0.0, 0.0], [0.1, 0.0, 0.9]]), np.zeros((2, 0)))


def test_scores_of_a_tagger() -> None:
    """Types are folded before they are compared, and types that the gold does not mark do not count."""
    paper = PaperText(id="d1", title="We tune", abstract="nothing")
    gold = MentionGold((GoldDocument(paper, (GoldSpan(3, 7, ConceptType.METHOD),)),))
    score = score_tagger(_StubTagger(), gold, types=["Method"], fold={"Model": "Method"})
    assert (score.texts, score.strict.scores.f1, score.overlap.scores.f1) == (1, 1.0, 1.0)
    assert score_tagger(_StubTagger(), gold, types=["Method"]).strict.predicted == 0
