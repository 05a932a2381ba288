"""``paperconcepts trends``: the years of a concept, or what rises and falls."""

from pathlib import Path
from typing import Any

import click

from paperconcepts.cli.names import note_ambiguous
from paperconcepts.cli.tables import name_papers, print_answer, role_option, table_options, type_option

__all__ = ["command"]


@click.command("trends")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("concept", metavar="[CONCEPT]", required=False)
@click.option("--period", type=click.Choice(["auto", "year", "quarter", "month", "day"]), default="auto",
              show_default=True, help="auto: the finest that dates and a readable table allow.")  # fmt: skip
@click.option("--earlier", metavar="RANGE", help="For instance 2021, 2020..2022 or ..2023-06. Default: the older half.")
@click.option("--later", metavar="RANGE", help="The same for the later span. Default: what comes after.")
@click.option("--falling", is_flag=True, help="The surest fall first.")
@click.option("--min-support", type=click.IntRange(min=1), help="Leave out concepts of fewer papers. Default: 3.")
@type_option
@role_option
@table_options
def command(
    directory: Path, concept: str | None, period: Any, earlier: str | None, later: str | None, falling: bool,
    min_support: int | None, types: tuple[str, ...], roles: tuple[str, ...], style: str | None, limit: int | None,
) -> None:  # fmt: skip
    """Print the papers of CONCEPT by period; without CONCEPT the concepts that rise or fall, the surest first.

    Growth is the ratio of the shares of two spans of time; score is the growth in standard errors: beyond 2 (or
    below -2) chance alone is unlikely.
    """
    if concept is None:
        _print_trends(directory, falling, style, limit, earlier=earlier, later=later, period=period,
                      types=types or None, roles=roles or None, min_support=min_support or 3)  # fmt: skip
        return
    if earlier or later or falling or min_support or types:
        raise click.UsageError(
            "--earlier, --later, --falling, --min-support and --type compare concepts; leave CONCEPT out"
        )
    from paperconcepts.export.graph_reading import read_graph
    from paperconcepts.query import PeriodRow, concept_timeline

    graph = read_graph(directory)
    note_ambiguous(graph, concept)
    found = concept_timeline(graph, concept, period=period, roles=roles or None)
    notes = [
        *name_papers(found.undated, "without a date"),
        *name_papers(found.imprecise, f"without a {found.period}"),
    ]
    columns = ("period", "papers", "all_papers", "share")
    print_answer(found, PeriodRow, style=style, limit=limit, shown=columns, notes=notes)


def _print_trends(directory: Path, falling: bool, style: str | None, limit: int | None, **choices: Any) -> None:
    from dataclasses import replace

    from paperconcepts.errors import ConfigurationError
    from paperconcepts.export.graph_reading import read_graph
    from paperconcepts.query import Trend, concept_trends

    try:
        found = concept_trends(read_graph(directory), **choices)
    except ConfigurationError as error:
        asked = [f"--{name}" for name in ("earlier", "later") if repr(choices[name]) in str(error)]
        raise click.BadParameter(
            f"{error}, for instance 2021, 2020..2022 or ..2023", param_hint=" or ".join(asked) or None
        ) from error
    if falling:
        found = replace(found, rows=found.rows[::-1])
    compared = f"{found.earlier} ({found.earlier_papers} papers) with {found.later} ({found.later_papers} papers)"
    notes = [
        f"compared {compared}" if found.earlier and found.later else "all dates are of one span: nothing to compare",
        *name_papers(found.undated, "without a date"),
        *name_papers(found.imprecise, f"without a {found.period}"),
    ]
    columns = ("label", "type", "first_seen", "earlier", "later", "growth", "score", "direction")
    print_answer(found, Trend, style=style, limit=limit, shown=columns, notes=notes)
