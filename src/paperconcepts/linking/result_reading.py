"""Read the numbers of a marked sentence: which of them are results, and which signs say what of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from paperconcepts.linking.marked_sentence import ARTEFACT, DATASET, METRIC, TASK, TIMES, MarkedSentence
from paperconcepts.linking.result_frames import Frame, continues, direct_object, metric_beside, read_frame
from paperconcepts.linking.result_parties import (
    BASELINE,
    BESIDE_DATASET,
    HOLDER,
    OPENING_SUBJECT,
    OWN_NAMED,
    ROWS,
    SUBJECT,
)

__all__ = ["Reading", "read_numbers"]

_MOST_NUMBERS = 60  # of one sentence: a table is no sentence
_BORDER = re.compile(r";| while | whereas | but |\((?:[ivx]{1,4}|[a-e1-9])\) ")
_JOINT = re.compile(r"(?:,| and|, and| or| /|/) (?:by |up to )?|/")
_NEAR_METRIC = re.compile(
    rf"(?:\b(?:in|of|on|over|for|to|average|mean)\s(?:the\s)?(?:[\w’'-]+\s){{0,4}}){METRIC}", re.IGNORECASE
)
_TRAINED = re.compile(
    r"\b(?:train\w*|pretrain\w*|tun\w+|fine-tun\w+|pre-train\w*|learn\w*|built|based)\s(?:on|with|from|using)\s(?:the\s)?"
    r"(?:[\w-]+\s){0,4}\Z",
    re.IGNORECASE,
)
_SPEED = re.compile(r"fast|slow|speed|accelerat|quick|cheap", re.IGNORECASE)
_AWAY = re.compile(r",|\b(?:with|while|and|at|drops?|loss)\b")
_NAME_BEHIND = re.compile(r" (?:average |mean |absolute |relative )?[A-Z]")
_PLAIN = re.compile(r"[ -]?\(?(?:absolute|relative|average|mean|overall|further|additional|performance|points?| )*")
_BESIDE = re.compile(r"[a-z] and (?:the )?\Z")
_OF_ANOTHER = re.compile(r" (?:in|of) ")
# A dataset is what a number is measured on; "to Wikipedia" is something else.
_ON = re.compile(
    r"(?:\b(?:on|in|across|over|for|against|of|from|with|and|both)|[,/(])\s?(?:[^\s,;]+\s){0,5}\Z", re.IGNORECASE
)
_ELSEWHERE = re.compile(r"[^,;]{0,40}?\bon (?:an?|our|its|their|internal|the other)\b")
# "11 % in easy cases": not on the dataset of the number before.
_OWN_PLACE = re.compile(
    rf" (?:points? )?(?:in|on|for|across) (?:the |all )?(?!average|total|all\b|both\b)(?:[a-z][\w-]*|{TASK})"
    rf"(?: (?!and\b)(?:[\w-]+|{TASK})){{0,3}}(?=[,.;)]| and |\Z)"
)
# "-39 % tokens": of something else than the number before.
_OWN_NOUN = re.compile(
    r" (?!\w+ly\b|overall|absolute|relative|points?\b|each\b|more\b|less\b)[a-z]{3,20}(?=[,.;)]| and | on | in |\Z)"
)
_TURNS = re.compile(r", (?:and|while|but|which)\b")
_OPENS = re.compile(r"(?:On|In|For|Across|With|Using|At)\s(?:the\s)?(?:[\w’'-]+\s){0,4}")
_METRIC_AND = re.compile(rf" (?:[\w-]+ ){{0,2}}{METRIC},?(?: and)? (?:an? |of )?")
_FELLOW = re.compile(r"[\w -]{0,25} and ")
_RESPECTIVELY = "respectively"


@dataclass(frozen=True, slots=True)
class Reading:
    """Numbers in a row (their places), what they are, and the places of what they may be about."""

    numbers: tuple[int, ...]
    frame: Frame
    subjects: tuple[int, ...]
    metrics: tuple[int, ...]
    datasets: tuple[int, ...]
    baselines: tuple[int, ...]
    sign: str

    @property
    def end(self) -> int:
        """Behind the numbers and all that they have taken."""
        return max((*self.numbers, *self.metrics, *self.datasets, *self.baselines)) + 1


def read_numbers(marked: MarkedSentence) -> list[Reading]:
    """The readings of those numbers of a sentence that are results, from left to right.

    Examples:
        >>> from paperconcepts.linking.marked_sentence import SHARE, Mark
        >>> marks = {12: Mark(METRIC, 12, 20, "accuracy"), 17: Mark(SHARE, 24, 25, number="5", unit="%")}
        >>> [reading.metrics for reading in read_numbers(MarkedSentence(f"It improves {METRIC} by {SHARE}.", marks))]
        [(12,)]
    """
    reader = _Reader(marked)
    groups = list(islice(_groups(marked), _MOST_NUMBERS))
    found: list[Reading] = []
    earlier: Reading | None = None
    for number, group in enumerate(groups):
        # What stands before a number that says nothing may be about this one.
        start = groups[number - 1][-1] + 1 if number and earlier is not None else 0
        end = groups[number + 1][0] if number + 1 < len(groups) else len(marked.text)
        reading = reader.read(group, start, end, earlier)
        if reading is not None:
            if earlier is not None and _share_metric_row(marked.text, earlier, reading):
                gained = reading.frame.rule == "gain" and metric_beside(marked.text, group[-1]) is not None
                found[-1] = replace(
                    earlier,
                    datasets=earlier.datasets or reading.datasets,
                    frame=reading.frame if gained and earlier.frame.rule == "value" else earlier.frame,
                )
            found.append(reading)
        earlier = reading
    return found


def _share_metric_row(text: str, earlier: Reading, reading: Reading) -> bool:
    """Whether what follows the second number holds for the first, too: "38.2 BLEU and 0.61 F1 gain on GLUE"."""
    between = text[earlier.numbers[-1] + 1 : reading.numbers[0]]
    return earlier.sign == reading.sign and _METRIC_AND.fullmatch(between) is not None


def _groups(marked: MarkedSentence) -> Iterator[tuple[int, ...]]:
    """Numbers in a row: "5 %, 7 % and 9 %"."""
    group: list[int] = []
    for place in sorted(place for place, mark in marked.marks.items() if mark.number):
        if group and not _is_joined(marked.text, group[-1], place):
            yield tuple(group)
            group = []
        group.append(place)
    if group:
        yield tuple(group)


def _is_joined(text: str, earlier: int, place: int) -> bool:
    signs = {text[earlier], text[place]}
    return (len(signs) == 1 or TIMES not in signs) and _JOINT.fullmatch(text, earlier + 1, place) is not None


class _Reader:
    """Finds what the numbers of one sentence are about. ``start`` and ``end`` bound where that may stand."""

    def __init__(self, marked: MarkedSentence) -> None:
        self._marked, self._text = marked, marked.text

    def read(self, group: tuple[int, ...], start: int, end: int, earlier: Reading | None) -> Reading | None:
        """What the numbers say, alone or in continuation of the reading just before."""
        first, last, sign = group[0], group[-1], self._text[group[0]]
        frame = own = read_frame(self._text, first, last, self._marked.marks[first])
        if earlier is not None:
            start = max(start, min(first, earlier.end))
            if earlier.sign != sign or not continues(self._text, earlier.numbers[-1], first, last):
                earlier = None
        if earlier is not None and (frame is None or (frame.rule == "value" and earlier.frame.direction != "at")):
            frame, own = replace(earlier.frame, confidence=round(earlier.frame.confidence * 0.9, 3)), None
        if frame is None:
            return None
        start, end = self._clause(first, last, start, end)
        metrics = self._own_metrics(group, self._metrics(frame, first, last, start, end))
        datasets = self._datasets(first, last, start, end)
        baselines = self._baselines(frame, first, last, start, end)
        if earlier is not None:
            if not self._names_another(own, last):
                metrics = metrics or earlier.metrics[:1]
            baselines = baselines or earlier.baselines
            if not _ELSEWHERE.match(self._text, last + 1) and not self._has_own_place(last, earlier.datasets):
                datasets = datasets or earlier.datasets
        datasets = datasets or self._opening(first)
        return Reading(group, frame, self._subjects(group, baselines), metrics, datasets, baselines, sign)

    def _names_another(self, own: Frame | None, last: int) -> bool:
        """Whether a name that is no known metric stands where one would: "a 3.2 METEOR gain", "7x memory saving"."""
        if own is not None and own.cue is not None and own.cue[0] > last:
            return (
                not _PLAIN.fullmatch(self._text, last + 1, own.cue[0])
                or _OF_ANOTHER.match(self._text, own.cue[1]) is not None
            )
        return (_NAME_BEHIND.match(self._text, last + 1) or _OWN_NOUN.match(self._text, last + 1)) is not None

    def _has_own_place(self, last: int, others: tuple[int, ...]) -> bool:
        """Whether a number says where it holds, as one before did: "9 % on A and 11 % in easy cases"."""
        first = min(place for place, mark in self._marked.marks.items() if mark.number)
        named = any(place > first for place in others)
        return named and _OWN_PLACE.match(self._text, last + 1) is not None

    def _clause(self, first: int, last: int, start: int, end: int) -> tuple[int, int]:
        borders = [match.end() for match in _BORDER.finditer(self._text, start, first)]
        behind = _BORDER.search(self._text, last + 1, end)
        return (borders[-1] if borders else start), (behind.start() if behind else end)

    def _row(self, sign: str, place: int) -> tuple[int, ...]:
        """The signs in a row with the one at ``place``, one a concept: "GLUE and SQuAD"."""
        for match in ROWS[sign].finditer(self._text, max(0, place - 200), place + 200):
            if match.start() <= place < match.end():
                found: dict[str, int] = {}
                for other in self._marked.places(sign, match.start(), match.end()):
                    found.setdefault(self._marked.marks[other].concept_id, other)
                return tuple(found.values())
        return (place,)

    def _metrics(self, frame: Frame, first: int, last: int, start: int, end: int) -> tuple[int, ...]:
        beside = metric_beside(self._text, last)
        if beside is not None:
            return self._row(METRIC, beside) if beside < end else (beside,)
        behind = _NEAR_METRIC.search(self._text, last + 1, min(end, last + 90))
        if behind is not None and frame.direction != "at":
            begin = max(last + 1, frame.cue[1] if frame.cue else 0)
            if not _AWAY.search(self._text, begin, max(begin, behind.start())):
                return self._row(METRIC, behind.end() - 1)
        said = self._text[slice(*frame.cue)] if frame.cue else ""
        if _SPEED.match(said) or (self._text[first] == TIMES and frame.rule not in ("change", "value")):
            return ()
        before = self._marked.places(METRIC, max(start, first - 160), first)
        return self._row(METRIC, before[-1]) if before else ()

    def _own_metrics(self, group: tuple[int, ...], metrics: tuple[int, ...]) -> tuple[int, ...]:
        """The metrics, unless numbers share one that stands beside a name that is not known: "cost and latency"."""
        shared = len(group) > len(metrics) == 1 and self._text.find(_RESPECTIVELY, group[-1]) >= 0
        return () if shared and _BESIDE.search(self._text, max(0, metrics[0] - 40), metrics[0]) else metrics

    def _datasets(self, first: int, last: int, start: int, end: int) -> tuple[int, ...]:
        behind = self._marked.places(DATASET, last + 1, end)
        before = self._marked.places(DATASET, start, first)
        comma = self._text.find(",")
        near = [place for place in reversed(before) if place < comma or "," not in self._text[place:first]]
        if near and self._text[near[0] + 1 : first].strip() == "(":
            # "DataOne (47.8 BLEU)"; in front of several numbers a row of as many is meant.
            row = self._row(DATASET, near[0])
            numbers = [place for place, mark in self._marked.marks.items() if mark.number and first <= place <= last]
            return row if len(row) == len(numbers) else (near[0],)
        for place in (*behind, *near):
            if place > last and not _ON.search(self._text, max(last + 1, place - 80), place):
                continue
            if not _TRAINED.search(self._text, max(0, place - 60), place):
                return self._known(self._row(DATASET, place))
        return ()

    def _opening(self, first: int) -> tuple[int, ...]:
        """The dataset of "On GSM8K, ...", which holds for the whole sentence."""
        for place in self._marked.places(DATASET, 0, first):
            if _OPENS.fullmatch(self._text, 0, place) and len(self._row(DATASET, place)) == 1:
                return self._known((place,))
        return ()

    def _known(self, datasets: tuple[int, ...]) -> tuple[int, ...]:
        """The datasets, unless one stands beside a name that is not known: the number may be that one's."""
        low, high = datasets[0] - 30, datasets[0] + 30
        alone = len(datasets) == 1 and BESIDE_DATASET.search(self._text, max(0, low), high) is not None
        return () if alone else datasets

    def _baselines(self, frame: Frame, first: int, last: int, start: int, end: int) -> tuple[int, ...]:
        behind = BASELINE.search(self._text, last + 1, end)
        if behind is not None and frame.direction != "at" and _TURNS.search(self._text, last + 1, behind.start()):
            behind = None
        if behind is not None and (
            not behind["verb"]
            or (frame.direction == "at" and behind["verb"].endswith("ing") and behind.start() < last + 80)
        ):
            return self._compared(behind.end() - 1, last)
        found = [
            match.end() - 1
            for match in BASELINE.finditer(self._text, start, first)
            if match.start() == 0 or "," not in self._text[match.end() : first]
        ]
        if not found and frame.rule == "change" and frame.cue is not None:
            thing = direct_object(self._text, frame.cue[1], first)
            found = [] if thing is None else [thing]
        return self._compared(found[-1], last) if found else ()

    def _compared(self, place: int, last: int) -> tuple[int, ...]:
        row = self._row(ARTEFACT, place)
        # "3 % and 5 % over A and other methods, respectively": the second is not A's.
        shared = len(row) == 1 and self._text.find(_RESPECTIVELY, last, last + 200) >= 0
        return () if shared and _FELLOW.match(self._text, place + 1) else row

    def _subjects(self, group: tuple[int, ...], baselines: tuple[int, ...]) -> tuple[int, ...]:
        rivals = {match.end() - 1 for match in BASELINE.finditer(self._text)} | set(baselines)
        found = [
            match.start(1)
            for pattern in (SUBJECT, OPENING_SUBJECT)
            for match in pattern.finditer(self._text, 0, group[0])
            if match.start(1) not in rivals
        ]
        if not found:
            holder = HOLDER.search(self._text, 0, group[0])
            owned = [match.start(1) for match in OWN_NAMED.finditer(self._text, 0, group[0])]
            found = [place for place in (*([holder.end() - 1] if holder else []), *owned) if place not in rivals]
            return tuple(found[:1])
        row = self._row(ARTEFACT, max(found))
        return row if len(row) == len(group) and _RESPECTIVELY in self._text[group[-1] :] else (max(found),)
