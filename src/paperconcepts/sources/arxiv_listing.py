"""Read listings of arXiv papers: an abstract, perhaps a comment, an ``arXiv:`` line and a ``Created:`` line."""

import re
from collections.abc import Iterable, Iterator

from paperconcepts.sources.dates import parse_date
from paperconcepts.sources.identifiers import infer_identifiers
from paperconcepts.sources.paragraphs import iterate_paragraphs, looks_like_title
from paperconcepts.sources.records import Flaw, Record

__all__ = ["is_arxiv_listing", "read_arxiv_listing"]

_ID_LINE = re.compile(r"arXiv: ?(\S{5,40})(?: \[[\w.-]{1,20}\])?", re.IGNORECASE)
_DATE_LINE = re.compile(r"Created: ?(.{4,60})", re.IGNORECASE)
_LABEL = re.compile(r"(Title|Abstract|Comments?): ?", re.IGNORECASE)
_LONGEST_COMMENT = 300


def is_arxiv_listing(sample: str) -> bool:
    r"""Whether a line of ``sample`` is an arXiv identifier and nothing else.

    Examples:
        >>> is_arxiv_listing("We show.\n\narXiv:2410.00001\nCreated: 2024-10-15")
        True
    """
    return any(_identifier(line.strip()) for line in sample.split("\n") if line.lstrip()[:6].lower() == "arxiv:")


def read_arxiv_listing(lines: Iterable[str]) -> Iterator[Record | Flaw]:
    r"""Yield one record for each abstract with the identifier and date that follow it.

    A record ends with its ``arXiv:`` and ``Created:`` lines, in either order. Of several paragraphs before them a short
    last one is the comment (it may name another paper: it never gives an identifier). Lines of one paragraph are
    joined by a space.

    Examples:
        >>> text = "We show\nit.\n\nAccepted at X, see arXiv:2301.00001\n\narXiv:2410.00001v2\nCreated: 2024-10-15"
        >>> [record] = read_arxiv_listing(text.split("\n"))
        >>> record.abstract, record.comment, record.identifiers, record.issued
        ('We show it.', 'Accepted at X, see arXiv:2301.00001', ('arxiv:2410.00001',), '2024-10-15')
    """
    number = 0
    texts: list[str] = []
    tail: dict[str, str] = {}
    for kind, content in _iterate_parts(lines):
        if (kind == "text" and tail) or kind in tail:
            number += 1
            yield _build_record(number, texts, tail)
            texts, tail = [], {}
        if kind == "text":
            texts.append(content)
        else:
            tail[kind] = content
    if texts or tail:
        yield _build_record(number + 1, texts, tail)


def _iterate_parts(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for paragraph in iterate_paragraphs(lines):
        running: list[str] = []
        for line in paragraph:
            date = _DATE_LINE.fullmatch(line)
            kind, content = ("id", _identifier(line)) if _identifier(line) else ("date", date[1] if date else "")
            if not content:
                running.append(line)
                continue
            if running:
                yield "text", " ".join(running)
                running = []
            yield kind, content
        if running:
            yield "text", " ".join(running)


def _identifier(line: str) -> str:
    match = _ID_LINE.fullmatch(line)
    found = infer_identifiers(f"arxiv:{match[1]}") if match else ()
    return found[0] if found else ""


def _build_record(number: int, texts: list[str], tail: dict[str, str]) -> Record | Flaw:
    fields = {"title": "", "abstract": "", "comment": ""}
    rest: list[str] = []
    for text in texts:
        label = _LABEL.match(text)
        name = label[1].lower().removesuffix("s") if label else ""
        if label and not fields[name]:
            fields[name] = text[label.end() :]
        else:
            rest.append(text)
    if not fields["comment"] and len(rest) + bool(fields["abstract"]) > 1 and len(rest[-1]) <= _LONGEST_COMMENT:
        fields["comment"] = rest.pop()
    if not fields["title"] and len(rest) > 1 and looks_like_title(rest[0]) and len(rest[1]) > _LONGEST_COMMENT:
        fields["title"] = rest.pop(0)
    abstract = "\n".join(filter(None, [fields["abstract"], *rest]))
    if not abstract and not fields["title"]:
        return Flaw(number, "neither title nor abstract before the arXiv line")
    return Record(
        number=number,
        title=fields["title"],
        abstract=abstract,
        comment=fields["comment"],
        issued=parse_date(tail.get("date")),
        identifiers=(tail["id"],) if "id" in tail else (),
        dates={"date": tail.get("date")},
    )
