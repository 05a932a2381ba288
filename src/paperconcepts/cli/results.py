"""``paperconcepts results``: the results that papers state."""

from pathlib import Path

import click

from paperconcepts.cli.names import note_ambiguous
from paperconcepts.cli.tables import print_answer, table_options

__all__ = ["command"]

_COLUMNS = ("paper_id", "subject", "metric", "dataset", "baseline", "direction", "value", "unit", "status")


@click.command("results")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--paper", metavar="NAME", help="Only results of this paper.")
@click.option("--dataset", metavar="NAME", help="Only results on this dataset.")
@click.option("--metric", metavar="NAME", help="Only results in this metric.")
@click.option("--subject", metavar="NAME", help="Only results of this method or model.")
@click.option("--baseline", metavar="NAME", help="Only results against this method or model.")
@click.option("--status", type=click.Choice(["asserted", "hedged", "negated"]), help="Only results put in this way.")
@table_options
def command(
    directory: Path, paper: str | None, dataset: str | None, metric: str | None, subject: str | None,
    baseline: str | None, status: str | None, style: str | None, limit: int | None,
) -> None:  # fmt: skip
    """Print the results that papers state: "improves accuracy by 5.2 points on GSM8K over DPO".

    direction is "at" for a value reached, "up" or "down" for a change by it. JSON and CSV have the sentence and the
    place of the number, too.
    """
    from paperconcepts.export.graph_reading import read_graph
    from paperconcepts.query import ResultRow, result_rows

    graph = read_graph(directory)
    note_ambiguous(graph, paper, kinds=("paper",))
    note_ambiguous(graph, dataset, metric, subject, baseline)
    found = result_rows(
        graph, paper=paper, dataset=dataset, metric=metric, subject=subject, baseline=baseline,
        status=status,
    )  # fmt: skip
    print_answer(found, ResultRow, style=style, limit=limit, shown=_COLUMNS)
