"""Scores of concepts on two hand-made papers, counted by hand."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.errors import ConfigurationError, SourceError
from paperconcepts.evaluation import (
    ConceptGold,
    GoldPaper,
    Tally,
    Verdict,
    evaluate,
    evaluate_concepts,
)
from paperconcepts.evaluation.comparison import align_concepts
from paperconcepts.model import ConceptType, Role

Predict = Callable[..., dict[str, Any]]
Records = list[dict[str, Any]]


def test_concepts(gold: ConceptGold, records: Records) -> None:
    """Each gold concept is claimed once, so that a concept split in two costs precision; other ends count relaxed."""
    result = evaluate(gold, records)
    assert result.tallies["concepts"] == Tally(right=3, predicted=6, found=3, gold=7)
    assert result.tallies["concepts_relaxed"] == Tally(right=4, predicted=6, found=4, gold=7)


def test_borderline_concepts(gold: ConceptGold, predict: Predict) -> None:
    """A right concept that is not core is right for precision and not asked for by recall."""
    text = gold.papers[0].paper
    result = evaluate(gold, [predict(text, ("Model", "uses", "Marsupial Network"))])
    assert result.tallies["concepts"] == Tally(right=1, predicted=1, found=0, gold=7)


def test_types(gold: ConceptGold, records: Records) -> None:
    """A type is right or wrong over strictly right concepts; typed scores want span and type."""
    result = evaluate(gold, records)
    assert result.tallies["type_accuracy"] == Tally.share(2, 3)
    assert result.tallies["type_accuracy_merged"] == Tally.share(3, 3)
    assert result.tallies["typed:Model"] == Tally(right=1, predicted=1, found=1, gold=3)
    assert result.tallies["typed:Method"] == Tally(right=0, predicted=3, found=0, gold=1)
    assert result.tallies["typed:Task"] == Tally(right=0, predicted=1, found=0, gold=1)
    assert result.tallies["typed_relaxed:Task"] == Tally(right=1, predicted=1, found=1, gold=1)
    assert dict(result.confusion) == {("Dataset", "Dataset"): 1, ("Model", "Method"): 1, ("Model", "Model"): 1}


def test_roles(gold: ConceptGold, records: Records) -> None:
    """Roles are scored over all gold concepts; what a paper introduces is coined if found under any role."""
    result = evaluate(gold, records)
    assert result.tallies["role_accuracy"] == Tally.share(2, 3)
    assert result.tallies["role:introduces"] == Tally.matched(1, 2, 2)
    assert result.tallies["introduces"] == result.tallies["role:introduces"]
    assert result.tallies["role:uses"] == Tally.matched(0, 2, 1)
    assert result.tallies["coined"] == Tally.share(1, 2)
    assert result.role_confusion["evaluates_on", "uses"] == 1


def test_relations(gold: ConceptGold, records: Records) -> None:
    """A relation is right with both ends and its predicate; a pair with both ends in either order."""
    result = evaluate(gold, records)
    assert result.tallies["relations"] == Tally.matched(1, 2, 2)
    assert result.tallies["relation_pairs"] == Tally.matched(2, 2, 2)


def test_relations_of_unknown_concepts(gold: ConceptGold, predict: Predict) -> None:
    """Relations between concepts that are not in the gold are wrong, each on its own."""
    text = gold.papers[0].paper
    record = predict(
        text, ("Task", "uses", "beats"), ("Task", "uses", "propose"),
        relations=[(0, "extends", 1), (1, "extends", 0), (0, "extends", 1)],
    )  # fmt: skip
    tallies = evaluate(gold, [record]).tallies
    assert tallies["relations"] == Tally.matched(0, 2, 2)
    assert tallies["relation_pairs"] == Tally.matched(0, 1, 2)


def test_errors_are_named(gold: ConceptGold, records: Records) -> None:
    """Misses and false finds are counted by type and name, with their papers."""
    result = evaluate(gold, records)
    assert [(item.type, item.name, item.papers) for item in result.missed] == [
        ("Task", "burrow search", ("p2",)),
        ("Method", "burrow tuning", ("p2",)),
        ("Metric", "hop rate", ("p1",)),
        ("Model", "WallabyLM", ("p2",)),
    ]
    assert [(item.name, item.count) for item in result.false_finds] == [("adapt", 1), ("burrow search", 1), ("PN", 1)]


def test_verdicts(gold: ConceptGold, records: Records) -> None:
    """Every span bears the verdict of its concept; the paper with most errors comes first."""
    result = evaluate(gold, records)
    assert [(paper.paper.id, paper.errors) for paper in result.judged] == [("p2", 4), ("p1", 3)]
    second, first = result.judged
    assert {span.name: span.verdict for span in first.gold} == {
        "PouchNet": Verdict.RIGHT,
        "WallabyLM": Verdict.TYPE,
        "QuokkaBench": Verdict.RIGHT,
        "hop rate": Verdict.MISSED,
        "Marsupial Network": Verdict.OPTIONAL,
    }
    assert sum(span.name == "PouchNet" for span in first.gold) == 3
    (split,) = (span for span in first.predicted if span.verdict is Verdict.FALSE)
    assert (split.name, split.note) == ("PN", "gold PouchNet is claimed by another predicted concept")
    assert {span.name: span.verdict for span in second.predicted} == {
        "burrow search": Verdict.BOUNDARY,
        "adapt": Verdict.FALSE,
    }
    for paper in result.judged:
        for span in (*paper.gold, *paper.predicted):
            assert paper.paper.text[span.start : span.end].strip()


def test_calibration(gold: ConceptGold, records: Records) -> None:
    """Confidences are compared with being strictly right."""
    table = evaluate(gold, records).calibration
    assert (table.bins[7].count, table.bins[7].right, table.without_confidence) == (6, 3, 0)
    assert table.expected_error == pytest.approx(0.25)


def test_missing_prediction(gold: ConceptGold, records: Records) -> None:
    """A paper without prediction counts as one in which nothing was found, and is reported once."""
    result = evaluate(gold, records[:1])
    assert result.papers_missing == 1
    assert result.tallies["concepts"] == Tally(2 + 1, 4, 3, 7)
    assert result.remarks == ("gold papers without prediction, scored as empty: 1 (p2)",)


def test_predictions_of_other_papers(gold: ConceptGold, records: Records) -> None:
    """Predictions of no gold paper are left out and reported; if there are only such, it is an error."""
    other = {**records[0], "record": "p9"}
    result = evaluate(gold, [*records, other])
    assert result.remarks == ("predictions of no gold paper, left out: 1 (p9)",)
    assert result.tallies == evaluate(gold, records).tallies
    with pytest.raises(SourceError, match="none of 1 predictions is of a gold paper: the first prediction is of 'p9'"):
        evaluate(gold, [other])


def test_repeated_predictions(gold: ConceptGold, records: Records) -> None:
    """Of two predictions for a paper the first counts."""
    again = {**records[0], "concepts": [], "relations": []}
    result = evaluate(gold, [*records, again])
    assert result.tallies == evaluate(gold, records).tallies
    assert result.remarks == ("papers predicted twice, the first prediction counts: 1 (p1)",)


def test_predictions_of_another_text(gold: ConceptGold, records: Records, predict: Predict) -> None:
    """Offsets outside the text, or mostly other words at them, are reported: the system saw another text."""
    message = "papers whose predicted mentions do not fit the text (was another text predicted?): 1 (p1)"
    moved = json.loads(json.dumps(records))
    for concept in moved[0]["concepts"]:
        for mention in concept["mentions"]:
            mention["start"], mention["end"] = mention["start"] + 1, mention["end"] + 1
    assert evaluate(gold, moved).remarks == (message,)
    outside = predict(gold.papers[0].paper, ("Model", "uses", "PN"))
    outside["concepts"][0]["mentions"][0].update(start=5000, end=5002)
    assert message in evaluate(gold, [outside, records[1]]).remarks
    # Cleaned LaTeX: one quote of several differs from the text.
    records = json.loads(json.dumps(records))
    records[0]["concepts"][0]["mentions"][0]["text"] = "PouchNet²"
    assert evaluate(gold, records).remarks == ()


def test_empty_gold(records: Records) -> None:
    """Gold without papers gives an error, not zeros."""
    with pytest.raises(SourceError, match="the gold has no paper"):
        evaluate_concepts(ConceptGold(()), records)


def test_types_are_chosen_for_mentions_only(gold: ConceptGold, records: Records) -> None:
    """Concepts are scored for all types, so that asking for some is a mistake."""
    with pytest.raises(ConfigurationError, match="--merge and --types"):
        evaluate(gold, records, types=["Task"])


def test_as_dict(gold: ConceptGold, records: Records) -> None:
    """Every figure is JSON, to four decimals; of errors the first N."""
    values = evaluate(gold, records).as_dict(errors=2)
    assert json.loads(json.dumps(values)) == values
    assert values["concepts"] == {"precision": 0.5, "recall": 0.4286, "f1": 0.4615}
    assert (values["predicted"], values["core_gold"], values["coined"]) == (6, 7, 0.5)
    assert list(values["typed"]) == list(values["typed_relaxed"]) == list(values["confusion"]) == list(ConceptType)
    assert list(values["roles"]) == list(Role)
    assert (len(values["missed"]), len(values["false_finds"])) == (2, 2)
    assert set(values["intervals"]) == {"concepts", "concepts_relaxed", "introduces", "type_accuracy"}


def test_order_does_not_matter(gold: ConceptGold, records: Records) -> None:
    """The order of predictions changes nothing, that of gold papers only the draws of the bootstrap."""
    values = evaluate(gold, records).as_dict()
    assert evaluate(gold, records[::-1]).as_dict() == values
    turned = evaluate(ConceptGold(gold.papers[::-1]), records, resamples=0).as_dict()
    assert turned == evaluate(gold, records, resamples=0).as_dict()


def _perfect(item: GoldPaper) -> dict[str, Any]:
    """A prediction of every core concept by all of its spans."""
    text = item.paper.text
    shift = item.paper.offset("abstract")
    concepts = []
    for concept in item.concepts:
        mentions = []
        for surface in concept.surfaces:
            start = text.index(surface)
            field, base = ("title", 0) if start < shift else ("abstract", shift)
            mentions.append({"field": field, "start": start - base, "end": start - base + len(surface)})
        if concept.core:
            concepts.append({"label": concept.name, "type": concept.type, "role": concept.role, "mentions": mentions})
    return {"record": item.paper.id, "concepts": concepts, "relations": [list(r) for r in item.relations]}


def test_perfect_prediction(gold: ConceptGold) -> None:
    """Gold scored against itself is right in every respect."""
    result = evaluate(gold, [_perfect(item) for item in gold.papers])
    for name in (
        "concepts",
        "concepts_relaxed",
        "introduces",
        "relations",
        "relation_pairs",
        "type_accuracy",
        "coined",
    ):
        assert result.tallies[name].scores.f1 == 1.0, name
    assert (result.missed, result.false_finds) == ((), ())
    assert not any(paper.errors for paper in result.judged)


_SPANS = st.lists(st.frozensets(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=3), max_size=6)


@given(_SPANS, _SPANS)
def test_alignment_is_one_to_one(predicted: list[Any], gold: list[Any]) -> None:
    """No concept is aligned twice, and the relaxed alignment is never smaller than half of the strict one."""
    text = "the big pouch model of a hop rate"
    strict, relaxed = align_concepts(predicted, gold, text)
    for pairs in (strict, relaxed):
        assert len(set(pairs.values())) == len(pairs)
        assert all(i < len(predicted) and j < len(gold) for i, j in pairs.items())
    # Both are maximal, so that each pair of one blocks at most two of the other.
    assert 2 * len(relaxed) >= len(strict)


_MENTIONS = st.lists(
    st.builds(
        lambda field, start, length: {"field": field, "start": start, "end": start + length},
        st.sampled_from(["title", "abstract"]), st.integers(0, 90), st.integers(0, 30),
    ),
    max_size=3,
)  # fmt: skip
_CONCEPTS = st.lists(
    st.fixed_dictionaries(
        {"label": st.text(max_size=3), "type": st.sampled_from(list(ConceptType)), "mentions": _MENTIONS},
        optional={"role": st.sampled_from(list(Role)), "confidence": st.floats(0, 1)},
    ),
    max_size=5,
)


@given(_CONCEPTS, _CONCEPTS)
def test_figures_stay_in_bounds(gold: ConceptGold, first: Records, second: Records) -> None:
    """Whatever is predicted, no part exceeds its whole, and every prediction is right, or false and listed."""
    rows = [{"record": "p1", "concepts": first}, {"record": "p2", "concepts": second}]
    result = evaluate(gold, rows, resamples=0)
    for tally in result.tallies.values():
        assert 0 <= tally.right <= tally.predicted
        assert 0 <= tally.found <= tally.gold
    concepts = result.tallies["concepts"]
    assert concepts.right + sum(item.count for item in result.false_finds) == concepts.predicted
    assert concepts.found + sum(item.count for item in result.missed) == concepts.gold == 7
    assert sum(result.confusion.values()) == concepts.right
