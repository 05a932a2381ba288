"""One self-contained page to walk through a graph: no server, no network, no library."""

import json
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import IO, TYPE_CHECKING

from paperconcepts.export.explorer_data import assertion_rows, node_rows, relation_rows
from paperconcepts.export.page_parts import hash_source, read_asset
from paperconcepts.export.palette import CONCEPT_COLOURS, PAPER_COLOUR
from paperconcepts.export.presentation import PropertyGraph, present
from paperconcepts.files import open_atomic
from paperconcepts.model import Predicate, Role

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["write_html"]

# Characters that could end the script element, or that old parsers of JavaScript take for the end of a line.
_ESCAPES = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"})


def write_html(graph: "ResearchGraph", path: str | Path, *, property_graph: PropertyGraph | None = None) -> None:
    """Write ``graph`` to ``path`` as one interactive page that works offline.

    The page loads nothing and may run nothing but its own script: its content security policy names the hash of the
    script and the style and forbids all else. Texts of papers are data, never markup. The same graph gives the same
    bytes.

    Args:
        graph: what to show.
        path: the file; it is replaced whole or not at all.
        property_graph: the result of :func:`present` for this graph, if it is already there.

    Raises:
        OutputError: the file cannot be written.

    Examples:
        >>> import pathlib, tempfile
        >>> from paperconcepts.graph import build_graph
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "graph.html"
        >>> write_html(build_graph([]), target)
        >>> "default-src 'none'" in target.read_text()
        True
    """
    shown = present(graph) if property_graph is None else property_graph
    before, after = _page(shown).split("{{data}}")
    with open_atomic(path) as stream:
        stream.write(before)
        _write_data(stream, graph, shown)
        stream.write(after)


def _page(shown: PropertyGraph) -> str:
    """The page with a gap for the data."""
    style, script = read_asset("explorer.css"), read_asset("explorer.js")
    policy = (
        f"default-src 'none'; script-src {hash_source(script)}; style-src {hash_source(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    papers = sum(node.kind == "paper" for node in shown.nodes)
    title = f"{papers} papers, {len(shown.nodes) - papers} concepts"
    page = read_asset("explorer.html")
    # The script last: nothing in it is looked at again.
    for name, text in (("policy", policy), ("title", escape(title)), ("style", style), ("script", script)):
        page = page.replace("{{" + name + "}}", text)
    return page


def _write_data(stream: IO[str], graph: "ResearchGraph", shown: PropertyGraph) -> None:
    colours = {"Paper": PAPER_COLOUR} | {str(kind): colour for kind, colour in CONCEPT_COLOURS.items()}
    settings = {"colours": colours, "roles": [str(one) for one in Role], "predicates": [str(one) for one in Predicate]}
    stream.write(f'{{"settings":{_json(settings)},\n"nodes":[')
    _write_rows(stream, node_rows(graph, shown))
    stream.write('],\n"assertions":[')
    _write_rows(stream, assertion_rows(graph))
    stream.write('],\n"relations":[')
    _write_rows(stream, relation_rows(graph))
    stream.write("]}")


def _write_rows(stream: IO[str], rows: Iterable[object]) -> None:
    separator = "\n"
    for row in rows:
        stream.write(separator + _json(row))
        separator = ",\n"


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(_ESCAPES)
