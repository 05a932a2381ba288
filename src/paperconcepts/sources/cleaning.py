r"""Clean text at the door: after it, nobody meets a control character, a lone surrogate or LaTeX.

The offsets of this package are code points into the cleaned text. Clean text passes unchanged, white space included;
zero-width and bidirectional characters are kept, as they carry meaning in some scripts.
"""

import re
import unicodedata
from collections import Counter
from re import Match

from paperconcepts.sources.latex import replace_latex
from paperconcepts.sources.rewriting import Draft

__all__ = ["clean_text", "is_clean", "repair_text", "trace_text"]

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_PAIRS = re.compile(r"[\ud800-\udbff][\udc00-\udfff]")
_INVALID = re.compile(r"[\ud800-\udfff\ufffe\uffff]")
# Normalisation never reaches across the place before an ASCII character, so the parts can be done one by one.
_NOT_ASCII = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
_MOST_MARKS = 64


def clean_text(text: str) -> tuple[str, Counter[str]]:
    r"""Return ``text`` cleaned and what was cleaned, by kind.

    Unicode NFC; CR, CRLF and other line ends become LF; other control characters but tab go; surrogates that belong
    together are joined, lone ones and non-characters become U+FFFD; LaTeX becomes the words it carries. Cleaning what
    is clean changes nothing, and never strips or joins white space.

    Examples:
        >>> clean_text("97.5\\% with\r\n$r$\x00")
        ('97.5% with\nr', Counter({'LaTeX': 2, 'line ends': 1, 'control characters': 1}))
        >>> clean_text("  costs $5, E^3 & snake_case  ")
        ('  costs $5, E^3 & snake_case  ', Counter())
    """
    if is_clean(text):
        return text, Counter()
    draft = Draft(text)
    repairs = Counter[str]() if _is_valid(text) else _repair(draft)
    counts = _clean_latex(draft)
    return draft.text, repairs + counts if repairs else counts


def trace_text(text: str) -> tuple[str, list[tuple[int, int]]]:
    r"""Return ``text`` cleaned and, for each of its characters, the span of ``text`` that it stands for.

    Use it to carry offsets of the cleaned text back to the text as it was read.

    Examples:
        >>> cleaned, origins = trace_text(r"from 97.5\% on")
        >>> start, end = cleaned.index("97.5%"), cleaned.index(" on")
        >>> origins[start][0], origins[end - 1][1]
        (5, 11)
    """
    draft = Draft.track(text)
    _repair(draft)
    _clean_latex(draft)
    return draft.text, draft.origins or []


def repair_text(text: str) -> str:
    r"""Return ``text`` as valid Unicode (everything that `clean_text` does but LaTeX).

    Examples:
        >>> repair_text("e\u0301\x00 \\alpha")
        'é \\alpha'
    """
    if _is_valid(text):
        return text
    draft = Draft(text)
    _repair(draft)
    return draft.text


def is_clean(text: str) -> bool:
    r"""Whether `clean_text` would surely change nothing; quick for what most texts are.

    Examples:
        >>> is_clean("On Trees"), is_clean("$x$"), is_clean("a\tb")
        (True, False, False)
    """
    return "\\" not in text and "$" not in text and _is_valid(text)


def _is_valid(text: str) -> bool:
    """Whether `_repair` would find nothing to do; quick for what most texts are (an unclear case is not valid)."""
    if not (text.isprintable() or text.replace("\n", "").isprintable()):
        return False
    return text.isascii() or unicodedata.is_normalized("NFC", text)


def _repair(draft: Draft) -> Counter[str]:
    counts: Counter[str] = Counter()
    for name, pattern, replace in _STEPS:
        if changes := draft.substitute(pattern, replace):
            counts[name] += changes
    # Last, because what goes may have stood between a base and its accent.
    if not unicodedata.is_normalized("NFC", draft.text):
        counts["not NFC"] += draft.substitute(_NOT_ASCII, _normalise)
    return counts


def _clean_latex(draft: Draft) -> Counter[str]:
    if "\\" not in draft.text and "$" not in draft.text:
        return Counter()
    changes = 0
    while ("\\" in draft.text or "$" in draft.text) and (found := replace_latex(draft)):
        changes += found
        if not unicodedata.is_normalized("NFC", draft.text):
            # A base and its accent have met; what they make is looked at again.
            draft.substitute(_NOT_ASCII, _normalise)
    return Counter({"LaTeX": changes}) if changes else Counter()


def _line_feed(match: Match[str]) -> str:
    return "\n"


def _nothing(match: Match[str]) -> str:
    return ""


def _replacement(match: Match[str]) -> str:
    return "\ufffd"


def _join_pair(match: Match[str]) -> str:
    return match[0].encode("utf-16", "surrogatepass").decode("utf-16")


def _normalise(match: Match[str]) -> str:
    return unicodedata.normalize("NFC", _limit_marks(match[0]))


def _limit_marks(text: str) -> str:
    """Drop the marks of a letter beyond any that a script uses: ordering them takes time quadratic in their number."""
    if len(text) <= _MOST_MARKS:
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


_STEPS = (
    ("line ends", _LINE_ENDS, _line_feed),
    ("control characters", _CONTROLS, _nothing),
    ("surrogates", _PAIRS, _join_pair),
    ("surrogates", _INVALID, _replacement),
)
