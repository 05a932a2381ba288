# ruff: noqa: E501 - records are easier to compare in one line
"""The same forty papers, written in every format, are read as the same forty papers."""

import html
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from paperconcepts.model import Paper
from paperconcepts.sources import FORMATS, ReadReport, detect_format, merge_papers, read_papers

_TITLES = (
    "On the Growth of Trees",
    "R&D of Small < Large Models",
    "Étude of Łukasiewicz Logics",
    "木の成長について",
    "Is 3% Enough? A Study",
    "What $5 Buys in A_B Tests",
)
_ABSTRACTS = (
    "We show that trees grow. They do so in spring.",
    "We find p < 0.05 & more; costs fall by 12%.\nIn a second part we ask why.",
    "Über Bäume: we train on 10^6 leaves, at https://github.com/ada/leaves.",
    "我们展示了树木的生长。",
)
_PEOPLE = (("Ada", "Lovelace"), ("José", "García Márquez"), ("Bo", "Li"), ("Mary K.", "Somerville"))


@dataclass(frozen=True)
class Work:
    """What a paper says, whatever the format."""

    number: int

    @property
    def title(self) -> str:
        return f"{_TITLES[self.number % len(_TITLES)]} {self.number}"

    @property
    def abstract(self) -> str:
        return f"{_ABSTRACTS[self.number % len(_ABSTRACTS)]} Case {self.number}."

    @property
    def people(self) -> Sequence[tuple[str, str]]:
        return _PEOPLE[self.number % 4 :] + _PEOPLE[: self.number % 3]

    @property
    def authors(self) -> tuple[str, ...]:
        return tuple(f"{given} {family}" for given, family in self.people)

    @property
    def date(self) -> tuple[int, int, int]:
        return 2008 + self.number % 12, 1 + self.number % 12, 1 + self.number % 28

    @property
    def day(self) -> str:
        year, month, day = self.date
        return f"{year}-{month:02d}-{day:02d}"

    @property
    def arxiv(self) -> str:
        return f"{self.date[0] % 100:02d}{self.date[1]:02d}.{self.number:04d}"

    @property
    def doi(self) -> str:
        return f"10.48550/arXiv.{self.arxiv}"


WORKS = [Work(number) for number in range(1, 41)]
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
Writer = Callable[[Sequence[Work]], str]


def _tagged(tag: str, text: str, **attributes: str) -> str:
    inner = "".join(f' {name.replace("_", "-")}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{inner}>{escape(text)}</{tag}>"


def _joined(works: Sequence[Work], write: Callable[[Work], str], before: str = "", after: str = "") -> str:
    return before + "\n".join(map(write, works)) + after + "\n"


def write_jsonl(works: Sequence[Work]) -> str:
    return _joined(
        works,
        lambda w: json.dumps(
            {"id": w.arxiv, "title": w.title, "abstract": w.abstract, "authors": w.authors, "date": w.day}
        ),
    )


def write_arxiv_snapshot(works: Sequence[Work]) -> str:
    def one(w: Work) -> str:
        year, month, day = w.date
        abstract = "  " + w.abstract.replace("\n", "\n  ").replace(" that ", " that\n") + "\n"
        return json.dumps(
            {
                "id": w.arxiv, "submitter": None, "authors": ", ".join(w.authors), "title": w.title.replace(" of ", " of\n  "),
                "comments": None, "journal-ref": None, "doi": None, "categories": "cs.LG", "abstract": abstract,
                "versions": [{"version": "v1", "created": f"Mon, {day} {_MONTHS[month - 1]} {year} 10:00:00 GMT"}],
                "update_date": "2024-01-01", "authors_parsed": [[family, given, ""] for given, family in w.people],
            }
        )  # fmt: skip

    return _joined(works, one)


def write_openalex(works: Sequence[Work]) -> str:
    def one(w: Work) -> dict[str, Any]:
        index: dict[str, list[int]] = {}
        for place, word in enumerate(w.abstract.split()):
            index.setdefault(word, []).append(place)
        return {
            "id": f"https://openalex.org/W{w.number}", "doi": f"https://doi.org/{w.doi.lower()}", "title": html.escape(w.title),
            "publication_date": w.day, "publication_year": w.date[0], "abstract_inverted_index": index,
            "authorships": [{"author": {"display_name": name}} for name in w.authors],
        }  # fmt: skip

    return json.dumps({"meta": {"next_cursor": "x"}, "results": [one(w) for w in works]})


def write_semantic_scholar(works: Sequence[Work]) -> str:
    def one(w: Work) -> dict[str, Any]:
        return {
            "paperId": f"{w.number:040x}", "externalIds": {"ArXiv": w.arxiv, "CorpusId": w.number}, "title": w.title,
            "abstract": w.abstract.replace("\n", "\n\n"), "year": w.date[0], "publicationDate": w.day,
            "authors": [{"authorId": "1", "name": name} for name in w.authors],
        }  # fmt: skip

    return json.dumps({"total": len(works), "token": None, "data": [one(w) for w in works]}, indent=1)


def write_hf_api(works: Sequence[Work]) -> str:
    def one(w: Work) -> dict[str, Any]:
        paper = {
            "id": w.arxiv, "title": w.title, "summary": w.abstract.replace("\n", "\n\n"), "authors": [{"name": name} for name in w.authors],
            "publishedAt": f"{w.day}T00:00:00.000Z", "upvotes": 3,
        }  # fmt: skip
        return {"paper": paper, "title": w.title, "publishedAt": "2024-05-05T00:00:00.000Z", "numComments": 2}

    return json.dumps([one(w) for w in works])


def write_crossref(works: Sequence[Work]) -> str:
    def one(w: Work) -> dict[str, Any]:
        paragraphs = "".join(f"<jats:p>{escape(part)}</jats:p>" for part in w.abstract.split("\n"))
        return {
            "DOI": w.doi, "title": [escape(w.title)], "abstract": f"<jats:title>Abstract</jats:title>{paragraphs}",
            "author": [{"given": given, "family": family, "sequence": "first"} for given, family in w.people],
            "issued": {"date-parts": [list(w.date)]}, "container-title": [], "prefix": "10.48550",
        }  # fmt: skip

    return json.dumps({"status": "ok", "message-type": "work-list", "message": {"items": [one(w) for w in works]}})


def write_datacite(works: Sequence[Work]) -> str:
    def one(w: Work) -> dict[str, Any]:
        attributes = {
            "doi": w.doi.lower(), "titles": [{"title": w.title}], "publicationYear": w.date[0],
            "creators": [{"name": f"{f}, {g}", "givenName": g, "familyName": f} for g, f in w.people],
            "descriptions": [{"description": w.abstract.replace("\n", "\n\n"), "descriptionType": "Abstract"}],
            "dates": [{"date": f"{w.day}T10:00:00Z", "dateType": "Submitted"}, {"date": "2024", "dateType": "Issued"}],
        }  # fmt: skip
        return {"id": w.doi.lower(), "type": "dois", "attributes": attributes}

    return json.dumps({"data": [one(w) for w in works], "meta": {"total": 40}})


def write_acl_json(works: Sequence[Work]) -> str:
    def one(w: Work) -> dict[str, Any]:
        return {
            "bibkey": f"k{w.number}", "bibtype": "inproceedings", "title": w.title, "title_html": html.escape(w.title),
            "abstract_html": html.escape(w.abstract).replace("\n", "<br><br>"), "doi": w.doi, "year": str(w.date[0]),
            "month": str(w.date[1]), "author": [{"full": name, "id": "x"} for name in w.authors],
        }  # fmt: skip

    return json.dumps({f"{w.date[0]}.tree-main.{w.number}": one(w) for w in works})


def write_csl_json(works: Sequence[Work]) -> str:
    def one(w: Work) -> dict[str, Any]:
        return {
            "id": f"k{w.number}", "type": "article", "title": w.title, "abstract": w.abstract.replace("\n", "\n\n"),
            "author": [{"family": family, "given": given} for given, family in w.people], "number": f"arXiv:{w.arxiv}",
            "issued": {"date-parts": [[str(w.date[0]), w.date[1], w.date[2]]]},
        }  # fmt: skip

    return json.dumps([one(w) for w in works], indent=2)


def write_better_bibtex(works: Sequence[Work]) -> str:
    def one(w: Work) -> dict[str, Any]:
        return {
            "itemType": "preprint", "citationKey": f"k{w.number}", "title": w.title, "date": w.day,
            "abstractNote": w.abstract.replace("\n", "\n\n"), "archiveID": f"arXiv:{w.arxiv}",
            "creators": [{"creatorType": "author", "firstName": given, "lastName": family} for given, family in w.people],
        }  # fmt: skip

    return json.dumps({"config": {"label": "BetterBibTeX JSON"}, "items": [one(w) for w in works]}, indent=2)


def write_arxiv_atom(works: Sequence[Work]) -> str:
    def one(w: Work) -> str:
        authors = "".join(f"<author>{_tagged('name', name)}</author>" for name in w.authors)
        return (
            f"<entry><id>http://arxiv.org/abs/{w.arxiv}v2</id><updated>2024-01-01T00:00:00Z</updated>"
            f"<published>{w.day}T17:59:46Z</published>{_tagged('title', w.title)}"
            f"<summary>  {escape(w.abstract).replace(chr(10), chr(10) + '  ')}\n</summary>{authors}"
            '<category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/></entry>'
        )

    head = '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n<title>ArXiv</title>'
    return _joined(works, one, head, "</feed>")


def _write_oai(works: Sequence[Work], one: Callable[[Work], str]) -> str:
    def record(w: Work) -> str:
        header = f"<header><identifier>oai:arXiv.org:{w.arxiv}</identifier><datestamp>2024-01-01</datestamp></header>"
        return f"<record>{header}<metadata>{one(w)}</metadata></record>"

    head = '<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>'
    return _joined(works, record, head, "<resumptionToken/></ListRecords></OAI-PMH>")


def write_oai_arxiv(works: Sequence[Work]) -> str:
    def one(w: Work) -> str:
        people = "".join(
            f"<author>{_tagged('keyname', family)}{_tagged('forenames', given)}</author>" for given, family in w.people
        )
        abstract = f"<abstract>  {escape(w.abstract).replace(chr(10), chr(10) + '  ')}</abstract>"
        return (
            f'<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>{w.arxiv}</id><created>{w.day}</created>'
            f"<authors>{people}</authors>{_tagged('title', w.title)}<categories>cs.LG</categories>{abstract}</arXiv>"
        )

    return _write_oai(works, one)


def write_oai_arxiv_raw(works: Sequence[Work]) -> str:
    def one(w: Work) -> str:
        year, month, day = w.date
        date = f"<date>Fri, {day} {_MONTHS[month - 1]} {year} 01:00:00 GMT</date>"
        abstract = f"<abstract>  {escape(w.abstract).replace(chr(10), chr(10) + '  ')}</abstract>"
        return (
            f'<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>{w.arxiv}</id>'
            f'<version version="v10"><date>Mon, 1 Jan 2024 00:00:00 GMT</date></version>'
            f'<version version="v1">{date}<size>1kb</size></version>{_tagged("title", w.title)}'
            f"{_tagged('authors', ' and '.join(w.authors))}{abstract}</arXivRaw>"
        )

    return _write_oai(works, one)


def write_oai_dc(works: Sequence[Work]) -> str:
    def one(w: Work) -> str:
        people = "".join(_tagged("dc:creator", f"{family}, {given}") for given, family in w.people)
        description = f"<dc:description>  {escape(w.abstract).replace(chr(10), chr(10) + '  ')}</dc:description>"
        return (
            '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="x">'
            f"{_tagged('dc:title', w.title)}{people}{description}<dc:date>{w.day}</dc:date><dc:date>2024-02-02</dc:date>"
            f"<dc:identifier>http://arxiv.org/abs/{w.arxiv}</dc:identifier></oai_dc:dc>"
        )

    return _write_oai(works, one)


def write_pubmed(works: Sequence[Work]) -> str:
    def one(w: Work) -> str:
        year, month, day = w.date
        people = "".join(
            f"<Author ValidYN='Y'>{_tagged('LastName', family)}{_tagged('ForeName', given)}</Author>"
            for given, family in w.people
        )
        parts = "".join(_tagged("AbstractText", part) for part in w.abstract.split("\n"))
        date = f"<PubDate><Year>{year}</Year><Month>{_MONTHS[month - 1]}</Month><Day>{day:02d}</Day></PubDate>"
        return (
            f'<PubmedArticle><MedlineCitation><PMID Version="1">{w.number}</PMID><Article><Journal><JournalIssue>{date}'
            f"</JournalIssue></Journal>{_tagged('ArticleTitle', w.title)}<ELocationID EIdType='doi'>{w.doi}</ELocationID>"
            f"<Abstract>{parts}</Abstract><AuthorList>{people}</AuthorList></Article></MedlineCitation></PubmedArticle>"
        )

    head = (
        '<?xml version="1.0"?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2024//EN" '
        '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_240101.dtd">\n<PubmedArticleSet>'
    )
    return _joined(works, one, head, "</PubmedArticleSet>")


def write_jats(works: Sequence[Work]) -> str:
    def one(w: Work) -> str:
        year, month, day = w.date
        people = "".join(
            f'<contrib contrib-type="author"><name>{_tagged("surname", f)}{_tagged("given-names", g)}</name></contrib>'
            for g, f in w.people
        )
        parts = "".join(_tagged("p", part) for part in w.abstract.split("\n"))
        date = f'<pub-date pub-type="epub"><day>{day}</day><month>{month}</month><year>{year}</year></pub-date>'
        return (
            f"<article><front><journal-meta/><article-meta>{_tagged('article-id', w.doi, pub_id_type='doi')}<title-group>"
            f"{_tagged('article-title', w.title)}</title-group><contrib-group>{people}</contrib-group>{date}"
            f"<abstract><title>Abstract</title>{parts}</abstract></article-meta></front><body><p>No.</p></body></article>"
        )

    return _joined(works, one, '<?xml version="1.0"?><pmc-articleset>', "</pmc-articleset>")


def write_mods(works: Sequence[Work]) -> str:
    def one(w: Work) -> str:
        people = "".join(
            f'<name type="personal">{_tagged("namePart", given, type="given")}{_tagged("namePart", family, type="family")}'
            '<role><roleTerm authority="marcrelator" type="text">author</roleTerm></role></name>'
            for given, family in w.people
        )
        parts = f"<abstract>{escape(w.abstract).replace(chr(10), chr(10) * 2)}</abstract>"
        return (
            f'<mods ID="k{w.number}"><titleInfo>{_tagged("title", w.title)}</titleInfo>{people}<originInfo>'
            f"<dateIssued>{w.day}</dateIssued></originInfo>{parts}{_tagged('identifier', w.doi, type='doi')}"
            '<relatedItem type="host"><titleInfo><title>Proceedings</title></titleInfo></relatedItem></mods>'
        )

    return _joined(works, one, '<modsCollection xmlns="http://www.loc.gov/mods/v3">', "</modsCollection>")


def write_zotero_rdf(works: Sequence[Work]) -> str:
    def one(w: Work) -> str:
        people = "".join(
            f"<rdf:li><foaf:Person>{_tagged('foaf:surname', f)}{_tagged('foaf:givenName', g)}</foaf:Person></rdf:li>"
            for g, f in w.people
        )
        abstract = escape(w.abstract).replace("\n", "\n\n")
        return (
            f'<rdf:Description rdf:about="https://arxiv.org/abs/{w.arxiv}"><z:itemType>preprint</z:itemType>'
            f"<bib:authors><rdf:Seq>{people}</rdf:Seq></bib:authors>{_tagged('dc:title', w.title)}"
            f"<dcterms:abstract>{abstract}</dcterms:abstract><dc:date>{w.day}</dc:date></rdf:Description>"
        )

    head = '<rdf:RDF xmlns:rdf="r" xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dc="d">\n'
    return _joined(works, one, head, "</rdf:RDF>")


def write_saved_page(works: Sequence[Work]) -> str:
    papers = html.escape(json.dumps({"dailyPapers": json.loads(write_hf_api(works))}))
    return f'<!doctype html>\n<html><body><div data-target="DailyPapers" data-props="{papers}"></div></body></html>'


_TEX = {
    "é": r"{\'e}",
    "É": r"{\'E}",
    "á": r"{\'a}",
    "í": r"{\'\i}",
    "Ł": r"{\L}",
    "ü": r"{\"u}",
    "Ü": r"{\"U}",
    "ä": r"{\"a}",
}


def _tex(text: str) -> str:
    text = re.sub(r"([&%$#_])", r"\\\1", text)
    return "".join(_TEX.get(sign, sign) for sign in text)


def write_bibtex(works: Sequence[Work]) -> str:
    def one(w: Work) -> str:
        people = " and\n      ".join(f"{_tex(family)}, {_tex(given)}" for given, family in w.people)
        year, month, day = w.date
        abstract = _tex(w.abstract).replace("\n", "\n\n    ").replace(" trees ", "\n    trees ")
        return (
            f'@misc{{k{w.number},\n  title = {{{{{_tex(w.title)}}}}},\n  author = "{people}",\n  year = {year},\n'
            f"  month = {_MONTHS[month - 1].lower()},\n  day = {day},\n  eprint = {{{w.arxiv}}},\n"
            f"  archivePrefix = {{arXiv}},\n  abstract = {{{abstract}}}\n}}\n"
        )

    return _joined(works, one, "% written by hand\n")


def write_ris(works: Sequence[Work]) -> str:
    def one(w: Work) -> str:
        people = "".join(f"AU  - {family}, {given}\r\n" for given, family in w.people)
        year, month, day = w.date
        abstract = w.abstract.replace("\n", "\r\n\r\n")
        return (
            f"TY  - JOUR\r\nTI  - {w.title}\r\n{people}PY  - {year}\r\nDA  - {year}/{month:02d}/{day:02d}/\r\n"
            f"AB  - {abstract}\r\nDO  - {w.doi}\r\nER  - \r\n"
        )

    return _joined(works, one)


def _write_table(works: Sequence[Work], delimiter: str) -> str:
    import csv
    import io

    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(["arXiv ID", "Article Title", "Author Full Names", "Publication Date", "Abstract"])
    for w in works:
        people = "; ".join(f"{family}, {given}" for given, family in w.people)
        writer.writerow([w.arxiv, w.title, people, w.day, w.abstract])
    return stream.getvalue()


def write_csv(works: Sequence[Work]) -> str:
    return _write_table(works, ",")


def write_tsv(works: Sequence[Work]) -> str:
    return _write_table(works, "\t")


def write_markdown(works: Sequence[Work]) -> str:
    def one(w: Work) -> str:
        abstract = w.abstract.replace("\n", "\n\n").replace(" trees ", "\ntrees ")
        return (
            f"## {w.title}\n\n- **Authors:** {', '.join(w.authors)}\n- **Date:** {w.day}\n- **arXiv:** {w.arxiv}\n\n"
            f"**Abstract:** {abstract}\n"
        )

    return _joined(works, one, "# To read\n\n")


# The format that must be detected, the writer, and the precision of dates: day (10) or month (7).
WRITERS: dict[str, tuple[str, Writer, int]] = {
    "jsonl": ("jsonl", write_jsonl, 10),
    "arxiv-snapshot": ("arxiv-snapshot", write_arxiv_snapshot, 10),
    "openalex": ("openalex", write_openalex, 10),
    "semantic-scholar": ("semantic-scholar", write_semantic_scholar, 10),
    "hf-api": ("hf-api", write_hf_api, 10),
    "crossref": ("crossref", write_crossref, 10),
    "datacite": ("datacite", write_datacite, 10),
    "acl-json": ("acl-json", write_acl_json, 7),
    "csl-json": ("csl-json", write_csl_json, 10),
    "better-bibtex": ("better-bibtex", write_better_bibtex, 10),
    "arxiv-atom": ("arxiv-atom", write_arxiv_atom, 10),
    "oai-arXiv": ("oai-pmh", write_oai_arxiv, 10),
    "oai-arXivRaw": ("oai-pmh", write_oai_arxiv_raw, 10),
    "oai-dc": ("oai-pmh", write_oai_dc, 10),
    "pubmed": ("pubmed", write_pubmed, 10),
    "jats": ("jats", write_jats, 10),
    "mods": ("mods", write_mods, 10),
    "zotero-rdf": ("zotero-rdf", write_zotero_rdf, 10),
    "saved-page": ("saved-page", write_saved_page, 10),
    "bibtex": ("bibtex", write_bibtex, 10),
    "ris": ("ris", write_ris, 10),
    "csv": ("table", write_csv, 10),
    "tsv": ("table", write_tsv, 10),
    "markdown": ("markdown", write_markdown, 10),
}


def _expect(
    work: Work, precision: int, *, one_line: bool
) -> tuple[str, str, str, tuple[str, ...], str, tuple[str, ...]]:
    abstract = work.abstract.replace("\n", " ") if one_line else work.abstract
    code = ("https://github.com/ada/leaves",) if "github" in abstract else ()
    return f"arxiv:{work.arxiv}", work.title, abstract, work.authors, work.day[:precision], code


def _essence(paper: Paper) -> tuple[Any, ...]:
    return paper.id, paper.title, paper.abstract, paper.authors, paper.issued, paper.code_urls


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_forty_papers_are_the_same_in_every_format(name: str, tmp_path: Path) -> None:
    """Id, title, abstract, authors, date and links do not depend on the format; nothing is skipped."""
    format_name, write, precision = WRITERS[name]
    path = tmp_path / "works"
    text = write(WORKS)
    path.write_bytes(text.encode())
    assert detect_format(text) == format_name
    report = ReadReport()
    papers = list(read_papers(path, report=report))
    # An inverted index keeps words only.
    expected = [_expect(work, precision, one_line=name == "openalex") for work in WORKS]
    assert [_essence(paper) for paper in papers] == expected
    assert report.skipped == []
    assert report.warnings == {}
    assert [paper.sources[0].number for paper in papers] == list(range(1, 41))


def test_all_formats_together_give_forty_papers(tmp_path: Path) -> None:
    """The records of one paper from all formats are merged into one, which knows all of them."""
    for name, (_, write, _) in WRITERS.items():
        (tmp_path / f"{name}.txt").write_bytes(write(WORKS).encode())
    report = ReadReport()
    papers = merge_papers(read_papers(tmp_path, report=report), report=report)
    assert len(papers) == 40
    assert {len(paper.sources) for paper in papers} == {len(WRITERS)}
    assert [paper.id for paper in papers] == sorted(f"arxiv:{work.arxiv}" for work in WORKS)
    assert {conflict.field for conflict in report.conflicts} <= {"venue"}


def test_every_format_is_covered() -> None:
    """A new format needs a writer here (pages and listings without fields have tests of their own)."""
    alone = {"parquet", "hf-daily", "arxiv-listing", "abstract-lines"}
    assert {name for name, _, _ in WRITERS.values()} == set(FORMATS) - alone
