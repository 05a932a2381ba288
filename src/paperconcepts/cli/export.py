"""``paperconcepts export``: a built folder, or a view of it, in another format: for viewers, databases, RDF tools."""

import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from paperconcepts.cli.numbers import FiniteRange
from paperconcepts.cli.tables import role_option, type_option

__all__ = ["command"]

# Literally, for `--help` may not load the model; a test compares them with what there is.
_SYNTAXES = ("ttl", "nt", "nq", "trig", "jsonld", "rdf12")
_TARGETS = (
    "gexf", "gexf-spells", "graphml", "yed", "cyjs", "cx2", "json", "d3", "pajek", "dot", "cypher", "neo4j", "ladybug",
    "sqlite", "csv", "parquet", "obsidian", "bibtex", "html",
)  # fmt: skip
_VIEWS = ("full", "concepts", "papers", "relations", "ego", "top")
_SELECTION = ("types", "roles", "min_confidence", "min_support", "since", "until", "near", "hops", "top")


def _check_name(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """Refuse an unknown format, and suggest the one that was meant."""
    known = (*_SYNTAXES, *_TARGETS)
    if value in known:
        return value
    import difflib

    near = difflib.get_close_matches(value.lower().removeprefix("."), known, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    raise click.BadParameter(f"unknown format {value!r}.{hint} Known: {' '.join(known)}", context, parameter)


@click.command("export")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--to", "target", metavar="FORMAT", required=True, callback=_check_name,
              help=f"For viewers: {' '.join(_TARGETS)}. As RDF: {' '.join(_SYNTAXES)}.")  # fmt: skip
@click.option("--view", type=click.Choice(_VIEWS), default="full", show_default=True,
              help="What to show: all; concepts of the same papers; papers about the same concepts; relations of "
              "concepts; what is --near; the --top concepts.")  # fmt: skip
@click.option("--near", metavar="NAME", help="Keep only what is near this concept or paper.")
@click.option("--hops", type=click.IntRange(min=1), help="How many steps away is near. Default: 2.")
@click.option("--top", type=click.IntRange(min=1), help="Keep only so many concepts, those of most papers.")
@type_option
@role_option
@click.option("--since", metavar="DATE", help="Keep only papers of this day, month or year, or later.")
@click.option("--until", metavar="DATE", help="Keep only papers of this day, month or year, or earlier.")
@click.option("--min-confidence", type=FiniteRange(0, 1), help="Leave out weaker edges.")
@click.option("--min-support", type=click.IntRange(min=1), help="Leave out concepts and relations of fewer papers.")
@click.option("--min-shared", type=click.IntRange(min=1), help="Of --view concepts: least papers of a pair.")
@click.option("--size-by", type=click.Choice(["support", "degree"]), help="What makes a node large.")
@click.option("--rdf-level", "level", type=click.Choice(["core", "evidence", "full"]),
              help="Of RDF: facts alone, evidence without abstracts, or all (full, the default).")  # fmt: skip
@click.option("--base", metavar="IRI", help="Of RDF: what the IRIs of the data begin with; ends with / or #.")
@click.option("--licence", metavar="IRI", help="Of RDF: licence of the statements. Default: CC0.")
@click.option("-o", "--out", "path", metavar="PATH", type=click.Path(path_type=Path),
              help="File or folder to write. Default: standard output, where the format is one text.")  # fmt: skip
def command(
    directory: Path, target: str, view: str, level: str | None, base: str | None, licence: str | None,
    path: Path | None, min_shared: int | None, size_by: str | None, **kept: Any,
) -> None:  # fmt: skip
    """Write the graph of a folder that build wrote, or a part or view of it, in another format.

    The formats neo4j, csv, parquet and obsidian are folders; sqlite and ladybug are databases. nq and trig tell, by
    named graphs, which input file says what.

    \b
    paperconcepts export graph/ --to gexf --view concepts -o concepts.gexf
    paperconcepts export graph/ --to html --near LoRA -o lora.html
    paperconcepts export graph/ --to obsidian --near LoRA -o vault/
    paperconcepts export graph/ --to jsonld --rdf-level evidence -o graph.jsonld
    """  # noqa: D301 - click looks for the character \b itself
    settings = {name: value for name, value in {"min_shared": min_shared, "size_by": size_by}.items() if value}
    rdf = {name: value for name, value in {"level": level, "base": base, "licence": licence}.items() if value}
    selected = {name: kept[name] for name in _SELECTION if kept.get(name)}
    _check_options(target, view, path, settings, rdf)

    from paperconcepts.export.graph_reading import read_graph
    from paperconcepts.export.selection import Selection
    from paperconcepts.export.views import select_for_view

    selection = Selection(**selected)
    graph = read_graph(directory)
    if selected and not select_for_view(graph, view, selection).graph:
        click.echo("nothing passes the limits, so that what is written is empty (see --help)", err=True)
    if target in _SYNTAXES:
        _write_rdf(select_for_view(graph, view, selection), target, path, **rdf)
        return
    from paperconcepts.export.targets import TARGETS, export_view

    if path is not None:
        export_view(graph, path, target, view=view, selection=selection, **settings)
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"graph{TARGETS[target].suffix}"
        export_view(graph, file, target, view=view, selection=selection, **settings)
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                sys.stdout.buffer.write(block)
        sys.stdout.buffer.flush()


def _check_options(target: str, view: str, path: Path | None, settings: dict[str, Any], rdf: dict[str, str]) -> None:
    """Refuse options that do not go together before anything is read."""
    is_rdf = target in _SYNTAXES
    if rdf and not is_rdf:
        raise click.UsageError(f"--rdf-level, --base and --licence are of RDF; {target} is none")
    if is_rdf and (settings or view in ("concepts", "papers", "relations")):
        raise click.UsageError(f"{target} holds the facts themselves, not drawings; choose from --view full, ego, top")
    if "min_shared" in settings and view != "concepts":
        raise click.UsageError("--min-shared is of --view concepts")
    if path is None and target in ("neo4j", "csv", "parquet", "obsidian", "sqlite", "ladybug"):
        raise click.UsageError(f"{target} is not one text that could be printed; name what to write with -o")


def _write_rdf(
    graph: Any, syntax: str, path: Path | None, *, level: str = "full", base: str | None = None,
    licence: str | None = None,
) -> None:  # fmt: skip
    from paperconcepts.rdf import DEFAULT_BASE, DEFAULT_LICENCE, rdf_blocks, write_rdf

    chosen = base or DEFAULT_BASE, licence or DEFAULT_LICENCE
    if path is None:
        # RDF is UTF-8 with plain line ends wherever it is printed.
        for block in rdf_blocks(graph, syntax, base=chosen[0], level=level, licence=chosen[1]):
            sys.stdout.buffer.write(block.encode())
        sys.stdout.buffer.flush()
    else:
        write_rdf(graph, path, syntax, base=chosen[0], level=level, licence=chosen[1])
