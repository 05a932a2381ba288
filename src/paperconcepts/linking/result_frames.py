"""The phrases that state a result: what the words around a number say it is.

They read a :class:`MarkedSentence`, left and right of a number. A frame tells a value reached ("an F1 of 0.91") from a
change ("improves accuracy by 5.2 points", "a 20 % reduction"), and says which words the claim hangs on.
"""

import re
from dataclasses import dataclass

from paperconcepts.linking.marked_sentence import ARTEFACT, DATASET, METRIC, NUMBER, SHARE, TIMES, Mark

__all__ = ["Frame", "continues", "direct_object", "metric_beside", "read_frame"]

_NUMBERS = SHARE + TIMES + NUMBER
_METRIC = rf"{METRIC}(?: \({METRIC}\))?"
_NO_NUMBER = rf"[^;:{_NUMBERS}]"
_WORD = (
    r"(?!(?:on|in|of|for|over|than|and|or|to|with|at|by|from|using|while|when|across|compared|is|are|was|were|that|which)"
    r"\b)[\w@’'-]{1,30}"
)
_UP_NOUNS = (
    r"improvements?|increases?|gains?|boosts?|speed-?ups?|accelerations?|enhancements?|uplifts?|rise|leads?|advantages?"
    r"|margins?|jumps?"
)
_DOWN_NOUNS = r"reductions?|decreases?|drops?|degradations?|declines?|savings?|loss"
_UP_VERBS = (
    r"improv(?:es?|ed|ing)|increas(?:es?|ed|ing)|boost(?:s|ed|ing)?|rais(?:es?|ed|ing)|enhanc(?:es?|ed|ing)"
    r"|outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|beat(?:s|ing)?|outscor(?:es?|ed|ing)"
    r"|accelerat(?:es?|ed|ing)|speed(?:s|ing)? up|sped up|advanc(?:es?|ed|ing)|gain(?:s|ed|ing)?|rises?|rose"
)
_DOWN_VERBS = (
    r"reduc(?:es?|ed|ing)|decreas(?:es?|ed|ing)|lower(?:s|ed|ing)?|cut(?:s|ting)?|drop(?:s|ped|ping)?|shrink(?:s|ing)?"
    r"|degrad(?:es?|ed|ing)|diminish(?:es|ed|ing)?|declin(?:es?|ed|ing)|falls?|falling|fell|down|sav(?:es?|ed|ing)"
    r"|underperform(?:s|ed|ing)?"
)
# "improves 5 %" is a change, "surpasses 90 %" is not.
_UP_DIRECT = r"improv(?:es?|ed|ing)|increas(?:es?|ed|ing)|boost(?:s|ed|ing)?|gain(?:s|ed|ing)?|speed(?:s|ing)? up"
_REACH_VERBS = (
    r"(?:achiev|attain|obtain|reach|scor|yield|deliver|record|report|surpass|exceed)(?:es?|s|ed|ing)?|gets?|got|getting"
)
_UP_WORDS = r"faster|higher|better|more|larger|greater|quicker|longer"
_DOWN_WORDS = r"slower|lower|worse|less|fewer|smaller|cheaper|shorter"
_NOUNS = rf"(?:(?P<up>{_UP_NOUNS})|(?P<down>{_DOWN_NOUNS}))\b"
_VERBS = rf"\b(?:(?P<up>{_UP_VERBS})|(?P<down>{_DOWN_VERBS}))\b"
_QUALIFIED = re.compile(
    r"(?:(?:\b(?:up to|as much as|as high as|about|around|approximately|approx\.|nearly|almost|over|more than|above"
    r"|at least|only|just|roughly|an?|the|average|averaging|absolute|relative|impressive|remarkable|mere|further"
    r"|another|additional|well|a total of|close to|below|under|less than|within)\s|[~≈><≥≤+])\s?){0,4}\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a number is: the rule, the direction ("at", "up", "down") and how far the rule is trusted.

    ``cue`` is the place of the verb or noun in the marked sentence, None if the metric beside the number says it all.
    """

    rule: str
    direction: str
    confidence: float
    cue: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A pattern left or right of numbers of some signs. Its group ``up`` or ``down`` gives the direction."""

    rule: str
    pattern: re.Pattern[str]
    signs: str
    confidence: float


def _phrase(rule: str, pattern: str, signs: str, confidence: float) -> _Phrase:
    return _Phrase(rule, re.compile(pattern, re.IGNORECASE), signs, confidence)


_CHANGED_BY = (
    # "improves accuracy on GSM8K by", "beats A by an average accuracy of", "reduces"
    _phrase(
        "change",
        rf"{_VERBS}{_NO_NUMBER}{{0,90}}?\bby\s(?:an? (?:[\w-]{{1,20}} ){{0,3}}{_METRIC} of\s)?\Z",
        _NUMBERS,
        0.8,
    ),
    _phrase("change", rf"\b(?:(?P<up>{_UP_DIRECT})|(?P<down>{_DOWN_VERBS}))\s\Z", SHARE + TIMES, 0.75),
)
_CHANGE_BEHIND = (
    # "a 5 % improvement", "2.8 points top-1 accuracy gain", "1.5x training acceleration"
    _phrase("gain", rf"[ -]?\(?(?:(?:{_METRIC}|{_WORD})\s){{0,4}}?{_NOUNS}", _NUMBERS, 0.75),
    # "2.5x faster", "12 % higher accuracy"
    _phrase(
        "comparative",
        rf" (?:{_WORD}\s){{0,1}}?(?:(?P<up>{_UP_WORDS})|(?P<down>{_DOWN_WORDS}))\b",
        SHARE + TIMES,
        0.75,
    ),
)
_GAIN_OF = (
    # "gains of", "an improvement in accuracy of", "reductions ("
    _phrase(
        "gain",
        rf"\b{_NOUNS}(?: (?:in|on|over|of)\b{_NO_NUMBER}{{0,60}}?)?"
        r"(?: of| by|:| \(| ranging from| from| between| up to| is| was)\s?\Z",
        _NUMBERS,
        0.75,
    ),
)
_AT = (
    # "an F1 of", "BLEU on WMT14 reaches"; "accuracy from" only before two numbers
    _phrase(
        "value",
        rf"{_METRIC}(?: (?:scores?|values?|rates?|ratios?))?"
        rf"(?: (?:on|for|in) (?:the )?(?:[\w’'-]+ ){{0,3}}{DATASET})?"
        r"(?: (?:of|is|was|are|were|at|to|reaches|reached|reaching|ranging from|between)| =| :|:| \()\s?\Z",
        _NUMBERS,
        0.8,
    ),
    # "improves the performance of S4 to", "increasing the BLEU from 28.4 to"
    _phrase("to", rf"{_VERBS}{_NO_NUMBER}{{0,60}}?\bto\s\Z", SHARE + NUMBER, 0.75),
)
_FROM = (
    # "accuracy from 53 % to 60 %", "improves the performance of S4 from 53 % to 60 %": the marks are one
    _phrase("from-to", rf"{_METRIC}(?: [\w’'-]+){{0,3}} from\s\Z", SHARE + NUMBER, 0.8),
    _phrase("from-to", rf"{_VERBS}{_NO_NUMBER}{{0,60}}?\bfrom\s\Z", SHARE + NUMBER, 0.75),
)
# "an accuracy above", where the word above is a qualifier.
_METRIC_BEFORE = re.compile(rf"{_METRIC}\s\Z")
_METRIC_BEHIND = re.compile(rf"[ -](?:(?:{_WORD})\s){{0,2}}?{_METRIC}")
_DATA_BEHIND = re.compile(rf"(?: points?)? (?:on|in|for|across)\s(?:the\s)?(?:[\w’'-]+\s){{0,3}}{DATASET}")
_REACHED = re.compile(rf"\b(?:{_REACH_VERBS})\s(?:[\w’'-]+\s){{0,3}}\Z", re.IGNORECASE)
_JOINED = re.compile(r"\b(?:with|of|and|at|to|by)\s\Z|[(,]\s?\Z")
_SPREAD = re.compile(
    r"\b(?:rang\w+|var(?:y|ies|ying|ied)|improvements?|gains?|reductions?|increases?)\s(?:\w+\s)?from\s\Z"
)
# The number of the other side: "than 80 %", "compared to a baseline of 80 %".
_SECOND = re.compile(
    r"\b(?:vs\.?|versus|than|instead of|opposed to)\s(?:only |just )?\Z|[±]\s?\Z"
    r"|\bcompared (?:to|with)\s(?:(?:[\w-]{1,20}\s){0,4}of\s)?\Z",
    re.IGNORECASE,
)
_BRACKET = re.compile(r" ?\(\Z")
# "improved up to 55 %" may mean to 55 % or by 55 %.
_UNCLEAR = re.compile(r"\b(?:(?:improv|rais)(?:es?|ed|ing)|(?:increas|boost)(?:ed|ing))\sup to\s\Z", re.IGNORECASE)
# "3x more parameters", "31x larger than A": a size, no result.
_SIZE = re.compile(
    r" (?:[\w-]{1,20} ){0,2}?(?:larger|smaller|bigger|more|fewer|less|greater|longer|shorter)(?: than\b"
    r"| (?:[\w-]{1,20} ){0,2}?(?:models?|sizes?|networks?|parameters?|params|data|datasets?|samples?|examples?|tokens?"
    r"|labels?|layers?|images?|corpus|corpora|sequences?|contexts?|inputs?)\b)",
    re.IGNORECASE,
)
# "5 million", "112 languages": counts, no values.
_COUNTED = re.compile(
    r" (?:[\w-]{1,20} ){0,2}?(?:thousand|million|billion|trillion|languages?|tasks?|datasets?|benchmarks?|domains?"
    r"|classes|categories|samples?|examples?|models?|types?|papers?|sentences?|users?|participants?|experiments?|directions?"
    r"|settings?|metrics?|baselines?|test sets?|cases|runs|seeds)\b",
    re.IGNORECASE,
)
# What a share is a share of, or a setting, is no result.
_SETTING = re.compile(
    r" ?(?:confidence\b|credible\b|CI\b|significance\b|sparsity\b|training data\b|data\b|parameters?\b"
    r"|fewer parameters\b|labels?\b|labell?ed\b|compression\b|quantile\b|percentile\b|threshold\b|to \b)",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(r" of (?!up\b)", re.IGNORECASE)


def read_frame(text: str, place: int, last: int, mark: Mark) -> Frame | None:
    """What the number at ``place`` is (of a list, ``last`` is the place of its last one); None if it is no result.

    Examples:
        >>> mark = Mark(SHARE, 0, 3, number="5.2", unit="%")
        >>> read_frame(f"It improves {METRIC} by {SHARE}.", 17, 17, mark)
        Frame(rule='change', direction='up', confidence=0.8, cue=(3, 11))
        >>> read_frame(f"It needs {SHARE} of the data.", 9, 9, mark) is None
        True
    """
    low = max(0, place - 140)
    left = text[low:place]
    right = text[last + 1 : last + 80]
    if _SECOND.search(left[-60:]) or _UNCLEAR.search(left[-30:]):
        return None
    if _is_count(right, mark) if mark.sign == NUMBER else (_SETTING.match(right) or _is_size(right, mark)):
        return None
    qualified = _QUALIFIED.search(left, max(0, len(left) - 60))
    plain = left[: qualified.start()] if qualified else left
    if mark.sign != NUMBER and _SHARE_OF.match(right):
        # "saves 98 % of the cost" is a change, "uses 98 % of the data" none.
        frame = _nearest(_CHANGED_BY[1], plain, low, mark.sign)
        return frame if frame is not None and frame.direction == "down" else None
    if not mark.joint and plain.endswith("from "):
        return None  # what follows "to" is the result
    if mark.joint == "to" and plain.endswith("from ") and not _SPREAD.search(plain[-40:]):
        return _at(_FROM, plain, mark.sign, None)
    if mark.plus or mark.minus or mark.unit in ("x", "points"):
        # "outperforms A on B (+2.5 points)", "improves efficiency (up to 146x)"
        plain = _BRACKET.sub(" by ", plain)
    return _changed(plain, left, right, low, last + 1, mark.sign) or _reached(plain, left, right, low, mark)


def _is_count(right: str, mark: Mark) -> bool:
    return "." not in mark.number and _COUNTED.match(right) is not None


def _is_size(right: str, mark: Mark) -> bool:
    return mark.sign == TIMES and _SIZE.match(right) is not None


def _changed(plain: str, left: str, right: str, low: int, high: int, sign: str) -> Frame | None:
    for phrase in _CHANGED_BY:
        found = _nearest(phrase, plain, low, sign)
        if found is not None:
            return found
    for phrase in _CHANGE_BEHIND:
        match = phrase.pattern.match(right) if sign in phrase.signs else None
        if match is not None:
            group = "up" if match["up"] else "down"
            span = (high + match.start(group), high + match.end(group))
            return Frame(phrase.rule, group, phrase.confidence, span)
    # "a margin up to" has no other preposition than the qualifier.
    return _nearest(_GAIN_OF[0], plain, low, sign) or _nearest(_GAIN_OF[0], left.rstrip("~+≈"), low, sign)


def _nearest(phrase: _Phrase, left: str, low: int, sign: str) -> Frame | None:
    """The frame of the nearest cue to the left: patterns find the farthest first."""
    if sign not in phrase.signs:
        return None
    match = phrase.pattern.search(left)
    while match is not None:
        nearer = phrase.pattern.search(left, match.start() + 1)
        if nearer is None:
            break
        match = nearer
    if match is None:
        return None
    group = "up" if match["up"] else "down"
    return Frame(phrase.rule, group, phrase.confidence, (low + match.start(group), low + match.end(group)))


def _reached(plain: str, left: str, right: str, low: int, mark: Mark) -> Frame | None:
    verb = _REACHED.search(plain)
    cue = (low + verb.start(), low + verb.start() + len(verb.group().split()[0])) if verb else None
    exact = "." in mark.number or mark.sign == SHARE
    beside = _METRIC_BEHIND.match(right) is not None
    if (
        beside
        and not mark.plus
        and not mark.minus
        and ((verb and mark.sign != TIMES) or mark.sign != NUMBER or (exact and _JOINED.search(plain)))
    ):
        return Frame("value", "at", 0.8, cue)
    if left != plain and _METRIC_BEFORE.search(plain):
        return Frame("value", "at", 0.75, cue)
    if (mark.plus or mark.minus) and (beside or _DATA_BEHIND.match(right)):
        return Frame("gain", "up" if mark.plus else "down", 0.7, cue)
    found = _at(_AT, plain, mark.sign, cue)
    if found is not None:
        return found
    if verb is not None and exact and mark.sign != TIMES and _DATA_BEHIND.match(right):
        return Frame("score", "at", 0.7, cue)
    return None


def _at(phrases: tuple[_Phrase, ...], left: str, sign: str, cue: tuple[int, int] | None) -> Frame | None:
    fitting = (phrase for phrase in phrases if sign in phrase.signs and phrase.pattern.search(left))
    return next((Frame(phrase.rule, "at", phrase.confidence, cue) for phrase in fitting), None)


_CONTINUES = re.compile(
    rf"{_NO_NUMBER}{{0,90}}(?:,|\band|\bor|\bwhile|\bto)\s(?:(?:by|a|an|of|to|with|another|up|only|just|even|at)\s)"
    rf"{{0,3}}(?:{_NO_NUMBER}{{0,40}}?\b(?:by|to|of|at)\s)?[+]?\Z",
    re.IGNORECASE,
)
_NEW_VERB = re.compile(
    rf"\b(?:{_REACH_VERBS}|{_UP_VERBS}|{_DOWN_VERBS}|requir\w+|us(?:es|ing)|need\w*|retain\w*)\s", re.IGNORECASE
)
_OBJECT = re.compile(rf"\s(?:(?!(?:on|in|of|for|with|by|from|and)\b)[\w’'-]+\s){{0,3}}({ARTEFACT})(?:\s|’s|'s)")


def continues(text: str, earlier: int, place: int, last: int) -> bool:
    """Whether a number goes on with what the number before it said: "by 3 % on A and 5 % on B".

    Examples:
        >>> continues(f"by {SHARE} on A and {SHARE} on B", 3, 14, 14), continues(f"{SHARE}. It uses {SHARE}", 0, 11, 11)
        (True, False)
    """
    gap = text[earlier + 1 : place]
    if _SETTING.match(text, last + 1) or _SHARE_OF.match(text, last + 1) or _SECOND.search(gap[-60:]):
        return False
    return _CONTINUES.fullmatch(gap) is not None and _NEW_VERB.search(gap) is None


def metric_beside(text: str, last: int) -> int | None:
    """The place of the metric that follows a number: "5.2 BLEU", "91 % top-1 accuracy".

    Examples:
        >>> metric_beside(f"{SHARE} top-1 {METRIC}", 0), metric_beside(f"{SHARE} on {METRIC}", 0)
        (8, None)
    """
    match = _METRIC_BEHIND.match(text, last + 1)
    return text.index(METRIC, match.start()) if match else None


def direct_object(text: str, verb_end: int, place: int) -> int | None:
    """The place of the artefact that a verb of change takes: "improves A by 5 %".

    Examples:
        >>> direct_object(f"improves the {ARTEFACT} by {SHARE}", 8, 18)
        13
    """
    match = _OBJECT.match(text, verb_end, place)
    return match.start(1) if match else None
