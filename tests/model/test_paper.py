"""Papers: validated at the door, immutable, dates of three precisions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from paperconcepts.model import Paper, SourceRecord


@pytest.mark.parametrize("issued", ["2023", "2023-05", "2023-05-29", "2024-02-29", "0001"])
def test_dates(issued: str) -> None:
    """A date has the precision of a year, a month or a day."""
    paper = Paper(id="a:1", issued=issued)
    assert (paper.issued, paper.year) == (issued, int(issued[:4]))


@pytest.mark.parametrize(
    "issued",
    ["", "23", "2023-5", "2023-13", "2023-00", "2023-05-32", "2023-02-30", "2023-02-29", "2023-05-29T00:00", "2023\n"],
)
def test_wrong_dates(issued: str) -> None:
    """What is not such a date, or not in the calendar, is refused."""
    with pytest.raises(ValidationError):
        Paper(id="a:1", issued=issued)


def test_no_date_no_year() -> None:
    """A paper without a date has no year."""
    assert Paper(id="a:1").year is None


def test_needs_an_id() -> None:
    """An empty id is refused."""
    with pytest.raises(ValidationError):
        Paper(id="")


def test_unknown_fields_are_refused() -> None:
    """A misspelt field is an error; unknown fields of an input belong into ``extra``."""
    with pytest.raises(ValidationError, match="titel"):
        Paper.model_validate({"id": "a:1", "titel": "x"})


def test_frozen() -> None:
    """A paper cannot be changed."""
    with pytest.raises(ValidationError):
        Paper(id="a:1").title = "x"


def test_text_by_field() -> None:
    """The text of a field is its title or abstract."""
    paper = Paper(id="a:1", title="T", abstract="A")
    assert (paper.text("title"), paper.text("abstract")) == ("T", "A")


def test_record() -> None:
    """The record is the id that the first input record bore, else the paper's own."""
    sources = tuple(SourceRecord(file="f", format="jsonl", number=n, record=f"r{n}") for n in (1, 2))
    assert Paper(id="a:1", sources=sources).record == "r1"
    assert Paper(id="a:1").record == "a:1"


def test_record_numbers_count_from_one() -> None:
    """A record number of zero is refused."""
    with pytest.raises(ValidationError):
        SourceRecord(file="f", format="jsonl", number=0, record="r")


@pytest.mark.parametrize(
    ("title", "abstract", "label"),
    [
        ("T", "A", "T"),
        ("", "A short abstract.", "A short abstract."),
        ("", "x" * 80, "x" * 80),
        ("", "x" * 81, "x" * 79 + "…"),
        ("", "x" * 78 + " " + "y" * 9, "x" * 78 + "…"),
        ("", "", "a:1"),
    ],
)
def test_label(title: str, abstract: str, label: str) -> None:
    """A list shows the title, else at most 80 characters of the abstract, else the id."""
    assert Paper(id="a:1", title=title, abstract=abstract).label == label


@settings(deadline=None, max_examples=50)
@given(title=st.text(), abstract=st.text(), tag=st.recursive(st.none() | st.integers() | st.text(), st.lists))
def test_json_round_trip(title: str, abstract: str, tag: object) -> None:
    """A paper written as JSON and read again is equal."""
    paper = Paper(id="a:1", title=title, abstract=abstract, issued="2023", extra={"tag": tag})
    assert Paper.model_validate_json(paper.model_dump_json()) == paper
