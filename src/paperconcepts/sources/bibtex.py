"""Read BibTeX and BibLaTeX, as reference managers, publishers and the ACL Anthology write them.

Specification: "BibTeXing" (Patashnik, 1988), the BibLaTeX manual (``date``, ``eprint``), and arXiv's "hypertex" fields
(``eprint``, ``archivePrefix``). See `bibtex_entries` for the syntax.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from paperconcepts.sources.bibtex_entries import Entry, iterate_entries
from paperconcepts.sources.dates import date_from_parts, find_month, parse_date
from paperconcepts.sources.identifiers import identify
from paperconcepts.sources.latex import replace_latex
from paperconcepts.sources.markup import strip_markup
from paperconcepts.sources.records import Flaw, Record
from paperconcepts.sources.rewriting import Draft
from paperconcepts.sources.tidying import flip_name, tidy, tidy_paragraphs

__all__ = ["is_bibtex", "plain_text", "read_bibtex", "split_names"]

_ENTRY = re.compile(
    r"^[ \t]{0,20}@[ \t]{0,5}[A-Za-z]{3,30}[ \t]{0,5}[{(][ \t]{0,5}[^\s,{}=]{0,200}[ \t]{0,5}[,=}]", re.MULTILINE
)
_ESCAPED = re.compile(r"\\([{}])")
_HELD = {"{": "\ue0f0", "}": "\ue0f1"}
_SIGNS = re.compile(r"(?<!\\)~|(?<!-)-{2,3}(?!-)|``|''")
_SIGN_TEXT = {"~": " ", "--": "–", "---": "—", "``": "“", "''": "”"}
_DEPTH = re.compile(r"[{}]|\s+and\s+", re.IGNORECASE)
_ARXIV_VENUE = re.compile(r"arxiv", re.IGNORECASE)
_VENUES = ("journal", "journaltitle", "booktitle", "howpublished", "school", "institution")


def is_bibtex(sample: str) -> bool:
    r"""Whether an entry begins on a line before any other text than comments.

    Examples:
        >>> is_bibtex("% mine\n@article{a,\n title={A}}"), is_bibtex("Mail me: me@x.org {a, b}")
        (True, False)
    """
    match = _ENTRY.search(sample)
    return match is not None and ("=" in sample[match.end() - 1 : match.end() + 2_000])


def read_bibtex(lines: Iterable[str]) -> Iterator[Record | Flaw]:
    r"""Yield one record for each entry.

    Examples:
        >>> text = r'@article{hu, title={{LoRA}: {\'E}tude}, author={Hu, Ed and {The Team}}, year=2021, month=jun,'
        >>> [record] = read_bibtex([text + ' eprint={2106.09685}, archivePrefix={arXiv}, abstract = "80.5{\\%}"}'])
        >>> record.title, record.authors, record.issued, record.abstract, record.identifiers
        ('LoRA: Étude', ('Ed Hu', 'The Team'), '2021-06', '80.5%', ('arxiv:2106.09685',))
    """
    for number, entry in enumerate(iterate_entries(lines), start=1):
        yield Flaw(number, entry.reason) if isinstance(entry, Flaw) else _convert(number, entry)


def plain_text(value: str) -> str:
    r"""A value without LaTeX and braces, line ends as they are.

    Examples:
        >>> plain_text(r"{BERT}: {\"U}ber $\{a, b\}$ -- ``it''")
        'BERT: Über {a, b} – “it”'
    """
    value = value[:200_000]
    if "\\" in value or "$" in value:
        draft = Draft(_ESCAPED.sub(lambda match: _HELD[match[1]], value))
        replace_latex(draft)
        value = draft.text
    value = value.replace("{", "").replace("}", "").replace(_HELD["{"], "{").replace(_HELD["}"], "}")
    return _SIGNS.sub(lambda match: _SIGN_TEXT[match[0]], value)


def split_names(value: str) -> tuple[str, ...]:
    """The names in an author field, each as it is spoken.

    Examples:
        >>> split_names("van Gogh, Vincent and {Barnes and Noble} and Sammy Davis and others")
        ('Vincent van Gogh', 'Barnes and Noble', 'Sammy Davis')
    """
    parts, depth, start = [], 0, 0
    value = value[:200_000]
    for match in _DEPTH.finditer(value):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth = max(depth - 1, 0)
        elif depth == 0:
            parts.append(value[start : match.start()])
            start = match.end()
    parts.append(value[start:])
    names = []
    for part in parts:
        part = part.strip()
        whole = part.startswith("{") and part.endswith("}") and part.count("{") == 1
        text = tidy(plain_text(part))
        names.append(text if whole else flip_name(text))
    return tuple(name for name in names if name and name.lower() not in ("others", "et al."))


def _convert(number: int, entry: Entry) -> Record:
    get = entry.fields.get
    venue = next((text for key in _VENUES if (text := tidy(plain_text(get(key) or "")))), "")
    extra: dict[str, Any] = {"type": entry.kind}
    if words := [tidy(word) for word in re.split(r"[;,]", plain_text(get("keywords") or "")) if word.strip()]:
        extra["keywords"] = words
    abstract = plain_text(get("abstract") or "")
    urls = [url for key in ("url", "link") if (url := _clean_url(get(key) or ""))]
    return Record(
        number=number,
        name=entry.key,
        title=tidy(_strip_tags(plain_text(_title(entry)))),
        abstract=strip_markup(abstract) if _tagged(abstract) else tidy_paragraphs(abstract),
        authors=split_names(get("author") or get("editor") or ""),
        issued=_date(entry),
        venue=venue,
        links=tuple(urls),
        identifiers=_identifiers(entry, urls, venue),
        extra=extra,
        warnings=entry.warnings,
        dates={key: tidy(plain_text(value)) for key in ("date", "year") if (value := get(key))},
    )


def _title(entry: Entry) -> str:
    title, subtitle = entry.fields.get("title") or "", entry.fields.get("subtitle") or ""
    return f"{title}: {subtitle}" if title and subtitle else title or subtitle


def _tagged(text: str) -> bool:
    return "</" in text or "&lt;" in text or "&amp;" in text


def _strip_tags(text: str) -> str:
    return strip_markup(text) if _tagged(text) else text


def _clean_url(value: str) -> str:
    found = re.search(r"https?://[^\s{}]{1,500}", value)
    return found[0].replace("\\_", "_").replace("\\%", "%").replace("\\&", "&").replace("\\#", "#") if found else ""


def _date(entry: Entry) -> str | None:
    get = entry.fields.get
    if date := parse_date(plain_text(get("date") or "").split("/")[0].strip()):
        return date
    year = re.search(r"\d{4}", get("year") or "")
    month = find_month(plain_text(get("month") or ""))
    return date_from_parts(year[0] if year else None, month, plain_text(get("day") or ""))


def _identifiers(entry: Entry, urls: list[str], venue: str) -> tuple[str, ...]:
    get = entry.fields.get
    eprint = plain_text(get("eprint") or "").strip()
    kind = (get("archiveprefix") or get("eprinttype") or "arxiv").strip("{} ").lower()
    notes = [venue if _ARXIV_VENUE.search(venue) else "", plain_text(get("note") or "")]
    return identify(
        arxiv=eprint if kind == "arxiv" else "",
        doi=plain_text(get("doi") or "").replace(" ", ""),
        pmid=eprint if kind in ("pubmed", "pmid") else plain_text(get("pmid") or ""),
        pmcid=plain_text(get("pmcid") or ""),
        urls=urls,
        text="\n".join(notes),
    )
