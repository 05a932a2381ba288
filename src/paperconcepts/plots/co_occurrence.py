"""Which concepts stand in the same papers: a heat map."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from paperconcepts.errors import ConfigurationError
from paperconcepts.plots.figures import INK, MUTED, bare, new_figure, note, short_label, styled
from paperconcepts.query.co_occurrence import Weight, association, pair_counts
from paperconcepts.query.communities import find_communities
from paperconcepts.query.incidence import Incidence, read_incidence

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from paperconcepts.graph import ResearchGraph
    from paperconcepts.model import ConceptType, Role

__all__ = ["plot_co_occurrence"]

_MOST = 60
_WRITTEN = 25
_DARK = 0.55


def plot_co_occurrence(
    graph: "ResearchGraph",
    *,
    top: int = 20,
    types: "Sequence[ConceptType | str] | None" = None,
    roles: "Sequence[Role | str] | None" = None,
    weight: Weight = "papers",
) -> "Figure":
    """Draw how many papers the concepts of most papers share, those of one community side by side.

    The diagonal stays empty; the number behind each name is that of its papers.

    Args:
        graph: the graph to ask.
        top: how many concepts to draw at most.
        types: the types of concepts, default all.
        roles: the roles that count, default all.
        weight: what a cell shows: ``papers``, ``npmi``, ``pmi`` or ``jaccard``, as
            :func:`paperconcepts.query.co_occurrences` computes them.

    Raises:
        ConfigurationError: ``top`` is not of 2 to 60; there is no such weight; Matplotlib is not installed.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> len(plot_co_occurrence(example_graph(), top=8, types=["Dataset"]).axes[0].get_xticks())
        8
    """
    if not 2 <= top <= _MOST:
        raise ConfigurationError(f"top is {top}; a heat map holds 2 to {_MOST} concepts")
    if weight not in ("papers", "npmi", "pmi", "jaccard"):
        raise ConfigurationError(f"unknown weight {weight!r}; known weights: papers, npmi, pmi, jaccard")
    incidence = read_incidence(graph, types=types, roles=roles)
    most = sorted(incidence.papers_of, key=lambda one: (-len(incidence.papers_of[one]), one))[:top]
    chosen = _side_by_side(graph, most)
    with styled():
        side = 2.2 + 0.3 * len(chosen)
        figure = new_figure(side + 0.6, side)
        if len(chosen) < 2:
            note(figure, "fewer than two concepts")
        else:
            names = [short_label(f"{graph.concept(one).concept.label}", 30) for one in chosen]
            papers = [len(incidence.papers_of[one]) for one in chosen]
            _draw(figure, _cells(incidence, chosen, weight), names, papers, weight)
        return figure


def _side_by_side(graph: "ResearchGraph", chosen: list[str]) -> list[str]:
    """Concepts of one community together, the community of the most frequent concept first."""
    place = {one: row.number for row in find_communities(graph).rows for one in row.members}
    first: dict[int, int] = {}
    for position, one in enumerate(chosen):
        first.setdefault(place.get(one, -1 - position), position)
    return sorted(chosen, key=lambda one: (first[place.get(one, -1 - chosen.index(one))], chosen.index(one)))


def _cells(incidence: Incidence, chosen: list[str], weight: str) -> list[list[float]]:
    """A row of numbers for each concept; not a number where two share no paper, and on the diagonal."""
    shared = pair_counts(incidence)
    cells = [[float("nan")] * len(chosen) for _ in chosen]
    for row, one in enumerate(chosen):
        for column, other in enumerate(chosen):
            count = shared.get((min(one, other), max(one, other)), 0) if row != column else 0
            if count and weight == "papers":
                cells[row][column] = float(count)
            elif count:
                sizes = len(incidence.papers_of[one]), len(incidence.papers_of[other])
                cells[row][column] = getattr(association(count, *sizes, incidence.total), weight)
    return cells


def _draw(figure: "Figure", cells: list[list[float]], names: list[str], papers: list[int], weight: str) -> None:
    axes = figure.subplots()
    known = [value for row in cells for value in row if value == value]
    low, high = min([0.0, *known]), max([1.0 if weight == "papers" else 0.01, *known])
    image = axes.imshow(cells, cmap="Blues", vmin=low, vmax=high)
    if len(names) <= _WRITTEN:
        for row, values in enumerate(cells):
            for column, value in enumerate(values):
                if value == value:
                    dark = (value - low) / (high - low) > _DARK
                    shown = f"{value:.0f}" if weight == "papers" else f"{value:.1f}"
                    axes.text(column, row, shown, ha="center", va="center", fontsize=7, color="white" if dark else INK)
    places = range(len(names))
    axes.set_yticks(places, [f"{name}  {count}" for name, count in zip(names, papers, strict=True)], color=INK)
    axes.set_xticks(places, names, rotation=90, color=INK)
    bare(axes, keep=())
    bar = figure.colorbar(image, ax=axes, shrink=0.4, aspect=16)
    bar.outline.set_visible(False)
    bar.ax.tick_params(length=0)
    bar.set_label("shared papers" if weight == "papers" else weight, color=MUTED)
