"""Pairs of concepts that may be one, and forms that two concepts bear, among the most linked concepts of the seeds.

    python benchmarks/duplicate_audit.py [NUMBER] [--nodes]      (default: 300)

Prints what a person should look at; it judges nothing. ``--nodes`` lists the concepts with all their surfaces, to look
for one that is two.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from one_core import link_with
from shared_input import shared_folder

from paperconcepts.linking import resolve_aliases
from paperconcepts.model import Concept, LinkedPaper
from paperconcepts.sources import merge_papers, read_papers
from paperconcepts.vocabulary import loose_key, normalise_form

__all__ = ["Audit"]


class Audit:
    """The concepts of resolved papers with their surfaces, and what is alike among them."""

    def __init__(self, papers: list[LinkedPaper]) -> None:
        self.concepts: dict[str, Concept] = {}
        self.papers: Counter[str] = Counter()
        self.surfaces: dict[str, set[str]] = defaultdict(set)
        for item in papers:
            for linked in item.concepts:
                self.concepts[linked.concept.id] = linked.concept
                self.papers[linked.concept.id] += 1
            for assertion in item.assertions:
                self.surfaces[assertion.concept_id] |= {mention.text for mention in assertion.mentions}

    def most_linked(self, number: int) -> list[str]:
        """The ids of the concepts in most papers."""
        return sorted(self.papers, key=lambda key: (-self.papers[key], key))[:number]

    def shared_forms(self) -> Iterator[tuple[str, list[str]]]:
        """Forms that stand for several concepts, with the ids of these."""
        bearers: dict[str, set[str]] = defaultdict(set)
        for concept_id, surfaces in self.surfaces.items():
            for surface in surfaces:
                bearers[normalise_form(surface)].add(concept_id)
        yield from sorted((form, sorted(ids)) for form, ids in bearers.items() if len(ids) > 1)

    def near_pairs(self, top: list[str]) -> list[tuple[str, str]]:
        """Pairs of one of ``top`` and any other concept that share most words or most letters of their labels."""
        words = {key: {loose_key(w) for w in normalise_form(c.label).split()} for key, c in self.concepts.items()}
        holders: dict[str, set[str]] = defaultdict(set)
        for key, found in words.items():
            for word in found:
                holders[word].add(key)
        pairs: set[tuple[str, str]] = set()
        for key in top:
            for other in {other for word in words[key] for other in holders[word]} - {key}:
                shared = len(words[key] & words[other]) / len(words[key] | words[other])
                if shared >= (0.5 if other in top else 0.75) or self._letters_shared(key, other) > 0.88:
                    pairs.add((min(key, other), max(key, other)))
        return sorted(pairs)

    def _letters_shared(self, one: str, other: str) -> float:
        first, second = (loose_key(self.concepts[key].label) for key in (one, other))
        return SequenceMatcher(None, first, second).ratio()

    def describe(self, concept_id: str) -> str:
        """Label, type and number of papers."""
        concept = self.concepts[concept_id]
        return f"{concept.label} ({concept.type}, {self.papers[concept_id]})"


def main() -> None:
    """Print the lists."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("number", nargs="?", type=int, default=300)
    parser.add_argument("--nodes", action="store_true", help="list the concepts with their surfaces instead")
    options = parser.parse_args()
    papers = merge_papers(read_papers(shared_folder() / "data" / "seeds"))
    audit = Audit(resolve_aliases(link_with(papers, "default")))
    top = audit.most_linked(options.number)
    if options.nodes:
        for key in top:
            print(f"{audit.describe(key)}: {', '.join(sorted(audit.surfaces[key]))}")
        return
    print("forms of several concepts")
    for form, ids in audit.shared_forms():
        print(f"  {form}: {'; '.join(map(audit.describe, ids))}")
    pairs = audit.near_pairs(top)
    print(f"{len(pairs)} pairs that are alike")
    for one, other in pairs:
        print(f"  {audit.describe(one)} | {audit.describe(other)}")


if __name__ == "__main__":
    main()
