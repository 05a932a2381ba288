"""Our own gold: JSON Lines of concepts with type, role, surfaces and relations, and JSON Lines of their papers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from paperconcepts.errors import SourceError
from paperconcepts.evaluation.gold import ConceptGold, GoldConcept, GoldPaper, PaperText
from paperconcepts.evaluation.json_lines import explain_invalid, malformed, read_json_lines, record_id
from paperconcepts.evaluation.remarks import remark
from paperconcepts.evaluation.spans import find_surfaces
from paperconcepts.model import Predicate

__all__ = ["is_concept_gold", "read_concept_gold", "read_paper_texts"]

_ID_KEYS = ("uid", "id")


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)

    concepts: tuple[GoldConcept, ...]
    relations: tuple[tuple[str, Predicate, str], ...] = ()


def is_concept_gold(row: Mapping[str, Any]) -> bool:
    """Whether a JSON object is a record of our gold.

    Examples:
        >>> is_concept_gold({"uid": "p1", "concepts": []}), is_concept_gold({"id": "p1", "text": "", "entities": []})
        (True, False)
    """
    return "concepts" in row


def read_paper_texts(path: str | Path) -> tuple[dict[str, PaperText], list[str]]:
    """The papers of a JSON Lines file by id (``uid`` or ``id``), and remarks. Of papers with one id the first counts.

    Raises:
        SourceError: the file cannot be read, or a line is no paper.
    """
    papers: dict[str, PaperText] = {}
    repeated: list[str] = []
    for line, row in read_json_lines(path):
        name = record_id(row, *_ID_KEYS)
        if not name:
            raise malformed("neither uid nor id; give each paper one", file=path, line=line)
        texts = {field: row.get(field) for field in ("title", "abstract")}
        for field, value in texts.items():
            if value is not None and not isinstance(value, str):
                raise malformed(f"{field} is {value!r}, not a text", file=path, line=line)
        if name in papers:
            repeated.append(name)
            continue
        # A paper without a title has an empty one: offsets of our own gold count a line feed after it.
        papers[name] = PaperText(id=name, title=texts["title"] or "", abstract=texts["abstract"] or "")
    return papers, remark("papers that stand twice, the first counts", repeated)


def read_concept_gold(path: str | Path, papers: str | Path) -> ConceptGold:
    """Read gold and the papers that it annotates.

    Records whose paper is missing are left out, and so are papers without a record; both are named in ``remarks``.

    Raises:
        SourceError: a file cannot be read, or a line is malformed: the message names file, line, field and value.
    """
    texts, remarks = read_paper_texts(papers)
    seen: dict[str, int] = {}
    found: list[GoldPaper] = []
    orphans: list[str] = []
    for line, row in read_json_lines(path):
        name = record_id(row, *_ID_KEYS)
        if not name:
            raise malformed("neither uid nor id; give the id of the paper", file=path, line=line)
        first = seen.setdefault(name, line)
        if first != line:
            raise malformed(f"paper {name!r} is annotated in line {first} already", file=path, line=line)
        concepts, relations = _parse(row, path, line)
        if name in texts:
            found.append(GoldPaper(texts[name], concepts, relations))
        else:
            orphans.append(name)
    if not found:
        raise SourceError(
            f"no record has its paper in {papers} (the first is of {next(iter(seen), '')!r})", file=str(path)
        )
    remarks += remark("gold records without their paper, left out", orphans)
    remarks += remark("papers without gold, left out", [name for name in texts if name not in seen])
    remarks += remark("gold concepts without a surface of their own in the text, never found", _unplaced(found))
    return ConceptGold(tuple(found), tuple(remarks))


def _parse(
    row: Mapping[str, Any], path: str | Path, line: int
) -> tuple[tuple[GoldConcept, ...], tuple[tuple[int, Predicate, int], ...]]:
    try:
        record = _Record.model_validate(row)
    except ValidationError as error:
        raise malformed(explain_invalid(error), file=path, line=line) from error
    places: dict[str, int] = {}
    for place, concept in enumerate(record.concepts):
        if places.setdefault(concept.name, place) != place:
            raise malformed(f"concept {concept.name!r} is listed twice; join the two", file=path, line=line)
    for triple in record.relations:
        for end in (triple[0], triple[2]):
            if end not in places:
                raise malformed(f"relation {triple[1]} names {end!r}, which is no concept here", file=path, line=line)
    return record.concepts, tuple((places[a], predicate, places[b]) for a, predicate, b in record.relations)


def _unplaced(papers: list[GoldPaper]) -> list[str]:
    return [
        f"{concept.name} ({item.paper.id})"
        for item in papers
        for concept, spans in zip(
            item.concepts,
            find_surfaces([concept.surfaces for concept in item.concepts], item.paper.text),
            strict=True,
        )
        if not spans
    ]
