"""What the commands that answer with rows share: the options of the output, and the printing of it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

import click

__all__ = ["name_papers", "print_answer", "role_option", "table_options", "type_option"]

_Command = TypeVar("_Command", bound=Callable[..., Any])
_TABLE_ROWS = 20
_NAMED = 3
# Literally, for `--help` may not load the model; a test compares them with it.
_TYPES = ("Method", "Model", "Dataset", "Task", "Metric")
_ROLES = ("introduces", "evaluates_on", "uses", "compares", "addresses", "measures", "studies", "mentions")

type_option = click.option(
    "--type", "types", metavar="TYPE", multiple=True, type=click.Choice(_TYPES, case_sensitive=False),
    help="Only concepts of this type (repeatable): Method Model Dataset Task Metric.",
)  # fmt: skip
role_option = click.option(
    "--role", "roles", metavar="ROLE", multiple=True, type=click.Choice(_ROLES),
    help="Count this role only (repeatable), for instance evaluates_on.",
)  # fmt: skip


def table_options(command: _Command) -> _Command:
    """Add ``--format``, ``--json``, ``--csv`` and ``--limit``: the parameters ``style`` and ``limit``."""
    for option in (
        click.option(
            "--limit", type=click.IntRange(min=1), help=f"How many rows. Default: {_TABLE_ROWS} in a table, else all."
        ),
        click.option("--csv", "style", flag_value="csv", help="The same as --format csv."),
        click.option("--json", "style", flag_value="json", help="The same as --format json."),
        click.option(
            "--format", "style", type=click.Choice(["table", "csv", "tsv", "json", "md"]), help="Default: table."
        ),
    ):
        command = option(command)
    return command


def print_answer(
    found: Any,
    row_type: type,
    *,
    style: Any,
    limit: int | None,
    shown: Sequence[str],
    notes: Sequence[str] = (),
    max_width: int = 40,
) -> None:
    """Print rows, or a result that has ``rows``; notes and what the limit cut go to standard error.

    A table (also in Markdown) has the columns ``shown``, other formats have all.
    """
    from paperconcepts.query import format_table, to_dicts

    style = style or "table"
    every = list(found) if isinstance(found, list) else list(found.rows)
    limit = limit or (_TABLE_ROWS if style == "table" else None)
    rows = every[:limit]
    if style == "json" and not isinstance(found, list):
        whole = to_dicts([replace(found, rows=tuple(rows))])[0]
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
    else:
        columns = shown if style in ("table", "md") else [field.name for field in fields(row_type)]
        click.echo(format_table(rows, style, columns=columns, max_width=max_width), nl=False)
    if len(rows) < len(every):
        click.echo(f"… and {len(every) - len(rows)} more (--limit {len(every)})", err=True)
    if not every:
        click.echo("nothing found that passes the limits (see --help)", err=True)
    for note in notes:
        click.echo(note, err=True)


def name_papers(papers: Sequence[str], why: str) -> list[str]:
    """A note that counts papers that are left out and names the first of them; none if there are none.

    Examples:
        >>> name_papers(["a", "b", "c", "d"], "without a date")
        ['left out, without a date: 4 papers: a, b, c …']
        >>> name_papers([], "without a date")
        []
    """
    if not papers:
        return []
    more = " …" if len(papers) > _NAMED else ""
    plural = "" if len(papers) == 1 else "s"
    return [f"left out, {why}: {len(papers)} paper{plural}: {', '.join(papers[:_NAMED])}{more}"]
