"""How a decision is written in a line, and what counts of a name in it."""

import difflib
import re

from paperconcepts.linking.decision_model import Action, Decision
from paperconcepts.model import ConceptType
from paperconcepts.vocabulary import singular

__all__ = ["flat", "format_decision", "parse_decision", "plain_form"]

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


def flat(text: str) -> str:
    r"""A name in one line: every run of white space is one blank.

    Examples:
        >>> flat("state space\n model ")
        'state space model'
    """
    return " ".join(text.split())


def plain_form(text: str) -> str:
    r"""What counts of a surface form: capitals and hyphens do, line breaks and a plural do not.

    Examples:
        >>> plain_form("state space\nmodels"), plain_form("LoRAs") == plain_form("LoRas")
        ('state space model', False)
    """
    return singular(flat(text))


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
