"""Scores against gold that names concepts: found or not, with which type and role, in which relations."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from paperconcepts.errors import SourceError
from paperconcepts.evaluation.bootstrap import RESAMPLES, Intervals, bootstrap_intervals
from paperconcepts.evaluation.calibration import Calibration, calibrate
from paperconcepts.evaluation.comparison import Comparison, compare
from paperconcepts.evaluation.concept_judging import judge_concepts
from paperconcepts.evaluation.gold import ConceptGold, GoldConcept
from paperconcepts.evaluation.judging import ErrorCount, JudgedPaper, count_errors
from paperconcepts.evaluation.predictions import PredictedConcept, PredictionSet
from paperconcepts.evaluation.tallies import Tallies, Tally, add_tallies
from paperconcepts.model import ConceptType, Predicate, Role

__all__ = ["ConceptEvaluation", "evaluate_concepts", "tally_paper"]

_WITH_INTERVALS = ("concepts", "concepts_relaxed", "introduces", "type_accuracy")
_NO_ROLE = "none"


@dataclass(frozen=True, slots=True)
class ConceptEvaluation:
    """How well predicted concepts agree with gold.

    ``tallies`` holds the counts of every measure: ``concepts``, ``concepts_relaxed``, ``typed:Method``,
    ``typed_relaxed:Method``, ``role:uses`` and so on. ``confusion`` and ``role_confusion`` count (gold, predicted)
    pairs over the strictly right concepts. ``missed`` and ``false_finds`` are sorted by frequency, ``judged`` holds
    the papers with the most errors first. ``remarks`` says what was left out.
    """

    papers: int
    papers_missing: int
    tallies: Mapping[str, Tally]
    intervals: Mapping[str, Intervals]
    confusion: Mapping[tuple[str, str], int]
    role_confusion: Mapping[tuple[str, str], int]
    calibration: Calibration
    missed: tuple[ErrorCount, ...]
    false_finds: tuple[ErrorCount, ...]
    judged: tuple[JudgedPaper, ...]
    remarks: tuple[str, ...]

    @property
    def types(self) -> tuple[str, ...]:
        """The types that are scored."""
        return tuple(str(kind) for kind in ConceptType)

    def as_dict(self, *, errors: int = 10) -> dict[str, Any]:
        """Every figure as JSON-ready values, to four decimals; of misses and false finds the first ``errors``."""
        scores = {name: tally.scores.as_dict() for name, tally in self.tallies.items()}
        return {
            "gold": "concepts",
            "papers": self.papers,
            "papers_missing": self.papers_missing,
            "predicted": self.tallies["concepts"].predicted,
            "core_gold": self.tallies["concepts"].gold,
            "concepts": scores["concepts"],
            "concepts_relaxed": scores["concepts_relaxed"],
            "typed": {kind: scores[f"typed:{kind}"] for kind in self.types},
            "typed_relaxed": {kind: scores[f"typed_relaxed:{kind}"] for kind in self.types},
            "type_accuracy": self.tallies["type_accuracy"].accuracy,
            "type_accuracy_method_model_merged": self.tallies["type_accuracy_merged"].accuracy,
            "role_accuracy": self.tallies["role_accuracy"].accuracy,
            "coined": self.tallies["coined"].accuracy,
            "introduces": scores["introduces"],
            "roles": {str(role): scores[f"role:{role}"] for role in Role},
            "relations": scores["relations"],
            "relation_pairs": scores["relation_pairs"],
            "predicates": {str(predicate): scores[f"relation:{predicate}"] for predicate in Predicate},
            "confusion": {
                gold: {kind: self.confusion.get((gold, kind), 0) for kind in self.types} for gold in self.types
            },
            "role_confusion": [
                {"gold": gold, "predicted": predicted, "count": count}
                for (gold, predicted), count in self.role_confusion.items()
            ],
            "calibration": self.calibration.as_dict(),
            "intervals": {name: values.as_dict() for name, values in self.intervals.items()},
            "missed": [item.as_dict() for item in self.missed[:errors]],
            "false_finds": [item.as_dict() for item in self.false_finds[:errors]],
            "remarks": list(self.remarks),
        }


def evaluate_concepts(
    gold: ConceptGold, records: Iterable[Mapping[str, Any]], *, resamples: int = RESAMPLES
) -> ConceptEvaluation:
    """Score predictions, as the lines of ``paperconcepts extract``, against gold that names concepts.

    A gold paper without a prediction counts as one in which nothing was found.

    Raises:
        SourceError: the gold is empty, a prediction is malformed, or none is of a gold paper.

    Examples:
        >>> from paperconcepts.evaluation import GoldConcept, GoldPaper, PaperText
        >>> lora = GoldConcept(name="LoRA", type="Method", role="uses", core=True, surfaces=("LoRA",))
        >>> gold = ConceptGold((GoldPaper(PaperText(id="p1", title="LoRA", abstract=""), (lora,)),))
        >>> mention = {"field": "title", "start": 0, "end": 4}
        >>> concept = {"label": "LoRA", "type": "Model", "role": "uses", "mentions": [mention]}
        >>> result = evaluate_concepts(gold, [{"record": "p1", "concepts": [concept]}])
        >>> result.tallies["concepts"].scores.f1, result.as_dict()["type_accuracy"]
        (1.0, 0.0)
    """
    if not gold.papers:
        raise SourceError("the gold has no paper, so there is nothing to score")
    predictions = PredictionSet(records)
    comparisons = [compare(item, predictions.take(item.paper)) for item in gold.papers]
    remarks = (*gold.remarks, *predictions.remarks(gold.texts))
    rows = [tally_paper(comparison) for comparison in comparisons]
    totals = add_tallies(rows)
    judged = sorted((judge_concepts(item) for item in comparisons), key=lambda item: (-item.errors, item.paper.id))
    return ConceptEvaluation(
        papers=len(comparisons),
        papers_missing=sum(comparison.missing for comparison in comparisons),
        tallies=totals,
        intervals=bootstrap_intervals(rows, _WITH_INTERVALS, resamples=resamples),
        confusion=_count_pairs((str(gold.type), str(found.type)) for gold, found in _pairs(comparisons)),
        role_confusion=_count_pairs(
            (str(gold.role), str(found.role or _NO_ROLE)) for gold, found in _pairs(comparisons)
        ),
        calibration=calibrate(
            (concept.confidence, i in comparison.strict)
            for comparison in comparisons
            for i, concept in enumerate(comparison.predicted)
        ),
        missed=count_errors(_missed(comparisons)),
        false_finds=count_errors(_false_finds(comparisons)),
        judged=tuple(judged),
        remarks=remarks,
    )


def tally_paper(comparison: Comparison) -> Tallies:
    """Count every measure in one paper."""
    gold, predicted = comparison.gold.concepts, comparison.predicted
    pairs = [(gold[j], predicted[i]) for i, j in comparison.strict.items()]
    same_type = sum(one.type == other.type for one, other in pairs)
    method_or_model = {ConceptType.METHOD, ConceptType.MODEL}
    merged = sum(one.type == other.type or {one.type, other.type} == method_or_model for one, other in pairs)
    introduced = {j for j, concept in enumerate(gold) if concept.role is Role.INTRODUCES}
    roles = {f"role:{role}": _tally_role(comparison, role) for role in Role}
    return {
        "concepts": _tally_concepts(comparison, comparison.strict),
        "concepts_relaxed": _tally_concepts(comparison, comparison.relaxed),
        **{f"typed:{kind}": _tally_type(comparison, comparison.strict, kind) for kind in ConceptType},
        **{f"typed_relaxed:{kind}": _tally_type(comparison, comparison.relaxed, kind) for kind in ConceptType},
        "type_accuracy": Tally.share(same_type, len(pairs)),
        "type_accuracy_merged": Tally.share(merged, len(pairs)),
        "role_accuracy": Tally.share(sum(one.role == other.role for one, other in pairs), len(pairs)),
        "coined": Tally.share(len(introduced & set(comparison.strict.values())), len(introduced)),
        "introduces": roles[f"role:{Role.INTRODUCES}"],
        **roles,
        **_tally_relations(comparison),
    }


def _tally_concepts(comparison: Comparison, aligned: Mapping[int, int]) -> Tally:
    core = {j for j, concept in enumerate(comparison.gold.concepts) if concept.core}
    return Tally(len(aligned), len(comparison.predicted), len(core & set(aligned.values())), len(core))


def _tally_type(comparison: Comparison, aligned: Mapping[int, int], kind: ConceptType) -> Tally:
    gold, predicted = comparison.gold.concepts, comparison.predicted
    right = [j for i, j in aligned.items() if predicted[i].type == kind == gold[j].type]
    return Tally(
        right=len(right),
        predicted=sum(concept.type == kind for concept in predicted),
        found=sum(gold[j].core for j in right),
        gold=sum(concept.core and concept.type == kind for concept in gold),
    )


def _tally_role(comparison: Comparison, role: Role) -> Tally:
    gold, predicted = comparison.gold.concepts, comparison.predicted
    return Tally.matched(
        sum(predicted[i].role == role == gold[j].role for i, j in comparison.strict.items()),
        sum(concept.role == role for concept in predicted),
        sum(concept.role == role for concept in gold),
    )


def _tally_relations(comparison: Comparison) -> dict[str, Tally]:
    # A predicted concept that is no gold concept gets a negative number: it is equal to nothing in the gold.
    place = {i: comparison.strict.get(i, -1 - i) for i in range(len(comparison.predicted))}
    gold = set(comparison.gold.relations)
    predicted = {(place[a], predicate, place[b]) for a, predicate, b in comparison.relations}
    gold_pairs = {frozenset((a, b)) for a, _, b in gold}
    predicted_pairs = {frozenset((a, b)) for a, _, b in predicted}
    return {
        "relations": Tally.matched(len(gold & predicted), len(predicted), len(gold)),
        "relation_pairs": Tally.matched(len(gold_pairs & predicted_pairs), len(predicted_pairs), len(gold_pairs)),
        **{f"relation:{predicate}": _of_predicate(gold, predicted, predicate) for predicate in Predicate},
    }


_Triples = set[tuple[int, Predicate, int]]


def _of_predicate(gold: _Triples, predicted: _Triples, predicate: Predicate) -> Tally:
    own = {triple for triple in gold if triple[1] is predicate}
    found = {triple for triple in predicted if triple[1] is predicate}
    return Tally.matched(len(own & found), len(found), len(own))


def _pairs(comparisons: Iterable[Comparison]) -> Iterator[tuple[GoldConcept, PredictedConcept]]:
    for comparison in comparisons:
        for i, j in comparison.strict.items():
            yield comparison.gold.concepts[j], comparison.predicted[i]


def _count_pairs(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    counts = Counter(pairs)
    return {pair: counts[pair] for pair in sorted(counts, key=lambda pair: (-counts[pair], pair))}


def _missed(comparisons: Iterable[Comparison]) -> Iterator[tuple[str, str, str]]:
    for comparison in comparisons:
        found = set(comparison.strict.values())
        for j, concept in enumerate(comparison.gold.concepts):
            if concept.core and j not in found:
                yield str(concept.type), concept.name, comparison.gold.paper.id


def _false_finds(comparisons: Iterable[Comparison]) -> Iterator[tuple[str, str, str]]:
    for comparison in comparisons:
        for i, concept in enumerate(comparison.predicted):
            if i not in comparison.strict:
                yield str(concept.type), concept.label, comparison.gold.paper.id
