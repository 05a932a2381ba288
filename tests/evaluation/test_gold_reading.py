"""Reading of gold: formats by content, faults by file and line, gaps counted."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paperconcepts.errors import ConfigurationError, SourceError, UnknownFormatError
from paperconcepts.evaluation import ConceptGold, MentionGold, read_gold
from paperconcepts.model import ConceptType, Predicate

WriteLines = Callable[..., Path]

_PAPER = {"uid": "p1", "title": "PouchNet", "abstract": "PouchNet hops."}


def _concept(name: str = "PouchNet", **changes: Any) -> dict[str, Any]:
    return {"name": name, "type": "Model", "role": "introduces", "core": True, "surfaces": [name], **changes}


def _record(*concepts: dict[str, Any], uid: str = "p1", **more: Any) -> dict[str, Any]:
    return {"uid": uid, "concepts": list(concepts), "relations": [], **more}


def test_concept_gold(write_lines: WriteLines) -> None:
    """Concepts come with their paper as it stands in its file, relations by position."""
    papers = write_lines("papers.jsonl", {"id": 7, "title": None, "abstract": " PouchNet  hops.\n"})
    relations = [["hop", "part_of", "PouchNet"]]
    row = _record(_concept(), _concept("hop", surfaces=["hops"]), uid="7", relations=relations)
    gold = read_gold(write_lines("gold.jsonl", row, ""), papers=papers)
    assert isinstance(gold, ConceptGold)
    (item,) = gold.papers
    assert (item.paper.id, item.paper.text) == ("7", "\n PouchNet  hops.\n")
    assert item.relations == ((1, Predicate.PART_OF, 0),)
    assert gold.texts == (item.paper,)
    assert gold.remarks == ()


def test_gaps_are_counted(write_lines: WriteLines) -> None:
    """Gold without paper, paper without gold, a repeated paper and a surface that is nowhere: each reported once."""
    others = [{**_PAPER, "uid": name} for name in ("p2", "p3")]
    papers = write_lines("papers.jsonl", _PAPER, *others, {**_PAPER, "title": "Another"})
    gold = read_gold(
        write_lines("gold.jsonl", _record(_concept(), _concept("Wombat")), _record(uid="p8"), _record(uid="p9")),
        papers=papers,
    )
    assert isinstance(gold, ConceptGold)
    assert [item.paper.title for item in gold.papers] == ["PouchNet"]
    assert gold.remarks == (
        "papers that stand twice, the first counts: 1 (p1)",
        "gold records without their paper, left out: 2 (p8, p9)",
        "papers without gold, left out: 2 (p2, p3)",
        "gold concepts without a surface of their own in the text, never found: 1 (Wombat (p1))",
    )


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (_record(_concept(type="Gadget")), r"concepts\.0\.type is 'Gadget': Input should be 'Method', 'Model'"),
        (_record(_concept(), _concept(role="loves")), r"concepts\.1\.role is 'loves'"),
        (_record(_concept(core="yes")), r"concepts\.0\.core is 'yes'"),
        (_record(_concept(surfaces=[""])), r"concepts\.0\.surfaces\.0 is ''"),
        (_record(_concept(surfaces="PouchNet")), r"concepts\.0\.surfaces is 'PouchNet'"),
        (_record({"name": "x"}), r"concepts\.0\.type: Field required"),
        (_record(_concept(), _concept()), "concept 'PouchNet' is listed twice"),
        (_record(_concept(), relations=[["PouchNet", "is_a", "x"]]), "relation is_a names 'x', which is no concept"),
        (_record(_concept(), relations=[["PouchNet", "likes", "PouchNet"]]), r"relations\.0\.1 is 'likes'"),
        (_record(uid="p0"), "paper 'p0' is annotated in line 1 already"),
        ({"concepts": []}, "neither uid nor id"),
        ('{"uid": "p2", "concepts": [', "not JSON"),
        ("[1]", "is not a JSON object"),
    ],
)
def test_malformed_gold(write_lines: WriteLines, row: Any, message: str) -> None:
    """A malformed record is an error that names file, line, field and value."""
    gold = write_lines("gold.jsonl", _record(_concept(), uid="p0"), "", row)
    with pytest.raises(SourceError, match=message) as caught:
        read_gold(gold, papers=write_lines("papers.jsonl", _PAPER))
    assert str(caught.value).startswith(f"{gold}: line 3: ")
    assert (caught.value.file, caught.value.record) == (str(gold), 3)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"title": "x"}, "line 1: neither uid nor id"),
        ({"uid": "p1", "title": 5}, "line 1: title is 5, not a text"),
        ({"uid": "p1", "abstract": ["x"]}, r"line 1: abstract is \['x'\], not a text"),
        ({"uid": "p7"}, r"gold\.jsonl: no record has its paper in .*papers\.jsonl \(the first is of 'p1'\)"),
    ],
)
def test_malformed_papers(write_lines: WriteLines, row: Any, message: str) -> None:
    """A malformed paper, or papers none of which is annotated, are an error."""
    with pytest.raises(SourceError, match=message):
        read_gold(write_lines("gold.jsonl", _record(_concept())), papers=write_lines("papers.jsonl", row))


def test_entities(write_lines: WriteLines) -> None:
    """A text with entities is told from its content; offsets are characters, the end excluded."""
    path = write_lines("any.name", {"id": "d1", "text": "🦘 PouchNet", "entities": [[2, 10, "MODEL"]]})
    gold = read_gold(path)
    assert isinstance(gold, MentionGold)
    (item,) = gold.documents
    assert (item.paper.title, item.spans[0].type) == (None, ConceptType.MODEL)
    assert item.paper.text[item.spans[0].start : item.spans[0].end] == "PouchNet"


def test_title_line(write_lines: WriteLines) -> None:
    """The first line can be the title; offsets into the text stay the same."""
    path = write_lines("gold.jsonl", {"id": "d1", "text": "PouchNet\nIt hops.", "entities": [[0, 8, "Model"]]})
    gold = read_gold(path, title_line=True)
    (paper,) = gold.texts
    assert (paper.title, paper.abstract, paper.text) == ("PouchNet", "It hops.", "PouchNet\nIt hops.")


def test_labels(write_lines: WriteLines) -> None:
    """Known labels are mapped in any case; others are mapped or dropped on demand, or counted and reported once."""
    entities = [[0, 1, "material"], [1, 2, "Corpus"], [2, 3, "Generic"], [3, 4, "Other"], [4, 5, "Other"]]
    path = write_lines("gold.jsonl", {"id": "d1", "text": "abcdefg", "entities": entities})
    gold = read_gold(path, labels=["corpus=dataset", "Generic=-"])
    assert isinstance(gold, MentionGold)
    assert [span.type for span in gold.documents[0].spans] == [ConceptType.DATASET] * 2
    assert gold.remarks == ("mentions of labels without a type, left out (--map gives them one): 2 (Other 2)",)
    unknown = write_lines("none.jsonl", {"id": "d1", "text": "abc", "entities": [[0, 1, "Z"]]})
    with pytest.raises(SourceError, match=r"holds no mention of a known label; mentions of labels .* 1 \(Z 1\)"):
        read_gold(unknown)


@pytest.mark.parametrize("pair", ["Corpus", "=Dataset", "Corpus=Book", "Corpus="])
def test_wrong_label_map(write_lines: WriteLines, pair: str) -> None:
    """A mapping that is not LABEL=TYPE is a mistake of the caller."""
    path = write_lines("gold.jsonl", {"id": "d1", "text": "abc", "entities": [[0, 1, "Task"]]})
    with pytest.raises(ConfigurationError, match=r"LABEL=TYPE|is no concept type"):
        read_gold(path, labels=[pair])


def test_unknown_format(write_lines: WriteLines, tmp_path: Path) -> None:
    """Other JSON, an empty file, a missing one and one that is not UTF-8 are errors that say so."""
    with pytest.raises(UnknownFormatError, match=r"keys a, b.*known formats: concepts"):
        read_gold(write_lines("gold.jsonl", {"b": 1, "a": 2}))
    with pytest.raises(SourceError, match="is empty"):
        read_gold(write_lines("empty.jsonl"))
    with pytest.raises(SourceError, match="cannot be opened"):
        read_gold(tmp_path / "nowhere.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b'{"id": "\xe9"}')
    with pytest.raises(SourceError, match="is not UTF-8"):
        read_gold(tmp_path / "latin.jsonl")


def test_arguments_that_do_not_fit(write_lines: WriteLines) -> None:
    """Gold by id needs its papers and has our types; gold of mentions brings its texts."""
    concepts = write_lines("concepts.jsonl", _record(_concept()))
    papers = write_lines("papers.jsonl", _PAPER)
    entities = write_lines("entities.jsonl", {"id": "d1", "text": "abc", "entities": [[0, 1, "Task"]]})
    with pytest.raises(ConfigurationError, match="--papers"):
        read_gold(concepts)
    with pytest.raises(ConfigurationError, match="--map and --title-line"):
        read_gold(concepts, papers=papers, labels=["A=Task"])
    with pytest.raises(ConfigurationError, match="leave out --papers"):
        read_gold(entities, papers=papers)
