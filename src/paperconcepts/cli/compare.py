"""``paperconcepts compare``: a table of papers with their methods, models, datasets, tasks and metrics."""

from pathlib import Path

import click

from paperconcepts.cli.names import note_ambiguous
from paperconcepts.cli.tables import print_answer, role_option, table_options

__all__ = ["command"]


@click.command("compare")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("names", metavar="CONCEPT|PAPER...", nargs=-1, required=True)
@role_option
@table_options
def command(
    directory: Path, names: tuple[str, ...], roles: tuple[str, ...], style: str | None, limit: int | None
) -> None:
    """Print a table of papers, newest first: what each introduces, and its methods, models, datasets, tasks, metrics.

    A concept stands for all papers that have it in any role but mentions, or in the roles given with --role.
    """
    from paperconcepts.export.graph_reading import read_graph
    from paperconcepts.query import ComparedPaper, compare_papers

    graph = read_graph(directory)
    note_ambiguous(graph, *names, kinds=("concept", "paper"))
    found = compare_papers(graph, names, roles=roles) if roles else compare_papers(graph, names)
    columns = ("paper_id", "issued", "introduces", "methods", "models", "datasets", "tasks", "metrics")
    print_answer(found, ComparedPaper, style=style, limit=limit, shown=columns, max_width=32)
