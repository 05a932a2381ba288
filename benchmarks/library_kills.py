"""Kill ``add`` at random points; every library must be whole, lose nothing, and end as one that was never killed.

    python benchmarks/library_kills.py [N]      (default: 200 kills)

A child adds four files to a library that holds a fifth. It is killed after a random delay, or at a random statement
that it gives to SQLite, in turn; both are drawn from a fixed seed. It needs a system with fork and SIGKILL.
"""

import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from library_speed import FAST, write_papers

from paperconcepts.export.formats import export_graph
from paperconcepts.extraction import load_pipeline
from paperconcepts.incremental import add_documents, build_library, status_of_library
from paperconcepts.library import open_library, papers, store
from paperconcepts.pipeline import build

_SEED = 20240501


def watch_statements(told: Callable[[], None]) -> None:
    """From now on call ``told`` before each statement that is given to SQLite by a writer."""
    connect = store._connect_writer

    def connect_watched(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.set_trace_callback(lambda _: told())
        return connection

    store._connect_writer = connect_watched


def add_in_child(inputs: Path, library: Path, *, delay: float | None = None, statement: int | None = None) -> float:
    """Add in a child, killed after ``delay`` seconds or at its n-th ``statement``; the seconds it took, or -1."""

    def count() -> None:
        nonlocal statement
        statement = (statement or 0) - 1
        if not statement:
            os.kill(os.getpid(), signal.SIGKILL)

    began = time.perf_counter()
    child = os.fork()
    if child == 0:
        try:
            if statement is not None:
                watch_statements(count)
            add_documents(inputs, library, config=FAST)
        finally:
            os._exit(0)
    if delay is not None:
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return -1.0 if os.WIFSIGNALED(status) else time.perf_counter() - began


def count_statements(inputs: Path, library: Path) -> int:
    """How many statements an ``add`` that is not killed gives to SQLite."""
    given = Counter[str]()
    real = store._connect_writer
    watch_statements(lambda: given.update(["given"]))
    try:
        add_documents(inputs, library, config=FAST)
    finally:
        store._connect_writer = real
    return given.total()


def ids_of(library: Path) -> set[str]:
    """The papers of a library."""
    with open_library(library) as opened:
        return {paper.id for paper in papers(opened.connection)}


def bytes_of(library: Path, folder: Path) -> bytes:
    """All that the graph of a library holds."""
    export_graph(build_library(library), folder, formats=["jsonl"])
    return (folder / "papers.jsonl").read_bytes()


def measure(count: int, folder: Path) -> None:
    """Kill until ``count`` children died in the middle, and look at each library."""
    inputs = folder / "input"
    inputs.mkdir()
    for part in range(4):
        write_papers(inputs / f"{part}.jsonl", range(part * 12, part * 12 + 16))
    load_pipeline("fast")
    before = folder / "before.library"
    add_documents(write_papers(folder / "held.jsonl", range(90, 100)), before, config=FAST)
    held = ids_of(before)
    whole = add_in_child(inputs, Path(shutil.copy(before, folder / "good.library")))
    given = count_statements(inputs, Path(shutil.copy(before, folder / "count.library")))
    export_graph(build([folder / "held.jsonl", inputs], config=FAST), folder / "fresh", formats=["jsonl"])
    expected = (folder / "fresh/papers.jsonl").read_bytes()
    assert bytes_of(folder / "good.library", folder / "good") == expected
    dice = random.Random(_SEED)  # noqa: S311 - no secrets
    done: Counter[str] = Counter()
    found_papers = []
    while done["killed"] < count:
        library = Path(shutil.copy(before, folder / f"{done['runs']}.library"))
        done["runs"] += 1
        if done["runs"] % 2:
            seconds = add_in_child(inputs, library, delay=dice.uniform(0, whole))
            # It took less time than the first one: look at earlier moments.
            whole = whole if seconds < 0 else max(0.02, min(whole, 0.95 * seconds))
        else:
            seconds = add_in_child(inputs, library, statement=dice.randint(1, given))
        done["killed"] += seconds < 0
        state = status_of_library(library, deep=True)
        found_papers.append(state.papers)
        done["whole"] += not state.problems
        done["nothing lost"] += held <= ids_of(library)
        add_documents(inputs, library, config=FAST)
        done["same end"] += bytes_of(library, folder / "kept") == expected
        library.unlink()
    print(
        f"{done['runs']} runs, {done['killed']} killed in the middle: {done['whole']} libraries whole, in"
        f" {done['nothing lost']} nothing lost, {done['same end']} ended with the bytes of a fresh build;"
        f" {min(found_papers)} to {max(found_papers)} papers at the time of death, {given:,} statements"
    )
    assert done["whole"] == done["nothing lost"] == done["same end"] == done["runs"]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        measure(int(sys.argv[1]) if len(sys.argv) > 1 else 200, Path(name))
