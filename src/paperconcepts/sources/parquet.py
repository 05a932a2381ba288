"""Read Parquet tables, with polars or pyarrow, whichever is installed.

Specification: Apache Parquet. Columns are recognised, or mapped, as those of CSV.
"""

import importlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from paperconcepts.errors import SourceError
from paperconcepts.sources.records import Flaw, Record
from paperconcepts.sources.table import convert_row, match_columns

__all__ = ["read_parquet"]

_BATCH = 2_000


def read_parquet(stream: BinaryIO, *, columns: Mapping[str, str] | None = None) -> Iterator[Record | Flaw]:
    """Yield one record for each row of a table in ``stream``.

    Raises:
        SourceError: neither polars nor pyarrow is installed.
    """
    number = 0
    with tempfile.TemporaryFile() as copy:
        if not stream.seekable():
            shutil.copyfileobj(stream, copy, 1 << 20)
            stream = copy
        try:
            for header, rows in _iterate_batches(stream):
                places = match_columns(header, columns)
                for row in rows:
                    number += 1
                    yield convert_row(number, [_plain(cell) for cell in row], header, places)
        except SourceError:
            raise
        except BaseException as error:  # Each library has its own kinds of errors for damaged files.
            # That of a panic in Rust is no Exception.
            if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
                raise
            yield Flaw(0, f"not a whole Parquet file ({' '.join(str(error).split())[:150]})")


def _plain(cell: Any) -> Any:
    """Dates and numbers of libraries as JSON has them."""
    if cell is None or isinstance(cell, str | bool | int | float | dict):
        return cell if cell == cell else None
    if isinstance(cell, list | tuple):
        return [_plain(item) for item in cell]
    return str(cell)


def _iterate_batches(stream: BinaryIO) -> Iterator[tuple[list[str], Iterator[tuple[Any, ...]]]]:
    try:
        parquet = importlib.import_module("pyarrow.parquet")
    except ImportError:
        yield from _iterate_polars(stream)
        return
    for batch in parquet.ParquetFile(stream).iter_batches(batch_size=_BATCH):
        names = [str(name) for name in batch.schema.names]
        yield names, zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _iterate_polars(stream: BinaryIO) -> Iterator[tuple[list[str], Iterator[tuple[Any, ...]]]]:
    try:
        polars = importlib.import_module("polars")
    except ImportError:
        raise SourceError("Parquet needs polars or pyarrow: pip install 'paperconcepts[parquet]'") from None
    frame = polars.read_parquet(stream)
    yield list(frame.columns), frame.iter_rows()
