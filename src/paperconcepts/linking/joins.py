"""Find concepts of a corpus that are one: by spelling, by acronyms spelt out, by head noun, by a slip of the pen.

Only concepts that no catalogue knows are joined to others. Every join keeps its reason; nothing compares all with all.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from paperconcepts.linking.moves import family
from paperconcepts.linking.slips import find_slips
from paperconcepts.linking.variants import expand_acronyms, without_general_head
from paperconcepts.model import Concept, LinkedPaper, Role
from paperconcepts.vocabulary import Vocabulary, loose_key, spelt_alike

__all__ = ["JOIN_CONFIDENCE", "Join", "find_joins"]

JOIN_CONFIDENCE = {"spelling": 0.9, "spelt out": 0.85, "head noun": 0.8, "near spelling": 0.7}


# Two capitals in a name of several words.
_CAPITALS = re.compile(r"[A-Z]{2}")
_BORDER = re.compile(r"[\s\-/]")


# "LSTM - Long Short-Term Memory".
_WITH_ACRONYM = re.compile(r"[A-Z][\w-]{1,9}\s+[-–—:]\s+(?P<long>\S+\s.*)")


@dataclass(frozen=True, slots=True)
class Join:
    """The concept that another one is joined to, and why: the least certain reason on the way."""

    target: Concept
    reason: str

    @property
    def confidence(self) -> float:
        """How far joins for this reason are trusted."""
        return JOIN_CONFIDENCE[self.reason]


@dataclass(slots=True)
class _Node:
    """A new concept of the corpus."""

    concept: Concept
    papers: set[str] = field(default_factory=set)
    introduced: bool = False


def find_joins(papers: Sequence[LinkedPaper], vocabulary: Vocabulary) -> dict[str, Join]:
    """{id of a new concept: what it is joined to}. The order of the papers makes no difference.

    A concept is joined to one of its own kind only: methods and models are one kind, every other type is one.

    Examples:
        >>> from paperconcepts.extraction import extract
        >>> from paperconcepts.linking import link
        >>> from paperconcepts.model import Paper
        >>> from paperconcepts.vocabulary import load_catalogue
        >>> texts = ["We propose ZetaTune 2, a model.", "We use ZetaTune2 as our model."]
        >>> papers = [Paper(id=f"x:{number}", abstract=text) for number, text in enumerate(texts)]
        >>> joins = find_joins(list(link(extract(papers))), load_catalogue())
        >>> [(name, join.target.id, join.reason) for name, join in joins.items()]
        [('zetatune-2', 'zetatune2', 'spelling')]
    """
    return _Joiner(papers, vocabulary).joins()


class _Joiner:
    def __init__(self, papers: Sequence[LinkedPaper], vocabulary: Vocabulary) -> None:
        self._papers = papers
        self._vocabulary = vocabulary
        self._nodes = _new_concepts(papers)
        self._catalogue = _catalogue_keys(vocabulary)
        self._steps: dict[str, tuple[Concept, str]] = {}
        self._keys: dict[tuple[str, str], list[_Node]] = defaultdict(list)

    def joins(self) -> dict[str, Join]:
        # The commonest name first: it is what the others are joined to.
        ordered = sorted(self._nodes.values(), key=lambda n: (-len(n.papers), len(n.concept.label), n.concept.id))
        for node in ordered:
            self._join_spelling(node)
        roots = [node for node in ordered if node.concept.id not in self._steps]
        for node in roots:
            self._join_head(node)
        open_ones = [n.concept for n in roots if n.concept.id not in self._steps and not n.introduced]
        labels = [n.concept.label for n in ordered]
        doubtful = [(concept.id, concept.label) for concept in open_ones]
        for concept_id, form in find_slips(doubtful, labels, self._vocabulary, self._papers):
            self._join_slip(self._nodes[concept_id], form)
        found = {concept_id: self._end(concept_id) for concept_id in sorted(self._steps)}
        return {concept_id: join for concept_id, join in found.items() if join.target.id != concept_id}

    def _end(self, concept_id: str) -> Join:
        target, weakest = self._steps[concept_id]
        seen = {concept_id}
        while target.id in self._steps and target.id not in seen:
            seen.add(target.id)
            target, reason = self._steps[target.id]
            weakest = min(weakest, reason, key=JOIN_CONFIDENCE.__getitem__)
        return Join(target, weakest)

    def _join_spelling(self, node: _Node) -> None:
        label, kind = node.concept.label, family(node.concept.type)
        # What the catalogue knows in just this spelling has been weighed in its paper: it is something else.
        known_here = self._vocabulary.find(label)
        for key, reason in self._readings(label):
            coined = node.introduced and " " not in label
            known = None if known_here or coined else self._catalogued(key, kind, label)
            if known is not None:
                self._steps[node.concept.id] = known, reason
                return
            for other in self._keys.get((kind, key), ()):
                if self._may_be(node, other) and bool(known_here) is bool(self._vocabulary.find(other.concept.label)):
                    self._steps[node.concept.id] = other.concept, reason
                    return
        for key, _ in self._readings(label):
            self._keys[kind, key].append(node)

    @staticmethod
    def _may_be(one: _Node, other: _Node) -> bool:
        """Whether two new concepts may be one; not if two papers introduce them, each its own: LLM-Rec and LLMRec."""
        rivals = one.introduced and other.introduced and not one.papers & other.papers
        return not rivals and spelt_alike(one.concept.label, other.concept.label)

    def _readings(self, label: str) -> Iterator[tuple[str, str]]:
        yield loose_key(label), "spelling"
        if _has_acronym_beside(label):
            spelt = _WITH_ACRONYM.fullmatch(label)
            full = spelt["long"] if spelt else expand_acronyms(label, {}, self._vocabulary)
            if full != label:
                yield loose_key(full), "spelt out"

    def _catalogued(self, key: str, kind: str, label: str) -> Concept | None:
        """The one catalogue concept of this kind that bears a form of this key, in any paper."""
        found = {
            concept.id: concept
            for form, concept in self._catalogue.get(key, ())
            if family(concept.type) == kind and spelt_alike(form, label)
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def _join_head(self, node: _Node) -> None:
        rest = without_general_head(node.concept.label)
        if rest is None:
            return
        target = self._named(rest, node)
        # "LLM framework" is no LLM: with the noun goes what told the types apart.
        if target is not None and target.type is node.concept.type:
            self._steps[node.concept.id] = target, "head noun"

    def _join_slip(self, node: _Node, form: str) -> None:
        target = self._named(form, node)
        if target is None:
            return
        other = self._nodes.get(target.id)
        if other is None or (len(other.papers) > len(node.papers) and not other.papers & node.papers):
            self._steps[node.concept.id] = target, "near spelling"

    def _named(self, name: str, node: _Node) -> Concept | None:
        """The one concept of the corpus or the catalogue that bears this name, of the kind of ``node``."""
        kind = family(node.concept.type)
        for key, _ in self._readings(name):
            known = self._catalogued(key, kind, name)
            if known is not None:
                return known
            others = [other for other in self._keys.get((kind, key), ()) if spelt_alike(name, other.concept.label)]
            rivals = node.introduced and any(o.introduced and not o.papers & node.papers for o in others)
            if len(others) == 1 and others[0] is not node and not rivals:
                return others[0].concept
        return None


def _new_concepts(papers: Iterable[LinkedPaper]) -> dict[str, _Node]:
    readings: dict[str, Counter[Concept]] = defaultdict(Counter)
    nodes: dict[str, _Node] = {}
    for item in papers:
        for linked in item.concepts:
            if not linked.concept.catalogued:
                readings[linked.concept.id][linked.concept] += 1
                nodes.setdefault(linked.concept.id, _Node(linked.concept)).papers.add(item.paper.id)
        for assertion in item.assertions:
            if assertion.role is Role.INTRODUCES and assertion.concept_id in nodes:
                nodes[assertion.concept_id].introduced = True
    for concept_id, found in readings.items():
        nodes[concept_id].concept = min(found, key=lambda c: (-found[c], str(c.type), c.label))
    return nodes


@lru_cache(maxsize=4)
def _catalogue_keys(vocabulary: Vocabulary) -> Mapping[str, Sequence[tuple[str, Concept]]]:
    """{key: (form, concept)} of all entries that hold in any paper."""
    keys: dict[str, list[tuple[str, Concept]]] = defaultdict(list)
    for entry in vocabulary:
        if entry.context:
            continue
        for form in entry.forms:
            keys[loose_key(form)].append((form, entry.concept))
            full = expand_acronyms(form, {}, vocabulary) if _has_acronym_beside(form) else form
            if full != form:
                keys[loose_key(full)].append((full, entry.concept))
    return keys


def _has_acronym_beside(name: str) -> bool:
    """Whether a name of several words may hold an acronym."""
    return bool(_CAPITALS.search(name)) and bool(_BORDER.search(name))
