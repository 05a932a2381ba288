"""Find catalogue names that differ from a given one by a letter, a space or a general head noun."""

import re
from collections import defaultdict

from paperconcepts.vocabulary import Vocabulary, normalise_form

__all__ = ["NearForms", "deletions", "is_near", "without_head"]

_HEADS = frozenset(
    """
    algorithm approach architecture benchmark corpus data dataset framework method metric model network score system
    task technique
    """.split()
)
_DIGITS = re.compile(r"\d+")
_SHORTEST = 5  # letters; shorter names that differ in one are different names


class NearForms:
    """The forms of a vocabulary, indexed by their letters, and by their letters with any one of them left out.

    Examples:
        >>> from paperconcepts.vocabulary import load_catalogue
        >>> near = NearForms(load_catalogue())
        >>> near.of("Chat GPT"), near.of("knowlege distillation"), near.of("GLUE benchmark")
        (['chatgpt'], ['knowledge-distillation'], ['glue'])
        >>> near.of("GPT-7")
        []
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._holders: dict[str, set[str]] = defaultdict(set)
        self._variants: dict[str, set[str]] = defaultdict(set)
        for entry in vocabulary:
            for form in entry.forms:
                bare = _letters(without_head(form))
                self._holders[bare].add(entry.concept.id)
                self._holders[_letters(form)].add(entry.concept.id)
                for variant in deletions(bare):
                    self._variants[variant].add(bare)

    def of(self, name: str) -> list[str]:
        """Ids of the concepts with a form nearly equal to ``name``, sorted."""
        bare = _letters(without_head(name))
        found = {bare, _letters(name)}
        for variant in deletions(bare):
            found |= {other for other in self._variants.get(variant, ()) if is_near(bare, other)}
        return sorted({concept_id for core in found for concept_id in self._holders.get(core, ())})


def _letters(name: str) -> str:
    return normalise_form(name).replace(" ", "")


def without_head(name: str) -> str:
    """The normalised form of a name without its general head noun, if other words are left.

    Examples:
        >>> without_head("Pick-a-Pic datasets"), without_head("models")
        ('pick a pic', 'model')
    """
    head, _, last = normalise_form(name).rpartition(" ")
    return head if head and last in _HEADS else normalise_form(name)


def deletions(core: str) -> set[str]:
    """A form and what is left of it without any one of its letters: two forms one edit apart share one of these.

    Examples:
        >>> sorted(deletions("logit"))
        ['lgit', 'logi', 'logit', 'logt', 'loit', 'ogit']
    """
    if len(core) < _SHORTEST:
        return set()
    return {core, *(core[:place] + core[place + 1 :] for place in range(len(core)))}


def is_near(first: str, second: str) -> bool:
    """Whether two names are one edit apart, and not in a number: GPT-4 is not GPT-3.

    Examples:
        >>> is_near("tranformer", "transformer"), is_near("casual", "causal"), is_near("gpt3", "gpt4")
        (True, True, False)
    """
    if _DIGITS.findall(first) != _DIGITS.findall(second):
        return False
    short, long = sorted((first, second), key=len)
    same = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(long) - len(short) > 1:
        return False
    if len(long) > len(short):
        return short[same:] == long[same + 1 :]
    # One letter replaced, or two neighbours exchanged.
    rest = short[same + 1 :] == long[same + 1 :]
    return rest or (short[same : same + 2] == long[same : same + 2][::-1] and short[same + 2 :] == long[same + 2 :])
