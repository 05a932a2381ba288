"""``paperconcepts review``: what is doubtful in a graph, and decisions about it."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from paperconcepts.query.doubts import DoubtfulCase
    from paperconcepts.query.review import Answers

__all__ = ["command"]


@click.command("review")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, metavar="N",
              help="How many cases to show, write or ask.")  # fmt: skip
@click.option("--write", "file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
              help="Add the cases to this decisions file, as comments to edit.")  # fmt: skip
@click.option("--interactive", is_flag=True, help="Ask case by case on the terminal; answers go to the --write file.")
@click.option("--json", "as_json", is_flag=True, help="Print the cases as JSON.")
def command(directory: Path, limit: int, file: Path | None, interactive: bool, as_json: bool) -> None:
    """List the doubtful cases of a built folder, most valuable first, each with the decisions that would settle it.

    The value of a case is its doubt times the number of edges that a decision would change. What FILE answers already
    is left out; what stands in it is kept. Apply it with: build --decisions FILE
    """
    from paperconcepts.export.graph_reading import read_graph
    from paperconcepts.query.review import Answers, doubtful_cases

    if interactive and (file is None or as_json):
        raise click.UsageError("--interactive needs --write FILE, for the answers, and goes without --json")
    if interactive and not _on_terminal():
        raise click.UsageError(
            "--interactive asks on a terminal, and this is none; leave it away to get a file to edit"
        )
    graph = read_graph(directory)
    answers = Answers(file, graph) if file is not None else None
    cases = doubtful_cases(graph)
    if answers is not None:
        cases = list(answers.open_cases(cases, proposed=interactive))
    chosen = cases[:limit]
    if interactive and answers is not None:
        _ask(chosen, answers)
        click.echo(f"answers are in {file}; apply them with: paperconcepts build ... --decisions {file}")
        return
    if as_json:
        click.echo(json.dumps([case.as_dict() for case in chosen], ensure_ascii=False, indent=2))
    if answers is not None:
        count = answers.propose(chosen)
        click.echo(f"wrote {count} cases to {file}, of {len(cases)} that it did not speak of", err=as_json)
    elif not as_json:
        _print(chosen, len(cases))


def _on_terminal() -> bool:
    return sys.stdin.isatty()


def _print(cases: "list[DoubtfulCase]", total: int) -> None:
    for case in cases:
        click.echo(f"{case.value:7.2f}  {case.kind}: {case.question}")
        for line in _proposed(case):
            click.echo(f"         {line}")
    if total > len(cases):
        click.echo(f"… and {total - len(cases):,} more (--limit {total})")
    if not total:
        click.echo("nothing doubtful was found")


def _proposed(case: "DoubtfulCase", *, numbered: bool = False) -> list[str]:
    rows = case.as_dict()["proposals"]
    return [
        f"{number}: {line}" if numbered and len(rows) > 1 else line
        for number, proposal in enumerate(rows, 1)
        for line in proposal
    ]


def _ask(cases: "list[DoubtfulCase]", answers: "Answers") -> None:
    """Ask about each case. Each answer is in the file before the next question."""
    click.echo("y = do it (or its number), n = never ask again, s = skip, q = quit; words behind y or n are kept")
    for number, case in enumerate(cases, 1):
        click.echo(f"\n{number}/{len(cases)}  {case.kind}, value {case.value:g}\n{case.question}")
        for line in _proposed(case, numbered=True):
            click.echo(f"  {line}")
        try:
            if not _answer(case, answers):
                return
        except click.Abort:
            click.echo()
            return


def _answer(case: "DoubtfulCase", answers: "Answers") -> bool:
    """Take one answer; False if no more are wanted."""
    from paperconcepts.errors import DecisionsError

    while True:
        word, _, comment = click.prompt("y/n/s/q", prompt_suffix="> ").strip().partition(" ")
        word = word.lower()
        if word in ("q", "quit"):
            return False
        if word in ("s", "skip"):
            return True
        if word in ("n", "no"):
            answers.refuse(case, comment)
            return True
        chosen = 1 if word in ("y", "yes") else int(word) if word.isdecimal() else 0
        if 1 <= chosen <= len(case.proposals):
            try:
                answers.accept(case.proposals[chosen - 1], comment or case.kind)
            except DecisionsError as error:
                click.echo(f"left as it is: {error}", err=True)
            return True
        click.echo(f"{word!r} is no answer: y, n, s, q" + _numbers(case))


def _numbers(case: "DoubtfulCase") -> str:
    count = len(case.proposals)
    return f" or 1 to {count}" if count > 1 else ""
