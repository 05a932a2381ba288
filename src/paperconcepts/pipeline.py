"""The main job: documents in, research graph out."""

import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import islice
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from typing import Any

from paperconcepts.config import Config
from paperconcepts.extraction import extract, load_pipeline
from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.linking import link, resolve_aliases
from paperconcepts.model import ConceptType, LinkedPaper, Paper, Predicate, Role
from paperconcepts.sources import ReadReport, merge_papers, read_papers
from paperconcepts.version import __version__

__all__ = ["BuildReport", "Inputs", "build", "extract_and_link"]

Inputs = str | Path | Iterable[str | Path]
Progress = Callable[[int, int], None]
_CHUNK = 100


@dataclass(slots=True)
class BuildReport:
    """What a build read, made and left out. It holds no times, so that equal builds have equal reports."""

    read: ReadReport = field(default_factory=ReadReport)
    papers: int = 0
    concepts: dict[str, int] = field(default_factory=dict)
    edges: dict[str, int] = field(default_factory=dict)
    relations: dict[str, int] = field(default_factory=dict)
    mentions: dict[str, int] = field(default_factory=dict)
    empty_papers: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON-ready values."""
        return {
            "version": __version__,
            "read": self.read.as_dict(),
            "papers": self.papers,
            "concepts": self.concepts,
            "edges": self.edges,
            "relations": self.relations,
            "mentions_by_source": self.mentions,
            "papers_without_concepts": self.empty_papers,
        }

    def count(self, graph: ResearchGraph) -> None:
        """Fill in the counts of a finished graph."""
        papers = graph.papers()
        self.papers = len(papers)
        types = Counter(node.concept.type for node in graph.concepts())
        self.concepts = {str(label): types[label] for label in ConceptType}
        assertions = list(graph.assertions())
        roles = Counter(item.role for item in assertions)
        self.edges = {str(role): roles[role] for role in Role}
        predicates = Counter(item.predicate for item in graph.relations())
        self.relations = {str(predicate): predicates[predicate] for predicate in Predicate}
        sources = Counter(m.source.rstrip("?").partition(":")[0] for item in assertions for m in item.mentions)
        self.mentions = dict(sorted(sources.items()))
        self.empty_papers = sorted({paper.id for paper in papers} - {item.paper_id for item in assertions})


def build(
    inputs: Inputs, *, config: Config | None = None, report: BuildReport | None = None, progress: Progress | None = None
) -> ResearchGraph:
    """Read documents and build the research graph of their papers.

    The same input gives the same graph whatever the order of files and the number of processes. Bad records are
    skipped and counted in ``report`` (an error with ``Config(strict=True)``). ``progress`` is called with
    (papers done, papers in all). With ``processes`` above 1, a script must guard its own code with
    ``if __name__ == "__main__":``, as the workers import it.

    Raises:
        SourceError: an input cannot be read or its format is unknown.

    Examples:
        >>> from paperconcepts.examples import corpus_path
        >>> graph = build(corpus_path())
        >>> graph.introduced_by("DPO")[0].paper_id
        'arxiv:2305.18290'
    """
    config = config or Config()
    report = report if report is not None else BuildReport()
    records = read_papers(inputs, format=config.input_format, report=report.read, strict=config.strict)
    papers = merge_papers(records, report=report.read)
    linked: list[LinkedPaper] = []
    for item in extract_and_link(papers, processes=config.processes):
        linked.append(keep_confident(item, config.min_confidence) if config.min_confidence else item)
        if progress is not None:
            progress(len(linked), len(papers))
    graph = build_graph(resolve_aliases(linked))
    report.count(graph)
    return graph


def extract_and_link(papers: Iterable[Paper], *, processes: int = 1) -> Iterator[LinkedPaper]:
    """Extract and link papers, in order. With several processes, chunks of papers go out and plain rows come back."""
    if processes == 1:
        yield from link(extract(papers))
        return
    stream = iter(papers)
    # Forking a process that has threads (a notebook, a server) can hang; a fresh interpreter cannot.
    fresh = get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=fresh, initializer=_prepare_worker) as pool:
        # A bounded window of chunks, so that a long stream is never read ahead of the workers.
        waiting = [pool.submit(_link_chunk, chunk) for chunk in islice(_chunks(stream), processes * 2)]
        while waiting:
            yield from waiting.pop(0).result()
            waiting += [pool.submit(_link_chunk, chunk) for chunk in islice(_chunks(stream), 1)]


def _prepare_worker() -> None:
    # Ctrl-C goes to the whole process group; only the parent answers it. A parent that was killed answers nothing, and
    # its workers would wait for it for ever.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    load_pipeline()


def _leave_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _chunks(papers: Iterator[Paper]) -> Iterator[list[Paper]]:
    while chunk := list(islice(papers, _CHUNK)):
        yield chunk


def _link_chunk(papers: list[Paper]) -> list[LinkedPaper]:
    return list(link(extract(papers)))


def keep_confident(linked: LinkedPaper, threshold: float) -> LinkedPaper:
    """Return a paper without the assertions below ``threshold``, their concepts and relations."""
    kept = tuple(item for item in linked.assertions if item.confidence >= threshold)
    ids = {item.concept_id for item in kept}
    return replace(
        linked,
        assertions=kept,
        concepts=tuple(item for item in linked.concepts if item.concept.id in ids),
        relations=tuple(item for item in linked.relations if item.subject in ids and item.object in ids),
    )
