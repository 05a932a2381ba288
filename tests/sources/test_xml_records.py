"""Cutting XML into records."""

import time

import pytest

from paperconcepts.sources import FORMATS, Flaw
from paperconcepts.sources.xml_records import iterate_elements


@pytest.mark.parametrize("text", ["a ratio H₂:CO in syngas", "R²:adjusted is high", "see e²:x='1' there", "² x¹:y"])
def test_words_before_a_colon_are_no_prefixes(text: str) -> None:
    """A sign that no XML name can hold does not cost the record."""
    [element] = iterate_elements([f"<all><a>{text}</a></all>"], ["a"])
    assert not isinstance(element, Flaw)
    assert element.text == text


def test_prefixes_of_tags_and_attributes_are_declared() -> None:
    """They may be declared far above the record, where nobody looks."""
    text = "<all><o:a xml:lang='en' x:href = \"u\"><dc:b\n y-1:c='d'/></o:a></all>"
    [element] = iterate_elements([text], ["a"])
    assert not isinstance(element, Flaw)
    assert element.get("{x}href") == "u"
    assert element[0].get("{y-1}c") == "d"


def test_records_on_one_line_are_those_on_many() -> None:
    """White space between records makes no difference, whatever their sizes and damages."""
    sizes = [1, 70_000, 5, 200_000, 3, 3, 130_000] * 3
    records = [f"<a n='{n}'>{'x' * size}{'<' if n % 5 == 4 else ''}</a>" for n, size in enumerate(sizes)]
    records[7] = "<a/>"
    records[9] = "<a>never closed"
    one = list(iterate_elements(["<all>" + "".join(records) + "</all>"], ["a"]))
    many = list(iterate_elements(["<all>", *records, "</all>"], ["a"]))
    looks = [[item.reason if isinstance(item, Flaw) else (item.get("n"), len(item.text or "")) for item in found]
             for found in (one, many)]  # fmt: skip
    assert looks[0] == looks[1]
    assert len(looks[0]) == len(records) - 1


@pytest.mark.parametrize(
    ("name", "before", "record", "after"),
    [
        ("pubmed", "<PubmedArticleSet>", "<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>Tree"
         "</ArticleTitle></Article><Note n='{}'/></MedlineCitation></PubmedArticle>",
         "</PubmedArticleSet>"),
        ("bibtex", "", "@misc{{a, title = {{Tree}}, file = {{{}}}}} ", ""),
    ],
)  # fmt: skip
def test_a_file_of_one_line_takes_no_longer(name: str, before: str, record: str, after: str) -> None:
    """The time grows with the number of records, also where no line ends."""
    records = [record.format("x" * 5_000)] * 2_500

    def spend(lines: list[str]) -> float:
        began = time.process_time()
        assert sum(not isinstance(item, Flaw) for item in FORMATS[name].read(lines)) == len(records)
        return time.process_time() - began

    many = min(spend([before, *records, after]) for _ in range(2))
    assert spend([before + "".join(records) + after]) < 1.5 * many + 0.3
