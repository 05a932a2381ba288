"""Why an edge is in the graph, in words and with the text behind it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from paperconcepts.errors import UnknownNameError
from paperconcepts.graph import ResearchGraph, support_of
from paperconcepts.graph.belief import is_of_catalogue
from paperconcepts.graph.statements import unasserted_relations
from paperconcepts.model import Assertion, ConceptType, Evidence, Predicate, Relation, Role
from paperconcepts.query.alias_chain import AliasChain, chains_of_papers
from paperconcepts.query.quotation import Quotation, quote

__all__ = ["EdgeExplanation", "Explanation", "explain", "explain_edge", "explain_relations"]


@dataclass(frozen=True, slots=True)
class Explanation(Quotation):
    """One piece of evidence for what a paper does with a concept, with its sentence.

    ``edge_confidence`` is how far the whole edge is believed, ``chains`` say how the marked words lead to the concept.
    """

    role: Role
    concept_id: str
    label: str
    type: ConceptType
    edge_confidence: float
    chains: tuple[AliasChain, ...]


@dataclass(frozen=True, slots=True)
class EdgeExplanation:
    """An edge with everything that speaks for it.

    Attributes:
        kind: ``assertion`` (from a paper to a concept), ``relation`` (between two concepts) or ``unasserted`` (what
            would be a relation, but papers only hedge or deny it: no edge).
        subject: id of the paper or concept that the edge comes from.
        subject_label: its title or label.
        relation: the role or predicate.
        object: id of the concept that the edge leads to.
        object_label: its label.
        object_type: its type.
        confidence: how far the edge is believed.
        support: the number of papers behind it.
        catalogue: for an ``is_a`` of the catalogue the entries from the subject up to the object, else empty.
        quotations: the evidence from papers, most confident first.
        titles: the titles of these papers by id.
        chains: how the marked words lead to the concepts.
    """

    kind: str
    subject: str
    subject_label: str
    relation: str
    object: str
    object_label: str
    object_type: ConceptType
    confidence: float
    support: int
    catalogue: tuple[str, ...]
    quotations: tuple[Quotation, ...]
    titles: dict[str, str]
    chains: tuple[AliasChain, ...]

    def pieces(self) -> Iterator[Explanation]:
        """The evidence of an edge from a paper, piece by piece, each with the chains of what is marked in it."""
        for item in self.quotations:
            marked = {item.sentence[start:end] for start, end in item.spans}
            yield Explanation(
                item.sentence,
                item.spans,
                item.cue,
                item.evidence,
                Role(self.relation),
                self.object,
                self.object_label,
                self.object_type,
                self.confidence,
                tuple(chain for chain in self.chains if chain.surface in marked),
            )


def explain(graph: ResearchGraph, paper: str, concept: str) -> list[Explanation]:
    """The evidence for the edge between a paper and a concept, most confident first.

    Raises:
        UnknownNameError: no such paper or concept, or no edge between them.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> explain(example_graph(), "2305.18290", "DPO")[0].role.value
        'introduces'
    """
    return list(explain_edge(graph, paper, concept).pieces())


def explain_edge(graph: ResearchGraph, paper: str, concept: str) -> EdgeExplanation:
    """Why a paper is joined to a concept.

    Raises:
        UnknownNameError: no such paper or concept, or no edge between them.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> edge = explain_edge(example_graph(), "2305.18290", "DPO")
        >>> edge.relation, edge.support, str(edge.chains[0])[:30]
        ('introduces', 1, '"Direct Preference Optimizatio')
    """
    paper_id, concept_id = graph.paper(paper).id, graph.concept(concept).concept.id
    edges = graph.graph.get_edge_data(paper_id, concept_id)
    if not edges:
        raise UnknownNameError(f"{paper_id} -> {concept_id}", kind="edge")
    # A paper has each concept in one role.
    item = min((data["item"] for data in edges.values()), key=lambda found: found.role.rank)
    return _edge(graph, item, 1)


def explain_relations(graph: ResearchGraph, one: str, other: str) -> list[EdgeExplanation]:
    """Why two concepts are related: every relation between them, in both directions, most believed first.

    What papers only hedge or deny comes last, as ``unasserted`` with confidence 0. Empty if there is nothing.

    Raises:
        UnknownNameError: no such concept.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> for edge in explain_relations(example_graph(), "LoRA", "QLoRA"):
        ...     print(edge.subject, edge.relation, edge.object, edge.catalogue)
        qlora is_a low-rank-adaptation ('qlora', 'low-rank-adaptation')
        qlora extends low-rank-adaptation ()
    """
    ends = (graph.concept(one).concept.id, graph.concept(other).concept.id)
    found: dict[tuple[str, str, str], EdgeExplanation] = {}
    for subject, target in (ends, ends[::-1]):
        for key, data in (graph.graph.get_edge_data(subject, target) or {}).items():
            found[subject, key, target] = _edge(graph, data["item"], support_of(data["item"].evidence))
    related = [edge for _, edge in sorted(found.items(), key=lambda item: (-item[1].confidence, item[0]))]
    return [*related, *_unasserted(graph, frozenset(ends))]


def _unasserted(graph: ResearchGraph, ends: frozenset[str]) -> Iterator[EdgeExplanation]:
    """The relations between two concepts that papers only hedge or deny, each once."""
    evidence: dict[tuple[str, Predicate, str], list[Evidence]] = defaultdict(list)
    for item in unasserted_relations(graph):
        if {item.subject, item.object} == ends:
            evidence[item.subject, item.predicate, item.object] += item.evidence
    for triple, found in sorted(evidence.items()):
        yield replace(_edge(graph, Relation(*triple, 0.0, tuple(found)), support_of(found)), kind="unasserted")


def _edge(graph: ResearchGraph, item: Assertion | Relation, support: int) -> EdgeExplanation:
    subject, relation, target = (
        (item.paper_id, str(item.role), item.concept_id)
        if isinstance(item, Assertion)
        else (item.subject, str(item.predicate), item.object)
    )
    evidence = [found for found in item.evidence if not is_of_catalogue(found)]
    evidence.sort(key=lambda e: (-e.confidence, e.paper_id, e.field != "title", e.start, e.rule))
    of_catalogue = len(evidence) < len(item.evidence)
    nodes = graph.graph.nodes
    papers = list(dict.fromkeys(found.paper_id for found in evidence))
    return EdgeExplanation(
        kind="assertion" if isinstance(item, Assertion) else "relation",
        subject=subject,
        subject_label=nodes[subject]["label"],
        relation=relation,
        object=target,
        object_label=nodes[target]["label"],
        object_type=nodes[target]["concept"].concept.type,
        confidence=item.confidence,
        support=support,
        catalogue=tuple(_path_up(graph, subject, target)) if of_catalogue else (),
        quotations=tuple(quote(nodes[found.paper_id]["paper"], found) for found in evidence),
        titles={paper_id: nodes[paper_id]["label"] for paper_id in papers},
        chains=tuple(_chains(graph, [end for end in (subject, target) if end not in papers], evidence)),
    )


def _chains(graph: ResearchGraph, concepts: Iterable[str], evidence: Iterable[Evidence]) -> Iterable[AliasChain]:
    """The chains of the words that the evidence marks, each once."""
    marked: dict[str, set[str]] = defaultdict(set)
    for item in evidence:
        text = graph.graph.nodes[item.paper_id]["paper"].text(item.field)
        marked[item.paper_id].update(text[start:end] for start, end in item.spans)
    seen: set[tuple[str, str]] = set()
    for concept_id in concepts:
        for words, chains in zip(marked.values(), chains_of_papers(graph, concept_id, marked), strict=True):
            for chain in chains:
                if chain.surface in words and (str(chain), concept_id) not in seen:
                    seen.add((str(chain), concept_id))
                    yield chain


def _path_up(graph: ResearchGraph, lower: str, upper: str) -> list[str]:
    """The entries of the catalogue from one up to another, by the shortest way."""
    paths = [[lower]]
    seen = {lower}
    while paths:
        following = []
        for path in paths:
            entry = graph.vocabulary.get(path[-1])
            for broader in entry.concept.broader if entry else ():
                if broader == upper:
                    return [*path, upper]
                if broader not in seen:
                    seen.add(broader)
                    following.append([*path, broader])
        paths = following
    # The catalogue of today may no longer say what that of the build said.
    return [lower, upper]
