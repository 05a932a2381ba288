"""A case that a person should look at, and what a review knows of each concept."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from paperconcepts.graph import ResearchGraph
from paperconcepts.linking.decision_model import Action, Decision
from paperconcepts.linking.decision_syntax import format_decision
from paperconcepts.linking.moves import family
from paperconcepts.model import Concept, ConceptType

__all__ = ["ConceptFacts", "DoubtfulCase", "Proposal", "describe", "gather_facts", "merge_proposals"]

Proposal = tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class DoubtfulCase:
    """Something that may be wrong with one or two concepts.

    Attributes:
        kind: what makes it doubtful, "one letter apart".
        concepts: ids of the concepts.
        question: what a person is asked.
        doubt: how likely it is that a proposal is right, from 0 to 1; an estimate that serves the order only.
        touched: number of edges that a proposal would change.
        proposals: what may be decided, likeliest first; each is one or more decisions.
    """

    kind: str
    concepts: tuple[str, ...]
    question: str
    doubt: float
    touched: int
    proposals: tuple[Proposal, ...]

    @property
    def value(self) -> float:
        """What a minute on this case is worth: doubt times edges."""
        return round(self.doubt * self.touched, 2)

    def as_dict(self) -> dict[str, Any]:
        """The case as JSON-ready values; proposals are lines of a decisions file."""
        return {
            "kind": self.kind,
            "concepts": list(self.concepts),
            "question": self.question,
            "doubt": self.doubt,
            "touched": self.touched,
            "value": self.value,
            "proposals": [[format_decision(item) for item in proposal] for proposal in self.proposals],
        }


@dataclass(frozen=True, slots=True)
class ConceptFacts:
    """What the graph says of one concept, for a review.

    Attributes:
        concept: the concept.
        forms: its label and aliases.
        papers: ids of its papers.
        edges: number of its edges, to papers and to concepts.
        neighbours: ids of the concepts that it is related to.
        confidence: how sure it is that the papers name a concept there: the mean of their surest mentions.
        votes: number of papers in which most mentions speak for a type.
    """

    concept: Concept
    forms: frozenset[str]
    papers: frozenset[str]
    edges: int
    neighbours: frozenset[str]
    confidence: float
    votes: Mapping[ConceptType, int]


def gather_facts(graph: ResearchGraph) -> dict[str, ConceptFacts]:
    """The facts of each concept of a graph by id, in order of ids."""
    found: dict[str, ConceptFacts] = {}
    for node in graph.concepts():
        key = node.concept.id
        edges = [*graph.graph.in_edges(key, data=True), *graph.graph.out_edges(key, data=True)]
        items = {source: data["item"] for source, _, data in edges if data["kind"] == "assertion"}
        votes: Counter[ConceptType] = Counter()
        for item in items.values():
            sure = Counter(mention.label for mention in item.mentions if not mention.source.endswith("?"))
            if sure:
                votes[min(sure, key=lambda label: (-sure[label], label))] += 1
        related = {end for source, target, _ in edges for end in (source, target)} - set(items) - {key}
        surest = [max(mention.confidence for mention in item.mentions) for item in items.values() if item.mentions]
        mean = sum(surest) / len(surest) if surest else 0.0
        forms = frozenset({node.concept.label, *(alias.text for alias in node.aliases)})
        found[key] = ConceptFacts(
            node.concept, forms, frozenset(items), len(edges), frozenset(related), round(mean, 3), votes
        )
    return found


def describe(facts: ConceptFacts) -> str:
    """A concept in a question.

    Examples:
        >>> concept = Concept(id="zetatune", label="ZetaTune", type=ConceptType.METHOD)
        >>> describe(ConceptFacts(concept, frozenset(), frozenset({"x:1"}), 1, frozenset(), 0.5, {}))
        'ZetaTune (zetatune, Method, 1 paper)'
    """
    papers = len(facts.papers)
    concept = facts.concept
    return f"{concept.label} ({concept.id}, {concept.type}, {papers} {'paper' if papers == 1 else 'papers'})"


def merge_proposals(one: ConceptFacts, other: ConceptFacts) -> tuple[ConceptFacts, tuple[Proposal, ...]]:
    """The concept that a merge would take away, and the merge; retyped before, if the kinds differ.

    The concept with more papers stays, of equal ones that of the catalogue.
    """
    gone, stays = sorted((one, other), key=lambda f: (len(f.papers), f.concept.catalogued, f.edges, f.concept.id))
    merge = Decision(Action.MERGE, gone.concept.id, stays.concept.id)
    if family(gone.concept.type) == family(stays.concept.type):
        return gone, ((merge,),)
    retype = Decision(Action.RETYPE, gone.concept.id, str(stays.concept.type))
    return gone, ((retype, merge),)


def sorted_cases(cases: Iterable[DoubtfulCase]) -> list[DoubtfulCase]:
    """The cases, most valuable first; of several about one proposal only the most valuable."""
    best: dict[Proposal, DoubtfulCase] = {}
    for case in sorted(cases, key=lambda c: (-c.value, c.kind, c.concepts, c.question)):
        best.setdefault(case.proposals[0], case)
    return list(best.values())
