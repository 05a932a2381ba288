"""Identifiers, links and dates."""

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.sources.dates import parse_date, parse_day
from paperconcepts.sources.identifiers import choose_id, digest_id, find_links, infer_identifiers, is_code_link


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("arxiv:2305.18290", ("arxiv:2305.18290",)),
        ("arXiv:2305.18290v3", ("arxiv:2305.18290",)),
        ("2305.18290", ("arxiv:2305.18290",)),
        ("0704.0001v2", ("arxiv:0704.0001",)),
        ("https://arxiv.org/abs/2305.18290v2", ("arxiv:2305.18290",)),
        ("http://arxiv.org/pdf/2305.18290v2.pdf", ("arxiv:2305.18290",)),
        ("https://huggingface.co/papers/2305.18290", ("arxiv:2305.18290",)),
        ("math.GT/0309136", ("arxiv:math/0309136",)),
        ("https://doi.org/10.48550/arXiv.2305.18290", ("arxiv:2305.18290",)),
        ("10.1000/ABC", ("doi:10.1000/abc",)),
        ("https://doi.org/10.1000/x", ("doi:10.1000/x",)),
        ("10.18653/v1/N19-1423", ("doi:10.18653/v1/n19-1423", "acl:N19-1423")),
        ("conf2024/2024.conf-long.7", ("acl:2024.conf-long.7",)),
        ("https://aclanthology.org/2024.conf-long.7/", ("acl:2024.conf-long.7",)),
        ("https://aclanthology.org/P18-1001.pdf", ("acl:P18-1001",)),
        ("https://github.com/someone/2305.18290", ()),
        ("2399.18290", ()),
        ("p7752884748", ()),
        ("12", ()),
        ("", ()),
    ],
)
def test_identifiers_are_read_from_ids_and_addresses(value: Any, expected: Any) -> None:
    """Versions, hosts and case do not make another identifier; a repository is none."""
    assert infer_identifiers(value) == expected


def test_the_arxiv_identifier_comes_first() -> None:
    """arXiv, then DOI, then ACL Anthology, then anything else names a paper."""
    names = ["x:1", "acl:P18-1001", "doi:10.1/x", "arxiv:2305.18290"]
    for index in range(4, 0, -1):
        assert choose_id(names[:index]) == names[index - 1]
    assert choose_id([]) is None


def test_the_digest_ignores_case_and_punctuation() -> None:
    """Papers without identifier are told apart by words alone."""
    assert digest_id("A B", "c d") == digest_id("a-b!", "C,  D.")
    assert digest_id("A B", "c d") != digest_id("A", "B c d")
    assert digest_id("∞", "") != digest_id("∅", "")


def test_links_end_where_the_sentence_goes_on() -> None:
    """Punctuation and brackets around an address are not part of it."""
    text = (
        "(https://github.com/a/b_c), [www.x.org/p]. See https://x.org/w(1). github.com/d/e; or https://a.github.io/f/"
    )
    assert find_links(text) == [
        "https://github.com/a/b_c",
        "https://www.x.org/p",
        "https://x.org/w(1)",
        "https://github.com/d/e",
        "https://a.github.io/f/",
    ]
    assert [is_code_link(link) for link in find_links(text)] == [True, False, False, True, False]


@given(st.dates())
@settings(deadline=None, max_examples=100)
def test_iso_dates_are_read_back(date: datetime.date) -> None:
    """An ISO date of a plausible year is itself; of an implausible one, none."""
    assert parse_date(date.isoformat()) == (date.isoformat() if 1500 <= date.year <= 2200 else None)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (2021, "2021"), (2021.0, "2021"), ("2021-5", "2021-05"), ("2021/05/29", "2021-05-29"),
        ("Oct 14, 2020", "2020-10-14"),
        ("Thu, 15 Oct 2024 09:00:00 GMT", "2024-10-15"), ("October 2020", "2020-10"),
        ("2024-02-30", None), ("2024-13", None),
        ("soon", None), (True, None), ([2020], None), (None, None), ("0000", None), ("Foo 3, 2020", None),
    ],
)  # fmt: skip
def test_dates_have_the_precision_that_is_given(value: Any, expected: Any) -> None:
    """A year stays a year; what is no date is None."""
    assert parse_date(value) == expected


def test_a_page_date_may_end_with_a_comment_count() -> None:
    """The number after a date counts comments."""
    assert parse_day("Sep 30 21") == (9, 30, None, 21)
    assert parse_day("May 12, 2023 10") == (5, 12, 2023, 10)
    assert parse_day("Mar 41") is None
    assert parse_day("Model 3 2") is None
