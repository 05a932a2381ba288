"""Where a concept comes from, to the left of it, and what came of it, to the right."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from paperconcepts.errors import ConfigurationError
from paperconcepts.export.palette import CONCEPT_COLOURS
from paperconcepts.model import ConceptType, Predicate
from paperconcepts.plots.figures import INK, MUTED, bare, new_figure, short_label, styled
from paperconcepts.query.lineage import Direction, LineageRow, trace_lineage

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from paperconcepts.graph import ResearchGraph

__all__ = ["plot_lineage"]

_ROW, _COLUMN = 0.3, 2.7  # inches
_LINES: dict[Predicate, Any] = {Predicate.EXTENDS: "-", Predicate.IS_A: (0, (4, 2)), Predicate.PART_OF: (0, (1, 1.5))}
_WORDS = {Predicate.EXTENDS: "extends", Predicate.IS_A: "is a", Predicate.PART_OF: "part of"}


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row of the tree, where it stands, and where the step to it starts."""

    row: LineageRow
    x: float
    y: float
    from_x: float
    from_y: float


def plot_lineage(
    graph: "ResearchGraph",
    name: str,
    *,
    direction: Direction = "both",
    depth: int = 2,
    predicates: "Sequence[Predicate | str]" = (Predicate.EXTENDS, Predicate.IS_A),
    min_confidence: float = 0.5,
    top: int = 40,
) -> "Figure":
    """Draw what a concept builds on to the left and what builds on it to the right, each with its first date.

    Args:
        graph: the graph to ask.
        name: the concept, by any of its names.
        direction: ``up``, ``down`` or ``both``.
        depth: how many steps to go at most.
        predicates: the relations to follow: ``extends``, ``is_a``, ``part_of``.
        min_confidence: leave out relations that are believed less; what the catalogue says stays.
        top: how many concepts to draw at most on each side; the nearest, and of those the ones of most papers.

    Raises:
        UnknownNameError: no concept bears this name.
        ConfigurationError: no such direction, a depth or ``top`` below 1, or Matplotlib is not installed.
        ValueError: there is no such relation.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> figure = plot_lineage(example_graph(), "LoRA")
        >>> "LoRA" in figure.axes[0].get_title("left") or "Low-Rank" in figure.axes[0].get_title("left")
        True
    """
    if top < 1:
        raise ConfigurationError(f"top is {top}; it must be at least 1")
    rows = trace_lineage(
        graph, name, direction=direction, depth=depth, predicates=predicates, min_confidence=min_confidence
    )
    root = graph.concept(name).concept
    sides = {side: _single([row for row in rows if row.direction == side]) for side in ("up", "down")}
    kept = {side: _nearest(found, top) for side, found in sides.items()}
    left_out = sum(len(sides[side]) - len(kept[side]) for side in sides)
    placed = {side: _place(kept[side], root.id, -1.0 if side == "up" else 1.0) for side in kept}
    with styled():
        steps = {side: max((row.depth for row in kept[side]), default=0) for side in kept}
        tall = max(3.0, *(1 + 2 * max((abs(one.y) for one in side), default=0.0) for side in placed.values()))
        figure = new_figure(max(5.0, _COLUMN * (1 + sum(steps.values()))), 0.9 + _ROW * tall)
        axes = figure.subplots()
        for side in placed.values():
            for one in side:
                _draw_step(axes, one)
        _draw_name(axes, 0.0, 0.0, root.label, root.type, None, bold=True)
        axes.set_title(f"Lineage of {short_label(root.label)}", loc="left", fontweight="bold")
        if left_out:
            axes.set_title(f"{left_out:,} further steps are not shown", loc="right", fontsize=8, color=MUTED)
        _frame(axes, steps, tall, {row.predicate for side in kept.values() for row in side})
        return figure


def _single(rows: list[LineageRow]) -> list[LineageRow]:
    """One row for each step, if several relations make it: that of the word that says most."""
    best: dict[tuple[str, str], LineageRow] = {}
    for row in sorted(rows, key=lambda row: list(_LINES).index(row.predicate)):
        best.setdefault((row.via, row.concept_id), row)
    followed = {(row.via, row.concept_id) for row in rows if not row.repeated}
    return [
        replace(one, repeated=step not in followed)
        for step in dict.fromkeys((row.via, row.concept_id) for row in rows)
        for one in (best[step],)
    ]


def _nearest(rows: list[LineageRow], top: int) -> list[LineageRow]:
    """At most ``top`` rows of one side, each with the row that its step starts from."""
    ordered = sorted(rows, key=lambda row: (row.depth, row.repeated, -row.support, row.concept_id, row.via))
    chosen = {(row.via, row.concept_id) for row in ordered[:top]}
    # A step starts from a concept of less depth, which therefore is among those chosen before it.
    return [row for row in rows if (row.via, row.concept_id) in chosen]


def _place(rows: list[LineageRow], root: str, side: float) -> list[_Placed]:
    """Each leaf in a line of its own, each other concept in the middle of what it leads to."""
    children: dict[str, list[LineageRow]] = {}
    for row in rows:
        children.setdefault(row.via, []).append(row)
    heights: dict[int, float] = {}
    lines = 0

    def settle(row: LineageRow) -> float:
        nonlocal lines
        below = [] if row.repeated else children.get(row.concept_id, [])
        if below:
            found = [settle(one) for one in below]
            heights[id(row)] = (found[0] + found[-1]) / 2
        else:
            heights[id(row)] = float(lines)
            lines += 1
        return heights[id(row)]

    for row in children.get(root, []):
        settle(row)
    middle = (lines - 1) / 2
    own = {row.concept_id: heights[id(row)] - middle for row in rows if not row.repeated and id(row) in heights}
    return [
        _Placed(row, side * row.depth, heights[id(row)] - middle, side * (row.depth - 1), own.get(row.via, 0.0))
        for row in rows
        if id(row) in heights
    ]


def _draw_step(axes: "Axes", one: _Placed) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    half = (one.from_x + one.x) / 2
    points = [(one.from_x, one.from_y), (half, one.from_y), (half, one.y), (one.x, one.y)]
    curve = Path(points, [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4])
    style = _LINES[one.row.predicate]
    axes.add_patch(PathPatch(curve, fill=False, edgecolor="#8c959f", linewidth=1.0, linestyle=style, zorder=1))
    _draw_name(axes, one.x, one.y, one.row.label, one.row.type, one.row.first_seen, faint=one.row.repeated)


def _draw_name(
    axes: "Axes", x: float, y: float, label: str, kind: ConceptType, seen: str | None, *, bold: bool = False,
    faint: bool = False,
) -> None:  # fmt: skip
    shown = short_label(label, 26) + (f"  {seen[:4]}" if seen else "")
    box = {"boxstyle": "round,pad=0.3", "facecolor": "white", "edgecolor": CONCEPT_COLOURS[kind]}
    axes.text(
        x, y, shown, ha="center", va="center", fontsize=8, fontweight="bold" if bold else "normal",
        color=MUTED if faint else INK, bbox=box | {"linewidth": 2.0 if bold else 1.2}, zorder=3,
    )  # fmt: skip


def _frame(axes: "Axes", steps: dict[str, int], tall: float, used: set[Predicate]) -> None:
    from matplotlib.lines import Line2D

    axes.set_xlim(-steps["up"] - 0.55, steps["down"] + 0.55)
    axes.set_ylim(tall / 2 + 0.2, -tall / 2 - 0.2)
    axes.set_xticks([])
    axes.set_yticks([])
    bare(axes, keep=())
    lines = [Line2D([], [], color="#8c959f", linestyle=_LINES[one]) for one in _LINES if one in used]
    if lines:
        words = [_WORDS[one] for one in _LINES if one in used]
        axes.legend(lines, words, loc="upper left", bbox_to_anchor=(0, 0), ncols=3, frameon=False, fontsize=7,
                    borderaxespad=0)  # fmt: skip
