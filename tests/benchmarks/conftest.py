"""The scripts of ``benchmarks/`` are modules of their own folder; a source archive has none, and no tests of them."""

import sys
from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
collect_ignore_glob = [] if BENCHMARKS.is_dir() else ["test_*.py"]
sys.path.append(str(BENCHMARKS))
