"""Names that a paper gives to one new thing and that differ in an ending, a word more or a general noun.

"Adaptive Weighted Rejection Sampling" in the title is the "adaptive rejection sampling algorithm" of the abstract. Only
names that no catalogue knows and that the paper introduces are brought together: what it introduces is seldom two
things of nearly one name, while what it uses may be.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from paperconcepts.linking.moves import family
from paperconcepts.linking.roles import SentenceIndex
from paperconcepts.model import AnnotatedPaper, Mention, Role
from paperconcepts.vocabulary import normalise_form, singular

__all__ = ["near_names", "stem_of"]

# An ending makes no other thing: "adaptive", "adaptation".
_ENDING = re.compile(r"(?<=[a-z]{3})(?:at(?:ion|ive|ed|ing|or|e)|ion|ive|ing|ed|ment|er|or|(?:al)?ity|al|e)\Z")
_BRACKET = re.compile(r"\s?[(\[][^()\[\]]{1,20}[)\]]")
_WORD = re.compile(r"[^\W_]+[+*]*")
_CONJUNCTION = re.compile(r" (?:and|or|&) ", re.IGNORECASE)
_SMALL = frozenset("a an and as based by for from in of on or the to via with".split())
# Nouns that say of a name nothing but that it is one.
_GENERAL = frozenset(
    "algorithm approach extension framework method package paradigm procedure scheme strategy system technique".split()
)
# The least share of introducing, as the role reader has it.
_INTRODUCED = 0.5
_LONGEST = 12
_MOST_NAMES = 30


@dataclass(frozen=True, slots=True)
class _Name:
    """One way to write a new name, and where."""

    text: str
    stems: tuple[str, ...]
    mentions: list[Mention]


def stem_of(word: str) -> str:
    """A word in small letters without a common ending.

    Examples:
        >>> stem_of("fusing"), stem_of("fusion"), stem_of("net")
        ('fus', 'fus', 'net')
    """
    return _ENDING.sub("", word)


def near_names(annotated: AnnotatedPaper) -> Iterator[tuple[str, str, str]]:
    """Yield (name, name that it stands for, reason) of new names that the paper introduces, by their places.

    The names have the same words but for endings and a general noun at the end, or one has words more before its last
    one; then no other name may fit as well, and no sentence may hold both.

    Examples:
        >>> from paperconcepts.model import ConceptType, Paper, Sentence
        >>> title, abstract = "Gated Weighted Token Sampling", "We propose a gated token sampling algorithm."
        >>> place = {"label": ConceptType.METHOD, "source": "tagger", "confidence": 0.9, "role_scores": (1.0,)}
        >>> mentions = (Mention("title", 0, 29, title, **place), Mention("abstract", 13, 43, abstract[13:43], **place))
        >>> paper = Paper(id="x:1", title=title, abstract=abstract)
        >>> sentences = (Sentence("title", 0, len(title)), Sentence("abstract", 0, len(abstract)))
        >>> list(near_names(AnnotatedPaper(paper, sentences, mentions, ())))
        [('gated token sampling algorithm', 'Gated Weighted Token Sampling', 'modifier')]
    """
    names = _introduced_names(annotated)
    pairs = [(one, other) for one, other in combinations(names, 2) if _are_of_a_kind(one, other)]
    found = [(*_ordered(one, other), reason) for one, other in pairs if (reason := _reason(one, other))]
    if not found:
        return
    index = SentenceIndex(annotated.paper, annotated.sentences)
    for name, other, reason in found:
        alike = [item for item in found if item[0] is name or item[1] is name]
        if reason != "modifier" or (len(alike) == 1 and _stand_apart(name, other, index)):
            yield name.text, other.text, reason


def _introduced_names(annotated: AnnotatedPaper) -> list[_Name]:
    """The new names of several words that the paper introduces, by their first places."""
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention in annotated.mentions:
        if mention.concept_id is None and mention.role_scores:
            mentions[normalise_form(mention.text)].append(mention)
    introduced = [found for found in mentions.values() if _share(found) >= _INTRODUCED][:_MOST_NAMES]
    names = [_Name(found[0].text, _stems(found[0].text), found) for found in introduced]
    return [name for name in names if 2 <= len(name.stems) <= _LONGEST]


def _share(mentions: list[Mention]) -> float:
    return sum(mention.role_scores[Role.INTRODUCES.rank] for mention in mentions) / len(mentions)


def _stems(text: str) -> tuple[str, ...]:
    words = [singular(word) for word in _WORD.findall(_BRACKET.sub("", text).lower()) if word not in _SMALL]
    while len(words) > 1 and words[-1] in _GENERAL:
        words.pop()
    return tuple(map(stem_of, words))


def _are_of_a_kind(one: _Name, other: _Name) -> bool:
    return family(one.mentions[0].label) == family(other.mentions[0].label)


def _ordered(one: _Name, other: _Name) -> tuple[_Name, _Name]:
    """The shorter one first; of equally long ones the later."""
    return (one, other) if len(one.stems) < len(other.stems) else (other, one)


def _reason(one: _Name, other: _Name) -> str:
    """Why two names may mean one thing; empty if they do not."""
    if one.stems == other.stems:
        return "near spelling"
    short, long = (name.stems for name in _ordered(one, other))
    if len(short) == len(long) or short[-1] != long[-1]:
        return ""
    rest = iter(long)
    in_order = all(stem in rest for stem in short)
    more = "".join(set(long) - set(short))
    # "Aspect Graph Learning" is a part of "Aspect Graph Construction and Learning".
    joined = (_CONJUNCTION.search(one.text) is None) != (_CONJUNCTION.search(other.text) is None)
    return "modifier" if in_order and not joined and not any(map(str.isdigit, more)) else ""


def _stand_apart(one: _Name, other: _Name, index: SentenceIndex) -> bool:
    places = ({index.sentence_of(mention)[0] for mention in name.mentions} for name in (one, other))
    return set.isdisjoint(*places)
