"""``paperconcepts validate``: check an RDF export against the rules of the ontology."""

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from paperconcepts.rdf.validation import RdfReport, Rules

__all__ = ["BROKEN_RULE", "command"]

BROKEN_RULE = 7
"""The exit code of a file that could be read and breaks a rule."""

_SHOWN = 10  # findings of one rule


@click.command("validate")
@click.argument("source", metavar="FILE|DIR", type=click.Path(path_type=Path))
@click.option(
    "--only", "rules", type=click.Choice(["invariants", "shapes"]),
    help="Check only the rules over the whole graph (fast), or only the shapes of single nodes. Default: both.",
)  # fmt: skip
@click.option("--all", "show_all", is_flag=True, help=f"Print every finding, not only {_SHOWN} of each rule.")
@click.option("--json", "as_json", is_flag=True, help="Print all findings as JSON.")
@click.pass_context
def command(context: click.Context, source: Path, rules: "Rules | None", show_all: bool, as_json: bool) -> None:
    """Check an RDF file, or the graph of a folder that build wrote, against the rules of the ontology.

    Reads Turtle, N-Triples, N-Quads, TriG and JSON-LD of every level. Each finding names the node and the rule:
    an invariant, or a shape and its constraint. The shapes need the package pyshacl and take most of the time.

    \b
    Exit codes: 0 no violation (there may be warnings), 7 a rule is broken,
    3 the file cannot be read, 6 pyshacl is missing.
    """  # noqa: D301 - click looks for the character \b itself
    from paperconcepts.rdf import validate_rdf

    report = validate_rdf(source, rules=rules or "all")
    if as_json:
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    else:
        _print_report(report, show_all=show_all)
    if not report.conforms:
        context.exit(BROKEN_RULE)


def _print_report(report: "RdfReport", *, show_all: bool) -> None:
    printed: Counter[str] = Counter()
    for finding in report.findings:
        printed[finding.rule] += 1
        if show_all or printed[finding.rule] <= _SHOWN:
            click.echo(str(finding))
    for rule, count in sorted(printed.items()):
        if count > _SHOWN and not show_all:
            click.echo(f"... and {count - _SHOWN:,} more [{rule}] (--all)")
    violations, warnings = report.count("violation"), report.count("warning")
    click.echo(
        f"{report.triples:,} triples, {report.checks} rules: "
        f"{violations:,} violation{'' if violations == 1 else 's'}, {warnings:,} warning{'' if warnings == 1 else 's'}"
    )
