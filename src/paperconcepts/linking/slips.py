"""Find names that differ from a known one by a slip of the pen in one ordinary word: "knowlege distillation"."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from paperconcepts.linking.nearness import deletions, is_near
from paperconcepts.model import LinkedPaper
from paperconcepts.vocabulary import Vocabulary, normalise_form

__all__ = ["find_slips", "is_slip"]

_SHORTEST = 6  # letters; too many short words are one letter apart
_WORD = re.compile(r"[^\W\d_]+")
# One letter apart, or nearly, and opposites.
_OPPOSITES = re.compile(
    r"\A(?:pre|post|super|sub|un|non|in|im|ir|a|single|multi|out|left|right|semi|self|micro|macro|hyper|hypo|inter|intra"
    r"|homo|hetero|mono|bi|uni|tri|poly|over|under|re|de|dis|en|ex|anti|pro|on|off|up|down)"
)


def is_slip(odd: str, word: str) -> bool:
    """Whether a word may be another one written wrongly: one edit inside it, not in a prefix that means the opposite.

    Examples:
        >>> is_slip("distilation", "distillation"), is_slip("micromodel", "macromodel"), is_slip("ranker", "ranked")
        (True, False, False)
    """
    if min(len(odd), len(word)) < _SHORTEST or odd[0] != word[0] or odd[-2:] != word[-2:] or not is_near(odd, word):
        return False
    first, second = _OPPOSITES.match(odd), _OPPOSITES.match(word)
    return (first.group() if first else "") == (second.group() if second else "")


def find_slips(
    doubtful: Iterable[tuple[str, str]],
    labels: Iterable[str],
    vocabulary: Vocabulary,
    papers: Sequence[LinkedPaper],
) -> Iterator[tuple[str, str]]:
    """Yield (id, the label as it should be) for those of ``doubtful``, (id, label) pairs, that hold a slip.

    A slip is a word of plain letters that stands in one label and one paper of the corpus only, beside another word
    (a coined name alone is no slip), and is one edit away from a word that several names share.
    """
    counts = Counter(word for label in labels for word in set(_words(label)))
    common = _catalogue_words(vocabulary) | {word for word, count in counts.items() if count > 2}
    odd: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for concept_id, label in doubtful:
        words = _words(label)
        if len(words) > 1:
            for word in set(words):
                if len(word) >= _SHORTEST and counts[word] == 1 and word not in common and _is_plain(word, label):
                    odd[word].append((concept_id, label))
    corrections = _corrections(odd, common)
    spread = _spread(corrections, papers)
    for word, right in sorted(corrections.items()):
        if spread[word] <= 1:
            for concept_id, label in odd[word]:
                yield concept_id, re.sub(rf"\b{word}\b", right, normalise_form(label))


def _words(label: str) -> list[str]:
    return _WORD.findall(normalise_form(label))


def _is_plain(word: str, label: str) -> bool:
    """Whether the word stands in the label without capitals but a first one, and with no digit beside it."""
    found = re.search(rf"(?i)(?<![^\W_]){word[:-1]}[^\W\d_]*", label)
    return found is not None and found.group()[1:].islower() and not any(c.isdigit() for c in label)


def _catalogue_words(vocabulary: Vocabulary) -> set[str]:
    return {word for entry in vocabulary for form in entry.forms for word in _words(form)}


def _corrections(odd: Iterable[str], common: set[str]) -> dict[str, str]:
    """{odd word: the one common word that it may be}."""
    index: dict[str, set[str]] = defaultdict(set)
    for word in odd:
        for variant in deletions(word):
            index[variant].add(word)
    found: dict[str, set[str]] = defaultdict(set)
    for word in common:
        if len(word) >= _SHORTEST:
            for variant in deletions(word):
                for candidate in index.get(variant, ()):
                    if is_slip(candidate, word):
                        found[candidate].add(word)
    return {word: next(iter(rights)) for word, rights in found.items() if len(rights) == 1}


def _spread(words: Iterable[str], papers: Sequence[LinkedPaper]) -> Counter[str]:
    """In how many papers each word stands."""
    wanted = frozenset(words)
    spread: Counter[str] = Counter()
    if wanted:
        for item in papers:
            text = f"{item.paper.title}\n{item.paper.abstract}".lower()
            spread.update(wanted & set(_WORD.findall(text)))
    return spread
