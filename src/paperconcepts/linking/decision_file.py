"""The decisions file: what a person has decided about concepts, one decision a line, each with its comment.

::

    # Lines that begin with # are comments, and so is what follows a # after a blank.
    merge "wombat net" into wombatnet                     # a slip in one abstract
    split LoRa from low-rank-adaptation to new "LoRa radio" in arxiv:2401.00001
    rename wombatnet to "WombatNet"
    retype quokkabench to Dataset
    reject "AI" of artificial-intelligence                # too general

The format is made for version control: no nesting, no order, one line more or less for each change of mind.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from paperconcepts.errors import DecisionsError
from paperconcepts.files import write_atomic
from paperconcepts.linking.decision_conflicts import find_conflicts
from paperconcepts.linking.decision_model import Decision, Decisions, Problem
from paperconcepts.linking.decision_syntax import flat, parse_decision

__all__ = ["append_lines", "commented_decisions", "read_decisions"]

_COMMENTED = re.compile(r"\s*#[\s#]*(?P<no>no:\s*)?")


def read_decisions(path: str | Path, *, keep_problems: bool = False) -> Decisions:
    """Read a decisions file. Names of concepts are not looked up; that is done when the decisions are applied.

    With ``keep_problems`` lines that are no decision are kept for ``apply_decisions``, which knows the names too and
    tells all that is wrong at once.

    Raises:
        DecisionsError: the file cannot be read; without ``keep_problems`` also if it holds lines that are no decision,
            unknown types or contradictions; all problems are told at once, each with its line.

    Examples:
        >>> import tempfile, pathlib
        >>> file = pathlib.Path(tempfile.mkdtemp()) / "decisions.txt"
        >>> _ = file.write_text('merge "wombat net" into wombatnet  # a slip')
        >>> read_decisions(file).items[0].comment
        'a slip'
    """
    items: list[Decision] = []
    problems: list[Problem] = []
    for number, line in enumerate(_text(path).split("\n"), 1):
        try:
            decision = parse_decision(line)
        except ValueError as error:
            problems.append((number, str(error)))
            continue
        if decision is not None:
            items.append(replace(decision, line=number))
    if keep_problems:
        return Decisions(tuple(items), str(path), tuple(problems))
    problems += find_conflicts(items, flat)
    if problems:
        raise DecisionsError(str(path), sorted(problems, key=lambda problem: problem[0] or 0))
    return Decisions(tuple(items), str(path))


def commented_decisions(path: str | Path) -> tuple[frozenset[Decision], frozenset[Decision]]:
    """The decisions that stand in the comments of a file: those refused (after ``no:``), and those proposed.

    A file that does not exist holds none.

    Raises:
        DecisionsError: the file cannot be read.
    """
    refused: set[Decision] = set()
    proposed: set[Decision] = set()
    for line in _text(path).split("\n") if Path(path).exists() else ():
        match = _COMMENTED.match(line)
        if match is None:
            continue
        try:
            decision = parse_decision(line[match.end() :])
        except ValueError:
            continue  # a comment in plain words
        if decision is not None:
            (refused if match["no"] else proposed).add(decision)
    return frozenset(refused), frozenset(proposed)


def _text(path: str | Path) -> str:
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise DecisionsError(str(path), [(None, f"cannot be read: {error.strerror}")]) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        byte = raw[error.start]
        raise DecisionsError(str(path), [(line, f"byte {byte:#04x} is not UTF-8; save the file as UTF-8")]) from error


def append_lines(path: str | Path, lines: Iterable[str]) -> None:
    """Add lines at the end of a decisions file; what stands there stays as it is, to the byte.

    The file is made if it is missing, and replaced in one step: it is never half written.

    Raises:
        DecisionsError: what stands there is not UTF-8.
        OutputError: the file cannot be written.
    """
    target = Path(path)
    # Not through _text: a byte order mark stays too.
    before = "" if not target.exists() else "\ufeff" * _has_mark(target) + _text(target)
    end = "\r\n" if "\r\n" in before else "\n"
    gap = "" if not before or before.endswith("\n") else end
    write_atomic(target, before + gap + "".join(line + end for line in lines))


def _has_mark(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(3) == b"\xef\xbb\xbf"
