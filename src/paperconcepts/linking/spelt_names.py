"""Names that a paper spells out without defining them: "LeapSTS: A Sparse Token Search for ...".

Only names that no catalogue knows are brought together, and only where the letters of one are those of the other.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from paperconcepts.linking.cues import COMPARISON
from paperconcepts.linking.moves import family
from paperconcepts.linking.roles import SentenceIndex
from paperconcepts.model import AnnotatedPaper, Mention
from paperconcepts.vocabulary import normalise_form, singular

__all__ = ["apposed_names", "bracketed_names", "initialled_names", "spelling_of", "titled_names"]

_OPENING = re.compile(r"['’\"”]?\s*\(\s*[\"“']?")
# What may stand between a name and its long form beside it: brackets, a colon, a dash, quotes.
_MARKS = re.compile(r"\s?[(:—–-]?\s?[\"“'‘(]{0,2}")
_CLOSING = re.compile(r"[\"”']?\s*\)")
_WORD = re.compile(r"[^\W_]+")
# What may stand between "NAME" and the phrase behind the colon of a title: an article and words that praise.
_TITLE_GAP = re.compile(r": (?:an?|the)?(?: ?\b[\w-]+ ){0,4}", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"\b(?:for|with|via|by|using|to|in|on|from|of|and|or|towards?|based|through|\w+ing)\b", re.IGNORECASE
)
_SMALL = frozenset("a an and as by for from in of on or the to via with".split())
_COMPARED_WITHIN = 40
_INITIALS = 3
_LETTERS = 4
_MOST_WORDS = 10
_LONGEST_NAME = 24


def bracketed_names(annotated: AnnotatedPaper) -> Iterator[tuple[str, str]]:
    """Yield (short, long) of new names where one follows the other in brackets: "Zoom-out Networks (ZoomNet)".

    The capitals of the short one are letters of the long one, in this order and from the first on, or its last two
    capitals begin the last two words: "Dragon Hatchling (BDH)", "cross-replication reliability (xRR)". Such pairs are
    looser than abbreviation definitions, but both sides were found to be names.

    Examples:
        >>> from paperconcepts.extraction import extract
        >>> from paperconcepts.model import Paper
        >>> text = "We propose Attention-Leap Disaggregation (ALD). We compare ALD with BERT."
        >>> list(bracketed_names(next(extract([Paper(id="x:1", abstract=text)]))))
        [('ALD', 'Attention-Leap Disaggregation')]
    """
    for long, short in pairwise(annotated.mentions):
        if not _may_be_one(long, short) or " " in short.text or len(short.text) >= len(long.text):
            continue
        text = annotated.paper.text(long.field)
        if not _OPENING.fullmatch(text, long.end, short.start) or not _CLOSING.match(text, short.end):
            continue
        capitals = [c.lower() for c in singular(short.text) if c.isupper()]
        letters = iter(long.text.lower())
        in_order = len(capitals) > 1 and long.text[0].lower() == capitals[0] and all(c in letters for c in capitals)
        if in_order or (len(capitals) > 1 and _initials(long.text).endswith("".join(capitals[-2:]))):
            yield short.text, long.text


def apposed_names(annotated: AnnotatedPaper) -> Iterator[tuple[str, str]]:
    """Yield (short, long) of new names whose last word is the initials of those before: "Dual-Module Framework DMF".

    Examples:
        >>> from paperconcepts.extraction import extract
        >>> from paperconcepts.model import Paper
        >>> text = "We design a novel Dual-Module Framework DMF. DMF beats BERT."
        >>> list(apposed_names(next(extract([Paper(id="x:1", abstract=text)]))))
        [('DMF', 'Dual-Module Framework')]
    """
    for mention in annotated.mentions:
        head, _, last = mention.text.rpartition(" ")
        if mention.concept_id is None and len(last) >= _INITIALS and last.isupper() and _initials(head) == last.lower():
            yield last, head


def initialled_names(annotated: AnnotatedPaper) -> Iterator[tuple[str, str]]:
    """Yield (name, phrase) of new names where the one is the three or more initials of the other.

    Either nothing but marks stands between ("MARS: Multi-Agent Response Selection"), or they never stand in one
    sentence, and nothing is compared with the name: a rival may have these initials. Those of two phrases tell nothing.

    Examples:
        >>> from paperconcepts.extraction import extract
        >>> from paperconcepts.model import Paper
        >>> text = "We present Hop-Then-Predict-Attention. We find that HTPA is faster than BERT."
        >>> list(initialled_names(next(extract([Paper(id="x:1", abstract=text)]))))
        [('HTPA', 'Hop-Then-Predict-Attention')]
    """
    phrases: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    names: dict[str, list[Mention]] = defaultdict(list)
    for mention in annotated.mentions:
        name = singular(mention.text)
        if mention.concept_id is None and name.isupper() and name.isalpha():
            names[name.lower()].append(mention)
        elif mention.concept_id is None and len(initials := _initials(mention.text)) >= _INITIALS:
            phrases[initials][normalise_form(mention.text)].append(mention)
    alike = [(found, list(phrases[letters].values())) for letters, found in names.items() if letters in phrases]
    pairs = [(found, forms[0]) for found, forms in alike if len(forms) == 1 and _are_of_a_kind(found[0], forms[0][0])]
    if not pairs:
        return
    index = SentenceIndex(annotated.paper, annotated.sentences)
    for found, phrase in pairs:
        if _stand_beside(found, phrase, index) or _stand_apart(found, phrase, index):
            yield found[0].text, phrase[0].text


def _stand_beside(names: list[Mention], phrases: list[Mention], index: SentenceIndex) -> bool:
    """Whether one of the names and one of the phrases have nothing but marks between them."""
    marked = [*((m, True) for m in names), *((m, False) for m in phrases)]
    marked.sort(key=lambda item: (item[0].field, item[0].start))
    return any(
        is_name != other_is
        and one.field == other.field
        and _MARKS.fullmatch(index.flat(one.field), one.end, other.start)
        for (one, is_name), (other, other_is) in pairwise(marked)
    )


def _stand_apart(names: list[Mention], phrases: list[Mention], index: SentenceIndex) -> bool:
    """Whether no sentence has both, and nothing is compared with the name."""
    if not {index.sentence_of(m)[0] for m in names}.isdisjoint(index.sentence_of(m)[0] for m in phrases):
        return False
    return not any(
        COMPARISON.pattern.search(index.flat(m.field), max(0, m.start - _COMPARED_WITHIN), m.start) for m in names
    )


def titled_names(annotated: AnnotatedPaper) -> Iterator[tuple[str, str]]:
    """Yield (name, phrase) of a title that names a thing and says what the letters stand for.

    Examples:
        >>> from paperconcepts.extraction import extract
        >>> from paperconcepts.model import Paper
        >>> title = "LeapSTS: A Sparse Token Search for Text Diffusion"
        >>> list(titled_names(next(extract([Paper(id="x:1", title=title, abstract="We use it.")]))))
        [('LeapSTS', 'Sparse Token Search')]
    """
    title = annotated.paper.title
    found = [mention for mention in annotated.mentions if mention.field == "title"][:2]
    if len(found) < 2 or title[: found[0].start].strip(" \"'“‘") or not _may_be_one(*found):
        return
    name, phrase = found
    gap = title[name.end : phrase.start].lstrip("\"'”’")
    if _TITLE_GAP.fullmatch(gap) and not _PREPOSITION.search(gap) and spelling_of(name.text, phrase.text):
        yield name.text, phrase.text


def _may_be_one(first: Mention, second: Mention) -> bool:
    new = first.concept_id is None and second.concept_id is None
    return new and first.field == second.field and _are_of_a_kind(first, second)


def _are_of_a_kind(first: Mention, second: Mention) -> bool:
    return family(first.label) == family(second.label)


def _initials(phrase: str) -> str:
    return "".join(word[0] for word in _WORD.findall(phrase)).lower() if " " in phrase or "-" in phrase else ""


def spelling_of(name: str, phrase: str) -> str:
    """The part of a name that the words of a phrase spell: each gives its beginning. Empty if there is no such part.

    That is the whole name; else its end, from a capital on, of three letters or more; else its beginning, of four
    letters or more, up to a capital; else the whole name if it is the phrase's first and last word together.

    Examples:
        >>> spelling_of("LeapSTS", "Sparse Token Search"), spelling_of("MoDeGPT", "Modular Decomposition")
        ('STS', 'MoDe')
        >>> spelling_of("ReCo", "Regularized Conventions"), spelling_of("AGCL", "Aspect Graph Construction")
        ('ReCo', '')
    """
    words = _WORD.findall(phrase)
    letters = re.sub(r"[\W_]", "", name)
    if not 2 <= len(words) <= _MOST_WORDS or not _INITIALS <= len(letters) <= _LONGEST_NAME:
        return ""
    if words[0].lower() in _SMALL or name.lower() in phrase.lower():
        return ""
    low = letters.lower()
    if len(low) != len(letters):
        return ""  # a rare capital that has two small letters
    if len(low) in _ends(low, 0, words):
        return letters
    for start in (n for n, c in enumerate(letters) if n and c.isupper() and len(letters) - n >= _INITIALS):
        if len(low) in _ends(low, start, words):
            return letters[start:]
    for end in sorted(_ends(low, 0, words)):
        if end >= _LETTERS and letters[end].isupper():
            return letters[:end]
    whole = low == (words[0] + words[-1]).lower() and min(len(words[0]), len(words[-1])) >= _LETTERS
    return letters if whole else ""


def _ends(letters: str, start: int, words: list[str]) -> set[int]:
    """Where a spelling that begins at a place can end if each word gives its first letters, or a capital inside it."""
    places = {start}
    for word in words:
        low = word.lower()
        capitals = set() if word.isupper() else {c.lower() for c in word[1:] if c.isupper()}
        reached = set(places) if low in _SMALL else set()
        for place in places:
            end = place
            while end < len(letters) and end - place < len(low) and letters[end] == low[end - place]:
                end += 1
                reached.add(end)
            if letters[place : place + 1] in capitals:
                reached.add(place + 1)
        places = reached
    return places
