"""Obsidian vaults."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.errors import OutputError
from paperconcepts.export.obsidian import escape_markdown, write_obsidian
from paperconcepts.export.views import make_view
from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.model import LinkedPaper, Paper
from paperconcepts.vocabulary import Vocabulary


def test_a_note_of_a_paper(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """Its front matter has id, title, date and address; its text the abstract and a heading for each role."""
    write_obsidian(small_graph, tmp_path)
    note = (tmp_path / "papers" / "LoRA.md").read_text(encoding="utf-8")
    head, _, body = note.partition("\n---\n")
    assert head.split("\n") == [
        "---",
        'id: "arxiv:2106.09685"',
        'title: "LoRA"',
        'aliases: ["LoRA"]',
        'tags: ["paper"]',
        'date: "2021-06-17"',
        "year: 2021",
        "support: 2",
        'url: "https://arxiv.org/abs/2106.09685"',
    ]
    assert "> [!abstract]-\n> \N{ROBOT FACE} We propose LoRA and test it on GLUE.\n" in body
    assert "## introduces\n\n- [[Low-Rank Adaptation]] — " in body
    assert "## evaluates on\n\n- [[GLUE]] — " in body


def test_a_note_of_a_concept(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """It leads back to its papers, and titles that would be equal names are told apart."""
    write_obsidian(small_graph, tmp_path)
    note = (tmp_path / "concepts" / "Low-Rank Adaptation.md").read_text(encoding="utf-8")
    assert 'aliases: ["Low-Rank Adaptation","LoRA"]' in note.replace(", ", ",")
    assert 'tags: ["concept/method"]' in note
    assert "## introduces (from)\n\n- [[LoRA]]" in note
    names = [one.name for one in tmp_path.rglob("*.md")]
    assert len({name.casefold() for name in names}) == len(names) == 6
    assert sum(name.startswith("QLoRA (") for name in names) == 2, "a paper and a concept"


def test_every_link_leads_to_a_note(any_graph: ResearchGraph, tmp_path: Path) -> None:
    """Whatever stands in titles, links are whole and their notes exist; there is a colour for each kind."""
    write_obsidian(any_graph, tmp_path)
    notes = {one.stem for one in tmp_path.rglob("*.md")}
    for one in tmp_path.rglob("*.md"):
        body = one.read_text(encoding="utf-8").partition("\n---\n")[2]
        assert set(re.findall(r"(?<!\\)\[\[([^\]|]*)", body)) <= notes
    view = json.loads((tmp_path / ".obsidian" / "graph.json").read_text(encoding="utf-8"))
    assert [group["query"] for group in view["colorGroups"]][:2] == ["tag:#paper", "tag:#concept/method"]


def test_links_of_a_projection_go_both_ways(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """Where edges have no direction, each end leads to the other."""
    shown = make_view(small_graph, "concepts")
    write_obsidian(small_graph, tmp_path, property_graph=shown)
    assert not (tmp_path / "papers").exists()
    for name, other in (("GLUE", "Low-Rank Adaptation"), ("Low-Rank Adaptation", "GLUE")):
        note = (tmp_path / "concepts" / f"{name}.md").read_text(encoding="utf-8")
        assert f"## co occurs with\n\n- [[{other}]]" in note


def test_ids_that_cleaning_makes_equal_keep_their_abstracts(tmp_path: Path) -> None:
    """Two papers whose ids differ only in what no file can hold each get their own abstract."""
    papers = [
        LinkedPaper(Paper.model_construct(id=one, title=title, abstract=f"About {title}."), (), (), ())
        for one, title in (("test:1", "Kiwi"), ("test:1\x00", "Emu"))
    ]
    write_obsidian(build_graph(papers, vocabulary=Vocabulary([])), tmp_path)
    for title in ("Kiwi", "Emu"):
        assert f"> About {title}." in (tmp_path / "papers" / f"{title}.md").read_text(encoding="utf-8")


def test_other_files_of_a_vault_are_left_alone(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """A second export rewrites its notes only, and those that are the same not at all."""
    write_obsidian(small_graph, tmp_path)
    (tmp_path / "mine.md").write_text("my own")
    before = (tmp_path / "papers" / "LoRA.md").stat().st_ino
    (tmp_path / "papers" / "On GLUE.md").write_text("changed")
    write_obsidian(small_graph, tmp_path)
    assert (tmp_path / "mine.md").read_text() == "my own"
    assert (tmp_path / "papers" / "LoRA.md").stat().st_ino == before
    assert (tmp_path / "papers" / "On GLUE.md").read_text(encoding="utf-8").startswith("---")


def _link_a_folder(vault: Path, elsewhere: Path) -> None:
    (vault / "papers").symlink_to(elsewhere, target_is_directory=True)


def _link_a_note(vault: Path, elsewhere: Path) -> None:
    (vault / "papers").mkdir()
    (vault / "papers" / "LoRA.md").symlink_to(elsewhere / "LoRA.md")


@pytest.mark.parametrize("place", [_link_a_folder, _link_a_note])
def test_no_note_leaves_the_vault_through_a_link(
    small_graph: ResearchGraph, tmp_path: Path, place: Callable[[Path, Path], None]
) -> None:
    """A link that someone put into the vault is refused, and what it leads to is untouched."""
    vault, elsewhere = tmp_path / "vault", tmp_path / "elsewhere"
    vault.mkdir()
    elsewhere.mkdir()
    place(vault, elsewhere)
    with pytest.raises(OutputError, match="link"):
        write_obsidian(small_graph, vault)
    assert list(elsewhere.iterdir()) == []


@given(st.text(alphabet="[]#*_`<>|$~^=%&!\\ab "))
def test_escaped_text_is_the_text(text: str) -> None:
    """Without its backslashes an escaped text is the text, and no link, tag or element is left in it."""
    escaped = escape_markdown(text)
    assert re.sub(r"\\(.)", r"\1", escaped) == text
    plain = re.sub(r"\\.", "x", escaped)
    assert not re.search(r"\[\[|<|`|%%|==", plain)
