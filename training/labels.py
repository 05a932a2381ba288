"""Abstracts labelled for what their papers do with each concept: the names and roles in ``labels/``, without types.

The texts are those of the ACL Anthology and of SciREX, which the folder of labels does not repeat. What the labels say
was read by a large language model after the guidelines of the gold (see docs/model-card.md): it was told what the
tagger and the rules propose, said the role of each or that it is no concept, and added what was missing.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpora import OWN, ROLES, Example, example_of, role_numbers

from paperconcepts.model import Paper
from paperconcepts.sources import clean_text, read_papers

__all__ = ["is_invented", "labelled_examples", "labelled_papers"]

_LABELS = Path(__file__).parent / "labels"
_HEADING = re.compile(r"\s*abstract\s*\n", re.IGNORECASE)
_PASSAGE_HEADING = re.compile(r"\A(?:\d+ )?Introduction ")
_BLANK_BEFORE = re.compile(r" +(?=[,.;])")


def labelled_papers(shared: Path) -> list[Paper]:
    """The papers that have labels, by their identifiers."""
    return sorted((*_acl(shared), *_scirex(shared), *_scirex_passages(shared), *_invented()), key=lambda p: p.id)


def _acl(shared: Path) -> list[Paper]:
    papers = read_papers([shared / "data" / "corpus" / "acl_anthology.jsonl"])
    return [paper for paper in papers if paper.record in _labels("acl_anthology")]


def _scirex(shared: Path) -> list[Paper]:
    return [
        _scirex_paper("scirex", row["id"], *_title_and_abstract(row["text"]))
        for row in _rows(shared / "data" / "public" / "scirex_abstract" / "train.jsonl")
        if row["id"] in _labels("scirex")
    ]


def _scirex_passages(shared: Path) -> list[Paper]:
    """Passages of introductions, each with the title of its paper."""
    public = shared / "data" / "public"
    titles = {
        row["doc"]: _title_and_abstract(row["text"])[0] for row in _rows(public / "scirex_abstract" / "train.jsonl")
    }
    return [
        _scirex_paper("scirex_early", row["id"], titles[row["doc"]], _PASSAGE_HEADING.sub("", _plain(row["text"])))
        for row in _rows(public / "scirex_early" / "train.jsonl")
        if row["id"] in _labels("scirex_early")
    ]


def _invented() -> list[Paper]:
    """Abstracts that were written for their labels."""
    rows = _rows(_LABELS / "invented.jsonl")
    return [Paper(id=f"invented:{row['id']}", title=row["title"], abstract=row["abstract"]) for row in rows]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _title_and_abstract(text: str) -> tuple[str, str]:
    title, _, abstract = text.partition("\n")
    return title, _HEADING.sub("", abstract, count=1)


def _plain(passage: str) -> str:
    """A passage without its citations and the blanks before its marks."""
    return _BLANK_BEFORE.sub("", " ".join(clean_text(passage.replace("[reference]", ""))[0].split()))


def _scirex_paper(source: str, identifier: str, *texts: str) -> Paper:
    title, abstract = (" ".join(clean_text(text)[0].split()) for text in texts)
    return Paper(id=f"{source}:{identifier}", title=title, abstract=abstract)


_OWN_SETS = ("scirex", "scirex_early", "invented")
_READ: dict[str, dict[str, dict[str, list[str]]]] = {}


def _labels(name: str) -> dict[str, dict[str, list[str]]]:
    """The labels of one set: for each paper, the names of each role."""
    if name not in _READ:
        rows = _rows(_LABELS / f"{name}.jsonl")
        _READ[name] = {row["id"]: {role: row[role] for role in ROLES if role in row} for row in rows}
    return _READ[name]


def is_invented(example: Example) -> bool:
    """Whether a text was written for its labels."""
    return example.id.startswith("invented:")


def labelled_examples(papers: Sequence[Paper]) -> list[Example]:
    """The papers with their labels; every entity is called a Method, as its type is not known."""
    return [_labelled(paper) for paper in papers]


def _labelled(paper: Paper) -> Example:
    source, _, identifier = paper.id.partition(":")
    labels = _labels(source)[identifier] if source in _OWN_SETS else _labels("acl_anthology")[str(paper.record)]
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
