"""The text report."""

from typing import Any

from paperconcepts.evaluation import (
    ConceptGold,
    GoldDocument,
    GoldSpan,
    MentionGold,
    PaperText,
    evaluate,
    format_report,
)
from paperconcepts.model import ConceptType, Role

Records = list[dict[str, Any]]


def _mentions() -> MentionGold:
    text = PaperText(id="d1", title=None, abstract="PouchNet hops.")
    return MentionGold((GoldDocument(text, (GoldSpan(0, 8, ConceptType.MODEL),)),))


def test_concept_report(gold: ConceptGold, records: Records) -> None:
    """The report has the counts, every type and role, confusion, calibration and the errors."""
    lines = format_report(evaluate(gold, records)).splitlines()
    assert lines[0] == "2 papers, 7 core gold concepts, 6 predicted; in brackets 95 % intervals over papers"
    (strict,) = (line for line in lines if line.startswith("concepts, strict"))
    assert strict.split()[2] == "0.500"
    first_words = {line.split()[0] for line in lines if line}
    assert {*ConceptType, *Role, "coined", "confidence"} <= first_words
    assert "    1  evaluates_on -> uses" in lines
    assert "    1  Metric  hop rate  (p1)" in lines
    assert "    1  Method  adapt  (p2)" in lines


def test_confusion_table(gold: ConceptGold, records: Records) -> None:
    """Rows are gold types with what was missed, columns predicted types, the last row false finds."""
    lines = format_report(evaluate(gold, records)).splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("gold, predicted"))
    rows = {line[:18].strip(): line[18:].split() for line in lines[start : start + 7]}
    assert rows["gold, predicted"] == [*ConceptType, "missed"]
    assert rows["Model"] == ["1", "1", "0", "0", "0", "1"]
    assert rows["false finds"] == ["2", "0", "0", "1", "0"]


def test_number_of_errors(gold: ConceptGold, records: Records) -> None:
    """As many misses and false finds are listed as are wanted; with none their tables are left out."""
    assert "hop rate" not in format_report(evaluate(gold, records), errors=1)
    assert "missed most often" not in format_report(evaluate(gold, records), errors=0)


def test_mention_report() -> None:
    """Gold of mentions has no roles, relations and calibration; without resamples there are no intervals."""
    report = format_report(evaluate(_mentions(), [{"record": "d1", "concepts": []}], resamples=0))
    assert report.splitlines()[0] == "1 paper, 1 gold mention, 0 predicted"
    assert "    1  Model  PouchNet  (d1)" in report
    assert not any(word in report for word in ("role", "relation", "confidence", "interval"))


def test_one_line_each(gold: ConceptGold, records: Records) -> None:
    """A label of another system cannot break a line or reach the terminal's controls."""
    label = "x\x1b[31m\ny" + "z" * 90
    rows = [{**row, "concepts": [{**concept, "label": label} for concept in row["concepts"]]} for row in records]
    report = format_report(evaluate(gold, rows))
    assert "\x1b" not in report
    assert "x [31m y" + "z" * 51 + "…" in report
