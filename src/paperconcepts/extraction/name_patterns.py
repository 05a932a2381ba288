"""Find proper names by their shape and their place: "X: ...", "we propose X", "X, a benchmark", "the X dataset".

Each find is a :class:`NameSpan` with the rule that made it; what a name denotes is read off the words around it, else
off its ending ("...Bench"), else left open for the merge.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from paperconcepts.extraction.lexicon import ACRONYM_STOP, NAME_TAILS, TERM_STOP
from paperconcepts.extraction.name_types import name_type, type_before
from paperconcepts.model import ConceptType

__all__ = ["NameSpan", "find_names"]

_CHUNK = re.compile(r"[^\W_]+(?:(?:[-‐‑–/'’@^*+]|\.(?=[\da-z]))[^\W_]+)*(?:\+\+|\*|\+(?!\w))?(?:-\w+)?")
# A run of other than white space that holds a capital or a digit; everything else is not looked at twice.
_PIECE = re.compile(r"(?<!\S)(?=[^\sA-Z\d]*[A-Z\d])\S+")
_CAMEL = re.compile(r"[a-z0-9][A-Z]|[A-Z]{2}|[A-Z]\d|\d[A-Z]|[A-Z]\w{0,60}[-@^*+]")
_LONGEST_NAME = 100  # characters; longer runs of letters and marks are data, not names
_LOWER_NAME = re.compile(r"[a-z]+\d+[a-z]*$|pass@\w+$|[a-z]{1,2}\d+$")
_VERSION = re.compile(
    r"[ -](?:v?\d+(?:\.\d+)*[a-zB]?(?:-\w+)?|\d+(?:\.\d+)?[BM]|XL|XXL|Pro|Turbo|Ultra|Flash"
    r"|Sonnet|Opus|Haiku|Large|Base|Mini|Max|Next)\b(?!\s*[%×x]|\.\d)"
)
_PROPOSE = re.compile(
    r"\b(?:propos(?:e|es|ed|ing)|introduc(?:e|es|ed|ing)|present(?:s|ed|ing)?|develop(?:s|ed"
    r"|ing)?|design(?:s|ed)?|releas(?:e|es|ed)"
    r"|construct(?:s|ed)?|creat(?:e|es|ed)|built|build|curat(?:e|es|ed)|contribut(?:e|es)"
    r"|devis(?:e|es|ed)|establish(?:es|ed)?"
    r"|describ(?:e|es)|unveil(?:s)?|offer(?:s)?|formulat(?:e|es)|open-sourc(?:e|es|ed)|collect(?:s|ed)?)\b"
)
_CALLED = re.compile(
    r"\b(?:called|named|termed|dubbed|coined|namely|denoted(?: as)?|referred to as"
    r"|which we call|we call(?: it)?|titled|codenamed)[,:]? +(?:the +|as +)?[\"'“‘]?"
)
_NAME_AFTER_CALL = re.compile(
    r"[^\W_](?:[\w+*^@/'’-]|\.(?=[\da-z]))*"
    r"(?: (?:[A-Z](?:[\w+*^@/'’-]|\.(?=[\da-z]))*|of|for|and|with|in|to|as|\d[\w.]*)){0,6}"
)
_BLOCK = frozenset(
    """
based using for on of to by with from in over against than via through under into like as upon that which
whose where
""".split()
)


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A proper name: character span, what it denotes (None = open), the rule, and its confidence."""

    start: int
    end: int
    label: ConceptType | None
    rule: str
    confidence: float


def find_names(text: str, title_end: int) -> list[NameSpan]:
    """Return the names of a text whose first ``title_end`` characters are the title; spans may overlap.

    Examples:
        >>> text = "LongSeek: a benchmark"
        >>> [(text[n.start:n.end], n.rule) for n in find_names(text, len(text))][0]
        ('LongSeek', 'name:title')
    """
    found = list(_title_name(text, title_end))
    found += _called_names(text)
    found += _plain_names(text)
    shaped = list(_shaped_names(text, title_end))
    proposed = _proposed_starts(text, shaped)
    found += [NameSpan(n.start, n.end, n.label, "name:proposed", 0.85) if n.start in proposed else n for n in shaped]
    return found + list(_headed_names(text, title_end))


def _title_name(text: str, title_end: int) -> Iterator[NameSpan]:
    """The part of a title before the colon, if it is short and not a sentence."""
    colon = text.find(":", 0, title_end)
    if colon < 2 or text[colon + 1 : colon + 2] != " ":
        return
    name = text[:colon].strip(" \t\n\"'“”‘’*")
    words = name.split()
    if not words or len(words) > 4 or _VERB.search(name):
        return
    shaped = any(_CAMEL.search(word) for word in words)
    known = len(words) == 1 or name in text[title_end:]
    if len(words) == 1 and not shaped and name.lower() in TERM_STOP | _TITLE_WORDS:
        return
    if (shaped and len(words) <= 3) or known:
        start = text.index(name)
        yield NameSpan(
            start, start + len(name), name_type(text, start, start + len(name)), "name:title", 0.85 if known else 0.6
        )


_VERB = re.compile(
    r"\b(?:is|are|can|do|does|will|makes?|needs?|meets?|matters?|improves?|learns?|helps?)\b", re.IGNORECASE
)
_TITLE_WORDS = frozenset(
    """
survey review position perspective towards beyond rethinking revisiting understanding exploring
""".split()
)


def _called_names(text: str) -> Iterator[NameSpan]:
    """Names after "called", "named", "dubbed"."""
    for cue in _CALLED.finditer(text):
        match = _NAME_AFTER_CALL.match(text, cue.end())
        if match is None or (not match.group()[0].isupper() and not _CAMEL.search(match.group())):
            continue
        name = re.sub(r"(?: (?:of|for|and|with|in|to|as))+$", "", match.group()).rstrip(".'’/-")
        if len(name) > 1 and name.lower() not in TERM_STOP:
            label = type_before(text, cue.start()) or name_type(text, match.start(), match.start() + len(name))
            yield NameSpan(match.start(), match.start() + len(name), label, "name:called", 0.88)


def _plain_names(text: str) -> Iterator[NameSpan]:
    """Ordinary capitalised words in the most explicit place: "we introduce Kelpie, a method for ..."."""
    for match in _PLAIN.finditer(text):
        start, end = match.span(1)
        yield NameSpan(start, end, name_type(text, start, end), "name:proposed", 0.8)


_PLAIN = re.compile(
    r"\b(?:propose|introduce|present|develop|release|describe)s? ([A-Z][a-z]{2,20}(?:-[A-Z][a-z]{1,20}){0,2})"
    r"(?=, (?:an?|our|the first|which)\b| \([^()]{3,80}\),? (?:an?|which)\b)"
)


def _shaped_names(text: str, title_end: int) -> Iterator[NameSpan]:
    """Words with inner capitals, acronyms, names with digits: LoRA, BERT, GPT-4, mT5, Llama-3 70B."""
    title = text[:title_end]
    loud = sum(c.isupper() for c in title) > 0.6 * max(1, sum(c.isalpha() for c in title))
    for match in (m for piece in _PIECE.finditer(text) for m in _CHUNK.finditer(text, piece.start(), piece.end())):
        chunk = match.group()
        # Most chunks are words with a leading capital: they fail here.
        if not 2 <= len(chunk) <= _LONGEST_NAME or not (_CAMEL.search(chunk) or _LOWER_NAME.match(chunk)):
            continue
        if (loud and match.start() < title_end) or (chunk[0].isdigit() and not _DIGIT_NAME.match(chunk)):
            continue
        start, end = _trim(text, match.start(), match.end())
        if not _is_shaped(text[start:end]):
            continue
        name = text[start:end]
        version = _VERSION.match(text, end)
        if version is not None and name[0].isalpha():
            end = version.end()
        yield NameSpan(start, end, name_type(text, start, end), "name:shape", _shape_confidence(name))


_SIZE = re.compile(
    r"\d+(?:[.,]\d+)?(?:[BKMTkx]|[KMGT]i?B|[kMGT]?Hz|[mn]s|dB|[ck]?m|k?g|W)?|THz|GHz|MHz|\d+[A-Z]|[A-Z]-?\d{1,2}(?<![A-Z]\d)|(?:float|int|bf|fp|FP|BF|INT)-?\d+|K-\d+"
)


_DIGIT_NAME = re.compile(r"\d+[A-Z]")
_WEB = re.compile(r"\.(?:com|io|org|net|ai|science|edu|gov)\b")


def _is_shaped(name: str) -> bool:
    """Whether what is left of a chunk still looks like a name, and is no size, unit, web address or common acronym."""
    return (
        len(name) > 1
        and bool(_CAMEL.search(name) or _LOWER_NAME.match(name))
        and name not in ACRONYM_STOP
        and name.rstrip("s") not in ACRONYM_STOP
        and not _SIZE.fullmatch(name)
        and not _is_capitalised_compound(name)
        and not _WEB.search(name)
    )


def _shape_confidence(name: str) -> float:
    if re.search(r"[a-z][A-Z]", name) or re.search(r"[A-Za-z]-?\d", name):
        return 0.7
    return 0.6 if len(name) > 2 else 0.35


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut "-based" and the like from the end, "non-" and the like from the beginning, and a possessive."""
    name = text[start:end]
    for ending in ("'s", "’s"):
        name = name.removesuffix(ending)
    name = name.rstrip(".'’/-")
    while True:
        head, mark, tail = name.rpartition("-")
        if (mark and tail.lower() in NAME_TAILS) or (
            mark and tail.islower() and tail.endswith(("ing", "ed", "able", "wise"))
        ):
            name = head
        else:
            break
    cut = re.match(
        r"(?:non|multi|pre|post|anti|inter|intra|cross|semi|sub|un|re|co|mini|meta|auto|few|zero"
        r"|one|two|three)-(?=[A-Z])",
        name,
    )
    shift = cut.end() if cut else 0
    slash = name.find("/", shift)
    if slash > 0 and _CAMEL.search(name[shift:slash]):
        name = name[:slash]
    return start + shift, start + len(name)


def _is_capitalised_compound(name: str) -> bool:
    """Title-case compounds are ordinary words in titles: "Vision-Language", "Test-Time", "Self-Supervised"."""
    parts = re.split(r"[-‐‑–/]", name)
    return len(parts) > 1 and all(re.fullmatch(r"[A-Z]?[a-z]+(?:['’][a-z]*)?", part) for part in parts)


def _proposed_starts(text: str, names: list[NameSpan]) -> set[int]:
    """Starts of names that follow "we propose ..." in the sentence, with no preposition in between."""
    starts: set[int] = set()
    places = [name.start for name in names]
    for cue in _PROPOSE.finditer(text):
        for name in names[bisect_left(places, cue.end()) : bisect_right(places, cue.end() + 140)]:
            between = text[cue.end() : name.start]
            if re.search(r"[.;?!] ", between):
                break
            words = re.findall(r"[\w'’-]+", between.lower())
            if not _BLOCK.intersection(words) or (re.search(r"[,:(—–]\s*[\"'“]?$", between) and len(words) < 16):
                starts.add(name.start)
                break
    return starts


def _headed_names(text: str, title_end: int) -> Iterator[NameSpan]:
    """Capitalised names before their head noun, inside a sentence: "the Pile dataset"."""
    for match in _HEADED.finditer(text, title_end):
        name = match.group(1)
        if name.split()[0].lower() in TERM_STOP or name in ACRONYM_STOP or name.split()[0] in _NATIONAL:
            continue
        yield NameSpan(match.start(1), match.end(1), ConceptType.DATASET, "name:headed", 0.75)
    for match in _VERSIONED.finditer(text, title_end):
        yield NameSpan(
            match.start(1),
            match.end(1),
            name_type(text, match.start(1), match.end(1)) or ConceptType.MODEL,
            "name:versioned",
            0.7,
        )


_HEADED = re.compile(
    r"(?<=[a-z,0-9] )(?:the )?((?:[A-Z][\w’'-]*)(?: [A-Z0-9][\w’'-]*){0,3}) (?:datasets?"
    r"|benchmarks?|corpus|leaderboard|test suite)\b"
)
_VERSIONED = re.compile(
    r"(?<=[a-z,(] )([A-Z][a-z]{2,}[ -]v?\d+(?:\.\d+)?(?:[BM]"
    r"|-\d+[BM])?)(?=[\s,.;:)'’-])(?! (?:is|of|January"
    r"|\d))(?<!Section \d)(?<!Table \d)(?<!Figure \d)(?<!Task \d)(?<!Fig \d)"
)
_NATIONAL = frozenset(
    """
English Chinese German French Spanish Japanese Korean Indian Arabic Russian Hindi European American African
Vietnamese
""".split()
)
