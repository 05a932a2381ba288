"""Fold linked papers into a graph. The order of the papers makes no difference."""

from collections import Counter, defaultdict
from collections.abc import Iterable

import networkx as nx

from paperconcepts.graph.research_graph import ConceptNode, ResearchGraph
from paperconcepts.model import Alias, Concept, Evidence, LinkedPaper, Predicate, Relation
from paperconcepts.vocabulary import Vocabulary, load_catalogue

__all__ = ["CATALOGUE_RULE", "build_graph", "combined_confidence"]

CATALOGUE_RULE = "catalogue:broader"


def combined_confidence(evidence: Iterable[Evidence]) -> float:
    """Belief in a triple from independent pieces of evidence: one minus the product of their doubts, at most 0.99.

    One paper counts once, by its best evidence (sentences of one author are not independent). The form is that of
    INDRA's belief model (Gyori et al., Molecular Systems Biology 13:954, 2017) without its systematic error term.

    Examples:
        >>> combined_confidence([])
        0.0
    """
    best: dict[str, float] = {}
    for item in evidence:
        best[item.paper_id] = max(best.get(item.paper_id, 0.0), item.confidence)
    doubt = 1.0
    for confidence in sorted(best.values()):
        doubt *= 1.0 - confidence
    return round(min(0.99, 1.0 - doubt), 4) if best else 0.0


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
            support=len({evidence.paper_id for evidence in relation.evidence} - {""}),
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
        graph.add_node(paper.id, kind="paper", label=paper.label, year=paper.year, paper=paper)
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
    for concept_id in sorted(node for node, data in graph.nodes(data=True) if data["kind"] == "concept"):
        for ancestor in _nearest_present(concept_id, vocabulary, graph):
            evidence[concept_id, Predicate.IS_A, ancestor].append(
                Evidence("", "", 0, 0, (), "", -1, -1, CATALOGUE_RULE, "1", 0.99)
            )
    return [
        Relation(subject, predicate, target, combined_confidence(found), tuple(sorted(found, key=_evidence_key)))
        for (subject, predicate, target), found in sorted(evidence.items())
    ]


def _evidence_key(evidence: Evidence) -> tuple[str, bool, int, int, str, tuple[tuple[int, int], ...]]:
    return (
        evidence.paper_id,
        evidence.field != "title",
        evidence.start,
        evidence.cue_start,
        evidence.rule,
        evidence.spans,
    )


def _nearest_present(concept_id: str, vocabulary: Vocabulary, graph: nx.MultiDiGraph) -> list[str]:
    found: list[str] = []
    level, seen = [concept_id], {concept_id}
    while level:
        following: list[str] = []
        for current in level:
            entry = vocabulary.get(current)
            for broader in entry.concept.broader if entry else ():
                if broader in seen:
                    continue
                seen.add(broader)
                if broader in graph:
                    found.append(broader)
                else:
                    following.append(broader)
        level = following
    return found
