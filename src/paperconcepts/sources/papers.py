"""Turn a record into a paper: clean its texts, find its identity and its links."""

from typing import Any

from paperconcepts.model import Paper
from paperconcepts.sources.cleaning import clean_text, is_clean, repair_text
from paperconcepts.sources.dates import is_bad_date
from paperconcepts.sources.identifiers import choose_id, digest_id, find_links, is_code_link
from paperconcepts.sources.records import Flaw, Record
from paperconcepts.sources.report import ReadReport

__all__ = ["build_paper"]

_LONGEST_TEXT = 100_000
_LONGEST_DATE = 1_000


def build_paper(record: Record, *, file: str, format: str, report: ReadReport) -> Paper | Flaw:  # noqa: A002
    """Return ``record`` as a paper, or the reason why it is none.

    Title and abstract are cleaned and otherwise unchanged; texts beyond 100,000 characters are cut there and counted.
    Links in the texts are the paper's code or other links, never its identifiers.

    Examples:
        >>> record = Record(number=1, title="LoRA", abstract="See https://github.com/microsoft/LoRA.")
        >>> paper = build_paper(record, file="a.txt", format="jsonl", report=ReadReport())
        >>> paper.id[:4], paper.code_urls, paper.record
        ('sha:', ('https://github.com/microsoft/LoRA',), 'a.txt#1')
    """
    title, abstract = _clean(record.title, report), _clean(record.abstract, report)
    if not title.strip() and not abstract.strip():
        return Flaw(record.number, "neither title nor abstract")
    if record.warnings:
        report.warnings.update(record.warnings)
    extra = _keep_bad_dates(record, report) if record.dates else record.extra
    comment = _clean(record.comment, report)
    links = dict.fromkeys(_clean_all(record.links, report))
    if found := find_links(f"{abstract}\n{comment}"):
        links |= dict.fromkeys(found)
    identifiers = sorted(set(map(repair_text, record.identifiers)))
    name = record.name or f"{file}#{record.number}"
    # One validation of the paper with its source takes half the time of two constructors.
    return Paper.model_validate(
        {
            "id": choose_id(identifiers) or digest_id(title, abstract),
            "title": title,
            "abstract": abstract,
            "authors": _clean_all(record.authors, report),
            "author_count": record.author_count,
            "organisation": _clean_line(record.organisation, report),
            "issued": record.issued,
            "venue": _clean_line(record.venue, report),
            "comment": comment.strip() or None,
            "comment_count": record.comment_count,
            "urls": tuple(link for link in links if not is_code_link(link)) if links else (),
            "code_urls": tuple(link for link in links if is_code_link(link)) if links else (),
            "identifiers": tuple(identifiers),
            "sources": ({"file": file, "format": format, "number": record.number, "record": name},),
            "extra": extra,
            "raw": _raw(record, title, abstract) if format == "jsonl" else None,
        }
    )


def _keep_bad_dates(record: Record, report: ReadReport) -> dict[str, Any]:
    """What else the record says, with the dates that are none; they are counted."""
    bad = {key: value for key, value in record.dates.items() if is_bad_date(value, record.issued)}
    if not bad:
        return record.extra
    report.warnings["bad date"] += len(bad)
    kept = {key: repair_text(str(value)[:_LONGEST_DATE]) for key, value in bad.items() if isinstance(value, str | int)}
    return {**kept, **record.extra}


def _clean_all(texts: tuple[str, ...], report: ReadReport) -> tuple[str, ...]:
    return tuple([text for text in [_clean(text, report).strip() for text in texts] if text]) if texts else ()


def _clean_line(text: str, report: ReadReport) -> str | None:
    return (_clean(text, report).strip() or None) if text else None


def _raw(record: Record, title: str, abstract: str) -> tuple[str, str] | None:
    raw = (record.title[:_LONGEST_TEXT], record.abstract[:_LONGEST_TEXT])
    return raw if raw != (title, abstract) else None


def _clean(text: str, report: ReadReport) -> str:
    if not text:
        return text
    if len(text) > _LONGEST_TEXT:
        report.warnings["text beyond 100,000 characters"] += 1
        text = text[:_LONGEST_TEXT]
    if "\\" not in text and "$" not in text and text.isascii() and text.isprintable():
        return text  # What most texts are; the test of `is_clean`, shorter.
    if is_clean(text):
        return text
    cleaned, counts = clean_text(text)
    if counts:
        for kind, count in counts.items():  # Counter.update takes three times as long.
            report.cleaning[kind] += count
    return cleaned[:_LONGEST_TEXT]
