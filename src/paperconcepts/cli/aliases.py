"""``paperconcepts aliases``: the names of a concept and the reason for each."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperconcepts.cli.names import note_ambiguous

if TYPE_CHECKING:
    from paperconcepts.query.aliases import AliasRow

__all__ = ["command"]


@click.command("aliases")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("name", metavar="CONCEPT")
@click.option("--json", "as_json", is_flag=True, help="Print the names as JSON.")
def command(directory: Path, name: str, as_json: bool) -> None:
    """Print every name of CONCEPT with reason, confidence, the paper that gives the reason, and the places.

    Offsets are code points into the cleaned title or abstract. A name that a decisions file has put here has the
    reason "decision", with its comment and the reason before it.
    """
    from paperconcepts.export.graph_reading import read_graph
    from paperconcepts.query.aliases import aliases_of

    graph = read_graph(directory)
    found = aliases_of(graph, name)
    note_ambiguous(graph, name)
    if as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
        return
    click.echo(f"{found.concept.label}  [{found.concept.type}]  {found.concept.id}")
    texts = [" ".join(row.text.split()) for row in found.rows]
    width = min(40, max(map(len, texts), default=0))
    for text, row in zip(texts, found.rows, strict=True):
        click.echo(f"  {text:{width}}  {row.reason:12}  {row.confidence:.2f}  {row.paper_id or 'catalogue'}")
        for line in _places(row):
            click.echo(f"      {line}")
        if row.note:
            click.echo(f"      {row.note}")


def _places(row: "AliasRow") -> list[str]:
    """One line for each paper: its places, and its id where the reason is another paper's."""
    spans: dict[str, list[str]] = {}
    for place in row.places:
        spans.setdefault(place.paper_id, []).append(f"{place.field} {place.start}-{place.end}")
    return [
        ", ".join(found) if paper_id == row.paper_id else f"{paper_id}: {', '.join(found)}"
        for paper_id, found in spans.items()
    ]
