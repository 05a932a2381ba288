"""Tell whether a sentence asserts a claim, hedges it or denies it, in the manner of NegEx and ConText.

A claim is a cue ("outperforms") with a mention, or a mention alone. A trigger ("does not", "may", "in future work")
speaks of the words in its scope: up to the end of its clause, its noun phrase or its sentence, or those before it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from paperconcepts.linking.marked_sentence import NUMBER, SHARE, TIMES
from paperconcepts.linking.status_cues import (
    CLAUSE_ENDS,
    FINITE_VERBS,
    LEAVES_OPEN,
    RESULT_VERBS,
    Reach,
    Trigger,
    triggers_at,
)
from paperconcepts.model import Sentence, Status

__all__ = ["claim_status"]

_WORD = re.compile(r"[^\W_]+(?:['’.,\-‐‑–/_+][^\W_]+)*|[^\w\s]")
_REACH = 18  # words that a trigger may reach, about 120 characters
_FAR = 45  # words that "in future work" may reach
_LONGEST = 600  # words of a sentence that are read
_Scope = tuple[Trigger, int, int, int, int]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a sentence, in small letters, and their places in the text."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def within(self, span: tuple[int, int]) -> tuple[int, int]:
        """The numbers of the words that a span touches, half-open."""
        return bisect_right(self.ends, span[0]), bisect_left(self.starts, span[1])


def claim_status(
    text: str,
    sentence: Sentence | tuple[int, int],
    cue: tuple[int, int] | None,
    mention_start: int,
    mention_end: int,
) -> tuple[Status, tuple[int, int] | None]:
    """Return how a sentence puts a claim, and the span of the words that say so (None if it is asserted).

    The claim is denied or hedged where a trigger's scope holds the end of its cue or the beginning of its mention. A
    denial outweighs a hedge ("may not improve"); of several triggers the nearest is named. White space makes no
    difference. A cue that is itself a contrast ("unlike", "instead of") states its comparison: it does not deny it.

    Args:
        text: the text of the field; offsets count in it.
        sentence: the sentence that makes the claim.
        cue: the words that state the claim, or None.
        mention_start: where the mention of the concept begins.
        mention_end: where it ends.

    Examples:
        >>> text = "ZetaNet does not outperform BERT, but it may improve GPT-2."
        >>> status, span = claim_status(text, (0, len(text)), (17, 27), 28, 32)
        >>> status.value, text[slice(*span)]
        ('negated', 'not')
        >>> status, span = claim_status(text, (0, len(text)), (45, 52), 53, 58)
        >>> status.value, text[slice(*span)]
        ('hedged', 'may')
        >>> claim_status("We use BERT.", (0, 12), (3, 6), 7, 11)
        (<Status.ASSERTED: 'asserted'>, None)
    """
    start, end = (sentence.start, sentence.end) if isinstance(sentence, Sentence) else sentence
    words, scopes = _read(text, start, max(end, mention_end))
    if not scopes:
        return Status.ASSERTED, None
    named = words.within((mention_start, mention_end))
    said = words.within(cue) if cue is not None and cue[1] > cue[0] else None
    best: tuple[bool, int, Status, tuple[int, int]] | None = None
    for trigger, first, last, low, high in scopes:
        if not _holds(trigger, (first, last), (low, high), named, said):
            continue
        distance = -abs(first - named[0])
        found = (
            trigger.status is Status.NEGATED,
            distance,
            trigger.status,
            (words.starts[first], words.ends[last - 1]),
        )
        if best is None or found[:2] > best[:2]:
            best = found
    return (best[2], best[3]) if best is not None else (Status.ASSERTED, None)


def _holds(
    trigger: Trigger,
    place: tuple[int, int],
    scope: tuple[int, int],
    named: tuple[int, int],
    said: tuple[int, int] | None,
) -> bool:
    if said is not None and trigger.contrast and place[0] <= said[0] < place[1]:
        return False
    if trigger.reach is not Reach.INSIDE and place[0] < named[1] and named[0] < place[1]:
        return False  # the words are part of the name: "Attention without Softmax"
    if scope[0] <= named[0] < scope[1]:
        return True
    return said is not None and said[0] < said[1] and scope[0] <= said[1] - 1 < scope[1]


# A sentence is read once for all claims that it makes; those of a long text come round once for each concept.
@lru_cache(maxsize=2048)
def _read(text: str, start: int, end: int) -> tuple[_Words, tuple[_Scope, ...]]:
    found = _words_of(text, start, end)
    return found, _scopes_of(found.words)


def _words_of(text: str, start: int, end: int) -> _Words:
    words: list[str] = []
    starts, ends = [], []
    for match in islice(_WORD.finditer(text, start, end), _LONGEST):
        word = match[0].lower()
        if "’" in word:
            word = word.replace("’", "'")
        if word == "cannot" or (word.endswith("n't") and word != "n't"):
            word = "not"
        elif word == "may" and match[0] == "May" and words and words[-1] not in ".:;":
            word = "May"  # the month
        words.append(word)
        starts.append(match.start())
        ends.append(match.end())
    return _Words(tuple(words), tuple(starts), tuple(ends))


def _scopes_of(words: tuple[str, ...]) -> tuple[_Scope, ...]:
    """Each trigger with its words and the words in its scope, as pairs of word numbers."""
    scopes: list[_Scope] = []
    place = 0
    while place < len(words):
        next_place = place + 1
        for trigger, end in triggers_at(words, place):
            if trigger.reach is not Reach.NONE:
                scopes.append((trigger, place, end, *_scope(trigger, words, place, end)))
            next_place = max(next_place, end)
        place = next_place
    return tuple(scopes)


def _scope(trigger: Trigger, words: tuple[str, ...], first: int, end: int) -> tuple[int, int]:
    match trigger.reach:
        case Reach.INSIDE:
            return first, end
        case Reach.BEFORE:
            return _clause_start(words, first), end
        case Reach.AROUND:
            return _clause_start(words, first), _end(words, end, _REACH, _ends_clause)
        case Reach.PHRASE:
            return end, _end(words, end, _REACH, _ends_phrase)
        case Reach.SENTENCE:
            return end, _end(words, end, _FAR, _ends_sentence)
    return end, _end(words, end, _REACH, _ends_clause)


def _end(words: tuple[str, ...], begin: int, reach: int, ends: Callable[[tuple[str, ...], int, int], bool]) -> int:
    """The first word behind ``begin`` that is no longer in the scope."""
    limit = min(len(words), begin + reach)
    depth = 0
    for number in range(begin, limit):
        word = words[number]
        depth += (word == "(") - (word == ")")
        if depth < 0 or (depth == 0 and ends(words, number, begin)):
            return number
    return limit


def _ends_sentence(words: tuple[str, ...], number: int, begin: int) -> bool:
    return words[number] in _TURNS and number > begin


def _ends_clause(words: tuple[str, ...], number: int, begin: int) -> bool:
    word = words[number]
    if word in CLAUSE_ENDS:
        return True
    if word in ("and", "or", "yet"):
        return _begins_claim(words, number + 1)
    if word == ",":
        return not _lists_on(words, number, closed=False)
    # "does not need labels to outperform X": what is reached is not denied.
    return word == "to" and number - begin >= 2 and words[number + 1 : number + 2] != () and _acts(words[number + 1])


_TURNS = frozenset((";", "but", "however", "although", "whereas"))
_SUBJECTS = frozenset("we it they our this these there thus then also only still even instead which who where".split())


def _acts(word: str) -> bool:
    return word in RESULT_VERBS or word == "be"


def _begins_claim(words: tuple[str, ...], begin: int) -> bool:
    """Whether a new claim begins here: with a subject, or with a verb that a subject of few words may precede."""
    for number, word in enumerate(words[begin : begin + 4]):
        if number == 0 and (word in _SUBJECTS or _is_number(word)):
            return True
        if word in _BREAKS:
            return False
        if word in FINITE_VERBS or (
            word in RESULT_VERBS and (word.endswith("s") or (number == 0 and word[-3:] == "ing"))
        ):
            return True
    return False


def _is_number(word: str) -> bool:
    return word[0].isdigit() or word in (SHARE, TIMES, NUMBER)


_BREAKS = frozenset((",", ";", ":", ".", "(", ")", "and", "or", "of", "that"))


def _ends_phrase(words: tuple[str, ...], number: int, begin: int) -> bool:
    word = words[number]
    if number == begin:
        return False
    if word in CLAUSE_ENDS or word in FINITE_VERBS or (word in RESULT_VERBS and word.endswith("s")):
        return True
    if word in _PRONOUNS:
        return True
    if word == ",":
        return not _lists_on(words, number, closed=True)
    if word in ("and", "or"):
        return _begins_claim(words, number + 1)
    return word in _PREPOSITIONS and words[number - 1] not in LEAVES_OPEN


_PRONOUNS = frozenset("we it they our".split())
_PREPOSITIONS = frozenset("for on in at across to when during from with".split())


def _lists_on(words: tuple[str, ...], comma: int, *, closed: bool) -> bool:
    """Whether a comma separates parts of a list that goes on: "does not use A, B or C".

    A list in front of its sentence ("unlike A, B, and C, ours") is ``closed`` by another comma.
    """
    if _begins_claim(words, comma + 1):
        return False
    for number in range(comma + 1, min(comma + 8, len(words))):
        if words[number] in ("and", "or"):
            return not _begins_claim(words, number + 1) and (not closed or "," in words[number + 1 : number + 6])
        if words[number] in FINITE_VERBS:
            return False
    return False


def _clause_start(words: tuple[str, ...], first: int) -> int:
    for number in range(first - 1, max(-1, first - _REACH), -1):
        word = words[number]
        if word in CLAUSE_ENDS or word in _OPENERS:
            return number + 1
    return max(0, first - _REACH)


_OPENERS = frozenset(("that", "which", "who", "where", "when", "if", "(", ","))
