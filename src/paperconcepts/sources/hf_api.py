"""Read the answers of Hugging Face's Daily Papers API (``/api/daily_papers``, ``/api/papers/ID``).

Specification: none is published; the fields are those that the page and third-party clients use.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from paperconcepts.sources.dates import parse_date
from paperconcepts.sources.identifiers import identify
from paperconcepts.sources.json_fields import JsonFields
from paperconcepts.sources.json_values import read_objects, sample_keys
from paperconcepts.sources.markup import strip_markup, strip_title
from paperconcepts.sources.records import Flaw, Record
from paperconcepts.sources.tidying import tidy

__all__ = ["convert_hf_paper", "is_hf_api", "read_hf_api"]


def is_hf_api(sample: str) -> bool:
    """Whether the objects are daily papers.

    Examples:
        >>> is_hf_api('[{"paper": {"id": "2410.11795", "summary": "We show.", "publishedAt": "2024-10-15T00:00:00Z"}}]')
        True
    """
    keys = sample_keys(sample)
    return {"summary", "publishedAt"} <= keys and not keys.isdisjoint({"paper", "upvotes", "submittedOnDailyAt"})


def read_hf_api(lines: Iterable[str]) -> Iterator[Record | Flaw]:
    """Yield one record for each paper.

    Examples:
        >>> text = '[{"numComments": 2, "paper": {"id": "2410.11795", "title": "On Trees", "summary": "We grow.", '
        >>> text += '"authors": [{"name": "Ada L."}], "publishedAt": "2024-10-15T09:00:00.000Z", "upvotes": 5}}]'
        >>> [record] = read_hf_api([text])
        >>> record.identifiers, record.title, record.authors, record.issued, record.comment_count
        (('arxiv:2410.11795',), 'On Trees', ('Ada L.',), '2024-10-15', 2)
    """
    yield from read_objects(lines, convert_hf_paper, wrappers=("dailyPapers", "papers"))


def convert_hf_paper(number: int, item: JsonFields) -> Record:
    """The record of one entry, be it a paper or what wraps one."""
    paper = item.child("paper") if isinstance(item.value("paper"), dict) else item
    title = paper.required_text("title") or item.required_text("title")
    abstract = paper.required_text("summary") or item.required_text("summary")
    name = paper.word("id")
    organisation = item.child("organization") if item.value("organization") else paper.child("organization")
    extra: dict[str, Any] = {}
    if (votes := paper.count("upvotes")) is not None:
        extra["upvotes"] = votes
    if words := paper.texts("ai_keywords"):
        extra["keywords"] = [tidy(word) for word in words]
    return Record(
        number=number,
        name=name,
        title=strip_title(title),
        abstract=strip_markup(abstract),
        authors=tuple(tidy(author.text("name")) for author in paper.objects("authors") if author.text("name")),
        issued=parse_date(paper.value("publishedAt")) or parse_date(item.value("publishedAt")),
        organisation=tidy(organisation.text("fullname", "name")),
        comment_count=item.count("numComments"),
        links=tuple(link for key in ("githubRepo", "projectPage") if (link := tidy(paper.text(key)))),
        identifiers=identify(arxiv=name),
        extra=extra,
        warnings=tuple(item.warnings),
        dates={"publishedAt": paper.value("publishedAt") or item.value("publishedAt")},
    )
