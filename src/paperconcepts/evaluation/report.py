"""An evaluation as plain text for a terminal."""

from collections.abc import Mapping, Sequence

from paperconcepts.evaluation.bootstrap import Interval, Intervals
from paperconcepts.evaluation.calibration import Calibration
from paperconcepts.evaluation.concept_scores import ConceptEvaluation
from paperconcepts.evaluation.judging import ErrorCount
from paperconcepts.evaluation.mention_scores import MentionEvaluation
from paperconcepts.evaluation.tallies import Tally
from paperconcepts.model import Predicate, Role

__all__ = ["format_report", "headline_measures"]

_CONCEPT_MEASURES = {
    "concepts": "concepts, strict",
    "concepts_relaxed": "concepts, relaxed",
    "introduces": "introduced",
    "relations": "relations",
    "relation_pairs": "relation pairs",
}
_MENTION_MEASURES = {
    "strict": "mentions, strict",
    "overlap": "mentions, overlap",
    "strict_untyped": "any type, strict",
    "overlap_untyped": "any type, overlap",
}
_WIDTH = 18


def headline_measures(result: ConceptEvaluation | MentionEvaluation) -> list[tuple[str, Tally, Intervals | None]]:
    """The main measures of an evaluation with their names and, where there are some, intervals."""
    names = _CONCEPT_MEASURES if isinstance(result, ConceptEvaluation) else _MENTION_MEASURES
    return [(text, result.tallies[name], result.intervals.get(name)) for name, text in names.items()]


def format_report(result: ConceptEvaluation | MentionEvaluation, *, errors: int = 10) -> str:
    """All figures as a text of tables; of misses and false finds the first ``errors``. Ends with a line feed.

    Examples:
        >>> from paperconcepts.evaluation import MentionGold, GoldDocument, GoldSpan, PaperText, evaluate
        >>> from paperconcepts.model import ConceptType
        >>> text = PaperText(id="d1", title=None, abstract="We tune BERT.")
        >>> gold = MentionGold((GoldDocument(text, (GoldSpan(8, 12, ConceptType.MODEL),)),))
        >>> print(format_report(evaluate(gold, [], resamples=0)).splitlines()[0])
        1 paper (1 without prediction), 1 gold mention, 0 predicted
    """
    blocks = [_format_counts(result), _format_headline(result)]
    if isinstance(result, ConceptEvaluation):
        blocks.append(_format_shares(result))
    strict, loose = ("typed", "typed_relaxed" if isinstance(result, ConceptEvaluation) else "typed_overlap")
    blocks.append(_format_types(result, strict, loose))
    if isinstance(result, ConceptEvaluation):
        blocks += [_format_roles(result), _format_predicates(result)]
    blocks.append(_format_confusion(result))
    if isinstance(result, ConceptEvaluation):
        blocks.append(_format_role_confusion(result.role_confusion, errors))
        blocks.append(_format_calibration(result.calibration))
    blocks.append(_format_errors("missed most often", result.missed, errors))
    blocks.append(_format_errors("falsely found most often", result.false_finds, errors))
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _format_counts(result: ConceptEvaluation | MentionEvaluation) -> list[str]:
    concepts = isinstance(result, ConceptEvaluation)
    tally = result.tallies["concepts" if concepts else "strict"]
    gold = _number(tally.gold, "core gold concept" if concepts else "gold mention")
    missing = f" ({result.papers_missing:,} without prediction)" if result.papers_missing else ""
    note = "; in brackets 95 % intervals over papers" if result.intervals else ""
    return [f"{_number(result.papers, 'paper')}{missing}, {gold}, {tally.predicted:,} predicted{note}"]


def _format_headline(result: ConceptEvaluation | MentionEvaluation) -> list[str]:
    measures = headline_measures(result)
    width = 21 if result.intervals else 11
    lines = ["".join([f"{'':{_WIDTH}}", *(f"{name:{width}}" for name in ("precision", "recall", "F1"))]).rstrip()]
    for name, tally, intervals in measures:
        bounds = intervals or (None, None, None)
        cells = [_format_cell(value, interval) for value, interval in zip(tally.scores, bounds, strict=True)]
        lines.append("".join([f"{name:{_WIDTH}}", *(f"{cell:{width}}" for cell in cells)]).rstrip())
    return lines


def _format_cell(value: float, interval: Interval | None) -> str:
    return f"{value:.3f}" if interval is None else f"{value:.3f} ({interval.low:.3f}-{interval.high:.3f})"


def _format_shares(result: ConceptEvaluation) -> list[str]:
    names = {
        "type_accuracy": "of the strictly right concepts",
        "type_accuracy_merged": "with Method and Model as one type",
        "role_accuracy": "of the strictly right concepts",
        "coined": "of what papers introduce is found, whatever its type and role",
    }
    lines = []
    for name, meaning in names.items():
        tally, intervals = result.tallies[name], result.intervals.get(name)
        cell = _format_cell(tally.accuracy, intervals.precision if intervals else None)
        lines.append(f"{name.replace('_', ' '):{_WIDTH + 4}}{cell:20} {meaning}".rstrip())
    return lines


def _format_types(result: ConceptEvaluation | MentionEvaluation, strict: str, loose: str) -> list[str]:
    columns = f"{'P':>7}{'R':>7}{'F1':>7}"
    loose_name = "relaxed" if loose == "typed_relaxed" else "overlap"
    lines = [
        f"{'by type':{_WIDTH}}{'strict':>21}   {loose_name:>21}",
        f"{'':{_WIDTH}}{columns}   {columns}{'gold':>8}{'predicted':>11}",
    ]
    for kind in result.types:
        one, other = result.tallies[f"{strict}:{kind}"], result.tallies[f"{loose}:{kind}"]
        lines.append(
            f"{kind:{_WIDTH}}{_format_scores(one)}   {_format_scores(other)}{one.gold:>8,}{one.predicted:>11,}"
        )
    return lines


def _format_scores(tally: Tally) -> str:
    return "".join(f"{value:>7.3f}" for value in tally.scores)


def _format_roles(result: ConceptEvaluation) -> list[str]:
    lines = [f"{'by role':{_WIDTH}}{'P':>7}{'R':>7}{'F1':>7}{'gold':>8}{'predicted':>11}"]
    for role in Role:
        tally = result.tallies[f"role:{role}"]
        lines.append(f"{role:{_WIDTH}}{_format_scores(tally)}{tally.gold:>8,}{tally.predicted:>11,}")
    return lines


def _format_predicates(result: ConceptEvaluation) -> list[str]:
    tallies = {predicate: result.tallies[f"relation:{predicate}"] for predicate in Predicate}
    if not any(tally.gold or tally.predicted for tally in tallies.values()):
        return []
    lines = [f"{'by relation':{_WIDTH}}{'P':>7}{'R':>7}{'F1':>7}{'gold':>8}{'predicted':>11}"]
    for predicate, tally in tallies.items():
        lines.append(f"{predicate:{_WIDTH}}{_format_scores(tally)}{tally.gold:>8,}{tally.predicted:>11,}")
    return lines


def _format_confusion(result: ConceptEvaluation | MentionEvaluation) -> list[str]:
    missed, false = _count_types(result.missed), _count_types(result.false_finds)
    widths = [max(9, len(kind) + 2) for kind in result.types]
    head = "".join(f"{kind:>{width}}" for kind, width in zip(result.types, widths, strict=True))
    lines = [f"{'gold, predicted':{_WIDTH}}{head}{'missed':>9}"]
    for gold in result.types:
        cells = "".join(
            f"{result.confusion.get((gold, kind), 0):>{width},}"
            for kind, width in zip(result.types, widths, strict=True)
        )
        lines.append(f"{gold:{_WIDTH}}{cells}{missed.get(gold, 0):>9,}")
    cells = "".join(f"{false.get(kind, 0):>{width},}" for kind, width in zip(result.types, widths, strict=True))
    return [*lines, f"{'false finds':{_WIDTH}}{cells}"]


def _count_types(errors: Sequence[ErrorCount]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for item in errors:
        counts[item.type] = counts.get(item.type, 0) + item.count
    return counts


def _format_role_confusion(pairs: Mapping[tuple[str, str], int], limit: int) -> list[str]:
    wrong = [f"{count:>5,}  {gold} -> {found}" for (gold, found), count in pairs.items() if gold != found]
    return ["roles, gold -> predicted", *wrong[:limit]] if wrong and limit else []


def _format_calibration(table: Calibration) -> list[str]:
    if table.expected_error is None:
        return []
    lines = [f"{'confidence':{_WIDTH}}{'count':>7}{'mean':>7}{'right':>7}"]
    lines += [
        f"{f'{item.low:.1f}-{item.high:.1f}':{_WIDTH}}{item.count:>7,}{item.mean_confidence:>7.2f}{item.share_right:>7.2f}"
        for item in table.bins
        if item.count
    ]
    return [*lines, f"{'expected error':{_WIDTH}}{table.expected_error:>21.3f}"]


def _format_errors(title: str, found: Sequence[ErrorCount], limit: int) -> list[str]:
    if not found or not limit:
        return []
    width = max(len(item.type) for item in found[:limit])
    return [title, *(_error_line(item, width) for item in found[:limit])]


def _error_line(item: ErrorCount, width: int) -> str:
    places = ", ".join(item.papers) + (", …" if item.count > len(item.papers) else "")
    return f"{item.count:>5,}  {item.type:{width}}  {_flatten(item.name)}  ({_flatten(places)})"


def _flatten(name: str) -> str:
    # A label from another system may hold line feeds or terminal controls.
    text = " ".join("".join(character if character.isprintable() else " " for character in name).split())
    return text if len(text) <= 60 else text[:59] + "…"
