"""Tell what a name denotes: by the noun after it, its apposition, its ending, or the words before it."""

import re

from paperconcepts.extraction.lexicon import CUE_TYPES, SUFFIX_TYPES
from paperconcepts.model import ConceptType

__all__ = ["name_type", "type_before"]

_APPOSITION = re.compile(
    r"[\"'”’)\]]*\s*(?:\([^()]{1,60}\)\s*)?(?:(?:,|—|–|--|:|, which is|is"
    r"|are)\s*)?(?:\(\s*)?(?:an?|the|our"
    r"|one of the)\s+((?:[\w'’-]+[ ,]+){0,8}?)([\w-]+)(?=[\s,.;:)]|$)"
)
_FOLLOW = re.compile(r"[\"'”’)]*\s+(?:[a-z][\w-]*\s+)?([a-z][\w-]*)")
_PRECEDE = re.compile(r"([a-z][\w-]*)\s*,?\s*[\"'“(]?$")


def name_type(text: str, start: int, end: int) -> ConceptType | None:
    """What the name ``text[start:end]`` denotes, by the noun after it, its apposition, or its ending; None if open."""
    following = _FOLLOW.match(text, end)
    if following is not None:
        for group in (text[following.start() : following.end()].split() or [""])[:2]:
            label = CUE_TYPES.get(group.strip("\"'”’)").lower())
            if label is not None:
                return label
    apposition = _APPOSITION.match(text, end, min(len(text), end + 160))
    if apposition is not None:
        label = _phrase_type(text[apposition.start(1) : apposition.start(1) + 120])
        if label is not None:
            return label
    for pattern, label in SUFFIX_TYPES:
        if pattern.search(text[start:end].rstrip("s")):
            return label
    return type_before(text, start)


def _phrase_type(phrase: str) -> ConceptType | None:
    """The type of the first head noun of a phrase such as "novel large-scale benchmark for ..."."""
    for word in re.findall(r"[\w'’-]+", phrase)[:9]:
        lower = word.lower()
        if lower in _PHRASE_END:
            break
        label = CUE_TYPES.get(lower)
        if label is not None and not (label is ConceptType.MODEL and lower in ("model", "llm", "lm", "network")):
            return label
        if label is not None:
            rest = re.findall(r"[\w'’-]+", phrase.split(word, 1)[1])[:1]
            second = CUE_TYPES.get(rest[0].lower()) if rest else None
            return second or label
    return None


_PHRASE_END = frozenset(
    """
that which for of to with by on in from where who whose is are using based designed
""".split()
)


def type_before(text: str, start: int) -> ConceptType | None:
    """The type that the words before a name give it: "the model X", "datasets such as X"."""
    match = _PRECEDE.search(text, max(0, start - 30), start)
    label = CUE_TYPES.get(match.group(1)) if match else None
    if label is None and _DATA_LIST.search(text, max(0, start - 140), start):
        return ConceptType.DATASET
    return label


# "on GSM8K, MATH and X", "benchmarks such as X, Y": what results are reported on.
_DATA_LIST = re.compile(
    r"(?:\b(?:on|across|over)(?: the)?"
    r"|\b(?:datasets?|benchmarks?|corpora|suites?)(?:,? (?:such as|like|including|e\.g\.,?|i\.e\.,?)|:| \())"
    r"(?: ?(?:[A-Z\d][\w.+-]*)(?: [A-Z\d][\w.+-]*){0,2}(?:,| and|, and|,? or| &)){0,6} \Z"
)
