"""Score predictions against gold of either kind."""

from collections.abc import Iterable, Mapping
from typing import Any, overload

from paperconcepts.errors import ConfigurationError
from paperconcepts.evaluation.bootstrap import RESAMPLES
from paperconcepts.evaluation.concept_scores import ConceptEvaluation, evaluate_concepts
from paperconcepts.evaluation.gold import ConceptGold, MentionGold
from paperconcepts.evaluation.mention_scores import MentionEvaluation, evaluate_mentions

__all__ = ["Evaluation", "evaluate"]

Evaluation = ConceptEvaluation | MentionEvaluation


@overload
def evaluate(gold: ConceptGold, records: Iterable[Mapping[str, Any]], *, resamples: int = ...) -> ConceptEvaluation: ...


@overload
def evaluate(
    gold: MentionGold,
    records: Iterable[Mapping[str, Any]],
    *,
    merge: Iterable[Iterable[str]] = ...,
    types: Iterable[str] = ...,
    resamples: int = ...,
) -> MentionEvaluation: ...


@overload
def evaluate(
    gold: ConceptGold | MentionGold,
    records: Iterable[Mapping[str, Any]],
    *,
    merge: Iterable[Iterable[str]] = ...,
    types: Iterable[str] = ...,
    resamples: int = ...,
) -> Evaluation: ...


def evaluate(
    gold: ConceptGold | MentionGold,
    records: Iterable[Mapping[str, Any]],
    *,
    merge: Iterable[Iterable[str]] = (),
    types: Iterable[str] = (),
    resamples: int = RESAMPLES,
) -> Evaluation:
    """Score ``records``, dictionaries as ``paperconcepts extract`` prints them, against gold.

    Args:
        gold: what :func:`read_gold` gave.
        records: the predictions, in any order; they are matched to the gold by the id of their paper.
        merge: lists of types that count as one; for gold of mentions only.
        types: the types that count, default all that the gold has; for gold of mentions only.
        resamples: how often papers are drawn anew for the confidence intervals; 0 for none.

    Raises:
        SourceError: a prediction is malformed, or none is of a gold paper.
        ConfigurationError: a type is unknown, or types are given for gold of concepts.
    """
    merge, types = [list(group) for group in merge], list(types)
    if isinstance(gold, MentionGold):
        return evaluate_mentions(gold, records, merge=merge, types=types, resamples=resamples)
    if merge or types:
        raise ConfigurationError("types are merged and chosen for gold of mentions only: leave out --merge and --types")
    return evaluate_concepts(gold, records, resamples=resamples)
