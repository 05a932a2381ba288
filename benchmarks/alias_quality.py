"""How well surfaces are brought to concepts: B-cubed precision, recall and F1 on annotated papers.

    python benchmarks/alias_quality.py [SPLIT ...] [--errors N] [--no-floors]      (default: dev)

An item is a surface of a paper: a text that both the annotator and we take for a name at the same place (but for an
article and a closing head noun, as in all strict scores). Its right cluster is the annotated concept, ours the concept
that our mention got. Within papers, a cluster ends with its paper; across the corpus, the annotated clusters are the
normalised names of the concepts. ``--errors`` lists the commonest faults across the corpus.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from one_core import link_with, paper_of
from quality_card import read_split
from shared_input import shared_folder

from paperconcepts.evaluation import ConceptGold, GoldPaper
from paperconcepts.evaluation.spans import find_surfaces, trim_span
from paperconcepts.export.records import extract_record
from paperconcepts.linking import resolve_aliases
from paperconcepts.sources import Record
from paperconcepts.vocabulary import normalise_form

__all__ = ["BCubed", "Item", "items_of", "score_clusters"]

FLOORS = {("dev", "within papers"): 0.93, ("dev", "across the corpus"): 0.93}


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """A surface of a paper with its right concept and ours."""

    paper: str
    surface: str
    gold: str
    found: str


@dataclass(frozen=True, slots=True)
class BCubed:
    """B-cubed scores (Bagga and Baldwin 1998): means over the items."""

    items: int
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def score_clusters(pairs: Sequence[tuple[Hashable, Hashable]]) -> BCubed:
    """The scores of items, each given as (right cluster, found cluster).

    Examples:
        >>> score_clusters([("a", 1), ("a", 1), ("b", 1)])
        BCubed(items=3, precision=0.5555555555555556, recall=1.0)
    """
    both, right, found = Counter(pairs), Counter(gold for gold, _ in pairs), Counter(other for _, other in pairs)
    precision = sum(count * count / found[other] for (_, other), count in both.items())
    recall = sum(count * count / right[gold] for (gold, _), count in both.items())
    number = max(1, len(pairs))
    return BCubed(len(pairs), precision / number, recall / number)


def items_of(gold: ConceptGold) -> list[Item]:
    """The items of all papers, each once, sorted; the papers are linked and resolved as one corpus."""
    records = (
        Record(number=number, name=text.id, title=text.title or "", abstract=text.abstract)
        for number, text in enumerate(gold.texts, start=1)
    )
    papers = filter(None, map(paper_of, records))
    resolved = (replace(item, relations=()) for item in resolve_aliases(link_with(papers, "default")))
    lines = {str(line["record"]): line for line in map(extract_record, resolved)}
    return sorted({item for paper in gold.papers for item in _items(paper, lines.get(paper.paper.id, {}))})


def _items(paper: GoldPaper, line: dict[str, Any]) -> Iterator[Item]:
    text = paper.paper.text
    places: dict[tuple[int, int], str] = {}
    for found in line.get("concepts", []):
        for mention in found["mentions"]:
            shift = paper.paper.offset(mention["field"])
            places[trim_span(text, (mention["start"] + shift, mention["end"] + shift))] = found["id"]
    spans = find_surfaces([concept.surfaces for concept in paper.concepts], text)
    for concept, named in zip(paper.concepts, spans, strict=True):
        for start, end in named:
            concept_id = places.get(trim_span(text, (start, end)))
            if concept_id is not None:
                yield Item(paper.paper.id, text[start:end], normalise_form(concept.name), concept_id)


def faults(items: Iterable[Item]) -> Iterator[tuple[int, str]]:
    """Pairs of clusters that are wrongly apart or together, with the number of pairs of items concerned."""
    by_gold: dict[str, Counter[str]] = defaultdict(Counter)
    by_found: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        by_gold[item.gold][item.found] += 1
        by_found[item.found][item.gold] += 1
    for kind, clusters in (("apart", by_gold), ("together", by_found)):
        for name, parts in clusters.items():
            (first, most), *rest = sorted(parts.items(), key=lambda part: (-part[1], part[0]))
            for other, count in rest:
                yield most * count, f"{kind:8} {name}: {first} ({most}) | {other} ({count})"


def main() -> int:
    """Print the scores of each split; 1 if one is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("splits", nargs="*", default=["dev"])
    parser.add_argument("--errors", type=int, default=0, help="list so many of the commonest faults")
    parser.add_argument("--no-floors", action="store_true")
    options = parser.parse_args()
    failed = False
    for split in options.splits:
        items = items_of(read_split(shared_folder(), split))
        clusters: dict[str, Sequence[tuple[Hashable, Hashable]]] = {
            "within papers": [((i.paper, i.gold), (i.paper, i.found)) for i in items],
            "across the corpus": [(i.gold, i.found) for i in items],
        }
        for name, pairs in clusters.items():
            score = score_clusters(pairs)
            print(f"{split}, {name:17}  {score.items} surfaces  P {score.precision:.3f}  R {score.recall:.3f}"
                  f"  F1 {score.f1:.3f}")  # fmt: skip
            if score.f1 < FLOORS.get((split, name), 0.0) and not options.no_floors:
                print(f"  FAILED: below {FLOORS[split, name]}")
                failed = True
        for weight, line in sorted(faults(items), key=lambda fault: (-fault[0], fault[1]))[: options.errors]:
            print(f"  {weight:4}  {line}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
