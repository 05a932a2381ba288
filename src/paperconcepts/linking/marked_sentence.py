"""A sentence in which every concept and every number is one sign, so that short patterns read what is said of them.

"ZetaNet improves accuracy by 5.2 % on GSM8K" becomes "A improves M by P on D", where the signs are private-use
characters. Gaps of any width become one space: a wrapped sentence reads like a plain one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from paperconcepts.model import ConceptType, Mention, Sentence

__all__ = [
    "ARTEFACT",
    "DATASET",
    "METRIC",
    "NUMBER",
    "SHARE",
    "TASK",
    "TIMES",
    "Mark",
    "MarkedSentence",
    "mark_sentence",
]

METRIC, DATASET, ARTEFACT, TASK = "\ue000", "\ue001", "\ue002", "\ue003"
# Numbers: a share or a difference in points; a factor; a bare number.
SHARE, TIMES, NUMBER = "\ue004", "\ue005", "\ue006"
_SIGNS = {
    ConceptType.METRIC: METRIC,
    ConceptType.DATASET: DATASET,
    ConceptType.METHOD: ARTEFACT,
    ConceptType.MODEL: ARTEFACT,
    ConceptType.TASK: TASK,
}
_PRIVATE = re.compile("[\ue000-\ue006]")
_DIGIT = re.compile(r"\d")
_SPACES = re.compile(r"\s+")
# A range is one number. Two alternatives that begin with digits differ in the comma that must follow.
_FIGURE = r"(?:\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,9})?|\d{1,9}(?:\.\d{1,9})?)"
_UNIT = (
    r"(?: ?%(?: points?\b)?| per ?cent(?:age points?)?\b| percentage points?\b|[ -](?:absolute )?(?:points?|pts?|pp)\b"
    r"| ?[x×X](?![\w/])| ?times(?![\w/])|[ -]?fold\b)"
)
# A slash joins shares ("2.8%/1.0%"), other numbers it divides.
_END = r"(?:(?<=%)(?=/\d)|(?![\w/%@]|[.,]\d|-\w))"
_VALUE = re.compile(
    rf"(?:(?<=%/)|(?<![\w.,@/^$\-−–]))[+−–-]?(?P<first>{_FIGURE})(?P<unit>{_UNIT})?"
    rf"(?:(?P<joint>(?: ?[-–−] ?| to | and ))(?P<last>[+−–-]?{_FIGURE})(?P<last_unit>{_UNIT})?)?{_END}"
)
_MINUS = ("-", "−", "–")
_CHANGE = re.compile(r"(?:reduction|decrease|saving|increase|improvement|gain|drop|speed-?up)s?\Z", re.IGNORECASE)
_MEASURED = re.compile(r"(?:\d\s?[%x×]|percent|points?|times|fold)\s{1,3}\Z")
_SINGLE = re.compile(rf"[+−–-]?(?P<first>{_FIGURE})(?P<unit>{_UNIT})?{_END}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LABEL_BEFORE = re.compile(
    r"(?:\b(?:top|section|table|figure|fig\.|stage|step|phase|layer|version|level|chapter|equation|task|type|no\.|part"
    r"|track|round|epoch|day|hour) |\()\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A concept or a number of a sentence; ``start`` and ``end`` count in the text of the field.

    ``number`` is "" for a concept. A range has its two numbers in ``number``, joined by a hyphen, and the words that
    joined them in ``joint``. ``plus`` and ``minus`` tell a number with such a sign.
    """

    sign: str
    start: int
    end: int
    concept_id: str = ""
    confidence: float = 1.0
    number: str = ""
    unit: str = ""
    joint: str = ""
    plus: bool = False
    minus: bool = False


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """The sentence with signs, and what each sign stands for by its place."""

    text: str
    marks: dict[int, Mark]

    def places(self, sign: str, start: int = 0, end: int | None = None) -> list[int]:
        """Where a sign stands between two places."""
        last = len(self.text) if end is None else end
        return [place for place in sorted(self.marks) if start <= place < last and self.marks[place].sign == sign]


def mark_sentence(
    text: str, sentence: Sentence, mentions: Iterable[tuple[Mention, str, ConceptType]]
) -> MarkedSentence | None:
    """Put signs for the mentions (with concept id and type) and numbers of a sentence; None if it has no number.

    Examples:
        >>> from paperconcepts.model import ConceptType, Mention, Sentence
        >>> text = "It improves  accuracy by 5.2 %."
        >>> metric = Mention("abstract", 13, 21, "accuracy", ConceptType.METRIC, "catalogue", 0.9)
        >>> marked = mark_sentence(text, Sentence("abstract", 0, len(text)), [(metric, "accuracy", ConceptType.METRIC)])
        >>> marked.text == f"It improves {METRIC} by {SHARE}.", [mark.number for mark in marked.marks.values()]
        (True, ['', '5.2'])
    """
    if not _DIGIT.search(text, sentence.start, sentence.end):
        return None
    pieces: list[str] = []
    marks: dict[int, Mark] = {}
    length = 0
    position = sentence.start
    for mention, concept_id, label in sorted(mentions, key=lambda item: (item[0].start, -item[0].end)):
        if mention.start < position or (_SIGNS[label] == ARTEFACT and _is_change(text, mention)):
            continue
        length = _read_numbers(text, position, mention.start, pieces, marks, length)
        marks[length] = Mark(_SIGNS[label], mention.start, mention.end, concept_id, mention.confidence)
        pieces.append(_SIGNS[label])
        length += 1
        position = mention.end
    length = _read_numbers(text, position, sentence.end, pieces, marks, length)
    return MarkedSentence("".join(pieces), marks)


def _is_change(text: str, mention: Mention) -> bool:
    """Whether a name stands for what a number measures: "a 39 % token reduction" does not speak of the method."""
    before = text[max(0, mention.start - 12) : mention.start]
    return _CHANGE.search(mention.text) is not None and _MEASURED.search(before) is not None


def _read_numbers(text: str, start: int, end: int, pieces: list[str], marks: dict[int, Mark], length: int) -> int:
    """Append the text between two mentions with its numbers as signs; return the new length."""
    flat, places = _squeeze(text, start, end)
    done = 0
    for match in _values(flat):
        # A number that touches a name is part of it: "Llama-3".
        if (match.start() == 0 and pieces) or _is_label(flat, match):
            continue
        before = flat[done : match.start()]
        mark = _mark(match, places)
        pieces += [before, mark.sign]
        marks[length + len(before)] = mark
        length += len(before) + 1
        done = match.end()
    pieces.append(flat[done:])
    return length + len(flat) - done


def _squeeze(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """The text with single spaces, and the place of each of its characters in the original."""
    pieces: list[str] = []
    places: list[int] = []
    position = start
    for gap in _SPACES.finditer(text, start, end):
        pieces += [text[position : gap.start()], " "]
        places += [*range(position, gap.start()), gap.start()]
        position = gap.end()
    pieces.append(text[position:end])
    places += range(position, end)
    return _PRIVATE.sub(" ", "".join(pieces)), places


def _values(flat: str) -> Iterable[re.Match[str]]:
    position = 0
    while (match := _VALUE.search(flat, position)) is not None:
        if match["joint"] and not _is_range(flat, match):
            single = _SINGLE.match(flat, match.start())
            if single is None:
                position = match.end("first")
                continue
            match = single
        yield match
        position = match.end()


def _is_range(flat: str, match: re.Match[str]) -> bool:
    """Whether two numbers are one: "between 3 and 5 %", "3-5 %", "from 3 to 5"; not "3 % and 5 %"."""
    return match["joint"] != " and " or flat[: match.start()].endswith(("between ", "Between "))


def _is_label(flat: str, match: re.Match[str]) -> bool:
    """Whether a bare number counts or names something: a year, "Table 3", "(1)"."""
    if match["unit"] or (match.re is _VALUE and match["last_unit"]):
        return flat[: match.start()].endswith(("top ", "Top "))
    if _YEAR.fullmatch(match["first"]):
        return True
    whole = match["first"].isdigit()
    return whole and (_LABEL_BEFORE.search(flat[max(0, match.start() - 12) : match.start()]) is not None)


def _mark(match: re.Match[str], places: list[int]) -> Mark:
    joined = match.re is _VALUE and match["joint"] is not None
    unit = _unit((match["last_unit"] or match["unit"] or "") if joined else match["unit"] or "")
    number = match["first"]
    if joined:
        number = f"{number}-{match['last'].lstrip('+−–-')}"
    start = match.start("first")
    end = match.end("last") if joined else match.end("first")
    sign = {"%": SHARE, "points": SHARE, "x": TIMES}.get(unit, NUMBER)
    return Mark(
        sign,
        places[start],
        places[end - 1] + 1,
        number=number,
        unit=unit,
        joint=match["joint"].strip() if joined else "",
        plus=match.group().startswith("+"),
        minus=match.group().startswith(_MINUS),
    )


def _unit(written: str) -> str:
    word = written.strip(" -")
    if not word:
        return ""
    if "point" in word or word in ("pt", "pts", "pp"):
        return "points"
    return "%" if word[0] in "%p" else "x"
