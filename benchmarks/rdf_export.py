"""Measure the RDF export: the seeds with all evidence, and a million triples; time, memory, and rdflib beside it.

    python benchmarks/rdf_export.py [TRIPLES]       (default 1,000,000)

Times are CPU seconds of one process, the best of three; memory is what was held at most while it wrote. The large
graph is made of abstracts of the ACL Anthology corpus, repeated under fresh ids until it is large enough.
"""

import gc
import os
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import Any

from shared_input import shared_folder

from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.model import Evidence, LinkedPaper
from paperconcepts.pipeline import build, extract_and_link
from paperconcepts.rdf import RDF_SYNTAXES, graph_to_rdf, write_rdf
from paperconcepts.sources import merge_papers, read_papers

SECONDS, SPEED, TIMES_RDFLIB = 5.0, 300_000, 10.0
ABSTRACTS = 400


def timed(call: Callable[[], Any], *, runs: int = 3) -> float:
    """The CPU seconds of a call, at best."""
    best = float("inf")
    for _ in range(runs):
        gc.collect()
        began = time.process_time()
        call()
        best = min(best, time.process_time() - began)
    return best


def renamed(linked: LinkedPaper, number: int) -> LinkedPaper:
    """The same paper under another id."""
    name = f"sha:{number:04x}{linked.paper.id.rpartition(':')[2]}"

    def moved(pieces: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        return tuple(replace(piece, paper_id=name) for piece in pieces)

    return replace(
        linked,
        paper=linked.paper.model_copy(update={"id": name, "identifiers": ()}),
        concepts=tuple(
            replace(item, aliases=tuple(replace(alias, paper_id=name) for alias in item.aliases))
            for item in linked.concepts
        ),
        assertions=tuple(replace(a, paper_id=name, evidence=moved(a.evidence)) for a in linked.assertions),
        relations=tuple(replace(r, evidence=moved(r.evidence)) for r in linked.relations),
        results=tuple(replace(r, paper_id=name, evidence=moved((r.evidence,))[0]) for r in linked.results),
        unasserted=(),
    )


def copies(linked: list[LinkedPaper]) -> Iterator[LinkedPaper]:
    """The papers again and again, each time under fresh ids."""
    for number in count():
        yield from (renamed(item, number) for item in linked)


def triples_of(graph: ResearchGraph, folder: Path) -> int:
    """How many triples a graph has: the lines of its N-Triples."""
    write_rdf(graph, folder / "count.nt", "nt")
    with (folder / "count.nt").open("rb") as stream:
        return sum(1 for _ in stream)


def large_graph(wanted: int, folder: Path) -> tuple[ResearchGraph, int]:
    """A graph of about ``wanted`` triples or more, and how many it has."""
    corpus = shared_folder() / "data" / "corpus" / "acl_anthology.jsonl"
    papers = merge_papers(islice(read_papers(corpus), ABSTRACTS))
    linked = list(extract_and_link(papers))
    each = triples_of(build_graph(linked), folder) / len(linked)
    size = int(wanted / each * 1.2)
    graph = build_graph(islice(copies(linked), size))
    return graph, triples_of(graph, folder)


def peak_growth(call: Callable[[], Any]) -> float:
    """The megabytes that a call held at most, beside what was there before it."""
    gc.collect()
    tracemalloc.start()
    call()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1e6


def report(name: str, graph: ResearchGraph, triples: int, folder: Path) -> dict[str, float]:
    """Print a table of all syntaxes, and return the seconds of each."""
    print(f"\n{name}: {len(graph.papers()):,} papers, {triples:,} triples\n")
    print("| syntax | CPU s | triples/s | MB | MB of memory held |\n|---|---|---|---|---|")
    found = {}
    for syntax, way in RDF_SYNTAXES.items():
        path = folder / way.file

        def write(path: Path = path, syntax: str = syntax) -> None:
            write_rdf(graph, path, syntax)

        grown = peak_growth(write)
        found[syntax] = seconds = timed(write)
        size = path.stat().st_size / 1e6
        print(f"| {syntax} | {seconds:.2f} | {triples / seconds:,.0f} | {size:,.0f} | {grown:,.0f} |")
    return found


def main() -> int:
    """Print what was measured; 1 if something that must hold does not."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seeds = build(shared_folder() / "data" / "seeds")
        triples = triples_of(seeds, folder)
        small = report("seeds", seeds, triples, folder)
        rdf = graph_to_rdf(seeds)
        theirs = timed(partial(rdf.serialize, os.devnull, format="turtle"), runs=1)
        times = theirs / small["ttl"]
        print(f"\nrdflib's Turtle of the seeds: {theirs:.1f} s, {times:.0f} times ours; its graph was already filled")
        del rdf, seeds
        graph, number = large_graph(wanted, folder)
        large = report("repeated corpus", graph, number, folder)
    slowest = max(large, key=lambda syntax: large[syntax])
    checks = {
        f"seeds with all evidence under {SECONDS:.0f} s in each syntax": max(small.values()) < SECONDS,
        f"{SPEED:,} triples/s in the slowest syntax ({slowest})": number / large[slowest] >= SPEED,
        f"{TIMES_RDFLIB:.0f} times as fast as rdflib's Turtle": times >= TIMES_RDFLIB,
    }
    print()
    for text, kept in checks.items():
        print(f"  {'ok    ' if kept else 'FAILED'} {text}")
    return 0 if all(checks.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
