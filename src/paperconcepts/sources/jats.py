"""Read articles in JATS: those of PubMed Central and of publishers, one or many in a file; only their front matter.

Specification: ANSI/NISO Z39.96, JATS 1.3 (article/front/article-meta).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from paperconcepts.sources.dates import date_from_parts, parse_date
from paperconcepts.sources.identifiers import identify
from paperconcepts.sources.markup import strip_markup
from paperconcepts.sources.records import Flaw, Record
from paperconcepts.sources.tidying import join_name
from paperconcepts.sources.xml_records import (
    Element,
    child,
    children,
    inner_markup,
    inner_text,
    local_name,
    read_elements,
    root_name,
)

__all__ = ["is_jats", "read_jats"]

_DATE_KINDS = ("epub", "pub", "electronic", "epub-ppub", "preprint", "ppub", "print", "collection")


def is_jats(sample: str) -> bool:
    """Whether the outermost element is an article (or a set of articles) with front matter.

    Examples:
        >>> is_jats('<article xmlns:xlink="x" article-type="research-article"><front>')
        True
    """
    return root_name(sample) in ("article", "pmc-articleset", "articles") and "<front" in sample


def read_jats(lines: Iterable[str]) -> Iterator[Record | Flaw]:
    """Yield one record for each article.

    Examples:
        >>> text = "<article><front><article-meta><article-id pub-id-type='doi'>10.1000/x</article-id><title-group>"
        >>> text += "<article-title>On <italic>Trees</italic></article-title></title-group><pub-date><year>2020</year>"
        >>> text += "</pub-date><abstract><p>We show.</p></abstract></article-meta></front></article>"
        >>> [record] = read_jats([text])
        >>> record.title, record.abstract, record.issued, record.identifiers
        ('On Trees', 'We show.', '2020', ('doi:10.1000/x',))
    """
    yield from read_elements(lines, ("front",), _convert)


def _convert(number: int, front: Element) -> Record | Flaw:
    meta = child(front, "article-meta")
    if meta is None:
        return Flaw(number, "no article-meta")
    abstracts = [item for item in children(meta, "abstract") if not item.get("abstract-type")]
    others = [item for name in ("abstract", "trans-abstract") for item in children(meta, name) if item not in abstracts]
    chosen = next(iter(abstracts or others), None)
    ids = {item.get("pub-id-type") or "": inner_text(item) for item in children(meta, "article-id")}
    journal = child(front, "journal-meta")
    venue = inner_text(journal, "journal-title-group", "journal-title") or inner_text(journal, "journal-title")
    return Record(
        number=number,
        name=ids.get("doi") or ids.get("pmid") or ids.get("pmc") or "",
        title=_title(child(meta, "title-group")),
        abstract=_abstract(chosen),
        authors=_authors(meta),
        issued=_date(meta),
        dates={"pub-date": next((text for text in _spoken_dates(meta) if not parse_date(text)), "")},
        venue=venue,
        identifiers=identify(
            doi=ids.get("doi", ""), pmid=ids.get("pmid", ""), pmcid=ids.get("pmc") or ids.get("pmcid", ""),
            arxiv=ids.get("arxiv", ""),
        ),
        extra=_extra(meta),
        warnings=("another abstract",) if len(abstracts) + len(children(meta, "trans-abstract")) > 1 else (),
    )  # fmt: skip


def _title(group: Element | None) -> str:
    title, subtitle = inner_text(group, "article-title"), inner_text(group, "subtitle")
    return f"{title}: {subtitle}" if title and subtitle else title or subtitle


def _abstract(element: Element | None) -> str:
    """Sections become paragraphs that begin with their heading, as PubMed has it."""
    if element is None:
        return ""
    if "".join(filter(None, (element.text, *(part.tail for part in element)))).strip():
        return strip_markup(inner_markup(element))  # The text stands in no paragraph.
    parts = []
    for part in element:
        name = local_name(part)
        heading = inner_text(part, "title") if name == "sec" else ""
        if name == "sec":
            body = "".join(f"<p>{inner_markup(item)}</p>" for item in part if local_name(item) != "title")
        elif name in ("title", "label"):
            continue
        else:
            body = inner_markup(part)
        text = strip_markup(body)
        if text:
            parts.append(f"{heading.rstrip(':.')}: {text}" if heading else text)
    return "\n".join(parts) or strip_markup(inner_markup(element))


def _authors(meta: Element) -> tuple[str, ...]:
    names = []
    for group in children(meta, "contrib-group"):
        for person in children(group, "contrib"):
            if person.get("contrib-type") not in (None, "author"):
                continue
            name = child(person, "name")
            if name is None:
                name = child(person, "name-alternatives", "name")
            spoken = join_name(inner_text(name, "given-names"), inner_text(name, "surname"), inner_text(name, "suffix"))
            names.append(spoken or inner_text(person, "string-name") or inner_text(person, "collab"))
    return tuple(name for name in names if name)


def _date(meta: Element) -> str | None:
    dates: dict[str, str] = {}
    for item in children(meta, "pub-date"):
        kind = item.get("publication-format") or item.get("pub-type") or item.get("date-type") or "pub"
        parts = (inner_text(item, name) for name in ("year", "month", "day"))
        date = parse_date(item.get("iso-8601-date")) or date_from_parts(*parts)
        if date:
            dates.setdefault(kind, date)
    return next((dates[kind] for kind in _DATE_KINDS if kind in dates), next(iter(dates.values()), None))


def _spoken_dates(meta: Element) -> list[str]:
    return ["-".join(filter(None, (inner_text(item, name) for name in ("year", "month", "day"))))
            for item in children(meta, "pub-date")]  # fmt: skip


def _extra(meta: Element) -> dict[str, Any]:
    words = [inner_text(word) for group in children(meta, "kwd-group") for word in children(group, "kwd")]
    extra: dict[str, Any] = {"keywords": list(dict.fromkeys(filter(None, words)))} if any(words) else {}
    if any(item.get("related-article-type") == "retraction-forward" for item in children(meta, "related-article")):
        extra["retracted"] = True
    return extra
