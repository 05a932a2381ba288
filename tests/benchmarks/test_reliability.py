"""The reliability of confidences and its plot."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reliability import judge_confidences, plot_reliability, share_right_near, wilson_interval

from paperconcepts.evaluation import ConceptGold, GoldConcept, GoldPaper, PaperText
from paperconcepts.evaluation.calibration import calibrate
from paperconcepts.model import ConceptType, Role

SVG = "{http://www.w3.org/2000/svg}"
PAPER = PaperText(id="p1", title="PouchNet", abstract="We test the GLUE benchmark and hop rates.")
GLUE = GoldConcept(name="GLUE", type=ConceptType.DATASET, role=Role.EVALUATES_ON, core=False, surfaces=("GLUE",))
GOLD = ConceptGold((GoldPaper(PAPER, (GLUE,)),))


def record(*mentions: tuple[str, int, int, float]) -> dict[str, object]:
    """A prediction of one concept with these mentions: field, start, end, confidence."""
    names = ("field", "start", "end", "confidence")
    concept = {"label": "X", "type": "Task", "mentions": [dict(zip(names, row, strict=True)) for row in mentions]}
    return {"record": "p1", "concepts": [concept]}


def test_a_mention_is_right_on_a_gold_span() -> None:
    """Article and head noun are trimmed, borderline gold counts, the type does not; another field is another place."""
    found = record(("abstract", 12, 16, 0.9), ("abstract", 8, 26, 0.8), ("abstract", 12, 15, 0.7), ("title", 0, 8, 0.6))
    assert judge_confidences(GOLD, [found]) == [(0.6, False), (0.7, False), (0.8, True), (0.9, True)]


def test_share_right_near() -> None:
    """Both ends of the window belong to it."""
    judged = [(0.84, True), (0.85, True), (0.95, False), (0.951, False)]
    assert share_right_near(judged, 0.9) == (1, 2)
    assert share_right_near([], 0.9) == (0, 0)


@given(st.integers(1, 500).flatmap(lambda count: st.tuples(st.integers(0, count), st.just(count))))
def test_wilson_interval(case: tuple[int, int]) -> None:
    """The interval lies within 0 and 1 and holds the share."""
    low, high = wilson_interval(*case)
    assert 0 <= low <= case[0] / case[1] + 1e-12
    assert case[0] / case[1] - 1e-12 <= high <= 1


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=40))
def test_the_plot_has_a_mark_for_each_filled_bin(judged: list[tuple[float, bool]]) -> None:
    """The plot is well-formed, every filled bin has its bar, mark, interval and count, and all stand inside it."""
    table = calibrate(judged)
    root = ElementTree.fromstring(plot_reliability(table, title="A & B < C"))  # noqa: S314 - our own text
    filled = [item for item in table.bins if item.count]
    marks = root.findall(f"{SVG}circle")
    assert len(marks) == len(root.findall(f"{SVG}rect")) == len(filled)
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    for mark in marks:
        assert 0 <= float(mark.attrib["cx"]) <= width
        assert 0 <= float(mark.attrib["cy"]) <= height
    texts = [text.text for text in root.findall(f"{SVG}text")]
    assert texts[len(texts) - len(filled) :] == [str(item.count) for item in filled]


def test_the_plot_can_be_read_out() -> None:
    """Title and description say what the plot shows, and special characters are escaped."""
    root = ElementTree.fromstring(plot_reliability(calibrate([(0.95, True)]), title="A & B"))  # noqa: S314
    assert root.attrib["role"] == "img"
    assert root.findtext(f"{SVG}title") == "A & B"
    assert "0.9 to 1.0: 100% of 1 right, mean confidence 0.95" in (root.findtext(f"{SVG}desc") or "")


def test_equal_tables_give_equal_bytes() -> None:
    """The plot depends on the table only, not on the order of the mentions."""
    judged: list[tuple[float | None, bool]] = [(0.5, True), (0.9, False), (0.95, True)]
    assert plot_reliability(calibrate(judged), title="T") == plot_reliability(calibrate(judged[::-1]), title="T")


@pytest.mark.parametrize(("right", "count", "y"), [(0, 4, "320.0"), (4, 4, "20.0")])
def test_height_of_a_mark(right: int, count: int, y: str) -> None:
    """A bin in which nothing is right has its mark on the axis, one in which everything is at the top."""
    table = calibrate([(0.5, number < right) for number in range(count)])
    root = ElementTree.fromstring(plot_reliability(table, title="T"))  # noqa: S314
    assert root.findall(f"{SVG}circle")[0].attrib["cy"] == y
