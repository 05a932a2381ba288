"""Predictions: the lines of ``extract``, checked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paperconcepts.errors import SourceError
from paperconcepts.evaluation import parse_prediction, read_predictions

WriteLines = Callable[..., Path]


def _row(**changes: Any) -> dict[str, Any]:
    mention = {"field": "title", "start": 0, "end": 4}
    return {"record": "p1", "concepts": [{"label": "x", "type": "Task", "mentions": [mention], **changes}]}


def test_lines(write_lines: WriteLines) -> None:
    """Lines are given as they stand; unknown fields are no fault, as later versions may add some."""
    rows = [{**_row(source="catalogue"), "format": "paperconcepts-extract/9"}, {"id": 5, "concepts": []}]
    assert read_predictions(write_lines("found.jsonl", *rows)) == rows
    assert [parse_prediction(row).record for row in rows] == ["p1", "5"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (_row(type="Gadget"), r"prediction 'p1': concepts\.0\.type is 'Gadget'"),
        (_row(role="loves"), r"concepts\.0\.role is 'loves'"),
        (_row(confidence=1.5), r"concepts\.0\.confidence is 1\.5"),
        (_row(mentions=[{"field": "body", "start": 0, "end": 1}]), r"mentions\.0\.field is 'body'"),
        (_row(mentions=[{"field": "title", "start": -1, "end": 1}]), r"mentions\.0\.start is -1"),
        ({"record": "p1"}, "concepts: Field required"),
        ({**_row(), "relations": [[0, "extends", 1]]}, r"relation \[0, .*, 1\] points beyond its 1 concepts"),
        ({**_row(), "relations": [[0, "likes", 0]]}, r"relations\.0\.1 is 'likes'"),
        ({"concepts": []}, "neither record nor id"),
        ("{", "not JSON"),
    ],
)
def test_malformed_prediction(write_lines: WriteLines, row: Any, message: str) -> None:
    """A malformed line is an error that names file, line, paper, field and value: a part would be scored as all."""
    path = write_lines("found.jsonl", _row(), row)
    with pytest.raises(SourceError, match=message) as caught:
        read_predictions(path)
    assert str(caught.value).startswith(f"{path}: line 2: ")
