"""Read JSON Lines of gold and predictions. A bad line is an error: figures of a part would be taken for the whole."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from paperconcepts.errors import SourceError

__all__ = ["explain_invalid", "malformed", "read_json_lines", "read_text", "record_id"]


def malformed(message: str, *, file: str | Path, line: int) -> SourceError:
    """An error that names the file and the line.

    Examples:
        >>> error = malformed("not JSON", file="gold.jsonl", line=3)
        >>> str(error), error.file, error.record
        ('gold.jsonl: line 3: not JSON', 'gold.jsonl', 3)
    """
    error = SourceError(f"line {line}: {message}", file=str(file))
    error.record = line
    return error


def explain_invalid(error: ValidationError) -> str:
    """The first fault that pydantic found, with field and value, on one line."""
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"])
    value = "" if first["type"] == "missing" else f" is {_shorten(first['input'])}"
    return f"{field}{value}: {first['msg']}"


def _shorten(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 80 else shown[:79] + "…"


def read_text(path: str | Path) -> str:
    """The text of a file, with its line ends as they are: offsets count every character.

    Raises:
        SourceError: it cannot be opened or is not UTF-8.
    """
    try:
        with Path(path).open(encoding="utf-8", newline="") as stream:
            return stream.read()
    except OSError as error:
        raise SourceError(f"cannot be opened ({error.strerror})", file=str(path)) from error
    except UnicodeDecodeError as error:
        raise SourceError(
            f"is not UTF-8 (byte {error.start}); convert it, as offsets count characters", file=str(path)
        ) from error


def read_json_lines(path: str | Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each object of a JSON Lines file with the number of its line; empty lines are left out.

    Raises:
        SourceError: the file cannot be read, or a line holds no JSON object.
    """
    # Not str.splitlines: texts may hold line separators other than the line feed.
    for number, line in enumerate(read_text(path).removeprefix("\ufeff").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise malformed(
                f"not JSON ({error.msg} at character {error.pos + 1}); give one object a line", file=path, line=number
            ) from error
        except (RecursionError, ValueError) as error:
            raise malformed(f"not usable JSON ({error})", file=path, line=number) from error
        if not isinstance(value, dict):
            raise malformed(f"{_shorten(value)} is not a JSON object; give one object a line", file=path, line=number)
        yield number, value


def record_id(row: Mapping[str, Any], *keys: str) -> str:
    """The first usable id under ``keys``, as a text; "" if there is none.

    Examples:
        >>> record_id({"uid": "", "id": 7}, "uid", "id")
        '7'
    """
    for key in keys:
        value = row.get(key)
        if isinstance(value, str | int) and not isinstance(value, bool) and value != "":
            return str(value)
    return ""
