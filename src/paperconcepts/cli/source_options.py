"""The options of the commands that read papers."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

__all__ = ["parse_columns", "source_options"]

_Command = TypeVar("_Command", bound=Callable[..., Any])


def parse_columns(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Turn ``FIELD=COLUMN`` options into a mapping."""
    columns: dict[str, str] = {}
    for value in values:
        field, sign, column = value.partition("=")
        if not (field.strip() and sign and column.strip()):
            raise click.BadParameter(f"{value!r} is not of the form FIELD=COLUMN, such as abstract=Summary")
        columns[field.strip()] = column.strip()
    return columns


def source_options(command: _Command) -> _Command:
    """Add ``--input-format``, ``--map`` and ``--strict``: as ``input_format``, ``columns`` and ``strict``."""
    options = (
        click.option("--input-format", metavar="NAME", help="Read every input as this format instead of detecting it."),
        click.option(
            "--map",
            "columns",
            metavar="FIELD=COLUMN",
            multiple=True,
            callback=parse_columns,
            help="Column of a table that holds title, abstract, authors, date, id, doi, url or venue (repeatable).",
        ),
        click.option(
            "--strict", is_flag=True, help="Stop at the first bad record instead of skipping and counting it."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command
