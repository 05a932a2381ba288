"""One self-contained page to walk through a graph: no server, no network.

Its script is built from ``web/explorer`` (``tools/build-explorer``) and committed as ``assets/explorer.js``.
"""

import json
import re
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import IO, TYPE_CHECKING

from paperconcepts.export.explorer_data import ExplorerData
from paperconcepts.export.page_parts import hash_source, read_asset
from paperconcepts.export.presentation import PropertyGraph
from paperconcepts.files import open_atomic

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["write_html"]

# Characters that could end the script element, or that old parsers of JavaScript take for the end of a line.
_ESCAPES = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"})
_GAP = re.compile(r"\{\{(\w+)\}\}")


def write_html(graph: "ResearchGraph", path: str | Path, *, property_graph: PropertyGraph | None = None) -> None:
    """Write ``graph`` to ``path`` as one interactive page that works offline.

    The page opens with a map of the concepts of most papers; papers come on demand. It loads nothing and may run
    nothing but its own script: its content security policy names the hashes of the script and the style and forbids
    all else. Texts of papers are data, never markup. The same graph gives the same bytes.

    Args:
        graph: what to show; always the whole of it, the page has its own filters.
        path: the file; it is replaced whole or not at all.
        property_graph: a drawing of this graph that is already there; the page takes the cleaned names from it, if it
            is of the whole graph. The places of its nodes are not used: the page has a map of its own.

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
    data = ExplorerData(graph, property_graph.nodes if property_graph else ())
    papers = len(graph.papers())
    title = f"{papers:,} papers, {len(graph.concepts()):,} concepts"
    style, script = read_asset("explorer.css"), read_asset("explorer.js")
    texts = {"policy": _policy(style, script), "title": escape(title), "style": style, "script": script}
    blocks: dict[str, Callable[[IO[str]], None]] = {
        "graph": lambda stream: _write_graph(stream, data),
        "texts": lambda stream: _write_rows(stream, data.texts()),
        "evidence": lambda stream: _write_evidence(stream, data),
    }
    with open_atomic(path) as stream:
        # Every second piece is the name of a gap. What fills a gap is never looked at again.
        for number, piece in enumerate(_GAP.split(read_asset("explorer.html"))):
            if number % 2 == 0:
                stream.write(piece)
            elif piece in blocks:
                blocks[piece](stream)
            else:
                stream.write(texts[piece])


def _policy(style: str, script: str) -> str:
    """What the page may do: run its own script, use its own style, show pictures that it made itself."""
    return (
        f"default-src 'none'; script-src {hash_source(script)}; style-src {hash_source(style)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _write_graph(stream: IO[str], data: ExplorerData) -> None:
    stream.write(f'{{"settings":{_json(data.settings())}')
    tables: dict[str, Iterable[object]] = {
        "papers": data.papers(),
        "concepts": data.concepts(),
        "assertions": data.assertions(),
        "relations": data.relations(),
        "links": data.links(),
    }
    for name, rows in tables.items():
        stream.write(f',\n"{name}":')
        _write_rows(stream, rows)
    stream.write("}")


def _write_evidence(stream: IO[str], data: ExplorerData) -> None:
    stream.write('{"assertions":')
    _write_rows(stream, data.assertion_evidence())
    stream.write(',\n"relations":')
    _write_rows(stream, data.relation_evidence())
    stream.write("}")


def _write_rows(stream: IO[str], rows: Iterable[object]) -> None:
    stream.write("[")
    separator = "\n"
    for row in rows:
        stream.write(separator + _json(row))
        separator = ",\n"
    stream.write("]")


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(_ESCAPES)
