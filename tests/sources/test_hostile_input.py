# ruff: noqa: E501, S311 - records are easier to compare in one line; nothing here is secret
"""What no reader may do, whatever it is given: fail, hang, lose good records, open a connection."""

import bz2
import gzip
import html
import io
import json
import lzma
import random
import socket
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from paperconcepts.errors import SourceError
from paperconcepts.model import Paper
from paperconcepts.sources import FORMATS, Flaw, ReadReport, detect_format, read_papers
from paperconcepts.sources.papers import build_paper

_TEXT_FORMATS = sorted(set(FORMATS) - {"parquet"})

# One small good file of each format: three records, the second of which is damaged by the tests.
SAMPLES: dict[str, tuple[str, str, str]] = {
    "arxiv-snapshot": ("", '{"id": "2301.0000%d", "title": "Tree %d", "abstract": "We show.", "authors_parsed": [["L", "A", ""]]}', ""),
    "openalex": ('{"results": [', '{"id": "https://openalex.org/W%d", "title": "Tree %d", "authorships": [], "abstract_inverted_index": {"We": [0]}}', "]}"),
    "semantic-scholar": ('{"data": [', '{"paperId": "ab%d", "title": "Tree %d", "abstract": "We show.", "authors": [{"name": "A"}]}', "]}"),
    "hf-api": ("[", '{"paper": {"id": "2301.0000%d", "title": "Tree %d", "summary": "We show.", "publishedAt": "2023-01-01"}}', "]"),
    "crossref": ('{"message": {"items": [', '{"DOI": "10.1000/%d", "title": ["Tree %d"], "prefix": "10.1000"}', "]}}"),
    "datacite": ('{"data": [', '{"id": "10.1000/%d", "attributes": {"titles": [{"title": "Tree %d"}], "publicationYear": 2020}}', "]}"),
    "csl-json": ("[", '{"id": "k%d", "type": "article", "title": "Tree %d", "issued": {"date-parts": [[2020]]}}', "]"),
    "better-bibtex": ('{"items": [', '{"itemType": "preprint", "key": "k%d", "title": "Tree %d", "creators": []}', "]}"),
    "acl-json": ("", '{"acl_id": "2020.acl-main.%d", "title": "Tree %d", "bibkey": "k", "year": "2020"}', ""),
    "jsonl": ("", '{"id": "k%d", "title": "Tree %d", "abstract": "We show."}', ""),
    "arxiv-atom": ('<feed xmlns="http://www.w3.org/2005/Atom">', "<entry><id>http://arxiv.org/abs/2301.0000%d</id><title>Tree %d</title></entry>", "</feed>"),
    "oai-pmh": ("<OAI-PMH><ListRecords>", "<record><header/><metadata><arXiv><id>2301.0000%d</id><title>Tree %d</title><abstract>We.</abstract></arXiv></metadata></record>", "</ListRecords></OAI-PMH>"),
    "pubmed": ("<PubmedArticleSet>", "<PubmedArticle><MedlineCitation><PMID>%d</PMID><Article><ArticleTitle>Tree %d</ArticleTitle></Article></MedlineCitation></PubmedArticle>", "</PubmedArticleSet>"),
    "mods": ("<modsCollection>", '<mods ID="k%d"><titleInfo><title>Tree %d</title></titleInfo></mods>', "</modsCollection>"),
    "jats": ("<pmc-articleset>", "<article><front><article-meta><article-id pub-id-type='pmid'>%d</article-id><title-group><article-title>Tree %d</article-title></title-group></article-meta></front></article>", "</pmc-articleset>"),
    "zotero-rdf": ('<rdf:RDF xmlns:z="http://www.zotero.org/namespaces/export#">', '<bib:Article rdf:about="#%d"><dc:title>Tree %d</dc:title></bib:Article>', "</rdf:RDF>"),
    "bibtex": ("", "@misc{k%d,\n title = {Tree %d},\n year = 2020\n}", ""),
    "ris": ("", "TY  - JOUR\nID  - k%d\nTI  - Tree %d\nER  - ", ""),
    "table": ("Key,Title,Year", "k%d,Tree %d,2020", ""),
}  # fmt: skip
_JSON_LISTS = [name for name, (head, _, _) in SAMPLES.items() if head.endswith("[")]


def _write(name: str, records: list[str]) -> str:
    head, _, tail = SAMPLES[name]
    separator = ",\n" if name in _JSON_LISTS else "\n"
    return "\n".join(filter(None, (head, separator.join(records), tail)))


def _records(name: str, count: int = 5) -> list[str]:
    return [SAMPLES[name][1] % (number, number) for number in range(1, count + 1)]


def _read(path: Path, **options: Any) -> tuple[list[Paper], ReadReport]:
    report = ReadReport()
    try:
        return list(read_papers(path, report=report, **options)), report
    except SourceError:
        return [], report


def _titles(papers: list[Paper]) -> set[str]:
    return {paper.title for paper in papers}


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_samples_are_good(name: str, tmp_path: Path) -> None:
    """Each sample is detected and read whole."""
    text = _write(name, _records(name))
    assert detect_format(text) == name
    (tmp_path / "a").write_text(text, encoding="utf-8")
    papers, report = _read(tmp_path / "a")
    assert [paper.title for paper in papers] == [f"Tree {number}" for number in range(1, 6)]
    assert report.skipped == []


_DAMAGES: dict[str, Callable[[str], str]] = {
    "cut short": lambda record: record[: len(record) // 2],
    "without its end": lambda record: record[:-1],
    "a quote too many": lambda record: record.replace("Tree", 'Tr"ee', 1),
    "an angle bracket": lambda record: record.replace("Tree", "Tr<ee", 1),
    "a brace": lambda record: record.replace("Tree", "Tr{ee", 1),
    "a closing brace": lambda record: record.replace("Tree", "Tr}ee", 1),
    "NUL and BEL": lambda record: record.replace("Tree", "Tr\x00\x07ee", 1),
    "a lone surrogate": lambda record: record.replace("Tree", "Tr\\ud800ee", 1),
    "an entity of no DTD": lambda record: record.replace("Tree", "Tr&nope;ee", 1),
    "a stray word": lambda record: f"stray {record}",
    "empty": lambda record: "",
}


@pytest.mark.parametrize("damage", sorted(_DAMAGES))
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_damaged_record_costs_itself_only(name: str, damage: str, tmp_path: Path) -> None:
    """The records before and after a damaged one are read (the next one may go with it in JSON without a line end)."""
    records = _records(name)
    records[1] = _DAMAGES[damage](records[1])
    (tmp_path / "a").write_bytes(_write(name, records).encode())
    papers, report = _read(tmp_path / "a", format=name)
    assert _titles(papers) >= {"Tree 1", "Tree 4", "Tree 5"}
    if not (name in _JSON_LISTS and damage in ("a quote too many", "cut short", "without its end")):
        assert "Tree 3" in _titles(papers)
    assert len(papers) + len(report.skipped) >= 4


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_truncated_file_gives_what_is_whole(name: str, tmp_path: Path) -> None:
    """Wherever a file ends, every record that is whole is read, and nothing is made up."""
    text = _write(name, _records(name, 3))
    record = SAMPLES[name][1] % (1, 1)
    after_first = text.index(record) + len(record)
    for end in range(after_first + 1, len(text), 7):
        (tmp_path / "a").write_text(text[:end], encoding="utf-8")
        papers, _ = _read(tmp_path / "a", format=name)
        assert "Tree 1" in _titles(papers), text[:end]
        # A line cut within a tag may be taken for the text above it.
        assert all("Tree 3".startswith(paper.title[:6]) or paper.title[:6] in ("Tree 1", "Tree 2") for paper in papers)


@pytest.mark.parametrize("name", _TEXT_FORMATS)
@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_records_and_flaws(name: str, data: st.DataObject) -> None:
    """A reader raises nothing on any text; what it yields are records and flaws with numbers that do not fall."""
    base = _write(name, _records(name, 2)) if name in SAMPLES else "Title\n\nAbstract: We show.\n\narXiv:2301.00001\n"
    text = data.draw(st.one_of(st.text(max_size=300), _mutations(base)))
    found = list(FORMATS[name].read(text.split("\n")))
    numbers = [item.number for item in found]
    assert numbers == sorted(numbers)
    assert all(isinstance(item, Flaw) or isinstance(item.title, str) for item in found)


@st.composite
def _mutations(draw: Any, base: str) -> str:
    """The text with some pieces removed, doubled, moved or replaced."""
    pieces = list(base)
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, max(len(pieces) - 1, 0)))
        end = min(start + draw(st.integers(0, 30)), len(pieces))
        kind = draw(st.sampled_from(["cut", "double", "insert"]))
        if kind == "cut":
            del pieces[start:end]
        elif kind == "double":
            pieces[start:start] = pieces[start:end]
        else:
            pieces[start:start] = draw(st.sampled_from(_TOKENS))
    return "".join(pieces)


_TOKENS = ["null", "[", "]", "{", "}", '"', "<", ">", "</", "<!--", "<![CDATA[", "&#0;", "&", "\x00", "\n", ":", ",", "1e999",
           "true", "[[null]]", "@", "\\", "TY  - ", "ER  - ", "\ud800", "{}", '{"a":1}', "<!DOCTYPE a [<!ENTITY b 'c'>]>"]  # fmt: skip

_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.just("2020-01-01")),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)),
    max_leaves=5,
)


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _keys(inner)


_RICH_KEYS = sorted(
    {key for _, record, _ in SAMPLES.values() if record.startswith("{") for key in _keys(json.loads(record % (1, 1)))}
    | set(
        "authors author versions authors_parsed externalIds ids doi DOI url URL date dates issued published keywords subject "
        "subjects locations primary_location source host_venue descriptions container-title note number extra tags tag name "
        "given family full date-parts journal publicationVenue tldr is_retracted organization data message items".split()
    )
)


@pytest.mark.parametrize("name", sorted(name for name, known in FORMATS.items() if known.kind == "json"))
@given(
    value=st.recursive(
        _JSON, lambda inner: st.dictionaries(st.sampled_from(_RICH_KEYS), inner, max_size=6), max_leaves=12
    )
)
@settings(max_examples=80, deadline=None)
@example(value={"abstract_inverted_index": {"a": [10**12, -1]}, "title": "T"})
@example(value={"abstract_inverted_index": {"a": ["x", 1]}, "title": "T"})
@example(value={"title": "T", "authors_parsed": [[], [None], "x", [1, 2]]})
@example(value={"title": "T", "issued": {"date-parts": [[10**400]]}, "year": 10**30, "publicationYear": float("nan")})
def test_any_value_of_any_field_is_taken_or_refused(name: str, value: Any) -> None:
    """No type of any field stops a reader of JSON."""
    lines = [json.dumps(value), json.dumps({"title": "T", "paper": value})]
    found = list(FORMATS[name].read(lines))
    assert all(isinstance(item.number, int) for item in found)


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_give_papers_or_the_declared_error(tmp_path: Path, data: bytes) -> None:
    """From bytes to papers nothing is raised but SourceError, compressed or not."""
    for content in (data, gzip.compress(data)[: len(data)], b"PK\x03\x04" + data, b"\x28\xb5\x2f\xfd" + data):
        (tmp_path / "a").write_bytes(content)
        _read(tmp_path / "a")


_BOMB = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 50 + '"><!ENTITY c "' + "&b;" * 50 + '">]>'


@pytest.mark.parametrize(
    "name", sorted(name for name, known in FORMATS.items() if known.kind == "xml" and name in SAMPLES)
)
@pytest.mark.parametrize(
    "doctype",
    [_BOMB, '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/hostname">]>', '<!DOCTYPE l [<!ENTITY % p SYSTEM "http://x.test/">%p;]>'],
)  # fmt: skip
def test_declared_entities_are_refused(name: str, doctype: str, tmp_path: Path) -> None:
    """A DOCTYPE that declares entities is refused with the file's name; nothing is expanded, opened or fetched."""
    records = [record.replace("Tree", "&c;&x;Tree") for record in _records(name)]
    (tmp_path / "a.xml").write_text(doctype + _write(name, records), encoding="utf-8")
    with pytest.raises(SourceError, match=r"^a\.xml: .*DOCTYPE declares entities"):
        list(read_papers(tmp_path / "a.xml", format=name))


def test_a_doctype_alone_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reference to a DTD, which every PubMed file has, is neither followed nor refused."""
    monkeypatch.setattr(socket, "socket", lambda *a, **k: pytest.fail("a connection was opened"))
    text = '<?xml version="1.0"?><!DOCTYPE PubmedArticleSet SYSTEM "http://x.test/a.dtd">' + _write(
        "pubmed", _records("pubmed")
    )
    (tmp_path / "a.xml").write_text(text, encoding="utf-8")
    assert len(list(read_papers(tmp_path / "a.xml"))) == 5


@pytest.mark.parametrize(
    "name", sorted(name for name, known in FORMATS.items() if known.kind == "xml" and name in SAMPLES)
)
def test_deep_xml_is_a_flaw(name: str, tmp_path: Path) -> None:
    """A record of 100,000 nested elements is refused; its neighbours are read."""
    records = _records(name)
    records[1] = records[1].replace("Tree", "<i>" * 100_000 + "Tree" + "</i>" * 100_000)
    (tmp_path / "a").write_text(_write(name, records), encoding="utf-8")
    papers, report = _read(tmp_path / "a")
    assert len(papers) == 4
    assert [skipped.record for skipped in report.skipped] == [2]
    assert "nested deeper" in report.skipped[0].reason


@pytest.mark.parametrize("name", sorted(name for name, known in FORMATS.items() if known.kind == "json"))
def test_deep_json_is_a_flaw(name: str, tmp_path: Path) -> None:
    """A record of 100,000 nested lists is refused; its neighbours are read."""
    records = _records(name)
    records[1] = records[1].replace("{", '{"x": ' + "[" * 100_000 + "]" * 100_000 + ", ", 1)
    (tmp_path / "a").write_text(_write(name, records), encoding="utf-8")
    papers, report = _read(tmp_path / "a", format=name)
    assert _titles(papers) >= {"Tree 1", "Tree 3", "Tree 4", "Tree 5"}
    assert any("deep" in skipped.reason for skipped in report.skipped)


_PUMPS = ["<", "<i", "<i ", "&", "&#", "<!--", "<!DOCTYPE ", "@a{", "@a{b,", "{", "}", '"', "\\", "$", "[", "](", "**a", "`", "TY  - ",
          "<sup>", "<p", "<tex-math>", "\\documentclass", "# a\n", "a: ", ",", ";", "(", "-", "~", "''", "</", "<dt", "<meta ",
          "<blockquote abstract>", "AU  - ", '{"title": [', "DOI: ", "\n \n"]  # fmt: skip


_JSON_PUMPS = ["{", "}", "[", '"', "\\", ",", '{"title": [', "# a\n"]


@pytest.mark.parametrize(
    ("name", "pump"),
    [(name, pump) for name in _TEXT_FORMATS for pump in (_JSON_PUMPS if FORMATS[name].kind == "json" else _PUMPS)],
)
def test_no_text_takes_long(name: str, pump: str) -> None:
    """100 KB made to defeat patterns are read in time that grows with their length."""
    before = {"bibtex": "@a{b, title = {", "ris": "TY  - A\nTI  - ", "table": 'Title,Abstract\n"'}.get(name, "")
    text = before + (pump * 100_000)[:100_000]
    began = time.process_time()
    list(FORMATS[name].read(text.split("\n")))
    assert time.process_time() - began < 4


@pytest.mark.parametrize("name", ["arxiv-snapshot", "crossref"])
@pytest.mark.parametrize("pump", _PUMPS)
def test_no_title_takes_long(name: str, pump: str) -> None:
    """Nor does a good record whose title is made so: neither where titles hold LaTeX nor where they hold tags."""
    title = json.dumps((pump * 100_000)[:100_000])[1:-1]
    began = time.process_time()
    [found] = FORMATS[name].read(_write(name, [_records(name)[0].replace("Tree", title)]).split("\n"))
    assert not isinstance(found, Flaw)
    build_paper(found, file="a", format=name, report=ReadReport())
    assert time.process_time() - began < 4


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_compressed_files_are_read(pack: Any, tmp_path: Path) -> None:
    """What compressed it is told from the bytes; the name of the file does not matter."""
    (tmp_path / "a.txt").write_bytes(pack(_write("ris", _records("ris")).encode()))
    papers, report = _read(tmp_path / "a.txt")
    assert len(papers) == 5
    assert papers[0].sources[0].file == "a.txt"
    assert report.skipped == []


@pytest.mark.parametrize("count", [300, 8_000])
@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_a_truncated_compressed_file_gives_its_beginning(pack: Any, count: int, tmp_path: Path) -> None:
    """What comes before the fault is read, also in a small file, and the fault is told; strict reading raises it."""
    rows = [f"k{number},Tree {random.Random(number).random()},2020" for number in range(count)]
    data = pack("\n".join(["Key,Title,Year", *rows]).encode())
    (tmp_path / "a.gz").write_bytes(data[: len(data) // 2])
    papers, report = _read(tmp_path / "a.gz")
    assert len(papers) > count // 4
    assert any("damaged or ends early" in skipped.reason for skipped in report.skipped)
    with pytest.raises(SourceError, match=r"^a\.gz"):
        list(read_papers(tmp_path / "a.gz", strict=True))


def test_a_zip_archive_stands_for_its_files(tmp_path: Path) -> None:
    """Members are read in the order of their names, hidden ones left alone, unknown ones reported."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for member, content in {
            "b/x.ris": _write("ris", _records("ris", 1)),
            "a.json": _write("crossref", _records("crossref", 2)),
            "__MACOSX/._a.json": "junk",
            ".hidden": "junk",
            "readme": "Dear reader",
        }.items():
            archive.writestr(member, content)
    papers, report = _read(tmp_path / "a.zip")
    assert [paper.sources[0].file for paper in papers] == ["a.zip/a.json", "a.zip/a.json", "a.zip/b/x.ris"]
    assert [(skipped.file, skipped.record) for skipped in report.skipped] == [("a.zip/readme", 0)]
    assert len(_read(tmp_path)[0]) == 3


def test_damaged_archives_are_refused(tmp_path: Path) -> None:
    """A zip archive without its end is an error with the file's name."""
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04" + b"x" * 100)
    with pytest.raises(SourceError, match=r"^a\.zip: not a whole zip archive"):
        list(read_papers(tmp_path / "a.zip"))


@pytest.mark.parametrize("kind", ["gz", "xz", "zip"])
def test_bombs_end_early(kind: str, tmp_path: Path) -> None:
    """A file that expands to more than 200 times its size is given up, in flat memory."""
    block = (b" " * 99_999 + b"\n") * 10
    path = tmp_path / f"a.{kind}"
    if kind == "gz":
        with gzip.open(path, "wb") as stream:
            stream.write(b"Key,Title\nk1,Tree 1\n" + block * 60)
    elif kind == "xz":
        with lzma.open(path, "wb") as packed:
            packed.write(b"Key,Title\nk1,Tree 1\n" + block * 60)
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a", b"Key,Title\nk1,Tree 1\n" + block * 60)
    tracemalloc.start()
    papers, report = _read(path, format="table")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert _titles(papers) == {"Tree 1"}
    assert any("200 times its size" in skipped.reason for skipped in report.skipped)
    assert peak < 100_000_000


def test_zstandard_names_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library the error says what to install."""
    for module in ("compression.zstd", "backports.zstd"):
        monkeypatch.setitem(sys.modules, module, None)
    (tmp_path / "a.zst").write_bytes(b"\x28\xb5\x2f\xfd....")
    with pytest.raises(SourceError, match=r"paperconcepts\[zst\]"):
        list(read_papers(tmp_path / "a.zst"))


def test_a_line_without_end_is_left_out(tmp_path: Path) -> None:
    """A line of more than 64 MiB is skipped and reported; the lines around it are read."""
    with (tmp_path / "a.jsonl").open("wb") as stream:
        stream.write(b'{"title": "Tree 1"}\n{"title": "')
        for _ in range(70):
            stream.write(b"x" * (1 << 20))
        stream.write(b'"}\n{"title": "Tree 3"}\n')
    papers, report = _read(tmp_path / "a.jsonl")
    assert _titles(papers) == {"Tree 1", "Tree 3"}
    assert [skipped.reason for skipped in report.skipped] == ["line 2 is too long to be read"]


def test_encodings_that_xml_declares(tmp_path: Path) -> None:
    """The declaration decides; a wrong one costs characters, not records."""
    text = '<?xml version="1.0" encoding="ISO-8859-1"?>' + _write("mods", _records("mods")).replace("Tree", "Bäum")
    (tmp_path / "a.xml").write_bytes(text.encode("latin-1"))
    assert "Bäum 1" in _titles(_read(tmp_path / "a.xml")[0])
    (tmp_path / "b.xml").write_bytes(text.replace("ISO-8859-1", "no-such").encode("latin-1"))
    papers, report = _read(tmp_path / "b.xml")
    assert len(papers) == 5
    assert report.cleaning["bytes that are not UTF-8"] == 5
    (tmp_path / "c.xml").write_bytes(text.replace("ISO-8859-1", "UTF-16").encode("utf-16"))
    assert "Bäum 5" in _titles(_read(tmp_path / "c.xml")[0])


def test_pages_with_scripts_are_text(tmp_path: Path) -> None:
    """What a page would run is neither run nor kept as mark-up."""
    data = html.escape(
        json.dumps(
            {"dailyPapers": [{"paper": {"id": "2301.00001", "title": "<b>T</b>", "summary": "a <script>x</script>"}}]}
        )
    )
    (tmp_path / "a.html").write_text(
        f'<html><div data-target="DailyPapers" data-props="{data}"></div></html>', encoding="utf-8"
    )
    [paper] = _read(tmp_path / "a.html")[0]
    assert (paper.title, paper.abstract) == ("T", "a <script>x</script>")


def test_standard_input_may_be_compressed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compressed bytes may come through a pipe."""
    data = gzip.compress(_write("bibtex", _records("bibtex")).encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert len(list(read_papers("-"))) == 5
