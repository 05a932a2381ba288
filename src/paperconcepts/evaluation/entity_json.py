"""Mention gold in JSON Lines: SciERC's tokens, or a text with character offsets."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, NonNegativeInt, ValidationError

from paperconcepts.evaluation.gold import GoldDocument, GoldSpan, MentionGold, PaperText
from paperconcepts.evaluation.json_lines import explain_invalid, malformed, read_json_lines, record_id
from paperconcepts.evaluation.labels import LabelMap

__all__ = ["is_entity_json", "join_tokens", "read_entity_json", "split_title"]

_Entity = tuple[NonNegativeInt, NonNegativeInt, str]
_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
_NO_SPACE_BEFORE = frozenset(", . ; : ! ? ) ] } %".split())
_NO_SPACE_AFTER = frozenset("( [ {".split())


class _Tokens(BaseModel):
    model_config = ConfigDict(frozen=True)

    sentences: tuple[tuple[str, ...], ...]
    ner: tuple[tuple[_Entity, ...], ...]


class _Text(BaseModel):
    model_config = ConfigDict(frozen=True)

    text: str
    entities: tuple[_Entity, ...]


def is_entity_json(row: Mapping[str, Any]) -> bool:
    """Whether a JSON object is of one of the two forms.

    Examples:
        >>> is_entity_json({"doc_key": "d", "sentences": [["a"]], "ner": [[]]}), is_entity_json({"title": "a"})
        (True, False)
    """
    return {"sentences", "ner"} <= set(row) or {"text", "entities"} <= set(row)


def read_entity_json(path: str | Path, labels: LabelMap, *, title_line: bool = False) -> MentionGold:
    """Read texts with their mentions, of the two forms.

    ``{"doc_key", "sentences": [[token, ...]], "ner": [[[first, last, LABEL], ...]]}`` counts tokens over the document,
    the last included. ``{"id", "text", "entities": [[start, end, LABEL], ...]}`` counts characters, the end excluded.
    With ``title_line`` the first line of a text is its title.

    Raises:
        SourceError: the file cannot be read, or a line is malformed: the message names file, line, field and value.
    """
    seen: dict[str, int] = {}
    documents = []
    for line, row in read_json_lines(path):
        name = record_id(row, "doc_key", "id", "uid") or f"{Path(path).name}#{line}"
        first = seen.setdefault(name, line)
        if first != line:
            raise malformed(f"text {name!r} stands in line {first} already", file=path, line=line)
        try:
            text, entities = _read_row(row)
        except ValidationError as error:
            raise malformed(explain_invalid(error), file=path, line=line) from error
        except ValueError as error:
            raise malformed(str(error), file=path, line=line) from error
        spans = {GoldSpan(start, end, kind) for start, end, label in entities if (kind := labels.type_of(label))}
        documents.append(GoldDocument(split_title(name, text, title_line), tuple(sorted(spans))))
    return MentionGold(tuple(documents), tuple(labels.remarks()))


def split_title(name: str, text: str, title_line: bool) -> PaperText:
    r"""A text as a paper without title, or with its first line as the title. Offsets into the text stay the same.

    Examples:
        >>> split_title("d1", "LoRA\nWe adapt.", True)
        PaperText(id='d1', title='LoRA', abstract='We adapt.')
    """
    if not title_line:
        return PaperText(id=name, title=None, abstract=text)
    title, _, abstract = text.partition("\n")
    return PaperText(id=name, title=title, abstract=abstract)


def join_tokens(sentences: Sequence[Sequence[str]]) -> tuple[str, list[tuple[int, int]]]:
    r"""Turn tokens into running text, one line a sentence, and say where each token stands in it.

    Closing punctuation follows its word and opening punctuation leads it, as in print; ``-LRB-`` is a bracket again.

    Examples:
        >>> join_tokens([["LoRA", "-LRB-", "2021", "-RRB-", "wins", "."], ["Yes"]])
        ('LoRA (2021) wins.\nYes', [(0, 4), (5, 6), (6, 10), (10, 11), (12, 16), (16, 17), (18, 21)])
    """
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    position = 0
    for number, sentence in enumerate(sentences):
        glue = "\n" if number else ""
        for raw in sentence:
            token = _BRACKETS.get(raw, raw)
            if token in _NO_SPACE_BEFORE and glue == " ":
                glue = ""
            parts += (glue, token)
            position += len(glue)
            places.append((position, position + len(token)))
            position += len(token)
            glue = "" if token in _NO_SPACE_AFTER else " "
    return "".join(parts), places


def _read_row(row: Mapping[str, Any]) -> tuple[str, list[tuple[int, int, str]]]:
    if "ner" in row:
        return _read_tokens(_Tokens.model_validate(row))
    record = _Text.model_validate(row)
    for start, end, label in record.entities:
        if not start < end <= len(record.text):
            raise ValueError(f"entity [{start}, {end}, {label!r}]: the text has {len(record.text)} characters")
    return record.text, list(record.entities)


def _read_tokens(record: _Tokens) -> tuple[str, list[tuple[int, int, str]]]:
    text, places = join_tokens(record.sentences)
    if len(record.ner) != len(record.sentences):
        raise ValueError(f"ner has {len(record.ner)} lists, sentences has {len(record.sentences)}; one for each")
    return text, list(_token_spans(record, places))


def _token_spans(record: _Tokens, places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    for entities in record.ner:
        for first, last, label in entities:
            if not first <= last < len(places):
                raise ValueError(
                    f"entity [{first}, {last}, {label!r}]: the document has {len(places)} tokens, counted from 0"
                )
            yield places[first][0], places[last][1], label
