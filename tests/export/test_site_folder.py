"""The folder of a site: only what a site wrote is replaced or removed, hostile names stay in it, bytes are stable."""

import json
import re
import unicodedata
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.errors import OutputError
from paperconcepts.export.cleaning import clean_line, cut_line
from paperconcepts.export.site import write_site
from paperconcepts.export.site.charts import time_axis
from paperconcepts.export.site.folder import SiteFolder
from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.model import (
    Alias,
    Assertion,
    Concept,
    ConceptType,
    Evidence,
    LinkedConcept,
    LinkedPaper,
    Mention,
    Paper,
    Predicate,
    Relation,
    Result,
    Role,
)
from paperconcepts.vocabulary import Vocabulary

NAMES: list[str] = json.loads((Path(__file__).parent / "hostile_names.json").read_text(encoding="utf-8"))
TYPES = tuple(ConceptType)
IDS = (
    "../../etc/passwd",
    "CON",
    "nul.txt",
    "x" * 300,
    "A",
    "a",
    "é",
    "e\u0301",
    ".hidden",
    "a/b",
    "index",
    "a:b",
    "%2e%2e",
)


def hostile_papers() -> list[LinkedPaper]:
    """A paper and a concept for each hostile name, which stands wherever a text can."""
    return [_hostile(number, name) for number, name in enumerate(NAMES)]


def _hostile(number: int, name: str) -> LinkedPaper:
    ending = IDS[number] if number < len(IDS) else str(number)
    concept = Concept.model_construct(
        id=ending if number < len(IDS) else f"c-{number}", label=name or "?", type=TYPES[number % 5], broader=(),
        definition=name, catalogued=False,
    )  # fmt: skip
    abstract = f"{name} is what we study. Then {name} again."
    paper = Paper.model_construct(
        id=f"test:{ending}", title=name, abstract=abstract, authors=(name, name), venue=name, issued="2024-05-01",
        urls=(name, "https://example.org/?q=1&r=2"), code_urls=(name,), identifiers=(name,),
    )  # fmt: skip
    span = (0, len(name))
    evidence = Evidence(paper.id, "abstract", 0, len(abstract), (span,), name, 3, 9, name or "r", "1", 0.8)
    mention = Mention("abstract", *span, name, concept.type, "test", 0.9)
    return LinkedPaper(
        paper,
        (LinkedConcept(concept, (Alias(name, name, paper.id, 0.9, name),)),),
        (Assertion(paper.id, Role.STUDIES, concept.id, 0.8, (evidence,), (mention,)),),
        (Relation(concept.id, Predicate.USED_FOR, concept.id, 0.5, (evidence,)),),
        (),
        (Result(paper.id, concept.id, concept.id, concept.id, concept.id, name or "1", name, "at", evidence),),
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but the folder ``site`` of the hostile names."""
    folder = tmp_path_factory.mktemp("hostile")
    write_site(build_graph(hostile_papers(), vocabulary=Vocabulary([])), folder / "site", title=NAMES[0])
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_hostile_names_make_no_markup(hostile: Path) -> None:
    """No page has an element or attribute that is not ours, and every address is of the site or of the web."""
    elements: set[str] = set()
    attributes: set[str] = set()
    targets: set[str] = set()
    for path in hostile.rglob("*.html"):
        for tag, rest in re.findall(r"<([a-zA-Z!/?][^\s>]*)([^>]*)>", path.read_text(encoding="utf-8")):
            elements.add(tag.strip("/"))
            found = dict(re.findall(r'([^\s="]+)="([^"]*)"', rest))
            assert re.sub(r'[^\s="]+="[^"]*"', "", rest).strip(" /") in ("", "html", "defer", "checked"), rest
            attributes |= found.keys()
            targets |= {unescape(found[name]) for name in ("href", "src", "action") if name in found}
    assert elements <= set(
        "!doctype html head meta title link body a header div svg path circle span form input button nav ul li main h1 "
        "h2 h3 section p i bdi dl dt dd time blockquote mark b cite footer ol label fieldset legend noscript script "
        "figure figcaption rect text table caption thead tbody tr th td strong br".split()
    )
    assert not [name for name in attributes if name.lower().startswith("on") or name in ("style", "srcdoc")]
    foreign = {one for one in targets if ":" in one}
    assert foreign <= {
        "data:,",
        "https://example.org/?q=1&r=2",
        *(clean_line(name) for name in NAMES if "http" in name),
    }
    assert all(one.startswith(("https://", "http://", "data:,")) for one in foreign)


def test_hostile_names_are_shown_as_they_are(hostile: Path) -> None:
    """The heading of each page is the cleaned name."""
    shown = set()
    for path in (hostile / "site" / "papers").iterdir():
        (heading,) = re.findall("<h1><bdi>(.*?)</bdi></h1>", path.read_text(encoding="utf-8"))
        shown.add(unescape(heading))
    wanted = {cut_line(clean_line(paper.paper.label) or clean_line(paper.paper.id), 300) for paper in hostile_papers()}
    assert shown == wanted


def test_hostile_ids_stay_in_the_folder(hostile: Path) -> None:
    """Every file lies in the folder, under a name that no system takes for another or for a device."""
    assert [one.name for one in hostile.iterdir()] == ["site"]
    names = list(files(hostile / "site"))
    assert len({unicodedata.normalize("NFKD", name).casefold() for name in names}) == len(names)
    assert max(len(part.encode()) for name in names for part in name.split("/")) < 200
    assert not [name for name in names if re.search(r'[\\:*?"<>|#%]|(^|/)(con|nul)\.', name.casefold())]
    assert sum(name.startswith("papers/") for name in names) == len(NAMES)
    assert sum(name.startswith("concepts/") for name in names) == len(NAMES)


def test_two_runs_give_the_same_bytes(hostile_graph: ResearchGraph, tmp_path: Path) -> None:
    """A site is the same whenever and wherever it is written; a second run changes no file."""
    first = write_site(hostile_graph, tmp_path / "one")
    write_site(hostile_graph, tmp_path / "two")
    before = files(tmp_path / "one")
    assert before == files(tmp_path / "two")
    again = write_site(hostile_graph, tmp_path / "one")
    assert (again.pages, again.changed, again.removed) == (first.pages, 0, 0)
    assert files(tmp_path / "one") == before


def test_old_pages_go_and_other_files_stay(
    small_graph: ResearchGraph, empty_graph: ResearchGraph, tmp_path: Path
) -> None:
    """Pages that the new site does not have are removed, with folders left empty; nobody else's file is touched."""
    write_site(small_graph, tmp_path)
    (tmp_path / "concepts" / "mine.html").write_text("my own")
    (tmp_path / "notes.txt").write_text("my own, too")
    written = write_site(empty_graph, tmp_path)
    left = files(tmp_path)
    assert left["concepts/mine.html"] == b"my own"
    assert left["notes.txt"] == b"my own, too"
    assert written.removed == len(small_graph.papers()) + len(small_graph.concepts())
    assert not (tmp_path / "papers").exists()
    assert sorted(json.loads(left["site.json"])["files"]) == sorted(
        left.keys() - {"site.json", "notes.txt", "concepts/mine.html"}
    )


def test_files_of_others_are_not_replaced(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """A file that stands where a page would is refused before anything is written."""
    (tmp_path / "index.html").write_text("my own")
    with pytest.raises(OutputError, match=r"index\.html exists"):
        write_site(small_graph, tmp_path)
    assert files(tmp_path) == {"index.html": b"my own"}


def test_a_run_that_was_broken_off_can_be_repeated(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """What a first run left is known as ours by the second, although the first did not end."""
    folder = SiteFolder(tmp_path, {"index.html", "papers/gone.html"})
    folder.write("index.html", "half a site")
    folder.write("papers/gone.html", "half a site")
    write_site(small_graph, tmp_path)
    assert not (tmp_path / "papers" / "gone.html").exists()
    assert "half" not in (tmp_path / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"format": "other", "files": []}',
        '{"format": "paperconcepts-site 1"}',
        '{"format": "paperconcepts-site 1", "files": [1]}',
        "\ud800",
    ],
)
def test_a_strange_list_is_refused(small_graph: ResearchGraph, tmp_path: Path, text: str) -> None:
    """A ``site.json`` that no site wrote stops the run; nothing is removed by guess."""
    (tmp_path / "site.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(OutputError, match="not the list of a site"):
        write_site(small_graph, tmp_path)
    assert list(files(tmp_path)) == ["site.json"]


def test_a_forged_list_removes_nothing_outside(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """Whatever a list names, only files below the folder can be removed."""
    outside = tmp_path / "outside.html"
    outside.write_text("keep")
    folder = tmp_path / "site"
    folder.mkdir()
    names = ["../outside.html", str(outside), "a/../../outside.html", "", ".", "..", "C:\\x", "a\x00b"]
    (folder / "site.json").write_text(json.dumps({"format": "paperconcepts-site 1", "files": names}))
    write_site(small_graph, folder)
    assert outside.read_text() == "keep"


def _link_a_folder(site: Path, elsewhere: Path) -> None:
    (site / "papers").symlink_to(elsewhere, target_is_directory=True)


def _link_a_page(site: Path, elsewhere: Path) -> None:
    (site / "index.html").symlink_to(elsewhere / "index.html")


@pytest.mark.parametrize("place", [_link_a_folder, _link_a_page])
def test_no_page_leaves_the_folder_through_a_link(
    small_graph: ResearchGraph, tmp_path: Path, place: Callable[[Path, Path], None]
) -> None:
    """A link that someone put into the folder is refused, and what it leads to is untouched."""
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    site.mkdir()
    elsewhere.mkdir()
    place(site, elsewhere)
    with pytest.raises(OutputError, match="link"):
        write_site(small_graph, site)
    assert list(elsewhere.iterdir()) == []


@given(st.lists(st.from_regex(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[012][0-9])?)?|", fullmatch=True), max_size=30))
def test_every_date_falls_into_one_period(dates: list[str]) -> None:
    """A chart has no more bars than can be drawn, and counts each date that is exact enough once."""
    axis = time_axis(dates)
    known = [date for date in dates if date]
    assert (axis is None) == (not known)
    if axis is not None:
        counts = axis.counts(dates)
        assert len(counts) == len(axis.labels()) <= 36
        assert sum(counts) == sum(len(date) >= (7 if axis.kind == "month" else 4) for date in known)
