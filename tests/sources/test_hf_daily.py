"""Reading saved Daily Papers pages."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.sources import detect_format
from paperconcepts.sources.hf_daily import read_hf_daily

_HEADER = (
    "new\nGet trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\nbyAK and the research community\n\n"
)
_LONG = "We grow trees in rows and count their leaves with care. " * 8


def _read(page: str) -> Any:
    return list(read_hf_daily(page.split("\n")))


def test_both_layouts_are_read() -> None:
    """Papers with and without a byline stand on one page; each abstract keeps its title."""
    page = f"{_HEADER}Oct 31\n\nOn Trees\n\n{_LONG}\n\nOn Leaves\n\n{_LONG}\n\n  • 3 authors\n·\nSep 27, 2023\n"
    records = _read(page)
    assert [record.title for record in records] == ["On Trees", "On Leaves"]
    assert [record.issued for record in records] == [None, "2023-09-27"]
    assert [record.author_count for record in records] == [None, 3]
    assert {record.abstract for record in records} == {_LONG.strip()}


def test_furniture_dates_and_organisations_are_never_titles() -> None:
    """The header, dates and the organisation line give no text."""
    page = f"{_HEADER}Mar 18\n\nOn Trees\n\n{_LONG}\n\nforest-lab Forest Lab\n·\nJan 2, 2020 11\n\n"
    page += f"Mar 17\n\nOn Moss\n\n{_LONG}"
    records = _read(page)
    assert [record.title for record in records] == ["On Trees", "On Moss"]
    assert records[0].organisation == "forest-lab Forest Lab"
    assert records[0].comment_count == 11
    assert records[0].author_count is None


def test_empty_lines_within_a_byline_do_not_matter() -> None:
    """A byline is one whether or not empty lines stand between its lines."""
    page = f"{_HEADER}Mar 18\n\nOn Trees\n\n{_LONG}\n\n• 1 author\n\n·\n\nJan 2, 2020\n\n"
    page += f"On Moss\n\n{_LONG}\n\nlab Lab\n\n·\n\nMay 3, 2019"
    first, second = _read(page)
    assert (first.author_count, first.issued) == (1, "2020-01-02")
    assert (second.organisation, second.issued, second.title) == ("lab Lab", "2019-05-03", "On Moss")


def test_a_page_without_empty_lines_is_read() -> None:
    """Title, abstract and byline are told apart by what they are, not by the gaps between them."""
    page = f"{_HEADER}On Trees\n{_LONG}\n• 3 authors\n·\nMay 3, 2020 2\nOn Moss\n{_LONG}\nlab Lab\n·\nMay 4, 2020"
    first, second = _read(page)
    assert (first.title, first.abstract, first.author_count) == ("On Trees", _LONG.strip(), 3)
    assert (second.title, second.abstract, second.organisation) == ("On Moss", _LONG.strip(), "lab Lab")


def test_a_date_without_year_is_of_the_year_after_the_newest_explicit_one() -> None:
    """The site leaves the year out only in the year of the page."""
    page = f"{_HEADER}Oct 31\n\nA\n\n{_LONG}\n\n• 2 authors\n·\nMay 2 7\n\nB\n\n{_LONG}\n\n• 2 authors\n·\nDec 17, 2021"
    first, second = _read(page)
    assert (first.issued, first.comment_count) == ("2022-05-02", 7)
    assert second.issued == "2021-12-17"


def test_a_date_without_year_is_not_after_the_page() -> None:
    """After the header's day it is of the year before."""
    page = f"{_HEADER}Jan 5\n\nA\n\n{_LONG}\n\n• 2 authors\n·\nDec 20\n\nB\n\n{_LONG}\n\n• 2 authors\n·\nMay 1, 2020"
    assert _read(page)[0].issued == "2020-12-20"


def test_a_year_in_the_header_dates_the_page() -> None:
    """The header's own year wins over what the records let us guess."""
    page = (
        f"{_HEADER}Oct 31, 2025\n\nA\n\n{_LONG}\n\n• 2 authors\n·\nMay 2\n\nB\n\n{_LONG}\n\n• 2 authors\n·\nMay 1, 2020"
    )
    assert _read(page)[0].issued == "2025-05-02"


def test_a_page_without_any_year_leaves_papers_undated() -> None:
    """An unknown year is not invented: the date is dropped, with a warning."""
    [record] = _read(f"{_HEADER}Oct 31\n\nA\n\n{_LONG}\n\n• 2 authors\n·\nMay 2")
    assert record.issued is None
    assert record.warnings == ("date without a known year",)


def test_papers_without_title_or_abstract_are_kept() -> None:
    """What is missing is empty; nothing slides into its place."""
    page = f"{_HEADER}{_LONG}\n\n• 2 authors\n·\nMay 2, 2020\n\n"
    page += f"Only a Title\n\n• 3 authors\n·\nMay 3, 2020\n\nB\n\n{_LONG}"
    records = _read(page)
    assert [(r.title, bool(r.abstract), r.author_count) for r in records] == [
        ("", True, 2),
        ("Only a Title", False, 3),
        ("B", True, None),
    ]


def test_abstracts_of_several_lines_are_one() -> None:
    """Wrapped lines are joined by a space, a short paragraph under an abstract belongs to it."""
    page = f"{_HEADER}On Trees\n\nWe grow trees\nin rows.\n\nThe code is out.\n\n"
    page += f"• 2 authors\n·\nMay 2, 2020\n\nB\n\n{_LONG}"
    first, second = _read(page)
    assert first.abstract == "We grow trees in rows.\nThe code is out."
    assert second.title == "B"


def test_titles_may_end_in_a_full_stop() -> None:
    """A title is told by its place, not by its last sign."""
    records = _read(f"{_HEADER}Trees. And Moss.\n\n{_LONG}\n\nMoss. I. Growth.\n\n{_LONG}")
    assert [record.title for record in records] == ["Trees. And Moss.", "Moss. I. Growth."]


_WORDS = st.lists(st.sampled_from("trees moss growth of the leaf LoRA 3D $r$ R&D Σ-net 50% naïve".split()), min_size=1)
_TITLES = st.builds(
    lambda words, end: " ".join(["On", *words])[:200].strip() + end, _WORDS, st.sampled_from(["", "?", "."])
)
_ABSTRACTS = st.builds(
    lambda words, times: ("We study " + " ".join(words) + " here. ") * 20 * times, _WORDS, st.integers(1, 3)
).map(str.strip)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct".split()
_BYLINES = st.fixed_dictionaries(
    {
        "authors": st.one_of(st.none(), st.integers(1, 99)),
        "month": st.integers(1, 10),
        "day": st.integers(1, 28),
        "year": st.one_of(st.none(), st.integers(2015, 2023)),
        "comments": st.one_of(st.none(), st.integers(1, 400)),
    }
)
_PAPERS = st.lists(st.tuples(_TITLES, _ABSTRACTS, st.one_of(st.none(), _BYLINES)), min_size=1, max_size=6)


def _write_byline(byline: dict[str, Any]) -> str:
    who = "acme Acme Lab" if byline["authors"] is None else f"  • {byline['authors']} authors"
    year = f", {byline['year']}" if byline["year"] else ""
    comments = f" {byline['comments']}" if byline["comments"] else ""
    return f"{who}\n·\n{_MONTHS[byline['month'] - 1]} {byline['day']}{year}{comments}"


@given(_PAPERS)
@settings(deadline=None, max_examples=150)
def test_written_pages_are_read_back(papers: Any) -> None:
    """Title, abstract, author count, organisation, date and comment count come back exactly, in order."""
    parts = [f"{_HEADER}Nov 30", "Last\n\n" + _LONG + "\n\n  • 1 authors\n·\nDec 31, 2024"]
    for title, abstract, byline in papers:
        parts += [title, abstract] + ([_write_byline(byline)] if byline else [])
    page = "\n\n".join(parts)
    assert detect_format(page) == "hf-daily"
    records = _read(page)[1:]
    assert [(r.title, r.abstract) for r in records] == [(title, abstract) for title, abstract, _ in papers]
    for record, (_, _, byline) in zip(records, papers, strict=True):
        if byline is None:
            assert (record.issued, record.author_count, record.organisation) == (None, None, "")
            continue
        assert record.author_count == byline["authors"]
        assert record.organisation == ("acme Acme Lab" if byline["authors"] is None else "")
        assert record.comment_count == byline["comments"]
        assert record.issued == f"{byline['year'] or 2025}-{byline['month']:02}-{byline['day']:02}"
