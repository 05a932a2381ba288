"""What stands around the mentions of a concept, as numbers for the role model: proposals, articles, comparisons."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from paperconcepts.linking.introductions import PROPOSAL
from paperconcepts.model import Mention, Sentence

__all__ = ["CONTEXTS", "context_features"]

CONTEXTS = (
    "proposal_before", "proposal_near", "proposal_direct", "proposal_open", "novel_before", "article_before",
    "the_before", "called", "which_after", "bracket_after", "is_after", "such_as_before", "used_before",
    "compared_before", "result_on_before", "data_word_after", "study_before", "list_neighbour", "our_sentence",
    "background", "first_third", "last_third", "sentences", "limits_near", "achieves_after", "first_sentence",
    "title_case", "proposal_begun", "proposal_continued", "part_before", "our_before",
)  # fmt: skip
_NOVEL = re.compile(r"\b(?:novel|new|first|our|proposed|unified|simple|introduced?)\b[^.;:]{0,25}\Z", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(?:an?|two|three|four)\s+(?:[\w-]+\s+){0,2}\Z", re.IGNORECASE)
_THE = re.compile(r"\bthe\s+(?:[\w-]+\s+)?\Z", re.IGNORECASE)
_CALLED = re.compile(
    r"\b(?:called|named|termed|dubbed|coined|namely|i\.e\.,?)[,:]?\s+(?:the\s+|an?\s+)?[\"“'‘]?\Z", re.IGNORECASE
)
_WHICH = re.compile(r"(?:\s*(?:\([^()]{1,30}\),?|,))?\s+(?:that|which|to)\b")
_OPENING = re.compile(r"\s*\([A-Z]")
_IS = re.compile(
    r"(?:\s*\([^()]{1,30}\))?\s+(?:is|are|consists?|leverages?|uses?|employs?|enables?|introduces?|combines?|aims?)\b"
)
_SUCH_AS = re.compile(r"\b(?:such as|like|including|e\.g\.,?)\s+[^.;:]{0,80}\Z", re.IGNORECASE)
_USED = re.compile(
    r"\b(?:us(?:e|es|ed|ing)|appl\w+|employ\w*|adopt\w*|leverag\w+|via|through|based on|built on|with)"
    r"\s+[^.;:,]{0,30}\Z",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:than|outperform\w*|surpass\w*|compared (?:to|with)|over|versus|vs\.?|unlike|against|baselines?)"
    r"\s+[^.;:]{0,60}\Z",
    re.IGNORECASE,
)
_RESULT_ON = re.compile(r"\b(?:on|across|over|in)\s+(?:the\s+)?(?:[\w-]+\s+){0,3}(?:[A-Z][\w-]*(?:,| and|, and)\s+)*\Z")
_DATA = re.compile(r"\s+(?:data ?sets?|benchmarks?|corpus|corpora|leaderboard|tasks?)\b", re.IGNORECASE)
_STUDY = re.compile(
    r"\b(?:stud\w+|investigat\w+|analy\w+|evaluat\w+|assess\w*|examin\w+|explor\w+|understand\w*)\s+[^.;:]{0,50}\Z",
    re.IGNORECASE,
)
_NEIGHBOUR = re.compile(r"(?:,|\band|\bor)\s+\Z|\A\s*(?:,| and| or)\s+[A-Z]")
_OURS = re.compile(r"\b(?:we|our|this (?:paper|work|study))\b", re.IGNORECASE)
_LIMITS = re.compile(
    r"\b(?:however|although|despite|limit\w*|challeng\w*|suffer\w*|struggl\w*|recent\w*|existing|previous|prior"
    r"|traditional|conventional|widely|popular)\b",
    re.IGNORECASE,
)
_ACHIEVES = re.compile(
    r"[^.;]{0,40}\b(?:outperforms?|achiev\w+|improv\w+|surpass\w*|reduc\w+|yields?|attains?)\b", re.IGNORECASE
)
_PREPOSITION = re.compile(
    r"\b(?:based|using|for|on|of|to|by|with|from|in|over|against|than|via|through|under|that|which|where)\b",
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"\s*(?:it|this|these|the|our|specifically|in particular|concretely|to this end|first(?:ly)?|second(?:ly)?|third"
    r"|finally|by|moreover|furthermore|additionally|we)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:consist\w* of|compris\w*|includ\w+|contain\w*|namely|components?|modules?|stages?|steps?|parts?|via|with)\b"
    r"[^.;]{0,60}\Z",
    re.IGNORECASE,
)
_OUR = re.compile(r"\b(?:our|this|the proposed)\s+(?:[\w-]+\s+){0,2}\Z", re.IGNORECASE)
# A hyphen belongs to its word: were it a border, too, the ways to read a chain of them would be without number.
_TITLE_CASE = re.compile(r"(?=.+[ -][A-Z])[A-Z][\w’'-]*(?: (?:(?:of|and|for|with|to|in|the)[ -])?[A-Z][\w’'-]*){0,9}")
# How much of the sentence is read before and behind a mention.
_NEAR = 90
_BEHIND = 80


@dataclass(frozen=True, slots=True)
class _SentenceCues:
    """What holds for all mentions of a sentence, read once: ends of proposals, starts of prepositions, and flags."""

    proposals: list[int]
    prepositions: list[int]
    ours: bool
    limits: bool
    begun: bool
    continued: bool


def context_features(mentions: Sequence[Mention], places: Sequence[tuple[Sentence, int, int, str]]) -> list[float]:
    """For each of ``CONTEXTS`` whether a mention stands so (``sentences``: how many sentences hold one, up to four).

    ``places`` holds for each mention its sentence, the number of that sentence in its field, how many the field has,
    and the field's text.
    """
    found = dict.fromkeys(CONTEXTS, 0.0)
    for mention, (sentence, number, count, text) in zip(mentions, places, strict=True):
        cues = _cues_of(sentence, text)
        names = [
            *_around(mention, sentence, text),
            *_after_proposal(mention, cues, text),
            *_of_sentence(mention, cues, number / max(1, count - 1)),
        ]
        found.update(dict.fromkeys(names, 1.0))
    sentences = {(sentence.field, sentence.start) for sentence, _, _, _ in places}
    found["sentences"] = float(min(len(sentences), 4))
    return list(found.values())


# A sentence is read once for all concepts of a paper, lest a long title with many names take for ever.
@lru_cache(maxsize=2048)
def _cues_of(sentence: Sentence, text: str) -> _SentenceCues:
    place = (text, sentence.start, sentence.end)
    return _SentenceCues(
        [match.end() for match in PROPOSAL.finditer(*place)],
        [match.start() for match in _PREPOSITION.finditer(*place)],
        ours=bool(_OURS.search(*place)),
        limits=bool(_LIMITS.search(*place)),
        begun=_end_of_first_proposal(text) <= sentence.start,
        continued=_CONTINUES.match(*place) is not None,
    )


@lru_cache(maxsize=8)
def _end_of_first_proposal(text: str) -> int:
    match = PROPOSAL.search(text)
    return match.end() if match else len(text) + 1


def _around(mention: Mention, sentence: Sentence, text: str) -> list[str]:
    # A wrapped or justified text reads like a plain one: windows count letters and single spaces.
    near = _squeezed(text[max(sentence.start, mention.start - 3 * _NEAR) : mention.start])[-_NEAR:]
    after = _squeezed(text[mention.end : min(mention.end + 3 * _BEHIND, max(sentence.end, mention.end))])[:_BEHIND]
    stands = {
        "novel_before": _NOVEL.search(near),
        "article_before": _ARTICLE.search(near),
        "the_before": _THE.search(near),
        "called": _CALLED.search(near),
        "which_after": _WHICH.match(after),
        "bracket_after": _OPENING.match(after),
        "is_after": _IS.match(after),
        "such_as_before": _SUCH_AS.search(near),
        "used_before": _USED.search(near),
        "compared_before": _COMPARED.search(near),
        "result_on_before": _RESULT_ON.search(near),
        "data_word_after": _DATA.match(after),
        "study_before": _STUDY.search(near),
        "list_neighbour": _NEIGHBOUR.search(near[-6:]) or _NEIGHBOUR.match(after[:8]),
        "achieves_after": _ACHIEVES.match(after),
        "part_before": _PART.search(near),
        "our_before": _OUR.search(near),
        "title_case": mention.field == "abstract" and near.strip() and _TITLE_CASE.fullmatch(_squeezed(mention.text)),
    }
    return [name for name, match in stands.items() if match]


_SPACES = re.compile(r"\s+")


def _squeezed(text: str) -> str:
    # The sentences of most texts have single blanks already.
    return _SPACES.sub(" ", text) if "  " in text or not text.isprintable() else text


def _after_proposal(mention: Mention, cues: _SentenceCues, text: str) -> list[str]:
    """How far the last "we propose" before a mention is, and what stands between."""
    before = bisect_right(cues.proposals, mention.start)
    if not before:
        return []
    end = cues.proposals[before - 1]
    names = ["proposal_before"]
    between = _squeezed(text[end : min(mention.start, end + 3 * _NEAR)])
    if len(between) < _NEAR and mention.start - end < 3 * _NEAR:
        names.append("proposal_near")
    first = bisect_left(cues.prepositions, end)
    if first == len(cues.prepositions) or cues.prepositions[first] >= mention.start:
        names.append("proposal_open")
        if len(between) < _DIRECT and "," not in between:
            names.append("proposal_direct")
    return names


_DIRECT = 60


def _of_sentence(mention: Mention, cues: _SentenceCues, share: float) -> list[str]:
    names = [name for name, holds in (("our_sentence", cues.ours), ("limits_near", cues.limits)) if holds]
    if mention.field != "abstract":
        return names
    if not cues.ours:
        names.append("background")
    if cues.begun:
        names += ["proposal_begun", *(["proposal_continued"] if cues.continued else [])]
    if share < 1 / 3:
        names.append("first_third")
    if share > 2 / 3:
        names.append("last_third")
    if share == 0:
        names.append("first_sentence")
    return names
