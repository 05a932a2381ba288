"""CSV files for neo4j-admin."""

import csv
import re
from pathlib import Path

from paperconcepts.export.neo4j import write_neo4j
from paperconcepts.export.presentation import present
from paperconcepts.graph import ResearchGraph

FIELD = re.compile(r"\w*:(ID|START_ID|END_ID|TYPE|LABEL|string|string\[\]|long|double)")
NUMBERS = {"long": int, "double": float}


def tables(folder: Path) -> dict[str, list[dict[str, str]]]:
    """Rows by header, as the import tool puts the two files of a table together."""
    found = {}
    for name in ("papers", "concepts", "relationships"):
        header = (folder / f"{name}-header.csv").read_text(encoding="utf-8").rstrip("\n").split(",")
        assert all(FIELD.fullmatch(field) for field in header)
        assert len(set(header)) == len(header)
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            found[name] = [dict(zip(header, row, strict=True)) for row in csv.reader(stream, strict=True)]
    return found


def test_every_row_fits_its_header(any_graph: ResearchGraph, tmp_path: Path) -> None:
    """Each cell has the type of its column, one row a line; ends of relationships are ids of nodes."""
    shown = present(any_graph)
    write_neo4j(any_graph, tmp_path / "import", property_graph=shown)
    found = tables(tmp_path / "import")
    nodes = {row["id:ID"]: row for row in (*found["papers"], *found["concepts"])}
    assert {one: row["name:string"] for one, row in nodes.items()} == {node.id: node.label for node in shown.nodes}
    for name, rows in found.items():
        assert (tmp_path / "import" / f"{name}.csv").read_text(encoding="utf-8").count("\n") == len(rows)
        for row in rows:
            for field, cell in row.items():
                kind = field.partition(":")[2]
                assert kind not in NUMBERS or cell == "" or NUMBERS[kind](cell) is not None
    edges = [(row[":START_ID"], row[":TYPE"].lower(), row[":END_ID"]) for row in found["relationships"]]
    assert edges == [(edge.source, edge.relation, edge.target) for edge in shown.edges]
    assert all(source in nodes and target in nodes for source, _, target in edges)


def test_nodes_have_their_labels(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """Papers and concepts bear the label that the script gives them, and one that all share."""
    write_neo4j(small_graph, tmp_path)
    found = tables(tmp_path)
    assert {row[":LABEL"] for row in found["papers"]} == {"Entity;Paper"}
    assert {row["name:string"]: row[":LABEL"] for row in found["concepts"]} == {
        "GLUE": "Entity;Concept;Dataset",
        "Low-Rank Adaptation": "Entity;Concept;Method",
        "QLoRA": "Entity;Concept;Method",
    }


def test_items_of_a_list_hold_no_separator(hostile_graph: ResearchGraph, tmp_path: Path) -> None:
    """A list has as many items as it had, whatever stands in them."""
    shown = present(hostile_graph)
    write_neo4j(hostile_graph, tmp_path, property_graph=shown)
    cells = {row["id:ID"]: row["aliases:string[]"] for row in tables(tmp_path)["concepts"]}
    for node in shown.nodes:
        if node.kind == "concept":
            assert len([one for one in cells[node.id].split(";") if one]) == len(node.aliases)


def test_the_command_names_all_files(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """What import.txt says can be run in the folder as it is."""
    write_neo4j(small_graph, tmp_path)
    command = (tmp_path / "import.txt").read_text(encoding="utf-8")
    named = set(re.findall(r"[\w-]+\.csv", command))
    assert named == {one.name for one in tmp_path.iterdir()} - {"import.txt"}
    assert command.startswith("neo4j-admin database import full")
