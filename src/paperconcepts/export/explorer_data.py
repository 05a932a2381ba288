"""The data inside the interactive page: papers, concepts and edges, with their evidence as offsets into the texts.

Rows are lists, not records, and what repeats is a number into a table: the page of a corpus is hardly larger than its
abstracts. Confidences are thousandths.
"""

import bisect
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from paperconcepts.export.cleaning import clean_line, keep_web_url, mask_text
from paperconcepts.export.explorer_map import ConceptMap, map_concepts
from paperconcepts.export.palette import CONCEPT_COLOURS
from paperconcepts.export.presentation import Node, describe_nodes, sort_evidence
from paperconcepts.model import ConceptType, Evidence, Paper, Predicate, Role, Status

if TYPE_CHECKING:
    from paperconcepts.graph import ConceptNode, ResearchGraph

__all__ = ["ExplorerData", "utf16_offset"]

_MOST_EVIDENCE = 5
_MOST_AUTHORS = 12
_MOST_CODE_LINKS = 3
_FIELDS = ("title", "abstract")
_ROLES, _PREDICATES, _TYPES, _STATUSES = tuple(Role), tuple(Predicate), tuple(ConceptType), tuple(Status)


class ExplorerData:
    """The rows of the page, in the order of ``graph``; nodes name each other by their number among their kind.

    Examples:
        >>> from paperconcepts.graph import build_graph
        >>> data = ExplorerData(build_graph([]))
        >>> list(data.papers()), list(data.concepts())
        ([], [])
    """

    def __init__(self, graph: "ResearchGraph", nodes: Sequence[Node] = ()) -> None:
        """Take ``nodes`` from a drawing of the whole graph, if there is one, else describe them anew."""
        self._papers = graph.papers()
        self._concepts = graph.concepts()
        whole = len(nodes) == len(self._papers) + len(self._concepts)
        self._nodes = tuple(nodes) if whole else tuple(describe_nodes(graph)[0].values())
        self._assertions = list(graph.assertions())
        self._relations = list(graph.relations())
        self._by_id = {paper.id: paper for paper in self._papers}
        self._paper_rank = {paper.id: number for number, paper in enumerate(self._papers)}
        self._concept_rank = {node.concept.id: number for number, node in enumerate(self._concepts)}
        self._converters: dict[tuple[str, str], Callable[[int], int]] = {}
        self._reasons = sorted({alias.reason for node in self._concepts for alias in node.aliases})
        evidence = [item.evidence for item in self._assertions] + [item.evidence for item in self._relations]
        self._rules = sorted({one.rule for pieces in evidence for one in self._quoted(pieces)})
        self._map = self._draw()

    def settings(self) -> dict[str, Any]:
        """The tables that rows refer to, the colours of concept types, and the topics with their leading concepts."""
        return {
            "types": [str(one) for one in _TYPES],
            "colours": [CONCEPT_COLOURS[one] for one in _TYPES],
            "roles": [str(one) for one in _ROLES],
            "predicates": [str(one) for one in _PREDICATES],
            "statuses": [str(one) for one in _STATUSES],
            "reasons": [clean_line(one) for one in self._reasons],
            "rules": [clean_line(one) for one in self._rules],
            "topics": self._map.topics,
        }

    def papers(self) -> Iterator[list[Any]]:
        """Yield ``[id, title, label if there is no title, date, url, x, y]``."""
        for node, paper, (x, y) in zip(self._nodes, self._papers, self._map.paper_places, strict=False):
            title = mask_text(paper.title)
            label = "" if title.strip() else node.label
            yield [node.id, title, label, paper.issued or "", node.url, round(x), round(y)]

    def concepts(self) -> Iterator[list[Any]]:
        """Yield ``[id, label, type, date, x, y, topic, definition, [[alias, reason, paper] …]]``."""
        nodes = self._nodes[len(self._papers) :]
        places = self._map.concept_places
        for node, concept, (x, y), topic in zip(nodes, self._concepts, places, self._map.topic_of, strict=True):
            kind = _TYPES.index(concept.concept.type)
            definition = clean_line(concept.concept.definition or "")
            aliases = self._aliases(concept, node.label)
            yield [node.id, node.label, kind, node.date, round(x), round(y), topic, definition, aliases]

    def links(self) -> Iterator[tuple[int, int, int]]:
        """Yield the strongest ties as (concept, concept, papers that share them)."""
        yield from self._map.links

    def assertions(self) -> Iterator[list[int]]:
        """Yield ``[paper, concept, role, confidence]``."""
        for one in self._assertions:
            ends = [self._paper_rank[one.paper_id], self._concept_rank[one.concept_id]]
            yield [*ends, _ROLES.index(one.role), _thousandths(one.confidence)]

    def relations(self) -> Iterator[list[int]]:
        """Yield ``[subject, object, predicate, confidence]``."""
        for one in self._relations:
            ends = [self._concept_rank[one.subject], self._concept_rank[one.object]]
            yield [*ends, _PREDICATES.index(one.predicate), _thousandths(one.confidence)]

    def texts(self) -> Iterator[list[Any]]:
        """Yield ``[abstract, authors, number of authors, venue, code links]`` for each paper."""
        for paper in self._papers:
            code = [kept for url in paper.code_urls if (kept := keep_web_url(url))]
            authors = [clean_line(author) for author in paper.authors[:_MOST_AUTHORS]]
            count = max(paper.author_count or 0, len(paper.authors))
            venue = clean_line(paper.venue or "")
            yield [mask_text(paper.abstract), authors, count, venue, code[:_MOST_CODE_LINKS]]

    def assertion_evidence(self) -> Iterator[list[Any]]:
        """Yield ``[evidence, mentions]`` for each assertion; mentions as ``field, start, end`` one after the other."""
        for one in self._assertions:
            paper = self._by_id[one.paper_id]
            mentions = [
                number
                for mention in one.mentions
                for number in (
                    _FIELDS.index(mention.field),
                    *self._convert(paper, mention.field, (mention.start, mention.end)),
                )
            ]
            yield [self._evidence(one.evidence), mentions]

    def relation_evidence(self) -> Iterator[list[Any]]:
        """Yield the evidence of each relation; it is empty for what the catalogue says."""
        for one in self._relations:
            yield self._evidence(one.evidence)

    def _evidence(self, evidence: Iterable[Evidence]) -> list[list[int]]:
        """The best pieces as ``[paper, field, start, end, cue start, cue end, rule, confidence, status, spans …]``."""
        return [self._piece(one) for one in self._quoted(evidence)]

    def _quoted(self, evidence: Iterable[Evidence]) -> list[Evidence]:
        return [one for one in sort_evidence(evidence) if one.paper_id in self._by_id][:_MOST_EVIDENCE]

    def _piece(self, one: Evidence) -> list[int]:
        paper = self._by_id[one.paper_id]
        offsets = self._convert(paper, one.field, (one.start, one.end, one.cue_start, one.cue_end))
        spans = [offset for span in one.spans for offset in self._convert(paper, one.field, span)]
        how = [bisect.bisect_left(self._rules, one.rule), _thousandths(one.confidence), _STATUSES.index(one.status)]
        return [self._paper_rank[one.paper_id], _FIELDS.index(one.field), *offsets, *how, *spans]

    def _convert(self, paper: Paper, field: str, offsets: Iterable[int]) -> list[int]:
        key = (paper.id, field)
        if key not in self._converters:
            self._converters[key] = utf16_offset(paper.text(field))
        # -1 says that there is no such place.
        return [self._converters[key](offset) if offset >= 0 else -1 for offset in offsets]

    def _aliases(self, concept: "ConceptNode", label: str) -> list[list[Any]]:
        """Each other name once, with its best reason and the paper that gave it (-1 for none)."""
        best: dict[str, list[Any]] = {}
        for alias in sorted(concept.aliases, key=lambda one: (-one.confidence, one.reason, one.paper_id, one.text)):
            text = clean_line(alias.text)
            if text and text != label and text not in best:
                paper = self._paper_rank.get(alias.paper_id, -1)
                best[text] = [text, bisect.bisect_left(self._reasons, alias.reason), paper]
        return [best[text] for text in sorted(best)]

    def _draw(self) -> ConceptMap:
        members: list[set[int]] = [set() for _ in self._papers]
        for one in self._assertions:
            members[self._paper_rank[one.paper_id]].add(self._concept_rank[one.concept_id])
        pairs = [(self._concept_rank[one.subject], self._concept_rank[one.object]) for one in self._relations]
        return map_concepts([node.concept.id for node in self._concepts], [sorted(one) for one in members], pairs)


def utf16_offset(text: str) -> Callable[[int], int]:
    """Return the function from code points into ``text`` to UTF-16 units, as JavaScript counts.

    Examples:
        >>> utf16_offset("a\N{ROBOT FACE}b")(2)
        3
    """
    wide = [index for index, character in enumerate(text) if ord(character) > 0xFFFF]

    def convert(offset: int) -> int:
        return offset + bisect.bisect_left(wide, offset)

    return convert


def _thousandths(confidence: float) -> int:
    return round(1000 * confidence) if math.isfinite(confidence) else 0
