r"""Turn the LaTeX that carries words into those words: ``\textit{a}``, ``$r$``, ``97.5\%``, ``Fr\'echet``.

Text without a backslash or a pair of math dollars is never touched: ``$5``, ``E^3``, ``snake_case``, ``{a, b}``,
``50%``, ``a & b`` and ``~10`` stay as they are, and so does a backslash that follows a letter, a digit or a colon and
starts no known command (``C:\Users``).
"""

import re
import unicodedata
from re import Match

from paperconcepts.sources.latex_names import ACCENTS, DECLARATIONS, DISCARDED, FUNCTIONS, MARKS, SYMBOLS, WRAPPERS
from paperconcepts.sources.rewriting import Draft, Edit

__all__ = ["replace_latex"]

# Every quantifier is bounded or runs over one class that what follows cannot match: all are linear (timed by a test).
# Written so that each alternative of a token begins with one character: the engine then skips to the next of these.
_TOKEN = re.compile(r"\{|\}|\\\\{0,63}(?:(?P<name>[A-Za-z]{1,64})\*?|(?P<mark>.)|\Z)", re.DOTALL)
_MATH = re.compile(r"(\$\$?)(?![\s$])([^$]{1,300})(?<!\s)\1(?!\$)")
_FRACTION = re.compile(r"\\[dt]?frac ?\{([^{}]{1,80})\} ?\{([^{}]{1,80})\}")
_LINK = re.compile(r"\\href ?\{([^{}]{0,500})\} ?\{([^{}]{0,500})\}")
_ARGUMENT = re.compile(r"(?:\[[^\[\]]{0,200}\])?\{[^{}]{0,200}\}")
_ACCENTED = re.compile(r" ?\{\\?([A-Za-z])\}|\\?([A-Za-z])")
_BRACED_LETTER = re.compile(r"\{\\?([A-Za-z])\}")
_CONTRACTION = re.compile(r"(?:s|t|d|m|re|ve|ll)(?![A-Za-z])")
_LETTERS = re.compile(r"(?<!\\)(?<![A-Za-z])[A-Za-z]{3}")
_OPERATOR = re.compile(r"[\\^_=<>+*/×]")
_PASSES = 12


def replace_latex(draft: Draft) -> int:
    r"""Replace the LaTeX in ``draft`` by the words it carries; return the number of changes.

    A second call changes nothing. Time is linear in the length of the text.

    Examples:
        >>> draft = Draft(r"An \textit{implicit} PRM, \'a la $Q^*$, with 97.5\% for $100K")
        >>> replace_latex(draft)
        4
        >>> draft.text
        'An implicit PRM, á la Q^*, with 97.5% for $100K'
    """
    changes = 0
    for _ in range(_PASSES):
        found = _replace_once(draft)
        changes += found
        if not found or ("\\" not in draft.text and "$" not in draft.text):
            return changes
    # Only a text made to defeat us nests this deep: what remains of its mark-up goes.
    return changes + draft.substitute(re.compile(r"[\\$]"), lambda match: "")


def _replace_once(draft: Draft) -> int:
    changes = 0
    if "\\" in draft.text:
        if "\\href" in draft.text:
            changes += draft.substitute(_LINK, lambda match: f"{match[2]} ({match[1]})")
        if "frac" in draft.text:
            changes += draft.substitute(_FRACTION, lambda match: f"{match[1]}/{match[2]}")
    if "$" in draft.text:
        changes += draft.substitute(_MATH, _replace_math)
    if "\\" in draft.text:
        edits, commands = _find_commands(draft.text)
        draft.apply(edits)
        changes += commands
    return changes


def _replace_math(match: Match[str]) -> str:
    return match[2] if _is_math(match) else match[0]


def _is_math(match: Match[str]) -> bool:
    """Tell ``$r$`` from two prices and from shell variables."""
    text, content = match.string, match[2]
    start, end = match.span()
    before, after = text[start - 1 : start], text[end : end + 1]
    marked = content[0] in "\\^_"
    if before == "\\" or content[-1] == "\\":
        return False
    if before.isalnum() and not marked:
        return False
    plain = "\\" not in content and "^" not in content and "_" not in content
    if plain and (after.isdigit() or (after.isalpha() and len(content) > 3)):
        return False
    if content[0].isdigit():
        number = content.replace(".", "").replace(",", "").isdigit()
        return number or (_OPERATOR.search(content) is not None and not _LETTERS.search(content))
    return content.count("(") == content.count(")")


def _find_commands(text: str) -> tuple[list[Edit], int]:
    edits: list[Edit] = []
    commands = 0
    removed: list[bool] = []  # for each open brace: does its closing brace go?
    position = 0
    while match := _TOKEN.search(text, position):
        position = match.end()
        token = match[0]
        if token == "{":  # noqa: S105 - a token of text
            edit = _open_group(text, match.start())
            removed.append(edit is not None)
        elif token == "}":  # noqa: S105
            edit = Edit(match.start(), match.end(), "") if removed and removed.pop() else None
        else:
            edit, opens = _replace_command(text, match)
            if opens:
                removed.append(True)
            commands += edit is not None
        if edit is not None:
            done = edits[-1].end if edits else 0
            edits.append(edit if edit.start >= done else Edit(done, edit.end, edit.replacement))
            position = edit.end
    return edits, commands


def _open_group(text: str, start: int) -> Edit | None:
    r"""Remove the brace of ``{\it ...}``; keep the one of ``{a, b}``."""
    match = _TOKEN.match(text, start + 1)
    if match is None or match[0] in ("{", "}") or ((match["mark"] or "") in "{}" and match["name"] is None):
        return None
    before = text[start - 1] if start else " "
    words = match["name"] in DECLARATIONS or match["name"] in WRAPPERS
    # "...Multi-RM{\small\texttt{https://...}}" is two words.
    return Edit(start, start + 1, " " if words and (before.isalnum() or before in "}.,;:") else "")


def _replace_command(text: str, match: Match[str]) -> tuple[Edit | None, bool]:
    """The edit for one command, and whether it takes an opening brace with it."""
    if match["name"]:
        return _replace_name(text, match)
    return _replace_mark(text, match), False


def _replace_mark(text: str, match: Match[str]) -> Edit | None:
    start, end, mark = match.start(), match.end(), match["mark"]
    doubled = text.startswith("\\\\", start)
    if mark is None or mark.isspace():
        # "\ " is a space, "\\" ends a line; a lone backslash at the end is no LaTeX.
        return Edit(start, end - len(mark or ""), "") if doubled or mark else None
    if mark in ACCENTS and (accented := _accent(text, end, mark)):
        return Edit(start, accented[0], accented[1])
    if mark in "([":
        return Edit(start, end + text.startswith(" ", end), "")
    if mark in ")]":
        return Edit(start - (text[start - 1 : start] == " "), end, "")
    if mark == ",":
        within_number = text[start - 1 : start].isdigit() and text[end : end + 1].isdigit()
        return Edit(start, end, "" if within_number else " ")
    return Edit(start, end, MARKS[mark]) if mark in MARKS else None


def _accent(text: str, position: int, mark: str) -> tuple[int, str] | None:
    match = _ACCENTED.match(text, position)
    if match is None:
        return None
    letter = match[1] or match[2]
    combining, letters = ACCENTS[mark]
    if letter not in letters:
        return None
    if mark == "'" and match[2] and _CONTRACTION.match(text, position):
        return None  # "the model\'s" is an apostrophe that somebody escaped
    return match.end(), unicodedata.normalize("NFC", letter + combining)


def _replace_name(text: str, match: Match[str]) -> tuple[Edit | None, bool]:
    start, end, name = match.start(), match.end(), match["name"]
    if name in DISCARDED:
        argument = _ARGUMENT.match(text, end)
        end = argument.end() if argument else end
        opens = name in ("textcolor", "colorbox") and text.startswith("{", end)
        return Edit(start, end + opens, ""), opens
    if name in ACCENTS and (letter := _BRACED_LETTER.match(text, end)):
        composed = unicodedata.normalize("NFC", letter[1] + ACCENTS[name][0])
        return Edit(start, letter.end(), composed if len(composed) == 1 else letter[1]), False
    empty = text.startswith("{}", end)
    if name in FUNCTIONS:
        return Edit(start, end, " " * text[start - 1 : start].isalnum() + name), False
    if name in SYMBOLS:
        return Edit(start, end + 2 * empty, SYMBOLS[name]), False
    if name in DECLARATIONS:
        return Edit(start, end + 2 * empty + text.startswith(" ", end), ""), False
    return _replace_word(text, match, empty=empty)


def _replace_word(text: str, match: Match[str], *, empty: bool) -> tuple[Edit | None, bool]:
    r"""``\textit{a}`` is a; ``\ours{a}`` is a; ``\ours`` and ``\ours{}`` are the word that the authors named so."""
    start, end, name = match.start(), match.end(), match["name"]
    known = name in WRAPPERS
    brace = end + text.startswith(" {", end)
    if empty:
        return Edit(start, end + 2, "" if known else name), False
    if text.startswith("{", brace) and (known or brace == end):
        note = name == "footnote" and not text[start - 1 : start].isspace()
        return Edit(start, brace + 1, " " * note), True
    if known:
        return Edit(start, end + text.startswith(" ", end), ""), False
    before = text[start - 1] if start else " "
    if before.isalnum() or before == ":":
        return None, False
    tied = text.startswith("~", end)
    return Edit(start, end + tied, name + " " * tied), False
