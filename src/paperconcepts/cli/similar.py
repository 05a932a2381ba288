"""``paperconcepts similar``: papers about the same concepts."""

from pathlib import Path

import click

from paperconcepts.cli.names import note_ambiguous
from paperconcepts.cli.tables import print_answer, table_options

__all__ = ["command"]


@click.command("similar")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("name", metavar="PAPER")
@table_options
def command(directory: Path, name: str, style: str | None, limit: int | None) -> None:
    """Print the papers that share concepts with PAPER, most similar first.

    PAPER is an id, identifier or title. The name of a concept gives the concepts that keep the same company instead.
    """
    from paperconcepts.export.graph_reading import read_graph
    from paperconcepts.query import SimilarConcept, SimilarPaper, similar

    graph = read_graph(directory)
    note_ambiguous(graph, name, kinds=("paper", "concept"))
    found = similar(graph, name, limit=None)
    if found and isinstance(found[0], SimilarConcept):
        columns = ("score", "label", "type", "together", "shared")
        print_answer(found, SimilarConcept, style=style, limit=limit, shown=columns, max_width=60)
    else:
        columns = ("score", "paper_id", "issued", "title", "shared")
        print_answer(found, SimilarPaper, style=style, limit=limit, shown=columns, max_width=40)
