"""Scores of mentions, counted by hand."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.errors import ConfigurationError, SourceError
from paperconcepts.evaluation import GoldDocument, GoldSpan, MentionGold, PaperText, Tally, Verdict, evaluate
from paperconcepts.evaluation.mention_judging import judge_mentions
from paperconcepts.evaluation.mention_matching import match_overlaps
from paperconcepts.model import ConceptType

Predict = Callable[..., dict[str, Any]]

_TEXT = PaperText(
    id="d1", title=None, abstract="PouchNet solves the hop counting task with burrow tuning on QuokkaBench data."
)


def _gold(*spans: tuple[str, ConceptType]) -> MentionGold:
    places = [(_TEXT.text.index(surface), surface, kind) for surface, kind in spans]
    return MentionGold(
        (GoldDocument(_TEXT, tuple(sorted(GoldSpan(at, at + len(surface), kind) for at, surface, kind in places))),)
    )


@pytest.fixture(name="marked")
def _marked() -> MentionGold:
    return _gold(
        ("PouchNet", ConceptType.METHOD),
        ("hop counting", ConceptType.TASK),
        ("burrow tuning", ConceptType.METHOD),
        ("QuokkaBench data", ConceptType.DATASET),
    )


@pytest.fixture(name="found")
def _found(predict: Predict) -> list[dict[str, Any]]:
    return [
        predict(
            _TEXT,
            ("Model", "uses", "PouchNet"),
            ("Task", "addresses", "hop counting task"),
            ("Method", "uses", "burrow tuning"),
            ("Dataset", "uses", "QuokkaBench"),
            ("Task", "uses", "data"),
            ("Metric", "uses", "solves"),
        )
    ]


def test_strict_and_overlap(marked: MentionGold, found: list[dict[str, Any]]) -> None:
    """Strict is the same span and type, overlap a shared character and the type, untyped without the type."""
    tallies = evaluate(marked, found).tallies
    # Model and Metric are not in the gold, so that four predictions are left.
    assert tallies["strict"] == Tally.matched(1, 4, 4)
    assert tallies["overlap"] == Tally.matched(3, 4, 4)
    assert tallies["strict_untyped"] == Tally.matched(1, 4, 4)
    assert tallies["overlap_untyped"] == Tally.matched(3, 4, 4)
    assert tallies["typed:Method"] == Tally.matched(1, 1, 2)
    assert tallies["typed_overlap:Task"] == Tally.matched(1, 2, 1)


def test_types_that_the_gold_lacks(marked: MentionGold, found: list[dict[str, Any]]) -> None:
    """What the gold does not annotate is unknown, not wrong: it is left out and reported once."""
    result = evaluate(marked, found)
    assert result.types == ("Method", "Dataset", "Task")
    assert result.remarks == ("predicted mentions of types other than Method, Dataset, Task, not scored: 2",)


def test_merged_types(marked: MentionGold, found: list[dict[str, Any]]) -> None:
    """Merged types count as one, in gold and prediction."""
    result = evaluate(marked, found, merge=[["method", "Model"]])
    assert result.types == ("Method+Model", "Dataset", "Task")
    assert result.tallies["typed:Method+Model"] == Tally.matched(2, 2, 2)
    assert result.tallies["strict"] == Tally.matched(2, 5, 4)


def test_chosen_types(marked: MentionGold, found: list[dict[str, Any]]) -> None:
    """Only the chosen types count, on both sides; a merged one is chosen by any of its names."""
    result = evaluate(marked, found, types=["Model"], merge=[["Method", "Model"]])
    assert result.types == ("Method+Model",)
    assert result.tallies["strict"] == Tally.matched(2, 2, 2)


@pytest.mark.parametrize(
    ("merge", "types", "message"),
    [
        ([["Method"]], [], "cannot merge Method: two or more types"),
        ([["Method", "Model"], ["Model", "Task"]], [], "each merged once"),
        ([["Method", "Gadget"]], [], "'Gadget' is no concept type; types: Method, Model, Dataset, Task, Metric"),
        ([], ["Gadget"], "'Gadget' is no concept type"),
    ],
)
def test_wrong_types(marked: MentionGold, merge: list[list[str]], types: list[str], message: str) -> None:
    """Types that do not exist or cannot be merged are a mistake of the caller."""
    with pytest.raises(ConfigurationError, match=message):
        evaluate(marked, [], merge=merge, types=types)


def test_a_span_counts_once(marked: MentionGold, predict: Predict) -> None:
    """Two concepts with the same span and type are one mention."""
    record = predict(_TEXT, ("Method", "uses", "burrow tuning"), ("Method", "uses", "burrow tuning"))
    assert evaluate(marked, [record]).tallies["strict"] == Tally.matched(1, 1, 4)


def test_confusion(marked: MentionGold, predict: Predict) -> None:
    """Equal spans of different types are counted by their pair of types."""
    record = predict(_TEXT, ("Task", "uses", "PouchNet"), ("Method", "uses", "burrow tuning"))
    assert dict(evaluate(marked, [record]).confusion) == {("Method", "Method"): 1, ("Method", "Task"): 1}


def test_verdicts_and_errors(marked: MentionGold, found: list[dict[str, Any]]) -> None:
    """Overlap of one type is a boundary error, of two a type error; misses and false finds are named by their text."""
    result = evaluate(marked, found, merge=[["Method", "Model"]])
    (paper,) = result.judged
    assert {span.name: span.verdict for span in paper.gold} == {
        "PouchNet": Verdict.RIGHT,
        "hop counting": Verdict.BOUNDARY,
        "burrow tuning": Verdict.RIGHT,
        "QuokkaBench data": Verdict.BOUNDARY,
    }
    assert {span.name: span.verdict for span in paper.predicted if span.verdict is not Verdict.RIGHT} == {
        "hop counting task": Verdict.BOUNDARY,
        "QuokkaBench": Verdict.BOUNDARY,
        "data": Verdict.FALSE,
    }
    assert paper.errors == 3
    assert [item.name for item in result.missed] == ["hop counting", "QuokkaBench data"]
    assert [item.name for item in result.false_finds] == ["data", "hop counting task", "QuokkaBench"]


def test_other_type_elsewhere() -> None:
    """A gold mention that only a mention of another type overlaps has the wrong type, on both sides."""
    judged = judge_mentions(_TEXT, [(0, 8, "Method")], [(0, 15, "Task")])
    assert [span.verdict for span in (*judged.gold, *judged.predicted)] == [Verdict.TYPE, Verdict.TYPE]
    assert (judged.errors, judged.gold[0].note) == (1, "predicted PouchNet solves (Task)")


def test_title_of_a_text_without_title(marked: MentionGold) -> None:
    """A mention in the title of a text that has none is left out and reported."""
    record = {
        "record": "d1",
        "concepts": [
            {"label": "x", "type": "Method", "mentions": [{"field": "title", "start": 0, "end": 8}]},
        ],
    }
    result = evaluate(marked, [record])
    assert result.tallies["strict"].predicted == 0
    assert "do not fit the text" in result.remarks[0]


def test_empty_mention_gold() -> None:
    """Gold without texts gives an error, not zeros."""
    with pytest.raises(SourceError, match="the gold has no text"):
        evaluate(MentionGold(()), [])


def test_mention_figures_as_json(marked: MentionGold, found: list[dict[str, Any]]) -> None:
    """Every figure is JSON; the intervals of a single text are its figures."""
    values = evaluate(marked, found).as_dict(errors=1)
    assert json.loads(json.dumps(values)) == values
    assert values["overlap"] == {"precision": 0.75, "recall": 0.75, "f1": 0.75}
    assert values["intervals"]["overlap"]["f1"] == [0.75, 0.75]
    assert len(values["missed"]) == len(values["false_finds"]) == 1


_TYPED = st.sets(
    st.builds(
        lambda start, length, kind: (start, start + length, kind),
        st.integers(0, 20), st.integers(1, 8), st.sampled_from(["A", "B"]),
    ),
    max_size=6,
)  # fmt: skip


@given(_TYPED, _TYPED)
def test_matches(predicted: set[Any], gold: set[Any]) -> None:
    """Matches overlap, have one type, are one to one, keep all equal spans, and no free pair is left."""
    pairs = match_overlaps(predicted, gold)
    assert all(one[2] == other[2] and one[0] < other[1] and other[0] < one[1] for one, other in pairs.items())
    assert len(set(pairs.values())) == len(pairs)
    assert all(pairs[span] == span for span in predicted & gold)
    for one in predicted - set(pairs):
        for other in gold - set(pairs.values()):
            assert one[2] != other[2] or one[0] >= other[1] or other[0] >= one[1]


@given(_TYPED, _TYPED)
def test_every_mention_is_judged(predicted: set[Any], gold: set[Any]) -> None:
    """Each mention gets one verdict; gold is never false and a prediction never missed."""
    judged = judge_mentions(PaperText(id="d", title=None, abstract="x" * 40), gold, predicted)
    assert {(s.start, s.end, s.type) for s in judged.gold} == gold
    assert {(s.start, s.end, s.type) for s in judged.predicted} == predicted
    assert not {s.verdict for s in judged.gold} & {Verdict.FALSE, Verdict.OPTIONAL}
    assert not {s.verdict for s in judged.predicted} & {Verdict.MISSED, Verdict.OPTIONAL}
    right = sum(s.verdict is Verdict.RIGHT for s in judged.gold)
    assert right == sum(s.verdict is Verdict.RIGHT for s in judged.predicted) == len(gold & predicted)
