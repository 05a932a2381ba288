"""Only what is new or would be found otherwise is extracted."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from paperconcepts import pipeline
from paperconcepts.config import Config
from paperconcepts.errors import ConfigurationError, UnknownNameError
from paperconcepts.incremental import (
    KeptBuild,
    add_documents,
    build_library,
    completion,
    documents,
    keep_decisions,
    remove_from_library,
    status_of_library,
    update_library,
)
from paperconcepts.library import Extractor, describe_extractor
from paperconcepts.model import LinkedPaper, Paper
from paperconcepts.pipeline import BuildReport, build, extract_and_link

from .conftest import FAST, ROWS, fresh_build, graph_bytes, write_rows

Read = list[str]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Read:
    """The texts that are extracted, as they are."""
    found: Read = []

    def counted(papers: Iterable[Paper], *, profile: str, processes: int) -> Iterator[LinkedPaper]:
        for item in extract_and_link(papers, profile=profile, processes=processes):
            found.append(f"{item.paper.title}\n{item.paper.abstract}")
            yield item

    monkeypatch.setattr(pipeline, "extract_and_link", counted)
    return found


def test_nothing_twice(read: Read, tmp_path: Path) -> None:
    """A text is read once, however often it comes, in whatever file, under whatever id."""
    library, folder = tmp_path / "my.library", tmp_path / "input"
    write_rows(folder / "one.jsonl", ROWS[:6])
    add_documents(folder, library, config=FAST)
    assert len(read) == len(set(read)) == status_of_library(library).papers
    read.clear()
    add_documents(folder, library)
    update_library(library)
    write_rows(folder / "two.jsonl", [*ROWS[:6], {**ROWS[7], "id": "2501.00001"}])
    add_documents(folder, library)
    assert read == ["Quokkas\nWe use Quokka Tuning (QUT) on GSM8K."]
    build_library(library)
    write_rows(folder / "two.jsonl", [*ROWS[:6], {**ROWS[7], "id": "2501.00009"}])
    changes = update_library(library)
    assert (changes.papers.added, changes.papers.removed) == ({"arxiv:2501.00009"}, {"arxiv:2501.00001"})
    assert len(read) == 1


def test_a_new_version_replaces(read: Read, tmp_path: Path) -> None:
    """A second version of a paper takes the place of the first with ``replace``, and all that it alone said goes."""
    library = tmp_path / "my.library"
    first = write_rows(tmp_path / "v1.jsonl", [ROWS[0], ROWS[9]])
    second = write_rows(tmp_path / "v2.jsonl", [ROWS[1]])
    add_documents(first, library, config=FAST)
    assert "imagenet" in {node.concept.id for node in build_library(library).concepts()}
    changes = add_documents(second, library, replace=True)
    assert changes.papers.changed == {"arxiv:2101.00001"}
    assert len(read) == 3
    left = write_rows(tmp_path / "left.jsonl", [ROWS[1]])
    kept = {node.concept.id for node in build_library(library).concepts()}
    assert {node.concept.id for node in build(left, config=FAST).concepts()} <= kept
    assert "imagenet" not in kept
    # The old version does not come back when its file is read again.
    write_rows(tmp_path / "v1.jsonl", [ROWS[0], ROWS[9], ROWS[13]])
    assert update_library(library).left_out == 1
    assert "imagenet" not in {node.concept.id for node in build_library(library).concepts()}


def test_a_new_extractor_reads_again(read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of rules, models or catalogue reads every text again, and only then are the old finds dropped."""
    library = tmp_path / "my.library"
    add_documents(write_rows(tmp_path / "a.jsonl", ROWS), library, config=FAST)
    count = len(read)

    def newer(profile: str) -> Extractor:
        return Extractor(profile, "0.2.0 (ffffffff)", b"\xff" * 16)

    for module in (completion, documents):
        monkeypatch.setattr(module, "describe_extractor", newer)
    found = status_of_library(library)
    assert (found.pending, [version for _, version, _ in found.annotations]) == (
        found.papers, [describe_extractor("fast").version],
    )  # fmt: skip
    assert update_library(library).extracted == count
    assert len(read) == 2 * count
    found = status_of_library(library)
    assert (found.pending, found.annotations) == (0, (("fast", "0.2.0 (ffffffff)", count),))


def test_extractor_is_told_by_content() -> None:
    """The profiles have versions of their own; the same installation has the same."""
    one, other = describe_extractor("fast"), describe_extractor("default")
    assert one.digest != other.digest
    describe_extractor.cache_clear()
    assert describe_extractor("fast") == one


def test_profiles(tmp_path: Path) -> None:
    """The first documents settle the profile; another one is refused, changed by an update, or built beside it."""
    library, rows = tmp_path / "my.library", write_rows(tmp_path / "a.jsonl", ROWS[:3])
    add_documents(rows, library, config=FAST)
    with pytest.raises(ConfigurationError, match="kept with profile 'fast', not 'default'"):
        add_documents(rows, library, config=Config(profile="default"))
    both = graph_bytes(build_library(library, config=Config(profile="default")), tmp_path / "kept")
    assert both == fresh_build(rows, tmp_path / "fresh", Config())[0]
    assert len(status_of_library(library).annotations) == 2
    update_library(library, config=Config(profile="default"))
    assert status_of_library(library).profile == "default"


def test_settings_of_a_build(tmp_path: Path) -> None:
    """Limits and decisions do to a library's build what they do to a build; decisions can be kept in the library."""
    library, rows = tmp_path / "my.library", write_rows(tmp_path / "a.jsonl", ROWS)
    decisions = tmp_path / "decisions.txt"
    decisions.write_text('rename wombatnet to "Wombat Net"  # as in the title\n', encoding="utf-8")
    add_documents(rows, library, config=FAST)
    config = Config(profile="fast", min_confidence=0.6, min_support=2, decisions=decisions)
    for settings in (config, config.model_copy(update={"min_support": 1})):
        report = BuildReport()
        kept = graph_bytes(build_library(library, config=settings, report=report), tmp_path / "kept")
        assert (kept, report.as_dict()) == fresh_build(rows, tmp_path / "fresh", settings)
    plain = FAST.model_copy(update={"decisions": decisions})
    keep_decisions(library, decisions)
    assert status_of_library(library).decisions == "decisions.txt"
    decided = fresh_build(rows, tmp_path / "fresh", plain)[0]
    decisions.unlink()
    assert graph_bytes(build_library(library), tmp_path / "kept") == decided
    keep_decisions(library, None)
    assert graph_bytes(build_library(library), tmp_path / "kept") == fresh_build(rows, tmp_path / "fresh")[0]


def test_a_build_is_not_repeated(tmp_path: Path) -> None:
    """A build is current until the library, the settings or one of its files changes."""
    library, folder = tmp_path / "my.library", tmp_path / "out"
    add_documents(write_rows(tmp_path / "a.jsonl", ROWS[:3]), library, config=FAST)
    kept = KeptBuild(library, folder, Config(), ("nt",))

    def build_it() -> bool:
        state = kept.state()
        if kept.current_files(state):
            return False
        graph_bytes(build_library(library), folder)
        kept.remember([folder / "graph.nt", folder / "papers.jsonl"], state)
        return True

    assert [build_it(), build_it()] == [True, False]
    (folder / "graph.nt").write_text("other")
    assert [build_it(), build_it()] == [True, False]
    (folder / "graph.nt").unlink()
    assert [build_it(), build_it()] == [True, False]
    add_documents(write_rows(tmp_path / "b.jsonl", ROWS[7:9]), library)
    assert [build_it(), build_it()] == [True, False]
    other = KeptBuild(library, folder, Config(min_support=2), ("nt",))
    assert other.current_files(other.state()) == []
    elsewhere = KeptBuild(library, tmp_path / "elsewhere", Config(), ("nt",))
    assert elsewhere.current_files(elsewhere.state()) == []


def test_removing_by_name(tmp_path: Path, corpus: Callable[..., Path]) -> None:
    """A paper is named by id, identifier, address or title; an unknown or shared name changes nothing."""
    library = tmp_path / "my.library"
    add_documents(corpus("all.jsonl"), library, config=FAST)
    count = status_of_library(library).papers
    for name in ("2303.00009", "Editorial", "all.jsonl", ""):
        with pytest.raises(UnknownNameError, match="in this library"):
            remove_from_library(library, ["2101.00001", name])
    with pytest.raises(UnknownNameError, match=r"No file 'al\.jsonl' .* Did you mean: all\.jsonl"):
        remove_from_library(library, sources=["al.jsonl"])
    assert status_of_library(library).papers == count
    changes = remove_from_library(library, ["https://arxiv.org/abs/2101.00001v3", "numbatlm-2"])
    assert changes.papers.removed == {"arxiv:2101.00001", "arxiv:2303.00007"}
    changes = remove_from_library(library, sources=["all.jsonl"])
    assert len(changes.papers.removed) == count - 2
    assert status_of_library(library, deep=True).problems == ()


def test_update_says_what_is_gone(tmp_path: Path) -> None:
    """Files that have gone or cannot be read any more are named, and what they said stays; new ones are found."""
    library, folder = tmp_path / "my.library", tmp_path / "input"
    for number, name in enumerate(("a.jsonl", "b.jsonl", "c.jsonl")):
        write_rows(folder / name, [ROWS[number + 8]])
    add_documents(folder, library, config=FAST)
    papers = status_of_library(library).papers
    (folder / "a.jsonl").unlink()
    (folder / "b.jsonl").write_bytes(b"\x00\x01" * 500)
    write_rows(folder / "d.jsonl", [ROWS[13]])
    changes = update_library(library)
    assert changes.missing == ["a.jsonl"]
    assert changes.read == ["d.jsonl"]
    assert [file for file, _ in changes.failed] == ["b.jsonl"]
    assert status_of_library(library).papers == papers + 1
    assert [file.present for file in status_of_library(library).files] == [False, True, True, True]
