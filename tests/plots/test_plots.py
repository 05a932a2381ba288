"""Pictures: what they show, that they are the same every time, and that no name breaks them."""

import importlib.util
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from paperconcepts.config import Config
from paperconcepts.errors import ConfigurationError, UnknownNameError
from paperconcepts.graph import ResearchGraph
from paperconcepts.model import Paper
from paperconcepts.pipeline import BuildReport, assemble, extract_and_link
from paperconcepts.plots import plot_co_occurrence, plot_emergence, plot_lineage, plot_timeline, save_figure
from paperconcepts.query import concept_timeline, concept_trends, trace_lineage

Draw = Callable[[ResearchGraph], Figure]
DRAWINGS: dict[str, Draw] = {
    "timeline": lambda graph: plot_timeline(graph, ["LoRA", "GSM8K"]),
    "emergence": lambda graph: plot_emergence(graph, earlier="..2019", later="2020..", min_support=2),
    "heatmap": lambda graph: plot_co_occurrence(graph, top=10),
    "lineage": lambda graph: plot_lineage(graph, "LoRA"),
}


def build_papers(papers: list[Paper]) -> ResearchGraph:
    """The graph of papers made by hand."""
    return assemble(extract_and_link(papers), decisions=None, config=Config(), report=BuildReport())


def _heights(figure: Figure) -> list[float]:
    return [bar.get_height() for bar in figure.axes[0].patches if isinstance(bar, Rectangle)]


def _texts(figure: Figure) -> set[str]:
    return {text.get_text() for axes in figure.axes for text in axes.texts}


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf"])
@pytest.mark.parametrize("name", DRAWINGS)
def test_same_bytes(name: str, suffix: str, corpus_graph: ResearchGraph, tmp_path: Path) -> None:
    """Two drawings are equal to the byte, whatever the user's own settings of Matplotlib are; these stay."""
    save_figure(DRAWINGS[name](corpus_graph), tmp_path / f"one.{suffix}", title=name)
    with mpl.rc_context({"font.size": 20, "svg.fonttype": "none", "axes.facecolor": "red"}):
        save_figure(DRAWINGS[name](corpus_graph), tmp_path / f"two.{suffix}", title=name)
        assert mpl.rcParams["font.size"] == 20
    one = (tmp_path / f"one.{suffix}").read_bytes()
    assert len(one) > 3_000
    assert one == (tmp_path / f"two.{suffix}").read_bytes()


@pytest.mark.parametrize("name", DRAWINGS)
def test_vector_pictures_stand_alone(name: str, corpus_graph: ResearchGraph, tmp_path: Path) -> None:
    """An SVG is XML with a title that refers to nothing outside."""
    save_figure(DRAWINGS[name](corpus_graph), tmp_path / "one.svg", title="A <title> & more")
    root = ET.parse(tmp_path / "one.svg").getroot()  # noqa: S314 - our own file
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    links = [value for one in root.iter() for key, value in one.attrib.items() if key.endswith("href")]
    assert links
    assert [value for value in links if not value.startswith(("#", "data:image/png;base64,"))] == []
    assert "A <title> & more" in {one.text for one in root.iter() if one.tag.endswith("}title")}


def test_timeline_shows_each_period(corpus_graph: ResearchGraph) -> None:
    """The bars of a row are the numbers that the query gives, its title names the concept."""
    found = concept_timeline(corpus_graph, "LoRA", period="year")
    figure = plot_timeline(corpus_graph, ["LoRA"], period="year")
    assert _heights(figure) == [float(row.papers) for row in found.rows]
    assert figure.axes[0].get_title("left") == found.label
    share = plot_timeline(corpus_graph, ["LoRA"], period="year", share=True)
    assert _heights(share) == [100 * row.share for row in found.rows]


def test_timelines_share_their_axis(corpus_graph: ResearchGraph) -> None:
    """Every row has a bar for each period from the first of any concept to the last."""
    figure = plot_timeline(corpus_graph, ["LoRA", "ImageNet"], period="year")
    assert len({len(axes.patches) for axes in figure.axes}) == 1
    assert figure.axes[0].get_xlim() == figure.axes[1].get_xlim()


def test_emergence_shows_rise_and_fall(corpus_graph: ResearchGraph) -> None:
    """The surest rises come first and the surest falls last; few of one kind leave room for the other."""
    choices: dict[str, Any] = {"earlier": "..2019", "later": "2020..", "min_support": 2}
    rows = concept_trends(corpus_graph, **choices).rows
    shown = [text.get_text() for text in plot_emergence(corpus_graph, top=6, **choices).axes[0].get_yticklabels()]
    assert shown == [row.label for row in (*rows[:3], *rows[-3:])]
    rising = sum(row.score > 0 for row in rows)
    falling = sum(row.score < 0 for row in rows)
    assert len(plot_emergence(corpus_graph, top=60, **choices).axes[0].get_yticks()) == min(60, rising + falling)


def test_heat_map_is_symmetric(corpus_graph: ResearchGraph) -> None:
    """A cell and its mirror image hold the same number; names carry their papers."""
    axes = plot_co_occurrence(corpus_graph, top=8, types=["Dataset"]).axes[0]
    cells: Any = np.ma.filled(np.ma.asarray(axes.images[0].get_array()), 0)
    assert cells.any()
    assert (cells == cells.T).all()
    names = [text.get_text() for text in axes.get_yticklabels()]
    assert [name for name in names if not name.rpartition("  ")[2].isdigit()] == []


@pytest.mark.parametrize("weight", ["papers", "npmi", "pmi", "jaccard"])
def test_heat_map_knows_each_weight(weight: Any, corpus_graph: ResearchGraph) -> None:
    """Each weight draws cells."""
    assert _texts(plot_co_occurrence(corpus_graph, top=6, weight=weight))


@pytest.mark.parametrize("direction", ["up", "down", "both"])
def test_lineage_shows_every_step(direction: Any, corpus_graph: ResearchGraph) -> None:
    """Each concept of the lineage has its name in the picture, once for each concept that leads to it."""
    rows = trace_lineage(corpus_graph, "GPT-3", direction=direction, depth=2)
    figure = plot_lineage(corpus_graph, "GPT-3", direction=direction, top=10_000, min_confidence=0)
    steps = {(row.direction, row.via, row.concept_id) for row in rows}
    assert len(figure.axes[0].texts) == len(steps) + 1
    assert len(figure.axes[0].patches) == len(steps)


def test_lineage_says_what_it_leaves_out(corpus_graph: ResearchGraph) -> None:
    """With ``top`` the nearest are drawn and the number of the others is written."""
    figure = plot_lineage(corpus_graph, "language model", top=2)
    assert len(figure.axes[0].patches) <= 4
    assert figure.axes[0].get_title("right").endswith("further steps are not shown")


def test_hostile_names(tmp_path: Path) -> None:
    """Formulas, tags, control characters and long names are text in a picture."""
    name = "$\\frac{Zorb}$ZorbNet"
    texts = [
        (
            f"{name}: A <script>alert(1)</script> Model",
            f"We propose {name}\x00, a transformer for image classification.",
        ),
        ("Ωmega‮Net", "We propose Ωmega‮Net, which is evaluated on ImageNet and CIFAR-10. " + "很长" * 200),
    ]
    papers = [
        Paper(id=f"sha:{number:016x}", title=title, abstract=abstract, issued=f"202{number}")
        for number, (title, abstract) in enumerate(texts)
    ]
    graph = build_papers(papers)
    names = [node.concept.id for node in graph.concepts()]
    assert names
    for number, figure in enumerate(
        (
            plot_timeline(graph, names[:12]),
            plot_co_occurrence(graph),
            plot_lineage(graph, names[0]),
            plot_emergence(graph),
        )
    ):
        path = tmp_path / f"{number}.svg"
        save_figure(figure, path, title="$\\frac{\x00")
        assert ET.parse(path).getroot().tag.endswith("svg")  # noqa: S314 - our own file


def test_nothing_to_draw(tmp_path: Path) -> None:
    """A graph without papers, or without dates, gives a picture that says so."""
    empty = build_papers([])
    assert "fewer than two concepts" in {text.get_text() for text in plot_co_occurrence(empty).texts}
    assert plot_emergence(empty).texts
    undated = build_papers([Paper(id="sha:0", title="BERT on SQuAD", abstract="We fine-tune BERT on SQuAD.")])
    assert "none of the papers has a date" in plot_timeline(undated, ["BERT"]).texts[0].get_text()
    save_figure(plot_lineage(undated, "BERT"), tmp_path / "one.png")
    assert (tmp_path / "one.png").read_bytes().startswith(b"\x89PNG")


def test_wrong_settings(corpus_graph: ResearchGraph, tmp_path: Path) -> None:
    """Wrong numbers, names and suffixes are errors that say what would be right; no file is left."""
    with pytest.raises(ConfigurationError, match="name 1 to 12"):
        plot_timeline(corpus_graph, [])
    with pytest.raises(ConfigurationError, match="holds 2 to 60"):
        plot_co_occurrence(corpus_graph, top=61)
    with pytest.raises(ConfigurationError, match="holds 2 to 60"):
        plot_emergence(corpus_graph, top=1)
    with pytest.raises(ConfigurationError, match="known weights"):
        plot_co_occurrence(corpus_graph, weight="love")  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match="at least 1"):
        plot_lineage(corpus_graph, "LoRA", top=0)
    with pytest.raises(UnknownNameError):
        plot_timeline(corpus_graph, ["no such thing"])
    with pytest.raises(ConfigurationError, match="suffix"):
        save_figure(plot_timeline(corpus_graph, ["LoRA"]), tmp_path / "one.gif")
    assert list(tmp_path.iterdir()) == []


def test_missing_library_is_named(corpus_graph: ResearchGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Matplotlib the error says what to install."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ConfigurationError, match=r"pip install 'paperconcepts\[plot\]'"):
        plot_timeline(corpus_graph, ["LoRA"])
