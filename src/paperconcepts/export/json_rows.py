"""JSON that is written row by row: the same bytes for the same values, and never NaN."""

import json
from collections.abc import Iterable
from typing import IO

__all__ = ["dump_json", "write_rows"]


def dump_json(value: object) -> str:
    """Write ``value`` as JSON without spaces.

    Examples:
        >>> dump_json({"label": "é"})
        '{"label":"é"}'
    """
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def write_rows(stream: IO[str], rows: Iterable[object]) -> None:
    """Write the elements of a JSON list, one a line, without the brackets."""
    separator = "\n"
    for row in rows:
        stream.write(separator + dump_json(row))
        separator = ",\n"
