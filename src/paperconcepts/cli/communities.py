"""``paperconcepts communities``: groups of concepts that papers use together."""

from pathlib import Path

import click

from paperconcepts.cli.numbers import FiniteRange
from paperconcepts.cli.tables import print_answer, role_option, table_options, type_option

__all__ = ["command"]


@click.command("communities")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--min-support", type=click.IntRange(min=1), default=2, show_default=True,
              help="Leave out concepts of fewer papers.")  # fmt: skip
@click.option("--min-shared", type=click.IntRange(min=1), default=2, show_default=True,
              help="Leave out pairs that share fewer papers.")  # fmt: skip
@click.option("--min-size", type=click.IntRange(min=2), default=3, show_default=True,
              help="Leave out communities of fewer concepts.")  # fmt: skip
@click.option("--resolution", type=FiniteRange(min=0, min_open=True), default=1.0, show_default=True,
              help="Above 1: more and smaller communities.")  # fmt: skip
@type_option
@role_option
@table_options
def command(
    directory: Path, min_support: int, min_shared: int, min_size: int, resolution: float, types: tuple[str, ...],
    roles: tuple[str, ...], style: str | None, limit: int | None,
) -> None:  # fmt: skip
    """Print groups of concepts that papers use together, the most characteristic concepts of each first."""
    from paperconcepts.export.graph_reading import read_graph
    from paperconcepts.query import Community, find_communities

    found = find_communities(
        read_graph(directory), types=types or None, roles=roles or None, min_support=min_support,
        min_shared=min_shared, min_size=min_size, resolution=resolution,
    )  # fmt: skip
    notes = [f"modularity {found.modularity:.2f}; {len(found.unplaced)} concepts belong to none of them"]
    columns = ("number", "concepts", "papers", "labels")
    print_answer(found, Community, style=style, limit=limit, shown=columns, notes=notes, max_width=100)
