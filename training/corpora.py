"""Texts and labels for the concept tagger: words with one tag each, from the gold and the public sets.

Every set keeps its own label set (its *head*): what one set leaves unlabelled says nothing about the labels of another.
"""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from paperconcepts.sources import clean_text, read_papers

__all__ = [
    "HEADS",
    "OWN",
    "ROLES",
    "Example",
    "biluo",
    "example_of",
    "folds",
    "gold_examples",
    "public_examples",
    "role_numbers",
    "tags_of",
    "unlabelled_texts",
    "words_of",
]

# The types of our own label set.
OWN = ("Method", "Model", "Dataset", "Task", "Metric")
# The label set of each head. SciREX calls data sets "Material"; Heddes et al. label nothing but data sets.
HEADS = {
    "own": OWN,
    "scirex": ("Method", "Dataset", "Task", "Metric"),
    "tdmsci": ("Task", "Dataset", "Metric"),
    "heddes": ("Dataset",),
}
# The second tag layer: what the paper does with the concept that a word belongs to; first: it belongs to none.
ROLES = ("", "introduces", "evaluates_on", "uses", "compares", "addresses", "measures", "studies", "mentions")
_PUBLIC_NAMES = {"Material": "Dataset", "TASK": "Task", "DATASET": "Dataset", "METRIC": "Metric"}
_WORD = re.compile(r"\w+|[^\w\s]")
_LONGEST = 320  # words in one example; the teachers read 512 word pieces
_SHORTEST = 30  # runs of eight words; shorter abstracts teach little


@dataclass(slots=True)
class Example:
    """One text: words, their spans, and a tag number for each word (``-1``: unknown) in the tag set of ``head``."""

    id: str
    head: str
    text: str
    spans: list[tuple[int, int]]
    tags: NDArray[np.int64]
    title_end: int = 0
    roles: NDArray[np.int64] | None = None
    entities: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        """The words, as they stand."""
        return [self.text[start:end] for start, end in self.spans]


def tags_of(head: str) -> list[str]:
    """The tags of a head, ``O`` first, then four a label."""
    return ["O", *(f"{place}-{label}" for label in HEADS[head] for place in "BILU")]


def words_of(text: str) -> list[tuple[int, int]]:
    """The spans of the words and marks of a text: the tokens of the product's tokenizer without spaces."""
    return [match.span() for match in _WORD.finditer(text)]


def biluo(spans: Sequence[tuple[int, int]], entities: Sequence[tuple[int, int, str]], head: str) -> NDArray[np.int64]:
    """One tag a word; an entity that cuts a word takes it whole, and of overlapping ones the longer wins."""
    number = {tag: index for index, tag in enumerate(tags_of(head))}
    tags = np.zeros(len(spans), dtype=np.int64)
    taken = np.zeros(len(spans), dtype=bool)
    for start, end, label in sorted(entities, key=lambda e: (e[0] - e[1], e[0])):
        inside = [i for i, (a, b) in enumerate(spans) if a < end and b > start]
        if not inside or taken[inside].any() or label not in HEADS[head]:
            continue
        taken[inside] = True
        if len(inside) == 1:
            tags[inside[0]] = number[f"U-{label}"]
        else:
            tags[inside] = number[f"I-{label}"]
            tags[inside[0]], tags[inside[-1]] = number[f"B-{label}"], number[f"L-{label}"]
    return tags


def example_of(identifier: str, head: str, text: str, entities: list[tuple[int, int, str]], title_end: int) -> Example:
    """A text cut into words, with the tags of its entities."""
    spans = words_of(text)
    return Example(identifier, head, text, spans, biluo(spans, entities, head), title_end, entities=entities)


def gold_examples(shared: Path, split: str) -> list[Example]:
    """Papers of one split of the gold, in file order, as the product reads them (cleaned), with all their surfaces."""
    folder = shared / "data" / "gold"
    papers = {paper.record: paper for paper in read_papers([folder / f"{split}.papers.jsonl"])}
    found = []
    for line in (folder / f"{split}.gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        paper = papers[gold["uid"]]
        text = f"{paper.title}\n{paper.abstract}"
        surfaces = sorted(
            (
                (clean_text(surface)[0], concept["type"], concept["role"])
                for concept in gold["concepts"]
                for surface in concept["surfaces"]
            ),
            key=lambda found: (-len(found[0]), found[0]),
        )
        entities: list[tuple[int, int, str]] = []
        roles: list[tuple[int, int, str]] = []
        for surface, label, role in surfaces:
            for match in re.finditer(rf"(?<![A-Za-z0-9]){re.escape(surface)}(?![A-Za-z0-9])", text):
                if all(match.end() <= a or match.start() >= b for a, b, _ in entities):
                    entities.append((*match.span(), label))
                    roles.append((*match.span(), role))
        example = example_of(gold["uid"], "own", text, entities, len(paper.title))
        example.roles = role_numbers(example.spans, roles)
        found.append(example)
    return found


def role_numbers(spans: Sequence[tuple[int, int]], roles: Sequence[tuple[int, int, str]]) -> NDArray[np.int64]:
    """The number of the role of each word, 0 where it belongs to no concept."""
    numbers = np.zeros(len(spans), dtype=np.int64)
    for start, end, role in roles:
        for i, (a, b) in enumerate(spans):
            if a < end and b > start:
                numbers[i] = ROLES.index(role)
    return numbers


def public_examples(shared: Path, name: str, split: str = "train") -> list[Example]:
    """One of ``scirex`` (full text), ``scirex_abstract``, ``scirex_early``, ``tdmsci``, ``heddes``, in short pieces."""
    head = name.partition("_")[0]
    found: list[Example] = []
    for line in (shared / "data" / "public" / name / f"{split}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        entities = [(a, b, _PUBLIC_NAMES.get(label, label)) for a, b, label in row["entities"]]
        title_end = row["text"].find("\n") if head == "scirex" and name != "scirex" else 0
        found += _pieces(example_of(row["id"], head, row["text"], entities, max(0, title_end)))
    return found


def _pieces(example: Example) -> Iterator[Example]:
    """Cut a long text after a sentence's end, so that no piece has more than ``_LONGEST`` words."""
    start = 0
    while start < len(example.spans):
        end = min(start + _LONGEST, len(example.spans))
        if end < len(example.spans):
            marks = [i for i in range(start + _LONGEST // 2, end) if example.text[slice(*example.spans[i])] == "."]
            end = marks[-1] + 1 if marks else end
        yield Example(
            f"{example.id}/{start}", example.head, example.text, example.spans[start:end], example.tags[start:end],
            example.title_end if start == 0 else 0, None, example.entities,
        )  # fmt: skip
        start = end


def unlabelled_texts(shared: Path, *, seeds: bool) -> list[Example]:
    """The ACL Anthology abstracts and (``seeds``) the seed papers outside the dev gold; tags unknown."""
    inputs: list[Path] = [shared / "data" / "corpus" / "acl_anthology.jsonl"]
    labelled = [*_abstracts(shared, "acl")]
    if seeds:
        inputs += sorted((shared / "data" / "seeds").iterdir())
        labelled += [*_abstracts(shared, "dev"), *_abstracts(shared, "train")]
    held_out = {run for text in labelled for run in _runs(text)}
    found: dict[str, Example] = {}
    for paper in read_papers(inputs):
        runs = _runs(paper.abstract)
        if len(runs) < _SHORTEST or len(runs & held_out) > 0.2 * len(runs):
            continue
        example = example_of(paper.id, "own", f"{paper.title}\n{paper.abstract}", [], len(paper.title))
        example.tags[:] = -1
        found.setdefault(paper.id, example)
    return [piece for _, example in sorted(found.items()) for piece in _pieces(example)]


def _abstracts(shared: Path, split: str) -> list[str]:
    return [paper.abstract for paper in read_papers([shared / "data" / "gold" / f"{split}.papers.jsonl"])]


def _runs(text: str) -> set[str]:
    """All runs of eight words: texts that share many of them are copies, whatever page they stand on."""
    words = re.findall(r"[a-z]+", text.lower())
    return {" ".join(words[i : i + 8]) for i in range(len(words) - 7)}


def folds(examples: Sequence[Example], count: int, seed: int = 0) -> list[list[int]]:
    """``count`` lists of positions that part the examples at random."""
    order = list(range(len(examples)))
    random.Random(seed).shuffle(order)  # noqa: S311 - a split, not a secret
    return [sorted(order[k::count]) for k in range(count)]
