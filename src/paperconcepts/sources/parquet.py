"""Read Parquet tables, with polars or pyarrow, whichever is installed, in a process of its own.

Specification: Apache Parquet. Columns are recognised, or mapped, as those of CSV. The process of its own is there
because the libraries are written in other languages: a damaged length in a file can make them abort, or ask for more
memory than there is, which no handler of exceptions survives.
"""

import io
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

from paperconcepts.errors import SourceError
from paperconcepts.sources import parquet_rows
from paperconcepts.sources.compression import find_excess
from paperconcepts.sources.records import Flaw, Record
from paperconcepts.sources.table import convert_row, match_columns

__all__ = ["read_parquet"]

_LONGEST_ROW = 1 << 26


def read_parquet(stream: BinaryIO, *, columns: Mapping[str, str] | None = None) -> Iterator[Record | Flaw]:
    """Yield one record for each row of a table in ``stream``; a row of more than 64 MiB is a flaw.

    Whatever the file makes of the library, a crash too, is a flaw of the file after the rows that came before.

    Raises:
        SourceError: neither polars nor pyarrow is installed.
    """
    if not any(map(find_spec, ("pyarrow", "polars"))):
        raise SourceError("Parquet needs polars or pyarrow: pip install 'paperconcepts[parquet]'")
    header: list[str] = []
    places: dict[str, int] = {}
    number = 0
    for said in _decode_apart(stream):
        if isinstance(said, Flaw):
            yield said
            continue
        if isinstance(said, dict):
            header = said["columns"]
            places = match_columns(header, columns)
            continue
        number += 1
        yield Flaw(number, said) if isinstance(said, str) else convert_row(number, said, header, places)


def _decode_apart(stream: BinaryIO) -> Iterator[list[Any] | dict[str, Any] | str | Flaw]:
    """What the program says: cells, names of columns, the reason why a row is none; at last perhaps a flaw."""
    with _as_file(stream) as path:
        # -P keeps this folder off the import path of the new process: its modules are no top-level names.
        command = [sys.executable, "-P", parquet_rows.__file__, str(path)]
        size = path.stat().st_size
        with subprocess.Popen(  # noqa: S603 - our own file, run by our own interpreter
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            try:
                status = process.wait() if (yield from _take(process.stdout, size)) else 0
            finally:
                process.kill()  # The reader may have had enough, or the file was too much.
        if status:
            yield Flaw(0, f"not a whole Parquet file (the library that reads it ended with status {status})")


def _take(stdout: Any, size: int) -> Generator[list[Any] | dict[str, Any] | str | Flaw, None, bool]:
    """Yield what is said; return whether that was all."""
    count = 0
    while line := stdout.readline(_LONGEST_ROW):
        count += len(line)
        if problem := find_excess(count, lambda: size):
            yield Flaw(0, problem)
            return False
        if line.endswith(b"\n"):
            value = json.loads(line)
            if isinstance(value, dict) and "error" in value:
                yield Flaw(0, f"not a whole Parquet file ({value['error']})")
                return False
            yield value
        elif len(line) == _LONGEST_ROW:
            while line and not line.endswith(b"\n"):
                line = stdout.readline(_LONGEST_ROW)
                count += len(line)
            yield f"a row of more than {_LONGEST_ROW >> 20} MiB"
    return True


@contextmanager
def _as_file(stream: BinaryIO) -> Iterator[Path]:
    """The path of a stream; what is compressed, in memory or comes through a pipe is copied first."""
    is_file = isinstance(stream, io.BufferedReader) and isinstance(stream.raw, io.FileIO) and stream.seekable()
    if is_file and isinstance(stream.name, str):
        yield Path(stream.name)
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "table.parquet")
        with copy.open("wb") as file:
            shutil.copyfileobj(stream, file, 1 << 20)
        yield copy
