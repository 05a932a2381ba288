"""Fill a disk of 2 MB under every writer: the file that was there before must stay as it was, and nothing beside it.

    python benchmarks/disk_full.py [library]      (mounts a tmpfs: only root may; "library": no formats)

Each format is written first of three papers, then, with less room than it needs, of the bundled corpus; of a folder of
several files each has to be the old or the new one, whole. A library has to keep its papers, and be read from a medium
that has become read-only.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from library_speed import FAST, invented, write_papers

from paperconcepts.config import Config
from paperconcepts.errors import ConfigurationError, OutputError, PaperConceptsError
from paperconcepts.examples import example_graph
from paperconcepts.export.formats import EXPORTS, export_graph
from paperconcepts.export.site import write_site
from paperconcepts.export.site.folder import MANIFEST
from paperconcepts.export.targets import TARGETS, export_view
from paperconcepts.graph import ResearchGraph
from paperconcepts.incremental import (
    KeptBuild,
    add_documents,
    build_library,
    keep_decisions,
    remove_from_library,
    status_of_library,
    update_library,
)
from paperconcepts.pipeline import build
from paperconcepts.plots import plot_co_occurrence, save_figure

Writer = Callable[[ResearchGraph, Path], object]
_ROOMS = (0.0, 0.4, 0.9)  # of what the new files need


@contextlib.contextmanager
def small_disk(parent: Path) -> Iterator[Path]:
    """A file system of 2 MB."""
    place = parent / "small"
    place.mkdir(exist_ok=True)
    subprocess.run([_program("mount"), "-t", "tmpfs", "-o", "size=2m", "tmpfs", place], check=True)
    try:
        yield place
    finally:
        subprocess.run([_program("umount"), place], check=True)


def _program(name: str) -> str:
    return shutil.which(name) or name


def fill(place: Path, room: int) -> Path:
    """Leave ``room`` bytes free."""
    ballast = place / "ballast"
    with ballast.open("wb") as stream:
        stream.write(bytes(max(0, shutil.disk_usage(place).free - room)))
    return ballast


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def writers() -> dict[str, Writer]:
    """Every format that a graph can be written to, the site, and a picture."""
    found: dict[str, Writer] = {f"build {name}": partial(_write_format, name) for name in EXPORTS}
    found |= {f"export {name}": partial(_write_target, name) for name in TARGETS}
    return found | {"site": write_site, "plot": _write_plot}


def _write_format(name: str, graph: ResearchGraph, folder: Path) -> None:
    export_graph(graph, folder, formats=[name])


def _write_target(name: str, graph: ResearchGraph, folder: Path) -> None:
    suffix = TARGETS[name].suffix
    export_view(graph, folder / f"graph{suffix}" if suffix else folder, name)


def _write_plot(graph: ResearchGraph, folder: Path) -> None:
    save_figure(plot_co_occurrence(graph), folder / "heatmap.svg")


def try_writer(name: str, write: Writer, graphs: tuple[ResearchGraph, ResearchGraph], parent: Path) -> str:
    """Write on a full disk; what was wrong with that, or ""."""
    fresh = parent / "fresh" / name.replace(" ", "-")
    fresh.mkdir(parents=True)
    try:
        write(graphs[1], fresh)
    except ConfigurationError as error:
        return f"skipped: {error}"
    new = files_of(fresh)
    need = sum(map(len, new.values()))
    problems = []
    for share in _ROOMS:
        with small_disk(parent) as place:
            out = place / "out"
            out.mkdir()
            write(graphs[0], out)
            old = files_of(out)
            ballast = fill(place, int(share * need))
            try:
                write(graphs[1], out)
                problems.append(f"{share:.0%}: no error")
            except OutputError as error:
                if str(place) not in str(error):
                    problems.append(f"{share:.0%}: the message does not name the file: {error}")
            except Exception as error:
                problems.append(f"{share:.0%}: {type(error).__name__}: {error}")
            ballast.unlink()
            problems += [f"{share:.0%}: {line}" for line in compare(old, files_of(out), new)]
    return "; ".join(problems)


def compare(old: dict[str, bytes], found: dict[str, bytes], new: dict[str, bytes]) -> list[str]:
    """What is neither the old file nor the whole new one."""
    lines = [f"{name} has gone" for name in old.keys() - found.keys()]
    lines += [f"{name} was left behind" for name in found.keys() - old.keys() - new.keys()]
    for name, data in found.items():
        if name == MANIFEST and set(json.loads(data)["files"]) >= found.keys() - {name}:
            continue  # The list of a site that was broken off has the files of both.
        if data != old.get(name) and data != new.get(name):
            lines.append(f"{name} is damaged")
    if len(old) == 1 and found != old:
        lines.append("the old file was not kept")
    return lines


def refused(what: str, call: Callable[[], object]) -> None:
    """Print the error of a call that has to fail."""
    try:
        call()
    except (PaperConceptsError, OSError) as error:
        print(f"{what}: {type(error).__name__}: {error}", flush=True)
    else:
        raise AssertionError(f"{what}: nothing was refused")


def papers_of(library: Path, folder: Path) -> bytes:
    """All that the graph of a library holds."""
    export_graph(build_library(library), folder, formats=["jsonl"])
    return (folder / "papers.jsonl").read_bytes()


def try_library(parent: Path) -> None:
    """Every command that writes to a library, on a full disk and on a read-only one."""
    many = write_papers(parent / "many.jsonl", range(50, 5000))
    decisions = parent / "decisions.txt"
    decisions.write_text('rename lora to "LoRA!"\n' + "# a long comment\n" * 2000, encoding="utf-8")
    with small_disk(parent) as place:
        library = place / "my.library"
        add_documents(write_papers(parent / "few.jsonl", range(50)), library, config=FAST)
        before = papers_of(library, parent / "before")
        calls: dict[str, Callable[[], object]] = {
            "add": partial(add_documents, many, library),
            "update": partial(update_library, library, config=Config(profile="default")),
            "update --decisions": partial(keep_decisions, library, decisions),
            "remove": partial(remove_from_library, library, [invented(7)["id"]]),
        }
        refused("full disk, add", calls["add"])
        ballast = fill(place, 0)
        for name in ("add", "update", "update --decisions", "remove"):
            refused(f"no byte left, {name}", calls[name])
            assert papers_of(library, parent / "after") == before
        kept = KeptBuild(library, parent / "after", Config(), ("jsonl",))
        kept.remember([parent / "after/papers.jsonl"], kept.state())  # a note, which may be lost
        ballast.unlink()
        assert status_of_library(library, deep=True).problems == ()
        assert papers_of(library, parent / "after") == before
        subprocess.run([_program("mount"), "-o", "remount,ro", place], check=True)
        for name, call in calls.items():
            refused(f"read-only, {name}", call)
        assert papers_of(library, parent / "after") == before
        subprocess.run([_program("mount"), "-o", "remount,rw", place], check=True)
        remove_from_library(library, [invented(7)["id"]])
        assert {path.name for path in place.iterdir()} == {"my.library"}
    print("library: kept whole, and read from a read-only medium, with the same bytes")


def main() -> None:
    """Try every writer, then the library."""
    with tempfile.TemporaryDirectory() as name:
        parent = Path(os.path.realpath(name))
        if sys.argv[1:] == ["library"]:
            try_library(parent)
            return
        graphs = (build(write_papers(parent / "three.jsonl", range(3)), config=FAST), example_graph())
        results = {name: try_writer(name, write, graphs, parent) for name, write in writers().items()}
        for name, result in results.items():
            print(f"| {name} | {result or 'old file kept'} |", flush=True)
        try_library(parent)
        wrong = [name for name, result in results.items() if result and not result.startswith("skipped")]
        assert not wrong, wrong


if __name__ == "__main__":
    main()
