"""The Cypher script."""

import re
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.export.cleaning import clean_line
from paperconcepts.export.cypher import quote_cypher, write_cypher
from paperconcepts.export.presentation import present
from paperconcepts.export.property_graph import PropertyGraph
from paperconcepts.graph import ResearchGraph

TOKEN = re.compile(r"'((?:[^'\\]|\\.)*)'|(-?\d+(?:\.\d+)?(?:e-?\d+)?)|([A-Za-z_]\w*)|([\[\]{}:,])")
NODES = re.compile(
    r"UNWIND (\[.*\]) AS r MERGE \(n:Entity \{id: r\.id\}\) SET n:(Paper|Concept:\w+) SET n \+= r;"
)  # fmt: skip
EDGES = re.compile(
    r"UNWIND (\[.*\]) AS r MATCH \(a:Entity \{id: r\.s\}\), \(b:Entity \{id: r\.t\}\) "
    r"MERGE \(a\)-\[e:([A-Z_]+) \{id: r\.p\.id\}\]->\(b\) SET e \+= r\.p;"
)


def literal(text: str) -> Any:
    """Read a Cypher literal."""
    tokens = [match.groups() for match in TOKEN.finditer(text)]
    value, rest = _value(tokens)
    assert not rest
    return value


def _value(tokens: list[Any]) -> tuple[Any, list[Any]]:
    (string, number, _, mark), rest = tokens[0], tokens[1:]
    if string is not None:
        return re.sub(r"\\(.)", r"\1", string), rest
    if number is not None:
        return float(number) if "." in number or "e" in number else int(number), rest
    items: Any = [] if mark == "[" else {}
    while rest[0][3] not in ("]", "}"):
        if rest[0][3] == ",":
            rest = rest[1:]
        if mark == "{":
            name = rest[0][2]
            items[name], rest = _value(rest[2:])
        else:
            value, rest = _value(rest)
            items.append(value)
    return items, rest[1:]


class Database:
    """What the script says, done in memory: ``MERGE`` by id, ``SET`` of properties."""

    def __init__(self) -> None:
        self.nodes: dict[str, dict[str, Any]] = {}
        self.edges: dict[tuple[str, str, str, str], dict[str, Any]] = {}

    def run(self, script: str) -> None:
        head, *lines = script.split("\n")[:-1]
        assert head == "CREATE CONSTRAINT paperconcepts_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;"
        for line in lines:
            if found := NODES.fullmatch(line):
                for row in literal(found[1]):
                    self.nodes.setdefault(row["id"], {}).update({**row, "labels": found[2]})
            else:
                found = EDGES.fullmatch(line)
                assert found, line[:200]
                for row in literal(found[1]):
                    assert row["s"] in self.nodes
                    assert row["t"] in self.nodes
                    self.edges.setdefault((row["s"], found[2], row["t"], row["p"]["id"]), {}).update(row["p"])


def script_of(graph: ResearchGraph, shown: PropertyGraph, folder: Path) -> str:
    write_cypher(graph, folder / "g.cypher", property_graph=shown)
    return (folder / "g.cypher").read_text(encoding="utf-8")


def test_twice_is_once(any_graph: ResearchGraph, tmp_path: Path) -> None:
    """A second run changes nothing: every node and edge is there once, with all its properties."""
    shown = present(any_graph)
    script = script_of(any_graph, shown, tmp_path)
    database = Database()
    database.run(script)
    once = {**database.nodes}, {**database.edges}
    database.run(script)
    assert (database.nodes, database.edges) == once
    assert [database.nodes[node.id]["name"] for node in shown.nodes] == [node.label for node in shown.nodes]
    assert len(database.nodes) == len(shown.nodes)
    assert {key[3] for key in database.edges} == {edge.id for edge in shown.edges}
    evidence = {properties["id"]: properties.get("evidence", "") for properties in database.edges.values()}
    assert evidence == {edge.id: edge.evidence for edge in shown.edges}


def test_labels_and_types_come_from_fixed_lists(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """Papers and concepts have labels, relationships types in capitals; texts are never part of them."""
    database = Database()
    database.run(script_of(small_graph, present(small_graph), tmp_path))
    assert {row["labels"] for row in database.nodes.values()} == {"Paper", "Concept:Method", "Concept:Dataset"}
    assert {key[1] for key in database.edges} == {"INTRODUCES", "USES", "STUDIES", "EVALUATES_ON", "EXTENDS"}


def test_large_graphs_are_merged_in_batches(small_graph: ResearchGraph, tmp_path: Path) -> None:
    """No statement holds more rows than a database takes in one transaction without trouble."""
    from dataclasses import replace

    node = present(small_graph).nodes[0]
    many = PropertyGraph(tuple(replace(node, id=f"test:{number}") for number in range(1_201)), ())
    script = script_of(small_graph, many, tmp_path)
    assert [line.count("{id:'test:") for line in script.split("\n")[1:-1]] == [500, 500, 201]


@given(st.text())
def test_a_literal_is_read_as_it_was(text: str) -> None:
    """Quotes and backslashes of a text do not end its literal."""
    clean = clean_line(text)
    assert literal(quote_cypher(clean)) == clean
    assert literal(quote_cypher((clean, clean))) == [clean, clean]
