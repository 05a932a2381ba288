"""Measure a library: the first build, the same again without a change, ten papers more. Prints Markdown.

    python benchmarks/library_speed.py [N]              (a library of N invented papers, default 50,000)
    python benchmarks/library_speed.py compare [N]      (and a build without a library beside it, default 2,000)

The papers are invented and extracted with the profile "fast".
"""

import contextlib
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from paperconcepts.config import Config
from paperconcepts.export.formats import export_graph
from paperconcepts.extraction import load_pipeline
from paperconcepts.incremental import (
    KeptBuild,
    add_documents,
    build_library,
    remove_from_library,
    status_of_library,
    update_library,
)
from paperconcepts.pipeline import build

FAST = Config(profile="fast")
_HEADS = ("tuning", "network", "benchmark", "attention", "decoder")
_USED = ("LoRA", "BERT", "Adam", "GPT-4", "diffusion models", "reinforcement learning")
_ON = ("ImageNet", "GLUE", "GSM8K", "MMLU", "CIFAR-10", "SQuAD")


def invented(number: int) -> dict[str, Any]:
    """A paper that nobody wrote, of the length and with the concepts of a short abstract."""
    dice = random.Random(number)  # noqa: S311 - no secrets
    name = f"{dice.choice(('Wombat', 'Quokka', 'Numbat', 'Bilby', 'Emu'))}{dice.choice(('Net', 'LM', 'Former'))}"
    name += str(number // 3 + 1)
    used, other, on = dice.choice(_USED), dice.choice(_USED), dice.sample(_ON, 2)
    abstract = (
        f"Carrying small things is hard, and report {number} asks why. We propose {name}, a {dice.choice(_HEADS)} "
        f"method that extends {used} and is trained with {other}. It is evaluated on {on[0]} and on the {on[1]} "
        f"benchmark, where accuracy improves by {dice.randint(1, 90) / 10} points over {dice.choice(_USED)}. "
        f"Further studies of {used} show that burrows of depth {number % 17} help, and that the cost of inference "
        f"falls by {number % 50} percent."
    )
    date = f"{2015 + number % 10}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return {"id": f"{15 + number % 10:02}{number % 12 + 1:02}.{number:05}", "title": f"{name}: pouches, part {number}",
            "abstract": abstract, "date": date}  # fmt: skip


def write_papers(path: Path, numbers: range) -> Path:
    """Invented papers as JSON Lines."""
    with path.open("w", encoding="utf-8") as stream:
        for number in numbers:
            stream.write(json.dumps(invented(number)) + "\n")
    return path


@contextlib.contextmanager
def timed(name: str) -> Iterator[None]:
    """Print how long the block took."""
    began, cpu = time.perf_counter(), time.process_time()
    yield
    print(f"| {name} | {time.perf_counter() - began:.2f} | {time.process_time() - cpu:.2f} |", flush=True)


def measure(count: int, folder: Path, *, compare: bool) -> None:
    """Print the table of times."""
    many = write_papers(folder / "many.jsonl", range(count))
    few = write_papers(folder / "few.jsonl", range(count, count + 10))
    library = folder / "my.library"
    load_pipeline("fast")
    print(f"{count:,} invented papers, profile fast\n\n| step | wall s | CPU s |\n|---|---|---|", flush=True)
    if compare:
        with timed("build without a library, one format"):
            export_graph(build(many, config=FAST), folder / "fresh", formats=["jsonl"])
    with timed("first `add`"):
        add_documents(many, library, config=FAST)
    with timed("first build of the library, one format"):
        _build(library, folder / "out")
    if compare:
        same = (folder / "out/papers.jsonl").read_bytes() == (folder / "fresh/papers.jsonl").read_bytes()
        print(f"| (the same bytes: {same}) | | |")
    with timed("build again into the same folder, nothing changed"):
        _build(library, folder / "out")
    with timed("`add` again, nothing changed"):
        add_documents(many, library)
    with timed("`update`, nothing changed"):
        update_library(library)
    with timed("`add` 10 papers, extraction included"):
        add_documents(few, library)
    with timed("build with the 10 papers"):
        _build(library, folder / "out")
    with timed("`remove` one paper"):
        remove_from_library(library, [invented(7)["id"]])
    with timed("`status` with its check"):
        found = status_of_library(library)
    print(f"\n{found.papers:,} papers, {found.size / 1e6:.1f} MB, problems: {found.problems}")


def _build(library: Path, folder: Path) -> None:
    """What `paperconcepts build --library` does, without its report."""
    kept = KeptBuild(library, folder, Config(), ("jsonl",))
    state = kept.completed_state()
    if not kept.current_files(state):
        kept.remember(export_graph(build_library(library), folder, formats=["jsonl"]), state)


def main() -> None:
    """Run what the arguments name."""
    compare = "compare" in sys.argv[1:]
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    with tempfile.TemporaryDirectory() as name:
        measure(numbers[0] if numbers else 2_000 if compare else 50_000, Path(name), compare=compare)


if __name__ == "__main__":
    main()
