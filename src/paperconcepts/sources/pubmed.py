"""Read PubMed and MEDLINE articles in XML: answers of EFetch, and the baseline and update files.

Specification: the PubMed DTD of the National Library of Medicine (PubmedArticleSet; the older MedlineCitationSet).
Labelled parts of an abstract become paragraphs that begin with their label.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from paperconcepts.sources.dates import date_from_parts
from paperconcepts.sources.identifiers import identify
from paperconcepts.sources.records import Flaw, Record
from paperconcepts.sources.tidying import join_name, tidy
from paperconcepts.sources.xml_records import (
    Element,
    child,
    children,
    inner_text,
    local_name,
    paragraphs,
    read_elements,
    root_name,
)

__all__ = ["is_pubmed", "read_pubmed"]

_ROOTS = frozenset(("PubmedArticleSet", "PubmedArticle", "MedlineCitationSet", "MedlineCitation", "PubmedBookArticle"))
_LOOSE_DATE = re.compile(r"(\d{4})(?: ([A-Z][a-z]{2}))?(?: (\d{1,2}))?")


def is_pubmed(sample: str) -> bool:
    """Whether the outermost element is one of PubMed's.

    Examples:
        >>> is_pubmed('<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD" "https://x/y.dtd"><PubmedArticleSet>')
        True
    """
    return root_name(sample) in _ROOTS


def read_pubmed(lines: Iterable[str]) -> Iterator[Record | Flaw]:
    r"""Yield one record for each article.

    Examples:
        >>> text = "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>12</PMID><Article><ArticleTitle>On <i>E. "
        >>> text += "coli</i>.</ArticleTitle><Abstract><AbstractText Label='AIM'>To see.</AbstractText><AbstractText>"
        >>> text += "We saw.</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
        >>> [record] = read_pubmed([text])
        >>> record.title, record.abstract, record.identifiers
        ('On E. coli.', 'AIM: To see.\nWe saw.', ('pmid:12',))
    """
    yield from read_elements(lines, ("PubmedArticle", "PubmedBookArticle", "MedlineCitation"), _convert)


def _convert(number: int, element: Element) -> Record | Flaw:
    citation = element if local_name(element) == "MedlineCitation" else child(element, "MedlineCitation")
    if citation is None:
        citation = child(element, "BookDocument")
    if citation is None:
        return Flaw(number, "neither MedlineCitation nor BookDocument")
    article = child(citation, "Article")
    article = citation if article is None else article
    title = _strip_brackets(inner_text(article, "ArticleTitle")) or inner_text(article, "VernacularTitle")
    abstract = _abstract(child(article, "Abstract"))
    others = len(children(citation, "OtherAbstract")) + max(len(children(article, "Abstract")) - 1, 0)
    if not abstract and children(citation, "OtherAbstract"):
        abstract, others = _abstract(children(citation, "OtherAbstract")[0]), others - 1
    pmid = inner_text(citation, "PMID")
    return Record(
        number=number,
        name=pmid,
        title=title or inner_text(article, "Book", "BookTitle"),
        abstract=abstract,
        authors=_authors(child(article, "AuthorList")),
        issued=_date(article),
        dates={"PubDate": _spoken_date(child(article, "Journal", "JournalIssue", "PubDate"))},
        venue=inner_text(article, "Journal", "Title") or inner_text(article, "Journal", "ISOAbbreviation"),
        identifiers=_identifiers(element, article, pmid),
        extra=_extra(citation, article),
        warnings=("another abstract",) if others else (),
    )


def _strip_brackets(title: str) -> str:
    """Titles translated into English stand in brackets: "[On trees]."."""
    if title.startswith("[") and title.rstrip(".").endswith("]") and title.count("[") == 1:
        return title.rstrip(".")[1:-1]
    return title


def _abstract(element: Element | None) -> str:
    parts: list[str] = []
    for part in children(element, "AbstractText"):
        text = paragraphs(part)
        label = tidy(part.get("Label") or "")
        if text:
            parts.append(f"{label}: {text}" if label and label.upper() != "UNLABELLED" else text)
    return "\n".join(parts)


def _authors(element: Element | None) -> tuple[str, ...]:
    names = []
    for author in children(element, "Author"):
        if author.get("ValidYN") == "N":
            continue
        given = inner_text(author, "ForeName") or inner_text(author, "FirstName") or inner_text(author, "Initials")
        name = join_name(given, inner_text(author, "LastName"), inner_text(author, "Suffix"))
        names.append(name or inner_text(author, "CollectiveName"))
    return tuple(name for name in names if name)


def _date(article: Element) -> str | None:
    """The day of the electronic article, else the date of the issue."""
    candidates = [*children(article, "ArticleDate")]
    issue = child(article, "Journal", "JournalIssue", "PubDate")
    if issue is None:
        issue = child(article, "Book", "PubDate")
    candidates += [issue] if issue is not None else []
    dates = [_build_date(candidate) for candidate in candidates]
    return next((date for date in dates if date), None)


def _build_date(element: Element) -> str | None:
    if loose := _LOOSE_DATE.match(inner_text(element, "MedlineDate")):
        return date_from_parts(loose[1], loose[2], loose[3])
    return date_from_parts(*(inner_text(element, name) for name in ("Year", "Month", "Day")))


def _spoken_date(element: Element | None) -> str:
    parts = (inner_text(element, name) for name in ("Year", "Month", "Day"))
    return inner_text(element, "MedlineDate") or "-".join(filter(None, parts))


def _identifiers(element: Element, article: Element, pmid: str) -> tuple[str, ...]:
    ids = {"doi": "", "pmc": ""}
    for item in children(article, "ELocationID"):
        if item.get("EIdType") == "doi" and item.get("ValidYN") != "N":
            ids["doi"] = ids["doi"] or inner_text(item)
    for item in children(child(element, "PubmedData", "ArticleIdList"), "ArticleId"):
        kind = item.get("IdType") or ""
        if kind in ids and not ids[kind]:
            ids[kind] = inner_text(item)
    return identify(doi=ids["doi"], pmid=pmid, pmcid=ids["pmc"])


def _extra(citation: Element, article: Element) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    language = inner_text(article, "Language")
    if language and language != "eng":
        extra["language"] = language
    headings = [
        inner_text(item, "DescriptorName") for item in children(child(citation, "MeshHeadingList"), "MeshHeading")
    ]
    words = [inner_text(item) for item in children(child(citation, "KeywordList"), "Keyword")]
    if found := [word for word in (*words, *headings) if word]:
        extra["keywords"] = list(dict.fromkeys(found))
    kinds = {inner_text(item) for item in children(child(article, "PublicationTypeList"), "PublicationType")}
    if "Retracted Publication" in kinds:
        extra["retracted"] = True
    return extra
