"""``paperconcepts diff``: what is new between two builds or two dates."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["command"]

_AT = re.compile(r"(?P<place>.+)@(?P<date>\d{4}(?:-\d\d(?:-\d\d)?)?)", re.DOTALL)


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--format", "style", type=click.Choice(["text", "md", "json"]), default="text", show_default=True)
@click.option("--json", "style", flag_value="json", help="The same as --format json.")
@click.option("--limit", type=click.IntRange(min=1), default=None,
              help="How many rows of each kind. Default: 10 in text and Markdown, else all.")  # fmt: skip
@click.option("--min-support", type=click.IntRange(min=1), default=3, show_default=True,
              help="Leave out what rises or falls with fewer papers.")  # fmt: skip
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
              help="Write here, whole or not at all.")  # fmt: skip
def command(old: str, new: str, style: str, limit: int | None, min_support: int, output: Path | None) -> None:
    """Print what NEW has and OLD has not: papers, concepts, first uses, what rises and falls, relations with evidence.

    Each is a folder that build wrote, its papers.jsonl, or a library; with @DATE behind it (library@2024-06) only
    papers issued until then count.
    """
    from paperconcepts.files import write_atomic
    from paperconcepts.query.difference import graph_difference
    from paperconcepts.query.difference_text import format_difference

    found = graph_difference(_read(old), _read(new), min_support=min_support)
    if style == "json":
        rows = {
            name: value[:limit] if isinstance(value, list) and limit else value
            for name, value in found.as_dict().items()
        }
        text = json.dumps(rows, ensure_ascii=False, indent=2)
    else:
        text = format_difference(found, "md" if style == "md" else "text", limit=limit or 10)
    if output is None:
        click.echo(text)
    else:
        write_atomic(output, text + "\n")


def _read(place: str) -> "ResearchGraph":
    from paperconcepts.export.graph_reading import read_graph
    from paperconcepts.export.selection import is_date
    from paperconcepts.incremental import build_library

    match = None if Path(place).exists() else _AT.fullmatch(place)
    path, until = (Path(match["place"]), match["date"]) if match else (Path(place), None)
    if until is not None and not is_date(until):
        raise click.BadParameter(f"{until!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD behind the @")
    if not path.is_file() or path.suffix == ".jsonl":
        graph = read_graph(path)
        return graph if until is None else _issued(graph, until)
    return build_library(path, until=until)


def _issued(graph: "ResearchGraph", until: str) -> "ResearchGraph":
    from paperconcepts.export.records import linked_papers
    from paperconcepts.graph import build_graph

    kept = (item for item in linked_papers(graph) if item.paper.issued and item.paper.issued[: len(until)] <= until)
    return build_graph(kept, vocabulary=graph.vocabulary)
