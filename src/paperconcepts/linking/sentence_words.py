"""The words of a sentence, found by place, and the cue groups they belong to: what the trained models read.

Words are counted, not characters, so that line breaks and justified text make no difference.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from paperconcepts.model import Sentence

__all__ = ["SentenceWords", "cue_groups", "words_of"]

_WORD = re.compile(r"[A-Za-z]+")
_LONGEST = 400  # words; what stands further on in a sentence is not read
# Beginnings of words that say something about the concepts beside them. "=" marks whole words.
_GROUPS: dict[str, str] = {
    "suchas": "=such =like includ especially particularly =namely",
    "outperf": "outperform surpass exceed beat =superior =better =faster =over =stronger",
    "compar": "compar =versus =vs =than =par match competitive rival =against =unlike baseline =contrast",
    "extend": "extend =build =builds =building =built =based adapt generali variant inspired finetun =fine tuned "
    "modif improv enhanc appl =upon revisit",
    "consist": "consist compris compos contain incorporat integrat combin includ equip augment unif =component module",
    "introduce": "propos introduc present develop design =novel =new =called =named =termed =dubbed",
    "with": "=with",
    "using": "using =use =uses =used =via =through =by leverag employ utili adopt exploit",
    "for": "=for toward",
    "to": "=to",
    "on": "=on =across",
    "in": "=in =within",
    "of": "=of",
    "from": "=from",
    "train": "train pretrain =tuned =tuning",
    "eval": "evaluat experiment benchmark test =result =results performance achiev demonstrat",
    "which": "=which =that =whose =where",
    "but": "=but =while =whereas =however =although =despite",
    "solve": "solv address tackl enabl perform task problem",
    "is": "=is =are =as =being =a =an",
    "study": "stud investigat analy assess examin explor survey review",
    "we": "=we =our =us",
    "this": "=this =these =it =its",
}


@lru_cache(maxsize=50_000)
def cue_groups(word: str) -> tuple[str, ...]:
    """The groups that a word in small letters belongs to.

    Examples:
        >>> cue_groups("outperforms"), cue_groups("table")
        (('outperf',), ())
    """
    return tuple(group for group, whole, begun in _ENTRIES if word in whole or word.startswith(begun))


# Each group with its whole words, and with the beginnings of the others.
_ENTRIES = tuple(
    (
        group,
        frozenset(entry[1:] for entry in entries.split() if entry[0] == "="),
        tuple(entry for entry in entries.split() if entry[0] != "="),
    )
    for group, entries in _GROUPS.items()
)


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """The words of a sentence, in small letters, with their places in the text of the field."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def before(self, place: int, count: int) -> tuple[str, ...]:
        """The last ``count`` words that end before a place."""
        last = bisect_right(self.ends, place)
        return self.words[max(0, last - count) : last]

    def after(self, place: int, count: int) -> tuple[str, ...]:
        """The first ``count`` words that begin at a place or behind it."""
        first = bisect_left(self.starts, place)
        return self.words[first : first + count]

    def between(self, start: int, end: int) -> tuple[str, ...]:
        """The words that lie wholly between two places."""
        return self.words[bisect_left(self.starts, start) : bisect_right(self.ends, end)]


@lru_cache(maxsize=2048)
def words_of(text: str, sentence: Sentence) -> SentenceWords:
    """The words of a sentence of a text; a sentence is read once for all concepts in it.

    Examples:
        >>> words_of("We use LoRA here.", Sentence("abstract", 0, 17)).before(7, 2)
        ('we', 'use')
    """
    found = []
    for match in _WORD.finditer(text, sentence.start, sentence.end):
        found.append((match[0].lower(), match.start(), match.end()))
        if len(found) == _LONGEST:
            break
    words, starts, ends = zip(*found, strict=True) if found else ((), (), ())
    return SentenceWords(words, starts, ends)
