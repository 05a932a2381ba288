"""``paperconcepts lineage``: what a concept builds on and what builds on it."""

from pathlib import Path
from typing import Any

import click

from paperconcepts.cli.belief_options import ask_believed
from paperconcepts.cli.names import note_ambiguous
from paperconcepts.cli.numbers import FiniteRange
from paperconcepts.cli.tables import print_answer, table_options

__all__ = ["command"]


@click.command("lineage")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("concept", metavar="CONCEPT")
@click.option("--up", "direction", flag_value="up", help="Only what CONCEPT builds on.")
@click.option("--down", "direction", flag_value="down", help="Only what builds on CONCEPT.")
@click.option("--depth", type=click.IntRange(min=1), default=3, show_default=True, help="How many steps to go.")
@click.option("--relation", "predicates", metavar="NAME", multiple=True, default=("extends", "is_a"),
              type=click.Choice(["is_a", "part_of", "extends"]),
              help="Follow this (repeatable): is_a part_of extends. Default: extends is_a.")  # fmt: skip
@click.option("--min-confidence", type=FiniteRange(0, 1), default=0.5, show_default=True,
              help="Leave out relations that are believed less; what the catalogue says stays.")  # fmt: skip
@click.option("--min-support", type=click.IntRange(min=1), default=1, show_default=True,
              help="Leave out concepts and relations of fewer papers.")  # fmt: skip
@table_options
def command(
    directory: Path, concept: str, direction: Any, depth: int, predicates: tuple[str, ...],
    style: str | None, limit: int | None, min_confidence: float, min_support: int,
) -> None:  # fmt: skip
    """Print the chains of extends and is_a from CONCEPT, with dates and the papers that state each step.

    Each concept is followed by its own further steps; a step of depth 2 starts from the concept in the column via.
    """
    from paperconcepts.query import LineageRow, trace_lineage

    graph, found = ask_believed(
        directory,
        lambda graph: trace_lineage(
            graph,
            concept,
            direction=direction or "both",
            depth=depth,
            predicates=predicates,
            min_confidence=min_confidence,
        ),
        min_confidence=0.0,
        min_support=min_support,
    )
    note_ambiguous(graph, concept)
    columns = (
        "direction",
        "depth",
        "via_label",
        "predicate",
        "label",
        "first_seen",
        "confidence",
        "papers",
        "catalogue",
    )
    print_answer(found, LineageRow, style=style, limit=limit, shown=columns)
