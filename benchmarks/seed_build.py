"""Build the graph of the real seed documents and check what must hold of it: records, papers, time, memory, bytes.

python benchmarks/seed_build.py
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from shared_input import shared_folder

RECORDS, PAPERS, SECONDS, MEGABYTES = 334, 316, 30.0, 500.0


def build(out: Path, *, seed: str, arguments: list[str]) -> float:
    """Build in a new process; the seconds it took."""
    began = time.perf_counter()
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-m", "paperconcepts", "build", *arguments, "--out", str(out), "--quiet"]
    subprocess.run(command, check=True, env=environment)
    return time.perf_counter() - began


def main() -> int:
    """Print what was measured; 1 if something that must hold does not."""
    seeds = shared_folder() / "data" / "seeds"
    files = sorted(str(path) for path in seeds.iterdir())
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder) / "first", Path(folder) / "second"
        seconds = build(first, seed="1", arguments=[str(seeds)])
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        build(second, seed="2", arguments=[*reversed(files), "--processes", "2"])
        report = json.loads((first / "report.json").read_text(encoding="utf-8"))
        records = sum(report["read"]["records"].values())
        same = [p.name for p in sorted(first.iterdir()) if p.read_bytes() == (second / p.name).read_bytes()]
        differ = sorted({path.name for path in first.iterdir()} - set(same))
    checks = {
        f"{RECORDS} records": records == RECORDS,
        f"{PAPERS} papers": report["papers"] == PAPERS,
        f"under {SECONDS:.0f} s": seconds < SECONDS,
        f"under {MEGABYTES:.0f} MB": peak < MEGABYTES,
        "same bytes with another hash seed, file order and process count": not differ,
    }
    print(f"seeds: {records} records, {report['papers']} papers, {seconds:.1f} s cold, {peak:.0f} MB at most")
    print(f"concepts {report['concepts']}\nedges {report['edges']}\nrelations {report['relations']}")
    print(f"papers without concepts: {len(report['papers_without_concepts'])}")
    for name, kept in checks.items():
        print(f"  {'ok    ' if kept else 'FAILED'} {name}{'' if kept or not differ else ': ' + ', '.join(differ)}")
    return 0 if all(checks.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
