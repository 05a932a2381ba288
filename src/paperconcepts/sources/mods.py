"""Read MODS records, as the ACL Anthology gives them.

Specification: the Metadata Object Description Schema 3 of the Library of Congress.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from paperconcepts.sources.dates import parse_date
from paperconcepts.sources.identifiers import identify
from paperconcepts.sources.records import Flaw, Record
from paperconcepts.sources.tidying import flip_name, join_name
from paperconcepts.sources.xml_records import Element, child, children, inner_text, paragraphs, read_elements, root_name

__all__ = ["is_mods", "read_mods"]

_DATES = ("dateIssued", "copyrightDate", "dateCreated")


def is_mods(sample: str) -> bool:
    """Whether the outermost element is one of MODS.

    Examples:
        >>> is_mods('<modsCollection xmlns="http://www.loc.gov/mods/v3"><mods ID="a">')
        True
    """
    return root_name(sample) in ("mods", "modsCollection")


def read_mods(lines: Iterable[str]) -> Iterator[Record | Flaw]:
    """Yield one record for each item.

    Examples:
        >>> text = '<mods ID="l-2020"><titleInfo><title>On Trees</title></titleInfo><name type="personal"><namePart '
        >>> text += 'type="given">Ada</namePart><namePart type="family">L</namePart></name><originInfo><dateIssued>'
        >>> text += '2020-07</dateIssued></originInfo><abstract>We show.</abstract><identifier type="doi">10.18653/v1/'
        >>> [record] = read_mods([text + '2020.acl-main.1</identifier></mods>'])
        >>> record.authors, record.issued, record.identifiers
        (('Ada L',), '2020-07', ('doi:10.18653/v1/2020.acl-main.1', 'acl:2020.acl-main.1'))
    """
    yield from read_elements(lines, ("mods",), _convert)


def _convert(number: int, item: Element) -> Record:
    abstracts = [text for element in children(item, "abstract") if (text := paragraphs(element))]
    host = next((related for related in children(item, "relatedItem") if related.get("type") == "host"), None)
    ids = {element.get("type") or "": inner_text(element) for element in children(item, "identifier")}
    urls = [inner_text(element, "url") for element in children(item, "location")]
    urls += [ids.get("uri", ""), ids.get("url", "")]
    extra: dict[str, Any] = {}
    if words := [inner_text(subject, "topic") for subject in children(item, "subject")]:
        extra["keywords"] = [word for word in words if word]
    return Record(
        number=number,
        name=item.get("ID") or ids.get("citekey", ""),
        title=_title(item),
        abstract=next(iter(abstracts), ""),
        authors=_authors(item),
        issued=_date(item) or (_date(host) if host is not None else None),
        dates={name: inner_text(child(item, "originInfo"), name) for name in _DATES},
        venue=_title(host),
        links=tuple(filter(None, urls)),
        identifiers=identify(
            doi=ids.get("doi", ""), arxiv=ids.get("arxiv", ""), pmid=ids.get("pmid", ""), urls=filter(None, urls)
        ),
        extra=extra,
        warnings=("another abstract",) if len(abstracts) > 1 else (),
    )


def _title(item: Element | None) -> str:
    infos = children(item, "titleInfo")
    info = next((info for info in infos if not info.get("type")), next(iter(infos), None))
    title = " ".join(filter(None, (inner_text(info, "nonSort"), inner_text(info, "title"))))
    subtitle = inner_text(info, "subTitle")
    return f"{title}: {subtitle}" if title and subtitle else title or subtitle


def _authors(item: Element) -> tuple[str, ...]:
    names = []
    for person in children(item, "name"):
        roles = [inner_text(role, "roleTerm").lower() for role in children(person, "role")]
        if roles and not set(roles) & {"author", "aut", "creator"}:
            continue
        parts = [(part.get("type"), inner_text(part)) for part in children(person, "namePart")]
        given = " ".join(text for kind, text in parts if kind == "given")
        family = " ".join(text for kind, text in parts if kind == "family")
        whole = " ".join(text for kind, text in parts if kind is None)
        names.append(join_name(given, family) or (flip_name(whole) if person.get("type") == "personal" else whole))
    return tuple(name for name in names if name)


def _date(item: Element) -> str | None:
    for name in _DATES:
        if date := parse_date(inner_text(child(item, "originInfo"), name)):
            return date
    return parse_date(inner_text(child(item, "part"), "date"))
