"""The program that decodes a Parquet table in a process of its own: rows as lines of JSON on standard output.

It is run by its path, see `paperconcepts.sources.parquet`, and imports nothing of the package. A table comes as lines
{"columns": [...]}, whenever the columns change, and lists of cells; an error of the library as {"error": "..."}.
"""

import importlib
import json
import sys
from collections.abc import Iterator
from typing import Any

__all__ = ["main"]

_BATCH = 2_000
_MEMORY = 1 << 33  # What a damaged length in a file may make the library ask for.
_LONGEST_REASON = 150


def main(path: str) -> None:
    """Write the rows of the table at ``path`` to standard output."""
    _limit_memory()
    known: list[str] | None = None
    try:
        for columns, rows in _iterate_batches(path):
            if columns != known:
                known = columns
                _say({"columns": columns})
            for row in rows:
                _say([_plain(cell) for cell in row])
            sys.stdout.flush()  # What was decoded before a crash has been said.
    except BrokenPipeError:
        raise
    except BaseException as error:  # Each library has its own kinds of errors; a panic in Rust is no Exception.
        _say({"error": " ".join(str(error).split())[:_LONGEST_REASON]})


def _limit_memory() -> None:
    try:
        resource = importlib.import_module("resource")
    except ImportError:  # Windows has none.
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def _say(value: list[Any] | dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, separators=(",", ":")) + "\n")


def _plain(cell: Any) -> Any:
    """Dates and numbers of libraries as JSON has them."""
    if cell is None or isinstance(cell, str | bool | int | float | dict):
        if isinstance(cell, dict):
            return {str(key): _plain(value) for key, value in cell.items()}
        return cell if cell == cell else None
    if isinstance(cell, list | tuple):
        return [_plain(item) for item in cell]
    return str(cell)


def _iterate_batches(path: str) -> Iterator[tuple[list[str], Iterator[tuple[Any, ...]]]]:
    try:
        parquet = importlib.import_module("pyarrow.parquet")
    except ImportError:
        yield from _iterate_polars(path)
        return
    for batch in parquet.ParquetFile(path).iter_batches(batch_size=_BATCH):
        names = [str(name) for name in batch.schema.names]
        yield names, zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _iterate_polars(path: str) -> Iterator[tuple[list[str], Iterator[tuple[Any, ...]]]]:
    polars = importlib.import_module("polars")
    # The path may hold signs of a pattern; older versions have no batches.
    scanned = polars.scan_parquet(path, glob=False)
    frames = scanned.collect_batches(chunk_size=_BATCH) if hasattr(scanned, "collect_batches") else [scanned.collect()]
    for frame in frames:
        yield list(frame.columns), frame.iter_rows()


if __name__ == "__main__":
    main(sys.argv[1])
