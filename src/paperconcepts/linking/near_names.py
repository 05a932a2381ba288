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
from paperconcepts.model import AnnotatedPaper, ConceptType, Mention, Role
from paperconcepts.vocabulary import normalise_form, singular

__all__ = ["near_names"]

# The least share of introducing, as the role reader has it, of a name that is taken for introduced.
_INTRODUCED = 0.5
# Endings of verbs and what is made of them; with shorter words, or with "general" and "generative", things differ.
_ENDING = re.compile(r"(?<=[a-z]{4})(?:at(?:ion|ed|ing|e)|ion|ing|ed|ity|e)\Z")
_ACRONYM = re.compile(r"\s?\([A-Z][\w-]{1,11}\)")
_WORD = re.compile(r"[^\W_]+[+*]*")
_CONJUNCTION = re.compile(r" (?:and|or|&) ", re.IGNORECASE)
_PRAISE = frozenset("the our new novel proposed".split())
# Nouns that say of a name nothing but that it is one.
_GENERAL = frozenset(
    "algorithm approach extension framework method package paradigm procedure scheme strategy system technique".split()
)
# With one of these more it is another thing, or a later one.
_OTHER = frozenset("a b c d anti de multi no non self semi un without ii iii iv v vi vii viii".split())
_LONGEST = 12
_MOST_NAMES = 30


@dataclass(frozen=True, slots=True)
class _Name:
    """One way to write a new name: its words without what says nothing, and their stems."""

    mentions: list[Mention]
    words: tuple[str, ...]
    stems: tuple[str, ...]
    length: int


def near_names(annotated: AnnotatedPaper) -> Iterator[tuple[Mention, Mention, str]]:
    """Yield (name, name that it stands for, reason) of new names that the paper introduces, each by its first mention.

    The names have the same words but for praise before them and a general noun behind them; or the same words but for
    endings; or, of methods and models, one has words more before its last one. In the last two cases no sentence may
    have both, and no third name may fit either as well.

    Examples:
        >>> from paperconcepts.model import Paper, Sentence
        >>> title, abstract = "Gated Weighted Token Sampling", "We propose a gated token sampling algorithm."
        >>> place = {"label": ConceptType.METHOD, "source": "tagger", "confidence": 0.9, "role_scores": (1.0,)}
        >>> mentions = (Mention("title", 0, 29, title, **place), Mention("abstract", 13, 43, abstract[13:43], **place))
        >>> paper = Paper(id="x:1", title=title, abstract=abstract)
        >>> sentences = (Sentence("title", 0, len(title)), Sentence("abstract", 0, len(abstract)))
        >>> [(name, other, reason)] = near_names(AnnotatedPaper(paper, sentences, mentions, ()))
        >>> name.text, other.text, reason
        ('gated token sampling algorithm', 'Gated Weighted Token Sampling', 'modifier')
    """
    names = _introduced_names(annotated)
    pairs = [(one, other) for one, other in combinations(names, 2) if _are_of_a_kind(one, other)]
    found = [(*_ordered(one, other), reason) for one, other in pairs if (reason := _reason(one, other))]
    if not found:
        return
    index = SentenceIndex(annotated.paper, annotated.sentences)
    fits: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for name, other, _ in found:
        if name.words != other.words:
            fits[name.words].add(other.words)
            fits[other.words].add(name.words)
    for name, other, reason in found:
        alone = len(fits[name.words]) == len(fits[other.words]) == 1
        if name.words == other.words or (alone and _stand_apart(name, other, index)):
            yield name.mentions[0], other.mentions[0], reason


def _introduced_names(annotated: AnnotatedPaper) -> list[_Name]:
    """The new names of several words that the paper introduces, by their first places."""
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention in annotated.mentions:
        if mention.concept_id is None and mention.role_scores:
            mentions[normalise_form(mention.text)].append(mention)
    names = [_name(found) for found in mentions.values() if _share(found) >= _INTRODUCED]
    return [name for name in names if 2 <= len(name.words) <= _LONGEST][:_MOST_NAMES]


def _share(mentions: list[Mention]) -> float:
    return sum(mention.role_scores[Role.INTRODUCES.rank] for mention in mentions) / len(mentions)


def _name(mentions: list[Mention]) -> _Name:
    written = _WORD.findall(_ACRONYM.sub("", mentions[0].text).lower())
    words = [singular(word) for word in written]
    while len(words) > 1 and words[-1] in _GENERAL:
        words.pop()
    while len(words) > 1 and words[0] in _PRAISE:
        del words[0]
    return _Name(mentions, tuple(words), tuple(_ENDING.sub("", word) for word in words), len(written))


def _are_of_a_kind(one: _Name, other: _Name) -> bool:
    return family(one.mentions[0].label) == family(other.mentions[0].label)


def _ordered(one: _Name, other: _Name) -> tuple[_Name, _Name]:
    """The one that stands for the other first: of other words the shorter, of the same words what has more beside."""
    if len(one.words) != len(other.words):
        return (one, other) if len(one.words) < len(other.words) else (other, one)
    return (one, other) if one.length > other.length else (other, one)


def _reason(one: _Name, other: _Name) -> str:
    """Why two names may mean one thing; empty if they do not."""
    if one.stems == other.stems:
        return "near spelling"
    short, long = sorted((one, other), key=lambda name: len(name.stems))
    if len(short.stems) == len(long.stems) or short.stems[-1] != long.stems[-1]:
        return ""
    rest = iter(long.stems)
    if not all(stem in rest for stem in short.stems) or family(one.mentions[0].label) != family(ConceptType.METHOD):
        return ""
    more = set(long.words) - set(short.words)
    # "Aspect Graph Learning" is a part of "Aspect Graph Construction and Learning".
    joined = any(_CONJUNCTION.search(name.mentions[0].text) for name in (one, other))
    return "modifier" if not joined and not more & _OTHER and not any(map(str.isdigit, "".join(more))) else ""


def _stand_apart(one: _Name, other: _Name, index: SentenceIndex) -> bool:
    places = ({index.sentence_of(mention)[0] for mention in name.mentions} for name in (one, other))
    return set.isdisjoint(*places)
