"""Reading JSON Lines."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.sources import Flaw, detect_format
from paperconcepts.sources.jsonl import read_jsonl


def _read(lines: list[str]) -> list[Any]:
    return list(read_jsonl(lines))


def _read_one(**fields: Any) -> Any:
    [record] = _read([json.dumps(fields)])
    return record


def test_known_fields_are_read_and_unknown_ones_kept() -> None:
    """Nothing that an input says is lost."""
    record = _read_one(
        uid="p1", title="T", abstract=" A\n", authors=[{"name": "Ada"}, {"name": "Bob"}], year=2021,
        url="https://arxiv.org/abs/2305.18290v2", venue="X", doi="10.1000/X", citations=3, nested={"a": [None]},
    )  # fmt: skip
    assert (record.name, record.title, record.abstract) == ("p1", "T", " A\n")
    assert record.authors == ("Ada", "Bob")
    assert (record.issued, record.venue) == ("2021", "X")
    assert record.links == ("https://arxiv.org/abs/2305.18290v2",)
    assert record.identifiers == ("arxiv:2305.18290", "doi:10.1000/x")
    assert record.extra == {"citations": 3, "nested": {"a": [None]}}


@pytest.mark.parametrize("key", ["date", "issued", "published", "year", "created"])
def test_dates_have_many_names(key: str) -> None:
    """Each of the names is read; a bad date is dropped, counted and kept with the unknown fields."""
    assert _read_one(title="T", **{key: "2021-05"}).issued == "2021-05"
    bad = _read_one(title="T", **{key: "soon"})
    assert (bad.issued, bad.warnings, bad.extra) == (None, ("bad date",), {key: "soon"})


def test_the_first_good_date_wins() -> None:
    """A bad date does not hide a good one; a second date is kept as an unknown field."""
    record = _read_one(title="T", date="soon", year=2020, created="2021-01-01")
    assert (record.issued, record.extra) == ("2020", {"date": "soon", "created": "2021-01-01"})


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ('{"title": "a"', "not JSON"),
        ("nonsense", "not JSON"),
        ("5", "a number, not an object"),
        ("[1]", "a list, not an object"),
        ("null", "null, not an object"),
        ('{"title": 5}', "title is a number"),
        ('{"title": "a", "abstract": ["b"]}', "abstract is a list"),
        ('{"id": 1.5, "title": "a"}', "id is a number"),
        ('{"id": true, "title": "a"}', "id is true or false"),
        ('{"title": "a", "x": ' + "[" * 5000 + "]" * 5000 + "}", "nested too deep"),
        ('{"title": "a", "x": ' + "[" * 300 + "]" * 300 + "}", "nested too deep"),
        ('{"title": "a", "x": ' + "9" * 10_000 + "}", "not JSON"),
    ],
)
def test_a_bad_line_is_a_flaw_and_reading_goes_on(line: str, reason: str) -> None:
    """Each kind of fault is named with its line; the lines around it are read."""
    good = '{"title": "a"}'
    first, flaw, last = _read([good, line, "", good])
    assert isinstance(flaw, Flaw)
    assert flaw.number == 2
    assert reason in flaw.reason
    assert (first.number, last.number) == (1, 3)


def test_null_and_nan_are_empty() -> None:
    """What tables write for an empty cell is no fault."""
    [record] = _read(['{"title": "a", "abstract": NaN, "authors": null, "year": ""}'])
    assert (record.abstract, record.authors, record.issued, record.warnings) == ("", (), None, ())


def test_optional_fields_of_a_wrong_type_are_counted_and_kept() -> None:
    """A record is not lost for a field that it does not need."""
    record = _read_one(title="a", authors=5, url=[1], author_count=-1)
    assert sorted(record.warnings) == ["bad author_count", "bad authors", "bad url"]
    assert record.extra == {"authors": 5, "url": [1], "author_count": -1}


def test_numbers_and_names_of_authors() -> None:
    """An id may be a number; authors may be one text."""
    assert _read_one(id=12, title="a").name == "12"
    assert _read_one(title="a", authors="Ada L., Bob and Cy").authors == ("Ada L.", "Bob", "Cy")
    assert _read_one(title="a", authors="L., Ada; M., Bob").authors == ("L., Ada", "M., Bob")


@pytest.mark.parametrize("indent", [None, 2])
def test_an_array_is_read_like_lines(indent: int | None) -> None:
    """A JSON file with one array, on one line or many, gives its records."""
    text = json.dumps([{"title": "a"}, {"title": "b"}, 5], indent=indent)
    assert detect_format(text) == "jsonl"
    first, second, flaw = _read(text.split("\n"))
    assert (first.title, second.title, flaw.number) == ("a", "b", 3)


_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)),
    max_leaves=6,
)
_KEYS = st.sampled_from("id uid title abstract authors date year url urls venue doi identifiers comment x".split())


@given(st.lists(st.dictionaries(_KEYS, _JSON, max_size=5), max_size=5))
@settings(deadline=None, max_examples=150)
def test_any_json_gives_a_record_or_a_flaw_a_line(objects: Any) -> None:
    """No value of any field stops the reader, and every line is accounted for."""
    results = list(_read([json.dumps(value) for value in objects]))
    assert [result.number for result in results] == list(range(1, len(objects) + 1))
