"""What of a graph to show: views by name, each a function from a research graph to the graph that viewers draw."""

import difflib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from paperconcepts.errors import ConfigurationError
from paperconcepts.export.presentation import present
from paperconcepts.export.projections import co_occurrence_view, relation_view, similarity_view
from paperconcepts.export.property_graph import PropertyGraph
from paperconcepts.export.selection import Selection, select

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["VIEWS", "View", "check_view", "make_view", "select_for_view"]

_TOP = 50


@dataclass(frozen=True, slots=True)
class View:
    """A way to look at a graph.

    Attributes:
        about: what it shows, for a list of views.
        draw: the function that makes it of what is selected.
        is_part: whether it is a part of the graph, which every format can hold, and not a projection of it.
    """

    about: str
    draw: Callable[..., PropertyGraph]
    is_part: bool = False


VIEWS: dict[str, View] = {
    "full": View("papers and concepts, with every edge", present, is_part=True),
    "concepts": View("concepts that stand in the same papers", co_occurrence_view),
    "papers": View("papers about the same concepts", similarity_view),
    "relations": View("relations between concepts", relation_view),
    "ego": View("what is near one concept or paper", present, is_part=True),
    "top": View("the concepts of most papers, and these papers", present, is_part=True),
}
"""View name -> what it is. A new one needs a line here and a function; the command line takes it from here."""


def make_view(
    graph: "ResearchGraph", view: str = "full", *, selection: Selection | None = None, **settings: object
) -> PropertyGraph:
    """Show ``graph`` in one of :data:`VIEWS`.

    Args:
        graph: what to show.
        view: a name from :data:`VIEWS`.
        selection: what to keep before anything is drawn. ``ego`` needs its ``near``; ``top`` takes 50 concepts
            if its ``top`` is not set.
        settings: passed on to the function of the view, for instance ``min_shared`` of ``concepts``.

    Raises:
        ConfigurationError: there is no such view, or ``ego`` is told no name.
        UnknownNameError: no concept or paper bears the name ``near``.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> shown = make_view(example_graph(), "concepts", selection=Selection(types=["Dataset"]))
        >>> {node.concept_type for node in shown.nodes}
        {'Dataset'}
        >>> make_view(example_graph(), "concept")
        Traceback (most recent call last):
        ...
        paperconcepts.errors.ConfigurationError: unknown view 'concept'; did you mean 'concepts'? Known views: full, ...
    """
    return VIEWS[check_view(view)].draw(select_for_view(graph, view, selection), **settings)


def select_for_view(graph: "ResearchGraph", view: str, selection: Selection | None = None) -> "ResearchGraph":
    """The part of ``graph`` that ``view`` shows, as a graph: what formats that are no drawings write.

    Raises:
        ConfigurationError: there is no such view, or ``ego`` is told no name.
        UnknownNameError: no concept or paper bears the name ``near``.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> len(select_for_view(example_graph(), "top", Selection(top=3)).concepts())
        3
    """
    check_view(view)
    chosen = selection or Selection()
    if view == "ego" and chosen.near is None:
        raise ConfigurationError("the view 'ego' shows what is near a concept or paper; say which with near (--near)")
    if view == "top" and chosen.top is None:
        chosen = replace(chosen, top=_TOP)
    return select(graph, chosen)


def check_view(name: str) -> str:
    """Return ``name`` if it is one of :data:`VIEWS`.

    Raises:
        ConfigurationError: it is not; a near one is suggested.

    Examples:
        >>> check_view("papers")
        'papers'
    """
    if name in VIEWS:
        return name
    near = difflib.get_close_matches(name.lower(), VIEWS, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else "."
    raise ConfigurationError(f"unknown view {name!r}{hint} Known views: {', '.join(VIEWS)}")
