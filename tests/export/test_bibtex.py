"""BibTeX."""

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.export.bibtex import quote_latex, write_bibtex
from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.model import LinkedPaper, Paper
from paperconcepts.sources import read_papers
from paperconcepts.vocabulary import Vocabulary


def written(papers: list[Paper], folder: Path) -> str:
    graph = build_graph([LinkedPaper(paper, (), (), ()) for paper in papers], vocabulary=Vocabulary([]))
    write_bibtex(graph, folder / "g.bib")
    return (folder / "g.bib").read_text(encoding="utf-8")


def test_an_entry(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """It has a key, dates, identifiers, the address, and its concepts as keywords, strongest role first."""
    write_bibtex(small_graph, tmp_path / "g.bib")
    entries = (tmp_path / "g.bib").read_text(encoding="utf-8").split("\n\n")
    assert entries[0] == "\n".join(
        [
            "@misc{anon2021lora,",
            "  title = {{LoRA}},",
            "  year = {2021},",
            "  month = jun,",
            "  eprint = {2106.09685},",
            "  archiveprefix = {arXiv},",
            "  url = {https://arxiv.org/abs/2106.09685},",
            "  keywords = {Low-Rank Adaptation, GLUE},",
            "  note = {paperconcepts id arxiv:2106.09685},",
            "}",
        ]
    )
    assert entries[2].startswith("@article{anon2019glue,\n  title = {On {GLUE}},\n  year = {2019},\n  journal = {ACL},")


def test_keys_are_unique_and_do_not_depend_on_order(tmp_path: Path) -> None:
    """Papers of one author, year and word get numbers by their ids."""
    papers = [Paper(id=f"test:{one}", title="Kiwis", authors=("A. Emu",), issued="2021") for one in (1, 2, 3)]
    keys = [re.findall(r"@misc\{(.*),", written(given, tmp_path)) for given in (papers, papers[::-1])]
    assert keys[0] == keys[1] == ["emu2021kiwis-1", "emu2021kiwis-2", "emu2021kiwis-3"]


def test_authors_stay_apart(tmp_path: Path) -> None:
    """``and`` stands between authors only: a name that holds it is set in braces."""
    paper = Paper(id="test:1", title="Kiwis", authors=("Emu, A.", "Kiwi and Sons", "B. Moa"), issued="2021")
    assert "  author = {Emu, A. and {Kiwi and Sons} and B. Moa},\n" in written([paper], tmp_path)


def test_the_reader_of_sources_reads_it_back(tmp_path: Path) -> None:
    """Title, authors, year, venue and identifiers come back through our own BibTeX reader."""
    paper = Paper(
        id="doi:10.1000/x",
        title="50% of {x_1} & GPT-4",
        authors=("A. Emu", "B. Moa"),
        issued="2021",
        venue="Birds & Co",
    )
    written([paper], tmp_path)
    (read,) = read_papers(tmp_path / "g.bib")
    assert (read.id, read.authors, read.issued, read.venue) == (paper.id, paper.authors, paper.issued, paper.venue)
    assert "50%" in read.title
    assert "GPT-4" in read.title


@given(st.text(alphabet="\\{}$&#%_^~ab "))
def test_quoted_text_is_balanced(text: str) -> None:
    """No text opens or closes a field: braces are balanced and special characters are escaped."""
    quoted = quote_latex(text)
    plain = re.sub(r"\\[{}$&#%_]", "", quoted)
    assert plain.count("{") == plain.count("}") == text.count("\\") + text.count("^") + text.count("~")
    assert not re.search(r"[$&#%_^~]", plain)
