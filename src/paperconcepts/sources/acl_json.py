"""Read papers of the ACL Anthology as JSON: the data from which its site is built, and tables made of its BibTeX.

Specification: the output of the Anthology's create_hugo_data (one object a volume, with a paper under each id, or a
list of papers); rows of the ACL OCL corpus ("acl_id") have the same fields.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from paperconcepts.sources.dates import date_from_parts, find_month
from paperconcepts.sources.identifiers import identify
from paperconcepts.sources.json_fields import JsonFields
from paperconcepts.sources.json_values import convert_value, iterate_values, sample_keys
from paperconcepts.sources.markup import strip_markup, strip_title
from paperconcepts.sources.records import Flaw, Record
from paperconcepts.sources.tidying import flip_name, join_name, tidy

__all__ = ["is_acl_json", "read_acl_json"]

_SIGNS = frozenset(("title_html", "abstract_html", "parent_volume_id", "acl_id", "anthology_id", "bibkey"))


def is_acl_json(sample: str) -> bool:
    """Whether the objects are papers of the ACL Anthology.

    Examples:
        >>> is_acl_json('{"2020.acl-main.1": {"bibkey": "a", "title": "A", "parent_volume_id": "2020.acl-main"}}')
        True
    """
    keys = sample_keys(sample)
    return "title" in keys and len(keys & _SIGNS) >= (1 if "acl_id" in keys else 2)


def read_acl_json(lines: Iterable[str]) -> Iterator[Record | Flaw]:
    """Yield one record for each paper.

    Examples:
        >>> text = '{"2020.acl-main.1": {"bibkey": "l-2020", "title": "On Trees", "abstract_html": "We <i>show</i>.", '
        >>> text += '"year": "2020", "month": "July", "doi": "10.18653/v1/2020.acl-main.1"}}'
        >>> [record] = read_acl_json([text])
        >>> record.name, record.abstract, record.issued, record.identifiers
        ('2020.acl-main.1', 'We show.', '2020-07', ('doi:10.18653/v1/2020.acl-main.1', 'acl:2020.acl-main.1'))
    """
    number = 0
    for value in iterate_values(lines):
        for row in _rows(value):
            number += 1
            found = convert_value(number, row, _convert)
            if found is not None:
                yield found


def _rows(value: Any) -> Iterator[Any]:
    """A volume is an object of papers by their ids; anything else is one row."""
    if isinstance(value, dict) and value and all(isinstance(item, dict) for item in value.values()):
        for name, paper in value.items():
            yield {"acl_id": name, **paper}
    else:
        yield value


def _convert(number: int, paper: JsonFields) -> Record:
    name = paper.word("acl_id", "anthology_id", "id", "bibkey")
    year, month = paper.word("year"), paper.word("month")
    url = paper.text("url")
    return Record(
        number=number,
        name=name,
        title=strip_title(paper.required_text("title_html", "title")),
        abstract=strip_markup(paper.required_text("abstract_html", "abstract")),
        authors=_authors(paper),
        issued=date_from_parts(year, find_month(month)),
        dates={"year": year},
        venue=strip_title(paper.text("booktitle_html", "booktitle") or _venue(paper)),
        identifiers=identify(doi=paper.text("doi"), urls=filter(None, (f"acl:{name}", url))),
        extra={"type": paper.text("bibtype", "ENTRYTYPE")} if paper.text("bibtype", "ENTRYTYPE") else {},
        warnings=tuple(paper.warnings),
    )


def _venue(paper: JsonFields) -> str:
    return ", ".join(item for item in paper.items("venue") if isinstance(item, str))


def _authors(paper: JsonFields) -> tuple[str, ...]:
    value = paper.value("author")
    if isinstance(value, str):
        return tuple(name for part in tidy(value).split(" and ") if (name := flip_name(part)))
    names = (
        tidy(person.text("full")) or join_name(person.text("first"), person.text("last"))
        for person in paper.objects("author")
    )
    return tuple(name for name in names if name)
