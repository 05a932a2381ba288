"""Tell names that no catalogue would hold from their form alone: descriptions, attributes, sizes, dates."""

import re

from paperconcepts.vocabulary import Vocabulary

__all__ = ["is_vague"]

# Modifiers that say how something was done or compared, not what it is: "vanilla Transformer", "random selection".
_DESCRIPTIVE = frozenset(
    """
    automatic basic classical common computational conventional current direct existing further generic improved
    in-domain intermediate large-scale minimal naive new other out-of-domain plain previous proper proposed random
    several simple small-scale source standard state-of-the-art strong target thereby traditional typical underlying
    various vanilla weak
    """.split()
)
# What is left of a phrase when its head noun is cut off: "out-of-domain", "in-domain", "BERT-based".
_ATTRIBUTE = re.compile(
    r"(?:in|out-of|non|none-of|end|low|high|black|white|state-of)-[a-z-]+"
    r"|\S+-(?:based|generated|driven|powered|like|style|related|specific|agnostic|level|wise|size|trained|tuned)"
)
# "BERT-based encoder" describes, "aspect-based sentiment analysis" names.
_FROM_A_NAME = re.compile(
    r"[^A-Z\s]*[A-Z]\S*-(?:based|generated|driven|powered|initiali[sz]ed|style|like|trained|tuned) "
)
_SIZE = re.compile(r"(?:top-|[<>~≈])?\d[\d.,]*[%+×xXBKMT]*(?:-(?:\d[\d.,]*[%+×xXBKMT]*|[a-z]+))?")
_DATE = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,4}")
_LANGUAGE_PAIR = re.compile(r"([A-Z]{2})-(?!\1)[A-Z]{2}|([A-Z][a-z])-(?!\2)[A-Z][a-z]")
# Fields, places, tokens, licences and objects of study that papers write like names.
_NO_CONCEPTS = frozenset(
    (
        "ai; apache 2.0; black-box model; cc-by-4.0; citation; cls; covid-19; cv; dl; e-commerce; facebook; "
        "high-resource language; joint model; low-resource language; mask; ml; named entity; natural language; nlp; "
        "part-of-speech; reddit; retracted; sep; social media; twitter; wikipedia article"
    ).split("; ")
)
_PAIRS = (("“", "”"), ("(", ")"), ("[", "]"))


def is_vague(label: str, vocabulary: Vocabulary) -> bool:
    """Whether a name is a description, an attribute, a size, a date, or put together from a known name and term.

    Examples:
        >>> from paperconcepts.vocabulary import load_catalogue
        >>> catalogue = load_catalogue()
        >>> vague = ("vanilla Transformer", "out-of-domain", "BERT-based encoder", "7B-13B", "BERT fine-tuning")
        >>> [is_vague(name, catalogue) for name in vague]
        [True, True, True, True, True]
        >>> [is_vague(name, catalogue) for name in ("Emu-Tuning", "aspect-based sentiment analysis", "1D-ARC")]
        [False, False, False]
    """
    first, _, rest = label.partition(" ")
    if label.lower() in _NO_CONCEPTS or first.lower() in _DESCRIPTIVE or _FROM_A_NAME.match(label):
        return True
    if _ATTRIBUTE.fullmatch(label) or any(pattern.fullmatch(label) for pattern in (_SIZE, _DATE, _LANGUAGE_PAIR)):
        return True
    if any(label.count(left) != label.count(right) for left, right in _PAIRS):
        return True
    # "LLM fine-tuning": both parts are known, and the first is a proper name or an acronym.
    return bool(rest) and sum(c.isupper() for c in first) > 1 and bool(vocabulary.find(first) and vocabulary.find(rest))
