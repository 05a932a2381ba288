"""``paperconcepts why``: what speaks for an edge, a concept or a paper."""

import json
import os
import re
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from paperconcepts.cli.belief_options import ask_believed, belief_options

if TYPE_CHECKING:
    from paperconcepts.export.explanation_page import ExplanationBlock, MarkedSentence
    from paperconcepts.query import WhyAnswer

__all__ = ["command"]


@click.command("why")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("names", metavar="NAME [NAME]", nargs=-1, required=True)
@click.option("--list", "listed", type=click.IntRange(min=1), default=10, show_default=True,
              help="How many names and papers of a concept to list.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the explanation as JSON.")
@click.option("--html", "page", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
              help="Write the explanation as a page.")  # fmt: skip
@belief_options
def command(
    directory: Path, names: tuple[str, ...], listed: int, as_json: bool, page: Path | None, min_confidence: float,
    min_support: int,
) -> None:  # fmt: skip
    """Print why something is in the graph: sentences, spans, cue, rule, confidence, names.

    \b
    why DIR PAPER CONCEPT    the edge from a paper to a concept
    why DIR CONCEPT CONCEPT  every relation between two concepts
    why DIR CONCEPT          a concept: its type, names, papers, best evidence
    why DIR PAPER            a paper: its records, what was drawn from it

    Names are ids, labels, aliases, identifiers or titles; put one with blanks in quotes.
    Mentions are [marked], cues are {marked}, both by style on a terminal.
    """  # noqa: D301 - click looks for the character \b itself
    if len(names) > 2:
        given = ", ".join(repr(name) for name in names)
        raise click.UsageError(
            f"one or two names are wanted, not {len(names)}: {given}; put a name with blanks in quotes"
        )
    from paperconcepts.cli.why_blocks import why_blocks
    from paperconcepts.query import why_edge, why_node

    _, answer = ask_believed(
        directory,
        lambda graph: why_node(graph, *names) if len(names) == 1 else why_edge(graph, *names),
        min_confidence=min_confidence,
        min_support=min_support,
    )
    blocks = why_blocks(answer, listed=listed)
    if page is not None:
        from paperconcepts.export.explanation_page import write_explanation_page

        write_explanation_page(blocks, page, title=f"Why {' – '.join(names)}", remarks=answer.remarks)
    for remark in answer.remarks:
        click.echo(f"note: {remark}", err=True)
    if as_json:
        click.echo(json.dumps(_as_json(answer), ensure_ascii=False, indent=2))
    else:
        _print(blocks)


def _as_json(answer: "WhyAnswer") -> Any:
    """An object for a concept or a paper, the list of its evidence for the edge of a paper, else a list of edges."""
    from paperconcepts.query import ConceptExplanation, PaperExplanation

    found = answer.found
    if isinstance(found, ConceptExplanation | PaperExplanation):
        return found.as_dict()
    return [asdict(item) for edge in found for item in (edge.pieces() if edge.kind == "assertion" else [edge])]


def _print(blocks: "list[ExplanationBlock]") -> None:
    styled = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    last = ""
    for block in blocks:
        if block.heading and block.heading != last:
            click.echo(block.heading)
            last = block.heading
        if block.claim:
            click.echo(f"  {block.claim}")
        for sentence in block.sentences:
            click.echo(f"    “{_marked(sentence, styled=styled)}”")
            click.echo(f"      {sentence.caption}")
        for name, value in block.facts:
            click.echo(f"    {name:11} {' '.join(value.split())}")


def _marked(sentence: "MarkedSentence", *, styled: bool) -> str:
    from paperconcepts.query import split_marked

    # A line break in a text is no line break in its listing.
    pieces = [
        (kind, re.sub(r"\s", " ", text)) for kind, text in split_marked(sentence.text, sentence.mentions, sentence.cue)
    ]
    if styled:
        styles: dict[str, dict[str, Any]] = {
            "mention": {"underline": True, "bold": True},
            "cue": {"fg": "yellow"},
            "": {},
        }
        return "".join(click.style(text, **styles[kind]) if kind else text for kind, text in pieces)
    marks = {"mention": "[]", "cue": "{}", "": ("", "")}
    return "".join(f"{marks[kind][0]}{text}{marks[kind][1]}" for kind, text in pieces)
