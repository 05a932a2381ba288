"""``paperconcepts show``: the card of a concept or a paper."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperconcepts.cli.belief_options import ask_believed, belief_options
from paperconcepts.cli.names import note_ambiguous

if TYPE_CHECKING:
    from paperconcepts.query import ConceptCard, PaperCard

__all__ = ["command"]


@click.command("show")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("name", metavar="NAME")
@click.option(
    "--papers", "limit", type=click.IntRange(min=1), default=10, show_default=True, help="How many papers to list."
)
@click.option("--json", "as_json", is_flag=True, help="Print the whole card as JSON.")
@belief_options
def command(directory: Path, name: str, limit: int, as_json: bool, min_confidence: float, min_support: int) -> None:
    """Print the card of a concept or paper: any alias, id or title will do; near names are suggested."""
    from paperconcepts.query import ConceptCard, card

    graph, found = ask_believed(
        directory, lambda graph: card(graph, name), min_confidence=min_confidence, min_support=min_support
    )
    note_ambiguous(graph, name, kinds=("concept", "paper"))
    if as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
    elif isinstance(found, ConceptCard):
        _print_concept(found, limit)
    else:
        _print_paper(found)


def _print_concept(card: "ConceptCard", limit: int) -> None:
    origin = "catalogue" if card.catalogued else "found in the corpus"
    click.echo(f"{card.label}  [{card.type}]  {card.id}  ({origin})")
    if card.definition:
        click.echo(f"  {card.definition}")
    _line("aliases", ", ".join(card.aliases))
    _line("broader", ", ".join(card.broader))
    roles = ", ".join(f"{role} {count}" for role, count in card.roles.items())
    _line("papers", f"{card.support}: {roles}" + (f"; first {card.first_seen}" if card.first_seen else ""))
    _line("years", "  ".join(f"{row.year} {'▇' * min(20, row.papers)} {row.papers}" for row in card.timeline))
    _line("with", ", ".join(f"{row.label} ({row.papers})" for row in card.neighbours))
    for row in card.papers[:limit]:
        click.echo(f"    {row.issued or '':10}  {row.role:12}  {row.paper_id}  {row.title}")
    if len(card.papers) > limit:
        click.echo(f"    … and {len(card.papers) - limit} more (--papers {len(card.papers)})")


def _print_paper(card: "PaperCard") -> None:
    paper = card.paper
    click.echo(f"{paper.label}  [Paper]  {paper.id}")
    _line("authors", ", ".join(paper.authors))
    _line("date", paper.issued or "")
    _line("urls", ", ".join((*paper.urls, *paper.code_urls)))
    _line("read from", ", ".join(f"{source.file} #{source.number}" for source in paper.sources))
    for item in card.assertions:
        click.echo(f"    {item.role:12}  {card.labels[item.concept_id]}  ({item.concept_id}, {item.confidence:.2f})")


def _line(name: str, value: str) -> None:
    if value:
        click.echo(f"  {name:9} {value}")
