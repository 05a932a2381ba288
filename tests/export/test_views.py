"""Views: which part of a graph is shown, and the projections of it."""

from collections import Counter
from itertools import combinations
from pathlib import Path

import igraph
import networkx as nx
import pytest

from paperconcepts.errors import ConfigurationError, UnknownNameError
from paperconcepts.export.clusters import find_clusters
from paperconcepts.export.gexf import stream_gexf, write_gexf
from paperconcepts.export.graphml import stream_graphml
from paperconcepts.export.presentation import present
from paperconcepts.export.projections import co_occurrence_view, relation_view, similarity_view
from paperconcepts.export.property_graph import GraphStream
from paperconcepts.export.selection import Selection, nearby, select
from paperconcepts.export.targets import TARGETS, export_view
from paperconcepts.export.views import VIEWS, make_view
from paperconcepts.graph import ResearchGraph


def test_full_is_what_is_presented(tiny_graph: ResearchGraph) -> None:
    """The view of everything is the drawing of everything, and selecting everything copies nothing."""
    assert make_view(tiny_graph) == present(tiny_graph)
    assert select(tiny_graph, Selection()) is tiny_graph


def test_co_occurrence_counts_shared_papers(tiny_graph: ResearchGraph) -> None:
    """The weight of a pair is the number of papers that have both, its strength the Jaccard index."""
    papers: dict[str, set[str]] = {}
    for item in tiny_graph.assertions():
        papers.setdefault(item.paper_id, set()).add(item.concept_id)
    wanted = Counter(pair for found in papers.values() for pair in combinations(sorted(found), 2))
    shown = co_occurrence_view(tiny_graph, min_shared=1)
    assert {(edge.source, edge.target): edge.weight for edge in shown.edges} == dict(wanted)
    edge = next(edge for edge in shown.edges if (edge.source, edge.target) == ("pouch-tuning", "quokkabench"))
    assert (edge.weight, edge.confidence, edge.date) == (3, 1.0, "2021-03-01")
    assert edge.evidence.startswith("WombatNet: Digging Deeper; ")
    assert {node.kind for node in shown.nodes} == {"concept"}
    assert not shown.directed


def test_co_occurrence_asks_for_two_papers_where_there_are_pairs_of_two(tiny_graph: ResearchGraph) -> None:
    """By default pairs of a single paper are left out, and concepts that then have no partner."""
    shown = co_occurrence_view(tiny_graph)
    assert min(edge.weight for edge in shown.edges) == 2
    assert all(node.degree for node in shown.nodes)


def test_similarity_is_a_cosine(tiny_graph: ResearchGraph) -> None:
    """Papers are joined once, with a similarity from 0 to 1; a concept of all of them makes none alike."""
    shown = similarity_view(tiny_graph)
    pairs = [(edge.source, edge.target) for edge in shown.edges]
    assert len(set(pairs)) == len(pairs) > 0
    assert all(source < target for source, target in pairs)
    assert all(0 < edge.weight <= 1 and edge.weight == edge.confidence for edge in shown.edges)
    best = max(shown.edges, key=lambda edge: edge.weight)
    assert {best.source, best.target} == {"arxiv:2205.00001", "doi:10.1000/survey"}
    assert best.evidence.startswith("WombatNet")
    supports = {node.id: node.support for node in present(tiny_graph).nodes}
    assert all(node.support == supports[node.id] > 0 for node in shown.nodes)


def test_relation_view_holds_relations_only(tiny_graph: ResearchGraph) -> None:
    """Concepts and their relations are shown, directed, without papers."""
    shown = relation_view(tiny_graph)
    assert {edge.kind for edge in shown.edges} == {"relation"}
    assert len(shown.edges) == len(list(tiny_graph.relations()))
    assert shown.directed


@pytest.mark.parametrize(
    ("since", "until", "papers"),
    [
        ("2022", None, ["arxiv:2205.00001", "doi:10.1000/survey"]),
        (None, "2021", ["test:1"]),
        ("2022-05", "2022-05", ["arxiv:2205.00001", "doi:10.1000/survey"]),
        ("2022-06", None, ["doi:10.1000/survey"]),
        ("2021-03-02", "2021", []),
    ],
)
def test_dates(tiny_graph: ResearchGraph, since: str | None, until: str | None, papers: list[str]) -> None:
    """A paper is kept if it can be of that time: one of a year may be of any day of it; undated ones are left out."""
    found = select(tiny_graph, Selection(since=since, until=until))
    assert [paper.id for paper in found.papers()] == papers


def test_what_is_left_is_counted_anew(tiny_graph: ResearchGraph) -> None:
    """Supports, first dates and the evidence of relations are those of the papers that are left."""
    found = select(tiny_graph, Selection(since="2022"))
    node = found.concept("pouch-tuning")
    assert (node.support, node.first_seen) == (2, "2022")
    left = {paper.id for paper in found.papers()}
    evidence = [one for relation in found.relations() for one in relation.evidence]
    assert all(one.paper_id in left or not one.paper_id for one in evidence)
    (extends,) = (one for one in found.relations() if str(one.predicate) == "extends")
    assert found.graph.edges["wombatnet", "pouch-tuning", "extends"]["support"] == 2 == len(extends.evidence)


def test_types_roles_and_confidence(tiny_graph: ResearchGraph) -> None:
    """Only edges of these roles to concepts of these types stay, and papers that have one."""
    found = select(tiny_graph, Selection(types=["Dataset"], roles=["evaluates_on"]))
    assert [node.concept.id for node in found.concepts()] == ["quokkabench"]
    assert [paper.id for paper in found.papers()] == ["arxiv:2205.00001", "test:1"]
    assert select(tiny_graph, Selection(min_confidence=0.99)).papers() == []


def test_near_a_concept(tiny_graph: ResearchGraph) -> None:
    """One step reaches papers and related concepts, two their other concepts; all edges among them are kept."""
    one = nearby(tiny_graph, "hop rate", hops=1)
    assert sorted(one.graph) == ["hop-rate", "test:1"]
    two = nearby(tiny_graph, "HR", hops=2)
    assert sorted(two.graph) == ["hop-rate", "pouch-tuning", "quokkabench", "test:1"]
    assert two.graph.has_edge("pouch-tuning", "quokkabench")
    assert "test:1" in nearby(tiny_graph, "Pouch Tuning for Small Models", hops=1).graph
    with pytest.raises(UnknownNameError, match="hop rat"):
        nearby(tiny_graph, "hop rat")


def test_top_concepts(tiny_graph: ResearchGraph) -> None:
    """The concepts of most papers are kept, ties by id, with the papers that have one."""
    found = select(tiny_graph, Selection(top=2))
    assert [node.concept.id for node in found.concepts()] == ["pouch-tuning", "quokkabench"]
    assert len(found.papers()) == 3


@pytest.mark.parametrize("settings", [{"since": "yesterday"}, {"until": "2021-5"}, {"hops": 0}, {"top": 0}])
def test_senseless_selections_are_refused(settings: dict[str, object]) -> None:
    """A date that is none and a number below one are refused by name."""
    with pytest.raises(ConfigurationError, match=next(iter(settings))):
        Selection(**settings)  # type: ignore[arg-type]


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_every_view_is_a_sound_drawing(any_graph: ResearchGraph, tmp_path: Path, view: str) -> None:
    """Each view of a good, a hostile and an empty graph has edges between its nodes only, and igraph reads it."""
    if view == "ego" and not any_graph.concepts():
        pytest.skip("an empty graph has no centre")
    near = any_graph.concepts()[0].concept.id if view == "ego" else None
    shown = make_view(any_graph, view, selection=Selection(near=near))
    ids = {node.id for node in shown.nodes}
    assert all(edge.source in ids and edge.target in ids for edge in shown.edges)
    stream_graphml(shown, tmp_path / "g.graphml")
    read = igraph.Graph.Read_GraphML(str(tmp_path / "g.graphml"))
    assert (read.vcount(), read.ecount()) == (len(shown.nodes), len(shown.edges))
    assert read.is_directed() == shown.directed


def test_views_say_what_they_lack(tiny_graph: ResearchGraph) -> None:
    """An unknown view is refused with a near one, and a view of what is near asks near what."""
    with pytest.raises(ConfigurationError, match="unknown view 'concept'; did you mean 'concepts'"):
        make_view(tiny_graph, "concept")
    with pytest.raises(ConfigurationError, match=r"unknown view 'zzz'\. Known views: full"):
        make_view(tiny_graph, "zzz")
    with pytest.raises(ConfigurationError, match="--near"):
        make_view(tiny_graph, "ego")


def test_near_what_the_other_options_left_out(tiny_graph: ResearchGraph) -> None:
    """A centre that exists but is not kept is an unknown name, with the reason."""
    with pytest.raises(UnknownNameError, match="not among what the other options leave"):
        select(tiny_graph, Selection(types=["Method"], near="QuokkaBench"))


def test_projections_have_no_place_in_formats_of_records(tiny_graph: ResearchGraph, tmp_path: Path) -> None:
    """Records of papers cannot be written of a projection; the message names the views that they can."""
    with pytest.raises(ConfigurationError, match="full, ego, top"):
        export_view(tiny_graph, tmp_path / "g.bib", "bibtex", view="concepts")
    assert list(tmp_path.iterdir()) == []


def test_targets_name_writers_that_exist(tiny_graph: ResearchGraph, tmp_path: Path) -> None:
    """Every line of the registry leads to a function, and one without an extra writes what it says."""
    for name, target in TARGETS.items():
        if not target.extra:
            export_view(tiny_graph, tmp_path / f"{name}{target.suffix}", name)
            assert (tmp_path / f"{name}{target.suffix}").is_dir() == (target.suffix == "")


def test_a_missing_library_is_named(tiny_graph: ResearchGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra the message has the command that installs it."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    for name in ("ladybug", "parquet"):
        with pytest.raises(ConfigurationError, match=r"pip install 'paperconcepts\[(ladybug|polars)\]'"):
            export_view(tiny_graph, tmp_path / name, name)


def test_a_stream_is_written_like_a_whole(tiny_graph: ResearchGraph, tmp_path: Path) -> None:
    """Nodes and edges that come one by one make the same file, but for the counts that are not known."""
    shown = present(tiny_graph)
    write_gexf(tiny_graph, tmp_path / "whole.gexf", property_graph=shown)
    stream_gexf(GraphStream(iter(shown.nodes), iter(shown.edges)), tmp_path / "stream.gexf")
    whole = (tmp_path / "whole.gexf").read_text(encoding="utf-8")
    counts = f' count="{len(shown.nodes)}"', f' count="{len(shown.edges)}"'
    assert (tmp_path / "stream.gexf").read_text() == whole.replace(counts[0], "", 1).replace(counts[1], "", 1)


def test_communities_are_as_good_as_those_of_networkx() -> None:
    """On a well-known network the modularity is that of the method in networkx, and the numbers go by size."""
    club = nx.karate_club_graph()
    edges = list(club.edges())
    found = find_clusters(len(club), [one for one, _ in edges], [other for _, other in edges])
    groups = [{node for node in club if found[node] == number} for number in sorted(set(found))]
    ours = nx.community.modularity(club, groups, weight=None)
    theirs = nx.community.modularity(club, nx.community.louvain_communities(club, weight=None, seed=1), weight=None)
    assert ours > theirs - 0.02
    assert [len(group) for group in groups] == sorted((len(group) for group in groups), reverse=True)
