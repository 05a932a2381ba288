"""Predictions: the lines that ``paperconcepts extract`` prints, or another system's lines of that form."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, ValidationError

from paperconcepts.errors import SourceError
from paperconcepts.evaluation.gold import PaperText
from paperconcepts.evaluation.json_lines import explain_invalid, malformed, read_json_lines, record_id
from paperconcepts.evaluation.remarks import remark
from paperconcepts.evaluation.spans import Span
from paperconcepts.model import ConceptType, Predicate, Role

__all__ = [
    "PredictedConcept",
    "PredictedMention",
    "Prediction",
    "PredictionSet",
    "parse_prediction",
    "place_mentions",
    "read_predictions",
]


class PredictedMention(BaseModel):
    """A span of a field; ``text``, if given, is what the system saw there."""

    model_config = ConfigDict(frozen=True)

    field: Literal["title", "abstract"]
    start: NonNegativeInt
    end: NonNegativeInt
    text: str | None = None


class PredictedConcept(BaseModel):
    """A concept that a system found in a paper."""

    model_config = ConfigDict(frozen=True)

    label: str
    type: ConceptType
    role: Role | None = None
    confidence: float | None = Field(default=None, ge=0, le=1)
    mentions: tuple[PredictedMention, ...]


class Prediction(BaseModel):
    """What a system found in one paper. ``record`` is the id that the paper bore in the input."""

    model_config = ConfigDict(frozen=True)

    record: str
    concepts: tuple[PredictedConcept, ...]
    relations: tuple[tuple[NonNegativeInt, Predicate, NonNegativeInt], ...] = ()


def parse_prediction(row: Mapping[str, Any]) -> Prediction:
    """Check one line of ``paperconcepts extract``, as plain values.

    Raises:
        SourceError: a field is missing or has a value that it cannot have.

    Examples:
        >>> parse_prediction({"record": "p1", "concepts": [], "relations": []}).record
        'p1'
        >>> parse_prediction({"record": "p1", "concepts": [{"label": "X", "type": "Thing", "mentions": []}]})
        Traceback (most recent call last):
        ...
        paperconcepts.errors.SourceError: prediction 'p1': concepts.0.type is 'Thing': Input should be ...
    """
    name = record_id(row, "record", "id")
    if not name:
        raise SourceError("a prediction has neither record nor id; it needs the id of its paper")
    try:
        prediction = Prediction.model_validate({**row, "record": name})
    except ValidationError as error:
        raise SourceError(f"prediction {name!r}: {explain_invalid(error)}") from error
    for triple in prediction.relations:
        if max(triple[0], triple[2]) >= len(prediction.concepts):
            raise SourceError(
                f"prediction {name!r}: relation {list(triple)} points beyond its {len(prediction.concepts)} concepts"
            )
    return prediction


def read_predictions(path: str | Path) -> list[dict[str, Any]]:
    """Read the lines that ``paperconcepts extract`` wrote to a file. Every line is checked.

    Raises:
        SourceError: the file cannot be read, or a line is malformed: the message names file, line, field and value.
    """
    rows = []
    for line, row in read_json_lines(path):
        try:
            parse_prediction(row)
        except SourceError as error:
            raise malformed(str(error), file=path, line=line) from error
        rows.append(row)
    return rows


class PredictionSet:
    """Predictions by the id of their paper, and what is odd about them."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._by_record: dict[str, Prediction] = {}
        self._repeated: list[str] = []
        self._misplaced: list[str] = []
        self._used: set[str] = set()
        for row in rows:
            prediction = parse_prediction(row)
            if prediction.record in self._by_record:
                self._repeated.append(prediction.record)
            self._by_record.setdefault(prediction.record, prediction)

    def take(self, paper: PaperText) -> Prediction | None:
        """The prediction for ``paper``, or None; mentions that do not fit its text are noted."""
        prediction = self._by_record.get(paper.id)
        if prediction is not None:
            self._used.add(paper.id)
            if not _fits(prediction, paper):
                self._misplaced.append(paper.id)
        return prediction

    def remarks(self, papers: Iterable[PaperText]) -> Iterator[str]:
        """What was left out or does not fit, after every paper of the gold has been taken.

        Raises:
            SourceError: there are predictions, and none is of a paper of the gold.
        """
        names = [paper.id for paper in papers]
        if self._by_record and not self._used:
            raise SourceError(
                f"none of {len(self._by_record)} predictions is of a gold paper: the first prediction is of "
                f"{next(iter(self._by_record))!r}, the first gold paper is {names[0] if names else ''!r}; "
                "predict the papers of the gold"
            )
        yield from remark("gold papers without prediction, scored as empty", [n for n in names if n not in self._used])
        yield from remark("predictions of no gold paper, left out", sorted(set(self._by_record) - self._used))
        yield from remark("papers predicted twice, the first prediction counts", self._repeated)
        yield from remark(
            "papers whose predicted mentions do not fit the text (was another text predicted?)", self._misplaced
        )


def _fits(prediction: Prediction, paper: PaperText) -> bool:
    """Whether the offsets of a prediction count in the text of ``paper``.

    A quote may differ from the text at its place, as LaTeX is cleaned before anything is found in it; if most quotes
    differ, it is another text.
    """
    quoted = kept = 0
    for concept in prediction.concepts:
        for mention in concept.mentions:
            text = paper.field(mention.field)
            if not mention.start < mention.end <= len(text):
                return False
            if mention.text is not None:
                quoted += 1
                kept += text[mention.start : mention.end] == mention.text
    return 2 * kept >= quoted


def place_mentions(concept: PredictedConcept, paper: PaperText) -> frozenset[Span]:
    """The spans of a predicted concept in ``paper.text``. Mentions in the title of a text without title are left out.

    Examples:
        >>> mention = PredictedMention(field="abstract", start=3, end=8)
        >>> concept = PredictedConcept(label="adapt", type="Task", mentions=(mention,))
        >>> sorted(place_mentions(concept, PaperText(id="p1", title="LoRA", abstract="We adapt.")))
        [(8, 13)]
    """
    spans = set()
    for mention in concept.mentions:
        if mention.field == "title" and paper.title is None:
            continue
        shift = paper.offset(mention.field)
        spans.add((mention.start + shift, mention.end + shift))
    return frozenset(spans)
