"""Papers of concepts over time: one row of bars for each concept, all on one axis."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from paperconcepts.errors import ConfigurationError
from paperconcepts.export.palette import CONCEPT_COLOURS
from paperconcepts.plots.figures import MUTED, bare, new_figure, note, short_label, styled
from paperconcepts.query.periods import Period, consecutive_periods
from paperconcepts.query.timelines import ConceptTimeline, concept_timeline

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from paperconcepts.graph import ResearchGraph
    from paperconcepts.model import Role

__all__ = ["plot_timeline"]

_MOST = 12
_TICKS = 12


def plot_timeline(
    graph: "ResearchGraph",
    names: Sequence[str],
    *,
    period: Period = "auto",
    roles: "Sequence[Role | str] | None" = None,
    share: bool = False,
) -> "Figure":
    """Draw the papers of each concept by period, one row a concept, with a common axis of time.

    Each row has a scale of its own, as its numbers say; papers whose date does not tell the period are counted beside.

    Args:
        graph: the graph to ask.
        names: one to twelve concepts, each by any of its names.
        period: as for :func:`paperconcepts.query.concept_timeline`.
        roles: the roles that count, default all.
        share: draw the share of all papers of the period instead of their number.

    Raises:
        ConfigurationError: too many names or none; no such period; Matplotlib is not installed.
        UnknownNameError: no concept bears one of the names.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> len(plot_timeline(example_graph(), ["LoRA", "DPO"]).axes)
        2
    """
    if not 1 <= len(names) <= _MOST:
        raise ConfigurationError(f"{len(names)} concepts cannot be drawn as one timeline; name 1 to {_MOST}")
    found = [concept_timeline(graph, name, period=period, roles=roles) for name in names]
    with styled():
        figure = new_figure(7.2, 0.6 + 0.95 * len(found))
        dated = [row.period for timeline in found for row in timeline.rows]
        if not dated:
            note(figure, "none of the papers has a date that is precise enough")
            return figure
        periods = consecutive_periods(min(dated), max(dated))
        panels = figure.subplots(len(found), 1, sharex=True, squeeze=False)[:, 0]
        for axes, timeline in zip(panels, found, strict=True):
            _draw_row(axes, timeline, periods, graph, share=share)
        step = -(-len(periods) // _TICKS)
        panels[-1].set_xticks(range(0, len(periods), step), periods[::step])
        panels[-1].set_xlim(-0.6, len(periods) - 0.4)
        return figure


def _draw_row(
    axes: "Axes", timeline: ConceptTimeline, periods: list[str], graph: "ResearchGraph", *, share: bool
) -> None:
    values = dict.fromkeys(periods, 0.0) | {
        row.period: 100 * row.share if share else float(row.papers) for row in timeline.rows
    }
    colour = CONCEPT_COLOURS[graph.concept(timeline.concept_id).concept.type]
    bars = axes.bar(range(len(periods)), [values[label] for label in periods], width=0.72, color=colour)
    shown = [f"{value:.0f}{' %' if share else ''}" if value else "" for value in values.values()]
    if len(periods) <= 2 * _TICKS:
        axes.bar_label(bars, shown, padding=1, fontsize=7, color=MUTED)
    axes.set_ylim(0, max(1.0, *values.values()) * 1.25)
    axes.set_yticks([])
    axes.set_title(short_label(timeline.label), loc="left", fontweight="bold")
    papers = sum(row.papers for row in timeline.rows)
    missing = len(timeline.undated) + len(timeline.imprecise)
    more = f", {missing} more without a {timeline.period}" if missing else ""
    axes.set_title(
        f"{papers} paper{'s' if papers != 1 else ''}{more}, first {timeline.first_seen or 'undated'}",
        loc="right", fontsize=8, color=MUTED,
    )  # fmt: skip
    bare(axes)
