"""All triples of a graph, subject by subject. Every export is made from this one stream."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from paperconcepts.graph import ConceptNode, ResearchGraph
from paperconcepts.graph.belief import is_of_catalogue
from paperconcepts.model import Assertion, Evidence, Paper, Predicate, Relation, SourceRecord
from paperconcepts.rdf.iris import Iris
from paperconcepts.rdf.passages import evidence_pairs, mention_pairs, source_pairs, span_pairs, text_pairs
from paperconcepts.rdf.records import (
    assertion_pairs,
    concept_pairs,
    paper_pairs,
    relation_pairs,
    run_pairs,
    scheme_pairs,
)
from paperconcepts.rdf.terms import Pair
from paperconcepts.version import __version__

__all__ = ["describe_graph"]

# A subject and what will describe it: the triples themselves are made one subject at a time.
_Entry: TypeAlias = tuple[str, Callable[[], list[Pair]]]


def describe_graph(graph: ResearchGraph, *, base: str) -> Iterator[tuple[str, set[Pair]]]:
    """Yield each subject of the RDF of a graph once, with all its (predicate, object) pairs.

    Subjects come in the order of N-Triples lines, so a writer that sorts within a subject has sorted the file, and
    nothing but the subjects' names is held. No blank nodes.

    Raises:
        ConfigurationError: ``base`` is not a usable IRI.
    """
    entries = sorted(_entries(graph, Iris(base)), key=lambda entry: entry[0] + ">")
    for subject, group in groupby(entries, key=itemgetter(0)):
        yield subject, {pair for _, describe in group for pair in describe()}


def _entries(graph: ResearchGraph, iris: Iris) -> Iterator[_Entry]:
    papers = {paper.id: paper for paper in graph.papers()}
    assertions = list(graph.assertions())
    relations = list(graph.relations())
    files = _records_by_file(papers.values())
    yield iris.scheme, scheme_pairs
    yield iris.run(__version__), partial(run_pairs, files, iris)
    for file, records in files.items():
        yield iris.source(file), partial(source_pairs, records)
    yield from _paper_entries(papers, assertions, iris)
    yield from _concept_entries(graph.concepts(), relations, iris)
    spans = set[tuple[str, str, int, int]]()
    sentences = set[tuple[str, str, int, int]]()
    for item in assertions:
        spans.update((item.paper_id, mention.field, mention.start, mention.end) for mention in item.mentions)
        yield from _assertion_entries(item, papers, iris)
    for relation in relations:
        owner = iris.relation(relation)
        yield owner, partial(relation_pairs, relation, [iris.evidence(owner, e) for e in relation.evidence], iris)
        yield from _evidence_entries(owner, relation.evidence, papers, iris)
    for piece in _all_evidence(assertions, relations):
        if piece.paper_id in papers:
            sentences.add((piece.paper_id, piece.field, piece.start, piece.end))
            spans.update((piece.paper_id, piece.field, start, end) for start, end in piece.spans)
    for place in sentences:
        yield iris.sentence(*place), partial(span_pairs, "Sentence", papers[place[0]], *place[1:], iris)
    for place in spans:
        yield iris.mention(*place), partial(span_pairs, "Mention", papers[place[0]], *place[1:], iris)


def _paper_entries(papers: dict[str, Paper], assertions: list[Assertion], iris: Iris) -> Iterator[_Entry]:
    by_paper: dict[str, list[Assertion]] = defaultdict(list)
    for item in assertions:
        by_paper[item.paper_id].append(item)
    for paper in papers.values():
        yield iris.paper(paper.id), partial(paper_pairs, paper, by_paper[paper.id], iris)
        for field in ("title", "abstract"):
            if paper.text(field):
                yield iris.text(paper.id, field), partial(text_pairs, paper, field, iris)


def _concept_entries(nodes: list[ConceptNode], relations: list[Relation], iris: Iris) -> Iterator[_Entry]:
    present = {node.concept.id for node in nodes}
    outgoing: dict[str, list[Relation]] = defaultdict(list)
    for relation in relations:
        outgoing[relation.subject].append(relation)
    for node in nodes:
        found = outgoing[node.concept.id]
        # The catalogue may place a concept under one that no paper has; the graph holds the nearest that is present.
        broader = {item for item in node.concept.broader if item in present}
        broader |= {relation.object for relation in found if _is_catalogued(relation)}
        yield iris.concept(node.concept.id), partial(concept_pairs, node, found, sorted(broader), iris)


def _is_catalogued(relation: Relation) -> bool:
    return relation.predicate is Predicate.IS_A and any(map(is_of_catalogue, relation.evidence))


def _assertion_entries(item: Assertion, papers: dict[str, Paper], iris: Iris) -> Iterator[_Entry]:
    owner = iris.assertion(item)
    mentions = [iris.mention(item.paper_id, m.field, m.start, m.end) for m in item.mentions]
    yield owner, partial(assertion_pairs, item, [iris.evidence(owner, e) for e in item.evidence], mentions, iris)
    yield from _evidence_entries(owner, item.evidence, papers, iris)
    for iri, mention in zip(mentions, item.mentions, strict=True):
        yield iri, partial(mention_pairs, mention, item.concept_id, iris)


def _evidence_entries(
    owner: str, evidence: Iterable[Evidence], papers: dict[str, Paper], iris: Iris
) -> Iterator[_Entry]:
    for piece in evidence:
        yield iris.evidence(owner, piece), partial(evidence_pairs, piece, iris, located=piece.paper_id in papers)


def _all_evidence(assertions: list[Assertion], relations: list[Relation]) -> Iterator[Evidence]:
    for item in assertions:
        yield from item.evidence
    for relation in relations:
        yield from relation.evidence


def _records_by_file(papers: Iterable[Paper]) -> dict[str, list[SourceRecord]]:
    files: dict[str, list[SourceRecord]] = defaultdict(list)
    for paper in papers:
        for record in paper.sources:
            files[record.file].append(record)
    return files
