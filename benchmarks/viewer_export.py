"""What it costs to write a large graph for viewers, against networkx in the same run. Prints a table.

    python benchmarks/viewer_export.py [EDGES]

Each writer runs in a process of its own, which reports its CPU seconds and the growth of its peak memory. Ours are
given edges one by one, as they would come from a store, networkx is given a graph; the making of either does not count.
Ours also write a tenth of the edges: memory that does not depend on the size of the graph is the same in both rows.
"""

import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from paperconcepts.export.gexf import stream_gexf
from paperconcepts.export.graphml import stream_graphml
from paperconcepts.export.property_graph import Edge, GraphStream, Node

EDGES = 1_000_000
_ROLES = ("introduces", "evaluates_on", "uses", "compares", "addresses", "measures", "studies", "mentions")
_SENTENCE = "We fine-tune the model with low-rank adapters on {} & report the accuracy of run {} of the study."


def make_nodes(count: int) -> Iterator[Node]:
    """Papers and concepts, in turn."""
    for number in range(count):
        paper = number % 2 == 0
        yield Node(
            f"arxiv:{number:010}" if paper else f"concept-{number}", f"A title of some length, number {number}",
            "paper" if paper else "concept", "" if paper else "Method", 2000 + number % 25, "2021-06-17", 3, 2,
            "#9aa0a6" if paper else "#0072b2", 4.0, number * 0.5, number * 0.25, "https://example.org/", (), number % 9,
        )  # fmt: skip


def make_edges(count: int, nodes: int) -> Iterator[Edge]:
    """Assertions that join them."""
    for number in range(count):
        source, target = number * 2 % nodes, (number * 7 * 2 + 1) % nodes
        yield Edge(
            f"e{number:016x}", f"arxiv:{source:010}", f"concept-{target}", _ROLES[number % 8], "assertion", 1,
            (number % 100) / 100, "2021-06-17", _SENTENCE.format(number % 50, number),
        )  # fmt: skip


def measure(writer: str, edges: int) -> dict[str, float]:
    """CPU seconds and growth of memory of one writer; called in a process of its own."""
    nodes = edges // 10
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "graph"
        if writer.startswith("networkx"):
            graph = _networkx_graph(edges, nodes)
        before, start = _memory(), time.process_time()
        if writer == "networkx gexf":
            graph.write_gexf(file)
        elif writer == "networkx graphml":
            graph.write_graphml(file)
        else:
            write = {"gexf": stream_gexf, "graphml": stream_graphml}[writer]
            write(GraphStream(make_nodes(nodes), make_edges(edges, nodes)), file)
        seconds = time.process_time() - start
        if not writer.startswith("networkx"):
            start = time.process_time()
            for _ in itertools.chain(make_nodes(nodes), make_edges(edges, nodes)):
                pass
            seconds -= time.process_time() - start
        return {"seconds": seconds, "growth": _memory() - before, "size": file.stat().st_size / 2**20}


class _networkx_graph:  # noqa: N801 - a function that gives what the writers need
    def __init__(self, edges: int, nodes: int) -> None:
        import networkx as nx

        self.nx, self.graph = nx, nx.MultiDiGraph()
        for node in make_nodes(nodes):
            self.graph.add_node(node.id, label=node.label, kind=node.kind, year=node.year, x=node.x, y=node.y)
        for edge in make_edges(edges, nodes):
            cells: dict[str, Any] = {"relation": edge.relation, "confidence": edge.confidence, "date": edge.date}
            self.graph.add_edge(edge.source, edge.target, id=edge.id, weight=1.0, evidence=edge.evidence, **cells)

    def write_gexf(self, file: Path) -> None:
        self.nx.write_gexf(self.graph, file, version="1.2draft")

    def write_graphml(self, file: Path) -> None:
        # The writer of the standard library, as is used where lxml is missing.
        self.nx.write_graphml_xml(self.graph, file)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(edges: int) -> None:
    """Measure every writer and print the table."""
    runs = [(name, count) for name in ("gexf", "graphml") for count in (edges // 10, edges)]
    runs += [("networkx gexf", edges), ("networkx graphml", edges)]
    print(f"{'writer':<18}{'edges':>12}{'CPU s':>9}{'MB file':>9}{'MB memory':>11}")
    found = {}
    for name, count in runs:
        command = [sys.executable, __file__, name, str(count)]
        row = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        found[name, count] = row["seconds"]
        print(f"{name:<18}{count:>12,}{row['seconds']:>9.1f}{row['size']:>9.0f}{row['growth']:>11.0f}", flush=True)
    for name in ("gexf", "graphml"):
        print(f"{name}: {found[f'networkx {name}', edges] / found[name, edges]:.1f} times faster than networkx")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
    else:
        main(int(sys.argv[1]) if len(sys.argv) == 2 else EDGES)
