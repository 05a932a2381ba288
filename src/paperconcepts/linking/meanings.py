"""What an acronym means that a paper uses without spelling it out: what other papers of the corpus define it as."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from paperconcepts.linking.moves import family
from paperconcepts.model import Alias, Concept, LinkedConcept, LinkedPaper, Role
from paperconcepts.vocabulary import normalise_form, spelt_alike

__all__ = ["Meanings"]

_SHARED = 3  # concepts that a paper must share with the papers of one meaning of several, beside the acronym
_MARGIN = 2.0  # by this factor the best meaning must be ahead of the second
_RELATED = 4.0  # the weight of the shared concepts that makes two papers related: two in a hundred papers have one


@dataclass(slots=True)
class _Meaning:
    """One concept that papers define an acronym as."""

    concept: Concept
    forms: set[str] = field(default_factory=set)
    papers: list[str] = field(default_factory=list)
    coined: bool = True  # whether every paper that defines it introduces it


class Meanings:
    """The meanings that the papers of a corpus give to acronyms.

    Examples:
        >>> Meanings([]).of("THS", paper_id="x:1", kind=None, introduced=False) is None
        True
    """

    def __init__(self, papers: Sequence[LinkedPaper]) -> None:
        self._meanings: dict[str, dict[str, _Meaning]] = defaultdict(dict)
        self._concepts: dict[str, frozenset[str]] = {}
        for item in papers:
            self._concepts[item.paper.id] = frozenset(linked.concept.id for linked in item.concepts)
            introduced = {a.concept_id for a in item.assertions if a.role is Role.INTRODUCES}
            for linked in item.concepts:
                self._read(linked, item.paper.id, introduced=linked.concept.id in introduced)
        frequency = Counter(concept_id for found in self._concepts.values() for concept_id in found)
        self._weights = {key: math.log((1 + len(papers)) / count) for key, count in frequency.items()}
        self._profiles: dict[int, Mapping[str, float]] = {}

    def _read(self, linked: LinkedConcept, paper_id: str, *, introduced: bool) -> None:
        label = normalise_form(linked.concept.label)
        for alias in linked.aliases:
            short = normalise_form(alias.text)
            # The label's own spelling is no acronym of it.
            if alias.reason == "definition" and short != label:
                meaning = self._meanings[short].setdefault(linked.concept.id, _Meaning(linked.concept))
                meaning.forms.add(alias.text)
                meaning.coined = meaning.coined and introduced
                if paper_id not in meaning.papers[-1:]:
                    meaning.papers.append(paper_id)

    def of(self, form: str, *, paper_id: str, kind: str | None, introduced: bool) -> tuple[Concept, Alias] | None:
        """The concept that ``form`` means in a paper that does not define it, and the reason; None if that is open.

        If all papers that define it agree, it is that concept; but of a name that others coined only where the papers
        are related, and never where this paper coins it itself (``introduced``). If they do not agree, it is the one
        whose papers share most with this paper, counted in rare concepts, if it is well ahead of the others. ``kind``
        is the family of types that the paper shows it to be of, None where it shows none.
        """
        found = [
            meaning
            for _, meaning in sorted(self._meanings.get(normalise_form(form), {}).items())
            if any(spelt_alike(form, other) for other in meaning.forms)
        ]
        # What the paper defines, or spells out elsewhere, is meant.
        own = self._concepts.get(paper_id, frozenset())
        here = [meaning for meaning in found if paper_id in meaning.papers or meaning.concept.id in own]
        if len(here) == 1 or len(found) == 1:
            (best,) = here if len(here) == 1 else found
            reason = Alias(form, "definition elsewhere", best.papers[0], 0.85)
            if not here and (introduced or (best.coined and self._score(best, paper_id)[0] < _RELATED)):
                return None
        elif found and not introduced:
            nearest = self._nearest(found, paper_id)
            if nearest is None:
                return None
            best, reason = nearest, Alias(form, "similar papers", paper_id, 0.6)
        else:
            return None
        return None if kind is not None and family(best.concept.type) != kind else (best.concept, reason)

    def _nearest(self, meanings: Sequence[_Meaning], paper_id: str) -> _Meaning | None:
        scores = [self._score(meaning, paper_id) for meaning in meanings]
        order = sorted(range(len(meanings)), key=lambda place: -scores[place][0])
        (best, shared), (second, _) = scores[order[0]], scores[order[1]]
        return meanings[order[0]] if shared >= _SHARED and best > _MARGIN * second else None

    def _score(self, meaning: _Meaning, paper_id: str) -> tuple[float, int]:
        """How much a paper has in common with those that define this meaning: (weight, number of concepts)."""
        profile = self._profile(meaning)
        shared = sorted((self._concepts.get(paper_id, frozenset()) & profile.keys()) - {meaning.concept.id})
        return sum(profile[key] for key in shared), len(shared)

    def _profile(self, meaning: _Meaning) -> Mapping[str, float]:
        """How typical each concept is of the papers of a meaning: its share of them, weighed by its rarity."""
        known = self._profiles.get(id(meaning))
        if known is None:
            counts = Counter(key for paper_id in meaning.papers for key in self._concepts[paper_id])
            known = {key: count / len(meaning.papers) * self._weights[key] for key, count in counts.items()}
            self._profiles[id(meaning)] = known
        return known
