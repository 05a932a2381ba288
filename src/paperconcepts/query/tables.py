"""Rows as text: a table for people, CSV, TSV, JSON and Markdown."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from paperconcepts.errors import ConfigurationError
from paperconcepts.query.frames import to_dicts

__all__ = ["TABLE_STYLES", "TableStyle", "format_table"]

TableStyle = Literal["table", "csv", "tsv", "json", "md"]
TABLE_STYLES = ("table", "csv", "tsv", "json", "md")
# What Markdown, or HTML inside it, would take for markup.
_MARKUP = re.compile(r"([\\|<\[\]*`])")


def format_table(
    rows: Iterable[Any],
    style: TableStyle = "table",
    *,
    columns: Sequence[str] | None = None,
    max_width: int | None = 40,
) -> str:
    r"""Rows as text that ends with a newline.

    ``table`` has columns of fixed width in which wide characters count twice; cells wider than ``max_width`` end with
    an ellipsis. ``csv`` and ``tsv`` have lists joined by ``|``; text that a spreadsheet would run as a formula gets a
    leading ``'``. ``json`` is a list of objects. ``md`` is a Markdown table whose cells hold no markup. Line breaks and
    other control characters become spaces, except in JSON.

    Args:
        rows: rows of one kind, as the functions of this package return them.
        style: ``table``, ``csv``, ``tsv``, ``json`` or ``md``.
        columns: the fields to show, default all; the names of the fields are the header.
        max_width: the width of the widest cell of ``table``, None for any.

    Raises:
        ConfigurationError: there is no such style or column.
        TypeError: a row is not a dataclass.

    Examples:
        >>> from paperconcepts.query import PeriodRow
        >>> rows = [PeriodRow("2024", 2, 4, 0.5), PeriodRow("2025", 10, 12, 0.8333)]
        >>> print(format_table(rows), end="")
        period  papers  all_papers  share
        ------  ------  ----------  -----
        2024         2           4  0.500
        2025        10          12  0.833
        >>> print(format_table(rows, "csv", columns=("period", "papers")), end="")
        period,papers
        2024,2
        2025,10
    """
    if style not in TABLE_STYLES:
        raise ConfigurationError(f"unknown style {style!r}; known styles: {', '.join(TABLE_STYLES)}")
    records = to_dicts(rows)
    names = list(columns) if columns is not None else list(records[0]) if records else []
    unknown = [name for name in names if records and name not in records[0]]
    if unknown:
        raise ConfigurationError(f"unknown column {unknown[0]!r}; known columns: {', '.join(records[0])}")
    if style == "json":
        chosen = [{name: record[name] for name in names} for record in records]
        return json.dumps(chosen, ensure_ascii=False, indent=2) + "\n"
    values = [[record[name] for name in names] for record in records]
    if style == "md":
        return _markdown(names, values)
    if style == "table":
        return _fixed_width(names, values, max_width)
    return _separated(names, values, "," if style == "csv" else "\t")


def _separated(names: list[str], values: list[list[Any]], separator: str) -> str:
    stream = io.StringIO()
    table = csv.writer(stream, delimiter=separator, lineterminator="\n")
    if names:
        table.writerow(names)
    table.writerows([_csv_cell(value) for value in row] for row in values)
    return stream.getvalue()


def _csv_cell(value: Any) -> str | int | float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, list):
        text = "|".join(_one_line(str(item)).replace("|", "/") for item in value)
    else:
        text = _text(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _markdown(names: list[str], values: list[list[Any]]) -> str:
    if not names:
        return ""
    marks = ["--:" if right else "---" for right in _numeric(values, len(names))]
    lines = [names, marks, *([_MARKUP.sub(r"\\\1", _shown(value)) for value in row] for row in values)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _fixed_width(names: list[str], values: list[list[Any]], max_width: int | None) -> str:
    if not names:
        return ""
    cells = [[_cut(_shown(value), max_width) for value in row] for row in values]
    right = _numeric(values, len(names))
    widths = [max(_width(cell) for cell in column) for column in zip(names, *cells, strict=True)]
    lines = [names, ["-" * width for width in widths], *cells]
    return "".join("  ".join(map(_padded, line, widths, right)).rstrip() + "\n" for line in lines)


def _numeric(values: list[list[Any]], columns: int) -> list[bool]:
    """Which columns hold numbers only, so that they stand on the right; a cell may be unknown."""
    found = [{type(row[column]) for row in values} - {type(None)} for column in range(columns)]
    return [bool(kinds) and kinds <= {int, float} for kinds in found]


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, list):
        return "; ".join(_one_line(str(item)) for item in value)
    return _text(value)


def _text(value: Any) -> str:
    if value is None or value is False:
        return ""
    return "yes" if value is True else _one_line(str(value))


def _one_line(text: str) -> str:
    return " ".join("".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in text).split())


def _padded(cell: str, width: int, right: bool) -> str:
    space = " " * (width - _width(cell))
    return space + cell if right else cell + space


def _width(text: str) -> int:
    """Columns of a terminal: wide characters take two, combining ones none."""
    return sum(_char_width(char) for char in text)


def _char_width(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def _cut(text: str, max_width: int | None) -> str:
    if max_width is None or _width(text) <= max_width:
        return text
    room, kept = max_width - 1, 0
    for char in text:
        room -= _char_width(char)
        if room < 0:
            break
        kept += 1
    return text[:kept].rstrip() + "…"
