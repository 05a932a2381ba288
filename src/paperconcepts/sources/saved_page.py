"""Read saved HTML pages of arXiv, Hugging Face, and others that carry the tags of Google Scholar.

From arXiv come listings, search results and abstracts, from Hugging Face the daily papers and the page of one paper.

Specification: none is published for the pages of arXiv and Hugging Face, which are read as they are made in 2026; the
``citation_`` tags are those of Google Scholar's "Inclusion Guidelines for Webmasters".
"""

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from paperconcepts.sources.arxiv_fields import arxiv_extra
from paperconcepts.sources.dates import parse_date
from paperconcepts.sources.hf_api import convert_hf_paper
from paperconcepts.sources.identifiers import identify
from paperconcepts.sources.json_values import convert_value, parse_json
from paperconcepts.sources.markup import strip_markup, strip_title
from paperconcepts.sources.records import Flaw, Record
from paperconcepts.sources.tidying import flip_name, split_authors

__all__ = ["is_saved_page", "read_saved_page"]

_LARGEST = 1 << 25
_LONGEST_SECTION = 50_000
_PAGE = re.compile(r"<(?:!doctype html|html|head|meta|body|dl|div)\b", re.IGNORECASE)
_MARKS = ("citation_title", 'data-target="DailyPapers"', "list-title", "arxiv-result", 'data-target="PaperPage"')
_PROPS = re.compile(r"data-target=\"(?:DailyPapers|PaperPage|PaperContent)\"[^<>\"]{0,500}data-props=\"([^\"]*)\"")
_META = re.compile(r"<meta\s([^<>]{1,200000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-zA-Z:-]{1,40})\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)')")
_QUOTE = re.compile(r"<blockquote\b[^<>]{0,200}abstract[^<>]{0,200}>(.{1,50000}?)</blockquote>", re.DOTALL)
_DESCRIPTOR = re.compile(r"<span[^<>]{0,100}descriptor[^<>]{0,100}>[^<]{0,100}</span>")
_LISTED = re.compile(r"<dt\b")
_FOUND = re.compile(r"<li[^<>]{0,100}arxiv-result")
_ABS = re.compile(r"/abs/([^\s\"'<>?#]{5,40})")
_SUBMITTED = re.compile(r"Submitted\s{0,9}</span>\s{0,9}([^<;]{4,40})")
_LESS = re.compile(r"<a\b[^<>]{0,300}>\s{0,20}△ Less\s{0,20}</a>")


def is_saved_page(sample: str) -> bool:
    """Whether this is HTML with the marks of a page that can be read.

    Examples:
        >>> is_saved_page('<!doctype html><meta name="citation_title" content="A">'), is_saved_page("<html><p>Hi</p>")
        (True, False)
    """
    return _PAGE.search(sample[:5_000]) is not None and any(mark in sample for mark in _MARKS)


def read_saved_page(lines: Iterable[str]) -> Iterator[Record | Flaw]:
    """Yield one record for each paper on the page.

    Examples:
        >>> text = '<dl id="articles"><dt><a href="/abs/2301.00001">arXiv:2301.00001</a></dt><dd>'
        >>> text += '<div class="list-title"><span class="descriptor">Title:</span> On Trees</div>'
        >>> text += '<div class="list-authors"><a>A. B.</a>, <a>C. D.</a></div>'
        >>> text += '<p class="mathjax">We &lt; show.</p></dd></dl>'
        >>> [record] = read_saved_page([text])
        >>> record.title, record.authors, record.abstract, record.identifiers
        ('On Trees', ('A. B.', 'C. D.'), 'We < show.', ('arxiv:2301.00001',))
    """
    pieces, size = [], 0
    for line in lines:
        size += len(line) + 1
        if size > _LARGEST:
            yield Flaw(0, f"a page of more than {_LARGEST:,} characters")
            return
        pieces.append(line)
    page = "\n".join(pieces)
    if props := _PROPS.search(page):
        yield from _read_props(html.unescape(props[1]))
        return
    parts, convert = _LISTED.split(page)[1:], _convert_listed
    if not parts or "list-title" not in page:
        parts, convert = _FOUND.split(page)[1:], _convert_found
    if parts:
        for number, part in enumerate(parts, start=1):
            yield convert(number, part)
    else:
        yield _convert_tags(page)


def _read_props(text: str) -> Iterator[Record | Flaw]:
    try:
        value = parse_json(text)
    except (ValueError, RecursionError):
        yield Flaw(1, "the data in the page are no JSON")
        return
    papers = value.get("dailyPapers", [value]) if isinstance(value, dict) else value
    for number, paper in enumerate(papers if isinstance(papers, list) else [papers], start=1):
        found = convert_value(number, paper, convert_hf_paper)
        if found is not None:
            yield found


def _section(text: str, name: str) -> str:
    """What stands in the element of a class, without its descriptor."""
    opened = re.search(
        rf"<(div|p|span)\b[^<>]{{0,200}}class\s?=\s?[\"'][^\"'<>]{{0,100}}\b{name}\b[^<>]{{0,200}}>", text
    )
    if opened is None:
        return ""
    inner = text[opened.end() : opened.end() + _LONGEST_SECTION]
    ends, depth = [], 1
    for tag in re.finditer(rf"<(/?){opened[1]}\b", inner):
        depth += -1 if tag[1] else 1
        if tag[1]:
            ends.append(tag.start())
        if depth == 0:
            break
    # Words that were searched for stand in elements of their own; where these do not balance, the first end counts.
    end = (ends[-1] if depth == 0 else ends[0]) if ends else 0
    return _DESCRIPTOR.sub("", inner[:end])


def _convert_listed(number: int, text: str) -> Record | Flaw:
    key = _ABS.search(text)
    comment = strip_title(_section(text, "list-comments")).removeprefix("Comments:").strip()
    abstract = strip_markup(_section(text, "mathjax") if '"mathjax' in text or "'mathjax" in text else "")
    title = strip_title(_section(text, "list-title")).removeprefix("Title:").strip()
    authors = strip_title(_section(text, "list-authors")).removeprefix("Authors:")
    subjects = re.findall(r"\(([a-z-]{2,10}(?:\.[A-Za-z-]{2,10})?)\)", _section(text, "list-subjects"))
    return Record(
        number=number,
        name=key[1] if key else "",
        title=title,
        abstract="" if abstract == title else abstract,
        authors=split_authors(authors),
        venue=strip_title(_section(text, "list-journal-ref")).removeprefix("Journal-ref:").strip(),
        comment=comment,
        identifiers=identify(arxiv=key[1] if key else ""),
        extra=arxiv_extra(categories=" ".join(subjects), comment=comment, abstract=abstract),
    )


def _convert_found(number: int, text: str) -> Record | Flaw:
    key, submitted = _ABS.search(text), _SUBMITTED.search(text)
    abstract = strip_markup(_LESS.sub("", _section(text, "abstract-full")))
    comment = strip_title(_section(text, "comments")).removeprefix("Comments:").strip()
    authors = strip_title(re.sub(r"<span[^<>]{0,100}>Authors?:</span>", "", _section(text, "authors")))
    return Record(
        number=number,
        name=key[1] if key else "",
        title=strip_title(_section(text, "title")),
        abstract=abstract,
        authors=split_authors(authors.removeprefix("Authors:")),
        issued=parse_date(submitted[1].replace(",", "").strip()) if submitted else None,
        dates={"date": submitted[1].replace(",", "").strip()} if submitted else {},
        comment=comment,
        identifiers=identify(arxiv=key[1] if key else ""),
        extra=arxiv_extra(comment=comment, abstract=abstract),
    )


def _convert_tags(page: str) -> Record | Flaw:
    tags: dict[str, list[str]] = defaultdict(list)
    for match in _META.finditer(page):
        found = {key.lower(): html.unescape(double or single) for key, double, single in _ATTRIBUTE.findall(match[1])}
        name = found.get("name") or found.get("property") or ""
        if name.startswith("citation_") and found.get("content"):
            tags[name.removeprefix("citation_")].append(found["content"])

    def first(*names: str) -> str:
        return next((value for name in names for value in tags.get(name, ())), "")

    if not first("title"):
        return Flaw(1, "no paper is found on this page")
    quoted = _QUOTE.search(page)
    abstract = strip_markup(first("abstract")) or strip_markup(_DESCRIPTOR.sub("", quoted[1]) if quoted else "")
    urls = [url for name in ("abstract_html_url", "pdf_url", "public_url") for url in tags.get(name, ())]
    return Record(
        number=1,
        name=first("arxiv_id", "doi"),
        title=strip_title(first("title")),
        abstract=abstract,
        authors=tuple(name for value in tags.get("author", ()) if (name := flip_name(value))),
        issued=parse_date(first("date", "publication_date", "online_date", "year")),
        dates={"date": first("date", "publication_date", "online_date", "year")},
        venue=strip_title(first("journal_title", "conference_title")),
        identifiers=identify(arxiv=first("arxiv_id"), doi=first("doi"), pmid=first("pmid"), urls=urls),
    )
