"""Names that only their marks or capitals show: "Inner Monologue" in quotes, **Div-Ref**, P(IK), Core Neurons.

Far from all of these are names, so they are only proposed: the ranker decides (`paperconcepts.extraction.components`).
"""

import re
from collections.abc import Iterator

from paperconcepts.extraction.lexicon import TERM_STOP
from paperconcepts.extraction.name_patterns import NameSpan
from paperconcepts.extraction.name_types import name_type

__all__ = ["MARKED_RULES", "find_marked_names"]

# Bounded repeats only (tests/extraction/test_hostile_text.py). An apostrophe is no quote.
_QUOTED = re.compile(
    r"[\"“«]([^\W_][^\"“”«»\n]{1,60}?)[,.]?[\"”»]|``([^\W_][^`'\"”\n]{1,60}?)[,.]?(?:''|\"|”)"
    r"|(?<![\w*])\*{1,3}([^\W_][^*\n]{1,60}?)[,.]?\*{1,3}(?![\w*])|(?<!\w)‘([^\W_][^‘’\n]{1,60}?)[,.]?’(?!\w)"
)
_MOST_WORDS = 6
MARKED_RULES = frozenset(("name:quoted", "name:notation", "name:capitals"))
# "P(IK)", "P(True)": a quantity that is named like a function. "O(N)" and "f(x)" are none.
_NOTATION = re.compile(r"(?<!\w)[A-Z][A-Za-z]{0,3}\((?=[A-Za-z]{0,11}[A-Z])[A-Za-z]{2,12}\)(?!\w)")
# Words with a leading capital behind one without, so that no sentence begins with them.
_WORD = r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{2,20}(?:-[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{1,20})?"
_CAPITALS = re.compile(rf"(?<=[a-zß-öø-ÿ,)] ){_WORD}(?: {_WORD}){{1,4}}(?![\w-])")


def find_marked_names(text: str, title_end: int) -> list[NameSpan]:
    """What may be a name by its marks or capitals, in a text whose first ``title_end`` characters are the title.

    Examples:
        >>> text = 'This "Inner Monologue" method sees how P(IK) links Core Neurons.'
        >>> [(text[n.start : n.end], n.rule) for n in find_marked_names(text, 0)]
        [('Inner Monologue', 'name:quoted'), ('P(IK)', 'name:notation'), ('Core Neurons', 'name:capitals')]
    """
    return [
        *_quoted(text),
        *_spans(text, _NOTATION, "name:notation", 0),
        *_spans(text, _CAPITALS, "name:capitals", title_end),
    ]


def _quoted(text: str) -> Iterator[NameSpan]:
    for match in _QUOTED.finditer(text):
        start, end = match.span(match.lastindex or 0)
        end = start + len(text[start:end].rstrip(" .,:;!?"))
        words = text[start:end].split()
        if len(words) <= _MOST_WORDS and not (len(words) == 1 and words[0].lower() in TERM_STOP):
            yield NameSpan(start, end, name_type(text, start, end), "name:quoted", 0.5)


def _spans(text: str, pattern: re.Pattern[str], rule: str, first: int) -> Iterator[NameSpan]:
    for match in pattern.finditer(text, first):
        yield NameSpan(match.start(), match.end(), name_type(text, *match.span()), rule, 0.4)
