"""Read papers of Semantic Scholar: answers of the Academic Graph API, and the bulk data sets "papers" and "abstracts".

Specification: the Academic Graph API and Datasets API of Semantic Scholar. The bulk data keep abstracts in files of
their own; both records bear the corpus id, so merging brings them together.
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

__all__ = ["is_semantic_scholar", "read_semantic_scholar"]

_INNER = ("citingPaper", "citedPaper", "paper")


def is_semantic_scholar(sample: str) -> bool:
    """Whether the objects are papers of Semantic Scholar.

    Examples:
        >>> is_semantic_scholar('{"paperId": "ab", "title": "A"}'), is_semantic_scholar('{"paper": 1}')
        (True, False)
    """
    keys = sample_keys(sample)
    return "paperId" in keys or ("corpusid" in keys and not keys.isdisjoint({"title", "abstract", "externalids"}))


def read_semantic_scholar(lines: Iterable[str]) -> Iterator[Record | Flaw]:
    """Yield one record for each paper; of citations and references, for the paper at the other end.

    Examples:
        >>> page = '{"total": 1, "data": [{"paperId": "ab", "externalIds": {"ArXiv": "2106.09685", "CorpusId": 7}, '
        >>> page += '"title": "LoRA", "abstract": null, "authors": [{"name": "E. Hu"}], "year": 2021}]}'
        >>> [record] = read_semantic_scholar([page])
        >>> record.identifiers, record.authors, record.issued
        (('arxiv:2106.09685', 's2:7'), ('E. Hu',), '2021')
    """
    yield from read_objects(lines, _convert, wrappers=("data", "recommendedPapers"))


def _convert(number: int, paper: JsonFields) -> Record:
    inner = next((key for key in _INNER if isinstance(paper.value(key), dict)), None)
    if inner:
        paper = paper.child(inner)
    title, abstract = paper.required_text("title"), paper.required_text("abstract")
    ids = _external_ids(paper)
    corpus_id = paper.word("corpusId", "corpusid") or ids.word("CorpusId", "corpusid")
    name = paper.word("paperId") or corpus_id
    key = corpus_id or name
    return Record(
        number=number,
        name=name,
        title=strip_title(title),
        abstract=strip_markup(abstract),
        authors=tuple(tidy(author.text("name")) for author in paper.objects("authors") if author.text("name")),
        issued=parse_date(paper.value("publicationDate"))
        or parse_date(paper.value("publicationdate"))
        or parse_date(paper.value("year")),
        dates={key: paper.value(key) for key in ("publicationDate", "publicationdate", "year")},
        venue=tidy(paper.text("venue") or _venue(paper)),
        identifiers=(
            *identify(
                arxiv=ids.word("ArXiv"), doi=ids.word("DOI"), pmid=ids.word("PubMed"), pmcid=ids.word("PubMedCentral"),
                urls=[f"acl:{ids.word('ACL')}"] if ids.word("ACL") else [],
            ),
            *([f"s2:{key}"] if key.isascii() and key.isalnum() else []),
        ),
        extra=_extra(paper),
        warnings=tuple(paper.warnings),
    )  # fmt: skip


def _external_ids(paper: JsonFields) -> JsonFields:
    for holder in (paper, paper.child("openaccessinfo")):
        for key in ("externalIds", "externalids"):
            if isinstance(holder.value(key), dict):
                return holder.child(key)
    return JsonFields({})


def _venue(paper: JsonFields) -> str:
    for key in ("publicationVenue", "journal"):
        if isinstance(paper.value(key), dict) and (name := paper.child(key).text("name")):
            return name
    return ""


def _extra(paper: JsonFields) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    if isinstance(paper.value("tldr"), dict) and (short := paper.child("tldr").text("text")):
        extra["tldr"] = tidy(short)
    fields = {item.text("category") for item in paper.objects("s2FieldsOfStudy")} - {""}
    if fields:
        extra["fields"] = sorted(fields)
    return extra
