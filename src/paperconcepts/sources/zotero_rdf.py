"""Read exports of Zotero in its own RDF.

Specification: the translator "Zotero RDF" of Zotero: Biblio, Dublin Core and FOAF terms in RDF/XML. It is read as XML
of the shape that Zotero writes, with no RDF parser and no network.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from paperconcepts.sources.dates import parse_date
from paperconcepts.sources.identifiers import identify
from paperconcepts.sources.records import Flaw, Record
from paperconcepts.sources.tidying import join_name, tidy
from paperconcepts.sources.xml_records import (
    Element,
    child,
    children,
    inner_text,
    iterate_elements,
    local_name,
    paragraphs,
    root_name,
)

__all__ = ["is_zotero_rdf", "read_zotero_rdf"]

_ITEMS = (
    "Article Book BookSection Document Manuscript Report Thesis ConferenceProceedings Description Journal Periodical "
    "Data Software Letter Legislation Patent"
).split()
# A bib:Memo is a note and no item.
_NO_PAPERS = frozenset(("attachment", "note", "annotation"))


def is_zotero_rdf(sample: str) -> bool:
    """Whether the outermost element is RDF with Zotero's terms.

    Examples:
        >>> is_zotero_rdf('<rdf:RDF xmlns:z="http://www.zotero.org/namespaces/export#">')
        True
    """
    return root_name(sample) == "RDF" and ("zotero.org/namespaces" in sample or "purl.org/net/biblio" in sample)


def read_zotero_rdf(lines: Iterable[str]) -> Iterator[Record | Flaw]:
    """Yield one record for each item that is a work, in order.

    Examples:
        >>> text = '<rdf:RDF><bib:Article rdf:about="https://arxiv.org/abs/2106.09685"><z:itemType>preprint</z:itemType>'
        >>> text += '<bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>L</foaf:surname><foaf:givenName>Ada'
        >>> text += '</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors><dc:title>On Trees</dc:title>'
        >>> text += '<dc:date>2021-06-17</dc:date><dcterms:abstract>We show.</dcterms:abstract></bib:Article></rdf:RDF>'
        >>> [record] = read_zotero_rdf([text])
        >>> record.authors, record.issued, record.identifiers
        (('Ada L',), '2021-06-17', ('arxiv:2106.09685',))
    """
    # A journal may stand after the articles that refer to it, so the file is read to its end first; it is one person's.
    elements = list(iterate_elements(lines, _ITEMS))
    hosts = {_about(item): item for item in elements if not isinstance(item, Flaw) and _is_host(item)}
    number = 0
    for element in elements:
        if isinstance(element, Flaw):
            number += not element.reason.startswith("its DOCTYPE")
            yield Flaw(number, element.reason)
        elif not _is_host(element) and inner_text(element, "itemType") not in _NO_PAPERS:
            number += 1
            yield _convert(number, element, hosts)


def _is_host(element: Element) -> bool:
    return local_name(element) in ("Journal", "Periodical") and not children(element, "itemType")


def _about(element: Element) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] in ("about", "resource")), "")


def _convert(number: int, item: Element, hosts: dict[str, Element]) -> Record:
    about = _about(item)
    place = child(item, "isPartOf")
    host = next(iter(place), None) if place is not None else None
    if host is None and place is not None:
        host = hosts.get(_about(place))
    urls = [about, inner_text(item, "identifier", "URI", "value")]
    urls += [inner_text(element, "URI", "value") for element in children(item, "identifier")]
    notes = [
        inner_text(element) for name in ("identifier", "description", "number") for element in children(item, name)
    ]
    notes += [inner_text(element) for element in children(host, "identifier")]
    doi = next((note for note in notes if note.upper().startswith("DOI ")), "")
    kind = inner_text(item, "itemType")
    extra: dict[str, Any] = {"type": kind} if kind else {}
    if words := [inner_text(subject) for subject in children(item, "subject")]:
        extra["keywords"] = [word for word in words if word]
    links = tuple(dict.fromkeys(url for url in urls if url.startswith("http")))
    return Record(
        number=number,
        name=inner_text(item, "citationKey") or about,
        title=inner_text(item, "title"),
        abstract=paragraphs(item, "abstract"),
        authors=_authors(item),
        issued=parse_date(inner_text(item, "date")),
        dates={"date": inner_text(item, "date")},
        venue=inner_text(host, "title") or inner_text(item, "presentedAt", "Conference", "title"),
        links=links,
        identifiers=identify(doi=doi[4:], urls=links, text="\n".join(notes)),
        extra=extra,
    )


def _authors(item: Element) -> tuple[str, ...]:
    names = []
    for entry in children(child(item, "authors", "Seq"), "li"):
        person = child(entry, "Person")
        given = inner_text(person, "givenName") or inner_text(person, "givenname")
        names.append(join_name(given, inner_text(person, "surname")) or inner_text(person, "name"))
    return tuple(tidy(name) for name in names if name)
