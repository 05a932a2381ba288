"""Read Atom feeds of the arXiv API.

Specification: Atom (RFC 4287) with arXiv's extension (arXiv API User's Manual): comment, journal_ref, doi,
primary_category. An error of the API comes as an entry, and is reported as such.
"""

from collections.abc import Iterable, Iterator

from paperconcepts.sources.arxiv_fields import arxiv_extra
from paperconcepts.sources.dates import parse_date
from paperconcepts.sources.identifiers import identify
from paperconcepts.sources.records import Flaw, Record
from paperconcepts.sources.tidying import tidy, tidy_paragraphs
from paperconcepts.sources.xml_records import Element, child, children, inner_text, plain_text, read_elements, root_name

__all__ = ["is_atom", "read_atom"]


def is_atom(sample: str) -> bool:
    """Whether the outermost element is a feed (or one entry).

    Examples:
        >>> is_atom('<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">')
        True
    """
    return root_name(sample) in ("feed", "entry") and "/Atom" in sample[:5_000]


def read_atom(lines: Iterable[str]) -> Iterator[Record | Flaw]:
    """Yield one record for each entry.

    Examples:
        >>> text = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/1605.08386v1</id>'
        >>> text += '<title>On Trees</title><summary> We show. </summary><published>2016-05-26T17:59:46Z</published>'
        >>> [record] = read_atom([text + '<author><name>Ada L</name></author></entry></feed>'])
        >>> record.title, record.abstract, record.authors, record.issued, record.identifiers
        ('On Trees', 'We show.', ('Ada L',), '2016-05-26', ('arxiv:1605.08386',))
    """
    yield from read_elements(lines, ("entry",), _convert)


def _convert(number: int, entry: Element) -> Record | Flaw:
    name = plain_text(child(entry, "id")).strip()
    title = tidy(plain_text(child(entry, "title")))
    summary = child(entry, "summary")
    abstract = tidy_paragraphs(plain_text(summary if summary is not None else child(entry, "content")), indented=True)
    if "/api/errors" in name:
        return Flaw(number, f"the server reports an error ({abstract[:100]})", harmless=False)
    comment = inner_text(entry, "comment")
    doi = inner_text(entry, "doi")
    links = [link.get("href") or "" for link in children(entry, "link")]
    categories = " ".join(dict.fromkeys(item.get("term") or "" for item in children(entry, "category")))
    return Record(
        number=number,
        name=name,
        title=title,
        abstract=abstract,
        authors=tuple(found for item in children(entry, "author") if (found := inner_text(item, "name"))),
        issued=parse_date(plain_text(child(entry, "published")).strip()),
        dates={"published": plain_text(child(entry, "published"))},
        venue=inner_text(entry, "journal_ref"),
        comment=comment,
        identifiers=identify(arxiv=name, doi=doi, urls=[link for link in links if "arxiv.org/abs" in link]),
        extra=arxiv_extra(categories=categories, comment=comment, abstract=abstract),
    )
