"""What the commands that read a graph share: leaving out what is believed too little."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from paperconcepts.cli.numbers import FiniteRange

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["ask_believed", "belief_options"]

_Answer = TypeVar("_Answer")
_Command = TypeVar("_Command", bound=Callable[..., Any])


def belief_options(command: _Command) -> _Command:
    """Add ``--min-confidence`` and ``--min-support``: the parameters ``min_confidence`` and ``min_support``."""
    for option in (
        click.option("--min-support", type=click.IntRange(min=1), default=1, show_default=True,
                     help="Leave out concepts and relations of fewer papers."),
        click.option("--min-confidence", type=FiniteRange(0, 1), default=0.0, show_default=True,
                     help="Leave out edges that are believed less."),
    ):  # fmt: skip
        command = option(command)
    return command


def ask_believed(
    directory: Path, ask: "Callable[[ResearchGraph], _Answer]", *, min_confidence: float, min_support: int
) -> "tuple[ResearchGraph, _Answer]":
    """Ask the graph of a folder that ``build`` wrote, without what is believed too little; return both.

    Raises:
        SourceError: the folder holds no graph.
        LeftOutError: what is asked for is in the folder, but believed too little.
        UnknownNameError: it is not even there.
    """
    from paperconcepts.errors import LeftOutError, UnknownNameError
    from paperconcepts.export.graph_reading import read_graph
    from paperconcepts.graph import keep_believed

    graph = read_graph(directory)
    if not min_confidence and min_support == 1:
        return graph, ask(graph)
    kept = keep_believed(graph, min_confidence=min_confidence, min_support=min_support)
    try:
        return kept, ask(kept)
    except UnknownNameError as unknown:
        ask(graph)  # what is not there without the limits either is told as that
        limits = [f"--min-confidence {min_confidence:g}"] if min_confidence else []
        limits += [f"--min-support {min_support}"] if min_support > 1 else []
        raise LeftOutError(unknown.name, limits) from None
