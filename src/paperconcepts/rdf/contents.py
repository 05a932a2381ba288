"""What an export finds in a graph, looked up once and grouped by paper."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paperconcepts.graph import ConceptNode, ResearchGraph
from paperconcepts.graph.belief import is_of_catalogue
from paperconcepts.model import Assertion, Evidence, Paper, Predicate, Relation, SourceRecord
from paperconcepts.rdf.detail import DetailLevel
from paperconcepts.rdf.iris import Iris, encode_curie
from paperconcepts.rdf.terms import Term, iri

__all__ = ["Contents", "PaperClaims"]

_Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class PaperClaims:
    """A paper with what it says of concepts.

    Attributes:
        paper: the paper.
        graphs: the named graphs that it is in: one for each file that it was read from.
        assertions: its assertions.
        evidence: all evidence from it.
    """

    paper: Paper
    graphs: tuple[Term, ...]
    assertions: list[Assertion]
    evidence: Sequence[Evidence]

    def sentences(self) -> set[_Place]:
        """Where its evidence stands: field, start and end of each sentence."""
        return {(piece.field, piece.start, piece.end) for piece in self.evidence}

    def spans(self) -> set[_Place]:
        """The places of the mentions in its evidence."""
        return {(piece.field, start, end) for piece in self.evidence for start, end in piece.spans}


class Contents:
    """The parts of a graph in the order of an export."""

    def __init__(self, graph: ResearchGraph, iris: Iris, level: DetailLevel) -> None:
        self.iris, self.level = iris, level
        papers = graph.papers()
        # The order of all IRIs that hold the paper's name and more.
        self._papers = sorted((encode_curie(paper.id) + "_", paper.id, paper) for paper in papers)
        self.files: dict[str, list[SourceRecord]] = defaultdict(list)
        self.graphs: dict[str, tuple[Term, ...]] = {}
        for paper in papers:
            self.graphs[paper.id] = self._graphs_of(paper)
            for record in paper.sources:
                self.files[record.file].append(record)
        self.nodes: list[ConceptNode] = graph.concepts()
        self.assertions = list(graph.assertions())
        self.relations = list(graph.relations())
        self.results = graph.results() if level.has_evidence else []
        known = graph.graph.graph
        # A build notes what shaped the graph; one made by hand knows of neither.
        self.configuration: str = known.get("configuration", "")
        self._digests: dict[str, str] = known.get("source_digests", {})
        self.evidence_of: dict[str, list[str]] = {}
        self._assertions_of: dict[str, list[Assertion]] = defaultdict(list)
        self._evidence_in: dict[str, list[Evidence]] = defaultdict(list)
        for item in self.assertions:
            self._assertions_of[item.paper_id].append(item)
        if level.has_evidence:
            for owner, pieces in self._owners():
                self.evidence_of[owner] = [iris.evidence(owner, piece) for piece in pieces]
                for piece in pieces:
                    self._evidence_in[piece.paper_id].append(piece)

    def digest(self, file: str) -> str:
        """The SHA-256 of an input file, of its archive for a member of one; empty if it is not known."""
        while file not in self._digests and "/" in file:
            file = file.rpartition("/")[0]
        return self._digests.get(file, "")

    def _graphs_of(self, paper: Paper) -> tuple[Term, ...]:
        files = {record.file for record in paper.sources}
        return tuple(sorted(iri(self.iris.source_graph(file)) for file in files)) or (iri(self.iris.papers_graph),)

    def _owners(self) -> Iterator[tuple[str, tuple[Evidence, ...]]]:
        for item in self.assertions:
            yield self.iris.assertion(item), item.evidence
        for relation in self.relations:
            yield self.iris.relation(relation), relation.evidence
        for result in self.results:
            yield self.iris.result(result), (result.evidence,)

    @property
    def first_papers(self) -> list[Paper]:
        """The first paper, if there is one."""
        return [paper for *_, paper in self._papers[:1]]

    def portions(self) -> Iterator[list[PaperClaims]]:
        """The papers in order of their names, so that what is named after them is in order from portion to portion.

        A portion is one paper; only where the name of one begins that of another ("a:b" and "a:b_c"), it is both.
        """
        portion: list[PaperClaims] = []
        first = ""
        for name, _, paper in self._papers:
            if portion and not name.startswith(first):
                yield portion
                portion = []
            if not portion:
                first = name
            portion.append(self._claims(paper))
        if portion:
            yield portion

    def _claims(self, paper: Paper) -> PaperClaims:
        found = self._assertions_of.get(paper.id, [])
        return PaperClaims(paper, self.graphs[paper.id], found, self._evidence_in.get(paper.id, ()))

    def concepts(self) -> Iterator[tuple[ConceptNode, list[Relation], list[str]]]:
        """Each concept with the relations that start from it and the concepts that are broader."""
        present = {node.concept.id for node in self.nodes}
        outgoing: dict[str, list[Relation]] = defaultdict(list)
        for relation in self.relations:
            outgoing[relation.subject].append(relation)
        for node in self.nodes:
            found = outgoing.get(node.concept.id, [])
            # The catalogue may place a concept under one that no paper has; the graph has the nearest that is present.
            broader = {item for item in node.concept.broader if item in present}
            broader |= {relation.object for relation in found if _is_catalogued(relation)}
            yield node, found, sorted(broader)

    def evidence(self) -> dict[Term, Evidence]:
        """Each piece of evidence by its name."""
        return {
            iri(name): piece
            for owner, pieces in self._owners()
            for name, piece in zip(self.evidence_of[owner], pieces, strict=True)
        }


def _is_catalogued(relation: Relation) -> bool:
    return relation.predicate is Predicate.IS_A and any(map(is_of_catalogue, relation.evidence))
