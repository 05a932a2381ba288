"""Measure abstracts per second of each stage, in one process and on all cores, and the peak memory.

    python benchmarks/stage_speed.py [N]       (default: all 4,799 abstracts of the ACL Anthology corpus)

Times are CPU seconds of one process except in the last row (wall clock, all cores). Start-up is left out: the pipeline
is warm before the clock starts. Run it on an otherwise idle machine.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from shared_input import shared_folder

from paperconcepts.export.formats import export_graph
from paperconcepts.extraction import extract, load_pipeline
from paperconcepts.graph import build_graph
from paperconcepts.linking import link, resolve_aliases
from paperconcepts.model import LinkedPaper, Paper
from paperconcepts.pipeline import extract_and_link
from paperconcepts.sources import merge_papers, read_papers

BATCH = 500


def timed(call: Callable[[], Any], *, clock: Callable[[], float] = time.process_time) -> tuple[Any, float]:
    """The result of a call and the seconds it took."""
    began = clock()
    result = call()
    return result, clock() - began


def extracted_and_linked(papers: list[Paper]) -> tuple[list[LinkedPaper], float, float]:
    """Link papers as a build does, a batch at a time, with the seconds of extraction and of linking."""
    linked: list[LinkedPaper] = []
    extraction = linking = 0.0
    for start in range(0, len(papers), BATCH):
        batch = papers[start : start + BATCH]
        annotated, seconds = timed(partial(list, extract(batch)))
        extraction += seconds
        rows, seconds = timed(partial(list, link(annotated)))
        linking += seconds
        linked += rows
    return linked, extraction, linking


def main() -> None:
    """Print the table as Markdown."""
    corpus = shared_folder() / "data" / "corpus" / "acl_anthology.jsonl"
    limit = int(sys.argv[1]) if len(sys.argv) > 1 else None
    records, read = timed(lambda: list(read_papers(corpus))[:limit])
    papers, merge = timed(lambda: merge_papers(records))
    load_pipeline()
    list(link(extract(papers[:500])))
    linked, extraction, linking = extracted_and_linked(papers)
    resolved, aliases = timed(lambda: resolve_aliases(linked))
    graph, folding = timed(lambda: build_graph(resolved))
    before_export = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with tempfile.TemporaryDirectory() as folder:
        _, export = timed(lambda: export_graph(graph, Path(folder)))
    cores = os.cpu_count() or 1
    _, parallel = timed(lambda: sum(1 for _ in extract_and_link(papers, processes=cores)), clock=time.perf_counter)
    count = len(papers)
    rows = {
        "read": read, "merge": merge, "extract": extraction, "link": linking, "extract + link": extraction + linking,
        "resolve aliases": aliases, "build graph": folding, "write all formats": export,
    }  # fmt: skip
    print(f"{count:,} abstracts, {len(graph.concepts()):,} concepts, {graph.graph.number_of_edges():,} edges\n")
    print("| stage | CPU s | abstracts/s | ms an abstract |\n|---|---|---|---|")
    for name, seconds in rows.items():
        print(f"| {name} | {seconds:.2f} | {count / seconds:,.0f} | {1000 * seconds / count:.2f} |")
    speed = f"{count / parallel:,.0f} | {1000 * parallel / count:.2f}"
    print(f"| extract + link, {cores} processes, wall clock | {parallel:.2f} | {speed} |")
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak memory: {before_export:,.0f} MB before the export, {after:,.0f} MB after it")


if __name__ == "__main__":
    main()
