"""The formats that can be read: one dictionary, name to reader. A new source is one module and one line here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

from paperconcepts.errors import UnknownFormatError
from paperconcepts.sources.abstract_lines import is_abstract_lines, read_abstract_lines
from paperconcepts.sources.acl_json import is_acl_json, read_acl_json
from paperconcepts.sources.arxiv_listing import is_arxiv_listing, read_arxiv_listing
from paperconcepts.sources.arxiv_snapshot import is_arxiv_snapshot, read_arxiv_snapshot
from paperconcepts.sources.atom import is_atom, read_atom
from paperconcepts.sources.better_bibtex import is_better_bibtex, read_better_bibtex
from paperconcepts.sources.bibtex import is_bibtex, read_bibtex
from paperconcepts.sources.crossref import is_crossref, read_crossref
from paperconcepts.sources.csl_json import is_csl_json, read_csl_json
from paperconcepts.sources.datacite import is_datacite, read_datacite
from paperconcepts.sources.hf_api import is_hf_api, read_hf_api
from paperconcepts.sources.hf_daily import is_hf_daily, read_hf_daily
from paperconcepts.sources.jats import is_jats, read_jats
from paperconcepts.sources.jsonl import is_jsonl, read_jsonl
from paperconcepts.sources.markdown import is_markdown, read_markdown
from paperconcepts.sources.mods import is_mods, read_mods
from paperconcepts.sources.oai_pmh import is_oai_pmh, read_oai_pmh
from paperconcepts.sources.openalex import is_openalex, read_openalex
from paperconcepts.sources.parquet import read_parquet
from paperconcepts.sources.pubmed import is_pubmed, read_pubmed
from paperconcepts.sources.records import Flaw, Record
from paperconcepts.sources.ris import is_ris, read_ris
from paperconcepts.sources.saved_page import is_saved_page, read_saved_page
from paperconcepts.sources.semantic_scholar import is_semantic_scholar, read_semantic_scholar
from paperconcepts.sources.table import is_table, read_table
from paperconcepts.sources.zotero_rdf import is_zotero_rdf, read_zotero_rdf

__all__ = ["FORCE_HINT", "FORMATS", "SUFFIXES", "Format", "detect_format"]

FORCE_HINT = "; force one with format=... (--input-format on the command line)"
"""What to do about a file that was named and is of no kind that can be told."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: how to recognise and how to read it.

    ``matches`` gets the beginning of the text; ``read`` gets its lines and yields records and flaws, numbered from 1.
    A format whose ``kind`` is "table" also takes ``columns=``; one that begins with ``magic`` is bytes, which ``read``
    gets as a stream. ``suffixes`` are those of files that are looked at in folders; they tell nothing about a file.
    """

    description: str
    matches: Callable[[str], bool]
    read: Callable[..., Iterator[Record | Flaw]]
    kind: Literal["text", "json", "xml", "table"] = "text"
    suffixes: tuple[str, ...] = ("", ".txt", ".md")
    magic: bytes = b""


_JSON = partial(Format, kind="json", suffixes=(".json", ".jsonl", ".ndjson"))
_XML = partial(Format, kind="xml", suffixes=(".xml",))


def _never(sample: str) -> bool:
    return False


# The order is that of the tests in detect_format: the surest signs come first.
FORMATS: dict[str, Format] = {
    "parquet": Format("Parquet: a table with named columns", _never, read_parquet, "table", (".parquet",), b"PAR1"),
    "arxiv-snapshot": _JSON("arXiv metadata snapshot (JSON Lines)", is_arxiv_snapshot, read_arxiv_snapshot),
    "openalex": _JSON("OpenAlex works (JSON)", is_openalex, read_openalex),
    "semantic-scholar": _JSON("Semantic Scholar papers (JSON)", is_semantic_scholar, read_semantic_scholar),
    "hf-api": _JSON("Daily Papers from the API of Hugging Face (JSON)", is_hf_api, read_hf_api),
    "crossref": _JSON("Crossref works (JSON)", is_crossref, read_crossref),
    "datacite": _JSON("DataCite DOIs (JSON)", is_datacite, read_datacite),
    "acl-json": _JSON("ACL Anthology papers (JSON)", is_acl_json, read_acl_json),
    "better-bibtex": _JSON("Better BibTeX for Zotero (JSON)", is_better_bibtex, read_better_bibtex),
    "csl-json": _JSON("CSL-JSON: references for citation styles", is_csl_json, read_csl_json),
    "jsonl": _JSON("JSON Lines: one object with title and abstract a line", is_jsonl, read_jsonl),
    "arxiv-atom": Format("Atom feed of the arXiv API", is_atom, read_atom, "xml", (".xml", ".atom")),
    "oai-pmh": _XML("answer of an OAI-PMH server (arXiv, arXivRaw, Dublin Core)", is_oai_pmh, read_oai_pmh),
    "pubmed": _XML("PubMed/MEDLINE articles (XML)", is_pubmed, read_pubmed),
    "mods": Format("MODS records (XML), as the ACL Anthology gives them", is_mods, read_mods, "xml", (".xml", ".mods")),
    "jats": Format("JATS articles (XML)", is_jats, read_jats, "xml", (".xml", ".nxml", ".jats")),
    "zotero-rdf": Format("Zotero RDF", is_zotero_rdf, read_zotero_rdf, "xml", (".rdf", ".xml")),
    "saved-page": Format("saved page of arXiv or Hugging Face (HTML)", is_saved_page, read_saved_page, "xml",
                         (".html", ".htm", ".xhtml")),
    "bibtex": Format("BibTeX and BibLaTeX", is_bibtex, read_bibtex, "text", (".bib", ".bibtex", ".txt")),
    "ris": Format("RIS", is_ris, read_ris, "text", (".ris", ".txt")),
    "hf-daily": Format("a saved Daily Papers page of Hugging Face", is_hf_daily, read_hf_daily),
    "arxiv-listing": Format("abstracts, each with an arXiv: line under it", is_arxiv_listing, read_arxiv_listing),
    "abstract-lines": Format("lines that begin with Abstract:", is_abstract_lines, read_abstract_lines),
    "table": Format("CSV or TSV with a header", is_table, read_table, "table", (".csv", ".tsv", ".txt")),
    "markdown": Format("text with headings, a paper under each", is_markdown, read_markdown),
}  # fmt: skip

SUFFIXES = frozenset(suffix for known in FORMATS.values() for suffix in known.suffixes)
"""The suffixes of the files that are looked at in folders."""


def detect_format(sample: str, *, name: str = "") -> str:
    r"""Return the name of the format of a text that begins with ``sample``.

    Only the content counts; ``name`` is the file's, for the message.

    Raises:
        UnknownFormatError: it is none of `FORMATS`; the message names them.

    Examples:
        >>> detect_format('{"title": "A", "abstract": "B"}\n')
        'jsonl'
        >>> detect_format("Dear diary", name="a.txt")
        Traceback (most recent call last):
        ...
        paperconcepts.errors.UnknownFormatError: a.txt: the kind of this file cannot be told from its content (begins
        'Dear diary'); force one with format=... (--input-format on the command line); known formats: parquet,
        arxiv-snapshot, ...
    """
    if sample.count("\x00") * 100 > len(sample):
        # Text that holds so many NULs is binary, or UTF-16 without its mark.
        raise _unknown("this file is not text (it holds NUL bytes); save it as UTF-8", name)
    for format_name, known in FORMATS.items():
        if known.matches(sample):
            return format_name
    beginning = " ".join(sample[:200].split())[:40]
    described = f"begins {beginning!r}" if beginning else "it is empty"
    reason = f"the kind of this file cannot be told from its content ({described})"
    raise _unknown(f"{reason}{FORCE_HINT}", name)


def _unknown(message: str, name: str) -> UnknownFormatError:
    return UnknownFormatError(message, known=tuple(FORMATS), file=name or None)
