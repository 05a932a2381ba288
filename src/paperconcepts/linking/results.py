"""Results that a sentence states: which number, of which metric, on which data, by what and against what."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from paperconcepts.linking.assertions import main_concept, places_by_sentence
from paperconcepts.linking.claim_status import claim_status
from paperconcepts.linking.marked_sentence import TIMES, Mark, MarkedSentence, mark_sentence
from paperconcepts.linking.result_frames import Frame
from paperconcepts.linking.result_parties import LOWER_IS_BETTER, OWN, REPORTED
from paperconcepts.linking.result_reading import Reading, read_numbers
from paperconcepts.linking.roles import SentenceIndex
from paperconcepts.model import Assertion, Concept, Evidence, Result, Sentence

__all__ = ["RESULTS_VERSION", "find_results", "renamed_results", "result_order"]

RESULTS_VERSION = "1"
_LONGEST = 3_000  # characters of a sentence; a longer one is a table or no prose
_EVALUATIVE = re.compile(
    r"improv|enhanc|boost|gain|outperform|surpass|beat|outscor|better|advanc|lead|margin|advantage|worse|degrad"
    r"|underperf|fast|quick|slow|accelerat|speed|cheap",
    re.IGNORECASE,
)
_SPEED_WORD = re.compile(r"speed|throughput|efficien|savings?", re.IGNORECASE)
_NOUN_BEHIND = re.compile(r" (?:reduction|saving|improvement|decrease|increase|gain)")
_TURNED = {"up": "down", "down": "up"}
# Metrics whose numbers say how an experiment was set up, not how it ended; the latter only after "with", "at".
_SETTINGS = frozenset({"confidence-interval", "credible-interval"})
_SETTINGS_AT = frozenset({"compression-ratio"})
_Places = tuple[int | None, int | None, int | None, int | None]


def find_results(concepts: dict[str, Concept], assertions: list[Assertion], index: SentenceIndex) -> list[Result]:
    """Return the results that one paper states, in order of place, each with its sentence and its number.

    A number counts if the words around it state a result: it stands beside a metric, or after words of change. The
    subject is the artefact that the sentence says it of, else the paper's own proposal where the sentence speaks of
    "we", "it" or its experiments, else None. A result names at least a metric, a dataset or a baseline.

    Of "from 12.3 to 10.1" it holds the value reached, "10.1"; a range is "3.0-14.6". Several numbers go to several
    datasets or metrics one by one ("70.1 on A and 65.2 on B"); where it is not clear which is whose, the part is None.
    What the sentence hedges or denies has that status in its evidence.

    Examples:
        >>> from paperconcepts.extraction import extract
        >>> from paperconcepts.linking import link
        >>> from paperconcepts.model import Paper
        >>> text = "We propose ZetaTune. It improves accuracy by 5.2 points on GSM8K over DPO."
        >>> (result,) = next(link(extract([Paper(id="x:1", abstract=text)]))).results
        >>> result.subject, result.metric, result.dataset, result.baseline
        ('zetatune', 'accuracy', 'gsm8k', 'direct-preference-optimization')
        >>> result.value, result.unit, result.direction, result.evidence.rule
        ('5.2', 'points', 'up', 'result:change')
    """
    found: list[Result] = []
    main = main_concept(assertions, concepts)
    for sentence, places in sorted(places_by_sentence(assertions, index).items()):
        if sentence.end - sentence.start > _LONGEST:
            continue
        typed = [(mention, concept_id, concepts[concept_id].type) for mention, concept_id in places]
        marked = mark_sentence(index.flat(sentence.field), sentence, typed)
        if marked is not None and any(mark.number for mark in marked.marks.values()):
            found += _SentenceResults(marked, sentence, index, concepts, main).results()
    return sorted(set(found), key=result_order)


def result_order(result: Result) -> tuple[str, bool, int, str, str, str, str]:
    """The place of a result among others: by paper and place, then by what it is about."""
    return (
        result.paper_id,
        result.evidence.field != "title",
        result.evidence.cue_start,
        result.metric or "",
        result.dataset or "",
        result.baseline or "",
        result.subject or "",
    )


def renamed_results(results: Iterable[Result], ids: Mapping[str, str]) -> list[Result]:
    """The results with other ids for their concepts (``ids``: old to new), each once, in order.

    A baseline that turns out to be the subject is left out.
    """
    found = set()
    for result in results:
        subject, metric, dataset, baseline = (
            name if name is None else ids.get(name, name)
            for name in (result.subject, result.metric, result.dataset, result.baseline)
        )
        baseline = None if baseline == subject else baseline
        if (metric, dataset, baseline) != (None, None, None):
            found.add(replace(result, subject=subject, metric=metric, dataset=dataset, baseline=baseline))
    return sorted(found, key=result_order)


class _SentenceResults:
    """Makes results of what was read in one sentence."""

    def __init__(
        self,
        marked: MarkedSentence,
        sentence: Sentence,
        index: SentenceIndex,
        concepts: dict[str, Concept],
        main: str | None,
    ) -> None:
        self._marked, self._text = marked, marked.text
        self._sentence, self._index = sentence, index
        self._concepts, self._main = concepts, main

    def results(self) -> Iterator[Result]:
        """The results of the sentence, in order."""
        for reading in read_numbers(self._marked):
            for number in range(len(reading.numbers)):
                yield from self._of_number(reading, number)

    def _of_number(self, reading: Reading, number: int) -> Iterator[Result]:
        count = len(reading.numbers)
        metrics: tuple[int | None, ...] = reading.metrics
        if count > 1 or not metrics:
            metrics = (_share(reading.metrics, number, count),)
        subject = _share(reading.subjects, number, count)
        dataset = _share(reading.datasets, number, count)
        # "3 % over A and B": both are surpassed, the first stands for them.
        baseline = _share(reading.baselines[:1] if count == 1 else reading.baselines, number, count)
        for metric in metrics:
            place = reading.numbers[number]
            if metric is not None and self._is_setting(metric, place):
                continue
            if (metric, dataset, baseline) != (None, None, None):
                yield self._result(place, reading, (subject, metric, dataset, baseline))

    def _is_setting(self, metric: int, place: int) -> bool:
        """Whether a number says how the experiment was set up, or a factor is one of a quantity ("2x memory")."""
        concept_id = self._marked.marks[metric].concept_id
        before = self._text[max(0, place - 12) : place]
        factor = self._text[place] == TIMES and metric > place and not self._text[place + 1 : metric].strip()
        return (
            concept_id in _SETTINGS
            or (concept_id in _SETTINGS_AT and before.endswith(("with ", "at ", "under ")))
            or (
                factor
                and self._falls(metric)
                and not self._is_speed(metric)
                and not _NOUN_BEHIND.match(self._text, metric + 1)
            )
        )

    def _falls(self, metric: int) -> bool:
        """Whether less of a metric is better."""
        return LOWER_IS_BETTER.search(self._concepts[self._marked.marks[metric].concept_id].label) is not None

    def _is_speed(self, metric: int) -> bool:
        """Whether the text turns the metric round: "inference speed" for the inference time."""
        mark = self._marked.marks[metric]
        return _SPEED_WORD.search(self._index.flat(self._sentence.field), mark.start, mark.end) is not None

    def _result(self, place: int, reading: Reading, places: _Places) -> Result:
        marks = self._marked.marks
        frame, value = reading.frame, marks[place]
        subject, metric, dataset, baseline = (marks[p].concept_id if p is not None else None for p in places)
        if subject is None and self._speaks_of_itself(place):
            subject = self._main
        if baseline == subject:
            baseline, places = None, (*places[:3], None)
        involved = [marks[p] for p in places if p is not None]
        number = value.number.rpartition("-")[2] if frame.rule == "from-to" else value.number
        # "94.0 and 90.4 points": the unit stands once.
        unit = value.unit or marks[reading.numbers[-1]].unit
        return Result(
            self._index.paper.id, subject, metric, dataset, baseline, number, unit,
            self._direction(frame, places[1], value), self._evidence(value, place, frame, involved, metric is not None),
        )  # fmt: skip

    def _speaks_of_itself(self, place: int) -> bool:
        reported = [match.end() for match in REPORTED.finditer(self._text, 0, place)]
        return OWN.search(self._text, reported[-1] if reported else 0, place) is not None

    def _direction(self, frame: Frame, metric: int | None, value: Mark) -> str:
        """Up or down as the metric goes: who improves an error rate, or raises a speed, brings error or time down."""
        if value.minus and frame.direction != "at":
            return "down"
        if frame.direction == "at" or metric is None or not self._falls(metric):
            return frame.direction
        said = self._text[slice(*frame.cue)] if frame.cue else ""
        turned = self._is_speed(metric) or _EVALUATIVE.match(said) is not None
        return _TURNED[frame.direction] if turned else frame.direction

    def _evidence(self, value: Mark, place: int, frame: Frame, involved: list[Mark], measured: bool) -> Evidence:
        status, _ = claim_status(self._text, (0, len(self._text)), frame.cue, place, place + 1)
        doubt = min((mark.confidence for mark in involved), default=1.0)
        confidence = frame.confidence * (1.0 if measured else 0.9) * (0.5 + 0.5 * doubt)
        spans = tuple(sorted({(mark.start, mark.end) for mark in involved}))
        field = self._sentence.field
        return Evidence(
            self._index.paper.id, field, self._sentence.start,
            max([self._sentence.end, *(end for _, end in spans)]), spans,
            self._index.paper.text(field)[value.start : value.end], value.start, value.end,
            f"result:{frame.rule}", RESULTS_VERSION, round(confidence, 3), status,
        )  # fmt: skip


def _share(places: tuple[int, ...], number: int, count: int) -> int | None:
    """What the one of ``count`` numbers is about: its own of as many, or the only one; None if that is not clear."""
    if len(places) == count:
        return places[number]
    return places[0] if len(places) == 1 else None
