"""The page of the files to download, and the copies that it leads to."""

import shutil
from pathlib import Path
from typing import NamedTuple

from paperconcepts.errors import OutputError, SourceError
from paperconcepts.export.site.frame import Page
from paperconcepts.export.site.html_parts import table
from paperconcepts.export.whole_files import replaced_file

__all__ = ["DataFile", "copy_file", "data_page", "find_data"]

# Not the report: it names files of the computer that built the graph.
_KNOWN = {
    "graph.html": "Explorer: one interactive page",
    "papers.jsonl": "Papers, concepts, evidence as JSON Lines",
    "graph.ttl": "RDF as Turtle",
    "graph.nt": "RDF as N-Triples",
    "graph.gexf": "Gephi",
    "graph.graphml": "GraphML for igraph, networkx, yEd",
    "graph.cyjs": "Cytoscape",
    "nodes.csv": "Nodes as a table",
    "edges.csv": "Edges as a table",
}


class DataFile(NamedTuple):
    """A file that the site hands out."""

    source: Path
    path: str
    told: str
    size: int


def find_data(folder: str | Path) -> list[DataFile]:
    """The files of a built folder that a site can hand out.

    Raises:
        SourceError: there is none.
    """
    found = [
        DataFile(place, f"data/{name}", told, place.stat().st_size)
        for name, told in _KNOWN.items()
        if (place := Path(folder) / name).is_file()
    ]
    if not found:
        raise SourceError("holds none of the files that build writes; give a built folder", file=str(folder))
    return found


def copy_file(source: Path, target: Path) -> None:
    """Copy a file, whole or not at all.

    Raises:
        OutputError: it cannot be read or written.
    """
    with replaced_file(target) as place:
        try:
            with source.open("rb") as before, place.open("wb") as after:
                shutil.copyfileobj(before, after, 1 << 20)
        except OSError as error:
            raise OutputError(f"cannot copy {source} to {target}: {error.strerror or error}") from error


def data_page(files: list[DataFile]) -> Page:
    """The page that lists the files."""
    rows = [(f'<a href="{one.path}">{one.path.partition("/")[2]}</a>', one.told, _size(one.size)) for one in files]
    main = (
        '<header class="title"><h1>Download</h1><p class="lead">The graph behind these pages, in full.</p></header>\n'
        + table(("File", "What it is", "Size"), rows, caption="Files", numbers=(2,))
    )
    return Page("download.html", "Download", main, description="The graph as files.", section="Download")


def _size(number: int) -> str:
    return f"{number / 1e6:,.1f} MB" if number >= 1e6 else f"{number / 1e3:,.1f} kB"
