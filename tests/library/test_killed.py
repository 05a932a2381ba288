"""An ``add`` that is killed at any point leaves a whole library, and the same command ends as if nothing had been."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from paperconcepts.incremental import add_documents, build_library, status_of_library

from .conftest import FAST, ROWS, fresh_build, graph_bytes, write_rows

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="this system has neither fork nor SIGKILL")

# One process loads everything; its children add the same files to libraries of their own and are killed at the n-th
# statement that they give to SQLite.
_DRIVER = """
import json, os, signal, sys
from paperconcepts.config import Config
from paperconcepts.incremental import add_documents
from paperconcepts.library import annotations, open_library, store

root, deaths = sys.argv[1], int(sys.argv[2])
config = Config(profile="fast")
annotations._BATCH = 3

connect, given, point = store._connect_writer, 0, None


def count(statement):
    global given
    given += 1
    if given == point:
        os.kill(os.getpid(), signal.SIGKILL)


def connect_counting(path):
    connection = connect(path)
    connection.set_trace_callback(count)
    return connection


store._connect_writer = connect_counting
add_documents(root + "/input", root + "/warm.library", config=config)
# The last one dies when some texts have been read and others have not.
points, given, killed = [1 + given * 19 * number // (20 * (deaths - 1)) for number in range(deaths)], 0, []
for point in points:
    child = os.fork()
    if child == 0:
        try:
            add_documents(root + "/input", f"{root}/{point}.library", config=config)
        finally:
            os._exit(0)
    killed.append(os.WIFSIGNALED(os.waitpid(child, 0)[1]))
print(json.dumps([points, killed]))
"""


def test_killed_anywhere(tmp_path: Path) -> None:
    """Killed at points all along the way: no library is damaged, none loses what was committed."""
    write_rows(tmp_path / "input" / "one.jsonl", ROWS[:8])
    write_rows(tmp_path / "input" / "two.jsonl", ROWS[8:])
    expected, _ = fresh_build(tmp_path / "input", tmp_path / "fresh")
    done = subprocess.run([sys.executable, "-c", _DRIVER, tmp_path, "6"], capture_output=True, check=True, timeout=180)
    points, killed = json.loads(done.stdout)
    assert all(killed)
    assert len(set(points)) == 6
    papers, texts = 0, 0
    for point in points:
        library = tmp_path / f"{point}.library"
        found = status_of_library(library, deep=True)
        assert found.problems == ()
        # Statements come in the same order each time, so that later deaths find more done.
        assert found.papers >= papers
        assert sum(count for *_, count in found.annotations) >= texts
        papers, texts = found.papers, sum(count for *_, count in found.annotations)
        add_documents(tmp_path / "input", library, config=FAST)
        assert graph_bytes(build_library(library), tmp_path / f"{point}") == expected
    assert papers > texts > 0
