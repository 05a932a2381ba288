"""A graph of papers and concepts, every edge with its evidence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import networkx as nx

from paperconcepts.errors import UnknownNameError
from paperconcepts.graph import questions, statements
from paperconcepts.graph.names import NameIndex
from paperconcepts.model import Alias, Assertion, Concept, Evidence, Paper, Relation, Result, Role, Status
from paperconcepts.vocabulary import Vocabulary, load_catalogue

__all__ = ["ConceptNode", "ResearchGraph"]


@dataclass(frozen=True, slots=True)
class ConceptNode:
    """A concept in a graph: its aliases (sorted), how many papers have it, and the earliest date of one."""

    concept: Concept
    aliases: tuple[Alias, ...]
    support: int
    first_seen: str | None


class ResearchGraph:
    """Papers and concepts over a public :class:`networkx.MultiDiGraph`.

    Node ids are paper ids (CURIEs, they hold a colon) and concept ids (slugs without one); an edge's key is its role
    or predicate. Nodes carry ``kind`` ("paper" or "concept"), ``label`` and, for concepts, ``concept_type``; edges
    carry ``kind`` ("assertion" or "relation"), ``confidence``, ``support`` (papers behind it) and ``item`` (the
    :class:`Assertion` or :class:`Relation`). Wherever a name is asked for, an id, a label or any alias will do.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> graph = example_graph()
        >>> graph.concept("LoRA").concept.label
        'Low-Rank Adaptation'
        >>> graph.graph.number_of_nodes() == len(graph.papers()) + len(graph.concepts())
        True
    """

    def __init__(self, graph: nx.MultiDiGraph, *, vocabulary: Vocabulary | None = None) -> None:
        """Wrap a graph; ``vocabulary`` (default: the catalogue) knows aliases that no paper happens to use."""
        self.graph = graph
        self._vocabulary = vocabulary

    def __repr__(self) -> str:
        return (
            f"<ResearchGraph: {len(self.papers())} papers, {len(self.concepts())} concepts, "
            f"{self.graph.number_of_edges()} edges>"
        )

    @property
    def vocabulary(self) -> Vocabulary:
        """The catalogue of this graph: the one that it was built with, or the one that ships with the package."""
        return load_catalogue() if self._vocabulary is None else self._vocabulary

    def papers(self) -> list[Paper]:
        """All papers, sorted by id."""
        return [data["paper"] for _, data in sorted(self.graph.nodes(data=True)) if data["kind"] == "paper"]

    def concepts(self) -> list[ConceptNode]:
        """All concepts, sorted by id."""
        return [data["concept"] for _, data in sorted(self.graph.nodes(data=True)) if data["kind"] == "concept"]

    def assertions(self) -> Iterator[Assertion]:
        """All assertions, sorted by paper, strength of role and concept."""
        items = [data["item"] for *_, data in self.graph.edges(data=True) if data["kind"] == "assertion"]
        yield from sorted(items, key=lambda a: (a.paper_id, a.role.rank, a.concept_id))

    def relations(self) -> Iterator[Relation]:
        """All relations, sorted by subject, predicate and object."""
        items = [data["item"] for *_, data in self.graph.edges(data=True) if data["kind"] == "relation"]
        yield from sorted(items, key=lambda r: (r.subject, r.predicate, r.object))

    def paper(self, name: str) -> Paper:
        """The paper of this id, identifier or title.

        Raises:
            UnknownNameError: there is none; near titles are suggested.
        """
        node = self._paper_names.resolve(name)
        if node not in self.graph:
            raise UnknownNameError(name, kind="paper")
        paper: Paper = self.graph.nodes[node]["paper"]
        return paper

    def concept(self, name: str) -> ConceptNode:
        """The concept of this id, label or alias.

        Raises:
            UnknownNameError: there is none; near names are suggested.
        """
        try:
            found = self._concept_names.resolve(name)
        except UnknownNameError:
            # A catalogue alias that no paper of this graph happens to use is still a name of its concept.
            known = [e.concept.id for e in self.vocabulary.find(name) if e.concept.id in self.graph]
            if not known:
                raise
            found = known[0]
        if found not in self.graph:
            raise UnknownNameError(name, kind="concept")
        node: ConceptNode = self.graph.nodes[found]["concept"]
        return node

    def concepts_named(self, name: str) -> list[ConceptNode]:
        """All concepts that bear this id, label or alias, those of most papers first; ``concept`` is the first.

        Examples:
            >>> from paperconcepts.examples import example_graph
            >>> [node.concept.id for node in example_graph().concepts_named("LoRA")]
            ['low-rank-adaptation']
            >>> example_graph().concepts_named("no such thing")
            []
        """
        found = self._concept_names.bearers(name)
        if not found:
            found = [e.concept.id for e in self.vocabulary.find(name)]
        return [self.graph.nodes[node]["concept"] for node in found if node in self.graph]

    def papers_named(self, name: str) -> list[Paper]:
        """All papers of this id, identifier or title; ``paper`` is the first.

        Examples:
            >>> from paperconcepts.examples import example_graph
            >>> [paper.id for paper in example_graph().papers_named("2305.18290")]
            ['arxiv:2305.18290']
        """
        return [self.graph.nodes[node]["paper"] for node in self._paper_names.bearers(name) if node in self.graph]

    def papers_using(self, name: str, *, roles: Sequence[str] | None = None) -> "list[questions.PaperRow]":
        """Papers that have a concept, newest first; by default in any role but ``mentions``.

        ``roles`` holds :class:`Role` values or their names.

        Raises:
            UnknownNameError: no concept bears this name.
            ValueError: there is no such role.

        Examples:
            >>> from paperconcepts.examples import example_graph
            >>> rows = example_graph().papers_using("LoRA")
            >>> [row.role for row in rows if row.title.startswith("QLoRA")]
            [<Role.USES: 'uses'>]
        """
        # A misspelt role would else be answered with an empty list.
        wanted = (
            None if roles is None else tuple(Role(role) for role in ((roles,) if isinstance(roles, str) else roles))
        )
        return questions.papers_with(self, self.concept(name).concept.id, roles=wanted)

    def concepts_of(self, paper: str) -> list[Assertion]:
        """What a paper does with which concepts, strongest role first.

        Raises:
            UnknownNameError: no paper bears this name.
        """
        edges = self.graph.out_edges(self.paper(paper).id, data=True)
        return sorted((data["item"] for *_, data in edges), key=lambda a: (a.role.rank, a.concept_id))

    def why(self, paper: str, concept: str) -> list[Evidence]:
        """The evidence for the edge between a paper and a concept, most confident first.

        Raises:
            UnknownNameError: no such paper or concept, or no edge between them.
        """
        paper_id, concept_id = self.paper(paper).id, self.concept(concept).concept.id
        edges = self.graph.get_edge_data(paper_id, concept_id)
        if not edges:
            raise UnknownNameError(f"{paper_id} -> {concept_id}", kind="edge")
        found = [evidence for data in edges.values() for evidence in data["item"].evidence]
        return sorted(found, key=lambda e: (-e.confidence, e.field != "title", e.start, e.rule))

    def co_occurring(self, name: str, *, limit: int | None = 20) -> "list[questions.CoOccurrence]":
        """Concepts that stand in the same papers, most shared papers first.

        Raises:
            UnknownNameError: no concept bears this name.
        """
        return questions.co_occurring(self, self.concept(name).concept.id, limit=limit)

    def timeline(self, name: str) -> "list[questions.TimelineRow]":
        """Papers per year and role for a concept, oldest year first; papers without a date are left out.

        Raises:
            UnknownNameError: no concept bears this name.
        """
        return questions.timeline(self, self.concept(name).concept.id)

    def introduced_by(self, name: str) -> "list[questions.PaperRow]":
        """Papers that introduce a concept, oldest first.

        Raises:
            UnknownNameError: no concept bears this name.
        """
        rows = questions.papers_with(self, self.concept(name).concept.id, roles=(Role.INTRODUCES,))
        return sorted(rows, key=lambda row: (row.issued or "9999", row.paper_id))

    def results(
        self, *, paper: str | None = None, dataset: str | None = None, metric: str | None = None,
        subject: str | None = None, baseline: str | None = None,
    ) -> list[Result]:  # fmt: skip
        """The results that papers state, by paper and place; of those that are asked for, all must agree.

        Hedged and denied ones are among them: see the status of their evidence.

        Raises:
            UnknownNameError: no paper or concept bears a name.

        Examples:
            >>> from paperconcepts.examples import example_graph
            >>> example_graph().results(metric="accuracy")
            []
        """
        names = {"dataset": dataset, "metric": metric, "subject": subject, "baseline": baseline}
        wanted = {field: self.concept(name).concept.id for field, name in names.items() if name is not None}
        return statements.stated_results(self, paper_id=self.paper(paper).id if paper is not None else None, **wanted)

    def unasserted_relations(self, *, paper: str | None = None, status: str | None = None) -> list[Relation]:
        """The relations that papers only hedge or deny; they are no edges.

        Raises:
            UnknownNameError: no paper bears this name.
            ValueError: there is no such status.
        """
        paper_id = self.paper(paper).id if paper is not None else None
        wanted = Status(status) if status is not None else None
        return statements.unasserted_relations(self, paper_id=paper_id, status=wanted)

    @cached_property
    def _concept_names(self) -> NameIndex:
        nodes = self.concepts()
        return NameIndex(
            "concept", ((n.concept.id, [n.concept.label, *(a.text for a in n.aliases)], n.support) for n in nodes)
        )

    @cached_property
    def _paper_names(self) -> NameIndex:
        return NameIndex(
            "paper",
            (
                (p.id, [p.title, *p.identifiers, p.id.split(":", 1)[-1], *(s.record for s in p.sources)], 1)
                for p in self.papers()
            ),
        )
