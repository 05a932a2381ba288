"""Abstracts labelled for what their papers do with each concept: the names and roles in ``labels/``, without types.

The texts are those of the ACL Anthology and of SciREX, which the folder of labels does not repeat. What the labels say
was read by a large language model after the guidelines of the gold (see docs/model-card.md): it was told what the
tagger and the rules propose, said the role of each or that it is no concept, and added what was missing.
"""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from corpora import OWN, Example, example_of, role_numbers

from paperconcepts.model import Paper
from paperconcepts.sources import clean_text, read_papers

__all__ = ["labelled_examples", "labelled_papers"]

_LABELS = Path(__file__).parent / "labels"
_HEADING = re.compile(r"\s*abstract\s*\n", re.IGNORECASE)


def labelled_papers(shared: Path) -> list[Paper]:
    """The papers that have labels, by their identifiers."""
    data = shared / "data"
    found = [
        paper
        for paper in read_papers([data / "corpus" / "acl_anthology.jsonl"])
        if paper.record in _labels("acl_anthology")
    ]
    for line in (data / "public" / "scirex_abstract" / "train.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["id"] in _labels("scirex"):
            found.append(_scirex_paper(row))
    return sorted(found, key=lambda paper: paper.id)


def _scirex_paper(row: Mapping[str, str]) -> Paper:
    title, _, abstract = row["text"].partition("\n")
    texts = (" ".join(clean_text(text)[0].split()) for text in (title, _HEADING.sub("", abstract, count=1)))
    return Paper(id=f"scirex:{row['id']}", **dict(zip(("title", "abstract"), texts, strict=True)))


_READ: dict[str, dict[str, dict[str, list[str]]]] = {}


def _labels(name: str) -> dict[str, dict[str, list[str]]]:
    """The labels of one set: for each paper, the names of each role."""
    if name not in _READ:
        lines = (_LABELS / f"{name}.jsonl").read_text("utf-8").splitlines()
        _READ[name] = {row.pop("id"): row for row in map(json.loads, lines)}
    return _READ[name]


def labelled_examples(papers: Sequence[Paper]) -> list[Example]:
    """The papers with their labels; every entity is called a Method, as its type is not known."""
    return [_labelled(paper) for paper in papers]


def _labelled(paper: Paper) -> Example:
    source = paper.id.partition(":")[0]
    labels = _labels("scirex")[paper.id.partition(":")[2]] if source == "scirex" else _labels("acl_anthology")[
        str(paper.record)
    ]  # fmt: skip
    text = f"{paper.title}\n{paper.abstract}"
    names = sorted(((name, role) for role, found in labels.items() for name in found), key=lambda n: (-len(n[0]), n[0]))
    spans: list[tuple[int, int, str]] = []
    for name, role in names:
        for match in re.finditer(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", text):
            if all(match.end() <= start or match.start() >= end for start, end, _ in spans):
                spans.append((*match.span(), role))
    example = example_of(paper.id, "own", text, [(start, end, OWN[0]) for start, end, _ in spans], len(paper.title))
    example.roles = role_numbers(example.spans, spans)
    return example
