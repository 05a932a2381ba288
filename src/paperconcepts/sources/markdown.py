"""Read notes: Markdown or plain text with a heading and labelled lines for each paper.

Specification: headings of CommonMark (``#`` or underlined), and lines such as ``Authors: ...``, ``Abstract: ...``; in
plain text a line ``Title: ...`` begins a paper.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from paperconcepts.sources.arxiv_listing import is_arxiv_listing
from paperconcepts.sources.dates import parse_date
from paperconcepts.sources.identifiers import find_links, identify
from paperconcepts.sources.records import Flaw, Record
from paperconcepts.sources.tidying import flip_name, split_authors, tidy

__all__ = ["is_markdown", "read_markdown"]

_HEADING = re.compile(r"(#{1,6})\s{1,8}(\S.{0,500}?)[\s#]{0,50}")
_LABEL = re.compile(
    r"(?:[-*+]\s{1,3})?[*_]{0,3}(Title|Abstract|Summary|Authors?|Date|Year|Published|arXiv(?: ID)?|DOI|PMID|URL|Link|"
    r"Code|Venue|Journal|Conference|Comments?|Keywords|Tags)[*_]{0,3}\s?:[*_]{0,3}\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_UNDERLINE = re.compile(r"={3,200}|-{3,200}")
_LINK = re.compile(r"\[([^\[\]]{1,500})\]\(([^()\s]{1,500})\)")
_EMPHASIS = re.compile(r"(\*\*|__|\*|`)(?=\S)([^*`_]{1,200}?)(?<=\S)\1")
_PART_NAMES = frozenset(
    "abstract summary authors author links code keywords metadata details notes references tldr".split()
)
_NAMES = {"author": "authors", "summary": "abstract", "year": "date", "published": "date", "arxiv id": "arxiv",
          "link": "url", "code": "url", "journal": "venue", "conference": "venue", "comments": "comment",
          "tags": "keywords"}  # fmt: skip


@dataclass(slots=True)
class _Section:
    """A heading (level 0: the text before the first) and the labelled texts under it; "" is the label of plain text."""

    level: int
    heading: str
    texts: dict[str, list[str]] = field(default_factory=dict)


def is_markdown(sample: str) -> bool:
    r"""Whether there are headings with a labelled abstract under them, or papers that begin ``Title:``.

    Examples:
        >>> is_markdown("# On Trees\n\nAuthors: A. B.\n\n**Abstract:** We show."), is_markdown("# Readme\n\nRun it.")
        (True, False)
        >>> is_markdown("Title: On Trees\nAbstract: We show.\n")
        True
    """
    lines = [line.strip() for line in sample.split("\n") if line.strip()]
    if not lines:
        return False
    labels = {match[1].lower() for line in lines if (match := _LABEL.match(line[:200]))}
    if lines[0].lower().startswith("title:"):
        return "abstract" in labels and not is_arxiv_listing(sample)
    headings = {match[2].lower().rstrip(":") for line in lines if (match := _HEADING.fullmatch(line[:600]))}
    begins = _HEADING.fullmatch(lines[0][:600]) or (
        len(lines) > 1 and _UNDERLINE.fullmatch(lines[1]) and len(lines[0]) < 300
    )
    return bool(begins) and ("abstract" in labels or "abstract" in headings)


def read_markdown(lines: Iterable[str]) -> Iterator[Record | Flaw]:
    r"""Yield one record for each heading of the level at which abstracts stand (of any level, if none has one).

    Labelled lines give the fields; what has no label is the abstract, unless one is labelled. Headings above that level
    group papers, and are not records.

    Examples:
        >>> text = "# Reading list\n\n## On [Trees](https://arxiv.org/abs/2301.00001)\n\n- **Authors:** Ada L., B. C.\n"
        >>> text += "- Date: 2023-01-02\n\n### Abstract\n\nWe *show*\nit.\n\nWe too.\n\n## On Leaves\n\nNothing yet."
        >>> first, second = read_markdown(text.split("\n"))
        >>> first.title, first.authors, first.issued, first.identifiers, first.abstract
        ('On Trees', ('Ada L.', 'B. C.'), '2023-01-02', ('arxiv:2301.00001',), 'We show it.\nWe too.')
        >>> second.title, second.abstract
        ('On Leaves', 'Nothing yet.')
    """
    sections = _join_parts(_split(lines))
    levels = {section.level for section in sections if "abstract" in section.texts and section.heading}
    number = 0
    for section in sections:
        if not section.texts or not (section.heading or "title" in section.texts):
            continue
        if levels and section.level not in levels:
            continue
        number += 1
        yield _convert(number, section)


def _split(lines: Iterable[str]) -> list[_Section]:
    sections = [_Section(0, "")]
    label, paragraph = "", False
    padded = [line.strip() for line in lines] + [""]
    skip = False
    for line, following in pairwise(padded):
        if skip:
            skip = False
            continue
        heading = _HEADING.fullmatch(line[:600]) if line.startswith("#") else None
        if heading or (line and _is_underlined(line, following)):
            level, text = (len(heading[1]), heading[2]) if heading else (1 if following[0] == "=" else 2, line)
            sections.append(_Section(level, text.strip("*_ ")))
            label, paragraph, skip = "", False, heading is None
        elif match := _LABEL.match(line):
            label = _NAMES.get(match[1].lower(), match[1].lower())
            if label == "title" and (sections[-1].heading == "" or "title" in sections[-1].texts):
                sections.append(_Section(7, ""))
            sections[-1].texts.setdefault(label, []).append(match[2].strip())
            paragraph = False
        elif not line or _UNDERLINE.fullmatch(line):
            paragraph = True
            label = label if label == "abstract" else ""
        else:
            _add(sections[-1].texts.setdefault(label, []), line, new=paragraph)
            paragraph = False
    return sections


def _is_underlined(line: str, following: str) -> bool:
    return _UNDERLINE.fullmatch(following) is not None and len(line) <= 300 and _LABEL.match(line) is None


def _add(texts: list[str], line: str, *, new: bool) -> None:
    if new or not texts:
        texts.append(line)
    else:
        texts[-1] = f"{texts[-1]} {line}".strip()


def _join_parts(sections: list[_Section]) -> list[_Section]:
    """Headings such as "Abstract" are parts of the paper above them."""
    joined: list[_Section] = []
    for section in sections:
        name = section.heading.lower().rstrip(":")
        if joined and name in _PART_NAMES and section.level > joined[-1].level:
            target = joined[-1].texts
            own = _NAMES.get(name, name)
            for label, texts in section.texts.items():
                target.setdefault(label or own, []).extend(texts)
        else:
            joined.append(section)
    return joined


def _convert(number: int, section: _Section) -> Record:
    def first(label: str) -> str:
        return next(iter(section.texts.get(label, ())), "")

    heading = first("title") or section.heading
    links = [match[2] for match in _LINK.finditer(heading)]
    links += find_links(" ".join(text for label in ("url", "arxiv", "doi") for text in section.texts.get(label, ())))
    abstract = section.texts.get("abstract") or section.texts.get("", [])
    authors = _plain(" ".join(section.texts.get("authors", ())))
    return Record(
        number=number,
        title=tidy(_plain(heading)),
        abstract="\n".join(filter(None, (tidy(_plain(text)) for text in abstract))),
        authors=tuple(flip_name(name) for name in authors.split(";") if name.strip())
        if ";" in authors
        else split_authors(authors),
        issued=parse_date(_plain(first("date"))),
        dates={"date": _plain(first("date"))},
        venue=tidy(_plain(first("venue"))),
        comment=tidy(_plain(first("comment"))),
        links=tuple(links),
        identifiers=identify(
            arxiv=_plain(first("arxiv")), doi=_plain(first("doi")), pmid=_plain(first("pmid")), urls=links
        ),
        extra={"keywords": [tidy(word) for word in first("keywords").split(",")]} if first("keywords") else {},
    )


def _plain(text: str) -> str:
    return _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", text))).strip()
