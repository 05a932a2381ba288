"""``paperconcepts catalogue``: find what the catalogue lacks, check files of it, and write it as SKOS."""

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from paperconcepts.vocabulary.validation import CatalogueReport

__all__ = ["command"]

_SHOWN = 10  # warnings of one rule


@click.group("catalogue")
def command() -> None:
    """Suggest concepts that the catalogue lacks, validate catalogue files, or export the catalogue as SKOS."""


@command.command("suggest")
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option(
    "--min-papers", metavar="N", type=click.IntRange(min=1), default=3, show_default=True,
    help="Leave out names that fewer papers have.",
)  # fmt: skip
@click.option("--limit", metavar="N", type=click.IntRange(min=1), help="Print only the N commonest. Default: all.")
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
    help="Write here, whole or not at all.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list instead of a table.")
@click.option("--input-format", metavar="NAME", help="Read every input as this format instead of detecting it.")
@click.option(
    "-j", "--processes", type=click.IntRange(1, 256), default=1, help="Worker processes (default 1); same result."
)
def suggest(
    inputs: tuple[str, ...], min_papers: int, limit: int | None, output: Path | None, as_json: bool,
    input_format: str | None, processes: int,
) -> None:  # fmt: skip
    """List names that several papers share and the catalogue lacks, the commonest first.

    The first eight columns are those of a catalogue file, so that a reviewed row can be moved there.
    """
    from paperconcepts.files import write_atomic
    from paperconcepts.linking.suggestions import format_suggestions, suggest_concepts
    from paperconcepts.pipeline import extract_and_link, load_to_stay
    from paperconcepts.sources import ReadReport, read_papers

    load_to_stay()
    report = ReadReport()
    papers = read_papers(inputs, format=input_format, report=report)
    found = suggest_concepts(extract_and_link(papers, processes=processes), min_papers=min_papers, limit=limit)
    text = format_suggestions(found, style="json" if as_json else "tsv")
    if output is None:
        click.echo(text, nl=False)
    else:
        write_atomic(output, text)
    if report.skipped:
        first = report.skipped[0]
        click.echo(
            f"skipped {_number(len(report.skipped), 'record')}, the first: {first.file} {first.record} {first.reason}",
            err=True,
        )


@command.command("validate")
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--with-shipped", is_flag=True, help="Check FILEs as additions to the catalogue that ships.")
@click.option("--all", "show_all", is_flag=True, help=f"Print every warning, not only {_SHOWN} of each rule.")
@click.option("--json", "as_json", is_flag=True, help="Print all findings as JSON.")
def validate(files: tuple[Path, ...], with_shipped: bool, show_all: bool, as_json: bool) -> None:
    """Check catalogue files; without FILE, those that ship with paperconcepts.

    Warnings are printed; errors give exit code 6.
    """
    from paperconcepts.errors import CatalogueError
    from paperconcepts.vocabulary.validation import Severity, validate_catalogue

    report = validate_catalogue(files, with_shipped=with_shipped)
    if as_json:
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    else:
        _print_findings(report, show_all=show_all)
    errors = report.count(Severity.ERROR)
    if errors:
        raise CatalogueError(f"{_number(errors, 'error')} in {', '.join(report.files)}; correct the rows named above")


@command.command("export")
@click.option(
    "-o", "--output", metavar="FILE", required=True, type=click.Path(path_type=Path, dir_okay=False),
    help="Write this Turtle file, whole or not at all.",
)  # fmt: skip
@click.option("--base", metavar="IRI", help="Where the concepts have their names, as for build. Default: w3id.org.")
def export(output: Path, base: str | None) -> None:
    """Write the catalogue that ships as a SKOS concept scheme."""
    from paperconcepts.rdf.namespaces import DEFAULT_BASE
    from paperconcepts.rdf.skos_catalogue import write_catalogue

    write_catalogue(output, base=base or DEFAULT_BASE)
    click.echo(f"wrote {output}")


def _print_findings(report: "CatalogueReport", *, show_all: bool) -> None:
    from paperconcepts.vocabulary.validation import Severity

    printed: Counter[str] = Counter()
    for finding in report.findings:
        if finding.severity is Severity.WARNING:
            printed[finding.rule] += 1
            if printed[finding.rule] > _SHOWN and not show_all:
                continue
        click.echo(
            f"{finding.file}:{finding.line}: {finding.severity} [{finding.rule}] {finding.message}; {finding.advice}"
        )
    for rule, count in sorted(printed.items()):
        if count > _SHOWN and not show_all:
            click.echo(f"... and {_number(count - _SHOWN, 'more warning')} [{rule}] (--all)")
    counts = [_number(report.count(severity), str(severity)) for severity in Severity]
    click.echo(f"{_number(report.concepts, 'concept')} in {_number(len(report.files), 'file')}: {', '.join(counts)}")


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
