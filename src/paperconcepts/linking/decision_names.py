"""Look up the names that decisions use, among the concepts and papers of a corpus and the catalogue."""

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from paperconcepts.linking.grouping import told_apart
from paperconcepts.model import Concept, LinkedPaper
from paperconcepts.vocabulary import Vocabulary, normalise_form, slug

__all__ = ["ConceptNames", "PaperNames", "UnclearNameError"]


class UnclearNameError(ValueError):
    """A name that is borne by nothing, or by several things; the message says what to do."""


class ConceptNames:
    """The concepts of linked papers and of the catalogue, by id, label and alias.

    An id counts before a label, a label before an alias, a spelling as it stands before one that only differs in
    case, hyphens or plural. Decisions never guess: where several concepts bear a name, its id must be written.

    Attributes:
        concepts: the concepts of the papers by id, each as most papers have it.
    """

    def __init__(self, papers: Sequence[LinkedPaper], vocabulary: Vocabulary) -> None:
        readings: dict[str, Counter[Concept]] = defaultdict(Counter)
        forms: dict[str, set[str]] = defaultdict(set)
        for item in papers:
            for linked in item.concepts:
                readings[linked.concept.id][linked.concept] += 1
                forms[linked.concept.id].update(alias.text for alias in linked.aliases)
        self._vocabulary = vocabulary
        self.concepts = {
            key: min(found, key=lambda c: (not c.catalogued, -found[c], str(c.type), c.label))
            for key, found in readings.items()
        }
        # In order of precedence: labels and aliases as written, then in any spelling.
        self._levels: tuple[dict[str, set[str]], ...] = tuple(defaultdict(set) for _ in range(4))
        for key, concept in sorted(self.concepts.items()):
            self._index(key, [concept.label], 0)
            self._index(key, forms[key], 1)

    def _index(self, concept_id: str, names: Iterable[str], level: int) -> None:
        for name in names:
            self._levels[level][" ".join(name.split())].add(concept_id)
            self._levels[level + 2][normalise_form(name)].add(concept_id)

    def get(self, concept_id: str) -> Concept | None:
        """The concept of this id, of the papers or else of the catalogue."""
        entry = self._vocabulary.get(concept_id)
        return self.concepts.get(concept_id) or (entry.concept if entry else None)

    def find(self, name: str) -> Concept:
        """The one concept that bears this name.

        Raises:
            UnclearNameError: there is none, or there are several.
        """
        known = self.get(name)
        if known is not None:
            return known
        for level, forms in enumerate(self._levels):
            found = forms.get(name if level < 2 else normalise_form(name))
            if found:
                return self._only(name, [self.concepts[key] for key in sorted(found)])
        entries = self._vocabulary.find(name)
        if entries:
            return self._only(name, [entry.concept for entry in entries])
        near = self._near(name)
        hint = f"; did you mean {', '.join(repr(item) for item in near)}?" if near else "."
        raise UnclearNameError(
            f"no concept {name!r} in this corpus or in the catalogue{hint} Correct the name, or take the line away"
        )

    def knows(self, name: str) -> bool:
        """Whether exactly one concept bears this name."""
        try:
            self.find(name)
        except UnclearNameError:
            return False
        return True

    @staticmethod
    def _only(name: str, found: list[Concept]) -> Concept:
        if len(found) > 1:
            shown = ", ".join(f"{concept.id} ({concept.type})" for concept in found)
            raise UnclearNameError(
                f"{name!r} is the name of {len(found)} concepts: {shown}; write the id of one of them"
            )
        return found[0]

    def _near(self, name: str) -> list[str]:
        """Up to three names that are spelt nearly so, one a concept, as they stand in the corpus."""
        key = normalise_form(name)
        spelt = {normalise_form(form): form for level in (1, 0) for form in sorted(self._levels[level])}
        result: dict[str, str] = {}
        for form in difflib.get_close_matches(key, sorted(spelt), n=9, cutoff=0.6):
            shown = spelt[form]
            level = 0 if shown in self._levels[0] else 1
            result.setdefault(min(self._levels[level][shown]), shown)
        return list(result.values())[:3]

    def add_new(self, label: str, origin: Concept) -> Concept:
        """The concept that a split makes: a concept of this label that is there already, else one with a new id.

        The id is the slug of the label, as for every concept made from a text; where that belongs to another concept,
        the type is added, so that homonyms are told apart.
        """
        base = slug(label)
        for concept_id in (base, told_apart(base, origin.type, self._vocabulary)):
            known = self.get(concept_id)
            if known is None or self._is_it(known, label, origin):
                break
        number = 2
        while known is not None and not self._is_it(known, label, origin):
            concept_id, number = f"{base[:90]}-{origin.type.lower()}-{number}", number + 1
            known = self.get(concept_id)
        concept = known or Concept(id=concept_id, label=label, type=origin.type)
        self.concepts.setdefault(concept.id, concept)
        self._index(concept.id, [label], 0)
        return concept

    @staticmethod
    def _is_it(known: Concept, label: str, origin: Concept) -> bool:
        return known.id != origin.id and normalise_form(known.label) == normalise_form(label)


class PaperNames:
    """The papers of a corpus by id, identifier, and id without its prefix."""

    def __init__(self, papers: Sequence[LinkedPaper]) -> None:
        self._ids: dict[str, str] = {}
        for item in papers:
            paper = item.paper
            records = [source.record for source in paper.sources]
            for name in (paper.id, *paper.identifiers, paper.id.split(":", 1)[-1], *records):
                self._ids.setdefault(name, paper.id)
        self._ids.update({item.paper.id: item.paper.id for item in papers})

    def find(self, name: str) -> str:
        """The id of the paper that bears this name.

        Raises:
            UnclearNameError: there is none.
        """
        found = self._ids.get(name)
        if found is None:
            near = difflib.get_close_matches(name, sorted(self._ids), n=3, cutoff=0.6)
            hint = f"; did you mean {', '.join(near)}?" if near else "."
            raise UnclearNameError(f"no paper {name!r} in this corpus{hint} Write an id as in papers.jsonl")
        return found
