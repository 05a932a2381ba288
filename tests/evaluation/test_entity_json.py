"""SciERC tokens and plain texts with entities."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.errors import SourceError
from paperconcepts.evaluation import MentionGold, read_gold
from paperconcepts.evaluation.entity_json import join_tokens
from paperconcepts.model import ConceptType

WriteLines = Callable[..., Path]

_SENTENCES = [["PouchNet", "-LRB-", "PN", "-RRB-", "hops", ",", "fast", "."], ["It", "beats", "wombat", "nets", "."]]


def _tokens(**changes: Any) -> dict[str, Any]:
    ner: list[Any] = [[[0, 0, "Method"], [2, 2, "Method"]], [[10, 11, "Material"]]]
    return {"doc_key": "d1", "sentences": _SENTENCES, "ner": ner, **changes}


def test_tokens(write_lines: WriteLines) -> None:
    """Token spans, the last token included and counted over the document, become character spans."""
    gold = read_gold(write_lines("gold.json", _tokens()))
    assert isinstance(gold, MentionGold)
    (item,) = gold.documents
    assert item.paper.id == "d1"
    assert item.paper.text == "PouchNet (PN) hops, fast.\nIt beats wombat nets."
    assert [(item.paper.text[s.start : s.end], s.type) for s in item.spans] == [
        ("PouchNet", ConceptType.METHOD),
        ("PN", ConceptType.METHOD),
        ("wombat nets", ConceptType.DATASET),
    ]


def test_texts_without_id(write_lines: WriteLines) -> None:
    """A text without an id is named by file and line."""
    row = {"text": "hops", "entities": [[0, 4, "Task"]]}
    assert [text.id for text in read_gold(write_lines("gold.jsonl", row, "", row)).texts] == [
        "gold.jsonl#1",
        "gold.jsonl#3",
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (_tokens(doc_key="d0", ner=[[[0, 13, "Task"]], []]), "has 13 tokens, counted from 0"),
        (_tokens(doc_key="d0", ner=[[[2, 1, "Task"]], []]), r"entity \[2, 1, 'Task'\]"),
        (_tokens(doc_key="d0", ner=[[]]), "ner has 1 lists, sentences has 2"),
        (_tokens(doc_key="d0", ner=[[[0, 1]], []]), r"ner\.0\.0\.2: Field required"),
        (_tokens(doc_key="d0", sentences=[[1]], ner=[[]]), r"sentences\.0\.0 is 1"),
        (_tokens(), "text 'd1' stands in line 1 already"),
        ({"id": "d0", "text": "hops", "entities": [[0, 5, "Task"]]}, "the text has 4 characters"),
        ({"id": "d0", "text": "hops", "entities": [[2, 2, "Task"]]}, "the text has 4 characters"),
        ({"id": "d0", "text": "hops", "entities": [[-1, 2, "Task"]]}, r"entities\.0\.0 is -1"),
        ({"id": "d0", "text": None, "entities": []}, "text is None"),
        ({"id": "d0", "text": "hops"}, "entities: Field required"),
    ],
)
def test_malformed_entities(write_lines: WriteLines, row: Any, message: str) -> None:
    """A malformed record is an error that names file, line, field and value."""
    path = write_lines("gold.jsonl", _tokens(), row)
    with pytest.raises(SourceError, match=message) as caught:
        read_gold(path)
    assert str(caught.value).startswith(f"{path}: line 2: ")


@given(st.lists(st.lists(st.sampled_from(["hop", "(", ")", "-LRB-", "-RRB-", ",", ".", "%", "é🦘"]))))
def test_joining_keeps_every_token(sentences: list[list[str]]) -> None:
    """Every token stands where it is said to stand, in order, with nothing but white space between."""
    text, places = join_tokens(sentences)
    tokens = [token for sentence in sentences for token in sentence]
    brackets = {"-LRB-": "(", "-RRB-": ")"}
    assert [text[start:end] for start, end in places] == [brackets.get(token, token) for token in tokens]
    assert "".join(text.split()) == "".join(brackets.get(token, token) for token in tokens)
    assert places == sorted(places)
