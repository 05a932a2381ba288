"""Reading arXiv listings and lists of abstracts."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.sources import Flaw, detect_format
from paperconcepts.sources.abstract_lines import read_abstract_lines
from paperconcepts.sources.arxiv_listing import read_arxiv_listing


def _read_listing(text: str) -> list[Any]:
    return list(read_arxiv_listing(text.split("\n")))


def _read_abstracts(text: str) -> list[Any]:
    return list(read_abstract_lines(text.split("\n")))


_SENTENCES = st.lists(
    st.sampled_from(["We grow trees.", "See arXiv:2301.00001 for it.", "Code: https://github.com/a/b", "It is 5%."]),
    min_size=1,
).map(lambda parts: " ".join(["This work is on trees.", *parts]))  # fmt: skip
_RECORDS = st.lists(
    st.tuples(_SENTENCES, st.sampled_from(["", "Accepted at X 2024", "Extends arXiv:2301.00002"]), st.dates()),
    min_size=1,
    max_size=6,
)


@given(_RECORDS)
@settings(deadline=None, max_examples=100)
def test_written_listings_are_read_back(records: Any) -> None:
    """Abstract, comment, identifier and date come back exactly; identifiers in texts are no paper's own."""
    parts = []
    for number, (abstract, comment, date) in enumerate(records):
        created = date.replace(year=2000 + date.year % 25 if date.month != 2 else 2004)
        parts += [abstract, *filter(None, [comment]), f"arXiv:2410.{number:05}v1\nCreated: {created.isoformat()}"]
    text = "\n\n".join(parts)
    assert detect_format(text) == "arxiv-listing"
    found = _read_listing(text)
    assert [(r.title, r.abstract, r.comment) for r in found] == [("", a, c) for a, c, _ in records]
    assert [r.identifiers for r in found] == [(f"arxiv:2410.{n:05}",) for n in range(len(records))]
    assert all(f"Created: {r.issued}" in text for r in found)


def test_a_listing_may_lack_dates_and_end_without_identifier() -> None:
    """A new text after an identifier begins the next record; a last abstract alone is one too."""
    text = "We show.\n\narXiv:2410.00001 [cs.CL]\n\nWe too.\n\nCreated: soon\narXiv:2410.00002\n\nAnd we."
    first, second, third = _read_listing(text)
    assert (first.abstract, first.issued, first.warnings) == ("We show.", None, ())
    assert (second.identifiers, second.issued, second.dates) == (("arxiv:2410.00002",), None, {"date": "soon"})
    assert (third.abstract, third.identifiers) == ("And we.", ())


def test_an_identifier_without_text_is_a_flaw() -> None:
    """A record with neither title nor abstract is reported."""
    assert _read_listing("arXiv:2410.00001") == [Flaw(1, "neither title nor abstract before the arXiv line")]


def test_labels_in_a_listing_are_not_text() -> None:
    """Title:, Abstract: and Comments: say what follows."""
    [record] = _read_listing("Title: Trees\n\nAbstract: We show.\n\nComments: 3 pages\n\narXiv:2410.00001")
    assert (record.title, record.abstract, record.comment) == ("Trees", "We show.", "3 pages")


def test_paragraphs_of_an_abstract_stay_together() -> None:
    """Only a short last paragraph is a comment."""
    long = "We grow trees in rows. " * 20
    text = f"{long}\n\n{long}\n\nAccepted at X\n\narXiv:2410.00001"
    [record] = _read_listing(text)
    assert record.abstract == f"{long.strip()}\n{long.strip()}"
    assert record.comment == "Accepted at X"


@given(st.lists(_SENTENCES, min_size=1, max_size=6), st.sampled_from(["", " "]), st.sampled_from(["\n", "\n\n"]))
@settings(deadline=None, max_examples=100)
def test_written_abstract_lines_are_read_back(abstracts: list[str], space: str, gap: str) -> None:
    """Every line that begins Abstract: is one abstract."""
    text = gap.join(f"Abstract:{space}{abstract}" for abstract in abstracts)
    assert detect_format(text) == "abstract-lines"
    assert [record.abstract for record in _read_abstracts(text)] == abstracts


def test_abstract_lines_may_have_titles_and_wrap() -> None:
    """A short paragraph above is a title, further lines go on."""
    text = "On Trees\n\nAbstract: We show\nit.\n\nMore of it.\n\nOn Moss\nAbstract: We too."
    first, second = _read_abstracts(text)
    assert (first.title, first.abstract) == ("On Trees", "We show it.\nMore of it.")
    assert (second.title, second.abstract) == ("On Moss", "We too.")


def test_text_before_the_first_abstract_is_reported() -> None:
    """Text that belongs to no abstract is a flaw, not lost in silence."""
    flaw, record = _read_abstracts("Here is a list.\n\nAbstract: We show.")
    assert isinstance(flaw, Flaw)
    assert record.abstract == "We show."
