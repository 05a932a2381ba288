"""Whatever was added, removed and replaced: the library gives what a build of what is left gives, byte for byte."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from paperconcepts.config import Config
from paperconcepts.export.formats import EXPORTS, export_graph
from paperconcepts.incremental import add_documents, build_library, remove_from_library, update_library
from paperconcepts.library import check_library, describe_extractor, open_library, papers
from paperconcepts.model import Paper
from paperconcepts.pipeline import BuildReport, assemble, build, extract_and_link
from paperconcepts.sources import ReadReport, merge_papers, read_papers
from paperconcepts.sources.formats import SUFFIXES
from paperconcepts.sources.inputs import expand_inputs

from .conftest import FAST, ROWS, fresh_build, graph_bytes, write_rows

# The last two parts of two of them are the same.
_FILES = ("one.jsonl", "two.jsonl", "sub/one.jsonl", "left/sub/one.jsonl")
_row_numbers = st.lists(st.integers(0, len(ROWS) - 2), min_size=1, max_size=6)
_steps = st.one_of(
    st.tuples(st.just("add"), st.sampled_from(_FILES), _row_numbers),
    st.tuples(st.just("replace"), st.sampled_from(_FILES), _row_numbers),
    st.tuples(st.just("restore"), st.sampled_from(_FILES), _row_numbers),
    st.tuples(st.just("change"), st.sampled_from(_FILES), _row_numbers),
    st.tuples(st.just("remove"), st.integers(0, 20)),
    st.tuples(st.just("remove file"), st.integers(0, 5)),
    st.tuples(st.just("update")),
)


def _content(paper: Paper) -> str:
    return paper.model_copy(update={"sources": (), "raw": None}).model_dump_json()


def _same(one: Paper, other: Paper) -> bool:
    places = (one.sources[0].number, other.sources[0].number)
    return _content(one) == _content(other) and places[0] == places[1]


@dataclass
class Plain:
    """What a library should hold, kept in the plainest way: for each file, the records that are left."""

    folder: Path
    left: dict[Path, list[Paper]] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    known: dict[Path, bytes] = field(default_factory=dict)
    counts: dict[Path, int] = field(default_factory=dict)

    def read(self, path: Path, *, replace: bool = False, restore: bool = False) -> None:
        if not restore and self.known.get(path) == path.read_bytes():
            return
        self.known[path] = path.read_bytes()
        records = list(read_papers(path))
        self.counts[path] = len(records)
        if restore:
            self.removed -= {_content(paper) for paper in records}
        records = [paper for paper in records if _content(paper) not in self.removed]
        before = list(self.left.get(path, []))
        self.left[path] = records
        if not replace:
            return
        new = []
        for paper in records:
            old = next((known for known in before if _same(known, paper)), None)
            if old is None:
                new.append(paper)
            else:
                before.remove(old)
        names = {name for paper in new for name in (paper.id, *paper.identifiers)}
        for other in self.left.keys() - {path}:
            gone = [paper for paper in self.left[other] if names & {paper.id, *paper.identifiers}]
            self.removed |= {_content(paper) for paper in gone}
            self.left[other] = [paper for paper in self.left[other] if paper not in gone]
        # What the same file said before and says no more goes anyway, and is marked if it was replaced.
        self.removed |= {_content(p) for p in before if names & {p.id, *p.identifiers}}
        # What it says, too, was not taken back.
        self.removed -= {_content(p) for p in records}

    def remove(self, paper: Paper) -> None:
        places = set(paper.sources)
        for path, records in self.named():
            gone = [record for record in records if record.sources[0] in places]
            self.removed |= {_content(record) for record in gone}
            numbers = {record.sources[0].number for record in gone}
            self.left[path] = [record for record in self.left[path] if record.sources[0].number not in numbers]

    def named(self) -> Iterator[tuple[Path, list[Paper]]]:
        """The records with the names that their files have among the others."""
        for path, name in self.names().items():
            yield path, [_renamed(paper, name) for paper in self.left[path]]

    def names(self) -> dict[Path, str]:
        """The names that a build of all the files gives them."""
        items = expand_inputs(self.left, suffixes=SUFFIXES) if self.left else []
        return {item.path: item.name for item in items if item.path is not None}

    def digests(self) -> dict[str, str]:
        """The digests of the files that are there with all that they say; of others, a build would read other bytes."""
        return {
            name: hashlib.sha256(self.known[path]).hexdigest()
            for path, name in self.names().items()
            if len(self.left[path]) == self.counts[path]
        }

    def papers(self) -> list[Paper]:
        return merge_papers(paper for _, records in self.named() for paper in records)


def _renamed(paper: Paper, name: str) -> Paper:
    (place,) = paper.sources
    record = f"{name}#{place.number}" if place.record == f"{place.file}#{place.number}" else place.record
    return paper.model_copy(update={"sources": (place.model_copy(update={"file": name, "record": record}),)})


def _take_step(step: tuple[Any, ...], plain: Plain, library: Path) -> None:
    kind, *rest = step
    if kind in ("add", "replace", "restore", "change"):
        path = plain.folder / rest[0]
        write_rows(path, [ROWS[number] for number in rest[1]])
        if kind == "change" and library.exists():
            update_library(library, config=Config())
            if path in plain.left:
                plain.read(path)
            return
        replace, restore = kind == "replace", kind == "restore"
        add_documents(path, library, config=FAST, replace=replace, restore=restore)
        plain.read(path, replace=replace, restore=restore)
    elif library.exists():
        if kind == "update":
            update_library(library)
        elif kind == "remove":
            found = plain.papers()
            if found:
                paper = found[rest[0] % len(found)]
                remove_from_library(library, [paper.id])
                plain.remove(paper)
        elif plain.left:
            path = sorted(plain.left)[rest[0] % len(plain.left)]
            remove_from_library(library, sources=[plain.names()[path]])
            del plain.left[path], plain.known[path]


@settings(max_examples=12, deadline=None)
@example([("add", "one.jsonl", [0]), ("replace", "one.jsonl", [1, 0]), ("add", "one.jsonl", [1, 0])])
@example([("add", "sub/one.jsonl", [1, 0]), ("add", "two.jsonl", [3]), ("remove file", 0)])
@example([("add", "sub/one.jsonl", [4]), ("add", "left/sub/one.jsonl", [5]), ("remove", 0)])
@given(st.lists(_steps, min_size=1, max_size=7))
def test_any_sequence(steps: list[tuple[Any, ...]]) -> None:
    """After any additions, removals and replacements the graph is that of the records that are left."""
    with tempfile.TemporaryDirectory() as name:
        plain, library = Plain(Path(name).resolve() / "input"), Path(name) / "my.library"
        for step in steps:
            _take_step(step, plain, library)
        if not library.exists():
            return
        expected = plain.papers()
        with open_library(library) as opened:
            assert list(papers(opened.connection)) == expected
            assert check_library(opened.connection, describe_extractor("fast"), deep=True) == []
        linked = extract_and_link(expected, profile="fast")
        report = BuildReport(read=ReadReport(digests=plain.digests()))
        fresh = assemble(linked, decisions=None, config=FAST, report=report)
        assert graph_bytes(build_library(library), Path(name) / "kept") == graph_bytes(fresh, Path(name) / "fresh")
        with open_library(library) as opened:
            # Nothing is left of what is gone; what a removal brought to light has been extracted by the build.
            assert opened.count("annotation") == len({(paper.title, paper.abstract) for paper in expected})


@settings(max_examples=8, deadline=None)
@example(files=[("sub/one.jsonl", [4]), ("left/sub/one.jsonl", [5]), ("one.jsonl", [6])], by_folder=False)
@given(
    files=st.lists(st.tuples(st.sampled_from(_FILES), _row_numbers), min_size=1, max_size=5), by_folder=st.booleans()
)
def test_report_too(files: list[tuple[str, list[int]]], by_folder: bool) -> None:
    """Files added one after the other, changed or not, give the graph and the report of one build of them all."""
    with tempfile.TemporaryDirectory() as name:
        folder, library = Path(name) / "input", Path(name) / "my.library"
        written: dict[Path, None] = {}
        for file, numbers in files:
            path = write_rows(folder / file, [*(ROWS[number] for number in numbers), ROWS[-1], None])
            written[path] = None
            add_documents(folder if by_folder else path, library, config=FAST)
        inputs: Any = folder if by_folder else list(written)
        if by_folder:
            # Of several files in a folder those that cannot be read are left out, in a library as in a build.
            write_rows(folder / "empty.jsonl", [{"title": ""}, None])
            write_rows(folder / "diary.txt", [])
            (folder / "cut.zip").write_bytes(b"PK\x03\x04 and no more")
            add_documents(folder, library)
        update_library(library)
        report = BuildReport()
        kept = graph_bytes(build_library(library, report=report), Path(name) / "kept")
        fresh, expected = fresh_build(inputs, Path(name) / "fresh")
        assert kept == fresh
        assert report.as_dict() == expected


def test_every_format(corpus: Callable[..., Path], tmp_path: Path) -> None:
    """After additions, a replacement, a change and removals every format has the bytes of a fresh build."""
    library = tmp_path / "my.library"
    first, second = corpus("one.jsonl", 0, 2, 4, 5, 7, 9), corpus("two.jsonl", 3, 8, 9, 11, 12)
    for path in (second, first, corpus("gone.jsonl", 10, 12, 13)):
        add_documents(path, library, config=FAST)
    add_documents(corpus("new.jsonl", 1), library, replace=True)
    remove_from_library(library, ["Quokkas"], sources=["gone.jsonl"])
    write_rows(second, [ROWS[number] for number in (8, 9, 11, 13)])
    update_library(library)
    # A record that holds nothing stands where one was replaced or removed, so that the others keep their numbers.
    rows = [ROWS[number] for number in (14, 2, 4, 5, 14, 9)]
    fresh = [write_rows(tmp_path / "left" / "one.jsonl", rows), second, tmp_path / "input" / "new.jsonl"]
    kept, plain = build_library(library), build(fresh, config=FAST)
    # A file of which records were taken out has no digest: no build of its bytes gives what is left.
    assert plain.graph.graph["source_digests"].pop("one.jsonl")
    assert kept.graph.graph["source_digests"] == plain.graph.graph["source_digests"]
    for name, graph in (("kept", kept), ("fresh", plain)):
        export_graph(graph, tmp_path / name, formats=list(EXPORTS))
    files = sorted(path.name for path in (tmp_path / "fresh").iterdir())
    assert len(files) == sum(len(export.files) for export in EXPORTS.values())
    for file in files:
        assert (tmp_path / "kept" / file).read_bytes() == (tmp_path / "fresh" / file).read_bytes(), file


def test_the_rows_are_worth_it(corpus: Callable[..., Path], tmp_path: Path) -> None:
    """The invented records merge, conflict, are cleaned, borrow definitions and have relations: all has to be kept."""
    report = BuildReport()
    add_documents(corpus("all.jsonl"), tmp_path / "my.library", config=FAST)
    graph = build_library(tmp_path / "my.library", report=report)
    read = report.as_dict()["read"]
    assert read["merged"] >= 3
    assert read["conflicts"]
    assert read["cleaning"]
    assert read["skipped"]
    assert list(graph.relations())
    assert any(alias.reason == "definition elsewhere" for node in graph.concepts() for alias in node.aliases)
