"""The quality card as data, and as Markdown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tagger_scores import TaggerScore

from paperconcepts.evaluation import Calibration, Interval, Intervals, Tally

__all__ = ["MEASURES", "Card", "Figure", "System", "TaggerRow", "Target", "figure_of", "format_card", "shortfalls"]

MEASURES = {
    "concepts, strict: precision": ("concepts", "precision"),
    "concepts, strict: recall": ("concepts", "recall"),
    "concepts, strict: F1": ("concepts", "f1"),
    "concepts, relaxed: F1": ("concepts_relaxed", "f1"),
    "type accuracy, five types": ("type_accuracy", "precision"),
    "type accuracy, Method and Model as one": ("type_accuracy_merged", "precision"),
    "Method, typed: F1": ("typed:Method", "f1"),
    "Model, typed: F1": ("typed:Model", "f1"),
    "Dataset, typed: F1": ("typed:Dataset", "f1"),
    "Task, typed: F1": ("typed:Task", "f1"),
    "Metric, typed: F1": ("typed:Metric", "f1"),
    "newly coined names found, whatever type": ("coined", "precision"),
    "`introduces`: F1": ("introduces", "f1"),
    "role accuracy": ("role_accuracy", "precision"),
    "relation pairs: F1": ("relation_pairs", "f1"),
    "relations, typed: F1": ("relations", "f1"),
}
"""Rows of the comparison: the measure of the evaluation, and which of its figures."""
_NEED_ROLES = ("introduces", "role_accuracy", "relations", "relation_pairs")
_NONE = "–"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value with its 95 % interval, if it has one."""

    value: float
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What a row must reach, and what we aim for; ``at_most`` turns it round."""

    must: float
    aim: float | None = None
    at_most: bool = False

    def is_met(self, value: float) -> bool:
        """Whether the value reaches the floor."""
        return value <= self.must if self.at_most else value >= self.must


@dataclass(frozen=True, slots=True)
class System:
    """A column of the comparison. Without tallies it was not measured, and ``note`` says why."""

    name: str
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    intervals: Mapping[str, Intervals] = field(default_factory=dict)
    has_roles: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class TaggerRow:
    """A tagger on a public set: what it knows of that set, and its score or the reason why there is none."""

    tagger: str
    texts: str
    seen: str
    score: TaggerScore | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that one run measured."""

    version: str
    papers: int
    targets: Mapping[str, Target]
    figures: Mapping[str, Figure]
    systems: Sequence[System]
    taggers: Sequence[TaggerRow]
    calibration: Calibration | None
    near: tuple[int, int]
    speeds: Mapping[str, float]
    hostile: Mapping[str, Mapping[str, Any]]


def figure_of(system: System, measure: str) -> Figure | None:
    """A figure of a system; None if it was not measured or the system does not say it."""
    name, part = MEASURES[measure]
    if not system.tallies or (name in _NEED_ROLES and not system.has_roles):
        return None
    interval = getattr(system.intervals[name], part) if name in system.intervals else None
    return Figure(getattr(system.tallies[name].scores, part), interval)


def shortfalls(targets: Mapping[str, Target], figures: Mapping[str, Figure]) -> list[str]:
    """One line for each row that is below its floor or was not measured.

    Examples:
        >>> shortfalls({"F1": Target(0.75, 0.85), "seconds": Target(1, at_most=True)}, {"F1": Figure(0.5)})
        ['F1: 0.500, must be at least 0.75', 'seconds: not measured, must be at most 1']
    """
    lines = []
    for row, target in targets.items():
        figure = figures.get(row)
        if figure is None or not target.is_met(figure.value):
            shown = "not measured" if figure is None else _shown_against(figure.value, target)
            lines.append(f"{row}: {shown}, must be at {'most' if target.at_most else 'least'} {target.must:g}")
    return lines


def format_card(card: Card) -> str:
    """The card as Markdown, without a title."""
    blocks = [
        f"Version {card.version}, development papers of our gold ({card.papers} papers), public sets as named.",
        "### Floors and aims",
        _targets(card),
        "### Beside simpler systems",
        _comparison(card.systems),
        *[f"{item.name} was not measured: {item.note}" for item in card.systems if item.note],
        "### Roles and relations, one by one",
        _one_by_one(card.systems),
        "### The tagger alone on public sets",
        _taggers(card.taggers),
        *[f"{item.tagger} on {item.texts} was not measured: {item.note}" for item in card.taggers if item.note],
        "### Confidence",
        *_confidence(card),
        "### Speed and hostile texts",
        _table(["profile", "abstracts a CPU second"], [[name, f"{rate:,.0f}"] for name, rate in card.speeds.items()]),
        _hostile(card.hostile),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(cells)} |" for cells in rows]
    return "\n".join([f"| {' | '.join(head)} |", "|---" * len(head) + "|", *lines]) if lines else ""


def _shown(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.3f}"


def _shown_against(value: float, target: Target) -> str:
    """The value, with more digits where three would make a miss look like a hit."""
    text = _shown(value)
    return f"{value:.5f}" if target.is_met(float(text)) != target.is_met(value) else text


def _bound(value: float) -> str:
    return f"{value:.0f}" if value >= 1 else f"{value:.2f}"


def _bounds(interval: Interval | None) -> str:
    return f"{interval.low:.3f} – {interval.high:.3f}" if interval else _NONE


def _targets(card: Card) -> str:
    rows = []
    for name, target in card.targets.items():
        figure = card.figures.get(name)
        met = figure is not None and target.is_met(figure.value)
        rows.append(
            [
                name,
                _shown_against(figure.value, target) if figure else "not measured",
                _bounds(figure.interval if figure else None),
                ("≤ " if target.at_most else "≥ ") + _bound(target.must),
                _NONE if target.aim is None else _bound(target.aim),
                "yes" if met else "no",
            ]
        )
    return _table(["measure", "measured", "95 % interval", "must", "aim", "reached"], rows)


def _comparison(systems: Sequence[System]) -> str:
    rows = []
    for measure in MEASURES:
        figures = [figure_of(system, measure) for system in systems]
        rows.append([measure, *(_shown(figure.value) if figure else _NONE for figure in figures)])
    return _table(["measure", *(system.name for system in systems)], rows)


def _one_by_one(systems: Sequence[System]) -> str:
    """Precision, recall and F1 of each role and relation of the first system that has them."""
    system = next((item for item in systems if item.has_roles and item.tallies), None)
    if system is None:
        return ""
    rows = []
    for name, tally in system.tallies.items():
        kind, _, part = name.partition(":")
        if kind in ("role", "relation"):
            figures = [f"{value:.2f}" for value in tally.scores]
            rows.append([kind, f"`{part}`", *figures, f"{tally.gold:,}", f"{tally.predicted:,}"])
    return _table(["", "of the default profile", "precision", "recall", "F1", "gold", "predicted"], rows)


def _taggers(items: Sequence[TaggerRow]) -> str:
    rows = [[item.tagger, item.texts, item.seen, *_tagger_cells(item.score)] for item in items if item.score]
    return _table(
        ["tagger", "texts", "what it learned from", "mentions", "strict P / R / F1", "overlap P / R / F1"], rows
    )


def _tagger_cells(score: TaggerScore) -> list[str]:
    cells = [" / ".join(f"{value:.3f}" for value in tally.scores) for tally in (score.strict, score.overlap)]
    return [f"{score.strict.gold:,} in {score.texts:,} texts", *cells]


def _confidence(card: Card) -> list[str]:
    if card.calibration is None or card.calibration.expected_error is None:
        return ["Not measured."]
    right, count = card.near
    rows = [
        [f"{b.low:.1f} – {b.high:.1f}", f"{b.count:,}", f"{b.mean_confidence:.3f}", f"{b.share_right:.3f}"]
        for b in card.calibration.bins
        if b.count
    ]
    share = f"{right / count:.0%}" if count else _NONE
    return [
        f"Of {count:,} mentions given 0.85 to 0.95, {share} are right. "
        f"The expected calibration error is {card.calibration.expected_error:.3f}.",
        "![Reliability plot: share of right mentions in each bin of confidence](reliability.svg)",
        _table(["confidence", "mentions", "mean confidence", "share right"], rows),
    ]


def _hostile(texts: Mapping[str, Mapping[str, Any]]) -> str:
    rows = [
        [name, f"{row['seconds']:.2f}", f"{row['mentions']:,}", row["fault"] or "none"] for name, row in texts.items()
    ]
    return _table(["a million characters of", "CPU seconds", "mentions", "faults"], rows)
