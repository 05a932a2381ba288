"""Scores against gold that marks mentions: every distinct span counts once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from paperconcepts.errors import ConfigurationError, SourceError
from paperconcepts.evaluation.bootstrap import RESAMPLES, Intervals, bootstrap_intervals
from paperconcepts.evaluation.gold import MentionGold, PaperText
from paperconcepts.evaluation.judging import ErrorCount, JudgedPaper, count_errors
from paperconcepts.evaluation.labels import parse_type
from paperconcepts.evaluation.mention_judging import judge_mentions
from paperconcepts.evaluation.mention_matching import TypedSpan, match_overlaps
from paperconcepts.evaluation.predictions import Prediction, PredictionSet, place_mentions
from paperconcepts.evaluation.tallies import Tallies, Tally, add_tallies
from paperconcepts.model import ConceptType

__all__ = ["MentionEvaluation", "TypeScheme", "build_type_scheme", "evaluate_mentions"]

_WITH_INTERVALS = ("strict", "overlap", "strict_untyped", "overlap_untyped")


@dataclass(frozen=True, slots=True)
class MentionEvaluation:
    """How well predicted mentions agree with gold.

    ``tallies`` holds the counts of ``strict``, ``overlap``, ``strict_untyped``, ``overlap_untyped``,
    ``typed:<type>`` and ``typed_overlap:<type>``. ``confusion`` counts (gold, predicted) types of equal spans.
    ``missed`` and ``false_finds`` are the surfaces that are not strictly right, sorted by frequency; ``judged`` holds
    the texts with the most errors first. ``remarks`` says what was left out.
    """

    papers: int
    papers_missing: int
    types: tuple[str, ...]
    tallies: Mapping[str, Tally]
    intervals: Mapping[str, Intervals]
    confusion: Mapping[tuple[str, str], int]
    missed: tuple[ErrorCount, ...]
    false_finds: tuple[ErrorCount, ...]
    judged: tuple[JudgedPaper, ...]
    remarks: tuple[str, ...]

    def as_dict(self, *, errors: int = 10) -> dict[str, Any]:
        """Every figure as JSON-ready values, to four decimals; of misses and false finds the first ``errors``."""
        scores = {name: tally.scores.as_dict() for name, tally in self.tallies.items()}
        return {
            "gold": "mentions",
            "papers": self.papers,
            "papers_missing": self.papers_missing,
            "predicted": self.tallies["strict"].predicted,
            "gold_mentions": self.tallies["strict"].gold,
            **{name: scores[name] for name in _WITH_INTERVALS},
            "typed": {kind: scores[f"typed:{kind}"] for kind in self.types},
            "typed_overlap": {kind: scores[f"typed_overlap:{kind}"] for kind in self.types},
            "confusion": {
                gold: {kind: self.confusion.get((gold, kind), 0) for kind in self.types} for gold in self.types
            },
            "intervals": {name: values.as_dict() for name, values in self.intervals.items()},
            "missed": [item.as_dict() for item in self.missed[:errors]],
            "false_finds": [item.as_dict() for item in self.false_finds[:errors]],
            "remarks": list(self.remarks),
        }


@dataclass(frozen=True, slots=True)
class TypeScheme:
    """What our types are called in this evaluation; a type that is not among ``names`` does not count."""

    names: Mapping[ConceptType, str]

    @property
    def kept(self) -> tuple[str, ...]:
        """The names that count, in the order of our types."""
        return tuple(dict.fromkeys(self.names[kind] for kind in ConceptType if kind in self.names))


def build_type_scheme(
    present: Iterable[ConceptType], *, merge: Iterable[Iterable[str]] = (), types: Iterable[str] = ()
) -> TypeScheme:
    """Name the types that count: those of ``types``, or all that the gold has, joined where ``merge`` says so.

    Raises:
        ConfigurationError: a type is unknown, a group merges fewer than two, or a type is merged twice.

    Examples:
        >>> build_type_scheme([ConceptType.METHOD, ConceptType.TASK], merge=[["Method", "Model"]]).kept
        ('Method+Model', 'Task')
    """
    names = {kind: str(kind) for kind in ConceptType}
    merged: set[ConceptType] = set()
    for group in merge:
        kinds = {parse_type(name) for name in group}
        if len(kinds) < 2 or kinds & merged:
            raise ConfigurationError(f"cannot merge {', '.join(sorted(kinds))}: two or more types, each merged once")
        merged |= kinds
        joined = "+".join(kind for kind in ConceptType if kind in kinds)
        names.update(dict.fromkeys(kinds, joined))
    wanted = {names[parse_type(name)] for name in types} or {names[kind] for kind in present}
    return TypeScheme({kind: name for kind, name in names.items() if name in wanted})


def evaluate_mentions(
    gold: MentionGold,
    records: Iterable[Mapping[str, Any]],
    *,
    merge: Iterable[Iterable[str]] = (),
    types: Iterable[str] = (),
    resamples: int = RESAMPLES,
) -> MentionEvaluation:
    """Score the mentions of predictions, as the lines of ``paperconcepts extract``, against marked mentions.

    Only types that the gold has are scored (or those of ``types``): what a scheme does not annotate is unknown, not
    wrong. Each list in ``merge`` makes one type of several.

    Raises:
        SourceError: the gold is empty, a prediction is malformed, or none is of a gold text.
        ConfigurationError: a type is unknown, or the types to merge are.

    Examples:
        >>> from paperconcepts.evaluation import GoldDocument, GoldSpan, PaperText
        >>> text = PaperText(id="d1", title=None, abstract="We tune BERT base.")
        >>> gold = MentionGold((GoldDocument(text, (GoldSpan(8, 12, ConceptType.MODEL),)),))
        >>> mention = {"field": "abstract", "start": 8, "end": 17}
        >>> record = {"record": "d1", "concepts": [{"label": "BERT", "type": "Model", "mentions": [mention]}]}
        >>> result = evaluate_mentions(gold, [record])
        >>> result.tallies["strict"].scores.f1, result.tallies["overlap"].scores.f1
        (0.0, 1.0)
    """
    if not gold.documents:
        raise SourceError("the gold has no text, so there is nothing to score")
    scheme = build_type_scheme({span.type for item in gold.documents for span in item.spans}, merge=merge, types=types)
    predictions = PredictionSet(records)
    rows: list[Tallies] = []
    judged: list[JudgedPaper] = []
    confusion: Counter[tuple[str, str]] = Counter()
    missed: list[tuple[str, str, str]] = []
    false_finds: list[tuple[str, str, str]] = []
    missing = ignored = 0
    for item in gold.documents:
        prediction = predictions.take(item.paper)
        missing += prediction is None
        found = _typed_spans(prediction, item.paper)
        here = {(s.start, s.end, scheme.names[s.type]) for s in item.spans if s.type in scheme.names}
        there = {(start, end, scheme.names[kind]) for start, end, kind in found if kind in scheme.names}
        ignored += sum(kind not in scheme.names for _, _, kind in found)
        rows.append(_tally_document(here, there, scheme.kept))
        confusion += _confuse(here, there)
        judged.append(judge_mentions(item.paper, here, there))
        missed += _name_errors(here - there, item.paper)
        false_finds += _name_errors(there - here, item.paper)
    remarks = [*gold.remarks, *predictions.remarks(gold.texts)]
    if ignored:
        remarks.append(f"predicted mentions of types other than {', '.join(scheme.kept)}, not scored: {ignored:,}")
    return MentionEvaluation(
        papers=len(gold.documents),
        papers_missing=missing,
        types=scheme.kept,
        tallies=add_tallies(rows),
        intervals=bootstrap_intervals(rows, _WITH_INTERVALS, resamples=resamples),
        confusion={pair: confusion[pair] for pair in sorted(confusion, key=lambda pair: (-confusion[pair], pair))},
        missed=count_errors(missed),
        false_finds=count_errors(false_finds),
        judged=tuple(sorted(judged, key=lambda one: (-one.errors, one.paper.id))),
        remarks=tuple(remarks),
    )


def _typed_spans(prediction: Prediction | None, paper: PaperText) -> set[tuple[int, int, ConceptType]]:
    concepts = prediction.concepts if prediction else ()
    return {(start, end, concept.type) for concept in concepts for start, end in place_mentions(concept, paper)}


def _tally_document(here: set[TypedSpan], there: set[TypedSpan], types: Sequence[str]) -> Tallies:
    bare_here, bare_there = _drop_types(here), _drop_types(there)
    tallies = {
        "strict": _tally_strict(here, there),
        "overlap": _tally_overlap(here, there),
        "strict_untyped": _tally_strict(bare_here, bare_there),
        "overlap_untyped": _tally_overlap(bare_here, bare_there),
    }
    for kind in types:
        gold, found = ({span for span in spans if span[2] == kind} for spans in (here, there))
        tallies[f"typed:{kind}"] = _tally_strict(gold, found)
        tallies[f"typed_overlap:{kind}"] = _tally_overlap(gold, found)
    return tallies


def _drop_types(spans: set[TypedSpan]) -> set[TypedSpan]:
    return {(start, end, "") for start, end, _ in spans}


def _tally_strict(gold: set[TypedSpan], found: set[TypedSpan]) -> Tally:
    return Tally.matched(len(gold & found), len(found), len(gold))


def _tally_overlap(gold: set[TypedSpan], found: set[TypedSpan]) -> Tally:
    return Tally.matched(len(match_overlaps(found, gold)), len(found), len(gold))


def _confuse(here: set[TypedSpan], there: set[TypedSpan]) -> Counter[tuple[str, str]]:
    counts = Counter((kind, kind) for _, _, kind in here & there)
    for start, end, kind in here - there:
        counts.update((kind, other) for first, last, other in there - here if (first, last) == (start, end))
    return counts


def _name_errors(spans: set[TypedSpan], paper: PaperText) -> Iterator[tuple[str, str, str]]:
    text = paper.text
    for start, end, kind in sorted(spans):
        yield kind, " ".join(text[start:end].split()), paper.id
