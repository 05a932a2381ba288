"""What rises and what falls: the share of papers of each concept before and after."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from paperconcepts.errors import ConfigurationError
from paperconcepts.plots.figures import INK, MUTED, RULE, bare, new_figure, note, short_label, styled
from paperconcepts.query.emergence import Trend, Trends, concept_trends
from paperconcepts.query.periods import Period

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from paperconcepts.graph import ResearchGraph
    from paperconcepts.model import ConceptType, Role

__all__ = ["plot_emergence"]

_RISING, _FALLING = "#0072b2", "#d55e00"
_MOST = 60


def plot_emergence(
    graph: "ResearchGraph",
    *,
    top: int = 20,
    earlier: str | None = None,
    later: str | None = None,
    period: Period = "auto",
    types: "Sequence[ConceptType | str] | None" = None,
    roles: "Sequence[Role | str] | None" = None,
    min_support: int = 3,
) -> "Figure":
    """Draw the concepts that rise and fall most surely between two spans of time: an open dot before, a full one after.

    Args:
        graph: the graph to ask.
        top: how many concepts to draw at most, half of them rising, half falling, as far as there are.
        earlier: as for :func:`paperconcepts.query.concept_trends`, like all that follow.
        later: the later span.
        period: what the spans are made of.
        types: the types of concepts to compare, default all.
        roles: the roles that count, default all.
        min_support: leave out concepts of fewer papers.

    Raises:
        ConfigurationError: ``top`` is not of 2 to 60; no such period; malformed ranges; Matplotlib is not installed.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> figure = plot_emergence(example_graph(), earlier="..2019", later="2020..")
        >>> figure.axes[0].get_xlabel()
        '% of the papers of 2014..2019 (open) and of 2020..2024 (full)'
    """
    if not 2 <= top <= _MOST:
        raise ConfigurationError(f"top is {top}; an emergence chart holds 2 to {_MOST} concepts")
    found = concept_trends(
        graph, earlier=earlier, later=later, period=period, types=types, roles=roles, min_support=min_support
    )
    chosen = _choose(found, top)
    with styled():
        figure = new_figure(7.2, 0.9 + 0.27 * max(len(chosen), 2))
        if chosen:
            _draw(figure.subplots(), chosen, found.earlier, found.later)
        else:
            note(figure, "no concept of enough papers rises or falls between two spans of time")
        return figure


def _choose(found: Trends, top: int) -> list[Trend]:
    """The surest rises and falls, the rises first; where there are few of one kind, more of the other."""
    rising = [row for row in found.rows if row.score > 0]
    falling = [row for row in reversed(found.rows) if row.score < 0]
    up = min(len(rising), max(top - top // 2, top - len(falling)))
    return rising[:up] + falling[: top - up][::-1]


def _draw(axes: "Axes", rows: list[Trend], earlier: str, later: str) -> None:
    for place, row in enumerate(rows):
        colour = _RISING if row.score > 0 else _FALLING
        before, after = 100 * row.earlier_share, 100 * row.later_share
        axes.plot([before, after], [place, place], color=colour, linewidth=1.6, alpha=0.55, zorder=1)
        axes.scatter(before, place, s=26, facecolor="white", edgecolor=colour, linewidth=1.2, zorder=2)
        axes.scatter(after, place, s=26, color=colour, zorder=3)
        axes.annotate(
            f"{row.earlier} → {row.later}", (max(before, after), place), (7, 0), textcoords="offset points",
            va="center", fontsize=7, color=MUTED,
        )  # fmt: skip
    axes.set_yticks(range(len(rows)), [short_label(row.label) for row in rows], color=INK)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.margins(x=0.08)
    axes.set_xlabel(f"% of the papers of {earlier} (open) and of {later} (full)")
    bare(axes, keep=())
