"""Find abbreviation definitions: "Low-Rank Adaptation (LoRA)", "LoRA (Low-Rank Adaptation)", "LoRA, short for ...".

The alignment is that of Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in
biomedical text" (Pacific Symposium on Biocomputing, 2003), with two additions: an alignment of initials is preferred
when there is one, and a plural s of the short form is ignored.
"""

import heapq
import re
from dataclasses import dataclass
from operator import itemgetter

from spacy.language import Language
from spacy.tokens import Doc

from paperconcepts.extraction.tokenizer import text_of

__all__ = ["DefinitionSpan", "abbreviation_definitions", "find_definitions", "find_title_definition"]

# Bounded repeats only: unbounded ones are quadratic or worse on long runs (tests/extraction/test_hostile_text.py).
_BRACKET = re.compile(r"[(\[]([^()\[\]\n]{1,120})[)\]]")
_SHORT = re.compile(r"[^\W_](?:[\w.+*^/-]{0,18}[\w+*^])?(?: [^\W_][\w+-]{0,9})?")
_WORD = re.compile(r"[^\W_][\w'’]*")
_STOP = frozenset(
    """
a an the of for and or in on to with by via from using we is are as our this that these
""".split()
)
_LEADING = frozenset("""
a an the of for and or in on to with by via from using we is are as our this that these called named termed
propose introduce present new novel such both between into like
""".split())  # fmt: skip


@dataclass(frozen=True, slots=True)
class DefinitionSpan:
    """Short and long form as character spans of one text."""

    short: tuple[int, int]
    long: tuple[int, int]


def find_definitions(text: str) -> list[DefinitionSpan]:
    """Return the abbreviation definitions of a text, in order; each short form's first definition only.

    Examples:
        >>> text = "We use Low-Rank Adaptation (LoRA) and DPO (Direct Preference Optimization)."
        >>> [(text[d.short[0]:d.short[1]], text[d.long[0]:d.long[1]]) for d in find_definitions(text)]
        [('LoRA', 'Low-Rank Adaptation'), ('DPO', 'Direct Preference Optimization')]
    """
    found: list[DefinitionSpan] = []
    seen: set[str] = set()
    bracketed = (
        (match.start(), _before_bracket(text, match) or _inside_bracket(text, match))
        for match in _BRACKET.finditer(text)
    )
    apposed = ((match.start(), _behind_comma(text, match)) for match in _APPOSED.finditer(text))
    spelt = ((match.start(), _spelt_out(text, match)) for match in _SPELT.finditer(text))
    for _, definition in heapq.merge(bracketed, apposed, spelt, key=itemgetter(0)):
        if definition is not None:
            short = text[slice(*definition.short)]
            if short not in seen:
                seen.add(short)
                found.append(definition)
    return found


def find_title_definition(text: str, title_end: int) -> DefinitionSpan | None:
    """The definition that a title gives: "MPID: A Modality-Preserving and Interaction-Driven Fusion Network for ...".

    Examples:
        >>> title = "MPID: A Modality-Preserving Interaction-Driven Network for Sentiment Analysis"
        >>> definition = find_title_definition(title, len(title))
        >>> title[slice(*definition.long)]
        'Modality-Preserving Interaction-Driven Network'
    """
    match = _TITLE.match(text, 0, title_end)
    if match is None or not _is_short_form(match[1]):
        return None
    stop = _TITLE_STOP.search(text, match.end(), title_end)
    words = list(_WORD.finditer(text, match.end(), stop.start() if stop else title_end))
    if not 2 <= len(words) <= _MOST_TITLE_WORDS:
        return None
    span = _align(text, match[1], words)
    return DefinitionSpan(match.span(1), span) if span and span[0] == words[0].start() else None


_TITLE = re.compile(r"\s{0,9}([^\s:]{2,20}): (?:(?:An?|The|a|an|the) )?")
_TITLE_STOP = re.compile(
    r"[,.:?!;(]| (?:for|with|via|by|using|to|in|on|from|through|towards?|based|that|under|at|against|across|without)\b",
    re.IGNORECASE,
)
_MOST_TITLE_WORDS = 12


def _before_bracket(text: str, match: re.Match[str]) -> DefinitionSpan | None:
    """Long form (SHORT)."""
    content = match.group(1)
    short = re.split(r"[,;:]| or | a\.k\.a", content, maxsplit=1)[0].strip()
    if not _is_short_form(short):
        return None
    start = match.start(1) + content.index(short)
    limit = min(len(short) + 5, len(short) * 2) + 1
    left = max(0, match.start() - 160)
    border = max(text.rfind(mark, left, match.start()) for mark in (". ", "; ", "\n", "(", ")", ": "))
    words = list(_WORD.finditer(text, max(left, border + 1), match.start()))[-limit:]
    if not words or text[words[-1].end() : match.start()].strip(" \"'”’"):
        return None
    span = _align(text, short, words)
    return DefinitionSpan((start, start + len(short)), span) if span else None


def _inside_bracket(text: str, match: re.Match[str]) -> DefinitionSpan | None:
    """SHORT (long form)."""
    before = text[max(0, match.start() - 24) : match.start()].rstrip()
    candidate = re.search(r"[^\W_][\w+./-]{0,18}\Z", before)
    if candidate is None or not _is_short_form(candidate.group()) or candidate.group().islower():
        return None
    lead = _SHORT_FOR.match(text, match.start(1), match.end(1))
    words = list(_WORD.finditer(text, lead.end() if lead else match.start(1), match.end(1)))
    if not 2 <= len(words) <= 10:
        return None
    if lead is not None and not lead["stated"] and not _has_initials(candidate.group(), words):
        return None
    span = _align(text, candidate.group(), words)
    if span is None or span[0] != words[0].start() or text[span[1] : match.end(1)].strip():
        return None
    end = match.start() - (len(text[max(0, match.start() - 24) : match.start()]) - len(before))
    return DefinitionSpan((end - len(candidate.group()), end), span)


# "ReCo (for Regularized Conventions)".
_SHORT_FOR = re.compile(r"(?P<stated>(?:short|stands|standing) )?for (?:the )?[\"“'‘]?")


def _has_initials(short: str, words: list[re.Match[str]]) -> bool:
    """Whether the capitals of a coined short form, and they alone, begin the words: "SAM (for segmenting)" is a use."""
    capitals = [c.lower() for c in short if c.isupper()]
    initials = [word.group()[0].lower() for word in words if word.group().lower() not in _STOP]
    return not short.isupper() and len(capitals) > 1 and capitals == initials


def _behind_comma(text: str, match: re.Match[str]) -> DefinitionSpan | None:
    """SHORT, a long form: "we introduce the PLM, a Peripheral Language Model". Each letter must begin a word."""
    letters = [c.lower() for c in match[1] if c.isalpha()]
    words: list[re.Match[str]] = []
    for word in _WORD.finditer(text, match.end(), match.end() + 120):
        if words and text[words[-1].end() : word.start()].strip(" ") not in ("", "-"):
            break
        words.append(word)
        if len(words) > 2 * len(letters):
            break
        span = _align_initials(letters, words) if len(words) >= 2 else None
        if span is not None and span[0] == words[0].start():
            return DefinitionSpan(match.span(1), span)
    return None


def _spelt_out(text: str, match: re.Match[str]) -> DefinitionSpan | None:
    """SHORT, short for long form: "DPO, short for direct preference optimization".

    The long form is the shortest run of words that spells the letters; its last word begins with the last of them.
    Behind "i.e." each letter must begin a word, as examples stand there, too: "two LLMs, i.e., Llama-2 and Mistral".
    Behind "dubbed" names stand; a long form shows itself by capitals: "ARTE, dubbed Aligning TeacheR with StudenT ...".
    """
    short = match["short"]
    if not _is_short_form(short):
        return None
    letters = [c.lower() for c in _singular_short(short) if c.isalnum()]
    words = _run_of_words(text, match.end())
    for count in _possible_ends(words, letters[-1], named=match["named"] is not None):
        run = words[:count]
        span = _align_initials(letters, run) if match["instance"] else _align(text, short, run)
        if span is not None and span[0] == run[0].start():
            end = span[0] + len(text[slice(*span)].rstrip("'’"))
            return DefinitionSpan(match.span("short"), (span[0], end))
    return None


def _possible_ends(words: list[re.Match[str]], last: str, *, named: bool) -> list[int]:
    """How many of the words a long form may have: up to the last marked one of several, or to each fitting one."""
    if named:
        marked = [count for count, word in enumerate(words, 1) if _MARKED.search(word.group())]
        return marked[-1:] if len(marked) > 1 else []
    found = [word.group().lower() for word in words]
    return [
        count for count in range(2, len(words) + 1) if found[count - 1][0] == last and found[count - 1] not in _STOP
    ]


def _run_of_words(text: str, start: int) -> list[re.Match[str]]:
    """The whole words from here to the next mark."""
    words: list[re.Match[str]] = []
    border = min(start + 120, len(text))
    for word in _WORD.finditer(text, start, border):
        between = text[words[-1].end() : word.start()] if words else ""
        if between not in ("", " ", "-") or (word.end() == border < len(text) and text[border].isalnum()):
            break
        words.append(word)
    return words


_MARKED = re.compile(r"[a-z][A-Z]")
_SPELT = re.compile(
    r"(?<![\w-])(?P<short>[^\W_a-z][\w+-]{1,15})[*\"”’]{0,3},?[\"”’]? \(?"
    r"(?:(?:(?:which |that )?(?:(?:is )?short|stands|standing) for"
    r"|(?:is )?(?:an?|the) (?:acronym|abbreviation) (?:for|of))|(?P<instance>i\.e\.,?)|(?P<named>dubbed|called|named))"
    r" (?:the )?[\"“'‘*]{0,3}(?=[^\W_])"
)
_APPOSED = re.compile(r"(?<![\w-])([A-Z]{3,8}), an? ")


def _is_short_form(short: str) -> bool:
    if not 2 <= len(short) <= 20 or not _SHORT.fullmatch(short):
        return False
    letters = [c for c in short if c.isalpha()]
    if (len(letters) < 2 and not _RECURRING.search(short)) or not any(c.isupper() for c in letters):
        return False
    # "(Figure 2)", "(Smith et al)", "(English)": a capital and small letters are not an abbreviation.
    return (not (short[0].isupper() and short[1:].islower()) and " " not in short.strip()) or short.isupper()


_RECURRING = re.compile(r"([A-Za-z])\^?([2-4])(?!\d)")


# What a digit's letters may leave out at the end.
_LAST_NOUNS = frozenset(("model", "network", "layer", "method"))


def _singular_short(short: str) -> str:
    """A short form without its plural s."""
    return short[:-1] if len(short) > 2 and short[-1] == "s" and short[-2].isupper() else short


def _align(text: str, short: str, words: list[re.Match[str]]) -> tuple[int, int] | None:
    core = _singular_short(short)
    letters = [c.lower() for c in core if c.isalnum()]
    # A digit may stand for a letter that recurs: H2O, S4, LR^2VQ.
    recurring = [c.lower() for c in _RECURRING.sub(lambda m: m[1] * int(m[2]), core) if c.isalnum()]
    span = _align_initials(letters, words) or _align_letters(text, letters, words)
    if span is None and recurring != letters:
        span = _align_initials(recurring, words)
        if span is None and words[-1].group() in _LAST_NOUNS:
            # "Structured State Space sequence model (S4)".
            span = _align_initials(recurring, words[:-1])
    if span is None:
        return None
    long = text[slice(*span)]
    words_inside = _WORD.findall(long)
    if len(words_inside) < 2 and "-" not in long and len(letters) < 3:
        return None
    if short.lower() in (w.lower() for w in words_inside) or len(long) <= len(short):
        return None
    return span


def _align_initials(letters: list[str], words: list[re.Match[str]]) -> tuple[int, int] | None:
    """Each letter begins a word; small words between may be skipped."""
    position = len(words) - 1
    start = -1
    for letter in reversed(letters):
        while position >= 0 and words[position].group()[0].lower() != letter:
            if words[position].group().lower() not in _STOP or start < 0:
                return None
            position -= 1
        if position < 0:
            return None
        start = words[position].start()
        position -= 1
    # A long form does not begin inside a compound: "Multi-modal Knowledge Graph Completion (MKGC)".
    while position >= 0 and words[position].end() == start - 1 and words[position].string[start - 1] in "-‐‑–":
        start = words[position].start()
        position -= 1
    return (start, words[-1].end())


def _align_letters(text: str, letters: list[str], words: list[re.Match[str]]) -> tuple[int, int] | None:
    """Schwartz and Hearst: from the right, each letter somewhere; the first one at the beginning of a word."""
    low, position = words[0].start(), words[-1].end() - 1
    end = words[-1].end()
    index = position
    for rank in range(len(letters) - 1, -1, -1):
        letter = letters[rank]
        while index >= low:
            if text[index].lower() == letter and (rank > 0 or index == low or not text[index - 1].isalnum()):
                break
            index -= 1
        if index < low:
            return None
        if rank:
            index -= 1
    first = text[index:end].split()[0].lower()
    # A compound ("Text-close") counts as one word, and small words do not count.
    inside = sum(word.strip("(),").lower() not in _STOP for word in text[index:end].split())
    # A long form of more words than letters is chance: "the first (LoRA)" style accidents.
    if first in _LEADING or inside > len(letters) + 2:
        return None
    return (index, end)


@Language.component("abbreviation_definitions")
def abbreviation_definitions(doc: Doc) -> Doc:
    """Write the definitions of a Doc to ``doc.user_data["definitions"]`` as character spans."""
    text = text_of(doc)
    found = find_definitions(text)
    of_title = find_title_definition(text, doc.user_data.get("title_end", 0))
    if of_title is not None and all(text[slice(*d.short)] != text[slice(*of_title.short)] for d in found):
        found.insert(0, of_title)
    doc.user_data["definitions"] = found
    return doc
