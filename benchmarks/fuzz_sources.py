"""Fuzz the readers of sources with Atheris (coverage-guided; ``pip install atheris``, Python 3.11 to 3.13).

    python benchmarks/fuzz_sources.py FORMAT|all [CPU-SECONDS] [FOLDER]        (default: 600 of each reader)

The inputs grow from the odd records and the samples of the tests. A reader must take any text without an exception,
with numbers that do not fall, in papers that are valid and can be written as JSON and as UTF-8, and in little time.
What breaks this is kept in FOLDER (default: the current one) and printed; "all" goes on with the next reader.
"""

import importlib
import importlib.util
import io
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

atheris: Any = importlib.import_module("atheris")
with atheris.instrument_imports(include=["paperconcepts.sources", "paperconcepts.model"]):
    from paperconcepts.sources import FORMATS, Flaw, ReadReport
    from paperconcepts.sources.inputs import decode_lines
    from paperconcepts.sources.papers import build_paper

_TESTS = Path(__file__).parent.parent / "tests" / "sources"
_SLOW = 2.0  # CPU seconds for an input of at most 8,000 bytes


def read(name: str, data: bytes) -> int:
    """Read ``data`` as a file of this format and check what comes out; return the number of papers."""
    known, report, last, count = FORMATS[name], ReadReport(), 0, 0
    began = time.process_time()
    lines = io.BytesIO(data) if known.magic else decode_lines(io.BytesIO(data), replaced=Counter())
    for found in known.read(lines):
        assert found.number >= last or found.number == 0, f"number {found.number} after {last}"
        last = max(last, found.number)
        if isinstance(found, Flaw):
            assert found.reason
            continue
        paper = build_paper(found, file="a", format=name, report=report)
        if not isinstance(paper, Flaw):
            count += 1
            paper.model_dump_json().encode()
    seconds = time.process_time() - began
    assert seconds < _SLOW, f"{seconds:.1f} s for {len(data)} bytes"
    return count


def seeds(name: str) -> list[bytes]:
    """The odd records and the sample of this format, from the tests."""
    odd, hostile = _load("test_odd_records"), _load("test_hostile_input")
    found = [case.data for case in odd.CASES if case.format == name]
    if name in hostile.SAMPLES:
        head, record, tail = hostile.SAMPLES[name]
        found.append("\n".join([head, record % (1, 1), record % (2, 2), tail]).encode())
    return found


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, _TESTS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def fuzz(name: str, limit: float, folder: Path) -> None:
    """Fuzz one reader for ``limit`` CPU seconds of this process and its children; never returns."""
    state = {"runs": 0, "papers": 0}

    def test(data: bytes) -> None:
        state["runs"] += 1
        state["papers"] += read(name, data)
        if state["runs"] % 16 == 0 and sum(os.times()[:4]) > limit:
            print(f"{name}: {state['runs']:,} inputs, {state['papers']:,} papers, {sum(os.times()[:4]):.0f} CPU s")
            sys.stdout.flush()
            os._exit(0)

    with tempfile.TemporaryDirectory() as corpus:
        for number, data in enumerate(seeds(name)):
            Path(corpus, str(number)).write_bytes(data)
        # The time-out is one of the clock, for what never ends; `read` measures its own CPU time.
        options = ["-max_len=8000", "-rss_limit_mb=4096", "-timeout=900", "-verbosity=0"]
        atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={folder}/{name}-", corpus], test)
        atheris.Fuzz()


def main(arguments: list[str]) -> None:
    """Fuzz one reader, or each in a process of its own."""
    name, limit, folder = (*arguments, *("all", "600", ".")[len(arguments) :])
    if name != "all":
        fuzz(name, float(limit), Path(folder).resolve())
    results: dict[str, Any] = {}
    for known in FORMATS:
        command = [sys.executable, __file__, known, limit, folder]
        results[known] = subprocess.run(command, check=False).returncode
    print("broken:", *[known for known, code in results.items() if code] or ["none"])


if __name__ == "__main__":
    main(sys.argv[1:])
