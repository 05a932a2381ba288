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

import difflib
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from paperconcepts.errors import DecisionsError
from paperconcepts.files import write_atomic
from paperconcepts.linking.decision_conflicts import Problem, find_conflicts
from paperconcepts.linking.decision_model import Action, Decision, Decisions
from paperconcepts.model import ConceptType

__all__ = ["append_lines", "commented_decisions", "flat", "format_decision", "parse_decision", "read_decisions"]

_SHAPES = (
    "merge {concept} into {target}",
    "split {form} from {concept} to {target}",
    "split {form} from {concept} to {target} in {paper}",
    "split {form} from {concept} to new {target}",
    "split {form} from {concept} to new {target} in {paper}",
    "rename {concept} to {target}",
    "retype {concept} to {target}",
    "reject {concept}",
    "reject {concept} in {paper}",
    "reject {form} of {concept}",
    "reject {form} of {concept} in {paper}",
)
_COMMENTED = re.compile(r"\s*#[\s#]*(?P<no>no:\s*)?")
_MAKES_NEW = " to new "
_USAGE = {
    Action.SPLIT: "split FORM from CONCEPT to [new] CONCEPT [in PAPER]",
    Action.MERGE: "merge CONCEPT into CONCEPT",
    Action.RENAME: "rename CONCEPT to LABEL",
    Action.RETYPE: "retype CONCEPT to TYPE",
    Action.REJECT: "reject CONCEPT [in PAPER], or reject FORM of CONCEPT [in PAPER]",
}
_BLANKS = re.compile(r"\s*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"(?=\s|\Z)')
_BARE = re.compile(r'[^\s"#][^\s"]*')
_PLAIN = re.compile(r'[^\s"#\\][^\s"\\]*')
_ESCAPE = re.compile(r"\\(.)")


def read_decisions(path: str | Path) -> Decisions:
    """Read a decisions file. Names of concepts are not looked up; that is done when the decisions are applied.

    Raises:
        DecisionsError: the file cannot be read, or holds lines that are no decision, unknown types or contradictions;
            all problems are told at once, each with its line.

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


def flat(text: str) -> str:
    r"""A name in one line: every run of white space is one blank.

    Examples:
        >>> flat("state space\n model ")
        'state space model'
    """
    return " ".join(text.split())


def parse_decision(line: str) -> Decision | None:
    """Read one line; None if it is empty or a comment.

    Raises:
        ValueError: it is neither; the message says what is wrong and how such a line is written.

    Examples:
        >>> parse_decision("retype quokkabench to dataset").target
        'Dataset'
        >>> parse_decision("merge quokkabench with numbatbench")
        Traceback (most recent call last):
        ...
        ValueError: 'merge quokkabench with numbatbench' is not of the form: merge CONCEPT into CONCEPT; put a name
        with blanks into double quotes
    """
    words, comment = _words(line)
    if not words:
        return None
    action = _action(words[0])
    shape, names = next(((s, n) for s in _SHAPES if (n := _match(s, words)) is not None), ("", {}))
    if not shape:
        raise ValueError(
            f"{flat(line)[:100]!r} is not of the form: {_USAGE[action]}; put a name with blanks into double quotes"
        )
    if "" in names.values():
        raise ValueError(f'{flat(line)[:100]!r} has an empty name ""; write the name, or take the line away')
    if action is Action.RETYPE:
        names["target"] = _type(names["target"])
    form, paper = names.get("form", ""), names.get("paper", "")
    new = _MAKES_NEW in shape
    return Decision(action, names["concept"], names.get("target", ""), form, paper, new, comment=flat(comment))


def _words(line: str) -> tuple[list[str], str]:
    """The words of a line, quotes taken off, and its comment."""
    words: list[str] = []
    position = 0
    while True:
        position = _BLANKS.match(line, position).end()  # type: ignore[union-attr]
        if position == len(line):
            return words, ""
        if line[position] == "#":
            return words, line[position + 1 :].strip()
        match = (_QUOTED if line[position] == '"' else _BARE).match(line, position)
        if match is None or not (match.end() == len(line) or line[match.end()].isspace()):
            raise ValueError(
                f"{flat(line[position:])[:80]!r} has a double quote that is not closed or stands inside a name; "
                f'put the whole name into double quotes, and write \\" for a quote in it'
            )
        position = match.end()
        words.append(flat(_ESCAPE.sub(r"\1", match[1])) if match.re is _QUOTED else match[0])


def _action(word: str) -> Action:
    if word in list(Action):
        return Action(word)
    near = difflib.get_close_matches(word.lower(), list(Action), n=1)
    hint = f"did you mean {str(near[0])!r}? " if near else ""
    raise ValueError(f"unknown action {word!r}; {hint}Actions are {', '.join(Action)}; comments begin with #")


def _match(shape: str, words: list[str]) -> dict[str, str] | None:
    parts = shape.split()
    if len(parts) != len(words):
        return None
    found: dict[str, str] = {}
    for part, word in zip(parts, words, strict=True):
        if part.startswith("{"):
            found[part.strip("{}")] = word
        elif part != word:
            return None
    return found


def _type(name: str) -> str:
    for known in ConceptType:
        if known.lower() == name.lower():
            return str(known)
    raise ValueError(f"unknown type {name!r}; types are {', '.join(ConceptType)}")


def format_decision(decision: Decision) -> str:
    r"""The line that reads back as this decision, its comment included.

    Examples:
        >>> print(format_decision(Decision(Action.MERGE, "wombat net", "wombatnet", comment="a slip")))
        merge "wombat net" into wombatnet  # a slip
    """
    given = {name for name in ("form", "paper") if getattr(decision, name)}
    shape = next(
        shape
        for shape in _SHAPES
        if shape.startswith(decision.action)
        and {name for name in ("form", "paper") if f"{{{name}}}" in shape} == given
        and (_MAKES_NEW in shape) is decision.new
    )
    names = {name: _quoted(getattr(decision, name)) for name in ("concept", "target", "form", "paper")}
    comment = flat(decision.comment)
    return shape.format(**names) + (f"  # {comment}" if comment else "")


def _quoted(name: str) -> str:
    name = flat(name)
    if _PLAIN.fullmatch(name):
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


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
