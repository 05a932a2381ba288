"""Brat standoff."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.errors import SourceError
from paperconcepts.evaluation import MentionGold, read_gold
from paperconcepts.evaluation.brat import parse_ann
from paperconcepts.model import ConceptType

WriteBrat = Callable[..., Path]

_TEXT = "PouchNet hops\r\nover 🦘 QuokkaBench."


@pytest.fixture(name="write_brat")
def _write_brat(tmp_path: Path) -> WriteBrat:
    def write(annotations: str | None, text: str | None = _TEXT, name: str = "set/a") -> Path:
        for suffix, content in ((".ann", annotations), (".txt", text)):
            path = tmp_path / f"{name}{suffix}"
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is not None:
                path.write_bytes(content.encode())
        return tmp_path / f"{name}.ann"

    return write


def _surfaces(gold: object) -> list[tuple[str, ConceptType]]:
    assert isinstance(gold, MentionGold)
    return [(item.paper.text[s.start : s.end], s.type) for item in gold.documents for s in item.spans]


def test_mentions(write_brat: WriteBrat) -> None:
    """Offsets are code points and count both characters of a line end; lines of other kinds are passed over."""
    path = write_brat(
        "T1\tModel 0 8\tPouchNet\n\nT2\tMaterial 22 33\tQuokkaBench\r\n"
        "R1\tUsed Arg1:T1 Arg2:T2\n*\tAlias T1 T2\n"
        "#1\tAnnotatorNotes T1\tsure\nE1\tHop:T1\nA1\tNew T1\nN1\tRef T1 X:1\n"
    )
    expected = [("PouchNet", ConceptType.MODEL), ("QuokkaBench", ConceptType.DATASET)]
    for given_path in (path, path.with_suffix(".txt"), path.parent):
        assert _surfaces(read_gold(given_path)) == expected


def test_discontinuous_mention(write_brat: WriteBrat) -> None:
    """Of a mention in pieces the hull is taken, in whatever order they stand, and that is reported once."""
    gold = read_gold(write_brat("T1\tModel 14 18;0 8\tover  PouchNet\n", text="PouchNet hops over."))
    assert _surfaces(gold) == [("PouchNet hops over", ConceptType.MODEL)]
    assert gold.remarks == ("mentions in several pieces, taken from the first to the last: 1 (a 0-18)",)


def test_folder(write_brat: WriteBrat, tmp_path: Path) -> None:
    """A folder is read to any depth in the order of names; files without partner are left out and reported once."""
    write_brat("T1\tTask 9 13\thops\n", name="set/deep/b")
    write_brat("T1\tTask 9 13\thops\n", name="set/a")
    write_brat("T1\tTask 9 13\thops\n", text=None, name="set/lost")
    write_brat(None, name="set/bare")
    gold = read_gold(tmp_path / "set")
    assert [text.id for text in gold.texts] == ["a", "deep/b"]
    assert gold.remarks == (
        "gold files without their text, left out: 1 (lost.ann)",
        "texts without gold, left out: 1 (bare.txt)",
    )


def test_unannotated_text_counts(write_brat: WriteBrat, tmp_path: Path) -> None:
    """An empty .ann file says that nothing is there to find: its text is scored."""
    write_brat("T1\tTask 9 13\thops\n")
    write_brat("", name="set/b")
    assert len(read_gold(tmp_path / "set").texts) == 2


def test_nothing_to_read(tmp_path: Path, write_brat: WriteBrat) -> None:
    """A folder or file without a document is an error."""
    (tmp_path / "none").mkdir()
    with pytest.raises(SourceError, match="holds no brat document"):
        read_gold(tmp_path / "none")
    with pytest.raises(SourceError, match="holds no brat document"):
        read_gold(write_brat("T1\tTask 9 13\thops\n", text=None))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("T1\tTask 9 13", ""),
        ("T1\tTask 9 13\tskip", "T1 quotes 'skip', at its offsets stands 'hops'; offsets count characters"),
        ("T1\tTask 9 130\thops", "T1 spans 9 130, the text has 34 characters"),
        ("T1\tTask 13 13\t", "T1 spans 13 13"),
        ("T1 Task 9 13 hops", "is no brat annotation"),
        ("T1\tTask nine 13\thops", "is no brat annotation"),
        ("X1\tTask 9 13\thops", "is no brat annotation"),
    ],
)
def test_malformed_line(write_brat: WriteBrat, line: str, message: str) -> None:
    """A malformed line is an error that names file and line; the quoted words may be left out."""
    path = write_brat(f"T0\tTask 9 13\thops\n{line}\n")
    if not message:
        assert _surfaces(read_gold(path)) == [("hops", ConceptType.TASK)]
        return
    with pytest.raises(SourceError, match=message) as caught:
        read_gold(path)
    assert str(caught.value).startswith(f"{path}: line 2: ")
    assert caught.value.record == 2


@given(st.text(max_size=60), st.data())
def test_what_is_written_is_read(text: str, data: st.DataObject) -> None:
    """Mentions written as standoff, as the tool writes them, are read back, whatever the text holds."""
    spans = []
    if text:
        starts = data.draw(st.lists(st.integers(0, len(text) - 1), max_size=4))
        spans = [(start, data.draw(st.integers(start + 1, len(text)))) for start in starts]
    lines = [
        f"T{number}\tTask {start} {end}\t{' '.join(text[start:end].split())}\n"
        for number, (start, end) in enumerate(spans, start=1)
    ]
    found = list(parse_ann("".join(lines), text, file="a.ann"))
    assert found == [("Task", start, end, 1) for start, end in spans]
