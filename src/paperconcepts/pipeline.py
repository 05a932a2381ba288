"""The main job: documents in, research graph out."""

import gc
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import islice
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from typing import Any

from paperconcepts.config import Config
from paperconcepts.extraction import extract, load_pipeline
from paperconcepts.extraction.pipeline import DEFAULT_PROFILE
from paperconcepts.extraction.sentences import sentence_spans
from paperconcepts.extraction.span_ranker import load_ranker
from paperconcepts.extraction.tagger_weights import load_weights
from paperconcepts.graph import ResearchGraph, among_concepts, build_graph, keep_believed
from paperconcepts.linking import link, resolve_aliases
from paperconcepts.linking.coverage import MENTION_SOURCES, SentenceCoverage, mention_source
from paperconcepts.linking.decision_syntax import format_decision
from paperconcepts.linking.decisions import Decisions, DecisionsReport, apply_decisions, read_decisions
from paperconcepts.linking.relation_model import load_relation_model
from paperconcepts.linking.role_model import load_role_model
from paperconcepts.linking.versions import relate_versions
from paperconcepts.model import ConceptType, LinkedPaper, Paper, Predicate, Role, Sentence
from paperconcepts.sources import ReadReport, merge_papers, read_papers
from paperconcepts.sources.file_digests import digest_inputs
from paperconcepts.version import __version__

__all__ = ["BuildReport", "Inputs", "assemble", "build", "describe_models", "extract_and_link", "load_to_stay"]

Inputs = str | Path | Iterable[str | Path]
Progress = Callable[[int, int], None]
_CHUNK = 100
_LISTED = 100  # ids and examples in a report; counts are of all


@dataclass(slots=True)
class BuildReport:
    """What a build read, made and left out. It holds no times, so that equal builds have equal reports.

    Attributes:
        configuration: the SHA-256 of the settings that shaped the graph, see `paperconcepts.config.Config.digest`.
        read: what the reader read and skipped.
        papers: number of distinct papers.
        concepts: counts by type.
        edges: counts of assertions by role.
        relations: counts by predicate.
        mentions: counts by the component that found them.
        empty_papers: ids of all papers from which nothing was drawn.
        left_out_papers: ids of all papers of which limits or decisions left nothing.
        coverage: sentences in which no concept is named, with those that have a cue for one.
        decisions: which decisions of a decisions file changed something; None if there is no such file.
    """

    configuration: str = ""
    read: ReadReport = field(default_factory=ReadReport)
    papers: int = 0
    concepts: dict[str, int] = field(default_factory=dict)
    edges: dict[str, int] = field(default_factory=dict)
    relations: dict[str, int] = field(default_factory=dict)
    mentions: dict[str, int] = field(default_factory=dict)
    empty_papers: list[str] = field(default_factory=list)
    left_out_papers: list[str] = field(default_factory=list)
    coverage: SentenceCoverage = field(default_factory=lambda: SentenceCoverage(limit=_LISTED))
    decisions: DecisionsReport | None = None

    @property
    def mention_shares(self) -> dict[str, float]:
        """The share of the mentions that each component found."""
        total = sum(self.mentions.values())
        return {name: round(count / total, 4) if total else 0.0 for name, count in self.mentions.items()}

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON-ready values."""
        return {
            "version": __version__,
            "configuration": self.configuration,
            "read": self.read.as_dict(),
            "papers": self.papers,
            "concepts": self.concepts,
            "edges": self.edges,
            "relations": self.relations,
            "mentions_by_source": self.mentions,
            "papers_without_concepts": self.empty_papers[:_LISTED],
            "coverage": {
                "listed_at_most": _LISTED,
                "papers_without_concepts": len(self.empty_papers),
                "papers_left_out": len(self.left_out_papers),
                "mention_shares": self.mention_shares,
                **self.coverage.as_dict(),
            },
            **({"decisions": self.decisions.as_dict()} if self.decisions else {}),
        }

    def count(self, graph: ResearchGraph, drawn: Collection[str] = ()) -> None:
        """Fill in the counts of a finished graph; ``drawn`` are the papers that had concepts before limits."""
        papers = graph.papers()
        self.papers = len(papers)
        types = Counter(node.concept.type for node in graph.concepts())
        self.concepts = {str(label): types[label] for label in ConceptType}
        assertions = list(graph.assertions())
        roles = Counter(item.role for item in assertions)
        self.edges = {str(role): roles[role] for role in Role}
        predicates = Counter(item.predicate for item in graph.relations())
        self.relations = {str(predicate): predicates[predicate] for predicate in Predicate}
        sources = Counter(mention_source(m.source) for item in assertions for m in item.mentions)
        others = sorted(sources.keys() - set(MENTION_SOURCES))
        self.mentions = {name: sources[name] for name in (*MENTION_SOURCES, *others)}
        bare = {paper.id for paper in papers} - {item.paper_id for item in assertions}
        self.left_out_papers = sorted(bare & set(drawn))
        self.empty_papers = sorted(bare - set(drawn))


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
        DecisionsError: the decisions file cannot be read, or a decision is wrong.

    Examples:
        >>> from paperconcepts.examples import corpus_path
        >>> graph = build(corpus_path())
        >>> graph.introduced_by("DPO")[0].paper_id
        'arxiv:2305.18290'
    """
    config = config or Config()
    report = report if report is not None else BuildReport()
    # First, so that a file that cannot be read costs no extraction; its mistakes are told with those in its names.
    decisions = read_decisions(config.decisions, keep_problems=True) if config.decisions is not None else None
    inputs = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    records = read_papers(
        inputs, format=config.input_format, report=report.read, strict=config.strict, columns=config.columns
    )
    papers = merge_papers(records, report=report.read)
    report.read.digests = digest_inputs(inputs)
    linked = extract_and_link(papers, profile=config.profile, processes=config.processes)
    if progress is not None:
        linked = _told(linked, len(papers), progress)
    return assemble(linked, decisions=decisions, config=config, report=report)


def _told(linked: Iterable[LinkedPaper], total: int, progress: Progress) -> Iterator[LinkedPaper]:
    for done, item in enumerate(linked, 1):
        progress(done, total)
        yield item


def assemble(
    papers: Iterable[LinkedPaper], *, decisions: Decisions | None, config: Config, report: BuildReport
) -> ResearchGraph:
    """Make the graph of papers that were linked one by one: the part of a build that needs the whole corpus.

    Raises:
        DecisionsError: a decision is wrong.
    """
    linked: list[LinkedPaper] = []
    drawn: set[str] = set()
    for item in papers:
        linked.append(keep_confident(item, config.min_confidence) if config.min_confidence else item)
        # What limits leave out was found all the same.
        report.coverage.add(item, _sentences(item.paper))
        drawn.update({item.paper.id} if item.assertions else ())
    resolved = resolve_aliases(linked)
    if decisions is not None:
        report.decisions = DecisionsReport()
        resolved = apply_decisions(resolved, decisions, sentences=_sentences, report=report.decisions)
        # What was renamed, merged or split may have another family now.
        resolved = relate_versions(resolved)
    graph = build_graph(resolved)
    if config.min_support > 1:
        graph = keep_believed(graph, min_support=config.min_support)
    report.configuration = config.digest(format_decision(replace(item, comment="")) for item in decisions or ())
    graph.graph.graph.update(configuration=report.configuration, source_digests=report.read.digests)
    report.count(graph, drawn)
    return graph


def _sentences(paper: Paper) -> Iterator[Sentence]:
    if paper.title.strip():
        yield Sentence("title", 0, len(paper.title))
    for start, end in sentence_spans(paper.abstract):
        yield Sentence("abstract", start, end)


def extract_and_link(
    papers: Iterable[Paper], *, profile: str = DEFAULT_PROFILE, processes: int = 1
) -> Iterator[LinkedPaper]:
    """Extract and link papers, in order. With several processes, chunks of papers go out and plain rows come back.

    ``profile`` names the components that extract, see `paperconcepts.extraction.extract`.
    """
    if processes == 1:
        yield from link(extract(papers, profile=profile))
        return
    stream = iter(papers)
    # Forking a process that has threads (a notebook, a server) can hang; a fresh interpreter cannot.
    fresh = get_context("spawn")
    prepare = partial(_prepare_worker, profile)
    with ProcessPoolExecutor(processes, mp_context=fresh, initializer=prepare) as pool:
        # A bounded window of chunks, so that a long stream is never read ahead of the workers.
        waiting = [pool.submit(_link_chunk, chunk, profile) for chunk in islice(_chunks(stream), processes * 2)]
        while waiting:
            yield from waiting.pop(0).result()
            waiting += [pool.submit(_link_chunk, chunk, profile) for chunk in islice(_chunks(stream), 1)]


@cache
def load_to_stay(profile: str = DEFAULT_PROFILE) -> None:
    """Load what extracts in a process that does nothing else: the garbage collector need not look at it again.

    It would walk over the vocabulary and the catalogue many times a minute, which costs about a twentieth of the time.
    """
    load_pipeline(profile)
    gc.collect()
    gc.freeze()


def _prepare_worker(profile: str = DEFAULT_PROFILE) -> None:
    # Ctrl-C goes to the whole process group; only the parent answers it. A parent that was killed answers nothing, and
    # its workers would wait for it for ever.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    load_to_stay(profile)


def _leave_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _chunks(papers: Iterator[Paper]) -> Iterator[list[Paper]]:
    while chunk := list(islice(papers, _CHUNK)):
        yield chunk


def _link_chunk(papers: list[Paper], profile: str) -> list[LinkedPaper]:
    return list(link(extract(papers, profile=profile)))


def describe_models() -> str:
    """The versions of the trained models that this installation holds, each read and checked."""
    versions = {
        "tagger": load_weights().version, "ranker": load_ranker().version,
        "roles": load_role_model().version, "relations": load_relation_model().version,
    }  # fmt: skip
    return ", ".join(f"{name} {version}" for name, version in versions.items())


def keep_confident(linked: LinkedPaper, threshold: float) -> LinkedPaper:
    """Return a paper without the assertions below ``threshold``, their concepts and relations."""
    kept = tuple(item for item in linked.assertions if item.confidence >= threshold)
    ids = {item.concept_id for item in kept}
    return replace(
        linked,
        assertions=kept,
        concepts=tuple(item for item in linked.concepts if item.concept.id in ids),
        relations=tuple(item for item in linked.relations if item.subject in ids and item.object in ids),
        unasserted=tuple(item for item in linked.unasserted if item.subject in ids and item.object in ids),
        results=tuple(item for result in linked.results if (item := among_concepts(result, ids)) is not None),
    )
