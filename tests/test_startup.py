"""Starting is quick: nothing heavy is loaded before it is needed."""

import json
import subprocess
import sys
import time

import pytest

HEAVY = ("networkx", "numpy", "pydantic", "pyoxigraph", "rdflib", "spacy", "thinc")


def _best_of_five(*command: str) -> float:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, *command], check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return min(times)


def test_import_time() -> None:
    """``import paperconcepts`` takes less than 0.3 s, the start of Python included."""
    assert _best_of_five("-c", "import paperconcepts") < 0.3


def test_help_time() -> None:
    """``paperconcepts --help`` takes less than 0.5 s, the start of Python included."""
    assert _best_of_five("-m", "paperconcepts", "--help") < 0.5


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["build", "--help"], ["show", "--help"], ["buidl"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    """What only prints help or an error of usage loads none of the large libraries."""
    code = (
        "import json, sys\nfrom paperconcepts.cli import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit:\n    print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = json.loads(done.stdout.splitlines()[-1])
    assert [name for name in HEAVY if name in loaded] == []
