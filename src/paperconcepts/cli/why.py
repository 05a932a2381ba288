"""``paperconcepts why``: the evidence of an edge."""

import json
from dataclasses import asdict
from pathlib import Path

import click

__all__ = ["command"]


@click.command("why")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("paper", metavar="PAPER")
@click.argument("concept", metavar="CONCEPT")
@click.option("--json", "as_json", is_flag=True, help="Print the evidence as JSON.")
def command(directory: Path, paper: str, concept: str, as_json: bool) -> None:
    """Print the sentences, spans, cue, rule and confidence behind the edge from PAPER to CONCEPT."""
    from paperconcepts.export.records import read_graph
    from paperconcepts.query import explain

    graph = read_graph(directory)
    found = explain(graph, paper, concept)
    if as_json:
        click.echo(json.dumps([asdict(item) for item in found], ensure_ascii=False, indent=2))
        return
    record = graph.paper(paper)
    click.echo(f"{record.id}  {record.label}")
    click.echo(f"  {found[0].role} {found[0].label} [{found[0].type}]" if found else "  no evidence")
    for item in found:
        evidence = item.evidence
        cue = f", cue '{evidence.cue}'" if evidence.cue else ""
        click.echo(f"    “{item.marked()}”")
        click.echo(
            f"      {evidence.field} {evidence.start}-{evidence.end}, rule {evidence.rule} v{evidence.version}{cue}, "
            f"confidence {evidence.confidence:.2f}"
        )
