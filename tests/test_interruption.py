"""A build that is killed at any point leaves only whole files under their final names."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="this system has neither fork nor SIGKILL")

FILES = (
    "graph.ttl", "graph.nt", "graph.gexf", "graph.graphml", "graph.cyjs", "nodes.csv", "edges.csv", "papers.jsonl",
    "graph.html", "report.json",
)  # fmt: skip
# Ten files: for each the file itself is synced before it is renamed, and its folder afterwards.
_SYNCS = 2 * len(FILES)

# One process loads everything and measures a build; its children build the same into folders of their own and are
# killed: after delays drawn from a fixed seed, and at each point where a file is about to get, or has just got, its
# final name. Half of the folders hold the files of an earlier build.
_DRIVER = """
import json, os, random, shutil, signal, sys, time
from pathlib import Path
from paperconcepts.cli import main

root, syncs = Path(sys.argv[1]), int(sys.argv[2])


def build(name, out):
    main(["build", str(root / name), "--out", str(root / out), "--quiet"], standalone_mode=False)


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def die_at(point):
    sync, calls = os.fsync, []
    def fsync(handle):
        calls.append(handle)
        if len(calls) == point:
            die()
        sync(handle)
    os.fsync = fsync


def killed(out, *, delay=None, point=None):
    child = os.fork()
    if child == 0:
        try:
            if point is not None:
                die_at(point)
            build("new.jsonl", out)
        finally:
            os._exit(0)
    if delay is not None:
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


build("old.jsonl", "old")
build("new.jsonl", "warm")
start = time.perf_counter()
build("new.jsonl", "new")
whole = time.perf_counter() - start
dice = random.Random(20240501)
runs = [{"delay": whole * dice.uniform(0.02, 1.0)} for _ in range(12)] + [{"point": n + 1} for n in range(syncs)]
found = {}
for number, run in enumerate(runs):
    out = f"out{number}"
    if number % 2:
        shutil.copytree(root / "old", root / out)
    found[out] = killed(out, **run)
print(json.dumps(found))
"""


def _write(path: Path, names: tuple[str, ...]) -> None:
    rows = [
        {"id": name, "title": f"{name}: A Model", "abstract": f"We propose {name}, tested on ImageNet and GLUE. " * 5}
        for name in names
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bool]]:
    """A folder with an earlier build, a good build and many killed ones; and which of these were killed indeed."""
    root = tmp_path_factory.mktemp("killed")
    _write(root / "old.jsonl", ("PouchNet", "QuokkaNet"))
    _write(root / "new.jsonl", ("WombatNet", "PouchNet", "NumbatLM", "BilbyFormer", "DingoDiff", "EmuGAN"))
    done = subprocess.run(
        [sys.executable, "-c", _DRIVER, root, str(_SYNCS)], check=True, capture_output=True, timeout=120
    )
    return root, json.loads(done.stdout)


def _contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES if (folder / name).exists()}


def test_only_whole_files(root: tuple[Path, dict[str, bool]]) -> None:
    """Each final name holds nothing, the earlier file or the whole new one."""
    folder, killed = root
    old, new = _contents(folder / "old"), _contents(folder / "new")
    assert set(old) == set(new) == set(FILES)
    assert not any(old[name] == new[name] for name in FILES)
    for out in killed:
        if not (folder / out).exists():
            continue
        found = _contents(folder / out)
        halves = [name for name, data in found.items() if data not in (old[name], new[name])]
        assert halves == [], out
        others = {path.name for path in (folder / out).iterdir()} - set(FILES)
        assert all(name.startswith(".") and name.endswith(".part") for name in others)


def test_every_point_was_met(root: tuple[Path, dict[str, bool]]) -> None:
    """The builds were killed between any two files, so that the rule above was tried."""
    folder, killed = root
    new = _contents(folder / "new")
    done = set()
    for out in list(killed)[-_SYNCS:]:
        assert killed[out], out
        found = _contents(folder / out) if (folder / out).exists() else {}
        done.add(sum(found.get(name) == data for name, data in new.items()))
    assert done == set(range(len(FILES) + 1))


def test_a_later_build_is_not_disturbed(root: tuple[Path, dict[str, bool]]) -> None:
    """After a kill, the same build into the same folder gives what a good build gives."""
    from paperconcepts.cli import main

    folder, killed = root
    out: Any = folder / list(killed)[-7]
    main(["build", str(folder / "new.jsonl"), "--out", str(out), "--quiet"], standalone_mode=False)
    assert _contents(out) == _contents(folder / "new")
