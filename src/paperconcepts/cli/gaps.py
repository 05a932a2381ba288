"""``paperconcepts gaps``: what has not been combined."""

from pathlib import Path

import click

from paperconcepts.cli.names import note_ambiguous
from paperconcepts.cli.numbers import FiniteRange
from paperconcepts.cli.tables import print_answer, role_option, table_options

__all__ = ["command"]


@click.command("gaps")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--concept", metavar="NAME", help="Only gaps of this task, method or model.")
@click.option("--community", metavar="N", type=click.IntRange(min=1),
              help="Only gaps inside this community, by the number that communities gives it.")  # fmt: skip
@click.option("--min-support", type=click.IntRange(min=1), default=3, show_default=True,
              help="Leave out concepts of fewer papers.")  # fmt: skip
@click.option("--min-expected", type=FiniteRange(min=0), default=0.5, show_default=True,
              help="Leave out pairs that chance would put together in fewer papers.")  # fmt: skip
@click.option("--max-ratio", type=FiniteRange(min=0, max=1, max_open=True), default=0.1, show_default=True,
              help="The most that observed may be of expected; 0: never combined.")  # fmt: skip
@role_option
@table_options
def command(
    directory: Path, concept: str | None, community: int | None, min_support: int, min_expected: float,
    max_ratio: float, roles: tuple[str, ...], style: str | None, limit: int | None,
) -> None:  # fmt: skip
    """Print pairs of a task and a method or model that are both frequent and never, or hardly ever, combined.

    expected is the number of papers that would have both by chance, observed that of those that have; narrower
    counts further papers that combine narrower concepts of the two.
    """
    from paperconcepts.export.graph_reading import read_graph
    from paperconcepts.query import Gap, find_communities, find_gaps

    graph = read_graph(directory)
    note_ambiguous(graph, concept)
    within = None
    if community is not None:
        rows = find_communities(graph).rows
        if community > len(rows):
            raise click.BadParameter(f"there are {len(rows)} communities", param_hint="--community")
        within = rows[community - 1].members
    found = find_gaps(
        graph, concept=concept, within=within, roles=roles or None, min_support=min_support,
        min_expected=min_expected, max_ratio=max_ratio, limit=None,
    )  # fmt: skip
    columns = ("task", "method", "type", "task_papers", "method_papers", "expected", "observed", "narrower")
    print_answer(found, Gap, style=style, limit=limit, shown=columns)
