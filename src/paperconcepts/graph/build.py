"""Fold linked papers into a graph. The order of the papers makes no difference."""

from collections import Counter, defaultdict
from collections.abc import Iterable

import networkx as nx

from paperconcepts.graph.belief import combined_confidence, support_of
from paperconcepts.graph.catalogue_edges import catalogue_edges
from paperconcepts.graph.research_graph import ConceptNode, ResearchGraph
from paperconcepts.model import Alias, Concept, Evidence, LinkedPaper, Predicate, Relation, evidence_order
from paperconcepts.vocabulary import Vocabulary, load_catalogue

__all__ = ["build_graph"]


def build_graph(linked: Iterable[LinkedPaper], *, vocabulary: Vocabulary | None = None) -> ResearchGraph:
    """Build the research graph of these papers.

    Each paper must occur once. Concepts that the catalogue places below another concept of the graph get an ``is_a``
    edge to their nearest such ancestors, whose evidence names the catalogue.

    Raises:
        ValueError: two of the papers have one id.
    """
    vocabulary = load_catalogue() if vocabulary is None else vocabulary
    papers = sorted(linked, key=lambda item: item.paper.id)
    graph = nx.MultiDiGraph()
    _add_nodes(graph, papers)
    for item in papers:
        for assertion in item.assertions:
            graph.add_edge(
                assertion.paper_id,
                assertion.concept_id,
                key=str(assertion.role),
                kind="assertion",
                confidence=assertion.confidence,
                support=1,
                item=assertion,
            )
    for relation in _merged_relations(papers, vocabulary, graph):
        graph.add_edge(
            relation.subject,
            relation.object,
            key=str(relation.predicate),
            kind="relation",
            confidence=relation.confidence,
            support=support_of(relation.evidence),
            item=relation,
        )
    return ResearchGraph(graph, vocabulary=vocabulary)


def _add_nodes(graph: nx.MultiDiGraph, papers: list[LinkedPaper]) -> None:
    seen: set[str] = set()
    concepts: dict[str, list[Concept]] = defaultdict(list)
    aliases: dict[str, set[Alias]] = defaultdict(set)
    dates: dict[str, list[str]] = defaultdict(list)
    for item in papers:
        paper = item.paper
        if paper.id in seen:
            raise ValueError(f"paper {paper.id} occurs twice; merge its records with merge_papers first")
        seen.add(paper.id)
        graph.add_node(
            paper.id, kind="paper", label=paper.label, year=paper.year, paper=paper,
            results=item.results, unasserted=item.unasserted,
        )  # fmt: skip
        for linked in item.concepts:
            concepts[linked.concept.id].append(linked.concept)
            aliases[linked.concept.id].update(linked.aliases)
            if paper.issued:
                dates[linked.concept.id].append(paper.issued)
    for concept_id, found in sorted(concepts.items()):
        concept = _majority(found)
        node = ConceptNode(
            concept,
            tuple(sorted(aliases[concept_id], key=lambda a: (a.text, a.reason, a.paper_id))),
            len(found),
            min(dates[concept_id], default=None),
        )
        graph.add_node(concept_id, kind="concept", label=concept.label, concept_type=str(concept.type), concept=node)


def _majority(concepts: list[Concept]) -> Concept:
    # Papers may type or spell a new concept differently: the commonest reading wins, ties by name.
    counts = Counter(concepts)
    return min(counts, key=lambda c: (not c.catalogued, -counts[c], str(c.type), c.label))


def _merged_relations(papers: list[LinkedPaper], vocabulary: Vocabulary, graph: nx.MultiDiGraph) -> list[Relation]:
    evidence: dict[tuple[str, Predicate, str], list[Evidence]] = defaultdict(list)
    for item in papers:
        for relation in item.relations:
            evidence[relation.subject, relation.predicate, relation.object].extend(relation.evidence)
    nodes = graph.nodes(data=True)
    concepts = {node: data["concept"].concept.type for node, data in nodes if data["kind"] == "concept"}
    for lower, upper, entry in catalogue_edges(concepts, vocabulary):
        evidence[lower, Predicate.IS_A, upper].append(entry)
    return [merged_relation(*triple, found) for triple, found in sorted(evidence.items())]


def merged_relation(subject: str, predicate: Predicate, target: str, evidence: Iterable[Evidence]) -> Relation:
    """The relation that all this evidence is for, believed as far as it goes."""
    ordered = tuple(sorted(evidence, key=evidence_order))
    return Relation(subject, predicate, target, combined_confidence(ordered), ordered)
