"""Verdicts on the spans of one paper's concepts. A concept has one verdict, and all of its spans bear it."""

from paperconcepts.evaluation.comparison import Comparison
from paperconcepts.evaluation.gold import GoldConcept
from paperconcepts.evaluation.judging import JudgedPaper, JudgedSpan, Verdict
from paperconcepts.evaluation.predictions import PredictedConcept
from paperconcepts.evaluation.spans import Span

__all__ = ["judge_concepts"]


def judge_concepts(comparison: Comparison) -> JudgedPaper:
    """Judge every span of a paper's gold and prediction."""
    gold = [_judge_gold(comparison, place) for place in range(len(comparison.gold.concepts))]
    predicted = [_judge_predicted(comparison, place) for place in range(len(comparison.predicted))]
    errors = sum(verdict.is_error for verdict, _ in gold) + sum(verdict is Verdict.FALSE for verdict, _ in predicted)
    return JudgedPaper(
        paper=comparison.gold.paper,
        gold=_spread(
            [(concept.name, concept.type) for concept in comparison.gold.concepts], comparison.gold_spans, gold
        ),
        predicted=_spread(
            [(concept.label, concept.type) for concept in comparison.predicted], comparison.predicted_spans, predicted
        ),
        errors=errors,
    )


def _spread(
    concepts: list[tuple[str, str]], spans: tuple[frozenset[Span], ...], verdicts: list[tuple[Verdict, str]]
) -> tuple[JudgedSpan, ...]:
    judged = [
        JudgedSpan(start, end, str(kind), name, verdict, note)
        for (name, kind), places, (verdict, note) in zip(concepts, spans, verdicts, strict=True)
        for start, end in places
    ]
    return tuple(sorted(judged, key=lambda item: (item.start, -item.end, item.name)))


def _judge_gold(comparison: Comparison, place: int) -> tuple[Verdict, str]:
    concept = comparison.gold.concepts[place]
    for i, j in comparison.strict.items():
        if j == place:
            return _judge_pair(concept, comparison.predicted[i], side="predicted")
    for i, j in comparison.relaxed.items():
        if j == place and i not in comparison.strict:
            other = comparison.predicted[i]
            return Verdict.BOUNDARY, f"predicted {other.label} ({other.type})"
    if concept.core:
        return Verdict.MISSED, f"role {concept.role}"
    return Verdict.OPTIONAL, "borderline: not asked for"


def _judge_predicted(comparison: Comparison, place: int) -> tuple[Verdict, str]:
    concept = comparison.predicted[place]
    if place in comparison.strict:
        return _judge_pair(comparison.gold.concepts[comparison.strict[place]], concept, side="gold")
    if place in comparison.relaxed:
        other = comparison.gold.concepts[comparison.relaxed[place]]
        return Verdict.BOUNDARY, f"gold {other.name} ({other.type})"
    return Verdict.FALSE, _explain_split(comparison, place)


def _judge_pair(gold: GoldConcept, predicted: PredictedConcept, *, side: str) -> tuple[Verdict, str]:
    other_type, other_role = (predicted.type, predicted.role) if side == "predicted" else (gold.type, gold.role)
    notes = [f"{side} type {other_type}"] if gold.type != predicted.type else []
    notes += [f"{side} role {other_role or 'none'}"] if gold.role != predicted.role else []
    return (Verdict.RIGHT if gold.type == predicted.type else Verdict.TYPE), "; ".join(notes)


def _explain_split(comparison: Comparison, place: int) -> str:
    """Why a concept on a gold span can still be wrong: another predicted concept has claimed that gold concept."""
    for j, spans in enumerate(comparison.gold_spans):
        if spans & comparison.predicted_spans[place]:
            return f"gold {comparison.gold.concepts[j].name} is claimed by another predicted concept"
    return ""
