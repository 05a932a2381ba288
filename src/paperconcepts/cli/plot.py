"""``paperconcepts plot``: pictures of a built folder."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from paperconcepts.cli.names import note_ambiguous
from paperconcepts.cli.numbers import FiniteRange
from paperconcepts.cli.tables import role_option, type_option

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["command"]

# What each kind of picture heeds beside DIR and --out.
_HEEDS = {
    "timeline": {"names", "period", "roles", "share"},
    "emergence": {"top", "earlier", "later", "period", "types", "roles", "min_support"},
    "heatmap": {"top", "types", "roles", "weight"},
    "lineage": {"names", "top", "depth", "direction", "min_confidence"},
}


@click.command("plot")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("kind", metavar="KIND", type=click.Choice(list(_HEEDS)))
@click.argument("names", metavar="[CONCEPT]...", nargs=-1)
@click.option("-o", "--out", "path", metavar="FILE", required=True, type=click.Path(path_type=Path, dir_okay=False),
              help="The picture; ends with .svg, .png or .pdf.")  # fmt: skip
@click.option("--period", type=click.Choice(["year", "quarter", "month", "day"]),
              help="Of timeline and emergence. Default: the finest that the dates allow.")  # fmt: skip
@click.option("--share", is_flag=True, help="Of timeline: the share of all papers instead of their number.")
@click.option("--earlier", metavar="RANGE", help="Of emergence, for instance ..2022. Default: the older half.")
@click.option("--later", metavar="RANGE", help="Of emergence: the later span. Default: what comes after.")
@click.option("--min-support", type=click.IntRange(min=1), help="Of emergence: least papers of a concept. Default: 3.")
@click.option("--weight", type=click.Choice(["papers", "npmi", "pmi", "jaccard"]),
              help="Of heatmap: what a cell shows. Default: papers.")  # fmt: skip
@click.option("--depth", type=click.IntRange(min=1), help="Of lineage: how many steps to go. Default: 2.")
@click.option("--min-confidence", type=FiniteRange(0, 1),
              help="Of lineage: leave out relations that are believed less. Default: 0.5.")  # fmt: skip
@click.option("--up", "direction", flag_value="up", help="Of lineage: only what CONCEPT builds on.")
@click.option("--down", "direction", flag_value="down", help="Of lineage: only what builds on CONCEPT.")
@click.option("--top", type=click.IntRange(min=1),
              help="Most concepts. Default: 20 in emergence and heatmap, 40 a side in lineage.")  # fmt: skip
@type_option
@role_option
def command(directory: Path, kind: str, names: tuple[str, ...], path: Path, **given: Any) -> None:
    """Draw a picture of a folder that build wrote.

    KIND is timeline (the papers of each CONCEPT by period), emergence (what rises and falls), heatmap (which concepts
    stand in the same papers) or lineage (what CONCEPT builds on and what builds on it). Needs the extra plot.

    \b
    paperconcepts plot graph/ timeline LoRA DPO -o timeline.svg
    paperconcepts plot graph/ heatmap --type Dataset -o datasets.png
    """  # noqa: D301 - click looks for the character \b itself
    chosen = {name: value for name, value in given.items() if value not in (None, False, ())}
    _check_usage(kind, names, chosen)

    from paperconcepts.export.graph_reading import read_graph
    from paperconcepts.plots import save_figure

    graph = read_graph(directory)
    for name in names:
        note_ambiguous(graph, name)
    save_figure(_draw(kind, graph, names, chosen), path, title=" ".join((kind, *names)))


def _check_usage(kind: str, names: tuple[str, ...], chosen: dict[str, Any]) -> None:
    for name in chosen:
        if name not in _HEEDS[kind]:
            option = {"roles": "role", "types": "type", "direction": chosen[name]}.get(name, name).replace("_", "-")
            raise click.UsageError(f"--{option} does not go with {kind}")
    if "names" not in _HEEDS[kind] and names:
        raise click.UsageError(f"{kind} is of all concepts; leave {names[0]!r} out")
    if kind == "lineage" and len(names) != 1:
        raise click.UsageError("lineage is of one concept; name it")
    if kind == "timeline" and not names:
        raise click.UsageError("timeline is of one or several concepts; name them")


def _draw(kind: str, graph: Any, names: tuple[str, ...], chosen: dict[str, Any]) -> "Figure":
    from paperconcepts.plots import plot_co_occurrence, plot_emergence, plot_lineage, plot_timeline

    if kind == "timeline":
        return plot_timeline(graph, names, **chosen)
    if kind == "lineage":
        return plot_lineage(graph, names[0], **chosen)
    return plot_emergence(graph, **chosen) if kind == "emergence" else plot_co_occurrence(graph, **chosen)
