"""``paperconcepts query``: SPARQL and competency questions over a built folder or an RDF file."""

import re
import sys
from pathlib import Path
from typing import Any

import click

from paperconcepts.cli.numbers import FiniteRange

__all__ = ["command"]

# Literally, for `--help` may not load Oxigraph; a test compares them with it.
_STYLES = ("table", "json", "csv", "tsv", "xml", "turtle", "nt")
_QUESTION = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_SETTING = re.compile(r"([A-Za-z_]\w*)=(.*)\Z", re.DOTALL)


@click.command("query")
@click.argument("source", metavar="DIR|FILE", required=False, type=click.Path(path_type=Path))
@click.argument("sparql", metavar="QUERY", required=False)
@click.option("--set", "settings", metavar="NAME=VALUE", multiple=True, help="Value of a parameter (repeatable).")
@click.option("--list", "listing", is_flag=True, help="List the questions with their parameters, and exit.")
@click.option("--format", "style", type=click.Choice(_STYLES), help="Default: table. turtle and nt: for CONSTRUCT.")
@click.option("--json", "style", flag_value="json", help="The same as --format json.")
@click.option("--csv", "style", flag_value="csv", help="The same as --format csv.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=100_000, show_default=True, help="Rows or triples at most."
)
@click.option(
    "--timeout", type=FiniteRange(0.1, 86_400), default=30.0, show_default=True, help="Seconds a query may take."
)
@click.option(
    "--memory", metavar="MB", type=click.IntRange(256, 1 << 24), default=4096, show_default=True,
    help="Megabytes a query may take.",
)  # fmt: skip
def command(
    source: Path | None, sparql: str | None, settings: tuple[str, ...], listing: bool, style: Any, limit: int,
    timeout: float, memory: int,
) -> None:  # fmt: skip
    """Ask a question of a folder that build wrote, or of an RDF file.

    QUERY is SPARQL, the name of a question (see --list), a file that ends with .rq, @FILE, or - (standard input). Only
    reading queries are allowed; the prefixes pc, skos, dcterms, schema, rdf, rdfs, xsd, nif, prov, paper and concept
    need no declaration. --set replaces the default of a parameter, VALUES ?name { "default" } in the query.

    \b
    paperconcepts query graph/ papers-using-concept --set name=LoRA
    paperconcepts query graph/ 'SELECT ?title {?p pc:uses concept:low-rank-adaptation; dcterms:title ?title}'
    """  # noqa: D301 - click looks for the character \b itself
    if listing:
        click.echo(_listing(), nl=False)
        return
    if source is None or sparql is None:
        raise click.UsageError("give DIR or FILE and a query, or --list")
    from paperconcepts.rdf import format_rows, query_rdf

    text, given = _query_text(sparql), _parameters(settings)
    result = query_rdf(
        source, text, parameters=given, timeout_s=timeout, limit_rows=limit, memory_mb=memory,
    )  # fmt: skip
    if _QUESTION.match(sparql):
        _note_defaults(text, given)
    click.echo(format_rows(result, style=style or "table").rstrip("\n"))
    if result.truncated:
        click.echo("the answer is longer and was cut here; add LIMIT and OFFSET, or raise --limit", err=True)
    if result.variables and not result.bindings and {"name", "identifier"} & given.keys():
        click.echo("nothing found; names must agree in full, upper and lower case apart", err=True)


def _note_defaults(sparql: str, given: dict[str, str]) -> None:
    """Say which parameters of a question kept their defaults, so that nobody takes the answer for another one."""
    from paperconcepts.rdf.parameters import parameter_slots

    kept = [f"{slot.name}={slot.default}" for slot in parameter_slots(sparql).values() if slot.name not in given]
    if kept:
        click.echo(f"asked with {', '.join(kept)}; --set NAME=VALUE asks of another", err=True)


def _parameters(settings: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for setting in settings:
        match = _SETTING.match(setting)
        if match is None:
            raise click.UsageError(f"--set {setting!r} is not NAME=VALUE, for instance --set name=LoRA")
        found[match[1]] = match[2]
    return found


def _query_text(given: str) -> str:
    from paperconcepts.rdf.question_files import read_question
    from paperconcepts.rdf.read_only import MAX_QUERY_LENGTH

    if given == "-":
        # One more than allowed, so that what is too long is told from what just fits.
        return sys.stdin.read(MAX_QUERY_LENGTH + 1)
    if given.startswith("@"):
        return _read(given[1:])
    if given.endswith(".rq") and not re.search(r"[\s{]", given):
        return _read(given)
    return read_question(given).sparql if _QUESTION.match(given) else given


def _read(name: str) -> str:
    from paperconcepts.errors import SourceError
    from paperconcepts.rdf.read_only import MAX_QUERY_LENGTH

    try:
        with Path(name).open(encoding="utf-8") as stream:
            return stream.read(MAX_QUERY_LENGTH + 1)
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"cannot read the query file {name}: {error}") from error


def _listing() -> str:
    from paperconcepts.rdf.question_files import question_names, read_question

    lines = []
    for name in question_names():
        found = read_question(name)
        lines += [name, f"    {found.question}"]
        lines += [f"    --set {item.name}={item.default}  {item.meaning} ({item.type})" for item in found.parameters]
    return "".join(f"{line}\n" for line in lines)
