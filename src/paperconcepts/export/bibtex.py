"""BibTeX: the papers with their concepts as keywords, for Zotero, JabRef and LaTeX."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from paperconcepts.export.cleaning import clean_line
from paperconcepts.export.presentation import web_page
from paperconcepts.files import open_atomic
from paperconcepts.model import Paper

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["quote_latex", "write_bibtex"]

_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip
_SPECIAL = re.compile(r"[\\{}$&#%_^~]")
_CAPITALS = re.compile(r"[^\s\\{}]*[^\W\d_][^\s\\{}]*[A-Z][^\s\\{}]*")
_ONE_NAME = re.compile(r"\band\b|,.*,", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SMALL_WORDS = frozenset("a an and are as at by for from how in is of on or the to towards via what when with".split())


def write_bibtex(graph: "ResearchGraph", path: str | Path) -> None:
    """Write the papers of ``graph`` to ``path`` as BibTeX, sorted by id, with their concepts as keywords.

    A key is made of the first author, the year and the first word of the title that means something. Keywords stand
    strongest role first. Names with inner capitals are protected by braces. The same graph gives the same bytes.

    Raises:
        OutputError: the file cannot be written.

    Examples:
        >>> import pathlib, tempfile
        >>> from paperconcepts.graph import build_graph
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "graph.bib"
        >>> write_bibtex(build_graph([]), target)
        >>> target.read_text()
        ''
    """
    labels = {node.concept.id: clean_line(node.concept.label) for node in graph.concepts()}
    keywords: dict[str, list[str]] = defaultdict(list)
    for assertion in graph.assertions():
        label = labels[assertion.concept_id].replace(",", " ").replace(";", " ")
        label = " ".join(label.split())
        if label and label not in keywords[assertion.paper_id]:
            keywords[assertion.paper_id].append(label)
    papers = graph.papers()
    with open_atomic(path) as stream:
        for paper, key in zip(papers, _keys(papers), strict=True):
            stream.write(_entry(paper, key, keywords[paper.id]))


def quote_latex(text: str) -> str:
    r"""Return ``text`` so that LaTeX sets it as it stands.

    Examples:
        >>> quote_latex("50% of {x_1} & more")
        '50\\% of \\{x\\_1\\} \\& more'
    """
    return _SPECIAL.sub(lambda found: _LATEX[found[0]], text)


def _entry(paper: Paper, key: str, keywords: list[str]) -> str:
    kind = "article" if paper.venue else "misc"
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(paper, keywords) if value != "{}")
    return f"@{kind}{{{key},\n{fields}}}\n\n"


def _fields(paper: Paper, keywords: list[str]) -> Iterator[tuple[str, str]]:
    yield "title", f"{{{_protected(clean_line(paper.title))}}}"
    yield "author", f"{{{' and '.join(map(_author, filter(None, map(clean_line, paper.authors))))}}}"
    if paper.issued:
        yield "year", f"{{{paper.issued[:4]}}}"
        if len(paper.issued) >= 7:
            yield "month", _MONTHS[int(paper.issued[5:7]) - 1]
    yield "journal", f"{{{quote_latex(clean_line(paper.venue or ''))}}}"
    found = _identifiers(paper)
    yield "doi", f"{{{found.get('doi', '')}}}"
    if "arxiv" in found:
        yield "eprint", f"{{{found['arxiv']}}}"
        yield "archiveprefix", "{arXiv}"
    # As it stands: a web page holds no braces or backslashes, and programs do not expect LaTeX in it.
    yield "url", f"{{{web_page(paper)}}}"
    yield "keywords", f"{{{quote_latex(', '.join(keywords))}}}"
    yield "note", f"{{paperconcepts id {quote_latex(clean_line(paper.id))}}}"


def _author(name: str) -> str:
    # "and" stands between authors: a name that has it, or many commas, is set in braces as one name.
    quoted = quote_latex(name)
    return f"{{{quoted}}}" if _ONE_NAME.search(name) else quoted


def _identifiers(paper: Paper) -> dict[str, str]:
    found: dict[str, str] = {}
    for identifier in (paper.id, *paper.identifiers):
        prefix, _, local = clean_line(identifier).partition(":")
        if local and not re.search(r"[{}\\\s]", local):
            found.setdefault(prefix, local)
    return found


def _protected(title: str) -> str:
    """The title in LaTeX; styles that write titles small must leave names as they are."""
    words = (quote_latex(word) for word in title.split())
    return " ".join(f"{{{word}}}" if _CAPITALS.fullmatch(word) else word for word in words)


def _keys(papers: list[Paper]) -> list[str]:
    bases = [_key(paper) for paper in papers]
    counts = Counter(bases)
    numbers: Counter[str] = Counter()
    taken = {base for base in bases if counts[base] == 1}
    keys = []
    for base in bases:
        key = base
        while counts[base] > 1 and (key == base or key in taken):
            numbers[base] += 1
            key = f"{base}-{numbers[base]}"
        taken.add(key)
        keys.append(key)
    return keys


def _key(paper: Paper) -> str:
    author = _ascii(paper.authors[0].split(",")[0].split()[-1]) if paper.authors and paper.authors[0].split() else ""
    words = (_ascii(word) for word in paper.title.split())
    word = next((word for word in words if len(word) > 1 and word not in _SMALL_WORDS), "")
    return f"{author or 'anon'}{paper.issued[:4] if paper.issued else ''}{word}"


def _ascii(text: str) -> str:
    return re.sub("[^a-z0-9]", "", unicodedata.normalize("NFKD", text.lower()))[:30]
