"""Find terms of art by their head noun: "process reward model", "contrastive learning", "code generation".

A term is a run of content words, joined by spaces, that ends in a known head noun and is followed by a word that
cannot continue it. No tagger is needed: closed-class words, common verbs and evaluative adjectives end the run.
"""

import re
from dataclasses import dataclass

from paperconcepts.extraction.lexicon import GENERIC_TERMS, GENERIC_WORDS, HEADS, TERM_STOP
from paperconcepts.model import ConceptType
from paperconcepts.vocabulary import singular

__all__ = ["TermSpan", "find_terms"]

_WORD = re.compile(r"[^\W\d_][\w'’]*(?:[-/‐‑–][\w'’]+)*")
_MAX_MODIFIERS = 3
_HEAD_FORMS = {form: head for head in HEADS for form in (head, head + "s", head + "es") if singular(form) == head}


@dataclass(frozen=True, slots=True)
class TermSpan:
    """A term: character span, type, and how reliable its head noun is."""

    start: int
    end: int
    label: ConceptType
    confidence: float
    head: str


def find_terms(text: str) -> list[TermSpan]:
    """Return the terms of a text in order, none inside another.

    Examples:
        >>> text = "We improve code generation with contrastive learning of a reward model."
        >>> [text[t.start:t.end] for t in find_terms(text)]
        ['code generation', 'contrastive learning', 'reward model']
    """
    words = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(text)]
    found: list[TermSpan] = []
    free = 0  # index of the first word that no earlier term holds
    for index, (start, end, word) in enumerate(words):
        head = _HEAD_FORMS.get(word.lower())
        if head is None or _continues(text, words, index):
            continue
        known = HEADS[head]
        first = _first_modifier(text, words, index, free)
        if first == index and "-" not in word:
            continue
        begin = words[first][0] if first < index else start
        if _is_generic(text[begin:end], head):
            continue
        found.append(TermSpan(begin, end, known[0], known[1], head))
        free = index + 1
    return found


def _continues(text: str, words: list[tuple[int, int, str]], index: int) -> bool:
    """Whether the next word belongs to the same noun phrase ("code generation benchmark")."""
    if index + 1 >= len(words):
        return False
    start, _, word = words[index + 1]
    if text[words[index][1] : start].strip(" ") or start == words[index][1]:
        return False
    lower = word.lower()
    return lower not in TERM_STOP and singular(lower) not in GENERIC_WORDS and not lower.endswith("ly")


def _first_modifier(text: str, words: list[tuple[int, int, str]], index: int, free: int) -> int:
    first = index
    while first > free and index - first < _MAX_MODIFIERS:
        _, end, word = words[first - 1]
        if text[end : words[first][0]].strip(" ") or end == words[first][0] or _ends_run(word.lower()):
            break
        first -= 1
    return first


# Participles that are part of terms; all others end a run ("redefined transformer", "fusing diffusion model").
_PARTICIPLES = frozenset(
    """
supervised unsupervised guided augmented distributed federated weighted gated regularized generalized compressed
quantized constrained randomized stacked nested masked structured unstructured fused linked directed undirected
distilled aligned embedded grounded mixed shared personalized controlled automated assisted accelerated decentralized
centralized discretized factorized parallelized contextualized learned latent informed inspired looped gradient-boosted
learning reasoning training processing prompting matching planning modeling sampling decoding encoding embedding ranking
clustering pruning tuning streaming speaking drawing engineering imaging sensing teaching writing coding scaling routing
tracking mapping labeling advertising marketing pricing trading hedging lensing recurring boosting bagging merging
sequencing editing grounding rendering routing scheduling understanding spelling reading programming
""".split()
)
_INFLECTED = re.compile(r"[a-z]{3,}(?:ed|ing)")
_THIRD_PERSON = re.compile(r"[a-z]{2,}[^sui]s")


def _is_inflected(word: str) -> bool:
    """Whether a word looks like a verb form and is not known as a modifier."""
    if _INFLECTED.fullmatch(word):
        return word not in _PARTICIPLES
    return bool(_THIRD_PERSON.fullmatch(word)) and not word.endswith(("ics", "sales", "news", "series", "physics"))


def _ends_run(word: str) -> bool:
    return (
        word in TERM_STOP
        or _is_inflected(word)
        or (word.endswith("ly") and len(word) > 4)
        or len(word) < 2
        or singular(word) in GENERIC_WORDS - _MODIFIERS
    )


# Nouns that are too general alone but do modify heads: "image generation", "language modeling".
_MODIFIERS = frozenset(
    """
data text image video language feature network model code task learning domain
""".split()
)


def _is_generic(term: str, head: str) -> bool:
    words = term.lower().replace("‑", "-").split()
    if len(words) < 2 and "-" not in term:
        return True
    key = "-".join([*words[:-1], head])
    return key in GENERIC_TERMS or (
        len(words) == 2 and words[0] in _WEAK and words[1] not in ("modeling", "generation")
    )


_WEAK = frozenset(
    """
model data task learning feature domain human user self output system network training
""".split()
)
