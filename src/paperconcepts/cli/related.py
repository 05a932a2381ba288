"""``paperconcepts related``: the concepts that stand in the same papers."""

from pathlib import Path
from typing import Any

import click

from paperconcepts.cli.names import note_ambiguous
from paperconcepts.cli.tables import print_answer, role_option, table_options, type_option

__all__ = ["command"]


@click.command("related")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("concept", metavar="CONCEPT")
@click.option("--sort", type=click.Choice(["npmi", "pmi", "jaccard", "papers"]), default="npmi", show_default=True,
              help="What puts the first row first.")  # fmt: skip
@click.option("--min-shared", type=click.IntRange(min=1), default=2, show_default=True,
              help="Leave out concepts that share fewer papers.")  # fmt: skip
@type_option
@role_option
@table_options
def command(
    directory: Path, concept: str, sort: Any, min_shared: int, types: tuple[str, ...], roles: tuple[str, ...],
    style: str | None, limit: int | None,
) -> None:  # fmt: skip
    """Print the concepts that share papers with CONCEPT, and how far beyond chance.

    papers are the shared ones, support all of the other concept; npmi is 1 for concepts that only come together and
    0 for independent ones.
    """
    from paperconcepts.export.graph_reading import read_graph
    from paperconcepts.query import RelatedConcept, related_concepts

    graph = read_graph(directory)
    note_ambiguous(graph, concept)
    found = related_concepts(
        graph, concept, types=types or None, roles=roles or None, min_shared=min_shared, sort_by=sort
    )
    columns = ("label", "type", "papers", "support", "jaccard", "pmi", "npmi")
    print_answer(found, RelatedConcept, style=style, limit=limit, shown=columns)
