"""``paperconcepts query``: SPARQL over a built folder or an RDF file."""

import sys
from pathlib import Path
from typing import Literal

import click

__all__ = ["command"]


@click.command("query")
@click.argument("source", metavar="DIR|FILE", type=click.Path(path_type=Path))
@click.argument("sparql", metavar="SPARQL")
@click.option("--json", "style", flag_value="json", help="SPARQL 1.1 results as JSON.")
@click.option("--csv", "style", flag_value="csv", help="SPARQL 1.1 results as CSV.")
@click.option(
    "--timeout", type=click.FloatRange(min=0.1), default=30.0, show_default=True, help="Seconds a query may take."
)
def command(source: Path, sparql: str, style: Literal["json", "csv"] | None, timeout: float) -> None:
    r"""Ask a SPARQL question of a folder that build wrote, or of an RDF file.

    SPARQL is the query itself, @FILE (a file that holds it) or - (standard input). Only reading queries are allowed;
    the prefixes pc, skos, dcterms, schema, rdf, rdfs, xsd, nif, prov, paper and concept need no declaration.

    \b
    paperconcepts query graph/ 'SELECT ?title {?p pc:uses concept:low-rank-adaptation; dcterms:title ?title}'
    """
    from paperconcepts.rdf import format_rows, query_rdf

    text = sys.stdin.read() if sparql == "-" else _read(sparql[1:]) if sparql.startswith("@") else sparql
    result = query_rdf(source, text, timeout_s=timeout)
    click.echo(format_rows(result, style=style or "table").rstrip("\n"))
    if result.truncated:
        click.echo("the answer is longer and was cut here; add LIMIT and OFFSET to see the rest", err=True)


def _read(name: str) -> str:
    from paperconcepts.errors import SourceError

    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"cannot read the query file {name}: {error}") from error
