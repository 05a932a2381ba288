"""The decisions file: read, written, wrong."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.errors import DecisionsError
from paperconcepts.linking.decision_file import append_lines, commented_decisions, read_decisions
from paperconcepts.linking.decision_model import Action, Decision
from paperconcepts.linking.decision_syntax import format_decision, parse_decision
from paperconcepts.model import ConceptType

_names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(lambda text: " ".join(text.split()) or "x")
_tricky = st.sampled_from(["new", "in", "of", "to", "from", "into", "merge", "#", '"', "\\", 'a "b" c', "C#", "# x"])
_name = _names | _tricky
_comment = st.just("") | _names
_decisions = st.one_of(
    st.builds(Decision, st.just(Action.MERGE), _name, _name, comment=_comment),
    st.builds(Decision, st.just(Action.RENAME), _name, _name, comment=_comment),
    st.builds(Decision, st.just(Action.RETYPE), _name, st.sampled_from(sorted(ConceptType)).map(str)),
    st.builds(Decision, st.just(Action.REJECT), _name, st.just(""), st.just("") | _name, st.just("") | _name),
    st.builds(Decision, st.just(Action.SPLIT), _name, _name, _name, st.just("") | _name, st.booleans()),
)


def _file(folder: Path, *lines: str) -> Path:
    path = folder / "decisions.txt"
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def _problems(folder: Path, *lines: str) -> tuple[tuple[int | None, str], ...]:
    with pytest.raises(DecisionsError) as caught:
        read_decisions(_file(folder, *lines))
    return caught.value.problems


@given(_decisions)
def test_round_trip(decision: Decision) -> None:
    """Every decision, whatever its names, reads back from its line with its comment."""
    line = format_decision(decision)
    assert "\n" not in line
    found = parse_decision(line)
    assert found == decision
    assert found is not None
    assert found.comment == decision.comment


@given(st.text())
def test_any_line_is_read_or_refused(line: str) -> None:
    """A line is a decision that can be written again, nothing, or a ValueError; nothing else can happen."""
    try:
        found = parse_decision(line)
    except ValueError:
        return
    assert found is None or parse_decision(format_decision(found)) == found


@pytest.mark.parametrize(
    ("line", "decision"),
    [
        ("merge a into b", Decision(Action.MERGE, "a", "b")),
        ('merge "a  b" into c#  # why', Decision(Action.MERGE, "a b", "c#")),
        ('rename a to "The \\"A\\""', Decision(Action.RENAME, "a", 'The "A"')),
        ("retype a to DATASET", Decision(Action.RETYPE, "a", "Dataset")),
        ("reject a", Decision(Action.REJECT, "a")),
        ("reject a in x:1", Decision(Action.REJECT, "a", paper="x:1")),
        ("reject F of a", Decision(Action.REJECT, "a", form="F")),
        ("reject F of a in x:1\r", Decision(Action.REJECT, "a", form="F", paper="x:1")),
        ("split F from a to b", Decision(Action.SPLIT, "a", "b", "F")),
        ("split F from a to new b in x:1", Decision(Action.SPLIT, "a", "b", "F", "x:1", new=True)),
        ("split F from a to new", Decision(Action.SPLIT, "a", "new", "F")),
        ("", None),
        ("   # merge a into b", None),
    ],
)
def test_every_form(line: str, decision: Decision | None) -> None:
    """Each kind of line means what it says."""
    assert parse_decision(line) == decision


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("mrege a into b", ["unknown action 'mrege'", "did you mean 'merge'?", "split, merge, rename, retype, reject"]),
        ("merge a with b", ["'merge a with b' is not of the form: merge CONCEPT into CONCEPT", "double quotes"]),
        ("merge wombat net into b", ["is not of the form", "a name with blanks into double quotes"]),
        ("retype a to Datset", ["unknown type 'Datset'", "Method, Model, Dataset, Task, Metric"]),
        ('rename a to ""', ['an empty name ""']),
        ('rename a to "b', ["""'"b' has a double quote that is not closed"""]),
        ('rename a to b"c', ["stands inside a name"]),
        ('rename a to "b"c', ["stands inside a name"]),
        ("split a", ["split FORM from CONCEPT to [new] CONCEPT [in PAPER]"]),
    ],
)
def test_what_is_wrong_and_what_to_do(line: str, parts: list[str]) -> None:
    """A line that is no decision is refused with its text, the reason and the right form."""
    with pytest.raises(ValueError, match=r"\S") as caught:
        parse_decision(line)
    assert [part for part in parts if part not in str(caught.value)] == []


def test_lines_and_comments(tmp_path: Path) -> None:
    """Decisions keep the number of their line and their comment; blank lines and comments are no decisions."""
    found = read_decisions(_file(tmp_path, "# first", "", "merge a into b   #  one \t thing", "reject c"))
    assert [(item.line, item.comment) for item in found] == [(3, "one thing"), (4, "")]
    assert len(found) == 2
    assert found.file == str(tmp_path / "decisions.txt")


def test_all_problems_at_once(tmp_path: Path) -> None:
    """Every problem of a file is told, in order of lines, each with file, line, value and advice."""
    path = _file(tmp_path, "retype a to X", "merge a into b", "rubbish", "merge a into c", "retype d to Task")
    with pytest.raises(DecisionsError) as caught:
        read_decisions(path)
    assert [line for line, _ in caught.value.problems] == [1, 3, 4]
    assert caught.value.lines[2] == (
        f"{path}, line 4: 'a' is merged into 'c' here and merged into 'b' in line 2; keep one of them"
    )
    assert str(caught.value) == "\n".join(caught.value.lines)


@pytest.mark.parametrize(
    ("lines", "number", "message"),
    [
        (["merge a into b", "merge b into c", "merge c into a"], 3, "'a' (line 1), 'b' (line 2), 'c' (line 3)"),
        (["merge a into a"], 1, "'a' is merged into itself"),
        (["retype a to Task", "retype a to Metric"], 2, "'a' is retyped to 'Metric' here and retyped to 'Task' in"),
        (["rename a to A", "rename a to B"], 2, "renamed to 'B' here and renamed to 'A' in line 1"),
        (["reject a", "merge a into b"], 2, "'a' is rejected in line 1"),
        (["merge b into a", "reject a"], 1, "'a' is rejected in line 2"),
        (["reject b", "split F from a to b"], 2, "'b' is rejected in line 1"),
        (["reject a", "rename a to A"], 2, "'a' is rejected in line 1"),
        (["rename a to A", "merge a into b"], 1, "'a' is merged into 'b' in line 2 and has no label then"),
        (["split F from a to b", "split F from a to c"], 2, "split off to 'c' here and split off to 'b' in line 1"),
        (["split F from a to b", "split F from a to new b"], 2, "the form 'F' of 'a'"),
        (["split F from a to b in p", "reject F of a in p"], 2, "is rejected here and split off to 'b' in line 1"),
    ],
)
def test_contradictions(tmp_path: Path, lines: list[str], number: int, message: str) -> None:
    """Two decisions that cannot both hold are a problem of the later line, which names the earlier one."""
    ((line, text),) = _problems(tmp_path, *lines)
    assert line == number
    assert message in text
    assert any(advice in text for advice in ("keep one", "take one", "take this line away"))


@pytest.mark.parametrize(
    "lines",
    [
        ["merge a into b", "merge a into b"],
        ["merge a into b", "merge b into c", "merge d into c"],
        ["retype a to Task", "merge a into b"],
        ["split F from a to b", "reject a"],
        ["split F from a to b", "split F from a to c in p"],
        ["reject a in p", "merge a into b"],
        ["reject F of a", "reject G of a"],
        ["merge a into b", "rename b to B", "retype b to Task"],
    ],
)
def test_no_contradiction(tmp_path: Path, lines: list[str]) -> None:
    """Decisions that can hold together are accepted: repeated, chained, of different scope."""
    assert len(read_decisions(_file(tmp_path, *lines))) == len(lines)


def test_unreadable(tmp_path: Path) -> None:
    """A file that is missing or is not UTF-8 is an error with its name, and the line of the bad byte."""
    with pytest.raises(DecisionsError, match=r"none\.txt: cannot be read: No such file"):
        read_decisions(tmp_path / "none.txt")
    (tmp_path / "latin.txt").write_bytes(b"# one\nreject caf\xe9\n")
    with pytest.raises(DecisionsError, match=r"latin\.txt, line 2: byte 0xe9 is not UTF-8; save the file as UTF-8"):
        read_decisions(tmp_path / "latin.txt")


def test_empty_file_decides_nothing(tmp_path: Path) -> None:
    """A file of comments holds no decisions; a byte order mark is no part of the first line."""
    assert not read_decisions(_file(tmp_path, "# nothing", "#merge a into b"))
    (tmp_path / "mark.txt").write_bytes(b"\xef\xbb\xbfreject a\r\n")
    assert [item.concept for item in read_decisions(tmp_path / "mark.txt")] == ["a"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, b"reject b\n"),
        (b"", b"reject b\n"),
        (b"reject a  # why\n", b"reject a  # why\nreject b\n"),
        (b"# no newline", b"# no newline\nreject b\n"),
        (b"\xef\xbb\xbfreject a\r\n", b"\xef\xbb\xbfreject a\r\nreject b\r\n"),
    ],
)
def test_append_keeps_every_byte(tmp_path: Path, before: bytes | None, after: bytes) -> None:
    """Lines are added at the end; what was there stays, with its mark and its kind of line end."""
    path = tmp_path / "decisions.txt"
    if before is not None:
        path.write_bytes(before)
    append_lines(path, ["reject b"])
    assert path.read_bytes() == after
    assert [item.name for item in tmp_path.iterdir()] == ["decisions.txt"]


def test_decisions_in_comments(tmp_path: Path) -> None:
    """Commented-out decisions are proposals, after ``no:`` refusals; words and real decisions are neither."""
    path = _file(tmp_path, "# some words", "reject a", "# reject b  # why", "#no: reject c", "  ##  no: reject d")
    refused, proposed = commented_decisions(path)
    assert {item.concept for item in refused} == {"c", "d"}
    assert {item.concept for item in proposed} == {"b"}
    assert commented_decisions(tmp_path / "none") == (frozenset(), frozenset())
